//! Certificates that scans find.

use std::collections::BTreeMap;

use cert_core::{Fingerprint, SerialNumber, Time};

use super::Value;

cert_core::response! {
    /// Facts of a certificate that was found.
    ///
    /// The vendor does not say of what type parts of names and alternative names are: they are
    /// kept as they come.
    pub struct FoundCertificateDetails {
        /// Common name of the subject.
        #[wire("cn")]
        pub common_name: Option<String>,
        /// Time from which the certificate is valid.
        pub valid_from: Option<Time>,
        /// Time until which the certificate is valid.
        pub valid_to: Option<Time>,
        /// Name of the subject, part by part.
        pub subject: BTreeMap<String, Value>,
        /// Name of the issuer, part by part.
        pub issuer: BTreeMap<String, Value>,
        /// Alternative names of the subject.
        #[wire("san")]
        pub subject_alternative_names: Vec<Value>,
        /// Algorithm of the key.
        pub key_algorithm: Option<String>,
        /// Size of the key, in bits.
        pub key_size: Option<u32>,
        /// Algorithm of the signature.
        pub signature_algorithm: Option<String>,
        /// Serial number.
        #[wire("sn")]
        pub serial_number: Option<SerialNumber>,
        /// MD5 hash of the certificate.
        #[wire("md5Hash")]
        pub md5: Option<Fingerprint>,
        /// SHA-1 hash of the certificate.
        #[wire("sha1Hash")]
        pub sha1: Option<Fingerprint>,
        /// Uses of the key.
        #[wire("ku")]
        pub key_usages: Vec<Value>,
        /// Extended uses of the key.
        #[wire("eku")]
        pub extended_key_usages: Vec<Value>,
        /// Whether the certificate is a precertificate, made for transparency logs alone (RFC 6962).
        pub precert: Option<bool>,
    }
}
