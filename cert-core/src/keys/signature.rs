use aws_lc_rs::signature::{self as lc, UnparsedPublicKey, VerificationAlgorithm};

use crate::asn1::{DecodeError, Element, Reader, tag};
use crate::values::HashAlgorithm;
use crate::x509::{
    Certificate, CertificateChain, CertificateRevocationList, CertificateSigningRequest, Curve,
    KeyKind, Name, SignatureAlgorithm,
};

/// Reason why a signature is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// The key did not make this signature over these bytes.
    #[error("the signature on the {what} of {subject} was not made by the key it is said to be")]
    Invalid {
        /// Kind of thing that is signed.
        what: &'static str,
        /// Subject of the certificate or request; of a revocation list, its issuer.
        subject: Box<Name>,
    },
    /// The algorithm is not supported, or not together with this kind of key.
    #[error("signatures of {algorithm} under a key of {key} cannot be verified")]
    Unsupported {
        /// Algorithm of the signature.
        algorithm: Box<SignatureAlgorithm>,
        /// Kind of the key that signed.
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
