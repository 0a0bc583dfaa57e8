use std::time::Duration;

/// How often and how patiently a failed attempt is made again.
///
/// What may be repeated at all is not a setting, it follows from what is known of the attempt:
/// one that was never sent, and one answered with `429`, is repeated for any operation; any
/// other transient failure only where a second arrival is harmless
/// ([`Repeatability`](super::Repeatability)).
///
/// The wait doubles from `base` up to `longest`, with half of it random; a `Retry-After` of
/// the vendor's takes its place. No attempt is started that could not begin before the call's
/// deadline; a call without one waits no longer than one of its attempts may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Retry {
    attempts: u32,
    base: Duration,
    longest: Duration,
}

impl Retry {
    /// One attempt only.
    pub const fn never() -> Self {
        Self::attempts(1)
    }

    /// At most `attempts` in all, the first included (0 counts as 1).
    pub const fn attempts(attempts: u32) -> Self {
        let attempts = if attempts == 0 { 1 } else { attempts };
        Self {
            attempts,
            base: Duration::from_millis(250),
            longest: Duration::from_secs(10),
        }
    }

    /// The first wait, and the longest one between two attempts.
    pub const fn backoff(mut self, base: Duration, longest: Duration) -> Self {
        self.base = base;
        self.longest = longest;
        self
    }

    /// How long to wait after failed attempt number `attempt` (from 1), or `None` after the
    /// last one.
    #[doc(hidden)]
    #[must_use]
    pub fn wait(&self, attempt: u32, retry_after: Option<Duration>) -> Option<Duration> {
        if attempt >= self.attempts {
            return None;
        }
        Some(retry_after.unwrap_or_else(|| {
            let doubled = self
                .base
                .saturating_mul(1 << (attempt - 1).min(16))
                .min(self.longest);
            doubled.mul_f64(0.5 + fastrand::f64() / 2.0)
        }))
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
    fn the_vendors_word_replaces_ours() {
        let asked = Duration::from_secs(77);
        assert_eq!(Retry::default().wait(1, Some(asked)), Some(asked));
    }
}
