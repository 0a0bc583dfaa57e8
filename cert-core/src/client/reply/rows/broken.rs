use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::Unreadable;
use crate::client::Error;

/// A row of an answer that cannot be read, as an error of [`Rows`](super::Rows) tells it.
///
/// ```
/// use cert_core::client::{BrokenRow, Error};
///
/// /// Passes a broken row over, and no other failure.
/// fn skipped(error: Error) -> Result<(), Error> {
///     let Some(broken) = BrokenRow::of(&error) else {
///         return Err(error);
///     };
///     eprintln!("row {} is left out: {error}", broken.number);
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrokenRow {
    /// Number of the row, from 1, the header of a CSV file not counted.
    pub number: u64,
    /// Number of the line on which it begins, from 1, where the format has lines.
    pub line: Option<u64>,
    reason: String,
}

impl BrokenRow {
    /// The row that an error is about, if it is about one; [`Error::body`] has its text, unless it
    /// was too long.
    #[must_use]
    pub fn of(error: &Error) -> Option<&Self> {
        error.source()?.downcast_ref()
    }
}

impl fmt::Display for BrokenRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line} of the list cannot be read: {}", self.reason),
            None => write!(f, "row {} cannot be read: {}", self.number, self.reason),
        }
    }
}

impl StdError for BrokenRow {}

impl Unreadable {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self {
            line: None,
            reason: reason.into(),
        }
    }

    pub(super) fn longer_than(limit: usize) -> Self {
        Self::new(format!(
            "it exceeds the limit of {limit} bytes; raise it if wanted"
        ))
    }

    pub(super) fn on_line(self, line: u64) -> Self {
        Self {
            line: Some(line),
            ..self
        }
    }

    /// The error that the row of this number is.
    pub(super) fn of(self, number: u64) -> Error {
        let broken = BrokenRow {
            number,
            line: self.line,
            reason: self.reason,
        };
        let told = broken.to_string();
        let broken: Arc<dyn StdError + Send + Sync> = Arc::new(broken);
        Error::unexpected(told).caused_by(broken)
    }
}
