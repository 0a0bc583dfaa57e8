use std::borrow::Cow;

use super::Answer;

/// How much of a text is looked at for what is displayed, in bytes.
const READ: usize = 64 << 10;

/// A vendor's error answer, read: code, text, and class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use]
pub struct Fault {
    /// The vendor's code.
    pub code: Option<String>,
    /// The vendor's words.
    pub message: Option<String>,
    /// Class of the refusal; where `None`, the HTTP status decides.
    pub class: Option<FaultClass>,
}

/// Class of a refusal: what it means to a program, whatever its HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultClass {
    /// The thing asked for is unknown.
    NotFound,
    /// The same call may succeed later.
    TryLater,
    /// Neither.
    Refused,
}

impl Fault {
    /// The fault of an error answer whose body is not the vendor's own form: plain text, an
    /// HTML page of a gateway, or nothing.
    ///
    /// Of long bodies the first 64 kB are read.
    pub fn from_text(answer: &Answer) -> Self {
        let start = &answer.body[..answer.body.len().min(READ)];
        let text = String::from_utf8_lossy(start);
        let text = match text.trim_start().starts_with('<') {
            true => Cow::Owned(without_tags(&text)),
            false => text,
        };
        let message = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            message: (!message.is_empty()).then_some(message),
            ..Self::default()
        }
    }
}

/// The text of an HTML page, without its elements, styles and scripts.
fn without_tags(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let hidden = ["style", "script"]
            .into_iter()
            .find(|name| begins(tag, name));
        rest = hidden.map_or(tag, |name| behind(tag, name));
        rest = rest.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text
}

fn begins(tag: &str, name: &str) -> bool {
    let start = tag.as_bytes().get(..name.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
}

/// What follows the `<` that closes the element called `name`.
fn behind<'t>(mut rest: &'t str, name: &str) -> &'t str {
    while let Some((_, tag)) = rest.split_once("</") {
        if begins(tag, name) {
            return tag;
        }
        rest = tag;
    }
    ""
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    use super::*;

    fn message(page: &str) -> Option<String> {
        let body = Bytes::copy_from_slice(page.as_bytes());
        Fault::from_text(&Answer::new(
            StatusCode::BAD_GATEWAY,
            HeaderMap::new(),
            body,
        ))
        .message
    }

    #[test]
    fn a_gateway_page_is_read_as_text() {
        let page = "<html><head><STYLE>b{x:y}</STYLE><title>502</title></head>\
                    <body><script>a</b></script><h1>Bad\nGateway</h1></body></html>";
        assert_eq!(message(page).as_deref(), Some("502 Bad Gateway"));
        assert_eq!(message(""), None);
        assert_eq!(message("<script>never ended"), None);
    }

    #[test]
    fn a_long_page_costs_no_more_than_its_start() {
        let page = "<script>a</script>".repeat(1_000_000);
        let start = std::time::Instant::now();
        assert_eq!(message(&page), None);
        assert!(start.elapsed() < std::time::Duration::from_secs(5));
        let cut = format!("{}ä", "a".repeat(READ - 1));
        assert!(message(&cut).is_some_and(|text| text.starts_with("aaa")));
    }
}
