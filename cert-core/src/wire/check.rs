//! The limits of what is sent, for hand-written [`Payload`](crate::Payload)s;
//! [`request!`](crate::request) calls them by itself.
//!
//! ```
//! use cert_core::check;
//!
//! let name = "";
//! let error = check::within("name", check::length(name, 1..=256)).expect_err("too short");
//! assert_eq!(error.to_string(), "`name` has 0 characters: it must have 1 to 256");
//! ```

use std::fmt;
use std::ops::{Bound, RangeBounds};

use crate::wire::{Patch, Violation};

/// A whole number whose limits can be checked.
pub trait Number: Copy {
    /// The number, or the nearest one of 64 bits.
    fn number(self) -> i64;
}

/// Refuses a text that is too short or too long, counted in characters.
///
/// # Errors
///
/// What it has, and what it must have.
pub fn length(
    text: &(impl AsRef<str> + ?Sized),
    limit: impl RangeBounds<usize>,
) -> Result<(), Violation> {
    let count = text.as_ref().chars().count();
    counted(count, &limit, "characters")
}

/// Refuses a new text that is too short or too long, counted in characters.
///
/// # Errors
///
/// What it has, and what it must have.
pub fn patch_length(
    patch: &Patch<impl AsRef<str>>,
    limit: impl RangeBounds<usize>,
) -> Result<(), Violation> {
    patch.value().map_or(Ok(()), |text| length(text, limit))
}

/// Refuses a list of too few or too many entries.
///
/// # Errors
///
/// What it has, and what it must have.
pub fn count<T>(list: &[T], limit: impl RangeBounds<usize>) -> Result<(), Violation> {
    counted(list.len(), &limit, "entries")
}

/// Refuses a number that is too small or too large.
///
/// # Errors
///
/// What it has, and what it must have.
pub fn range(number: &impl Number, limit: impl RangeBounds<i64>) -> Result<(), Violation> {
    let number = number.number();
    if limit.contains(&number) {
        return Ok(());
    }
    let words = words(&limit);
    Err(Violation::new(format!("is {number}: it must be {words}")))
}

/// The outcome of a check of the part `field`.
///
/// # Errors
///
/// The first violation, within that part.
pub fn within(field: &str, checked: Result<(), Violation>) -> Result<(), Violation> {
    checked.map_err(|wrong| wrong.within(field))
}

fn counted(count: usize, limit: &impl RangeBounds<usize>, unit: &str) -> Result<(), Violation> {
    if limit.contains(&count) {
        return Ok(());
    }
    let words = words(limit);
    let reason = format!("has {count} {unit}: it must have {words}");
    Err(Violation::new(reason))
}

fn words<T: fmt::Display + PartialEq>(limit: &impl RangeBounds<T>) -> String {
    match (limit.start_bound(), limit.end_bound()) {
        (Bound::Included(least), Bound::Included(most)) if least == most => most.to_string(),
        (Bound::Included(least), Bound::Included(most)) => format!("{least} to {most}"),
        (Bound::Included(least), _) => format!("at least {least}"),
        (_, Bound::Included(most)) => format!("at most {most}"),
        _ => "another".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(result: Result<(), Violation>) -> String {
        result.expect_err("out of its limits").to_string()
    }

    #[test]
    fn limits_hold_at_their_edges() {
        assert!(length("ä", 1..=1).is_ok() && length("", 1..=2).is_err());
        assert!(patch_length(&Patch::Set("ä"), 1..=1).is_ok());
        assert!(patch_length(&Patch::Set(""), 1..=1).is_err());
        assert!(patch_length(&Patch::<String>::Clear, 1..=1).is_ok());
        assert!(count(&[1, 2], ..=2).is_ok() && count(&[1, 2], ..=1).is_err());
        assert!(range(&1_u32, 1..).is_ok() && range(&0_u32, 1..).is_err());
        assert!(range(&u64::MAX, ..=5).is_err());
    }

    #[test]
    fn violations_say_what_is_wanted() {
        assert_eq!(
            told(length("abc", 1..=2)),
            "has 3 characters: it must have 1 to 2"
        );
        assert_eq!(
            told(length("", 1..)),
            "has 0 characters: it must have at least 1"
        );
        assert_eq!(
            told(count(&[0; 3], ..=2)),
            "has 3 entries: it must have at most 2"
        );
        assert_eq!(told(range(&-1_i64, 0..)), "is -1: it must be at least 0");
        assert_eq!(told(length("a", 2..=2)), "has 1 characters: it must have 2");
    }
}
