//! `multipart/form-data` (RFC 7578), read strictly.

use bytes::Bytes;

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
    if request.media_type().as_deref() != Some("multipart/form-data") {
        return Err(malformed("the body is not multipart/form-data"));
    }
    let content_type = request.header("content-type").unwrap_or_default();
    let boundary = parameter(content_type, "boundary");
    let boundary = boundary.ok_or_else(|| malformed("the media type names no boundary"))?;
    let delimiter = format!("--{boundary}");
    let body = &request.body;
    let first = delimiter.as_bytes();
    let start = if body.starts_with(first) {
        0
    } else {
        skip_preamble(body, first)?
    };
    parts(
        body.slice(start + first.len()..),
        format!("\r\n{delimiter}").as_bytes(),
    )
}

fn skip_preamble(body: &[u8], delimiter: &[u8]) -> Result<usize, Invalid> {
    let line = [b"\r\n", delimiter].concat();
    let found = find(body, &line).map(|position| position + 2);
    found.ok_or_else(|| malformed("the body has no delimiter"))
}

fn parts(mut rest: Bytes, delimiter: &[u8]) -> Result<Vec<Part>, Invalid> {
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        if !rest.starts_with(b"\r\n") {
            return Err(malformed("a delimiter does not end its line"));
        }
        let end = find(&rest, delimiter);
        let end = end.ok_or_else(|| malformed("the last delimiter is missing"))?;
        parts.push(part(&rest.slice(2..end.max(2)))?);
        rest = rest.slice(end + delimiter.len()..);
    }
    Ok(parts)
}

fn part(bytes: &Bytes) -> Result<Part, Invalid> {
    let end = find(bytes, b"\r\n\r\n");
    let end = end.ok_or_else(|| malformed("a part has no end of its headers"))?;
    let head = std::str::from_utf8(&bytes[..end]);
    let head = head.map_err(|_| malformed("a part's headers are not UTF-8"))?;
    let disposition = header(head, "content-disposition");
    let disposition = disposition.ok_or_else(|| malformed("a part has no disposition"))?;
    let name = parameter(disposition, "name");
    Ok(Part {
        name: name.ok_or_else(|| malformed("a part has no name"))?,
        file_name: parameter(disposition, "filename"),
        content_type: header(head, "content-type").map(str::to_owned),
        content: bytes.slice(end + 4..),
    })
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let (_, value) = lines.find(|(known, _)| known.trim().eq_ignore_ascii_case(name))?;
    Some(value.trim())
}

/// A parameter of a header, `; name=token` or `; name="quoted string"`.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (known, after) = rest.split_once('=')?;
        let (value, after) = value(after)?;
        if known.trim().eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = after.trim_start().strip_prefix(';')?;
    }
}

fn value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        return Some((text[..end].trim().to_owned(), &text[end..]));
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return Some((value, &quoted[index + 1..])),
            '\\' => value.push(characters.next()?.1),
            other => value.push(other),
        }
    }
    None
}

fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes
        .windows(pattern.len())
        .position(|window| window == pattern)
}

fn malformed(why: &str) -> Invalid {
    Invalid::new("", Flaw::Malformed(why.to_owned()))
}
