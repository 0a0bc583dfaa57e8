use jiff::civil::{DateTime, datetime};
use jiff::{SignedDuration, Timestamp};

use super::TimeKind;

/// What a [`TimeKind`] means, in the order of times: dates, then no expiry, then malformed texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    /// Since 1970, a day or local time as if it were UTC.
    seconds: i64,
    /// Nanoseconds and [`Exactness`].
    rest: u64,
}

/// How exactly a date is known; a day comes before its hours.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Exactness {
    Day,
    Local,
    Instant,
}

impl Key {
    const NEVER: Self = Self::after_all_dates(i64::MAX - 1);
    const MALFORMED: Self = Self::after_all_dates(i64::MAX);

    pub(super) fn kind(self) -> TimeKind {
        match self.exactness() {
            Some(Exactness::Day) => TimeKind::Day(self.civil().date()),
            Some(Exactness::Local) => TimeKind::Local(self.civil()),
            Some(Exactness::Instant) => TimeKind::Instant(self.instant()),
            None if self == Self::NEVER => TimeKind::Never,
            None => TimeKind::Malformed,
        }
    }

    /// `None` where there is no date.
    pub(super) fn exactness(self) -> Option<Exactness> {
        match self.rest % STEPS {
            _ if self >= Self::NEVER => None,
            0 => Some(Exactness::Day),
            1 => Some(Exactness::Local),
            _ => Some(Exactness::Instant),
        }
    }

    const fn after_all_dates(seconds: i64) -> Self {
        Self { seconds, rest: 0 }
    }

    fn at(seconds: i64, nanoseconds: i32, exactness: Exactness) -> Self {
        // Times before 1970 may count both downwards.
        let borrowed = i64::from(nanoseconds < 0);
        let nanoseconds = i64::from(nanoseconds) + borrowed * NANOSECONDS;
        Self {
            seconds: seconds - borrowed,
            rest: nanoseconds.unsigned_abs() * STEPS + exactness as u64,
        }
    }

    fn at_civil(datetime: DateTime, exactness: Exactness) -> Self {
        let since = datetime.duration_since(EPOCH);
        Self::at(since.as_secs(), since.subsec_nanos(), exactness)
    }

    fn civil(self) -> DateTime {
        EPOCH.saturating_add(SignedDuration::new(self.seconds, self.nanoseconds()))
    }

    fn instant(self) -> Timestamp {
        Timestamp::new(self.seconds, self.nanoseconds()).unwrap_or(Timestamp::MAX)
    }

    fn nanoseconds(self) -> i32 {
        (self.rest / STEPS) as i32
    }
}

impl From<TimeKind> for Key {
    fn from(kind: TimeKind) -> Self {
        match kind {
            TimeKind::Day(date) => Self::at_civil(date.at(0, 0, 0, 0), Exactness::Day),
            TimeKind::Local(datetime) => Self::at_civil(datetime, Exactness::Local),
            TimeKind::Instant(at) => {
                Self::at(at.as_second(), at.subsec_nanosecond(), Exactness::Instant)
            }
            TimeKind::Never => Self::NEVER,
            TimeKind::Malformed => Self::MALFORMED,
        }
    }
}

const EPOCH: DateTime = datetime(1970, 1, 1, 0, 0, 0, 0);
const STEPS: u64 = 4;
const NANOSECONDS: i64 = 1_000_000_000;
