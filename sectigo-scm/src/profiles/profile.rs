use std::collections::BTreeMap;

use cert_core::client::Row;
use serde_json::Value;

use crate::{CertType, DelegationMode, Profile, ProfileId};

cert_core::response! {
    /// Profile of a list; [`get`](super::Profiles::get) tells what it allows.
    pub struct ProfileSummary {
        /// Number of the profile, which enrolments name.
        pub id: ProfileId,
        /// Name of the profile, which others may have too.
        pub name: Option<String>,
        /// Description of the profile.
        pub description: Option<String>,
        /// Kind of certificate.
        pub cert_type: Option<CertType>,
        /// CA that issues the certificates.
        pub backend_type: Option<String>,
        /// Organizations that the profile is open to.
        pub delegation_mode: Option<DelegationMode>,
    }
}

impl Row for ProfileSummary {
    type Id = ProfileId;

    fn id(&self) -> &ProfileId {
        &self.id
    }
}

cert_core::response! {
    /// Profile with what it allows.
    pub struct ProfileDetails {
        /// Number of the profile, which enrolments name.
        pub id: ProfileId,
        /// Name of the profile, which others may have too.
        pub name: Option<String>,
        /// Description of the profile.
        pub description: Option<String>,
        /// Kind of certificate.
        pub cert_type: Option<CertType>,
        /// CA that issues the certificates.
        pub backend_type: Option<String>,
        /// Organizations that the profile is open to.
        pub delegation_mode: Option<DelegationMode>,
        /// Attributes by their names, as they came: `TERM` and `KEY_TYPE_CONFIG` are read by
        /// [`terms`](Self::terms) and [`key_types`](Self::key_types).
        pub attributes: BTreeMap<String, Value>,
    }
}

impl ProfileDetails {
    /// Validities that can be ordered, in days, from the shortest; none where none are told.
    #[must_use]
    pub fn terms(&self) -> Vec<u32> {
        let days = self
            .members("TERM")
            .filter_map(|(days, _)| days.parse().ok());
        let mut days: Vec<_> = days.collect();
        days.sort_unstable();
        days
    }

    /// Allowed key algorithms, each with its sizes in bits or its curves; none where none are
    /// told.
    #[must_use]
    pub fn key_types(&self) -> BTreeMap<String, Vec<String>> {
        let algorithms = self.members("KEY_TYPE_CONFIG");
        algorithms
            .map(|(algorithm, config)| (algorithm.clone(), texts(&config["allowedValues"])))
            .collect()
    }

    fn members(&self, attribute: &str) -> impl Iterator<Item = (&String, &Value)> {
        let members = self.attributes.get(attribute).and_then(Value::as_object);
        members.into_iter().flatten()
    }
}

/// What enrolments of every kind are checked against, as far as the details tell it.
impl From<&ProfileDetails> for Profile {
    fn from(details: &ProfileDetails) -> Self {
        Self {
            name: details.name.clone(),
            description: details.description.clone(),
            terms: details.terms(),
            key_types: details.key_types(),
            ..Self::numbered(details.id)
        }
    }
}

fn texts(list: &Value) -> Vec<String> {
    let entries = list.as_array().into_iter().flatten();
    entries
        .filter_map(|entry| match entry {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(attributes: &str) -> ProfileDetails {
        let text = format!(r#"{{"id": 5134, "attributes": {attributes}}}"#);
        serde_json::from_str(&text).expect("details")
    }

    #[test]
    fn terms_and_keys_are_read_from_the_attributes() {
        let details = details(
            r#"{"TERM": {"365": "1 year", "90": "90 days", "x": ""},
                "KEY_TYPE_CONFIG": {"RSA": {"allowedValues": ["2048", 4096, null]}, "EC": null}}"#,
        );
        assert_eq!(details.terms(), [90, 365]);
        let keys = details.key_types();
        assert_eq!(keys["RSA"], ["2048", "4096"]);
        assert_eq!(keys["EC"], [] as [&str; 0]);
        let profile = Profile::from(&details);
        assert_eq!(
            (profile.id, profile.terms),
            (ProfileId::from(5134), vec![90, 365])
        );
    }

    #[test]
    fn attributes_of_another_form_tell_nothing() {
        for attributes in ["null", "{}", r#"{"TERM": [365], "KEY_TYPE_CONFIG": "RSA"}"#] {
            let details = details(attributes);
            assert!(details.terms().is_empty() && details.key_types().is_empty());
        }
    }
}
