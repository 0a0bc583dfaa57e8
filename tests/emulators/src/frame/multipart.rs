//! `multipart/form-data` (RFC 7578), read strictly.

use std::{convert::Infallible, fmt};

use bytes::Bytes;
use futures_util::{FutureExt as _, future, stream};
use http::header::CONTENT_TYPE;
use multer::{Field, Multipart};

use super::{Flaw, Invalid, Request};

/// One part of a form.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Part {
    /// The field's name.
    pub name: String,
    /// The name of the file, where the part is one.
    pub file_name: Option<String>,
    /// The part's own media type, as sent.
    pub content_type: Option<String>,
    /// The content.
    pub content: Bytes,
}

/// Reads a request's body as a form.
///
/// # Errors
///
/// [`Flaw::Malformed`] when the media type is another, has no boundary, or the body does not keep
/// to it from the first delimiter to the last.
pub fn parse(request: &Request) -> Result<Vec<Part>, Invalid> {
    let content_type = request.header("content-type").unwrap_or_default();
    let boundary = multer::parse_boundary(content_type).map_err(malformed)?;
    let body = stream::once(future::ok::<_, Infallible>(request.body.clone()));
    // The whole body is there: nothing is waited for.
    let parts = parts(Multipart::new(body, boundary)).now_or_never();
    parts.unwrap_or_else(|| Err(malformed(multer::Error::IncompleteStream)))
}

async fn parts(mut form: Multipart<'_>) -> Result<Vec<Part>, Invalid> {
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.map_err(malformed)? {
        parts.push(part(field).await?);
    }
    Ok(parts)
}

async fn part(field: Field<'_>) -> Result<Part, Invalid> {
    let name = field.name().map(str::to_owned);
    let content_type = field.headers().get(CONTENT_TYPE);
    Ok(Part {
        name: name.ok_or_else(|| malformed("a part has no name"))?,
        file_name: field.file_name().map(str::to_owned),
        content_type: content_type
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
        content: field.bytes().await.map_err(malformed)?,
    })
}

fn malformed(why: impl fmt::Display) -> Invalid {
    Invalid::new("", Flaw::Malformed(why.to_string()))
}
