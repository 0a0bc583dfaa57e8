//! Whether an enrolment fits its profile and the customer's custom fields, before it is sent.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use cert_core::{CertificateSigningRequest, Encoded, KeyKind, Violation};

use super::Profile;
use super::ssl::KeyAlgorithm;
use crate::{AccessMethod, CertType, CustomField, CustomFieldDefinition, ProfileId};

/// Enrolment that [`Profile::check`] can hold against a profile: for an SSL, client or device
/// certificate.
pub trait Enrollment: Wants {}

/// Requests that say what a profile has to be checked for.
pub trait Wants {
    /// Parts of the request that are checked.
    fn wanted(&self) -> Wanted<'_>;
}

/// Parts of an enrolment that a profile or a custom field has a say in.
#[derive(Debug)]
pub struct Wanted<'a> {
    pub(crate) kind: CertType,
    pub(crate) profile: ProfileId,
    pub(crate) term: Option<u32>,
    pub(crate) key: Option<WantedKey<'a>>,
    pub(crate) custom_fields: Option<&'a [CustomField]>,
}

/// Key of the certificate to come.
#[derive(Debug)]
pub(crate) enum WantedKey<'a> {
    /// The key that the CSR was made for.
    OfCsr(&'a Encoded<CertificateSigningRequest>),
    /// A key that the vendor makes, of this algorithm and this size or curve.
    Made(&'a KeyAlgorithm, Option<String>),
}

/// Declares which requests are enrolments.
macro_rules! enrollments {
    ($($request:ident),+) => {
        $(impl crate::Enrollment for $request {})+
    };
}

pub(crate) use enrollments;

/// One thing in which an enrolment does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnrollmentFlaw {
    /// Another profile than the one it is checked against.
    #[error("it names profile {named}")]
    Profile {
        /// Profile that the enrolment names.
        named: ProfileId,
    },
    /// Term that the profile does not have.
    #[error(
        "its term of {asked} days is none of the profile's: {}",
        listed(offered)
    )]
    Term {
        /// Term that the enrolment asks for, in days.
        asked: u32,
        /// Terms of the profile, in days.
        offered: Vec<u32>,
    },
    /// Key of an algorithm, size or curve that the profile does not have.
    #[error("its key, {asked}, is none of the profile's: {}", listed(offered))]
    Key {
        /// Algorithm of the enrolment's key with its size or curve, such as `RSA 1024`.
        asked: String,
        /// Algorithms of the profile with their sizes or curves.
        offered: Vec<String>,
    },
    /// CSR whose key cannot be told.
    #[error("its CSR cannot be read: {reason}")]
    Csr {
        /// Reason why the CSR cannot be read.
        reason: String,
    },
    /// Mandatory custom field without a value.
    #[error("the mandatory custom field `{name}` is missing")]
    MissingField {
        /// Name of the field.
        name: String,
    },
    /// Custom field that the customer does not have, or has disabled.
    #[error("the custom field `{name}` is unknown or disabled")]
    UnknownField {
        /// Name of the field.
        name: String,
    },
    /// Value that the field does not take.
    #[error("the custom field `{name}` {violation}")]
    FieldValue {
        /// Name of the field.
        name: String,
        /// Rule that the value breaks.
        violation: Violation,
    },
}

/// Enrolment that its profile or a custom field does not allow, with everything that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnfitEnrollment {
    /// Profile that the enrolment was checked against.
    pub profile: ProfileId,
    /// Everything that does not fit; never empty.
    pub flaws: Vec<EnrollmentFlaw>,
}

impl fmt::Display for UnfitEnrollment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the enrolment does not fit profile {}", self.profile)?;
        for (index, flaw) in self.flaws.iter().enumerate() {
            write!(f, "{} {flaw}", if index == 0 { ":" } else { ";" })?;
        }
        Ok(())
    }
}

impl std::error::Error for UnfitEnrollment {}

impl Profile {
    /// Holds an enrolment against this profile and the customer's custom fields; nothing is sent.
    ///
    /// The fields are those of a certificate area, such as
    /// [`Ssl::list_custom_fields`](crate::ssl::Ssl::list_custom_fields), or of
    /// [`custom_fields`](crate::custom_fields), which know the form of their values too: days and
    /// options are checked then. Fields of another kind of certificate do not count. What the
    /// profile does not tell is not checked, nor is a key that the vendor chooses.
    ///
    /// ```
    /// use sectigo_scm::ssl::SslEnrollment;
    /// use sectigo_scm::{CustomFieldDefinition, EnrollmentFlaw, Profile};
    ///
    /// # let profile = r#"{"id": 5101, "terms": [90, 365], "keyTypes": {}}"#;
    /// # let profile: Profile = serde_json::from_str(profile)?;
    /// # let fields = r#"[{"id": 301, "name": "Cost center", "mandatory": true}]"#;
    /// # let fields: Vec<CustomFieldDefinition> = serde_json::from_str(fields)?;
    /// # let csr = "";
    /// let enrollment = SslEnrollment::new(9001, profile.id, csr).term(400);
    /// let unfit = profile.check(&enrollment, &fields).expect_err("two flaws");
    /// assert_eq!(unfit.flaws, [
    ///     EnrollmentFlaw::Term { asked: 400, offered: vec![90, 365] },
    ///     EnrollmentFlaw::MissingField { name: "Cost center".to_owned() },
    /// ]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that does not fit, each by its name.
    pub fn check(
        &self,
        enrollment: &impl Enrollment,
        fields: &[CustomFieldDefinition],
    ) -> Result<(), UnfitEnrollment> {
        let wanted = enrollment.wanted();
        let mut flaws = self.flaws(&wanted);
        flaws.extend(flaws_of_fields(&wanted, fields));
        match flaws.is_empty() {
            true => Ok(()),
            false => Err(UnfitEnrollment {
                profile: self.id,
                flaws,
            }),
        }
    }

    fn flaws(&self, wanted: &Wanted<'_>) -> Vec<EnrollmentFlaw> {
        let named = wanted.profile;
        let profile = (named != self.id).then_some(EnrollmentFlaw::Profile { named });
        let term = wanted.term.and_then(|asked| self.flaw_of_term(asked));
        let key = wanted.key.as_ref().and_then(|key| self.flaw_of_key(key));
        [profile, term, key].into_iter().flatten().collect()
    }

    fn flaw_of_term(&self, asked: u32) -> Option<EnrollmentFlaw> {
        let fits = self.terms.is_empty() || self.terms.contains(&asked);
        let offered = || self.terms.clone();
        (!fits).then(|| EnrollmentFlaw::Term {
            asked,
            offered: offered(),
        })
    }

    fn flaw_of_key(&self, key: &WantedKey<'_>) -> Option<EnrollmentFlaw> {
        if self.key_types.is_empty() {
            return None;
        }
        let (algorithm, parameter) = match key.told() {
            Ok(told) => told,
            Err(flaw) => return Some(flaw),
        };
        let fits = offers(&self.key_types, &algorithm, parameter.as_deref());
        (!fits).then(|| EnrollmentFlaw::Key {
            asked: join(&algorithm, parameter.as_deref()),
            offered: spelled_out(&self.key_types),
        })
    }
}

impl WantedKey<'_> {
    /// Algorithm, and size or curve where it has one.
    fn told(&self) -> Result<(String, Option<String>), EnrollmentFlaw> {
        match self {
            Self::Made(algorithm, parameter) => Ok((algorithm.to_string(), parameter.clone())),
            Self::OfCsr(csr) => match csr.decode() {
                Ok(csr) => Ok(kind_of_key(csr.key_kind())),
                Err(error) => Err(EnrollmentFlaw::Csr {
                    reason: error.to_string(),
                }),
            },
        }
    }
}

fn kind_of_key(kind: &KeyKind) -> (String, Option<String>) {
    match kind {
        KeyKind::Rsa(bits) => ("RSA".to_owned(), Some(bits.to_string())),
        KeyKind::Ec(curve) => ("EC".to_owned(), Some(curve.to_string())),
        other => (other.to_string(), None),
    }
}

/// Whether a profile has a key; an algorithm without sizes or curves has all of them.
fn offers(
    key_types: &BTreeMap<String, Vec<String>>,
    algorithm: &str,
    parameter: Option<&str>,
) -> bool {
    let same = |name: &str| algorithm_name(name) == algorithm_name(algorithm);
    let mut offered = key_types.iter().filter(|(name, _)| same(name));
    offered.any(|(_, parameters)| {
        let Some(asked) = parameter.filter(|_| !parameters.is_empty()) else {
            return true;
        };
        let asked = parameter_name(asked);
        parameters
            .iter()
            .any(|known| parameter_name(known) == asked)
    })
}

/// One name for the names of an algorithm.
fn algorithm_name(name: &str) -> String {
    match name.trim().to_ascii_uppercase().as_str() {
        "ECC" | "ECDSA" => "EC".to_owned(),
        name => name.to_owned(),
    }
}

/// One name for the names of a curve; sizes stay as they are.
fn parameter_name(name: &str) -> String {
    match name.trim().to_ascii_uppercase().as_str() {
        "P256" | "SECP256R1" | "PRIME256V1" => "P-256".to_owned(),
        "P384" | "SECP384R1" => "P-384".to_owned(),
        "P521" | "SECP521R1" => "P-521".to_owned(),
        name => name.to_owned(),
    }
}

fn spelled_out(key_types: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let all = key_types.iter().flat_map(|(algorithm, parameters)| {
        let none = parameters.is_empty().then_some(None);
        let some = parameters.iter().map(|parameter| Some(parameter.as_str()));
        none.into_iter()
            .chain(some)
            .map(move |one| join(algorithm, one))
    });
    all.collect()
}

fn join(algorithm: &str, parameter: Option<&str>) -> String {
    match parameter {
        Some(parameter) => format!("{algorithm} {parameter}"),
        None => algorithm.to_owned(),
    }
}

fn flaws_of_fields(
    wanted: &Wanted<'_>,
    fields: &[CustomFieldDefinition],
) -> impl Iterator<Item = EnrollmentFlaw> {
    let given = wanted.custom_fields.unwrap_or(&[]);
    let own = fields.iter().filter(|field| is_for(field, &wanted.kind));
    let own: HashMap<_, _> = own.map(|field| (field.name.as_str(), field)).collect();
    let values: HashMap<_, _> = given
        .iter()
        .filter_map(|field| Some((field.name.as_str(), value_of(field)?)))
        .collect();
    let mandatory = fields
        .iter()
        .filter(|field| is_for(field, &wanted.kind) && is_needed(field));
    let missing = mandatory.filter(|field| !values.contains_key(field.name.as_str()));
    let missing: Vec<_> = missing
        .map(|field| EnrollmentFlaw::MissingField {
            name: field.name.clone(),
        })
        .collect();
    let unfit = given.iter().filter_map(|field| flaw_of(field, &own));
    missing.into_iter().chain(unfit.collect::<Vec<_>>())
}

fn is_for(field: &CustomFieldDefinition, kind: &CertType) -> bool {
    field.cert_type.as_ref().is_none_or(|own| own == kind)
}

fn is_needed(field: &CustomFieldDefinition) -> bool {
    field.is_mandatory_for(&AccessMethod::RestApi) && !field.is_disabled()
}

fn value_of(field: &CustomField) -> Option<&str> {
    field.value.as_deref().filter(|value| !value.is_empty())
}

fn flaw_of(
    field: &CustomField,
    own: &HashMap<&str, &CustomFieldDefinition>,
) -> Option<EnrollmentFlaw> {
    let name = field.name.clone();
    let Some(known) = own.get(name.as_str()).filter(|known| !known.is_disabled()) else {
        return Some(EnrollmentFlaw::UnknownField { name });
    };
    let (input, value) = (known.input.as_ref()?, value_of(field)?);
    let violation = input.check_value(value).err()?;
    Some(EnrollmentFlaw::FieldValue { name, violation })
}

fn listed(values: &[impl ToString]) -> String {
    let values: Vec<_> = values.iter().map(ToString::to_string).collect();
    values.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::DeviceEnrollment;
    use crate::smime::SmimeEnrollment;
    use crate::ssl::SslKeygenEnrollment;

    fn profile(key_types: &str) -> Profile {
        let text = format!(r#"{{"id": 5101, "terms": [365, 90], "keyTypes": {key_types}}}"#);
        serde_json::from_str(&text).expect("a profile")
    }

    fn fields(text: &str) -> Vec<CustomFieldDefinition> {
        serde_json::from_str(text).expect("fields")
    }

    fn made(algorithm: KeyAlgorithm, parameter: &str) -> SslKeygenEnrollment {
        SslKeygenEnrollment::new(9001, 5101, "www.example.com")
            .algorithm(algorithm)
            .key_parameter(parameter)
    }

    fn person() -> SmimeEnrollment {
        SmimeEnrollment::new(5101, "ada@example.com", "Ada", "Example")
    }

    #[test]
    fn keys_are_the_same_whatever_their_names() {
        for key_types in [
            r#"{"EC": ["P-256"]}"#,
            r#"{"ecc": ["secp256r1"]}"#,
            r#"{"ECDSA": null}"#,
            "{}",
        ] {
            let fits = profile(key_types).check(&made(KeyAlgorithm::Ec, "P-256"), &[]);
            assert_eq!(fits, Ok(()), "{key_types}");
        }
    }

    #[test]
    fn a_key_of_another_size_or_algorithm_is_named_with_those_on_offer() {
        let profile = profile(r#"{"RSA": ["2048"], "EC": ["P-256"]}"#);
        let offered = vec!["EC P-256".to_owned(), "RSA 2048".to_owned()];
        for (algorithm, parameter, asked) in [
            (KeyAlgorithm::Ec, "P-384", "EC P-384"),
            (KeyAlgorithm::Rsa, "1024", "RSA 1024"),
            (KeyAlgorithm::from("EdDSA"), "Ed25519", "EdDSA Ed25519"),
        ] {
            let unfit = profile.check(&made(algorithm, parameter), &[]);
            let (asked, offered) = (asked.to_owned(), offered.clone());
            let flaw = EnrollmentFlaw::Key { asked, offered };
            assert_eq!(unfit.expect_err("another key").flaws, [flaw]);
        }
        let unchosen = SslKeygenEnrollment::new(9001, 5101, "www.example.com");
        assert_eq!(profile.check(&unchosen, &[]), Ok(()), "the vendor chooses");
        assert_eq!(
            profile.check(&person(), &[]),
            Ok(()),
            "the key vault chooses"
        );
    }

    #[test]
    fn an_enrolment_under_another_profile_and_an_unreadable_csr_are_told() {
        let unfit = profile(r#"{"RSA": []}"#).check(&DeviceEnrollment::new(9001, 5301, "-"), &[]);
        let unfit = unfit.expect_err("two flaws");
        let named = ProfileId::from(5301);
        assert_eq!(unfit.flaws[0], EnrollmentFlaw::Profile { named });
        assert!(matches!(unfit.flaws[1], EnrollmentFlaw::Csr { .. }));
        let told = unfit.to_string();
        let start = "the enrolment does not fit profile 5101: it names profile 5301; its CSR";
        assert!(told.starts_with(start), "{told}");
    }

    #[test]
    fn only_enabled_fields_of_the_same_kind_are_demanded() {
        let fields = fields(
            r#"[{"id": 1, "name": "of devices", "certType": "device", "mandatories": ["REST_API"]},
                {"id": 2, "name": "in forms", "certType": "smime", "mandatories": ["WEB_FORM"]},
                {"id": 3, "name": "off", "state": "INACTIVE", "mandatory": true},
                {"id": 4, "name": "needed", "certType": "smime", "mandatories": ["REST_API"]}]"#,
        );
        let missing = profile("{}").check(&person(), &fields).expect_err("one");
        let name = "needed".to_owned();
        assert_eq!(
            missing.flaws,
            [EnrollmentFlaw::MissingField { name: name.clone() }]
        );
        let empty = person().custom_fields([CustomField::new("needed", "")]);
        let missing = profile("{}").check(&empty, &fields).expect_err("none");
        assert_eq!(missing.flaws, [EnrollmentFlaw::MissingField { name }]);
        let given = ["needed", "off", "of devices"].map(|name| CustomField::new(name, "x"));
        let unknown = profile("{}").check(&person().custom_fields(given), &fields);
        let unknown = unknown.expect_err("two");
        let expected = ["off", "of devices"].map(|name| EnrollmentFlaw::UnknownField {
            name: name.to_owned(),
        });
        assert_eq!(unknown.flaws, expected);
    }

    #[test]
    fn days_and_options_are_checked_where_the_form_is_known() {
        let fields = fields(
            r#"[{"id": 1, "name": "End", "input": {"type": "DATE"}},
                {"id": 2, "name": "Color", "input": {"type": "TEXT_OPTION", "options": ["red"]}},
                {"id": 3, "name": "Place"}]"#,
        );
        let values = |end: &str, color: &str| {
            let given = [("End", end), ("Color", color), ("Place", "x")];
            person().custom_fields(given.map(|(name, value)| CustomField::new(name, value)))
        };
        let check = |enrollment| profile("{}").check(&enrollment, &fields);
        assert_eq!(check(values("2027-02-28", "red")), Ok(()));
        for day in ["2027-02-30", "28.02.2027", "2027-02-28T00:00", "20270228"] {
            let unfit = check(values(day, "red")).expect_err(day).to_string();
            assert!(unfit.contains("custom field `End` is \""), "{unfit}");
        }
        let unfit = check(values("2027-02-28", "blue")).expect_err("no such color");
        let told = unfit.to_string();
        assert!(
            told.ends_with(r#"`Color` is "blue": it must be one of ["red"]"#),
            "{told}"
        );
    }
}
