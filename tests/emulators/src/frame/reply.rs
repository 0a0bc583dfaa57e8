use bytes::Bytes;
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{CONTENT_TYPE, LOCATION},
};
use serde_json::Value;

/// One answer of an emulator.
#[derive(Clone, Debug)]
pub struct Reply {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
}

impl Reply {
    /// An answer without a body.
    pub fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// An answer whose body is a JSON document, as `application/json`.
    pub fn json(status: StatusCode, body: &Value) -> Self {
        Self::bytes(status, "application/json", body.to_string())
    }

    /// An answer with the given bytes and media type.
    pub fn bytes(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers: vec![(CONTENT_TYPE, HeaderValue::from_static(content_type))],
            body: body.into(),
        }
    }

    /// The same answer with the header `Location`.
    pub fn location(self, url: &str) -> Self {
        self.header(LOCATION, url)
    }

    /// The same answer with one more header.
    ///
    /// # Panics
    ///
    /// When the value holds a control character: what an emulator puts into a header is its own.
    pub fn header(mut self, name: HeaderName, value: impl AsRef<str>) -> Self {
        let value = HeaderValue::from_str(value.as_ref()).expect("a header value in one line");
        self.headers.push((name, value));
        self
    }

    /// The same answer with another status.
    pub fn status_instead(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The same answer with its media type replaced.
    pub fn content_type(mut self, content_type: &str) -> Self {
        self.headers.retain(|(name, _)| name != CONTENT_TYPE);
        self.header(CONTENT_TYPE, content_type)
    }

    /// The same answer without its body, as for `HEAD`.
    pub fn without_body(mut self) -> Self {
        self.body = Bytes::new();
        self
    }

    /// The status code.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers, in the order they are sent.
    pub fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.headers
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}
