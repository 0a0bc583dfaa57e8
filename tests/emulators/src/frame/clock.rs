use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// The time an emulator lives in: the machine's, moved by what a test asked for.
///
/// Clones share one offset, so that state, certificates and answers agree on what "now" is.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset: Arc<Mutex<SignedDuration>>,
}

impl Clock {
    /// The present instant of the emulated world.
    pub fn now(&self) -> Timestamp {
        let offset = *self.offset.lock().unwrap_or_else(PoisonError::into_inner);
        Timestamp::now()
            .saturating_add(offset)
            .unwrap_or(Timestamp::MAX)
    }

    /// The present day in UTC.
    pub fn today(&self) -> Date {
        self.now().to_zoned(TimeZone::UTC).date()
    }

    /// Moves the emulated world forward (or back, with a negative duration).
    ///
    /// Certificates expire and pending work comes due as if the time had really passed.
    pub fn advance(&self, by: SignedDuration) {
        let mut offset = self.offset.lock().unwrap_or_else(PoisonError::into_inner);
        *offset = offset.saturating_add(by);
    }

    /// Moves the emulated world forward by whole days of 24 hours.
    pub fn advance_days(&self, days: i32) {
        self.advance(SignedDuration::from_hours(i64::from(days) * 24));
    }
}
