//! Path templates and what may stand in them.

use std::fmt::{self, Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::client::redact::is_unseen;

/// Everything but the unreserved characters of RFC 3986 section 2.3.
const ARGUMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A path template on its way to being a path: literals are copied, arguments encoded.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    filled: String,
    rest: &'static str,
    /// The arguments, for logs.
    #[cfg(feature = "tracing")]
    told: Vec<String>,
}

impl Path {
    /// Starts the path of `template` behind the base URL's own path.
    pub(crate) fn new(base: &str, template: &'static str) -> Self {
        let mut filled = String::with_capacity(base.len() + template.len() + 16);
        filled.push_str(base);
        Self {
            filled,
            rest: template,
            #[cfg(feature = "tracing")]
            told: Vec::new(),
        }
    }

    /// Puts `argument` in the place of the next `{name}`, percent-encoded as one segment.
    ///
    /// Empty arguments and dot segments are refused: they would silently address another
    /// resource (RFC 3986 section 5.2.4), those between slashes wherever a server decodes a path
    /// before it resolves it, and those with parameters (`..;x`), blanks or controls wherever it
    /// takes these away first.
    pub(crate) fn fill(&mut self, argument: impl fmt::Display) -> Result<(), String> {
        let Some((literal, name, rest)) = split(self.rest) else {
            return Err(format!(
                "no place is left in the path for the argument `{argument}`"
            ));
        };
        self.filled.push_str(literal);
        let start = self.filled.len();
        let written = write!(Encoder(&mut self.filled), "{argument}");
        match self.filled.get(start..) {
            _ if written.is_err() => Err(format!("path argument `{name}` cannot be written")),
            Some("") => Err(format!("path argument `{name}` is empty")),
            Some(segment) if has_dot_segment(segment) => Err(format!(
                "path argument `{name}` has a dot segment, which would change the path"
            )),
            _ => {
                self.rest = rest;
                #[cfg(feature = "tracing")]
                self.told.push(argument.to_string());
                Ok(())
            }
        }
    }

    /// What the call is about, for logs.
    pub(crate) fn told(&self) -> String {
        #[cfg(feature = "tracing")]
        return self.told.join("/");
        #[cfg(not(feature = "tracing"))]
        String::new()
    }

    /// The finished path, once every `{name}` is filled.
    pub(crate) fn finish(mut self) -> Result<String, String> {
        if let Some((_, name, _)) = split(self.rest) {
            return Err(format!("path argument `{name}` was not given"));
        }
        self.filled.push_str(self.rest);
        Ok(self.filled)
    }
}

/// Whether `.` or `..` stands in the encoded argument, alone or between slashes of either kind,
/// in any disguise that servers are known to take off.
fn has_dot_segment(argument: &str) -> bool {
    if !argument.contains('.') {
        return false;
    }
    let argument = percent_decode_str(argument).decode_utf8_lossy();
    argument.split(['/', '\\']).any(is_dot_segment)
}

/// Also where the disguise is encoded twice.
fn is_dot_segment(part: &str) -> bool {
    is_dots(part) || part.starts_with('.') && is_dots(&percent_decode_str(part).decode_utf8_lossy())
}

/// Whether nothing but one dot or two is there before any parameters, and nothing to be seen.
fn is_dots(part: &str) -> bool {
    let name = part.split(';').next().unwrap_or_default();
    let mut seen = name
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !is_unseen(*c));
    let first = (seen.next(), seen.next(), seen.next());
    matches!(first, (Some('.'), None, _) | (Some('.'), Some('.'), None))
}

/// Splits a template at its first `{name}`.
fn split(template: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = template.split_once('{')?;
    let (name, rest) = rest.split_once('}')?;
    Some((literal, name, rest))
}

struct Encoder<'a>(&'a mut String);

impl fmt::Write for Encoder<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend(utf8_percent_encode(text, ARGUMENT));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(argument: &str) -> Result<String, String> {
        let mut path = Path::new("/private", "/api/ssl/v1/{sslId}/location");
        path.fill(argument)?;
        path.finish()
    }

    #[test]
    fn arguments_stay_one_segment() {
        assert_eq!(filled("5").as_deref(), Ok("/private/api/ssl/v1/5/location"));
        let slashes = filled("a/b..c/").expect("encoded");
        assert_eq!(slashes, "/private/api/ssl/v1/a%2Fb..c%2F/location");
        let marks = filled("a?b#c%2e ü@x").expect("encoded");
        assert_eq!(
            marks,
            "/private/api/ssl/v1/a%3Fb%23c%252e%20%C3%BC%40x/location"
        );
    }

    #[test]
    fn empty_and_dot_segments_are_refused() {
        for argument in [
            "",
            ".",
            "..",
            "../../admin/v1/5",
            "5/..",
            "a\\..\\b",
            "a/./b",
        ] {
            assert!(filled(argument).expect_err("refused").contains("`sslId`"));
        }
    }

    #[test]
    fn every_place_is_filled_once() {
        let path = Path::new("", "/a/{b}");
        assert!(path.clone().finish().expect_err("unfilled").contains("`b`"));
        let mut path = path;
        path.fill(1).expect("filled");
        assert!(path.fill(2).is_err());
    }
}
