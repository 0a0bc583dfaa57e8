use std::fmt;

use crate::asn1::oid::oid;
use crate::asn1::{DecodeError, Element, ObjectIdentifier, Reader, tag};
use crate::values::HashAlgorithm;

/// Kind of the key that a certificate, request or private key holds.
///
/// ```
/// use cert_core::{Curve, KeyKind};
///
/// assert_eq!(KeyKind::Rsa(2048).to_string(), "RSA 2048");
/// assert_eq!(KeyKind::Ec(Curve::P256).to_string(), "EC P-256");
/// ```
#[doc(alias("key type", "key algorithm"))]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyKind {
    /// RSA with this many bits in the modulus, whether or not the key is limited to PSS.
    Rsa(usize),
    /// Elliptic curve.
    Ec(Curve),
    /// Ed25519 (RFC 8410).
    Ed25519,
    /// Ed448 (RFC 8410).
    Ed448,
    /// An algorithm that this crate does not know.
    Other(ObjectIdentifier),
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa(bits) => write!(f, "RSA {bits}"),
            Self::Ec(curve) => write!(f, "EC {curve}"),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::Ed448 => f.write_str("Ed448"),
            Self::Other(oid) => oid.fmt(f),
        }
    }
}

/// A named elliptic curve (RFC 5480).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Curve {
    /// `secp256r1`, also `prime256v1`.
    P256,
    /// `secp384r1`.
    P384,
    /// `secp521r1`.
    P521,
    /// A curve that this crate does not know by name.
    Other(ObjectIdentifier),
    /// Parameters spelled out, or taken over from the issuer; forbidden by RFC 5480.
    Unnamed,
}

impl Curve {
    pub(crate) fn from_oid(oid: ObjectIdentifier) -> Self {
        match oid {
            oid if oid == P256 => Self::P256,
            oid if oid == P384 => Self::P384,
            oid if oid == P521 => Self::P521,
            oid => Self::Other(oid),
        }
    }

    pub(crate) fn oid(&self) -> Option<ObjectIdentifier> {
        match self {
            Self::P256 => Some(P256),
            Self::P384 => Some(P384),
            Self::P521 => Some(P521),
            Self::Other(oid) => Some(oid.clone()),
            Self::Unnamed => None,
        }
    }
}

impl fmt::Display for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::P256 => f.write_str("P-256"),
            Self::P384 => f.write_str("P-384"),
            Self::P521 => f.write_str("P-521"),
            Self::Other(oid) => oid.fmt(f),
            Self::Unnamed => f.write_str("unnamed curve"),
        }
    }
}

/// Signature algorithm of a certificate, request or revocation list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 (RFC 8017, 8.2).
    RsaPkcs1(HashAlgorithm),
    /// RSASSA-PSS (RFC 8017, 8.1).
    RsaPss(HashAlgorithm),
    /// ECDSA (RFC 5758).
    Ecdsa(HashAlgorithm),
    /// Ed25519 (RFC 8410).
    Ed25519,
    /// Ed448 (RFC 8410).
    Ed448,
    /// An algorithm that this crate does not know.
    Other(ObjectIdentifier),
}

impl SignatureAlgorithm {
    /// Reads an `AlgorithmIdentifier`.
    pub(crate) fn from_element(element: &Element<'_>) -> Result<Self, DecodeError> {
        let (oid, parameters) = algorithm_identifier(element)?;
        let known = SIGNATURES.iter().find(|(known, _)| *known == oid);
        Ok(match known {
            Some((_, algorithm)) => algorithm.clone(),
            None if oid == RSA_PSS => {
                pss_digest(parameters.as_ref())?.map_or(Self::Other(oid), Self::RsaPss)
            }
            None => Self::Other(oid),
        })
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RsaPkcs1(digest) => write!(f, "RSA with {}", digest_name(*digest)),
            Self::RsaPss(digest) => write!(f, "RSA-PSS with {}", digest_name(*digest)),
            Self::Ecdsa(digest) => write!(f, "ECDSA with {}", digest_name(*digest)),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::Ed448 => f.write_str("Ed448"),
            Self::Other(oid) => oid.fmt(f),
        }
    }
}

pub(crate) const RSA: ObjectIdentifier = oid!("1.2.840.113549.1.1.1");
pub(crate) const EC_PUBLIC_KEY: ObjectIdentifier = oid!("1.2.840.10045.2.1");
pub(crate) const ED25519: ObjectIdentifier = oid!("1.3.101.112");
pub(crate) const ED448: ObjectIdentifier = oid!("1.3.101.113");
pub(crate) const RSA_PSS: ObjectIdentifier = oid!("1.2.840.113549.1.1.10");
const P256: ObjectIdentifier = oid!("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = oid!("1.3.132.0.34");
const P521: ObjectIdentifier = oid!("1.3.132.0.35");
const MD5: ObjectIdentifier = oid!("1.2.840.113549.2.5");

const DIGESTS: &[(ObjectIdentifier, HashAlgorithm)] = &[
    (MD5, HashAlgorithm::Md5),
    (oid!("1.3.14.3.2.26"), HashAlgorithm::Sha1),
    (oid!("2.16.840.1.101.3.4.2.4"), HashAlgorithm::Sha224),
    (oid!("2.16.840.1.101.3.4.2.1"), HashAlgorithm::Sha256),
    (oid!("2.16.840.1.101.3.4.2.2"), HashAlgorithm::Sha384),
    (oid!("2.16.840.1.101.3.4.2.3"), HashAlgorithm::Sha512),
];

pub(crate) const SIGNATURES: &[(ObjectIdentifier, SignatureAlgorithm)] = &[
    (
        oid!("1.2.840.113549.1.1.4"),
        SignatureAlgorithm::RsaPkcs1(HashAlgorithm::Md5),
    ),
    (
        oid!("1.2.840.113549.1.1.5"),
        SignatureAlgorithm::RsaPkcs1(HashAlgorithm::Sha1),
    ),
    (
        oid!("1.3.14.3.2.29"),
        SignatureAlgorithm::RsaPkcs1(HashAlgorithm::Sha1),
    ),
    (
        oid!("1.2.840.113549.1.1.14"),
        SignatureAlgorithm::RsaPkcs1(HashAlgorithm::Sha224),
    ),
    (
        oid!("1.2.840.113549.1.1.11"),
        SignatureAlgorithm::RsaPkcs1(HashAlgorithm::Sha256),
    ),
    (
        oid!("1.2.840.113549.1.1.12"),
        SignatureAlgorithm::RsaPkcs1(HashAlgorithm::Sha384),
    ),
    (
        oid!("1.2.840.113549.1.1.13"),
        SignatureAlgorithm::RsaPkcs1(HashAlgorithm::Sha512),
    ),
    (
        oid!("1.2.840.10045.4.1"),
        SignatureAlgorithm::Ecdsa(HashAlgorithm::Sha1),
    ),
    (
        oid!("1.2.840.10045.4.3.1"),
        SignatureAlgorithm::Ecdsa(HashAlgorithm::Sha224),
    ),
    (
        oid!("1.2.840.10045.4.3.2"),
        SignatureAlgorithm::Ecdsa(HashAlgorithm::Sha256),
    ),
    (
        oid!("1.2.840.10045.4.3.3"),
        SignatureAlgorithm::Ecdsa(HashAlgorithm::Sha384),
    ),
    (
        oid!("1.2.840.10045.4.3.4"),
        SignatureAlgorithm::Ecdsa(HashAlgorithm::Sha512),
    ),
    (ED25519, SignatureAlgorithm::Ed25519),
    (ED448, SignatureAlgorithm::Ed448),
];

/// The identifier and the parameters of an `AlgorithmIdentifier`.
pub(crate) fn algorithm_identifier<'a>(
    element: &Element<'a>,
) -> Result<(ObjectIdentifier, Option<Element<'a>>), DecodeError> {
    let mut fields = element.reader();
    let oid = fields
        .field(tag::OBJECT_IDENTIFIER, "algorithm")?
        .object_identifier()?;
    Ok((oid, fields.next()?))
}

/// The kind of key in a `SubjectPublicKeyInfo`.
pub(crate) fn public_key_kind(spki: &Element<'_>) -> Result<KeyKind, DecodeError> {
    let mut fields = spki.reader();
    let algorithm = fields.field(tag::SEQUENCE, "algorithm")?;
    let key = fields
        .field(tag::BIT_STRING, "subjectPublicKey")?
        .bit_string()?;
    let (oid, parameters) = algorithm_identifier(&algorithm)?;
    Ok(match oid {
        oid if oid == RSA || oid == RSA_PSS => KeyKind::Rsa(rsa_bits(key)?),
        oid if oid == EC_PUBLIC_KEY => KeyKind::Ec(named_curve(parameters.as_ref())?),
        oid if oid == ED25519 => KeyKind::Ed25519,
        oid if oid == ED448 => KeyKind::Ed448,
        oid => KeyKind::Other(oid),
    })
}

pub(crate) fn named_curve(parameters: Option<&Element<'_>>) -> Result<Curve, DecodeError> {
    match parameters {
        Some(named) if named.tag == tag::OBJECT_IDENTIFIER => {
            named.object_identifier().map(Curve::from_oid)
        }
        _ => Ok(Curve::Unnamed),
    }
}

/// The length of the modulus that an `RSAPublicKey` begins with.
fn rsa_bits(key: &[u8]) -> Result<usize, DecodeError> {
    let modulus = Reader::single(key, tag::SEQUENCE)
        .and_then(|key| key.reader().expect(tag::INTEGER))
        .map_err(|error| error.in_field("subjectPublicKey"))?;
    Ok(integer_bits(modulus.content))
}

pub(crate) fn integer_bits(big_endian: &[u8]) -> usize {
    let zeros = big_endian.iter().take_while(|octet| **octet == 0).count();
    match &big_endian[zeros..] {
        [] => 0,
        [first, rest @ ..] => rest.len() * 8 + (8 - first.leading_zeros() as usize),
    }
}

/// The digest of `RSASSA-PSS-params`; SHA-1 where it is left out (RFC 4055, 3.1).
fn pss_digest(parameters: Option<&Element<'_>>) -> Result<Option<HashAlgorithm>, DecodeError> {
    let Some(parameters) = parameters.filter(|parameters| parameters.tag == tag::SEQUENCE) else {
        return Ok(Some(HashAlgorithm::Sha1));
    };
    let Some(digest) = parameters.reader().optional(tag::context_constructed(0))? else {
        return Ok(Some(HashAlgorithm::Sha1));
    };
    let (oid, _) = algorithm_identifier(&digest.reader().expect(tag::SEQUENCE)?)?;
    Ok(digest_from_oid(&oid))
}

pub(crate) fn digest_from_oid(oid: &ObjectIdentifier) -> Option<HashAlgorithm> {
    DIGESTS
        .iter()
        .find(|(known, _)| known == oid)
        .map(|(_, digest)| *digest)
}

fn digest_name(digest: HashAlgorithm) -> &'static str {
    match digest {
        HashAlgorithm::Md5 => "MD5",
        HashAlgorithm::Sha1 => "SHA-1",
        HashAlgorithm::Sha224 => "SHA-224",
        HashAlgorithm::Sha256 => "SHA-256",
        HashAlgorithm::Sha384 => "SHA-384",
        HashAlgorithm::Sha512 => "SHA-512",
    }
}

#[cfg(feature = "pkcs12")]
pub(crate) fn digest_oid(digest: HashAlgorithm) -> ObjectIdentifier {
    let entry = DIGESTS.iter().find(|(_, known)| *known == digest);
    entry.map_or(MD5, |(oid, _)| oid.clone())
}
