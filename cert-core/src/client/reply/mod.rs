//! Replies: answers, and how they become values.

mod answer;
mod download;
pub(crate) mod header;
mod local_name;
mod rows;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header as names};
use serde::de::DeserializeOwned;

pub use self::answer::Answer;
pub use self::download::Download;
pub use self::rows::{
    Around, BrokenRow, CsvRow, CsvRows, InCsv, InJson, JsonRows, RowFormat, Rows,
};
use crate::client::Error;

/// Decoding of a successful answer into a value.
///
/// The call stays generic until it is awaited, so a decoder is compiled only into the program
/// that uses it.
pub trait Reply {
    /// Type of the value that the caller gets.
    type Value;

    /// The media type that is asked for, unless the call asks for another one; that of the
    /// vendor where `None`.
    const ACCEPT: Option<&'static str> = None;

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
    const ACCEPT: Option<&'static str> = Some("application/json");

    fn decode(answer: &mut Answer) -> Result<T, Error> {
        answer.json()
    }
}

/// A JSON document around a value, which may also say that there is none.
pub trait Envelope: DeserializeOwned {
    /// Type of the value that the caller gets.
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
    const ACCEPT: Option<&'static str> = Some("application/json");

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
/// The header's host is ignored. Where no id can be read, the error says that the thing was made
/// all the same.
#[derive(Debug)]
pub struct Created<Id>(PhantomData<fn() -> Id>);

impl<Id: FromStr> Reply for Created<Id> {
    type Value = Id;

    fn decode(answer: &mut Answer) -> Result<Id, Error> {
        let location = answer.header(names::LOCATION.as_str());
        let location = location.ok_or_else(|| without_id("has no `Location`"))?;
        last_segment(location)
            .and_then(|id| id.parse().ok())
            .ok_or_else(|| without_id("has a `Location` that does not end in an id"))
    }
}

/// The last path segment of an address, decoded.
fn last_segment(location: &str) -> Option<Cow<'_, str>> {
    let path = location.split(['?', '#']).next()?;
    let segment = path.trim_end_matches('/').rsplit('/').next()?;
    percent_encoding::percent_decode_str(segment)
        .decode_utf8()
        .ok()
}

fn without_id(answer: &str) -> Error {
    Error::unexpected(format!(
        "it was made, but the answer {answer}: look for it before making it again"
    ))
}

/// A text body.
#[derive(Debug)]
pub struct Text;

impl Reply for Text {
    type Value = String;
    const ACCEPT: Option<&'static str> = Some("text/plain");

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
    /// The name from `Content-Disposition` (RFC 6266), made safe as the name of a local file:
    /// without any path, controls, characters that turn the direction of writing, dots and
    /// hyphens at its start, dots and blanks at its end; `_` for what Windows reserves (`:` for a
    /// stream, `*?"<>|`) and before the names of its devices (`_CON`); at most 255 bytes. A file
    /// of that name may still be there already.
    pub file_name: Option<String>,
    /// The `Content-Type`, as sent.
    pub media_type: Option<String>,
}

impl Reply for Blob {
    type Value = Self;
    const ACCEPT: Option<&'static str> = Some("*/*");

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

/// The whole answer, also where the vendor refused; authentication and retry apply.
#[derive(Debug)]
pub struct Raw;

impl Reply for Raw {
    type Value = Answer;
    const TAKES_FAULTS: bool = true;

    fn decode(answer: &mut Answer) -> Result<Answer, Error> {
        Ok(answer.whole())
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
    /// Number of attempts that the call took.
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
    const ACCEPT: Option<&'static str> = R::ACCEPT;
    const STREAMS: bool = R::STREAMS;
    const TAKES_FAULTS: bool = R::TAKES_FAULTS;

    fn decode(answer: &mut Answer) -> Result<Self::Value, Error> {
        Ok(Detailed {
            value: R::decode(answer)?,
            status: answer.status,
            headers: std::mem::take(&mut answer.headers),
            attempts: answer.attempts(),
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
    }

    #[test]
    fn without_an_id_it_was_made_all_the_same() {
        let error = created("/location/").expect_err("no number");
        let told = "it was made, but the answer has a `Location` that does not end in an id: \
                    look for it before making it again";
        assert_eq!(error.message(), Some(told));
        let bare = &mut Answer::new(StatusCode::CREATED, HeaderMap::new(), Bytes::new());
        let error = Created::<i64>::decode(bare).expect_err("no header");
        let told = "it was made, but the answer has no `Location`: look for it before making it \
                    again";
        assert_eq!(error.message(), Some(told));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_json() {
        let body = Bytes::from_static(b"\xef\xbb\xbf[1]");
        let answer = Answer::new(StatusCode::OK, HeaderMap::new(), body);
        assert_eq!(answer.json::<Vec<u8>>().expect("a list"), [1]);
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
