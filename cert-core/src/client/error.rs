use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::redact::{escaped, masked};
use super::reply::header;
use super::transport::{Stage, TransportError};
use super::{Answer, Fault, FaultClass, Op, Repeatability};

/// Error of a call that did not succeed; the one error type of all vendor crates.
///
/// # Troubleshooting
///
/// | what you see | what to do |
/// |---|---|
/// | [`may_have_run`](Error::may_have_run) is true | Look whether the order exists before you place it again: list by common name or subject, newest first. |
/// | [`is_transient`](Error::is_transient) is true | The same call may succeed later; [`retry_after`](Error::retry_after) tells when, if the vendor did. |
/// | [`is_not_found`](Error::is_not_found) is true | The id is unknown, or hidden from the signed-in account. |
/// | kind [`Unexpected`](ErrorKind::Unexpected) | The vendor answered something undocumented; [`body`](Error::body) has all of it. |
///
/// `Display` shows the vendor's text, shortened, with control characters escaped and every
/// secret that was sent masked. Neither it nor `Debug` shows bodies, queries or headers.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    stage: Option<Stage>,
    op: Option<&'static Op>,
    vendor: Option<&'static str>,
    status: Option<StatusCode>,
    code: Option<Box<str>>,
    message: Option<Box<str>>,
    headers: HeaderMap,
    body: Bytes,
    attempts: u32,
    may_have_run: bool,
    class: Option<FaultClass>,
    /// Whether code and message are the vendor's words.
    quoted: bool,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// Kind of an [`Error`]: which way a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument or a setting is wrong; nothing was sent.
    Argument,
    /// No credentials could be had: the sign-in call failed. The operation was not sent.
    SignIn,
    /// No connection: the request never left.
    NotSent,
    /// The connection broke after the request, or a part of it, had left.
    Interrupted,
    /// No whole answer within the time allowed.
    TimedOut,
    /// The answer is larger than the limit.
    TooLarge,
    /// The vendor answered with a redirect, which is never followed.
    Redirected,
    /// The vendor refused: an error status or an error envelope.
    Refused,
    /// The vendor answered success, with a content that is not what it documents.
    Unexpected,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            stage: None,
            op: None,
            vendor: None,
            status: None,
            code: None,
            message: Some(message.into().into()),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            attempts: 0,
            may_have_run: false,
            class: None,
            quoted: false,
            source: None,
        }))
    }

    /// An argument or setting that cannot be sent: names what is wrong and what to do.
    pub fn argument(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Argument, message)
    }

    /// A success answer that is not what the vendor documents.
    pub fn unexpected(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unexpected, message)
    }

    /// Credentials that could not be had.
    pub fn sign_in(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::SignIn, message)
    }

    /// Credentials that could not be had, because the sign-in call failed with `cause`.
    pub(crate) fn sign_in_failed(cause: Arc<Self>) -> Self {
        let mut this = Self::new(ErrorKind::SignIn, cause.message().unwrap_or_default());
        this.0.status = cause.status();
        this.0.code = cause.0.code.clone();
        this.0.headers = cause.0.headers.clone();
        this.0.body = cause.0.body.clone();
        this.0.quoted = cause.0.quoted;
        this.0.source = Some(cause);
        this
    }

    /// A refusal by the vendor, as `answer` and the `fault` read from it tell.
    pub(crate) fn refused(answer: Answer, fault: Fault) -> Self {
        Self::told_by(fault).at(answer)
    }

    /// A refusal by the vendor, as the `fault` alone tells.
    pub(crate) fn told_by(fault: Fault) -> Self {
        let mut error = Self::new(ErrorKind::Refused, fault.message.unwrap_or_default());
        error.0.code = fault.code.map(String::into_boxed_str);
        error.0.class = fault.class;
        error.0.quoted = true;
        error
    }

    pub(crate) fn transport(error: TransportError) -> Self {
        let (stage, source) = error.into_parts();
        let kind = match stage {
            Stage::NotSent | Stage::ServerCertificate | Stage::ClientCertificate => {
                ErrorKind::NotSent
            }
            Stage::Interrupted => ErrorKind::Interrupted,
            Stage::TimedOut => ErrorKind::TimedOut,
        };
        let mut this = Self::new(kind, stage.as_str());
        this.0.stage = Some(stage);
        this.0.source = Some(source.into());
        this
    }

    /// Attaches what was answered.
    pub(crate) fn at(mut self, answer: Answer) -> Self {
        self.0.status = Some(answer.status);
        self.0.headers = answer.headers;
        self.0.body = answer.body;
        self
    }

    /// Attaches how many attempts there were, and whether one of them may have arrived.
    pub(crate) fn attempted(mut self, attempts: u32, arrived: bool) -> Self {
        self.0.attempts = attempts;
        self.0.may_have_run = arrived;
        self
    }

    /// Attaches the success that could not be read.
    pub(crate) fn undecoded(self, answer: Answer) -> Self {
        let attempts = answer.attempts();
        self.at(answer).attempted(attempts, true)
    }

    /// Attaches which call it was.
    pub(crate) fn of(mut self, vendor: &'static str, op: &'static Op) -> Self {
        self.0.vendor = Some(vendor);
        self.0.op = Some(op);
        self.0.may_have_run &= op.repeatability() != Repeatability::Safe;
        self
    }

    /// The same failure, where the request itself had not been sent yet.
    pub(crate) fn before_sending(self) -> Self {
        match self.0.kind {
            ErrorKind::TimedOut => Self::sign_in_failed(Arc::new(self)),
            _ => self,
        }
    }

    /// Attaches the error that caused this one.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Arc<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Masks what was sent as a secret, should the vendor's texts repeat it.
    pub(crate) fn masking<'a>(mut self, secrets: impl IntoIterator<Item = &'a str>) -> Self {
        if !self.0.quoted {
            return self;
        }
        let secrets: Vec<_> = secrets.into_iter().collect();
        for text in [&mut self.0.code, &mut self.0.message] {
            let masked = |text: Box<str>| masked(text.into(), secrets.iter().copied()).into();
            *text = text.take().map(masked);
        }
        self
    }

    /// The same failure for a call that was not sent because of it.
    pub(crate) fn copied(&self) -> Self {
        let this = &*self.0;
        Self(Box::new(Inner {
            code: this.code.clone(),
            message: this.message.clone(),
            headers: this.headers.clone(),
            body: this.body.clone(),
            source: this.source.clone(),
            attempts: 0,
            may_have_run: false,
            ..*this
        }))
    }

    /// Whether the request may have been carried out.
    pub(crate) fn may_have_arrived(&self) -> bool {
        match self.0.kind {
            ErrorKind::Argument | ErrorKind::SignIn | ErrorKind::NotSent => false,
            // These two ask for the same request elsewhere; the others may tell of a deed done.
            ErrorKind::Redirected => !matches!(
                self.0.status,
                Some(StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT)
            ),
            ErrorKind::Refused => self.0.status.is_some_and(|status| status.is_server_error()),
            ErrorKind::Interrupted
            | ErrorKind::TimedOut
            | ErrorKind::TooLarge
            | ErrorKind::Unexpected => true,
        }
    }

    /// Kind of the error: which way the call failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The operation, unless the error came up before there was one.
    #[must_use]
    pub fn op(&self) -> Option<&'static Op> {
        self.0.op
    }

    /// The HTTP status of the last answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The vendor's own error code as text; each vendor crate types its codes.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The vendor's own words, or ours where the vendor said nothing; secrets are masked.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0
            .message
            .as_deref()
            .filter(|message| !message.is_empty())
    }

    /// The headers of the last answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body of the last answer as received, or empty.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// The id under which the vendor logged the call, if it named one.
    #[doc(alias = "correlation id")]
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        header::request_id(&self.0.headers)
    }

    /// The wait that the vendor asked for (`Retry-After`, RFC 9110 section 10.2.3).
    #[doc(alias("429", "rate limit"))]
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        header::retry_after(&self.0.headers)
    }

    /// Number of attempts made.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the operation changes something and may have done so in spite of this error.
    ///
    /// True after a lost answer, an unreadable success, a server error, or a redirect that may
    /// follow upon success (301, 302, 303; RFC 9110 section 15.4); then look the result up before
    /// asking for it again: list with a filter for the name you enrolled, or get the object by
    /// the id you changed.
    #[doc(alias("safe to retry", "duplicate"))]
    #[must_use]
    pub fn may_have_run(&self) -> bool {
        self.0.may_have_run
    }

    /// Whether the same call may succeed later without anything being changed.
    #[doc(alias = "retryable")]
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self.0.kind {
            ErrorKind::Interrupted | ErrorKind::TimedOut => true,
            ErrorKind::NotSent => self.0.stage == Some(Stage::NotSent),
            ErrorKind::Refused if self.0.class == Some(FaultClass::TryLater) => true,
            ErrorKind::Refused => self.0.status.is_some_and(is_transient_status),
            ErrorKind::SignIn => {
                self.0.source.as_ref().is_some_and(|cause| {
                    cause.downcast_ref::<Self>().is_some_and(Self::is_transient)
                })
            }
            _ => false,
        }
    }

    /// Whether the vendor says that the thing asked for does not exist: by a code that means
    /// so, or by HTTP 404 or 410 where the vendor's codes say nothing else.
    #[doc(alias = "404")]
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        let gone = [Some(StatusCode::NOT_FOUND), Some(StatusCode::GONE)];
        match (self.0.kind, self.0.class) {
            // A token endpoint that is not there says nothing of the thing asked for.
            (ErrorKind::SignIn, _) => false,
            (_, Some(class)) => class == FaultClass::NotFound,
            (_, None) => gone.contains(&self.0.status),
        }
    }

    /// Whether the server ended the connection because it wants another client certificate.
    ///
    /// Servers over TLS 1.2 that were shown none may say `handshake_failure` instead, as OpenSSL
    /// does; that can mean anything, and is only in the error's sources.
    #[must_use]
    pub fn is_client_certificate_refused(&self) -> bool {
        self.0.stage == Some(Stage::ClientCertificate)
    }
}

pub(crate) fn is_transient_status(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::REQUEST_TIMEOUT
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT
    )
}

impl ErrorKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Argument => "not sent",
            Self::SignIn => "sign-in failed",
            Self::NotSent => "no connection",
            Self::Interrupted => "connection lost",
            Self::TimedOut => "timed out",
            Self::TooLarge => "answer too large",
            Self::Redirected => "redirect refused",
            Self::Refused => "refused",
            Self::Unexpected => "unexpected answer",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let this = &*self.0;
        if let Some(vendor) = this.vendor {
            write!(f, "{vendor} ")?;
        }
        if let Some(op) = this.op {
            write!(f, "{}: ", op.name())?;
        }
        f.write_str(this.kind.as_str())?;
        if let Some(status) = this.status {
            write!(f, ", HTTP {}", status.as_u16())?;
        }
        if let Some(code) = &this.code {
            write!(f, ", code {}", escaped(code))?;
        }
        if let Some(message) = self.message() {
            write!(f, ": {}", escaped(message))?;
        }
        if this.attempts > 1 {
            write!(f, " (after {} attempts)", this.attempts)?;
        }
        if this.may_have_run {
            f.write_str("; it may have run: look before asking again")?;
        }
        Ok(())
    }
}

fn shown(text: &str) -> String {
    escaped(text).to_string()
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("op", &self.0.op.map(Op::name))
            .field("status", &self.0.status)
            .field("code", &self.code().map(shown))
            .field("message", &self.message().map(shown))
            .field("attempts", &self.0.attempts)
            .field("may_have_run", &self.0.may_have_run)
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

/// For conversions that cannot fail.
impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_one_pointer() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
        assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
    }

    #[test]
    fn display_masks_escapes_and_says_what_may_have_run() {
        static ENROLL: Op = Op::post("ssl_enroll", "/enroll");
        let answer = Answer::new(StatusCode::BAD_GATEWAY, HeaderMap::new(), Bytes::new());
        let fault = Fault {
            code: Some("-1".into()),
            message: Some("bad hunter2\u{1b}[31m".into()),
            class: None,
        };
        let error = Error::refused(answer, fault)
            .attempted(2, true)
            .of("sectigo-scm", &ENROLL)
            .masking(["hunter2"]);
        assert_eq!(
            error.to_string(),
            "sectigo-scm ssl_enroll: refused, HTTP 502, code -1: bad ***\\u{1b}[31m \
             (after 2 attempts); it may have run: look before asking again"
        );
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}
