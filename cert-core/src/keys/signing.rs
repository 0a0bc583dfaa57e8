//! Keys and signatures, made by aws-lc.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::error::Unspecified;
#[cfg(feature = "csr")]
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    self as lc, EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair, RsaKeyPair,
};
use zeroize::Zeroizing;

use super::private_key::PrivateKey;
#[cfg(feature = "csr")]
use crate::asn1::writer;
use crate::asn1::{DecodeError, DecodeErrorKind};
#[cfg(feature = "csr")]
use crate::values::HashAlgorithm;
#[cfg(feature = "csr")]
use crate::x509::SignatureAlgorithm;
#[cfg(feature = "csr")]
use crate::x509::algorithm::SIGNATURES;
use crate::x509::{Curve, KeyKind};

impl PrivateKey {
    /// Generates a key: RSA of 2048, 3072, 4096 or 8192 bits, P-256, P-384, P-521 or Ed25519.
    ///
    /// An RSA key takes a noticeable time, seconds for the longest.
    ///
    /// # Errors
    /// If keys of this kind cannot be generated.
    #[doc(alias("new key", "keygen", "genrsa", "key pair"))]
    pub fn generate(kind: &KeyKind) -> Result<Self, DecodeError> {
        let pkcs8 = match kind {
            KeyKind::Rsa(bits) => generate_rsa(key_size(*bits).ok_or_else(|| refused(kind))?),
            KeyKind::Ec(curve) => {
                generate_ec(signing_algorithm(curve).ok_or_else(|| refused(kind))?)
            }
            KeyKind::Ed25519 => generate_ed25519(),
            _ => return Err(refused(kind)),
        };
        Self::from_der(&pkcs8.map_err(|_| refused(kind))?)
    }

    /// Computes the public half of a key that does not carry it.
    pub(super) fn derive_public_key(&self) -> Result<Vec<u8>, DecodeError> {
        let pkcs8 = self.expose_pkcs8_der();
        let public_key: Option<PublicKeyX509Der<'_>> = match self.kind() {
            KeyKind::Ec(curve) => signing_algorithm(curve)
                .and_then(|algorithm| EcdsaKeyPair::from_pkcs8(algorithm, pkcs8).ok())
                .and_then(|pair| pair.public_key().as_der().ok()),
            KeyKind::Ed25519 => Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8)
                .ok()
                .and_then(|pair| pair.public_key().as_der().ok()),
            _ => None,
        };
        public_key
            .map(|der| der.as_ref().to_vec())
            .ok_or_else(|| refused(self.kind()))
    }
}

/// Signs with the usual digest for the key: SHA-256 for RSA and P-256, SHA-384 for P-384, SHA-512
/// for P-521. Gives the `AlgorithmIdentifier` and the signature.
#[cfg(feature = "csr")]
pub(crate) fn sign(key: &PrivateKey, message: &[u8]) -> Result<(Vec<u8>, Vec<u8>), DecodeError> {
    let pkcs8 = key.expose_pkcs8_der();
    let (algorithm, signature) = match key.kind() {
        KeyKind::Rsa(_) => (
            SignatureAlgorithm::RsaPkcs1(HashAlgorithm::Sha256),
            sign_rsa(pkcs8, message),
        ),
        KeyKind::Ec(curve) => (
            SignatureAlgorithm::Ecdsa(usual_digest(curve)),
            sign_ec(curve, pkcs8, message),
        ),
        KeyKind::Ed25519 => (SignatureAlgorithm::Ed25519, sign_ed25519(pkcs8, message)),
        _ => return Err(refused(key.kind())),
    };
    Ok((
        algorithm_identifier(&algorithm).ok_or_else(|| refused(key.kind()))?,
        signature.ok_or_else(|| refused(key.kind()))?,
    ))
}

#[cfg(feature = "csr")]
fn algorithm_identifier(algorithm: &SignatureAlgorithm) -> Option<Vec<u8>> {
    let (oid, _) = SIGNATURES.iter().find(|(_, known)| known == algorithm)?;
    let oid = writer::oid(oid).ok()?;
    let parameters = match algorithm {
        SignatureAlgorithm::RsaPkcs1(_) => writer::null().ok()?,
        _ => Vec::new(),
    };
    writer::sequence(&[&oid, &parameters]).ok()
}

#[cfg(feature = "csr")]
fn usual_digest(curve: &Curve) -> HashAlgorithm {
    match curve {
        Curve::P384 => HashAlgorithm::Sha384,
        Curve::P521 => HashAlgorithm::Sha512,
        _ => HashAlgorithm::Sha256,
    }
}

#[cfg(feature = "csr")]
fn sign_rsa(pkcs8: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    let pair = RsaKeyPair::from_pkcs8(pkcs8).ok()?;
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(
        &lc::RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        message,
        &mut signature,
    )
    .ok()?;
    Some(signature)
}

#[cfg(feature = "csr")]
fn sign_ec(curve: &Curve, pkcs8: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    let pair = EcdsaKeyPair::from_pkcs8(signing_algorithm(curve)?, pkcs8).ok()?;
    Some(
        pair.sign(&SystemRandom::new(), message)
            .ok()?
            .as_ref()
            .to_vec(),
    )
}

#[cfg(feature = "csr")]
fn sign_ed25519(pkcs8: &[u8], message: &[u8]) -> Option<Vec<u8>> {
    let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8).ok()?;
    Some(pair.sign(message).as_ref().to_vec())
}

fn signing_algorithm(curve: &Curve) -> Option<&'static EcdsaSigningAlgorithm> {
    match curve {
        Curve::P256 => Some(&lc::ECDSA_P256_SHA256_ASN1_SIGNING),
        Curve::P384 => Some(&lc::ECDSA_P384_SHA384_ASN1_SIGNING),
        Curve::P521 => Some(&lc::ECDSA_P521_SHA512_ASN1_SIGNING),
        _ => None,
    }
}

fn key_size(bits: usize) -> Option<KeySize> {
    match bits {
        2048 => Some(KeySize::Rsa2048),
        3072 => Some(KeySize::Rsa3072),
        4096 => Some(KeySize::Rsa4096),
        8192 => Some(KeySize::Rsa8192),
        _ => None,
    }
}

fn generate_rsa(size: KeySize) -> Result<Zeroizing<Vec<u8>>, Unspecified> {
    let der: Pkcs8V1Der<'_> = RsaKeyPair::generate(size)?.as_der()?;
    Ok(Zeroizing::new(der.as_ref().to_vec()))
}

fn generate_ec(
    algorithm: &'static EcdsaSigningAlgorithm,
) -> Result<Zeroizing<Vec<u8>>, Unspecified> {
    let document = EcdsaKeyPair::generate(algorithm)?.to_pkcs8v1()?;
    Ok(Zeroizing::new(document.as_ref().to_vec()))
}

/// Version 1: OpenSSL 3.0 does not read version 2.
fn generate_ed25519() -> Result<Zeroizing<Vec<u8>>, Unspecified> {
    let document = Ed25519KeyPair::generate()?.to_pkcs8v1()?;
    Ok(Zeroizing::new(document.as_ref().to_vec()))
}

fn refused(kind: &KeyKind) -> DecodeError {
    DecodeError::new(DecodeErrorKind::Unsupported(format!(
        "a private key of {kind}"
    )))
    .within("private key")
}
