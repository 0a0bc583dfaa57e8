//! The ways in which systems write a time.

use jiff::Timestamp;
use jiff::civil::{self, Date};
use jiff::tz::Offset;

use super::TimeKind;

/// No known spelling is longer.
const LONGEST: usize = 64;

/// A date, and the time and zone as far as they are written.
pub(super) struct Written<'t> {
    pub(super) date: Date,
    pub(super) time: Option<civil::Time>,
    pub(super) zone: Zone<'t>,
}

#[derive(Clone, Copy)]
pub(super) enum Zone<'t> {
    Absent,
    Offset(Offset),
    /// A name that more than one place uses, or that is not known here.
    Named(&'t str),
}

impl Written<'_> {
    pub(super) fn kind(&self) -> TimeKind {
        let date = self.date;
        if (date.year(), date.month(), date.day()) == (9999, 12, 31) {
            return TimeKind::Never;
        }
        let Some(time) = self.time else {
            return TimeKind::Day(date);
        };
        match self.zone {
            Zone::Absent | Zone::Named(_) => TimeKind::Local(date.to_datetime(time)),
            Zone::Offset(offset) => offset
                .to_timestamp(date.to_datetime(time))
                .map_or(TimeKind::Never, TimeKind::Instant),
        }
    }
}

pub(super) fn parse(text: &str) -> Option<Written<'_>> {
    if text.len() > LONGEST || !text.is_ascii() {
        return None;
    }
    let text = text.trim();
    let (digits, rest) = split(text, "");
    match (digits.len(), rest) {
        (8, "") => Some(Written {
            date: compact_date(digits)?,
            time: None,
            zone: Zone::Absent,
        }),
        (10, _) => compact(&(with_century(digits)? + "00"), certain_zone(rest)?),
        (12, _) => compact(&with_century(digits)?, certain_zone(rest)?),
        (13, "") => milliseconds(digits),
        (14, _) => compact_with_fraction(digits, rest),
        _ => numeric(text, Slashes::MonthFirst).or_else(|| words(text)),
    }
}

/// A date in slashes that begins with the day.
pub(super) fn day_first(text: &str) -> Option<Written<'_>> {
    let text = Some(text.trim()).filter(|text| text.len() <= LONGEST && text.is_ascii())?;
    let digits = text.find(|letter: char| !letter.is_ascii_digit())?;
    match text.as_bytes()[digits] {
        b'/' => numeric(text, Slashes::DayFirst),
        _ => None,
    }
}

/// What stands first in a date in slashes, unless it is the year.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slashes {
    MonthFirst,
    DayFirst,
}

/// `2024-07-10`, `07/10/2024 14:30:00 GMT` and the like.
fn numeric(text: &str, slashes: Slashes) -> Option<Written<'_>> {
    let (digits, rest) = split(text, "-/.");
    let date = numeric_date(digits, slashes)?;
    if rest.is_empty() {
        return Some(Written {
            date,
            time: None,
            zone: Zone::Absent,
        });
    }
    let clock = rest.strip_prefix(['T', 't', ' '])?.trim_start();
    let (digits, rest) = split(clock, ":.,");
    Some(Written {
        date,
        time: Some(time(digits)?),
        zone: zone(rest)?,
    })
}

/// The separator and the place of the year tell the order; a 13th month tells that it is the
/// other.
fn numeric_date(text: &str, slashes: Slashes) -> Option<Date> {
    let separator = text.chars().find(|letter| !letter.is_ascii_digit())?;
    let mut fields = text.splitn(3, separator);
    let (first, second, third) = (fields.next()?, fields.next()?, fields.next()?);
    if first.len() == 4 {
        return date(first, second, third);
    }
    let (month, day) = if separator == '/' && slashes == Slashes::MonthFirst {
        (first, second)
    } else {
        (second, first)
    };
    date(third, month, day).or_else(|| date(third, day, month))
}

/// `Tue Jun 08 14:20:15 IST 2049` and the like: English names, in any order.
fn words(text: &str) -> Option<Written<'_>> {
    let (mut year, mut month, mut day, mut clock, mut place) = (None, None, None, None, None);
    for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
        if word.starts_with(|first: char| first.is_ascii_digit()) {
            match word.len() {
                1..=2 => fill(&mut day, word)?,
                4 => fill(&mut year, word)?,
                _ => fill(&mut clock, time(word)?)?,
            }
        } else if let Some(number) = place_of(word, &MONTHS) {
            fill(&mut month, number)?;
        } else if place_of(word, &WEEKDAYS).is_none() {
            fill(&mut place, zone(word)?)?;
        }
    }
    let date = Date::new(number(year?)?, month?, number(day?)?).ok()?;
    match (clock, place) {
        (None, Some(_)) => None,
        (time, place) => Some(Written {
            date,
            time,
            zone: place.unwrap_or(Zone::Absent),
        }),
    }
}

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
/// Place in the list, from 1.
fn place_of(word: &str, names: &[&str]) -> Option<i8> {
    let index = names
        .iter()
        .position(|name| name.eq_ignore_ascii_case(word))?;
    i8::try_from(index + 1).ok()
}

/// Fills what must be given only once.
fn fill<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

fn milliseconds(digits: &str) -> Option<Written<'static>> {
    let timestamp = Timestamp::from_millisecond(digits.parse().ok()?).ok()?;
    let datetime = Offset::UTC.to_datetime(timestamp);
    let (date, time) = (datetime.date(), Some(datetime.time()));
    Some(Written {
        date,
        time,
        zone: Zone::Offset(Offset::UTC),
    })
}

/// `GeneralizedTime` (X.680, 46), where the zone may be missing.
fn compact_with_fraction<'t>(digits: &str, rest: &'t str) -> Option<Written<'t>> {
    let Some(fraction) = rest.strip_prefix(['.', ',']) else {
        return compact(digits, zone(rest)?);
    };
    let (fraction, rest) = split(fraction, "");
    let whole = compact(digits, zone(rest)?)?;
    let time = whole
        .time?
        .with()
        .subsec_nanosecond(nanoseconds(fraction)?)
        .build()
        .ok()?;
    Some(Written {
        time: Some(time),
        ..whole
    })
}

fn compact<'t>(digits: &str, zone: Zone<'t>) -> Option<Written<'t>> {
    let (date, clock) = digits.split_at_checked(8)?;
    let time = civil_time(clock.get(..2)?, clock.get(2..4)?, clock.get(4..)?, "0")?;
    Some(Written {
        date: compact_date(date)?,
        time: Some(time),
        zone,
    })
}

fn compact_date(digits: &str) -> Option<Date> {
    date(digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?)
}

/// Completes the two-digit year of a `UTCTime` (RFC 5280, 4.1.2.5.1).
fn with_century(digits: &str) -> Option<String> {
    let year: u8 = number(digits.get(..2)?)?;
    Some(if year < 50 { "20" } else { "19" }.to_owned() + digits)
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    Date::new(number(year)?, number(month)?, number(day)?).ok()
}

/// `14:30`, `14:30:00` or `14:30:00.503`.
fn time(text: &str) -> Option<civil::Time> {
    let (text, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let mut fields = text.splitn(3, ':');
    let (hour, minute) = (fields.next()?, fields.next()?);
    match fields.next() {
        Some(second) => civil_time(hour, minute, second, fraction),
        None if fraction == "0" => civil_time(hour, minute, "00", fraction),
        None => None,
    }
}

fn civil_time(hour: &str, minute: &str, second: &str, fraction: &str) -> Option<civil::Time> {
    if hour.len() > 2 || minute.len() != 2 || second.len() != 2 {
        return None;
    }
    // A leap second, which no civil time of a computer has.
    let second = if second == "60" { "59" } else { second };
    let (hour, minute, second) = (number(hour)?, number(minute)?, number(second)?);
    civil::Time::new(hour, minute, second, nanoseconds(fraction)?).ok()
}

fn nanoseconds(fraction: &str) -> Option<i32> {
    if fraction.len() > 9 {
        return None;
    }
    number(&format!("{fraction:0<9}")).filter(|_| !fraction.is_empty())
}

/// What follows a time: nothing, an offset, or a name.
fn zone(text: &str) -> Option<Zone<'_>> {
    let text = text.trim_start();
    if text.is_empty() {
        return Some(Zone::Absent);
    }
    let (name, rest) = text.split_at(text.find(['+', '-']).unwrap_or(text.len()));
    let universal = ["", "Z", "GMT", "UTC", "UT"]
        .iter()
        .any(|z| z.eq_ignore_ascii_case(name));
    match (universal, rest) {
        (true, "") => Some(Zone::Offset(Offset::UTC)),
        (true, _) => offset(rest).map(Zone::Offset),
        (false, "") if is_name(name) => Some(Zone::Named(name)),
        (false, _) => None,
    }
}

fn certain_zone(text: &str) -> Option<Zone<'_>> {
    zone(text).filter(|zone| matches!(zone, Zone::Offset(_)))
}

/// `+05:30`, `+0530`, `+05` or `+5`.
fn offset(text: &str) -> Option<Offset> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.get(1..)?;
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at(2),
        None => (digits, "00"),
    };
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    let valid = hours <= 18 && minutes < 60;
    let seconds = sign * (hours * 60 + minutes) * 60;
    if valid {
        Offset::from_seconds(seconds).ok()
    } else {
        None
    }
}

/// Half-days are no zones: taken for one, `02:30 PM` would be twelve hours off.
fn is_name(text: &str) -> bool {
    let half_day = text.eq_ignore_ascii_case("AM") || text.eq_ignore_ascii_case("PM");
    !half_day
        && text
            .bytes()
            .all(|octet| octet.is_ascii_alphabetic() || b"/_".contains(&octet))
}

fn two_digits(digits: &str) -> Option<i32> {
    if digits.len() > 2 {
        None
    } else {
        number(digits)
    }
}

/// Digits alone: `parse` would also take a sign.
fn number<N: std::str::FromStr>(digits: &str) -> Option<N> {
    let plain = digits.bytes().all(|octet| octet.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

/// The leading digits and separators, and what follows.
fn split<'t>(text: &'t str, separators: &str) -> (&'t str, &'t str) {
    let other = |letter: char| !letter.is_ascii_digit() && !separators.contains(letter);
    text.split_at(text.find(other).unwrap_or(text.len()))
}
