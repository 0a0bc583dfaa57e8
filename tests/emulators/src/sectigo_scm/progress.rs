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

/// How those work on certificates who are not the caller, as of now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    pub(super) now: Timestamp,
    pub(super) approval: Progress,
    pub(super) issuance: Progress,
    /// After how long they take a step that nobody asks about.
    pub(super) unattended: Option<SignedDuration>,
    pub(super) approver: Option<i64>,
}

/// How long a certificate has been waiting for its next step, and how often somebody looked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    since: Timestamp,
    looks: usize,
    looked: Timestamp,
    ended: bool,
}

impl Waiting {
    pub(super) fn since(now: Timestamp) -> Self {
        Self {
            since: now,
            looks: 0,
            looked: now,
            ended: false,
        }
    }

    pub(super) fn look(&mut self, now: Timestamp) {
        self.looks += 1;
        self.looked = now;
    }

    /// Ends it by hand.
    pub(super) fn end_now(&mut self) {
        self.ended = true;
    }

    /// When it is over, as far as that can be told: in the past, or in the future by time alone.
    pub(super) fn end(
        &self,
        progress: Progress,
        unattended: Option<SignedDuration>,
    ) -> Option<Timestamp> {
        let left_alone = unattended.map(|after| self.since + after);
        match progress {
            _ if self.ended => Some(self.since),
            Progress::AtOnce => Some(self.since),
            Progress::After(duration) => Some(self.since + duration),
            Progress::AfterLooks(looks) if self.looks >= looks => Some(self.looked),
            Progress::AfterLooks(_) => left_alone,
            Progress::Manual => None,
        }
    }
}
