use std::fmt;

use cert_core::Time;
use cert_core::lenient::{Listed, listed};
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::{BundleId, CertificateId, EmbeddedCertificateId, Link, LinkTarget, ProfileId, UserId};

cert_core::response! {
    /// A user's certificate together with its way to devices.
    pub struct EmbeddedCertificate {
        /// Guid of the embedded certificate.
        pub guid: EmbeddedCertificateId,
        /// A name for people: the uploaded file's (with the guid behind where it holds several key
        /// pairs), or profile, user and guid where an external PKI issued it.
        pub name: Option<String>,
        /// Time at which the record was made.
        pub created: Option<Time>,
        /// Links to what is related; the methods have the guids.
        pub links: Vec<Link>,
    }
}

impl EmbeddedCertificate {
    /// The public key certificate.
    #[must_use]
    pub fn certificate(&self) -> Option<CertificateId> {
        self.find(|target| match target {
            LinkTarget::Certificate(id) => Some(id),
            _ => None,
        })
    }

    /// Bundle of the certificate, if there is one: then it is renewed and deleted with that alone.
    #[must_use]
    pub fn bundle(&self) -> Option<BundleId> {
        self.find(|target| match target {
            LinkTarget::Bundle(id) => Some(id),
            _ => None,
        })
    }

    /// User who owns the certificate.
    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        self.find(|target| match target {
            LinkTarget::User(id) => Some(id),
            _ => None,
        })
    }

    /// Profile that the certificate came with.
    #[must_use]
    pub fn profile(&self) -> Option<ProfileId> {
        self.find(|target| match target {
            LinkTarget::Profile(id) => Some(id),
            _ => None,
        })
    }

    /// Whether the certificate was sent anywhere: then
    /// [`enrollments`](crate::EmbeddedCertificates::enrollments) tells where.
    #[must_use]
    pub fn is_enrolled(&self) -> bool {
        let enrolled = |target| matches!(target, LinkTarget::EmbeddedCertificate(_));
        self.find(|target| enrolled(target).then_some(())).is_some()
    }

    fn find<T>(&self, wanted: impl Fn(LinkTarget) -> Option<T>) -> Option<T> {
        self.links.iter().filter_map(Link::target).find_map(wanted)
    }
}

/// Lists the embedded certificates of a user.
///
/// The form of this answer is not documented: an object with one list is read, under whatever
/// name, as well as a bare list and a single embedded certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmbeddedCertificateList {
    /// The embedded certificates.
    pub embedded_certificates: Vec<EmbeddedCertificate>,
}

impl<'de> Deserialize<'de> for EmbeddedCertificateList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let is_envelope =
            |name: Option<&str>| !matches!(name, Some("guid" | "name" | "created" | "links"));
        let embedded_certificates = match listed(deserializer, is_envelope)? {
            Listed::Enveloped(OneList(list)) | Listed::Bare(list) => list,
            Listed::Single(certificate) => vec![certificate],
        };
        Ok(Self {
            embedded_certificates,
        })
    }
}

/// An object one of whose members is the list; without any it is empty, as this API leaves out
/// what has no value.
struct OneList(Vec<EmbeddedCertificate>);

impl<'de> Deserialize<'de> for OneList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OneListVisitor)
    }
}

struct OneListVisitor;

impl<'de> Visitor<'de> for OneListVisitor {
    type Value = OneList;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a list of embedded certificates")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<OneList, A::Error> {
        let (mut found, mut others) = (None, false);
        while let Some(name) = members.next_key::<String>()? {
            if matches!(name.as_str(), "links" | "total") {
                members.next_value::<IgnoredAny>()?;
                continue;
            }
            match members.next_value()? {
                Member::List(list) if found.is_none() => found = Some(list),
                Member::List(_) => return Err(A::Error::custom("two lists in one answer")),
                Member::Nothing => {}
                Member::Other => others = true,
            }
        }
        match found {
            None if others => Err(A::Error::custom("no list of embedded certificates")),
            list => Ok(OneList(list.unwrap_or_default())),
        }
    }
}

/// A member of that object.
enum Member {
    List(Vec<EmbeddedCertificate>),
    Nothing,
    Other,
}

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MemberVisitor)
    }
}

struct MemberVisitor;

impl<'de> Visitor<'de> for MemberVisitor {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of embedded certificates")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, entries: A) -> Result<Member, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(entries)).map(Member::List)
    }

    fn visit_unit<E>(self) -> Result<Member, E> {
        Ok(Member::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Member, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Member::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<Member, E> {
        Ok(Member::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Member, E> {
        Ok(Member::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Member, E> {
        Ok(Member::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Member, E> {
        Ok(Member::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Member, E> {
        Ok(Member::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = r#"{"links": [{"rel": "groups", "href": "..."}, {"rel": "user", "href":
        "https://s/T/api/v1/users/u-1"}], "guid": "e-1"}"#;

    fn guids(json: &str) -> Result<Vec<String>, String> {
        let list: EmbeddedCertificateList =
            serde_json::from_str(json).map_err(|error| error.to_string())?;
        let certificates = list.embedded_certificates.iter();
        Ok(certificates
            .map(|certificate| certificate.guid.to_string())
            .collect())
    }

    #[test]
    fn the_list_is_read_in_every_form() {
        let one = Ok(vec!["e-1".to_owned()]);
        for form in [
            ONE.to_owned(),
            format!("[{ONE}]"),
            format!(r#"{{"embeddedCertificates": [{ONE}]}}"#),
            format!(r#"{{"total": 1, "certificates": [{ONE}], "user": {{"guid": "u"}}}}"#),
        ] {
            assert_eq!(guids(&form), one, "{form}");
        }
        for nothing in [
            "{}",
            "[]",
            r#"{"embeddedCertificates": null}"#,
            r#"{"total": 0}"#,
        ] {
            assert_eq!(guids(nothing), Ok(Vec::new()), "{nothing}");
        }
    }

    #[test]
    fn other_objects_are_no_empty_list() {
        for form in [
            r#"{"message": "later"}"#,
            r#"{"a": [], "b": []}"#,
            r#"{"a": [1]}"#,
            "7",
        ] {
            assert!(guids(form).is_err(), "{form}");
        }
    }

    #[test]
    fn relations_nobody_knows_do_no_harm() {
        let certificate: EmbeddedCertificate = serde_json::from_str(ONE).expect("a certificate");
        assert_eq!(certificate.user(), Some("u-1".into()));
        assert_eq!(
            (certificate.bundle(), certificate.is_enrolled()),
            (None, false)
        );
    }

    #[test]
    fn times_are_read_with_fractions_of_any_length() {
        for created in ["2017-01-14T16:40:03.54Z", "2020-03-11T14:26:34.503Z"] {
            let json = format!(r#"{{"guid": "e-1", "created": "{created}"}}"#);
            let certificate: EmbeddedCertificate = serde_json::from_str(&json).expect("one");
            assert!(certificate.created.expect("a time").instant().is_some());
        }
    }
}
