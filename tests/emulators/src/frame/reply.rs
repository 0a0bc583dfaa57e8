use std::{
    any::Any,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

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
    pieces: Option<Pieces>,
}

/// The rest of a body that is made while it is sent, from a vendor's state.
#[derive(Clone)]
pub(super) struct Pieces(Arc<Mutex<MakePiece>>);

type MakePiece = dyn FnMut(&mut dyn Any) -> Option<Bytes> + Send;

impl Pieces {
    /// The next piece, `None` after the last one.
    pub(super) fn next<V: 'static>(&self, vendor: &mut V) -> Option<Bytes> {
        let mut make = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        make(vendor)
    }
}

impl fmt::Debug for Pieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pieces")
    }
}

impl Reply {
    /// An answer without a body.
    pub fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
            pieces: None,
        }
    }

    /// An answer whose body is made piece by piece while it is sent, so that it can be larger than
    /// memory: `next` is given the vendor's state, and tells the next piece or, with `None`, the
    /// end. Between two pieces other requests may change the state. The length is not announced.
    pub fn streamed<V: 'static>(
        status: StatusCode,
        content_type: &'static str,
        mut next: impl FnMut(&mut V) -> Option<Bytes> + Send + 'static,
    ) -> Self {
        let make = move |vendor: &mut dyn Any| next(vendor.downcast_mut::<V>()?);
        Self {
            pieces: Some(Pieces(Arc::new(Mutex::new(make)))),
            ..Self::bytes(status, content_type, Bytes::new())
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
            pieces: None,
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
        self.pieces = None;
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

    pub(super) fn pieces(&self) -> Option<&Pieces> {
        self.pieces.as_ref()
    }

    /// The body; of one that is streamed nothing.
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}
