//! Conditions and orders of lists that take them as text: `field=value`, `field,asc`.

use std::fmt::Display;

use cert_core::Payload;
use serde::{Serialize, Serializer};

/// Condition on a field of the entries of a list.
///
/// The vendor shows [`equals`](Self::equals) and [`above`](Self::above); what a field's values
/// look like in a condition it does not say beyond its samples: days as `yyyy-MM-dd`, numbers as
/// they are.
///
/// ```
/// use sectigo_scm::{CertType, Condition};
///
/// let devices = Condition::equals("certType", CertType::Device);
/// assert_eq!(devices.to_string(), "certType=Device");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition<F> {
    field: F,
    operator: char,
    value: String,
}

impl<F> Condition<F> {
    /// The field has this value.
    pub fn equals(field: F, value: impl Display) -> Self {
        Self::new(field, '=', value)
    }

    /// The field has a greater value, or a later date.
    pub fn above(field: F, value: impl Display) -> Self {
        Self::new(field, '>', value)
    }

    /// The field has a smaller value, or an earlier date. No sample of the vendor's shows it.
    pub fn below(field: F, value: impl Display) -> Self {
        Self::new(field, '<', value)
    }

    fn new(field: F, operator: char, value: impl Display) -> Self {
        let value = value.to_string();
        Self {
            field,
            operator,
            value,
        }
    }
}

impl<F: Display> Display for Condition<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}{}", self.field, self.operator, self.value)
    }
}

impl<F: Display> Serialize for Condition<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<F> Payload for Condition<F> {}

/// Order of the entries of a list, by one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order<F> {
    field: F,
    direction: Option<&'static str>,
}

impl<F> Order<F> {
    /// Smallest or earliest first.
    pub fn ascending(field: F) -> Self {
        let direction = Some("asc");
        Self { field, direction }
    }

    /// Greatest or latest first.
    pub fn descending(field: F) -> Self {
        let direction = Some("desc");
        Self { field, direction }
    }

    /// No direction is sent: the vendor takes the ascending one.
    pub fn by(field: F) -> Self {
        let direction = None;
        Self { field, direction }
    }
}

impl<F: Display> Display for Order<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.direction {
            Some(direction) => write!(f, "{},{direction}", self.field),
            None => self.field.fmt(f),
        }
    }
}

impl<F: Display> Serialize for Order<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<F> Payload for Order<F> {}
