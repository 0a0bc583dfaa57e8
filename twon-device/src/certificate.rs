use cert_core::lenient::{blank_as_none, null_as_empty};
use cert_core::{Fingerprint, Time, text_id};
use serde::Deserialize;

text_id! {
    /// The name under which a device keeps a certificate: `@` and a name that a user chose, or
    /// `#` and a name of the device's own.
    pub struct CertificateId;
}

impl CertificateId {
    /// Whether a user chose it: it begins with `@`.
    #[must_use]
    pub fn is_user_defined(&self) -> bool {
        self.as_str().starts_with('@')
    }

    /// Whether it is one of the device's own: it begins with `#`.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        self.as_str().starts_with('#')
    }
}

/// A certificate in a device.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DeviceCertificate {
    /// SHA-1 of its DER form, by which it can be found and deleted.
    pub fingerprint: Fingerprint,
    /// Whom it is for.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub subject: NameParts,
    /// Who signed it.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub issuer: NameParts,
    /// Its name in the device; none where the upload gave none.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub id: Option<CertificateId>,
    /// The first moment of its validity.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub start_date: Option<Time>,
    /// The last moment of its validity.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub end_date: Option<Time>,
    /// Whether it cannot be deleted.
    pub protected: Option<bool>,
    /// Whether it serves the device alone and is not offered for its services.
    pub system_use_only: Option<bool>,
}

/// The attributes of a name that a device tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct NameParts {
    /// Common name.
    #[serde(rename = "CN")]
    pub common_name: Option<String>,
    /// Organization.
    #[serde(rename = "O")]
    pub organization: Option<String>,
    /// Organizational unit.
    #[serde(rename = "OU")]
    pub organizational_unit: Option<String>,
    /// Locality.
    #[serde(rename = "L")]
    pub locality: Option<String>,
    /// State or province. Factory certificates have the name of a country here.
    #[serde(rename = "S")]
    pub state: Option<String>,
    /// Country, two letters.
    #[serde(rename = "C")]
    pub country: Option<String>,
}

/// What an upload did.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct UploadedCertificate {
    /// SHA-1 of the stored certificate.
    pub fingerprint: Fingerprint,
    /// SHA-1 of the certificate whose place it took, if it took one.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub replaced: Option<Fingerprint>,
}
