//! Limits of dates.

use cert_core::{Time, TimeKind, Violation, open_enum};

open_enum! {
    /// Meaning of the limits of a date.
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
        /// Meaning of the limits.
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
    match from.zip(to).is_some_and(|(from, to)| is_after(from, to)) {
        true => Err(Violation::new("is after `to`").within("from")),
        false => Ok(()),
    }
}

/// Whether one time is certainly after another; days are taken in the same zone.
fn is_after(one: &Time, other: &Time) -> bool {
    match (one.kind(), other.kind()) {
        (TimeKind::Day(one), TimeKind::Day(other)) => one > other,
        _ => one
            .earliest()
            .zip(other.latest())
            .is_some_and(|(one, other)| one > other),
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
        let instants = Period::range("2026-06-01T08:00:00Z", "2026-06-01T07:00:00Z");
        assert!(instants.check().is_err());
        let error = Period::range("2026-06-02", "2026-06-01").check();
        assert_eq!(
            error.expect_err("backwards").to_string(),
            "`from` is after `to`"
        );
    }
}
