use cert_core::client::{Answer, Error, Fault, Op};
use serde::Deserialize;

cert_core::error_code! {
    /// A device's number for why it refused a call (section 2.3 of the vendor's HTTP API manual).
    ///
    /// Which number answers an unknown id, a protected certificate or a wrong pass phrase is not
    /// documented, and [`UNSPECIFIED`](Self::UNSPECIFIED) covers very different things: show the
    /// text, too ([`Error::message`](crate::Error::message)).
    ///
    /// ```
    /// # fn demo(error: twon_device::Error) {
    /// use twon_device::ErrorCode;
    ///
    /// if ErrorCode::of(&error) == Some(ErrorCode::PRIVILEGE_MISSING) {
    ///     println!("the account needs the privilege System Control");
    /// }
    /// # }
    /// ```
    pub struct ErrorCode {
        NOT_SUPPORTED = 1, "This model does not have the function.";
        UNKNOWN_PATH = 2, "There is no such path.";
        WRONG_METHOD = 3, "The path has no such method.";
        SERVICE_OFF = 4, "The service is switched off in the device.";
        HTTPS_NEEDED = 7, "The service is open over https only.";
        WRONG_AUTHENTICATION_METHOD = 8, "The service is set to another authentication method.";
        CREDENTIALS_NEEDED = 9, "The call needs credentials, or others.";
        PRIVILEGE_MISSING = 10, "The account lacks the privilege, here System Control.";
        PARAMETER_MISSING = 11, "A mandatory parameter is missing.";
        INVALID_PARAMETER = 12, "A parameter has a value that is not valid.";
        TOO_LARGE = 13, "A parameter has too much data.";
        UNSPECIFIED = 14, "Anything else; the text tells.";
        NO_DATA = 15, "There is no data.";
        PARAMETERS_COLLIDE = 17, "Parameters contradict each other.";
        REFUSED = 18, "The device refuses the request.";
        FILE_VERSION_TOO_LOW = 19, "The version of the file is too low.";
    }
}

/// All that a device says when it refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// Number of the reason.
    pub code: Option<ErrorCode>,
    /// The parameter it is about, such as `blob-pk`.
    pub parameter: Option<String>,
    /// Description in the device's words.
    pub description: Option<String>,
}

impl Refusal {
    /// Error that the device told, if its answer was one of its own and a refusal.
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        let body = str::from_utf8(error.body()).ok()?;
        let answer = serde_json::from_str(body).ok()?;
        Self::in_envelope(answer)
    }

    fn in_envelope(answer: FailedAnswer) -> Option<Self> {
        if answer.success != Some(false) {
            return None;
        }
        let Some(reason) = answer.error else {
            return Some(Self {
                code: None,
                parameter: None,
                description: None,
            });
        };
        Some(Self {
            code: reason.code.map(ErrorCode),
            parameter: reason.param,
            description: reason.description,
        })
    }

    fn message(&self) -> String {
        let words = self.description.as_deref().unwrap_or("no reason given");
        match &self.parameter {
            Some(parameter) => format!("{words} (parameter `{parameter}`)"),
            None => words.to_owned(),
        }
    }
}

/// How an answer says that it is a refusal: `success` counts, not the status.
pub(crate) fn fault(_: &Op, answer: &Answer) -> Option<Fault> {
    let refusal = Refusal::in_envelope(answer.json().ok()?)?;
    Some(Fault {
        code: refusal.code.map(|code| code.to_string()),
        message: Some(refusal.message()),
        class: None,
    })
}

#[derive(Deserialize)]
struct FailedAnswer {
    success: Option<bool>,
    error: Option<Reason>,
}

#[derive(Deserialize)]
struct Reason {
    code: Option<i64>,
    param: Option<String>,
    description: Option<String>,
}
