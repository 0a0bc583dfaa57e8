use http::StatusCode;
use serde_json::{Value, json};

use crate::frame::{Invalid, IssueError, Reply};

/// A refusal.
#[derive(Clone, Debug)]
pub struct Problem(Reply);

impl Problem {
    /// An error of the request as a whole.
    pub(super) fn global(code: &str, message: &str) -> Self {
        let errors = json!([{ "code": code, "message": message }]);
        Self::envelope(&json!({ "globalErrors": errors, "fieldErrors": null }))
    }

    /// An error of one field.
    pub(super) fn field(field: &str, message: &str) -> Self {
        let error = json!({ "code": "HTTP-400-3", "message": message, "field": field });
        Self::envelope(&json!({ "globalErrors": null, "fieldErrors": [error] }))
    }

    pub(super) fn invalid(field: &str) -> Self {
        Self::field(field, &format!("Invalid {field} specified."))
    }

    pub(super) fn not_found() -> Self {
        Self(Reply::empty(StatusCode::NOT_FOUND))
    }

    /// The PKCS#12 file cannot be opened, or there is none any more.
    pub(super) fn keystore() -> Self {
        let message = "Unable to open PKCS12 keystore. File format is not valid.";
        Self::global("KSF-101", message)
    }

    pub(super) fn invalid_csv() -> Self {
        Self::global("CSV-100", "The uploaded CSV File is invalid.")
    }

    pub(super) fn too_many() -> Self {
        let message =
            "Clear private key request size for certificates exceeds configured limit : 1,000 ";
        Self::global("CERT-114", message)
    }

    fn envelope(errors: &Value) -> Self {
        let body = json!({ "errors": errors, "result": null });
        Self(Reply::json(StatusCode::BAD_REQUEST, &body))
    }
}

impl From<Reply> for Problem {
    fn from(reply: Reply) -> Self {
        Self(reply)
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        Self::field(&invalid.field, &invalid.to_string())
    }
}

impl From<IssueError> for Problem {
    fn from(error: IssueError) -> Self {
        let text = error.to_string();
        Reply::bytes(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", text).into()
    }
}

impl From<Problem> for Reply {
    fn from(problem: Problem) -> Self {
        problem.0
    }
}

/// A success with a result.
pub(super) fn success(result: impl Into<Value>) -> Reply {
    let result = result.into();
    Reply::json(StatusCode::OK, &json!({ "errors": null, "result": result }))
}
