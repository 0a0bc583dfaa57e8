pub(crate) mod header;

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header as names};
use serde::de::DeserializeOwned;

use crate::client::Error;
use crate::client::transport::Chunks;

/// A whole answer: status, headers and body.
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; empty while a streaming reply has yet to read it.
    pub body: Bytes,
    pub(crate) attempts: u32,
    pub(crate) rest: Option<Chunks>,
}

impl Answer {
    /// An answer with these parts.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            headers,
            body,
            attempts: 1,
            rest: None,
        }
    }

    pub(crate) fn is_streaming(&self) -> bool {
        self.rest.is_some()
    }

    /// Bounds the wait for each chunk that is still to come.
    pub(crate) fn idling_at_most(mut self, time: Duration) -> Self {
        self.rest = self.rest.map(|chunks| chunks.idling_at_most(time));
        self
    }

    /// How many attempts the call took.
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
        let text = str::from_utf8(&self.body)
            .map_err(|error| Error::unexpected(format!("the body is not UTF-8: {error}")))?;
        serde_json::from_str(text).map_err(|error| Error::unexpected(json_mismatch(&error)))
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

/// serde's message without the value it met, which may be a secret.
fn json_mismatch(error: &serde_json::Error) -> String {
    const NAMED: [&str; 4] = [
        "invalid type",
        "invalid value",
        "unknown variant",
        "unknown field",
    ];

    let text = error.to_string();
    let named = NAMED.into_iter().find(|start| text.starts_with(start));
    let kept = match (named, text.rfind(", expected ")) {
        _ if !error.is_data() || text.starts_with("missing field") => text,
        (Some(named), Some(expected)) => [named, &text[expected..]].concat(),
        // A message of some type's own, which may repeat anything.
        _ => format!(
            "invalid value at line {} column {}",
            error.line(),
            error.column()
        ),
    };
    format!("the body is not the documented JSON: {kept}")
}

/// How a successful answer becomes a value.
///
/// The call stays generic until it is awaited, so a decoder is compiled only into the program
/// that uses it.
pub trait Reply {
    /// What the caller gets.
    type Value;

    /// Whether the body is handed over while it arrives instead of being collected.
    const STREAMS: bool = false;

    /// Whether error answers of the vendor's are values too.
    const TAKES_FAULTS: bool = false;

    /// Reads the value from an answer.
    ///
    /// # Errors
    ///
    /// [`Error::unexpected`] when the answer is not what the vendor documents; the machinery
    /// adds the operation, the status and the body.
    fn decode(answer: &mut Answer) -> Result<Self::Value, Error>;
}

/// A JSON body.
#[derive(Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned> Reply for Json<T> {
    type Value = T;

    fn decode(answer: &mut Answer) -> Result<T, Error> {
        answer.json()
    }
}

/// A JSON document around a value, which may also say that there is none.
pub trait Envelope: DeserializeOwned {
    /// What the caller gets.
    type Value;

    /// Takes the value out.
    ///
    /// # Errors
    ///
    /// [`Error::unexpected`] when the document holds no value, or says that there is none.
    fn open(self) -> Result<Self::Value, Error>;
}

/// The value in a vendor's [`Envelope`].
#[derive(Debug)]
pub struct Enveloped<E>(PhantomData<fn() -> E>);

impl<E: Envelope> Reply for Enveloped<E> {
    type Value = E::Value;

    fn decode(answer: &mut Answer) -> Result<E::Value, Error> {
        answer.json::<E>()?.open()
    }
}

/// No content of interest: any success will do, with or without a body.
#[derive(Debug)]
pub struct Empty;

impl Reply for Empty {
    type Value = ();

    fn decode(_: &mut Answer) -> Result<(), Error> {
        Ok(())
    }
}

/// The id of a created thing: the last path segment of `Location` (RFC 9110 section 10.2.2).
///
/// The header's host is ignored.
#[derive(Debug)]
pub struct Created<Id>(PhantomData<fn() -> Id>);

impl<Id: FromStr> Reply for Created<Id> {
    type Value = Id;

    fn decode(answer: &mut Answer) -> Result<Id, Error> {
        let location = answer
            .header(names::LOCATION.as_str())
            .ok_or_else(|| Error::unexpected("created, but `Location` does not say as what"))?;
        let path = location.split(['?', '#']).next().unwrap_or(location);
        let segment = path
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or(path);
        percent_encoding::percent_decode_str(segment)
            .decode_utf8()
            .ok()
            .and_then(|id| id.parse().ok())
            .ok_or_else(|| Error::unexpected("`Location` does not end in an id"))
    }
}

/// A text body.
#[derive(Debug)]
pub struct Text;

impl Reply for Text {
    type Value = String;

    fn decode(answer: &mut Answer) -> Result<String, Error> {
        String::from_utf8(answer.body.to_vec())
            .map_err(|error| Error::unexpected(format!("the body is not UTF-8: {error}")))
    }
}

/// A downloaded file: its bytes, and what the vendor says of them.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blob {
    /// The content.
    pub bytes: Bytes,
    /// The name from `Content-Disposition` without any path (RFC 6266).
    pub file_name: Option<String>,
    /// The `Content-Type`, as sent.
    pub media_type: Option<String>,
}

impl Reply for Blob {
    type Value = Self;

    fn decode(answer: &mut Answer) -> Result<Self, Error> {
        Ok(Self {
            bytes: answer.body.clone(),
            file_name: header::file_name(&answer.headers),
            media_type: answer
                .header(names::CONTENT_TYPE.as_str())
                .map(str::to_owned),
        })
    }
}

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blob")
            .field("bytes", &self.bytes.len())
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .finish()
    }
}

/// A body that is read chunk by chunk, for answers too large to hold.
#[derive(Debug)]
pub struct Download {
    /// The name from `Content-Disposition` without any path (RFC 6266).
    pub file_name: Option<String>,
    /// The `Content-Type`, as sent.
    pub media_type: Option<String>,
    chunks: Chunks,
}

impl Download {
    /// The next piece of the body, or `None` at its end.
    ///
    /// # Errors
    ///
    /// [`Interrupted`](crate::client::ErrorKind::Interrupted) when the body breaks off, and
    /// [`TimedOut`](crate::client::ErrorKind::TimedOut) when nothing comes for as long as an attempt may
    /// take: what came before is not the whole.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.chunks
            .next()
            .await
            .transpose()
            .map_err(Error::transport)
    }
}

impl Reply for Download {
    type Value = Self;
    const STREAMS: bool = true;

    fn decode(answer: &mut Answer) -> Result<Self, Error> {
        let blob = Blob::decode(answer)?;
        let chunks = answer
            .rest
            .take()
            .unwrap_or_else(|| Chunks::from(blob.bytes));
        Ok(Self {
            file_name: blob.file_name,
            media_type: blob.media_type,
            chunks,
        })
    }
}

/// The whole answer, also where the vendor refused; authentication and retry apply.
#[derive(Debug)]
pub struct Raw;

impl Reply for Raw {
    type Value = Answer;
    const TAKES_FAULTS: bool = true;

    fn decode(answer: &mut Answer) -> Result<Answer, Error> {
        let whole = Answer::new(
            answer.status,
            std::mem::take(&mut answer.headers),
            answer.body.clone(),
        );
        Ok(Answer {
            attempts: answer.attempts,
            ..whole
        })
    }
}

/// A value with the circumstances of its answer.
#[derive(Debug)]
#[non_exhaustive]
pub struct Detailed<T> {
    /// The value.
    pub value: T,
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// How many attempts the call took.
    pub attempts: u32,
}

impl<T> Detailed<T> {
    /// The id under which the vendor logged the call, if it named one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        header::request_id(&self.headers)
    }
}

/// The reply `R` with status, headers and attempts.
#[derive(Debug)]
pub struct WithDetails<R>(PhantomData<fn() -> R>);

impl<R: Reply> Reply for WithDetails<R> {
    type Value = Detailed<R::Value>;
    const STREAMS: bool = R::STREAMS;
    const TAKES_FAULTS: bool = R::TAKES_FAULTS;

    fn decode(answer: &mut Answer) -> Result<Self::Value, Error> {
        Ok(Detailed {
            value: R::decode(answer)?,
            status: answer.status,
            headers: std::mem::take(&mut answer.headers),
            attempts: answer.attempts,
        })
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn created(location: &'static str) -> Result<i64, Error> {
        let mut headers = HeaderMap::new();
        headers.insert(names::LOCATION, HeaderValue::from_static(location));
        Created::<i64>::decode(&mut Answer::new(StatusCode::CREATED, headers, Bytes::new()))
    }

    #[test]
    fn created_takes_the_last_segment() {
        let location = "https://cert-manager.com/api/ssl/v1/876/location/155";
        assert_eq!(created(location).expect("id"), 155);
        assert_eq!(created("/location/155/?x=1").expect("id"), 155);
        assert!(created("/location/").is_err());
    }

    #[test]
    fn a_mismatch_names_the_place_but_no_value() {
        let body = Bytes::from_static(b"{\"id\": \"hunter2, expected\"}");
        let answer = Answer::new(StatusCode::OK, HeaderMap::new(), body);
        let error = answer
            .json::<std::collections::BTreeMap<String, i64>>()
            .expect_err("a string");
        assert_eq!(
            error.message(),
            Some(
                "the body is not the documented JSON: invalid type, expected i64 at line 1 column 26"
            )
        );
    }
}
