use std::fmt;

use cert_core::client::{Answer, Error, Fault, Op};
use serde::Deserialize;

/// A device's number for why it refused a call (section 2.3 of the vendor's HTTP API manual).
///
/// Which number answers an unknown id, a protected certificate or a wrong pass phrase is not
/// documented, and [`UNSPECIFIED`](Self::UNSPECIFIED) covers very different things: show the
/// text, too ([`Error::message`]).
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorCode(i64);

impl ErrorCode {
    /// This model does not have the function.
    pub const NOT_SUPPORTED: Self = Self(1);
    /// There is no such path.
    pub const UNKNOWN_PATH: Self = Self(2);
    /// The path has no such method.
    pub const WRONG_METHOD: Self = Self(3);
    /// The service is switched off in the device.
    pub const SERVICE_OFF: Self = Self(4);
    /// The service is open over https only.
    pub const HTTPS_NEEDED: Self = Self(7);
    /// The service is set to another authentication method.
    pub const WRONG_AUTHENTICATION_METHOD: Self = Self(8);
    /// The call needs credentials, or others.
    pub const CREDENTIALS_NEEDED: Self = Self(9);
    /// The account lacks the privilege, here System Control.
    pub const PRIVILEGE_MISSING: Self = Self(10);
    /// A mandatory parameter is missing.
    pub const PARAMETER_MISSING: Self = Self(11);
    /// A parameter has a value that is not valid.
    pub const INVALID_PARAMETER: Self = Self(12);
    /// A parameter has too much data.
    pub const TOO_LARGE: Self = Self(13);
    /// Anything else; the text tells.
    pub const UNSPECIFIED: Self = Self(14);
    /// There is no data.
    pub const NO_DATA: Self = Self(15);
    /// Parameters contradict each other.
    pub const PARAMETERS_COLLIDE: Self = Self(17);
    /// The device refuses the request.
    pub const REFUSED: Self = Self(18);
    /// The version of the file is too low.
    pub const FILE_VERSION_TOO_LOW: Self = Self(19);

    /// The code of a refused call, if the answer had one.
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        error.code()?.parse().ok().map(Self)
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

/// All that a device says when it refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// Its number for the reason.
    pub code: Option<ErrorCode>,
    /// The parameter it is about, such as `blob-pk`.
    pub parameter: Option<String>,
    /// Its words.
    pub description: Option<String>,
}

impl Refusal {
    /// What the device said, if its answer was one of its own and a refusal.
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
