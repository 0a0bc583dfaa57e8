//! Limits of dates.

use cert_core::{Time, Violation, open_enum};

open_enum! {
    /// How the limits of a date are meant.
    pub enum PeriodKind {
        /// The last days.
        Last = "LAST",
        /// The next days.
        Next = "NEXT",
        /// Before a day.
        Before = "BEFORE",
        /// After a day.
        After = "AFTER",
        /// From one day to another.
        Range = "RANGE",
    }
}

cert_core::request! {
    /// Limits of the date that a report goes by.
    ///
    /// ```
    /// use sectigo_scm::reports::Period;
    ///
    /// let last_month = Period::range("2026-06-01", "2026-06-30");
    /// let soon = Period::next(30);
    /// ```
    ///
    /// The vendor does not say whether [`PeriodKind::Before`] and [`PeriodKind::After`] go by
    /// `from` or by `to`.
    pub struct Period() {
        /// How the limits are meant.
        #[wire("type")]
        kind: PeriodKind,
        /// Number of days, with [`PeriodKind::Last`] and [`PeriodKind::Next`].
        #[range(..)]
        days: u32,
        /// First day, such as `2026-06-01`.
        from: Time,
        /// Last day.
        to: Time,
    }
    check in_order
}

impl Period {
    /// The last days, until today.
    pub fn last(days: u32) -> Self {
        Self::new().kind(PeriodKind::Last).days(days)
    }

    /// The next days, from today.
    pub fn next(days: u32) -> Self {
        Self::new().kind(PeriodKind::Next).days(days)
    }

    /// The days from one to another.
    pub fn range(from: impl Into<Time>, to: impl Into<Time>) -> Self {
        Self::new().kind(PeriodKind::Range).from(from).to(to)
    }
}

fn in_order(period: &Period) -> Result<(), Violation> {
    ordered(period.from.as_ref(), period.to.as_ref())
}

/// Refuses limits that exclude each other, as far as they can be compared.
pub(super) fn ordered(from: Option<&Time>, to: Option<&Time>) -> Result<(), Violation> {
    let earliest = from.and_then(Time::earliest);
    let latest = to.and_then(Time::latest);
    match (earliest, latest) {
        (Some(earliest), Some(latest)) if earliest > latest => {
            Err(Violation::new("is after `to`").within("from"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use cert_core::Payload;

    use super::*;

    #[test]
    fn a_period_does_not_end_before_it_begins() {
        assert_eq!(Period::range("2026-06-01", "2026-06-01").check(), Ok(()));
        assert_eq!(Period::range("2026-06-01", "someday").check(), Ok(()));
        let error = Period::range("2026-06-02", "2026-06-01").check();
        assert_eq!(
            error.expect_err("backwards").to_string(),
            "`from` is after `to`"
        );
    }
}
