//! Lists that take conditions and orders as text, `field=value` and `field,asc`, and count pages in
//! place of entries.

use std::fmt::Display;

use cert_core::Payload;
use cert_core::client::Window;
use serde::{Serialize, Serializer};

/// Condition on a field of the entries of a list.
///
/// The vendor shows [`equals`](Self::equals) and [`above`](Self::above); what a field's values
/// look like in a condition it does not say beyond its samples: days as `yyyy-MM-dd`, numbers as
/// they are.
///
/// ```
/// use sectigo_scm::Condition;
/// use sectigo_scm::brand_indicators::BrandIndicatorField;
///
/// let recent = Condition::above(BrandIndicatorField::Requested, "2025-01-01");
/// assert_eq!(recent.to_string(), "requested>2025-01-01");
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
    direction: &'static str,
}

impl<F> Order<F> {
    /// Smallest or earliest first.
    pub fn ascending(field: F) -> Self {
        let direction = "asc";
        Self { field, direction }
    }

    /// Greatest or latest first.
    pub fn descending(field: F) -> Self {
        let direction = "desc";
        Self { field, direction }
    }
}

impl<F: Display> Display for Order<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{},{}", self.field, self.direction)
    }
}

impl<F: Display> Serialize for Order<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<F> Payload for Order<F> {}

cert_core::request! {
    /// The part of a list to ask for, where pages are counted in place of entries.
    pub(crate) struct NumberedPage() {
        /// Most entries of the page.
        #[range(..)]
        size: u32,
        /// Number of the page, from 0; the first one is not named.
        #[range(..)]
        page: u64,
    }
}

impl From<Window> for NumberedPage {
    fn from(window: Window) -> Self {
        Self {
            size: window.size,
            page: (window.page > 0).then_some(window.page),
        }
    }
}
