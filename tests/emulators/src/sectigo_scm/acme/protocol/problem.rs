use http::StatusCode;
use serde_json::{Value, json};

use super::algorithm::Algorithm;
use crate::{
    frame::{Invalid, Reply},
    sectigo_scm::problem::Problem,
};

/// A refusal as ACME has it: a problem document (RFC 7807) with a type of RFC 8555, section 6.7.
#[derive(Clone, Debug)]
pub(super) struct AcmeProblem {
    status: StatusCode,
    kind: &'static str,
    detail: String,
    /// One for each identifier that is to blame, where some are.
    subproblems: Vec<Value>,
    location: Option<String>,
}

impl AcmeProblem {
    pub(super) fn new(status: StatusCode, kind: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            kind,
            detail: detail.into(),
            subproblems: Vec::new(),
            location: None,
        }
    }

    /// Most refusals: status 400.
    pub(super) fn bad(kind: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, kind, detail)
    }

    pub(super) fn malformed(detail: impl Into<String>) -> Self {
        Self::bad("malformed", detail)
    }

    pub(super) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "malformed", detail)
    }

    pub(super) fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "unauthorized", detail)
    }

    pub(super) fn no_such_account() -> Self {
        Self::bad("accountDoesNotExist", "no account has this key or address")
    }

    pub(super) fn bad_algorithm() -> Self {
        Self::bad(
            "badSignatureAlgorithm",
            "the signature algorithm is not supported",
        )
    }

    pub(super) fn bad_key(detail: impl Into<String>) -> Self {
        Self::bad("badPublicKey", detail)
    }

    pub(super) fn bad_csr(detail: impl Into<String>) -> Self {
        Self::bad("badCSR", detail)
    }

    /// One refusal of several identifiers, each with its own reason.
    pub(super) fn of_identifiers(refused: Vec<(Value, Self)>) -> Option<Self> {
        let first = refused.first()?.1.kind;
        let same = refused.iter().all(|(_, problem)| problem.kind == first);
        let kind = if same { first } else { "compound" };
        let mut problem = Self::bad(kind, "identifiers are refused, see subproblems");
        let one = |(identifier, problem): (Value, Self)| {
            json!({
                "type": problem.urn(),
                "detail": problem.detail,
                "identifier": identifier,
            })
        };
        problem.subproblems = refused.into_iter().map(one).collect();
        Some(problem)
    }

    /// The same with the address of what is in the way.
    pub(super) fn location(mut self, url: String) -> Self {
        self.location = Some(url);
        self
    }

    fn urn(&self) -> String {
        format!("urn:ietf:params:acme:error:{}", self.kind)
    }

    fn json(&self) -> Value {
        let mut body = json!({
            "type": self.urn(),
            "detail": self.detail,
            "status": self.status.as_u16(),
        });
        if !self.subproblems.is_empty() {
            body["subproblems"] = self.subproblems.clone().into();
        }
        if self.kind == "badSignatureAlgorithm" {
            body["algorithms"] = Algorithm::ALL.map(Algorithm::name).to_vec().into();
        }
        body
    }
}

impl From<Invalid> for AcmeProblem {
    fn from(invalid: Invalid) -> Self {
        Self::malformed(invalid.to_string())
    }
}

impl From<AcmeProblem> for Reply {
    fn from(problem: AcmeProblem) -> Self {
        let reply = Self::json(problem.status, &problem.json());
        let reply = reply.content_type("application/problem+json");
        match problem.location {
            Some(url) => reply.location(&url),
            None => reply,
        }
    }
}

/// What the vendor's own interface would say, where the ACME server could not foresee it.
impl From<Problem> for AcmeProblem {
    fn from(problem: Problem) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::new(status, "serverInternal", problem.description())
    }
}
