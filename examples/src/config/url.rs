//! URLs of the configuration: without credentials, which would be shown with them.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(super) const CREDENTIALS: &str = "credentials are not written in a URL: use the table's own \
                                      keys, with `{ env = \"NAME\" }` or `{ file = \"PATH\" }`";

/// The base URL of a server: what it may not have is refused without being repeated.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Url(String);

impl Url {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Url {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text {
            text if text.contains('@') => Err(CREDENTIALS),
            text if text.contains(['?', '#']) => Err("the URL has a query or fragment: leave \
                                                      them out"),
            text => Ok(Self(text)),
        }
    }
}

/// Where in a TOML document the first URL with credentials is, whichever key it was written at.
pub(super) fn credentials(document: &str) -> Option<Range<usize>> {
    let document = DeTable::parse(document).ok()?;
    document.get_ref().values().find_map(in_value)
}

fn in_value(value: &Spanned<DeValue<'_>>) -> Option<Range<usize>> {
    match value.get_ref() {
        DeValue::String(text) if has_credentials(text) => Some(value.span()),
        DeValue::Array(values) => values.iter().find_map(in_value),
        DeValue::Table(table) => table.values().find_map(in_value),
        _ => None,
    }
}

/// Whether an `@` follows the scheme; not only in the authority, for who writes a password there
/// may have written its `/` raw.
fn has_credentials(text: &str) -> bool {
    text.split_once("://")
        .is_some_and(|(_, rest)| rest.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_has_neither_credentials_nor_a_query() {
        for wrong in [
            "https://admin:hunter2@a.example",
            "admin:hunter2@a.example",
            "https:/\\admin@a.example",
            "https://a.example/?key=hunter2",
            "https://a.example/#hunter2",
        ] {
            let why = Url::try_from(wrong.to_owned()).expect_err(wrong);
            assert!(!why.contains("hunter2"), "{why}");
        }
        let url = Url::try_from("https://a.example:8443/path".to_owned());
        assert_eq!(
            url.as_ref().map(Url::as_str),
            Ok("https://a.example:8443/path")
        );
    }

    #[test]
    fn credentials_are_found_at_any_depth() {
        for text in [
            "a = 'https://u:p@h'",
            "[[a]]\n[[a]]\nb = { c = ['x', 'ftp://u@h'] }",
            "a = \"https://u:p/p@h\"",
        ] {
            let place = credentials(text).expect(text);
            assert!(text[place].contains('@'), "{text}");
        }
        for text in ["a = 'me@example.com'", "a = 'https://h'", "a = "] {
            assert_eq!(credentials(text), None, "{text}");
        }
    }
}
