#![doc = include_str!("../README.md")]

use cert_core::{CertificateSigningRequest, Curve, DecodeError, KeyKind, PrivateKey};

/// A new P-256 key and a request for a certificate of `name`, signed with it.
///
/// # Errors
///
/// When `name` cannot stand in a request.
pub fn key_and_request(name: &str) -> Result<(PrivateKey, CertificateSigningRequest), DecodeError> {
    let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256))?;
    let request = CertificateSigningRequest::builder()
        .subject(format!("CN={name}").as_str())
        .dns(name)
        .sign(&key)?;
    Ok((key, request))
}

/// What the workspace's README shows compiles.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
