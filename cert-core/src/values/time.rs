mod key;
mod parse;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, offset};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

use self::key::{Exactness, Key};
use self::parse::{Written, Zone};

/// A date or time as a system wrote it, and what can be known of it.
///
/// Systems write times in many ways, with and without a zone. The text is kept and sent back as it
/// came; [`Time::kind`] says what it means, without guessing: a zone that several places share
/// (`IST`) does not make an instant. Nothing is refused: a text that is no time, or empty, is
/// [`TimeKind::Malformed`].
///
/// # What is read
/// - ISO 8601 and RFC 3339: `2024-07-10`, `2024-07-10T14:30:00.503Z`, `2024-07-10 14:30:00`;
///   0 to 9 digits of a fraction; `Z`, `+0000`, `+00:00`, `GMT` or `UTC` as zone.
/// - `07/10/2024`: month first, as in the US, unless that is impossible (`13/04/2025`). A system
///   set to British dates writes days first; of `10/07/2024` nobody can tell, so ask it for ISO
///   dates, or read its times with [`Time::day_first`].
/// - `10.07.2024`, `10-07-2024`: day first. `2024/07/10`: year first. All with or without time and
///   zone.
/// - Java, OpenSSL, HTTP: `Tue Jun 08 14:20:15 UTC 2049`, `Jun  8 14:20:15 2049 GMT`,
///   `Tue, 08 Jun 2049 14:20:15 GMT`.
/// - ASN.1 as text: `20490608142015Z`, and `490608142015Z`, where years below 50 are 20xx
///   (RFC 5280, 4.1.2.5.1).
/// - Milliseconds since 1970: a JSON number, or a text of 13 digits.
///
/// # Order and equality
/// Sorting puts the soonest first. A day counts as its start and a time without a sure zone as if
/// both were UTC; [`TimeKind::Never`] comes after all times and [`TimeKind::Malformed`] last.
/// Different spellings of the same instant, day, or local time with the same zone text are equal;
/// a day is never equal to an instant. Malformed texts are equal by their text. Where a few hours
/// matter, ask [`Time::has_passed`], [`Time::earliest`] and [`Time::latest`].
///
/// A text is read when its meaning is asked for or compared the first time, and never again.
///
/// ```
/// use cert_core::{Time, TimeKind};
///
/// let expires = Time::from("06/02/2026");
/// assert_eq!(expires, Time::from("2026-06-02"));
/// assert_eq!(expires.as_str(), "06/02/2026");
/// assert_eq!(expires.days_until("2026-05-30T23:00:00Z".parse()?), Some(3));
///
/// let manufactured = Time::from("Mon Jun 17 14:20:19 IST 2019");
/// assert!(matches!(manufactured.kind(), TimeKind::Local(_)));
/// assert_eq!(manufactured.zone(), Some("IST"));
/// assert!(expires > manufactured);
///
/// assert_eq!(Time::from("99991231235959Z").kind(), TimeKind::Never);
/// # Ok::<(), jiff::Error>(())
/// ```
#[doc(alias("date", "timestamp", "expiry"))]
#[derive(Clone)]
pub struct Time {
    text: String,
    /// Meaning of the text, once that was asked for; from the start where the text alone does not
    /// tell it.
    key: OnceLock<Key>,
}

/// Kind of a [`Time`]: an instant, a day, a local time, no expiry, or no time at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeKind {
    /// A point in time.
    Instant(Timestamp),
    /// A calendar day, without a time and a zone.
    Day(Date),
    /// A date and time without a zone, or with one whose name is ambiguous: [`Time::zone`].
    Local(DateTime),
    /// No expiry: any time on 9999-12-31 (RFC 5280, 4.1.2.5), and what lies beyond the range of
    /// [`Timestamp`], which ends a day earlier.
    Never,
    /// No time that is known here; also the empty text.
    Malformed,
}

impl Time {
    /// The instant, written as RFC 3339 in UTC.
    pub fn from_timestamp(timestamp: Timestamp) -> Self {
        Self::known(timestamp.to_string(), TimeKind::Instant(timestamp))
    }

    /// The same text, with a date in slashes read day first, as a system set to British dates
    /// writes it: `10/07/2024` is 10 July, whereas it is 7 October otherwise. Where that is
    /// impossible (`04/13/2025`) it stays month first. Other texts mean what they mean.
    ///
    /// ```
    /// use cert_core::Time;
    ///
    /// let expires = Time::from("10/07/2024").day_first();
    /// assert_eq!(expires, Time::from("2024-07-10"));
    /// assert_eq!(expires.as_str(), "10/07/2024");
    /// assert_eq!(Time::from("2024-07-10").day_first(), Time::from("2024-07-10"));
    /// ```
    #[must_use]
    pub fn day_first(self) -> Self {
        match parse::day_first(&self.text).map(|time| time.kind()) {
            Some(kind) => Self::known(self.text, kind),
            None => self,
        }
    }

    /// The text as the system wrote it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Kind of the time, with its value.
    pub fn kind(&self) -> TimeKind {
        self.key().kind()
    }

    /// The ambiguous name of a zone in a [`TimeKind::Local`], as written: `IST`.
    pub fn zone(&self) -> Option<&str> {
        match (self.kind(), parse::parse(&self.text)?.zone) {
            (TimeKind::Local(_), Zone::Named(name)) => Some(name),
            _ => None,
        }
    }

    /// The point in time, when it is known exactly.
    pub fn instant(&self) -> Option<Timestamp> {
        match self.kind() {
            TimeKind::Instant(timestamp) => Some(timestamp),
            _ => None,
        }
    }

    /// The calendar day: of an instant the one in UTC, otherwise the one that is written; `None`
    /// without a date and for no expiry.
    pub fn day(&self) -> Option<Date> {
        match self.kind() {
            TimeKind::Instant(timestamp) => Some(Offset::UTC.to_datetime(timestamp).date()),
            TimeKind::Day(date) => Some(date),
            TimeKind::Local(datetime) => Some(datetime.date()),
            TimeKind::Never | TimeKind::Malformed => None,
        }
    }

    /// The first instant that may be meant: a day or local time is taken to be at UTC+14, where
    /// days begin first. `None` without a date and for no expiry.
    pub fn earliest(&self) -> Option<Timestamp> {
        match self.kind() {
            TimeKind::Instant(timestamp) => Some(timestamp),
            TimeKind::Day(date) => Some(instant_at(offset(14), date.at(0, 0, 0, 0))),
            TimeKind::Local(datetime) => Some(instant_at(offset(14), datetime)),
            TimeKind::Never | TimeKind::Malformed => None,
        }
    }

    /// The last instant that may be meant: a day is taken to its end, and it or a local time to be
    /// at UTC-12, where days end last. `None` without a date and for no expiry.
    pub fn latest(&self) -> Option<Timestamp> {
        match self.kind() {
            TimeKind::Instant(timestamp) => Some(timestamp),
            TimeKind::Day(date) => Some(instant_at(offset(-12), date.at(23, 59, 59, 999_999_999))),
            TimeKind::Local(datetime) => Some(instant_at(offset(-12), datetime)),
            TimeKind::Never | TimeKind::Malformed => None,
        }
    }

    /// Whether the time lies before `now`; `None` when that depends on an unknown zone or hour, or
    /// there is no date. No expiry never passes.
    pub fn has_passed(&self, now: Timestamp) -> Option<bool> {
        if self.kind() == TimeKind::Never {
            return Some(false);
        }
        let (earliest, latest) = (self.earliest()?, self.latest()?);
        if latest < now {
            return Some(true);
        }
        (now <= earliest).then_some(false)
    }

    /// Calendar days from the day of `now` in UTC to [`Time::day`]: 0 is today, negative is past;
    /// `None` without a date and for no expiry.
    ///
    /// Counting days and not hours gives the same answer for systems that tell the hour and those
    /// that do not.
    pub fn days_until(&self, now: Timestamp) -> Option<i64> {
        let today = Offset::UTC.to_datetime(now).date();
        let span = today.until(self.day()?).ok()?;
        Some(i64::from(span.get_days()))
    }

    fn known(text: String, kind: TimeKind) -> Self {
        Self {
            text,
            key: Key::from(kind).into(),
        }
    }

    fn from_milliseconds(number: i64) -> Self {
        let kind = match Timestamp::from_millisecond(number) {
            Ok(timestamp) => TimeKind::Instant(timestamp),
            Err(_) if number > 0 => TimeKind::Never,
            Err(_) => TimeKind::Malformed,
        };
        Self::known(number.to_string(), kind)
    }

    fn key(&self) -> Key {
        let read = || parse::parse(&self.text).map_or(TimeKind::Malformed, |time| time.kind());
        *self.key.get_or_init(|| read().into())
    }

    /// What tells apart times whose keys are the same.
    fn difference(&self) -> Option<&str> {
        match self.key().exactness() {
            Some(Exactness::Local) => self.zone(),
            Some(_) => None,
            None => Some(&self.text),
        }
    }
}

impl From<String> for Time {
    fn from(text: String) -> Self {
        Self {
            text,
            key: OnceLock::new(),
        }
    }
}

impl From<&str> for Time {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<Timestamp> for Time {
    fn from(timestamp: Timestamp) -> Self {
        Self::from_timestamp(timestamp)
    }
}

/// Beyond the range of [`Timestamp`], the years -9999 to 9999, it is milliseconds since 1970:
/// [`TimeKind::Never`] after it, [`TimeKind::Malformed`] before it.
impl From<SystemTime> for Time {
    fn from(time: SystemTime) -> Self {
        let beyond = |_| Self::from_milliseconds(milliseconds_since_1970(time));
        Timestamp::try_from(time).map_or_else(beyond, Self::from_timestamp)
    }
}

impl TryFrom<&Time> for SystemTime {
    type Error = NoInstantError;

    fn try_from(time: &Time) -> Result<Self, NoInstantError> {
        let text = || NoInstantError(time.text.clone());
        time.instant().map(Self::from).ok_or_else(text)
    }
}

impl TryFrom<Time> for SystemTime {
    type Error = NoInstantError;

    fn try_from(time: Time) -> Result<Self, NoInstantError> {
        Self::try_from(&time)
    }
}

impl From<Date> for Time {
    fn from(date: Date) -> Self {
        let written = Written {
            date,
            time: None,
            zone: Zone::Absent,
        };
        Self::known(date.to_string(), written.kind())
    }
}

crate::__text_traits!(Time);

impl PartialEq for Time {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Time {}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        let keys = self.key().cmp(&other.key());
        keys.then_with(|| self.difference().cmp(&other.difference()))
    }
}

impl Hash for Time {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.key(), self.difference()).hash(state);
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Time").field(&self.text).finish()
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TimeVisitor)
    }
}

/// A [`Time`] is no point in time: a day, without a sure zone, no expiry, or malformed.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use cert_core::Time;
///
/// let expires = SystemTime::UNIX_EPOCH + Duration::from_secs(1_720_621_800);
/// let time = Time::from(expires);
/// assert_eq!(time, Time::from("2024-07-10T14:30:00Z"));
/// assert_eq!(SystemTime::try_from(&time)?, expires);
///
/// let error = SystemTime::try_from(Time::from("2024-07-10")).expect_err("a day");
/// assert!(error.to_string().starts_with("`2024-07-10` is no point in time"));
/// # Ok::<(), cert_core::NoInstantError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no point in time; `Time::earliest` and `Time::latest` give the bounds of what it \
     may mean"
)]
pub struct NoInstantError(String);

struct TimeVisitor;

impl Visitor<'_> for TimeVisitor {
    type Value = Time;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time: a text, or milliseconds since 1970")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Time, E> {
        Ok(text.into())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Time, E> {
        Ok(text.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Time, E> {
        Ok(Time::from_milliseconds(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Time, E> {
        Ok(i64::try_from(number).map_or_else(
            |_| Time::known(number.to_string(), TimeKind::Never),
            Time::from_milliseconds,
        ))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Time, E> {
        Ok(Time::known(number.to_string(), TimeKind::Malformed))
    }
}

fn milliseconds_since_1970(time: SystemTime) -> i64 {
    let saturated = |since: Duration| i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => saturated(after),
        Err(before) => -saturated(before.duration()),
    }
}

/// The instant at which the clock shows that time; the nearest one at the ends of the range.
fn instant_at(offset: Offset, datetime: DateTime) -> Timestamp {
    let end = if datetime.year() > 0 {
        Timestamp::MAX
    } else {
        Timestamp::MIN
    };
    offset.to_timestamp(datetime).unwrap_or(end)
}
