use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Kind;
use crate::{frame::Object, sectigo_scm::problem::Problem};

/// What an endpoint shows to applicants.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    texts: BTreeMap<&'static str, String>,
    pub(super) auth_types: Vec<String>,
}

/// What is to be changed of it: an empty text goes.
pub(super) struct Changes {
    texts: Vec<(&'static str, String)>,
    auth_types: Option<Vec<String>>,
}

/// Names with their greatest lengths.
const TEXTS: [(&str, usize); 3] = [
    ("enrollmentHelp", 2048),
    ("enrollmentLinkName", 1024),
    ("enrollmentLinkAddress", 2048),
];
const CONTACTS: [(&str, usize); 3] = [
    ("contactName", 1024),
    ("contactEmail", 1024),
    ("contactPhone", 32),
];
const AUTH_TYPES: &str = "webFormAuthTypes";

const SCHEMES: [&str; 8] = [
    "http://",
    "https://",
    "ftp://",
    "ftps://",
    "gopher://",
    "telnet://",
    "nntp://",
    "mailto:",
];

impl Config {
    pub(super) fn made_up() -> Self {
        let texts = [
            ("enrollmentHelp", "Made-up instructions."),
            ("contactName", "Ada Example"),
            ("contactEmail", "help@example.com"),
            ("contactPhone", "+1 555 0100"),
        ];
        Self {
            texts: texts.map(|(name, text)| (name, text.to_owned())).into(),
            ..Self::confirmed_by_email()
        }
    }

    pub(super) fn confirmed_by_email() -> Self {
        Self {
            texts: BTreeMap::new(),
            auth_types: vec!["EMAIL_CONFIRMATION".to_owned()],
        }
    }

    pub(super) fn apply(&mut self, changes: Changes) {
        self.texts.extend(changes.texts);
        self.texts.retain(|_, text| !text.is_empty());
        if let Some(auth_types) = changes.auth_types {
            self.auth_types = auth_types;
        }
    }

    pub(super) fn json(&self, kind: &Kind) -> Value {
        let mut body = json!(self.texts);
        if kind.is_web_form {
            body[AUTH_TYPES] = json!(self.auth_types);
        }
        body
    }
}

impl Changes {
    /// Reads what belongs to a form.
    pub(super) fn of_form(body: Object, kind: &Kind) -> Result<Self, Problem> {
        Self::read(body, kind, &TEXTS)
    }

    /// Reads the same with a contact.
    pub(super) fn with_contact(body: Object, kind: &Kind) -> Result<Self, Problem> {
        Self::read(body, kind, &[TEXTS, CONTACTS].concat())
    }

    fn read(
        mut body: Object,
        kind: &Kind,
        known: &[(&'static str, usize)],
    ) -> Result<Self, Problem> {
        let mut texts = Vec::new();
        for (name, most) in known {
            texts.extend(body.text(name, ..=*most)?.map(|text| (*name, text)));
        }
        let place = body.name(AUTH_TYPES);
        let auth_types: Option<Vec<String>> = body.optional(AUTH_TYPES)?;
        let address = body.name("enrollmentLinkAddress");
        body.finish()?;
        let linked = texts
            .iter()
            .filter(|(name, _)| *name == "enrollmentLinkAddress");
        if !linked.into_iter().all(|(_, text)| is_address(text)) {
            return Err(Problem::invalid_value(&address));
        }
        let mut given = auth_types.iter().flatten();
        match given.all(|name| kind.has_auth_type(name)) {
            true => Ok(Self { texts, auth_types }),
            false => Err(Problem::invalid_value(&place)),
        }
    }

    /// Refuses an update to no way of showing who one is.
    pub(super) fn check_auth_types(&self, place: &str) -> Result<(), Problem> {
        match self.auth_types.as_ref().is_some_and(Vec::is_empty) {
            true => Err(Problem::invalid_value(place)),
            false => Ok(()),
        }
    }
}

/// The vendor's pattern: nothing, or a known scheme and what may stand in an address.
fn is_address(text: &str) -> bool {
    let scheme = |scheme: &&str| text.strip_prefix(*scheme);
    let known = SCHEMES.iter().chain([&"news:"]).find_map(scheme);
    let fits = |c: char| c.is_ascii_alphanumeric() || "-()_.!~*';/?:@&=+$,%".contains(c);
    text.trim().is_empty() || known.is_some_and(|rest| !rest.is_empty() && rest.chars().all(fits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_known_scheme() {
        for text in [
            "",
            " ",
            "https://example.com/a?b=c",
            "mailto:ada@example.com",
            "news:a",
        ] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "example.com",
            "javascript:alert(1)",
            "https://",
            "http://a b",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}
