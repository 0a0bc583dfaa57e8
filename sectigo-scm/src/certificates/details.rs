use cert_core::lenient::blank_as_none;
use cert_core::{CertificateSigningRequest, Encoded, Fingerprint};
use serde::Deserialize;

use crate::CustomField;

/// What a certificate itself says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CertificateDetails {
    /// Its issuer.
    pub issuer: Option<String>,
    /// Its subject.
    pub subject: Option<String>,
    /// Its alternative names in one text.
    pub subject_alt_names: Option<String>,
    /// MD5 of its DER form.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub md5_hash: Option<Fingerprint>,
    /// SHA-1 of its DER form.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub sha1_hash: Option<Fingerprint>,
    /// SHA-256 of its DER form.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub sha256_hash: Option<Fingerprint>,
}

/// The CSR of a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CsrDetails {
    /// The CSR, PEM.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub csr: Option<Encoded<CertificateSigningRequest>>,
    /// MD5 of its DER form.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub md5_hash: Option<Fingerprint>,
    /// SHA-1 of its DER form.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub sha1_hash: Option<Fingerprint>,
    /// SHA-256 of its DER form.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub sha256_hash: Option<Fingerprint>,
}

cert_core::request! {
    /// What to change of a certificate; what is not set stays.
    pub struct CertificateUpdate() {
        /// Custom fields.
        custom_fields: Vec<CustomField>,
        /// Remarks, at most 1,024 characters.
        comments: String,
    }
}
