use std::time::Duration;

/// Exponential backoff with jitter: waits between attempts double from a first one up to a longest
/// one, and half of each is random.
///
/// A wait that the vendor asks for (`Retry-After`) lengthens ours, never shortens it, and gets
/// up to a quarter on top at random, so that many callers do not come back at once.
#[doc(alias("jitter", "exponential"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Backoff {
    first: Duration,
    longest: Duration,
}

impl Backoff {
    /// The first wait, and the longest one.
    pub const fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest }
    }

    /// The wait after failed attempt number `attempt` (from 1), when the vendor asked
    /// for `asked`.
    #[must_use]
    pub fn wait(&self, attempt: u32, asked: Option<Duration>) -> Duration {
        let ours = self.doubled(attempt).mul_f64(0.5 + fastrand::f64() / 2.0);
        let asked = asked.map(|asked| asked.saturating_add(asked.mul_f64(fastrand::f64() / 4.0)));
        asked.map_or(ours, |asked| asked.max(ours))
    }

    /// The shortest wait after failed attempt number `attempt`.
    fn shortest(&self, attempt: u32, asked: Option<Duration>) -> Duration {
        self.doubled(attempt)
            .div_f64(2.0)
            .max(asked.unwrap_or(Duration::ZERO))
    }

    fn doubled(&self, attempt: u32) -> Duration {
        let doublings = attempt.saturating_sub(1).min(16);
        self.first.saturating_mul(1 << doublings).min(self.longest)
    }
}

/// Retry settings: how often and how patiently a failed attempt is made again.
///
/// What may be repeated at all is not a setting, it follows from what is known of the attempt:
/// one that was never sent, and one answered with `429`, is repeated for any operation; any
/// other transient failure only where a second arrival is harmless
/// ([`Repeatability`](super::Repeatability)).
///
/// Attempts that a limit on calls refused (429, or 503 with `Retry-After`) do not count: they are
/// made again as the client's [`Pace`](super::Pace) allows, for 15 minutes where the call has no
/// total time; [`never`](Retry::never) holds for them too.
///
/// The waits are those of its [`Backoff`], 250 ms to 10 s unless set. No attempt is started that
/// could not begin before the call's deadline; a call without one waits no longer than one of
/// its attempts may take.
#[doc(alias("attempts", "repeat"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Retry {
    attempts: u32,
    backoff: Backoff,
}

impl Retry {
    /// One attempt only.
    pub const fn never() -> Self {
        Self::attempts(1)
    }

    /// At most `attempts` in all, the first included (0 counts as 1).
    pub const fn attempts(attempts: u32) -> Self {
        Self {
            attempts: if attempts == 0 { 1 } else { attempts },
            backoff: Backoff::new(Duration::from_millis(250), Duration::from_secs(10)),
        }
    }

    /// Backoff: the waits between attempts.
    pub const fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// The wait after failed attempt number `attempt` (from 1), or `None` after the
    /// last one.
    pub(crate) fn wait(&self, attempt: u32, asked: Option<Duration>) -> Option<Duration> {
        (attempt < self.attempts).then(|| self.backoff.wait(attempt, asked))
    }

    /// How long to wait after refusal number `refusal` (from 1) by a limit on calls, or `None`
    /// where there is one attempt only.
    pub(crate) fn wait_for_limit(&self, refusal: u32) -> Option<Duration> {
        (self.attempts > 1).then(|| self.backoff.wait(refusal, None))
    }

    /// How long what failed for one caller need not be tried by another one: shorter than any
    /// wait of the one who tried.
    pub(crate) fn pause(&self, failures: u32, asked: Option<Duration>) -> Duration {
        self.backoff.shortest(failures, asked)
    }
}

impl Default for Retry {
    /// Three attempts.
    fn default() -> Self {
        Self::attempts(3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_stay_bounded_and_end() {
        let retry = Retry::attempts(20);
        for attempt in 1..20 {
            let wait = retry.wait(attempt, None).expect("another attempt");
            assert!(wait >= Duration::from_millis(125) && wait <= Duration::from_secs(10));
        }
        assert_eq!(retry.wait(20, None), None);
        assert_eq!(Retry::never().wait(1, Some(Duration::ZERO)), None);
    }

    #[test]
    fn the_vendors_wait_lengthens_ours_and_never_shortens_it() {
        let asked = Duration::from_secs(77);
        for _ in 0..100 {
            let wait = Retry::default()
                .wait(1, Some(asked))
                .expect("another attempt");
            assert!(wait >= asked && wait <= asked.mul_f64(1.25), "{wait:?}");
            let at_once = Retry::default()
                .wait(1, Some(Duration::ZERO))
                .expect("another attempt");
            assert!(at_once >= Duration::from_millis(125), "{at_once:?}");
        }
        assert_eq!(
            Retry::default().wait(1, Some(Duration::MAX)),
            Some(Duration::MAX)
        );
    }
}
