use std::borrow::Cow;

use http::{StatusCode, header::WWW_AUTHENTICATE};
use serde_json::{Value, json};

use crate::frame::{Flaw, Invalid, IssueError, Reply};

/// A refusal: `{"success": false, "error": {"code", "param"?, "description"}}`.
#[derive(Clone, Debug)]
pub struct Problem {
    code: i64,
    parameter: Option<Cow<'static, str>>,
    description: Cow<'static, str>,
    offers: Vec<String>,
}

impl Problem {
    pub(super) const UNKNOWN_PATH: Self = Self::new(2, "invalid request path");
    pub(super) const WRONG_METHOD: Self = Self::new(3, "invalid request method");
    pub(super) const OTHER_METHOD_SET: Self = Self::new(8, "invalid authentication method");
    pub(super) const CREDENTIALS_NEEDED: Self = Self::new(9, "authentication required");
    pub(super) const PRIVILEGE_MISSING: Self = Self::new(10, "insufficient privileges");
    pub(super) const UNSUPPORTED_TYPE: Self = Self::new(14, "Unsupported Content-Type");

    const fn new(code: i64, description: &'static str) -> Self {
        Self {
            code,
            parameter: None,
            description: Cow::Borrowed(description),
            offers: Vec::new(),
        }
    }

    fn about(self, parameter: &str) -> Self {
        Self {
            parameter: Some(parameter.to_owned().into()),
            ..self
        }
    }

    pub(super) fn missing(parameter: &str) -> Self {
        Self::new(11, "missing mandatory parameter").about(parameter)
    }

    pub(super) fn invalid(parameter: &str, why: &'static str) -> Self {
        Self::new(12, why).about(parameter)
    }

    pub(super) fn too_large(parameter: &str) -> Self {
        Self::new(13, "parameter data too big").about(parameter)
    }

    pub(super) fn collide(parameter: &str, why: &'static str) -> Self {
        Self::new(17, why).about(parameter)
    }

    pub(super) fn protected() -> Self {
        Self::new(18, "the certificate is protected")
    }

    /// Status 401, with these offers to sign in.
    pub(super) fn offering(self, offers: Vec<String>) -> Self {
        Self { offers, ..self }
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        match &invalid.flaw {
            Flaw::Missing => Self::missing(&invalid.field),
            Flaw::Malformed(why) => Self {
                description: format!("the request cannot be read: {why}").into(),
                ..Self::new(14, "")
            },
            _ => Self::invalid(&invalid.field, "invalid parameter value"),
        }
    }
}

impl From<IssueError> for Problem {
    fn from(error: IssueError) -> Self {
        Self {
            description: error.to_string().into(),
            ..Self::new(14, "")
        }
    }
}

impl From<Problem> for Reply {
    fn from(problem: Problem) -> Self {
        let mut error = json!({ "code": problem.code, "description": problem.description });
        if let Some(parameter) = problem.parameter {
            error["param"] = json!(parameter);
        }
        let status = match problem.offers.is_empty() {
            true => StatusCode::OK,
            false => StatusCode::UNAUTHORIZED,
        };
        let reply = Self::json(status, &json!({ "success": false, "error": error }));
        let offers = problem.offers.iter();
        offers.fold(reply, |reply, offer| reply.header(WWW_AUTHENTICATE, offer))
    }
}

/// A success, with or without a result.
pub(super) fn success(result: Option<Value>) -> Reply {
    let mut body = json!({ "success": true });
    if let Some(result) = result {
        body["result"] = result;
    }
    Reply::json(StatusCode::OK, &body)
}
