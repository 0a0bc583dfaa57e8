use std::collections::BTreeMap;

use crate::ProfileId;

cert_core::response! {
    /// Certificate profile: the kinds of certificate that can be ordered under one name.
    pub struct Profile {
        /// Number of the profile, which an enrolment names.
        pub id: ProfileId,
        /// Name of the profile, which others may have too.
        pub name: Option<String>,
        /// Description of the profile.
        pub description: Option<String>,
        /// Validities that can be ordered, in days.
        pub terms: Vec<u32>,
        /// Allowed key algorithms, each with its sizes in bits or its curves.
        pub key_types: BTreeMap<String, Vec<String>>,
        /// Whether the organization's secondary name goes into the certificate.
        pub use_secondary_org_name: Option<bool>,
        /// The first of `terms`; told by the list of device profiles alone, as are key usages.
        pub term: Option<u32>,
        /// Key usages, in words (RFC 5280 section 4.2.1.3).
        #[wire("ku")]
        pub key_usages: Vec<String>,
        /// Extended key usages, as object identifiers (RFC 5280 section 4.2.1.12).
        #[wire("eku")]
        pub extended_key_usages: Vec<String>,
    }
}

#[cfg(feature = "administration")]
impl Profile {
    /// A profile of which nothing but the number is known.
    pub(crate) fn numbered(id: ProfileId) -> Self {
        Self {
            id,
            name: None,
            description: None,
            terms: Vec::new(),
            key_types: BTreeMap::new(),
            use_secondary_org_name: None,
            term: None,
            key_usages: Vec::new(),
            extended_key_usages: Vec::new(),
        }
    }
}
