//! A request as it arrived.

use std::fmt;

#[derive(Clone, Default)]
pub(crate) struct Request {
    /// From 0, in the order of arrival.
    pub(crate) number: usize,
    /// The connection it came on, from 1.
    pub(crate) connection: usize,
    /// The client's certificate.
    pub(crate) certificate: Option<Vec<u8>>,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// Takes the first whole request off what has arrived.
    pub(crate) fn take_from(pending: &mut Vec<u8>) -> Option<Self> {
        let end = 4 + pending.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
        let head = String::from_utf8(pending[..end].to_vec()).expect("an ASCII head");
        let mut request = Self {
            head,
            ..Self::default()
        };
        let length = request.header("content-length").unwrap_or("0");
        let length: usize = length.parse().expect("a length");
        if pending.len() < end + length {
            return None;
        }
        request.body = pending.drain(..end + length).skip(end).collect();
        Some(request)
    }

    pub(crate) fn method(&self) -> &str {
        self.line().split(' ').next().expect("a method")
    }

    pub(crate) fn target(&self) -> &str {
        self.line().split(' ').nth(1).expect("a target")
    }

    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().expect("a request line")
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let values = self.headers(name);
        assert!(values.len() < 2, "{name} came twice: {values:?}");
        values.first().copied()
    }

    pub(crate) fn headers(&self, name: &str) -> Vec<&str> {
        let fields = self
            .head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "));
        let fields = fields.filter(|(field, _)| field.eq_ignore_ascii_case(name));
        fields.map(|(_, value)| value).collect()
    }

    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.body).expect("a text")
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.head, String::from_utf8_lossy(&self.body))
    }
}
