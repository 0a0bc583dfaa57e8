use std::collections::BTreeMap;

use cert_core::lenient::null_as_empty;
use serde::Deserialize;

use crate::ProfileId;

/// What kinds of certificate can be ordered under one name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Profile {
    /// Its number, which an enrolment names.
    pub id: ProfileId,
    /// Its name, which others may have too.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Validities that can be ordered, in days.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub terms: Vec<u32>,
    /// Allowed key algorithms, each with its sizes in bits or its curves.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub key_types: BTreeMap<String, Vec<String>>,
    /// Whether the organization's secondary name goes into the certificate.
    pub use_secondary_org_name: Option<bool>,
    /// The first of `terms`; told by the list of device profiles alone, as are key usages.
    pub term: Option<u32>,
    /// What keys may be used for, in words (RFC 5280 section 4.2.1.3).
    #[serde(rename = "ku", default, deserialize_with = "null_as_empty")]
    pub key_usages: Vec<String>,
    /// What else keys may be used for, as object identifiers (RFC 5280 section 4.2.1.12).
    #[serde(rename = "eku", default, deserialize_with = "null_as_empty")]
    pub extended_key_usages: Vec<String>,
}
