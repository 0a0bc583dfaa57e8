use cert_core::{Fingerprint, Payload, Violation};
use serde::{Serialize, Serializer};

use crate::{CertificateId, DeviceCertificate, UploadedCertificate};

/// Reference to a certificate in a device: its id or its fingerprint.
///
/// A text of 40 hexadecimal digits, colons aside, is taken for a fingerprint, any other for an
/// id.
///
/// ```
/// use twon_device::CertificateRef;
///
/// assert!(matches!(CertificateRef::from("@door"), CertificateRef::Id(_)));
/// let fingerprint = "4deea7060d80bacf1643b4e0f0104c82995075b7";
/// assert!(matches!(CertificateRef::from(fingerprint), CertificateRef::Fingerprint(_)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CertificateRef {
    /// Id of the certificate in the device, such as `@door`.
    Id(CertificateId),
    /// SHA-1 fingerprint: the digest of the DER form.
    Fingerprint(Fingerprint),
}

impl CertificateRef {
    /// The parameter that asks for it. A device reads ids and fingerprints alike from `id`.
    fn asking(&self) -> [(&'static str, String); 1] {
        [("id", self.text())]
    }

    /// The parameter that deletes it.
    fn deleting(&self) -> [(&'static str, String); 1] {
        let name = match self {
            Self::Id(_) => "id",
            Self::Fingerprint(_) => "fingerprint",
        };
        [(name, self.text())]
    }

    fn checked(&self) -> Result<(), Violation> {
        match self {
            Self::Id(id) if id.as_str().is_empty() => Err(Violation::new(
                "the id of the certificate is empty, which would mean all of them",
            )),
            Self::Fingerprint(fingerprint) if !is_sha1(fingerprint) => {
                Err(Violation::new(format!(
                    "`{}` is no fingerprint: it must have 40 hexadecimal digits",
                    fingerprint.as_str().escape_debug()
                )))
            }
            Self::Id(_) | Self::Fingerprint(_) => Ok(()),
        }
    }

    fn deletable(&self) -> Result<(), Violation> {
        match self {
            Self::Id(id) if id.is_internal() => Err(Violation::new(format!(
                "`{}` is the device's own certificate, which it protects: only ids that begin \
                 with `@` can be deleted",
                id.as_str().escape_debug()
            ))),
            Self::Id(_) | Self::Fingerprint(_) => self.checked(),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Id(id) => id.to_string(),
            Self::Fingerprint(fingerprint) => fingerprint
                .to_hex()
                .unwrap_or_else(|| fingerprint.to_string()),
        }
    }
}

/// The parameter that asks for a certificate.
pub(crate) struct Asked<'a>(pub(crate) &'a CertificateRef);

/// The parameter that deletes a certificate.
pub(crate) struct Deleted<'a>(pub(crate) &'a CertificateRef);

impl Payload for Asked<'_> {
    fn check(&self) -> Result<(), Violation> {
        self.0.checked()
    }
}

impl Serialize for Asked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.asking().serialize(serializer)
    }
}

impl Payload for Deleted<'_> {
    fn check(&self) -> Result<(), Violation> {
        self.0.deletable()
    }
}

impl Serialize for Deleted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.deleting().serialize(serializer)
    }
}

fn is_sha1(fingerprint: &Fingerprint) -> bool {
    fingerprint.algorithm() == Some(cert_core::HashAlgorithm::Sha1)
}

impl From<&str> for CertificateRef {
    fn from(text: &str) -> Self {
        let fingerprint = Fingerprint::from(text);
        if is_sha1(&fingerprint) {
            fingerprint.into()
        } else {
            CertificateId::from(text).into()
        }
    }
}

impl From<CertificateId> for CertificateRef {
    fn from(id: CertificateId) -> Self {
        Self::Id(id)
    }
}

impl From<Fingerprint> for CertificateRef {
    fn from(fingerprint: Fingerprint) -> Self {
        Self::Fingerprint(fingerprint)
    }
}

/// The id that a user gave it, or else its fingerprint in the id's place, which devices take for
/// one. Where the device told neither, it is the device's own id, or an empty one, and both are
/// refused when it is to be deleted.
impl From<&DeviceCertificate> for CertificateRef {
    fn from(certificate: &DeviceCertificate) -> Self {
        match (&certificate.id, &certificate.fingerprint) {
            (Some(id), _) if id.is_user_defined() => id.clone().into(),
            (_, Some(fingerprint)) => in_place_of_an_id(fingerprint),
            (Some(id), None) => id.clone().into(),
            (None, None) => CertificateId::from("").into(),
        }
    }
}

/// Its fingerprint in the place of an id, which devices take for one.
impl From<&UploadedCertificate> for CertificateRef {
    fn from(certificate: &UploadedCertificate) -> Self {
        in_place_of_an_id(&certificate.fingerprint)
    }
}

fn in_place_of_an_id(fingerprint: &Fingerprint) -> CertificateRef {
    let text = CertificateRef::Fingerprint(fingerprint.clone()).text();
    CertificateId::from(text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHA1: &str = "4D:EE:A7:06:0D:80:BA:CF:16:43:B4:E0:F0:10:4C:82:99:50:75:B7";

    #[test]
    fn an_id_and_a_fingerprint_travel_under_their_own_names() {
        let id = CertificateRef::from("@door");
        assert_eq!(id.deleting(), [("id", "@door".to_owned())]);
        let fingerprint = CertificateRef::from(SHA1);
        let digits = "4deea7060d80bacf1643b4e0f0104c82995075b7".to_owned();
        assert_eq!(fingerprint.deleting(), [("fingerprint", digits.clone())]);
        assert_eq!(fingerprint.asking(), [("id", digits)]);
    }

    #[test]
    fn what_is_stored_is_deleted_by_its_id_or_by_its_fingerprint_as_one() {
        let stored = |more: &str| {
            let json =
                format!(r#"{{"fingerprint": "{SHA1}", "subject": {{}}, "issuer": {{}}{more}}}"#);
            serde_json::from_str::<DeviceCertificate>(&json).expect("a certificate")
        };
        let door = CertificateRef::from(&stored(r#", "id": "@door""#));
        assert_eq!(door.deleting(), [("id", "@door".to_owned())]);
        let digits = "4deea7060d80bacf1643b4e0f0104c82995075b7".to_owned();
        for other in ["", r##", "id": "#factory""##] {
            let unnamed = CertificateRef::from(&stored(other));
            assert_eq!(unnamed.deleting(), [("id", digits.clone())]);
        }
    }

    #[test]
    fn what_has_neither_id_nor_fingerprint_is_not_deleted() {
        for other in ["", r##""id": "#factory""##] {
            let json = format!("{{{other}}}");
            let stored: DeviceCertificate = serde_json::from_str(&json).expect("a certificate");
            assert!(CertificateRef::from(&stored).deletable().is_err());
        }
    }

    #[test]
    fn what_would_mean_something_else_is_refused() {
        assert!(CertificateRef::from("").checked().is_err());
        assert!(CertificateRef::from("#factory").checked().is_ok());
        let error = CertificateRef::from("#factory").deletable();
        assert!(
            error
                .expect_err("protected")
                .to_string()
                .contains("`#factory`")
        );
        let short = CertificateRef::Fingerprint(Fingerprint::from("4dee"));
        assert!(
            short
                .checked()
                .expect_err("too short")
                .to_string()
                .contains("40")
        );
        assert!(CertificateRef::from(SHA1).deletable().is_ok());
    }
}
