//! Signatures, by aws-lc.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::error::Unspecified;
#[cfg(feature = "csr")]
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    self as lc, EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair, RsaKeyPair,
    UnparsedPublicKey, VerificationAlgorithm,
};
use zeroize::Zeroizing;

#[cfg(feature = "csr")]
use crate::algorithm::SIGNATURES;
#[cfg(feature = "csr")]
use crate::asn1::writer;
use crate::asn1::{Element, Reader, tag};
use crate::{
    Certificate, CertificateChain, CertificateRevocationList, CertificateSigningRequest, Curve,
    DecodeError, DecodeErrorKind, HashAlgorithm, KeyKind, Name, PrivateKey, SignatureAlgorithm,
};

/// Why a signature is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// The key did not make this signature over these bytes.
    #[error("the signature on the {what} of {subject} was not made by the key it is said to be")]
    Invalid {
        /// What is signed.
        what: &'static str,
        /// Whose certificate or request it is; of a revocation list, its issuer.
        subject: Box<Name>,
    },
    /// The algorithm is not supported, or not together with this kind of key.
    #[error("signatures of {algorithm} under a key of {key} cannot be verified")]
    Unsupported {
        /// How it is signed.
        algorithm: Box<SignatureAlgorithm>,
        /// What kind of key signed it.
        key: Box<KeyKind>,
    },
}

/// Verification takes RSA from 2048 to 8192 bits (PKCS#1 v1.5 with SHA-1, SHA-256, SHA-384 or
/// SHA-512; PSS with SHA-256, SHA-384 or SHA-512 and a salt of the digest's length), 1024 bits and
/// more with SHA-1, SHA-256 and SHA-512 under PKCS#1 v1.5, ECDSA on P-256, P-384 and P-521 with
/// SHA-256 to SHA-512, and Ed25519. Whether SHA-1 and short keys are still acceptable is for the
/// caller to decide; [`Certificate::signature_algorithm`] and [`Certificate::key_kind`] tell.
impl Certificate {
    /// Verifies that the key of `issuer` signed this certificate. Names, dates and constraints
    /// are not looked at.
    ///
    /// # Errors
    /// If it did not, or the algorithm is not supported.
    pub fn verify_signature(&self, issuer: &Self) -> Result<(), SignatureError> {
        let key = (issuer.key_kind(), issuer.public_key_der());
        verify(
            self.as_der(),
            self.signature_algorithm(),
            key,
            "certificate",
            self.subject(),
        )
    }
}

impl CertificateSigningRequest {
    /// Verifies that whoever made the request holds its private key (RFC 2986, 4.2).
    ///
    /// # Errors
    /// If the signature is not by the key in the request, or the algorithm is not supported; see
    /// [`Certificate::verify_signature`].
    pub fn verify_signature(&self) -> Result<(), SignatureError> {
        let key = (self.key_kind(), self.public_key_der());
        verify(
            self.as_der(),
            self.signature_algorithm(),
            key,
            "request",
            self.subject(),
        )
    }
}

impl CertificateRevocationList {
    /// Verifies that the key of `issuer` signed this list.
    ///
    /// # Errors
    /// If it did not, or the algorithm is not supported; see [`Certificate::verify_signature`].
    pub fn verify_signature(&self, issuer: &Certificate) -> Result<(), SignatureError> {
        let key = (issuer.key_kind(), issuer.public_key_der());
        verify(
            self.as_der(),
            self.signature_algorithm(),
            key,
            "revocation list",
            self.issuer(),
        )
    }
}

impl CertificateChain {
    /// Verifies that each certificate is signed by the next one, and the root by itself.
    ///
    /// # Errors
    /// For the first signature that does not hold, or is of an unsupported algorithm.
    pub fn verify_signatures(&self) -> Result<(), SignatureError> {
        for pair in self.certificates().windows(2) {
            pair[0].verify_signature(&pair[1])?;
        }
        self.root()
            .map_or(Ok(()), |root| root.verify_signature(root))
    }
}

impl PrivateKey {
    /// Generates a key: RSA of 2048, 3072, 4096 or 8192 bits, P-256, P-384, P-521 or Ed25519.
    ///
    /// An RSA key takes a noticeable time, seconds for the longest.
    ///
    /// # Errors
    /// If keys of this kind cannot be generated.
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
}

/// Signs with the usual digest for the key: SHA-256 for RSA and P-256, SHA-384 for P-384, SHA-512
/// for P-521. Gives the `AlgorithmIdentifier` and the signature.
#[cfg(feature = "csr")]
pub(crate) fn sign(key: &PrivateKey, message: &[u8]) -> Result<(Vec<u8>, Vec<u8>), DecodeError> {
    let unusable = || refused(key.kind());
    let random = SystemRandom::new();
    let pkcs8 = key.expose_pkcs8_der();
    let (algorithm, signature) = match key.kind() {
        KeyKind::Rsa(_) => {
            let pair = RsaKeyPair::from_pkcs8(pkcs8).map_err(|_| unusable())?;
            let mut signature = vec![0; pair.public_modulus_len()];
            pair.sign(&lc::RSA_PKCS1_SHA256, &random, message, &mut signature)
                .map_err(|_| unusable())?;
            (
                SignatureAlgorithm::RsaPkcs1(HashAlgorithm::Sha256),
                signature,
            )
        }
        KeyKind::Ec(curve) => {
            let signing = signing_algorithm(curve).ok_or_else(unusable)?;
            let pair = EcdsaKeyPair::from_pkcs8(signing, pkcs8).map_err(|_| unusable())?;
            let signature = pair.sign(&random, message).map_err(|_| unusable())?;
            (
                SignatureAlgorithm::Ecdsa(usual_digest(curve)),
                signature.as_ref().to_vec(),
            )
        }
        KeyKind::Ed25519 => {
            let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8).map_err(|_| unusable())?;
            (
                SignatureAlgorithm::Ed25519,
                pair.sign(message).as_ref().to_vec(),
            )
        }
        _ => return Err(unusable()),
    };
    Ok((algorithm_identifier(&algorithm), signature))
}

/// Computes the public half of a key that does not carry it.
pub(crate) fn public_key(key: &PrivateKey) -> Result<Vec<u8>, DecodeError> {
    let pkcs8 = key.expose_pkcs8_der();
    let public_key: Option<PublicKeyX509Der<'_>> = match key.kind() {
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
        .ok_or_else(|| refused(key.kind()))
}

fn verify(
    der: &[u8],
    algorithm: &SignatureAlgorithm,
    (key, public_key): (&KeyKind, &[u8]),
    what: &'static str,
    subject: &Name,
) -> Result<(), SignatureError> {
    let unsupported = || SignatureError::Unsupported {
        algorithm: Box::new(algorithm.clone()),
        key: Box::new(key.clone()),
    };
    let invalid = || SignatureError::Invalid {
        what,
        subject: Box::new(subject.clone()),
    };
    let verifier = verifier(algorithm, key).ok_or_else(unsupported)?;
    let signed = Signed::read(der).map_err(|_| invalid())?;
    if matches!(algorithm, SignatureAlgorithm::RsaPss(digest) if !signed.has_salt_of(*digest)) {
        return Err(unsupported());
    }
    let public_key = public_key_bits(public_key).map_err(|_| invalid())?;
    UnparsedPublicKey::new(verifier, public_key)
        .verify(signed.message, signed.signature)
        .map_err(|_| invalid())
}

fn verifier(
    algorithm: &SignatureAlgorithm,
    key: &KeyKind,
) -> Option<&'static dyn VerificationAlgorithm> {
    use HashAlgorithm::{Sha1, Sha256, Sha384, Sha512};
    use SignatureAlgorithm::{Ecdsa, Ed25519, RsaPkcs1, RsaPss};
    Some(match (algorithm, key) {
        (RsaPkcs1(Sha1), KeyKind::Rsa(_)) => &lc::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        (RsaPkcs1(Sha256), KeyKind::Rsa(_)) => &lc::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        (RsaPkcs1(Sha384), KeyKind::Rsa(_)) => &lc::RSA_PKCS1_2048_8192_SHA384,
        (RsaPkcs1(Sha512), KeyKind::Rsa(_)) => &lc::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        (RsaPss(Sha256), KeyKind::Rsa(_)) => &lc::RSA_PSS_2048_8192_SHA256,
        (RsaPss(Sha384), KeyKind::Rsa(_)) => &lc::RSA_PSS_2048_8192_SHA384,
        (RsaPss(Sha512), KeyKind::Rsa(_)) => &lc::RSA_PSS_2048_8192_SHA512,
        (Ecdsa(Sha256), KeyKind::Ec(Curve::P256)) => &lc::ECDSA_P256_SHA256_ASN1,
        (Ecdsa(Sha384), KeyKind::Ec(Curve::P256)) => &lc::ECDSA_P256_SHA384_ASN1,
        (Ecdsa(Sha512), KeyKind::Ec(Curve::P256)) => &lc::ECDSA_P256_SHA512_ASN1,
        (Ecdsa(Sha256), KeyKind::Ec(Curve::P384)) => &lc::ECDSA_P384_SHA256_ASN1,
        (Ecdsa(Sha384), KeyKind::Ec(Curve::P384)) => &lc::ECDSA_P384_SHA384_ASN1,
        (Ecdsa(Sha512), KeyKind::Ec(Curve::P384)) => &lc::ECDSA_P384_SHA512_ASN1,
        (Ecdsa(Sha256), KeyKind::Ec(Curve::P521)) => &lc::ECDSA_P521_SHA256_ASN1,
        (Ecdsa(Sha384), KeyKind::Ec(Curve::P521)) => &lc::ECDSA_P521_SHA384_ASN1,
        (Ecdsa(Sha512), KeyKind::Ec(Curve::P521)) => &lc::ECDSA_P521_SHA512_ASN1,
        (Ed25519, KeyKind::Ed25519) => &lc::ED25519,
        _ => return None,
    })
}

/// The parts of everything that is signed.
struct Signed<'a> {
    message: &'a [u8],
    algorithm: Element<'a>,
    signature: &'a [u8],
}

impl<'a> Signed<'a> {
    fn read(der: &'a [u8]) -> Result<Self, DecodeError> {
        let mut fields = Reader::single(der, tag::SEQUENCE)?.reader();
        let message = fields.expect(tag::SEQUENCE)?.raw;
        let algorithm = fields.expect(tag::SEQUENCE)?;
        let signature = fields.expect(tag::BIT_STRING)?.bit_string()?;
        Ok(Self {
            message,
            algorithm,
            signature,
        })
    }

    /// Whether the salt is as long as the digest, which is what aws-lc verifies.
    fn has_salt_of(&self, digest: HashAlgorithm) -> bool {
        let length = match digest {
            HashAlgorithm::Sha256 => 32,
            HashAlgorithm::Sha384 => 48,
            HashAlgorithm::Sha512 => 64,
            _ => return false,
        };
        matches!(pss_salt_length(&self.algorithm), Ok(salt) if salt == length)
    }
}

/// The salt length in `RSASSA-PSS-params`; 20 where it is left out (RFC 4055, 3.1).
fn pss_salt_length(algorithm: &Element<'_>) -> Result<u64, DecodeError> {
    let mut fields = algorithm.reader();
    fields.expect(tag::OBJECT_IDENTIFIER)?;
    let Some(parameters) = fields.optional(tag::SEQUENCE)? else {
        return Ok(20);
    };
    let mut parameters = parameters.reader();
    while let Some(parameter) = parameters.next()? {
        if parameter.tag == tag::context_constructed(2) {
            return parameter.reader().expect(tag::INTEGER)?.unsigned();
        }
    }
    Ok(20)
}

fn public_key_bits(public_key: &[u8]) -> Result<&[u8], DecodeError> {
    let mut fields = Reader::single(public_key, tag::SEQUENCE)?.reader();
    fields.expect(tag::SEQUENCE)?;
    fields.expect(tag::BIT_STRING)?.bit_string()
}

#[cfg(feature = "csr")]
fn algorithm_identifier(algorithm: &SignatureAlgorithm) -> Vec<u8> {
    let known = SIGNATURES.iter().find(|(_, known)| known == algorithm);
    let oid = known.map(|(oid, _)| writer::oid(oid)).unwrap_or_default();
    match algorithm {
        SignatureAlgorithm::RsaPkcs1(_) => writer::sequence(&[&oid, &writer::null()]),
        _ => writer::sequence(&[&oid]),
    }
}

#[cfg(feature = "csr")]
fn usual_digest(curve: &Curve) -> HashAlgorithm {
    match curve {
        Curve::P384 => HashAlgorithm::Sha384,
        Curve::P521 => HashAlgorithm::Sha512,
        _ => HashAlgorithm::Sha256,
    }
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
