use http::{HeaderName, StatusCode};
use serde_json::json;

use crate::frame::{Flaw, Invalid, IssueError, Reply};

const MEDIA_TYPE: &str = "application/vnd.blackberry.error-v1+json";

/// A refusal in the vendor's form: `{"id", "subStatusCode", "message"}`.
///
/// Of the codes only 403 is the vendor's; the others repeat the status.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    id: &'static str,
    message: String,
    header: Option<(HeaderName, String)>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, id: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            status,
            id,
            message,
            header: None,
        }
    }

    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    /// No sign-in value, or one that does not count any more.
    pub(super) fn not_signed_in() -> Self {
        let message = "Authentication failed.";
        Self::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", message)
    }

    pub(super) fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            format!("{what} not found."),
        )
    }

    /// The thing is there, and this cannot be done with it.
    pub(super) fn not_allowed(allow: &str, message: &str) -> Self {
        Self {
            header: Some((http::header::ALLOW, allow.to_owned())),
            ..Self::wrong_method(message)
        }
    }

    pub(super) fn wrong_method(message: &str) -> Self {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Self::new(status, "METHOD_NOT_ALLOWED", message)
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        let id = match invalid.flaw {
            Flaw::Missing => "MISSING_VALUE",
            _ => "INVALID_VALUE",
        };
        Self::new(StatusCode::BAD_REQUEST, id, invalid.to_string())
    }
}

/// Everything that goes into a certificate is made up here, so that this stays unseen.
impl From<IssueError> for Problem {
    fn from(error: IssueError) -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "INTERNAL_ERROR",
            error.to_string(),
        )
    }
}

impl From<Problem> for Reply {
    fn from(problem: Problem) -> Self {
        let body = json!({
            "id": problem.id,
            "subStatusCode": problem.status.as_u16(),
            "message": problem.message,
        });
        let reply = Self::json(problem.status, &body).content_type(MEDIA_TYPE);
        match problem.header {
            Some((name, value)) => reply.header(name, value),
            None => reply,
        }
    }
}
