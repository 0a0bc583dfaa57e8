use std::fmt;

use cert_core::lenient::null_as_empty;
use serde::de::{Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{DirectoryId, Link, UserId};

cert_core::request! {
    /// Which users to search for; without anything set, all.
    pub struct UserSearch() {
        /// A field and its value, such as `emailAddress=jane@example.com`; `*` at the end stands
        /// for anything: `username=jan*`.
        query: String,
        /// The field to sort by, ` DESC` behind it for the other way round: `username DESC`.
        sort_by: String,
        /// Has the answer say how many users there are; [`Users::search`](crate::Users::search)
        /// always asks for it.
        include_total: bool,
    }
}

/// The part of a search to ask for, as query parameters.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct PageQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) offset: Option<u64>,
}

/// A user. Fields without a value are left out by the server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct User {
    /// His guid.
    pub guid: UserId,
    /// The name he signs in with.
    pub username: Option<String>,
    /// The name shown.
    pub display_name: Option<String>,
    /// His e-mail address.
    pub email_address: Option<String>,
    /// Whether he is an administrator; some releases write `"true"`, others `true`.
    #[serde(default, deserialize_with = "truth")]
    pub admin: Option<bool>,
    /// His id in the company directory.
    pub directory_id: Option<DirectoryId>,
    /// What he is related to.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub links: Vec<Link>,
}

/// A page of a search.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct UserPage {
    /// The users.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub users: Vec<User>,
    /// How many there are on all pages, if that was asked for.
    pub total: Option<u64>,
}

/// Reads a boolean that may be written as a text.
fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let truth = Option::<Truth>::deserialize(deserializer)?;
    Ok(truth.map(|Truth(truth)| truth))
}

struct Truth(bool);

impl<'de> Deserialize<'de> for Truth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TruthVisitor)
    }
}

struct TruthVisitor;

impl Visitor<'_> for TruthVisitor {
    type Value = Truth;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false, as a text or not")
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Truth, E> {
        Ok(Truth(truth))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Truth, E> {
        match text.to_ascii_lowercase().as_str() {
            "true" => Ok(Truth(true)),
            "false" => Ok(Truth(false)),
            _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truth_is_read_as_text_and_as_itself() {
        let admin = |value: &str| {
            let json = format!(r#"{{"guid": "u-1", "admin": {value}}}"#);
            serde_json::from_str::<User>(&json)
                .map(|user| user.admin)
                .map_err(|_| ())
        };
        assert_eq!(admin("true"), Ok(Some(true)));
        assert_eq!(admin(r#""TRUE""#), Ok(Some(true)));
        assert_eq!(admin(r#""false""#), Ok(Some(false)));
        assert_eq!(admin("null"), Ok(None));
        assert_eq!(admin(r#""perhaps""#), Err(()));
    }
}
