use std::{fmt, net::IpAddr};

use bytes::Bytes;
use http::{HeaderMap, Method, header::CONTENT_TYPE};
use rustls::pki_types::CertificateDer;

/// One request as it arrived, its body read to the end.
#[derive(Clone)]
#[non_exhaustive]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path as sent: still percent-encoded, without the query.
    pub path: String,
    /// The query as sent, without its question mark; `None` when there was no question mark.
    pub query: Option<String>,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, empty when there was none.
    pub body: Bytes,
    /// The client's certificate chain, leaf first and already verified; empty without one.
    pub peer: Vec<CertificateDer<'static>>,
    /// The address it came from; `None` for one that no connection brought.
    pub address: Option<IpAddr>,
}

impl Request {
    /// A request without a client certificate, for tests of what reads requests.
    pub fn new(
        method: Method,
        path: impl Into<String>,
        query: Option<&str>,
        headers: HeaderMap,
        body: impl Into<Bytes>,
    ) -> Self {
        Self {
            method,
            path: path.into(),
            query: query.map(str::to_owned),
            headers,
            body: body.into(),
            peer: Vec::new(),
            address: None,
        }
    }

    /// The text of a header that is sent once and readable, otherwise `None`.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next()?;
        if values.next().is_some() {
            return None;
        }
        value.to_str().ok()
    }

    /// The media type of the body without its parameters, in lower case.
    pub fn media_type(&self) -> Option<String> {
        let value = self.header(CONTENT_TYPE.as_str())?;
        let essence = value.split(';').next().unwrap_or(value);
        Some(essence.trim().to_ascii_lowercase())
    }
}

/// Header values, query and body stay out: they carry credentials.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
