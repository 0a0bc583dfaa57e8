use cert_core::client::{Answer, Error, Fault, Op};

cert_core::error_code! {
    /// Code for why the vendor refused a call: `subStatusCode`.
    ///
    /// Many refusals carry one, not all. The codes of certificates are not documented; those known
    /// from elsewhere are constants. [`ErrorCode::id_of`] is the vendor's word beside it.
    pub struct ErrorCode {
        APPLICATION_NOT_FOUND = 113, "There is no such app." => NotFound;
        NOT_AUTHORIZED = 403, "The administrator may not do this.";
    }
}

impl ErrorCode {
    /// The vendor's word for the code of a refused call, such as `NOT_AUTHORIZED`; older releases
    /// send none.
    #[must_use]
    pub fn id_of(error: &Error) -> Option<String> {
        let answer = Answer::new(
            error.status()?,
            error.headers().clone(),
            error.body().clone(),
        );
        refusal(&answer)?.id
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
