//! One certificate of the fleet, whoever holds it.

use std::cmp::Ordering;

use cert_core::{SerialNumber, Time};
use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::system::Vendor;

/// A line of the list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) vendor: &'static str,
    pub(crate) system: String,
    pub(crate) id: String,
    pub(crate) subject: String,
    pub(crate) serial: Option<SerialNumber>,
    #[serde(serialize_with = "written")]
    pub(crate) expires: Option<Time>,
    pub(crate) days_left: Option<i64>,
    pub(crate) state: String,
}

impl Row {
    /// A certificate of which nothing is known yet.
    pub(crate) fn new(vendor: Vendor, system: &str) -> Self {
        Self {
            vendor: vendor.name(),
            system: system.to_owned(),
            id: String::new(),
            subject: String::new(),
            serial: None,
            expires: None,
            days_left: None,
            state: String::new(),
        }
    }

    /// The same certificate, with the end of its validity.
    pub(crate) fn ending(mut self, expires: Option<Time>) -> Self {
        self.days_left = expires
            .as_ref()
            .and_then(|time| time.days_until(Timestamp::now()));
        self.expires = expires;
        self
    }

    /// Whether the certificate ends within `days` from now, and has not ended yet.
    pub(crate) fn ends_within(&self, days: i64) -> bool {
        self.days_left
            .is_some_and(|left| (0..=days).contains(&left))
    }

    /// The day it ends, or the vendor's text where that is no date.
    pub(crate) fn expiry(&self) -> String {
        self.expires.as_ref().map(day).unwrap_or_default()
    }

    /// Soonest to expire first, unknown expiries last; then by vendor, system and id.
    pub(crate) fn by_expiry(&self, other: &Self) -> Ordering {
        let key = |row: &Self| (row.expires.is_none(), row.expires.clone());
        let name = |row: &Self| (row.vendor, row.system.clone(), row.id.clone());
        key(self)
            .cmp(&key(other))
            .then_with(|| name(self).cmp(&name(other)))
    }
}

fn day(time: &Time) -> String {
    time.day()
        .map_or_else(|| time.as_str().to_owned(), |day| day.to_string())
}

fn written<S: Serializer>(time: &Option<Time>, serializer: S) -> Result<S::Ok, S::Error> {
    time.as_ref().map(day).serialize(serializer)
}
