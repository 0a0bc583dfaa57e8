use jiff::{SignedDuration, Timestamp};

/// When somebody other than the caller takes the next step: an administrator who approves, an
/// authority that issues.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Progress {
    /// At once.
    AtOnce,
    /// After so many requests that looked at the certificate (its details, or collecting it) in
    /// vain.
    AfterLooks(usize),
    /// When so much of the emulated time has passed.
    After(SignedDuration),
    /// Only by hand, through the state.
    Manual,
}

/// How long a certificate has been waiting for its next step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    since: Timestamp,
    looks: usize,
}

impl Waiting {
    pub(super) fn since(now: Timestamp) -> Self {
        let looks = 0;
        Self { since: now, looks }
    }

    pub(super) fn look(&mut self) {
        self.looks += 1;
    }

    pub(super) fn is_over(&self, progress: Progress, now: Timestamp) -> bool {
        match progress {
            Progress::AtOnce => true,
            Progress::AfterLooks(looks) => self.looks >= looks,
            Progress::After(duration) => now.duration_since(self.since) >= duration,
            Progress::Manual => false,
        }
    }
}
