use std::fmt;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::header;
use crate::client::transport::Chunks;
use crate::client::{Error, Op, Vendor};
use crate::values::Secret;

/// A whole answer: status, headers and body.
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; empty while a streaming reply has yet to read it.
    pub body: Bytes,
    pub(crate) rest: Option<Chunks>,
    attempts: u32,
    call: Option<(&'static Vendor, &'static Op)>,
    /// Secrets that later errors must not repeat; only of streamed answers.
    secrets: Vec<Secret>,
}

impl Answer {
    /// An answer with these parts.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            headers,
            body,
            rest: None,
            attempts: 1,
            call: None,
            secrets: Vec::new(),
        }
    }

    pub(crate) fn is_streaming(&self) -> bool {
        self.rest.is_some()
    }

    /// Bounds the wait for each chunk that is still to come, and for all of them.
    pub(crate) fn bounded(mut self, idle: Duration, deadline: Option<Instant>) -> Self {
        self.rest = self.rest.map(|chunks| chunks.bounded(idle, deadline));
        self
    }

    /// Notes which call it answers.
    pub(crate) fn called(mut self, vendor: &'static Vendor, op: &'static Op) -> Self {
        self.call = Some((vendor, op));
        self
    }

    /// Notes what errors of its rows must not repeat.
    pub(crate) fn hiding(mut self, secrets: Vec<Secret>) -> Self {
        self.secrets = secrets;
        self
    }

    pub(crate) fn secrets(&self) -> &[Secret] {
        &self.secrets
    }

    pub(crate) fn attempted(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The vendor and operation of the call that it answers.
    pub(crate) fn call(&self) -> Option<(&'static Vendor, &'static Op)> {
        self.call
    }

    /// The parts of an answer whose body is whole, for another owner.
    pub(crate) fn whole(&self) -> Self {
        Self {
            status: self.status,
            headers: self.headers.clone(),
            body: self.body.clone(),
            rest: None,
            attempts: self.attempts,
            call: self.call,
            secrets: Vec::new(),
        }
    }

    /// Number of attempts that the call took.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The id under which the vendor logged the call, if it named one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        header::request_id(&self.headers)
    }

    /// The text of a header, if it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header::text(&self.headers, name)
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// [`Unexpected`](crate::client::ErrorKind::Unexpected), saying where the body differs from what
    /// was expected, without repeating any of its values.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        if self.body.is_empty() {
            return Err(Error::unexpected(
                "success without content, where JSON is promised",
            ));
        }
        let text = str::from_utf8(without_mark(&self.body))
            .map_err(|error| Error::unexpected(format!("the body is not UTF-8: {error}")))?;
        serde_json::from_str(text).map_err(|error| {
            let kept = mismatch(&error);
            Error::unexpected(format!("the body is not the documented JSON: {kept}"))
        })
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Answer({}, {} bytes)",
            self.status.as_u16(),
            self.body.len()
        )
    }
}

/// The body without the byte order mark that some servers put before it.
fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// serde's message without the value it met, which may be a secret.
pub(super) fn mismatch(error: &serde_json::Error) -> String {
    let text = error.to_string();
    if !error.is_data() {
        return text;
    }
    // A message of some type's own may repeat anything.
    without_value(&text).unwrap_or_else(|| {
        format!(
            "invalid value at line {} column {}",
            error.line(),
            error.column()
        )
    })
}

/// A message in serde's own words without the value in it; `None` where the words are another's.
pub(super) fn without_value(text: &str) -> Option<String> {
    const NAMED: [&str; 4] = [
        "invalid type",
        "invalid value",
        "unknown variant",
        "unknown field",
    ];

    if text.starts_with("missing field") {
        return Some(text.to_owned());
    }
    let named = NAMED.into_iter().find(|start| text.starts_with(start))?;
    let expected = text.rfind(", expected ")?;
    Some([named, &text[expected..]].concat())
}
