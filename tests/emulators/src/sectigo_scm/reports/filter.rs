//! What reports on certificates are limited to.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    frame::Object,
    sectigo_scm::{certificates::Facts, problem::Problem},
};

/// Dates of a certificate that limits apply to.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum DateOf {
    #[default]
    Request,
    /// Nobody downloads from the emulator: no certificate has this date.
    Download,
    Revocation,
    Expiry,
    Issue,
}

impl DateOf {
    fn of(self, facts: &Facts) -> Option<Timestamp> {
        match self {
            Self::Request => Some(facts.requested),
            Self::Download => None,
            Self::Revocation => facts.revoked,
            Self::Expiry => facts.issued.map(|_| facts.expires),
            Self::Issue => facts.issued,
        }
    }
}

/// From one moment to another, both included.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Limits {
    pub(super) from: Option<Timestamp>,
    pub(super) to: Option<Timestamp>,
}

impl Limits {
    /// Takes `from` and `to`: a day, or an instant.
    pub(super) fn take(body: &mut Object) -> Result<Self, Problem> {
        let from = moment(body, "from", false)?;
        let to = moment(body, "to", true)?;
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(Problem::invalid_value(&body.name("from")));
        }
        Ok(Self { from, to })
    }

    fn is_none(self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether a moment lies within; without one only where there are no limits.
    pub(super) fn contain(self, at: Option<Timestamp>) -> bool {
        let Some(at) = at else {
            return self.is_none();
        };
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at <= to)
    }
}

/// A moment: of a day its first one, or else its last.
fn moment(body: &mut Object, name: &str, last: bool) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = body.optional::<String>(name)? else {
        return Ok(None);
    };
    let instant = text.parse::<Timestamp>().ok();
    let found = instant.or_else(|| day(&text, last));
    found
        .map(Some)
        .ok_or_else(|| Problem::invalid_value(&body.name(name)))
}

fn day(text: &str, last: bool) -> Option<Timestamp> {
    let day: Date = text.parse().ok()?;
    let time = if last {
        day.at(23, 59, 59, 999_999_999)
    } else {
        day.at(0, 0, 0, 0)
    };
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// What a report on certificates is limited to.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) organizations: Vec<i64>,
    /// The statuses that are wanted; none for all.
    pub(super) statuses: &'static [&'static str],
    pub(super) date: DateOf,
    pub(super) limits: Limits,
    /// The channel, as filters of SSL certificates spell it.
    pub(super) via: Option<&'static str>,
    pub(super) common_name: Option<String>,
    pub(super) external_requester: Option<String>,
}

impl Filter {
    pub(super) fn fits(&self, facts: &Facts) -> bool {
        let owned =
            self.organizations.is_empty() || self.organizations.contains(&facts.organization);
        let in_state = self.statuses.is_empty() || self.statuses.contains(&facts.status);
        owned
            && in_state
            && self.limits.contain(self.date.of(facts))
            && self.via.is_none_or(|via| via == facts.via)
            && self.is_named(facts)
    }

    /// The name with any case, the address with its own.
    fn is_named(&self, facts: &Facts) -> bool {
        let named = self.common_name.as_ref().is_none_or(|pattern| {
            matches(&pattern.to_lowercase(), &facts.common_name.to_lowercase())
        });
        let asker = facts.external_requester.as_deref().unwrap_or_default();
        let asked = self.external_requester.as_ref();
        named && asked.is_none_or(|pattern| matches(pattern, asker))
    }
}

/// Whether a text holds a pattern, in which `*` stands for anything.
fn matches(pattern: &str, text: &str) -> bool {
    let mut rest = text;
    pattern.split('*').all(|piece| match rest.find(piece) {
        Some(place) => {
            rest = &rest[place + piece.len()..];
            true
        }
        None => false,
    })
}

/// Takes a list of organizations.
pub(super) fn organizations(body: &mut Object, name: &str) -> Result<Vec<i64>, Problem> {
    Ok(body.optional::<Vec<i64>>(name)?.unwrap_or_default())
}

/// Takes a code that is one of a list, and tells what it means.
pub(super) fn code<T: Copy>(
    body: &mut Object,
    name: &str,
    known: &[(i64, T)],
) -> Result<Option<T>, Problem> {
    let Some(number) = body.optional::<i64>(name)? else {
        return Ok(None);
    };
    let found = known.iter().find(|(code, _)| *code == number);
    let wrong = || Problem::invalid_value(&body.name(name));
    found.map(|(_, meaning)| Some(*meaning)).ok_or_else(wrong)
}
