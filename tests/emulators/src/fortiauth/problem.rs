use http::{HeaderName, StatusCode, header::WWW_AUTHENTICATE};
use serde_json::json;

use crate::frame::{Flaw, Invalid, IssueError, Part, Reply};

const HTML: &str = "text/html; charset=utf-8";

/// A refusal, in one of the forms that the product has for them.
#[derive(Clone, Debug)]
pub struct Problem(Reply);

impl Problem {
    /// The usual form: 400 and one sentence.
    pub(super) fn bad(sentence: impl Into<String>) -> Self {
        Self::json(StatusCode::BAD_REQUEST, "error", sentence)
    }

    /// A sentence that repeats what was sent: escaped for HTML, as the framework below does.
    pub(super) fn bad_escaped(sentence: &str) -> Self {
        let escaped = sentence
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        Self::bad(escaped.replace('\'', "&#x27;").replace('"', "&quot;"))
    }

    /// Content that is not JSON where it has to be: forms fail deeper down than other types.
    pub(super) fn content_type(media_type: &str) -> Self {
        let status = match media_type {
            "multipart/form-data" => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        };
        Self::json(
            status,
            "error_message",
            format!("Cannot read content of type {media_type}"),
        )
    }

    /// Wrong credentials: no content, and a challenge spelled as the product spells it.
    pub(super) fn unauthorized() -> Self {
        Self::page(StatusCode::UNAUTHORIZED, "")
            .header(WWW_AUTHENTICATE, "Basic Realm=\"FortiAuthenticator\"")
    }

    pub(super) fn forbidden() -> Self {
        Self::page(StatusCode::FORBIDDEN, "")
    }

    /// An unknown number.
    pub(super) fn not_found() -> Self {
        Self::page(StatusCode::NOT_FOUND, "")
    }

    /// Something in the place of a number.
    pub(super) fn no_number(argument: &str) -> Self {
        let sentence = format!("Invalid resource lookup data provided: {argument}");
        Self::json(StatusCode::NOT_FOUND, "error_message", sentence)
    }

    pub(super) fn no_such_page() -> Self {
        let page = "<html><body><h1>Not Found</h1></body></html>";
        Self::page(StatusCode::NOT_FOUND, page)
    }

    pub(super) fn page(status: StatusCode, content: &str) -> Self {
        Self(Reply::bytes(status, HTML, content.to_owned()))
    }

    pub(super) fn header(self, name: HeaderName, value: &str) -> Self {
        Self(self.0.header(name, value))
    }

    fn json(status: StatusCode, member: &str, sentence: impl Into<String>) -> Self {
        Self(Reply::json(status, &json!({ member: sentence.into() })))
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        match (invalid.part, &invalid.flaw) {
            (Part::Query, Flaw::Unknown) => Self::bad_escaped(&format!(
                "'{}' is no parameter of this list.",
                invalid.field
            )),
            _ => Self::bad_escaped(&invalid.to_string()),
        }
    }
}

/// Everything that goes into a certificate is checked before, so that this stays unseen.
impl From<IssueError> for Problem {
    fn from(error: IssueError) -> Self {
        let page = format!("<html><body><h1>Server Error (500)</h1>{error}</body></html>");
        Self::page(StatusCode::INTERNAL_SERVER_ERROR, &page)
    }
}

impl From<Problem> for Reply {
    fn from(problem: Problem) -> Self {
        problem.0
    }
}
