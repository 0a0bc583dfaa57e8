use std::fmt::Display;

use http::StatusCode;
use serde_json::json;

use crate::frame::{Flaw, Invalid, IssueError, Part, Reply};

/// A refusal in the vendor's form: a status of 400 or above and `{"code", "description"}`.
///
/// Codes and sentences are those of the vendor's table of errors, as far as it has them.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    code: i64,
    description: String,
}

impl Problem {
    pub(super) fn new(status: StatusCode, code: i64, description: impl Into<String>) -> Self {
        let description = description.into();
        Self {
            status,
            code,
            description,
        }
    }

    /// Most refusals: status 400.
    pub(super) fn bad(code: i64, description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, description)
    }

    /// Wrong or missing credentials, without saying which.
    pub(super) fn unknown_user() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, -16, "Unknown user")
    }

    /// A body that cannot be read, with the reason behind the vendor's own words.
    pub(super) fn unreadable(why: impl Display) -> Self {
        Self::bad(-1002, format!("Cannot parse message body: {why}"))
    }

    pub(super) fn description(&self) -> &str {
        &self.description
    }

    pub(super) fn missing(field: &str) -> Self {
        Self::bad(-7, format!("{field} is required but missing."))
    }

    pub(super) fn invalid_value(field: &str) -> Self {
        Self::bad(-1601, format!("Field '{field}' has invalid value."))
    }

    /// The path names a certificate that does not exist.
    pub(super) fn not_found(code: i64, description: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, description)
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        match (invalid.part, &invalid.flaw) {
            (_, Flaw::Missing) => Self::missing(&invalid.field),
            (_, Flaw::Value(_)) | (Part::Path | Part::Query, _) => {
                Self::invalid_value(&invalid.field)
            }
            (_, _) => Self::unreadable(invalid),
        }
    }
}

/// Everything that goes into a certificate is checked before, so that this stays unseen.
impl From<IssueError> for Problem {
    fn from(error: IssueError) -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            -65,
            format!("Internal error {error}. Please contact Support for details."),
        )
    }
}

impl From<Problem> for Reply {
    fn from(problem: Problem) -> Self {
        let body = json!({"code": problem.code, "description": problem.description});
        Self::json(problem.status, &body).content_type("application/json;charset=UTF-8")
    }
}
