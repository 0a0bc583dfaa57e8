use cert_core::{CertificateSigningRequest, Encoded, Fingerprint};

use crate::CustomField;

cert_core::response! {
    /// Names and fingerprints of a certificate.
    pub struct CertificateDetails {
        /// Issuer of the certificate.
        pub issuer: Option<String>,
        /// Subject of the certificate.
        pub subject: Option<String>,
        /// Subject alternative names in one text.
        pub subject_alt_names: Option<String>,
        /// MD5 fingerprint: the digest of the DER form.
        pub md5_hash: Option<Fingerprint>,
        /// SHA-1 fingerprint: the digest of the DER form.
        pub sha1_hash: Option<Fingerprint>,
        /// SHA-256 fingerprint: the digest of the DER form.
        pub sha256_hash: Option<Fingerprint>,
    }
}

cert_core::response! {
    /// The CSR of a certificate.
    pub struct CsrDetails {
        /// The CSR, PEM.
        pub csr: Option<Encoded<CertificateSigningRequest>>,
        /// MD5 fingerprint: the digest of the DER form.
        pub md5_hash: Option<Fingerprint>,
        /// SHA-1 fingerprint: the digest of the DER form.
        pub sha1_hash: Option<Fingerprint>,
        /// SHA-256 fingerprint: the digest of the DER form.
        pub sha256_hash: Option<Fingerprint>,
    }
}

cert_core::request! {
    /// Changes of a certificate; what is not set stays.
    pub struct CertificateUpdate() {
        /// Custom fields.
        custom_fields: Vec<CustomField>,
        /// Comments.
        #[length(..=1_024)]
        comments: String,
    }
}
