use std::fmt;

use cert_core::client::{Answer, Error, Fault, Op};

/// The vendor's code for why a call was refused: `subStatusCode`.
///
/// Many refusals carry one, not all. The codes of certificates are not documented; those known
/// from elsewhere are constants. [`ErrorCode::id_of`] is the vendor's word beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorCode(i64);

impl ErrorCode {
    /// `APPLICATION_NOT_FOUND`: there is no such app.
    pub const APPLICATION_NOT_FOUND: Self = Self(113);
    /// `NOT_AUTHORIZED`: the administrator may not do this.
    pub const NOT_AUTHORIZED: Self = Self(403);

    /// The code of a refused call, if the answer had one.
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        error.code()?.parse().ok().map(Self)
    }

    /// The vendor's word for it, such as `NOT_AUTHORIZED`; older releases send none.
    #[must_use]
    pub fn id_of(error: &Error) -> Option<String> {
        let answer = Answer::new(
            error.status()?,
            error.headers().clone(),
            error.body().clone(),
        );
        refusal(&answer)?.id
    }

    /// The number.
    #[must_use]
    pub const fn value(self) -> i64 {
        self.0
    }
}

impl From<i64> for ErrorCode {
    fn from(code: i64) -> Self {
        Self(code)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

cert_core::response! {
    /// `application/vnd.blackberry.error-v1+json`.
    struct Refusal {
        id: Option<String>,
        sub_status_code: Option<i64>,
        message: Option<String>,
    }
}

pub(crate) fn fault(_: &Op, answer: &Answer) -> Option<Fault> {
    if answer.status.is_success() {
        return None;
    }
    let Refusal {
        id,
        sub_status_code,
        message,
    } = refusal(answer)?;
    Some(Fault {
        code: sub_status_code.map(|code| code.to_string()),
        message: match (id, message) {
            (Some(id), Some(message)) => Some(format!("{id}: {message}")),
            (id, message) => id.or(message),
        },
        class: None,
    })
}

/// The refusal in an answer, whatever JSON type the answer gives itself.
fn refusal(answer: &Answer) -> Option<Refusal> {
    let refusal: Refusal = answer.json().ok()?;
    let says_something =
        refusal.id.is_some() || refusal.sub_status_code.is_some() || refusal.message.is_some();
    says_something.then_some(refusal)
}
