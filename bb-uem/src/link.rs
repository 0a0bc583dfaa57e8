use cert_core::open_enum;

use crate::{
    ApplicationId, BundleId, CertificateId, EmbeddedCertificateId, ProfileId, UserDeviceId, UserId,
};

open_enum! {
    /// Relation of a link: the vendor's word for what it leads to.
    pub enum LinkRelation {
        /// The user who has the certificate.
        User = "user",
        /// The places the certificate was sent to.
        CertificateEnrollments = "certificateEnrollments",
        /// The profile the certificate came with.
        Profile = "profile",
        /// A public key certificate.
        Certificate = "certificate",
        /// The bundle the certificate belongs to.
        Bundle = "bundle",
        /// An app on a user's device.
        UserDeviceApplication = "userDeviceApplication",
        /// A user's device.
        UserDevice = "userDevice",
    }
}

cert_core::response! {
    /// A link to something related.
    ///
    /// Its address names the server as it knows itself (`server01`, `localhost`) and may name another
    /// tenant, so it is never followed: [`target`](Self::target) reads the ids out of its path, and
    /// calls with these go to the client's own server.
    pub struct Link {
        /// Relation: the vendor's word for what the link leads to.
        pub rel: Option<LinkRelation>,
        /// Address of the link, as it came.
        pub href: Option<String>,
    }
}

/// Target of a link: what its path names.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkTarget {
    /// A user.
    User(UserId),
    /// A user's profile.
    Profile(ProfileId),
    /// A public key certificate.
    Certificate(CertificateId),
    /// A bundle.
    Bundle(BundleId),
    /// An embedded certificate, or its enrolments.
    EmbeddedCertificate(EmbeddedCertificateId),
    /// A device of a user.
    UserDevice(UserId, UserDeviceId),
    /// An app on a device of a user.
    UserDeviceApplication(UserId, UserDeviceId, ApplicationId),
}

impl Link {
    /// The ids in the link's path; `None` for a relation or a path that is not documented.
    #[must_use]
    pub fn target(&self) -> Option<LinkTarget> {
        let segments = segments(self.href.as_deref()?)?;
        let segments: Vec<_> = segments.iter().map(String::as_str).collect();
        Some(match (self.rel.as_ref()?, segments.as_slice()) {
            (LinkRelation::User, ["users", user]) => LinkTarget::User((*user).into()),
            (LinkRelation::Profile, [.., "profiles", profile]) => {
                LinkTarget::Profile((*profile).into())
            }
            (LinkRelation::Certificate, ["pki", "certificates", certificate]) => {
                LinkTarget::Certificate((*certificate).into())
            }
            (LinkRelation::Bundle, ["pki", "bundles", bundle]) => {
                LinkTarget::Bundle((*bundle).into())
            }
            // The singular occurs too.
            (
                LinkRelation::CertificateEnrollments,
                [
                    ..,
                    "embeddedCertificates" | "embeddedCertificate",
                    certificate,
                    "certificateEnrollments",
                ],
            ) => LinkTarget::EmbeddedCertificate((*certificate).into()),
            (LinkRelation::UserDevice, ["users", user, "userDevices", device]) => {
                LinkTarget::UserDevice((*user).into(), (*device).into())
            }
            (
                LinkRelation::UserDeviceApplication,
                [
                    "users",
                    user,
                    "userDevices",
                    device,
                    "applications",
                    application,
                ],
            ) => LinkTarget::UserDeviceApplication(
                (*user).into(),
                (*device).into(),
                (*application).into(),
            ),
            _ => return None,
        })
    }
}

/// The segments of a link's path behind `/api/v1/`.
fn segments(address: &str) -> Option<Vec<String>> {
    let (_, behind_scheme) = address.split_once("://")?;
    let (_, path) = behind_scheme.split_once('/')?;
    let path = path.split(['?', '#']).next()?.trim_end_matches('/');
    let (_, resource) = path.split_once("/api/v1/")?;
    let segments: Vec<_> = resource.split('/').map(str::to_owned).collect();
    segments
        .iter()
        .all(|segment| is_plain(segment))
        .then_some(segments)
}

/// Whether it is a guid, or one of the path's own words: never anything encoded.
fn is_plain(segment: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    !segment.is_empty() && segment.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(rel: &str, path: &str) -> Option<LinkTarget> {
        let href = Some(format!("https://server01:18084/SRP00000/api/v1/{path}"));
        let rel = Some(rel.into());
        Link { rel, href }.target()
    }

    #[test]
    fn ids_are_read_from_the_path_of_every_relation() {
        assert_eq!(
            target("user", "users/u-1"),
            Some(LinkTarget::User("u-1".into()))
        );
        let profile = target("profile", "users/u-1/profiles/p-1");
        assert_eq!(profile, Some(LinkTarget::Profile("p-1".into())));
        let certificate = target("certificate", "pki/certificates/c-1");
        assert_eq!(certificate, Some(LinkTarget::Certificate("c-1".into())));
        let bundle = target("bundle", "pki/bundles/b-1");
        assert_eq!(bundle, Some(LinkTarget::Bundle("b-1".into())));
        let device = target("userDevice", "users/u-1/userDevices/d-1");
        assert_eq!(
            device,
            Some(LinkTarget::UserDevice("u-1".into(), "d-1".into()))
        );
        let application = target(
            "userDeviceApplication",
            "users/u-1/userDevices/d-1/applications/a-1",
        );
        let expected = LinkTarget::UserDeviceApplication("u-1".into(), "d-1".into(), "a-1".into());
        assert_eq!(application, Some(expected));
    }

    #[test]
    fn enrolments_are_found_in_both_spellings() {
        for path in [
            "users/u-1/embeddedCertificate/e-1/certificateEnrollments",
            "users/u-1/embeddedCertificates/e-1/certificateEnrollments",
            "embeddedCertificates/e-1/certificateEnrollments",
        ] {
            let found = target("certificateEnrollments", path);
            assert_eq!(
                found,
                Some(LinkTarget::EmbeddedCertificate("e-1".into())),
                "{path}"
            );
        }
    }

    #[test]
    fn the_host_does_not_count() {
        let href = Some("https://evil.example/L1/api/v1/users/u-1/?x=1".to_owned());
        let link = Link {
            rel: Some(LinkRelation::User),
            href,
        };
        assert_eq!(link.target(), Some(LinkTarget::User("u-1".into())));
    }

    #[test]
    fn other_relations_placeholders_and_encoded_ids_lead_nowhere() {
        assert_eq!(target("groups", "users/u-1"), None);
        assert_eq!(target("user", "users/..%2Fpki"), None);
        assert_eq!(target("user", "users/.."), None);
        assert_eq!(target("user", "groups/g-1"), None);
        let placeholder = Link {
            rel: Some(LinkRelation::User),
            href: Some("...".to_owned()),
        };
        assert_eq!(placeholder.target(), None);
    }
}
