use std::collections::BTreeMap;

use crate::ProfileId;

cert_core::response! {
    /// What kinds of certificate can be ordered under one name.
    pub struct Profile {
        /// Its number, which an enrolment names.
        pub id: ProfileId,
        /// Its name, which others may have too.
        pub name: Option<String>,
        /// What it is for.
        pub description: Option<String>,
        /// Validities that can be ordered, in days.
        pub terms: Vec<u32>,
        /// Allowed key algorithms, each with its sizes in bits or its curves.
        pub key_types: BTreeMap<String, Vec<String>>,
        /// Whether the organization's secondary name goes into the certificate.
        pub use_secondary_org_name: Option<bool>,
        /// The first of `terms`; told by the list of device profiles alone, as are key usages.
        pub term: Option<u32>,
        /// What keys may be used for, in words (RFC 5280 section 4.2.1.3).
        #[wire("ku")]
        pub key_usages: Vec<String>,
        /// What else keys may be used for, as object identifiers (RFC 5280 section 4.2.1.12).
        #[wire("eku")]
        pub extended_key_usages: Vec<String>,
    }
}
