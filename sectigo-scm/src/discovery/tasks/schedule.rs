use cert_core::check::{range, within};
use cert_core::jiff::civil::{DateTime, Weekday};
use cert_core::{Payload, Violation, open_enum};
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

/// Time zone of UTC, in the words of the vendor, which lists no others.
pub const UTC: &str = "UTC+00:00 - GMT, UCT, UTC, WET, EGST";

open_enum! {
    /// Time between two scans of a task.
    pub enum Frequency {
        /// Started by hand alone.
        Manual = "Manual",
        /// Every day.
        Daily = "Daily",
        /// Once a week.
        Weekly = "Weekly",
        /// Once a month.
        Monthly = "Monthly",
        /// Once in three months.
        Quarterly = "Quarterly",
        /// Twice a year.
        SemiAnnually = "SemiAnnually",
        /// Once a year.
        Annually = "Annually",
        /// On one day.
        Once = "Once",
    }
}

cert_core::response! {
    /// Time of a day.
    pub struct TimeOfDay {
        /// Hours, 0 to 23.
        pub hours: Option<u32>,
        /// Minutes, 0 to 59.
        pub minutes: Option<u32>,
    }
}

impl TimeOfDay {
    /// A time of so many hours and minutes.
    #[must_use]
    pub fn new(hours: u32, minutes: u32) -> Self {
        Self {
            hours: Some(hours),
            minutes: Some(minutes),
        }
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let given = [("hours", self.hours), ("minutes", self.minutes)];
        let given = given.map(|(name, number)| number.map(|number| (name, number)));
        let count = given.iter().flatten().count();
        let mut fields = serializer.serialize_struct("TimeOfDay", count)?;
        for (name, number) in given.iter().flatten() {
            fields.serialize_field(name, number)?;
        }
        fields.end()
    }
}

impl Payload for TimeOfDay {
    fn check(&self) -> Result<(), Violation> {
        within("hours", range(&self.hours.unwrap_or(0), ..=23))?;
        within("minutes", range(&self.minutes.unwrap_or(0), ..=59))
    }
}

cert_core::request! {
    /// Schedule of the scans of a task.
    ///
    /// A function for each frequency asks for the parts that it needs. Parts that a frequency does
    /// not need are sent where they are set.
    ///
    /// ```
    /// use sectigo_scm::discovery::{Schedule, TimeOfDay, UTC};
    /// use sectigo_scm::jiff::civil::Weekday;
    ///
    /// let sundays = Schedule::weekly(UTC, TimeOfDay::new(2, 30), Weekday::Sunday);
    /// let by_hand = Schedule::manual();
    /// ```
    pub struct Schedule(
        /// Time between two scans.
        #[length(1..)]
        frequency: Frequency,
        /// Time zone in the words of the vendor, such as [`UTC`].
        #[length(1..)]
        time_zone: String,
        /// Time of the day, in that zone.
        time: TimeOfDay,
    ) {
        /// Month, 1 for January.
        #[range(1..=12)]
        month: u32,
        /// Day of the month.
        #[range(1..=31)]
        day_of_month: u32,
        /// Day of the week, 1 for Monday.
        #[range(1..=7)]
        day_of_week: u32,
        /// Year.
        #[range(..)]
        year: i32,
    }
    check Self::check_parts
}

impl Schedule {
    /// Scans that are started by hand alone.
    pub fn manual() -> Self {
        Self::new(Frequency::Manual, UTC, TimeOfDay::new(0, 0))
    }

    /// A scan every day.
    pub fn daily(time_zone: impl Into<String>, time: TimeOfDay) -> Self {
        Self::new(Frequency::Daily, time_zone, time)
    }

    /// A scan every week, on one of its days.
    pub fn weekly(time_zone: impl Into<String>, time: TimeOfDay, day: Weekday) -> Self {
        let day = day.to_monday_one_offset().unsigned_abs();
        Self::new(Frequency::Weekly, time_zone, time).day_of_week(day.into())
    }

    /// A scan every month, on one of its days, 1 to 31.
    pub fn monthly(time_zone: impl Into<String>, time: TimeOfDay, day: u32) -> Self {
        Self::new(Frequency::Monthly, time_zone, time).day_of_month(day)
    }

    /// A scan every three months, counted from a month (1 for January), on one of its days.
    pub fn quarterly(time_zone: impl Into<String>, time: TimeOfDay, month: u32, day: u32) -> Self {
        Self::new(Frequency::Quarterly, time_zone, time).on(month, day)
    }

    /// A scan every six months, counted from a month (1 for January), on one of its days.
    pub fn semi_annually(
        time_zone: impl Into<String>,
        time: TimeOfDay,
        month: u32,
        day: u32,
    ) -> Self {
        Self::new(Frequency::SemiAnnually, time_zone, time).on(month, day)
    }

    /// A scan every year, on a day of a month (1 for January).
    pub fn annually(time_zone: impl Into<String>, time: TimeOfDay, month: u32, day: u32) -> Self {
        Self::new(Frequency::Annually, time_zone, time).on(month, day)
    }

    /// A single scan. Seconds are not sent.
    pub fn once(time_zone: impl Into<String>, moment: DateTime) -> Self {
        let number = |part: i8| u32::from(part.unsigned_abs());
        let time = TimeOfDay::new(number(moment.hour()), number(moment.minute()));
        Self::new(Frequency::Once, time_zone, time)
            .on(number(moment.month()), number(moment.day()))
            .year(moment.year().into())
    }

    fn on(self, month: u32, day: u32) -> Self {
        self.month(month).day_of_month(day)
    }

    /// The same as the versions before the newest count: months and days from 0.
    pub(super) fn counted_from_zero(&self) -> Self {
        let earlier = |part: Option<u32>| part.map(|part| part.saturating_sub(1));
        Self {
            month: earlier(self.month),
            day_of_month: earlier(self.day_of_month),
            day_of_week: earlier(self.day_of_week),
            ..self.clone()
        }
    }

    /// Refuses a year, which the versions before the newest do not have.
    pub(super) fn without_year(&self) -> Result<(), Violation> {
        match self.year {
            None => Ok(()),
            Some(_) => Err(Violation::new("is not known to this version").within("year")),
        }
    }

    fn check_parts(&self) -> Result<(), Violation> {
        let month = ("month", self.month.is_some());
        let day = ("day_of_month", self.day_of_month.is_some());
        let weekday = ("day_of_week", self.day_of_week.is_some());
        let year = ("year", self.year.is_some());
        match self.frequency {
            Frequency::Weekly => self.need(&[weekday]),
            Frequency::Monthly => self.need(&[day]),
            Frequency::Quarterly | Frequency::SemiAnnually | Frequency::Annually => {
                self.need(&[month, day])
            }
            Frequency::Once => self.need(&[year, month, day]),
            _ => Ok(()),
        }
    }

    fn need(&self, parts: &[(&str, bool)]) -> Result<(), Violation> {
        let Some((name, _)) = parts.iter().find(|(_, is_set)| !is_set) else {
            return Ok(());
        };
        let words = format!("is needed where the frequency is `{}`", self.frequency);
        Err(Violation::new(words).within(name))
    }
}

#[cfg(test)]
mod tests {
    use cert_core::jiff::civil::date;

    use super::*;

    fn refusal(schedule: &Schedule) -> String {
        schedule.check().expect_err("a part is wrong").to_string()
    }

    #[test]
    fn each_frequency_brings_what_it_needs() {
        let time = || TimeOfDay::new(23, 59);
        for schedule in [
            Schedule::manual(),
            Schedule::daily(UTC, time()),
            Schedule::weekly(UTC, time(), Weekday::Sunday),
            Schedule::monthly(UTC, time(), 31),
            Schedule::quarterly(UTC, time(), 1, 15),
            Schedule::semi_annually(UTC, time(), 6, 1),
            Schedule::annually(UTC, time(), 12, 24),
            Schedule::once(UTC, date(2049, 12, 31).at(7, 5, 0, 0)),
        ] {
            assert_eq!(schedule.check(), Ok(()), "{schedule:?}");
        }
    }

    #[test]
    fn days_and_months_are_counted_from_one() {
        let sunday = Schedule::weekly(UTC, TimeOfDay::new(0, 0), Weekday::Sunday);
        assert_eq!(
            (sunday.day_of_week, sunday.counted_from_zero().day_of_week),
            (Some(7), Some(6))
        );
        let once = Schedule::once(UTC, date(2049, 1, 31).at(7, 5, 0, 0));
        assert_eq!(
            (once.year, once.month, once.day_of_month),
            (Some(2049), Some(1), Some(31))
        );
        let earlier = once.counted_from_zero();
        assert_eq!((earlier.month, earlier.day_of_month), (Some(0), Some(30)));
        assert_eq!(once.time, TimeOfDay::new(7, 5));
    }

    #[test]
    fn what_a_frequency_lacks_is_named() {
        let schedule = |frequency| Schedule::new(frequency, UTC, TimeOfDay::new(0, 0));
        let weekly = refusal(&schedule(Frequency::Weekly));
        assert_eq!(
            weekly,
            "`day_of_week` is needed where the frequency is `Weekly`"
        );
        assert!(refusal(&schedule(Frequency::Monthly)).starts_with("`day_of_month`"));
        assert!(refusal(&schedule(Frequency::Annually)).starts_with("`month`"));
        assert!(refusal(&schedule(Frequency::Once)).starts_with("`year`"));
    }

    #[test]
    fn a_time_that_no_day_has_is_refused() {
        let late = refusal(&Schedule::daily(UTC, TimeOfDay::new(24, 0)));
        assert_eq!(late, "`time.hours` is 24: it must be at most 23");
        let late = refusal(&Schedule::daily(UTC, TimeOfDay::new(0, 60)));
        assert_eq!(late, "`time.minutes` is 60: it must be at most 59");
    }
}
