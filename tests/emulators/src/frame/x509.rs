//! Certificates and signing requests read back, as far as the vendors look into them.

use std::fmt;

use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RsaParameters, UnparsedPublicKey,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use der::{
    Decode, Encode, Sequence,
    asn1::Uint,
    oid::{AssociatedOid, ObjectIdentifier},
};
use jiff::Timestamp;
use pem::{EncodeConfig, LineEnding, Pem};
use rustls::crypto::aws_lc_rs as provider;
use x509_cert::{
    certificate::{CertificateInner, Raw},
    ext::pkix::{BasicConstraints, SubjectAltName, name::GeneralName},
    name::Name,
    request::{CertReq, ExtensionReq},
    spki::SubjectPublicKeyInfoOwned,
};

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ID_EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const ID_ED_25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const SHA_1_WITH_RSA_ENCRYPTION: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.5");
const SECP_256_R_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const SECP_384_R_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const SECP_521_R_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");

const SHORTEST_VERIFIED: usize = 2048;

/// What kind of public key it is.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum KeyKind {
    /// RSA with a modulus of so many bits.
    Rsa(usize),
    /// An elliptic curve, by the name NIST gives it: `P-256`.
    Ec(&'static str),
    /// Ed25519 (RFC 8410).
    Ed25519,
    /// Anything else, by its object identifier.
    Other(String),
}

/// A public key.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct PublicKey {
    /// `SubjectPublicKeyInfo`, DER.
    pub der: Vec<u8>,
    /// What kind it is.
    pub kind: KeyKind,
}

/// A PKCS#10 request (RFC 2986) whose signature has been verified.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct SigningRequest {
    /// The request, DER.
    pub der: Vec<u8>,
    /// The subject in the text form of RFC 4514.
    pub subject: String,
    /// The subject's common name.
    pub common_name: Option<String>,
    /// Host names, addresses and e-mail addresses among the subject alternative names asked for.
    pub names: Vec<String>,
    /// The key to be certified.
    pub public_key: PublicKey,
}

/// Why a signing request cannot be used.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// Neither PEM nor plain Base64.
    #[error("the signing request is not Base64")]
    NotBase64,
    /// Base64 of something that is no PKCS#10 request.
    #[error("the signing request is not a PKCS#10 structure")]
    Undecodable,
    /// Signed with an algorithm that is not supported, such as RSA with MD5.
    #[error("the signing request is signed with an unsupported algorithm")]
    Algorithm,
    /// The signature is not that of the key inside.
    #[error("the signing request is not signed by its own key")]
    Signature,
}

/// A certificate.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Certificate {
    /// The certificate, DER.
    pub der: Vec<u8>,
    /// The subject in the text form of RFC 4514.
    pub subject: String,
    /// The subject's common name.
    pub common_name: Option<String>,
    /// The issuer in the text form of RFC 4514.
    pub issuer: String,
    /// Host names, addresses and e-mail addresses among the subject alternative names.
    pub names: Vec<String>,
    /// The serial number's content octets, big-endian.
    pub serial: Vec<u8>,
    /// First instant of validity.
    pub not_before: Timestamp,
    /// Last instant of validity.
    pub not_after: Timestamp,
    /// The certified key.
    pub public_key: PublicKey,
    /// Whether it is an authority's certificate.
    pub is_ca: bool,
}

impl SigningRequest {
    /// Reads a request from PEM, or from Base64 without PEM's lines around it.
    ///
    /// An RSA key below 2,048 bits is too short for its signature to be verified; such a request
    /// is read all the same, for the vendor to refuse by [`PublicKey::kind`].
    ///
    /// # Errors
    ///
    /// One of [`RequestError`]'s kinds.
    pub fn parse(text: &str) -> Result<Self, RequestError> {
        let (read, request) = Self::decode(text)?;
        match read.public_key.kind {
            KeyKind::Rsa(bits) if bits < SHORTEST_VERIFIED => {}
            _ => verify(&request)?,
        }
        Ok(read)
    }

    /// The same without a look at the signature, for requests that are only kept.
    ///
    /// # Errors
    ///
    /// [`RequestError::NotBase64`] and [`RequestError::Undecodable`].
    pub fn parse_unverified(text: &str) -> Result<Self, RequestError> {
        Ok(Self::decode(text)?.0)
    }

    fn decode(text: &str) -> Result<(Self, CertReq), RequestError> {
        let der = from_text(text).ok_or(RequestError::NotBase64)?;
        let request = CertReq::from_der(&der).map_err(|_| RequestError::Undecodable)?;
        let public_key = PublicKey::new(&request.info.public_key);
        let read = Self {
            der,
            subject: request.info.subject.to_string(),
            common_name: common_name(&request.info.subject),
            names: names(&request).ok_or(RequestError::Undecodable)?,
            public_key: public_key.ok_or(RequestError::Undecodable)?,
        };
        Ok((read, request))
    }
}

impl Certificate {
    /// Reads a certificate; `None` when it is none, or has bytes after its end.
    pub fn parse(der: &[u8]) -> Option<Self> {
        let certificate = CertificateInner::<Raw>::from_der(der).ok()?;
        let content = certificate.tbs_certificate();
        let validity = content.validity();
        let constraints = content.get_extension::<BasicConstraints>().ok()?;
        let names = content.get_extension::<SubjectAltName>().ok()?;
        Some(Self {
            der: der.to_vec(),
            subject: content.subject().to_string(),
            common_name: common_name(content.subject()),
            issuer: content.issuer().to_string(),
            names: names.map(|(_, names)| texts(&names)).unwrap_or_default(),
            serial: content.serial_number().as_bytes().to_vec(),
            not_before: timestamp(validity.not_before.to_unix_duration().as_secs())?,
            not_after: timestamp(validity.not_after.to_unix_duration().as_secs())?,
            public_key: PublicKey::new(content.subject_public_key_info())?,
            is_ca: constraints.is_some_and(|(_, constraints)| constraints.ca),
        })
    }
}

impl PublicKey {
    /// Reads a `SubjectPublicKeyInfo`.
    pub fn parse(der: &[u8]) -> Option<Self> {
        Self::new(&SubjectPublicKeyInfoOwned::from_der(der).ok()?)
    }

    fn new(info: &SubjectPublicKeyInfoOwned) -> Option<Self> {
        let der = info.to_der().ok()?;
        let kind = match info.algorithm.oid {
            RSA_ENCRYPTION => KeyKind::Rsa(modulus_bits(info.subject_public_key.raw_bytes())?),
            ID_EC_PUBLIC_KEY => curve(info)?,
            ID_ED_25519 => KeyKind::Ed25519,
            other => KeyKind::Other(other.to_string()),
        };
        Some(Self { der, kind })
    }
}

/// Wraps DER into PEM (RFC 7468) with lines of 64 characters and a line end after the last.
pub fn to_pem(label: &str, der: &[u8]) -> String {
    let lines = EncodeConfig::new().set_line_ending(LineEnding::LF);
    pem::encode_config(&Pem::new(label, der), lines)
}

/// Reads the first PEM block, whatever its label, or Base64 without PEM's lines around it.
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    let der = if text.contains("-----BEGIN ") {
        pem::parse(text).ok()?.into_contents()
    } else {
        let compact: String = text.split_ascii_whitespace().collect();
        STANDARD.decode(compact).ok()?
    };
    (!der.is_empty()).then_some(der)
}

/// Hexadecimal digits in upper case, two for each byte, with a separator in between.
pub fn hex(bytes: &[u8], separator: &str) -> String {
    let pairs: Vec<_> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(separator)
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa(bits) => write!(f, "RSA {bits}"),
            Self::Ec(curve) => write!(f, "EC {curve}"),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::Other(oid) => f.write_str(oid),
        }
    }
}

fn verify(request: &CertReq) -> Result<(), RequestError> {
    let undecodable = |_| RequestError::Undecodable;
    let signed = request.info.to_der().map_err(undecodable)?;
    let identifier = value_octets(&request.algorithm.to_der().map_err(undecodable)?);
    let key = &request.info.public_key;
    let key_identifier = value_octets(&key.algorithm.to_der().map_err(undecodable)?);
    let provider = provider::default_provider();
    let algorithm = provider
        .signature_verification_algorithms
        .all
        .iter()
        .find(|algorithm| {
            algorithm.signature_alg_id().as_ref() == identifier
                && algorithm.public_key_alg_id().as_ref() == key_identifier
        });
    let public_key = key.subject_public_key.raw_bytes();
    let signature = request.signature.raw_bytes();
    let verified = match algorithm {
        Some(algorithm) => algorithm
            .verify_signature(public_key, &signed, signature)
            .is_ok(),
        None if request.algorithm.oid == SHA_1_WITH_RSA_ENCRYPTION => {
            UnparsedPublicKey::new(LEGACY, public_key)
                .verify(&signed, signature)
                .is_ok()
        }
        None => return Err(RequestError::Algorithm),
    };
    match verified {
        true => Ok(()),
        false => Err(RequestError::Signature),
    }
}

/// Vendors still take it in requests, where nothing but the possession of the key hangs on it.
static LEGACY: &RsaParameters = &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY;

/// The content of an `AlgorithmIdentifier`, without the tag and length of its sequence.
fn value_octets(sequence: &[u8]) -> Vec<u8> {
    der::asn1::AnyRef::from_der(sequence)
        .map(|any| any.value().to_vec())
        .unwrap_or_default()
}

#[derive(Sequence)]
struct RsaPublicKey {
    modulus: Uint,
    exponent: Uint,
}

fn modulus_bits(key: &[u8]) -> Option<usize> {
    let key = RsaPublicKey::from_der(key).ok()?;
    let octets = key.modulus.as_bytes();
    let leading = octets.first()?.leading_zeros() as usize;
    (!key.exponent.as_bytes().is_empty()).then_some(octets.len() * 8 - leading)
}

fn curve(info: &SubjectPublicKeyInfoOwned) -> Option<KeyKind> {
    let curve: ObjectIdentifier = info.algorithm.parameters.as_ref()?.decode_as().ok()?;
    Some(match curve {
        SECP_256_R_1 => KeyKind::Ec("P-256"),
        SECP_384_R_1 => KeyKind::Ec("P-384"),
        SECP_521_R_1 => KeyKind::Ec("P-521"),
        other => KeyKind::Other(other.to_string()),
    })
}

fn common_name(name: &Name) -> Option<String> {
    let name = name.common_name().ok()??;
    Some(name.value().into_owned())
}

/// The names in a request's extensions; `None` when those cannot be read.
fn names(request: &CertReq) -> Option<Vec<String>> {
    let mut attributes = request.info.attributes.iter();
    let Some(asked) = attributes.find(|attribute| attribute.oid == ExtensionReq::OID) else {
        return Some(Vec::new());
    };
    let asked: ExtensionReq = asked.values.iter().next()?.decode_as().ok()?;
    let mut extensions = asked.0.iter();
    let found = extensions.find(|extension| extension.extn_id == SubjectAltName::OID);
    let Some(extension) = found else {
        return Some(Vec::new());
    };
    let names = SubjectAltName::from_der(extension.extn_value.as_bytes());
    Some(texts(&names.ok()?))
}

fn texts(names: &SubjectAltName) -> Vec<String> {
    let text = |name: &GeneralName| match name {
        GeneralName::DnsName(host) => Some(host.to_string()),
        GeneralName::Rfc822Name(address) => Some(address.to_string()),
        GeneralName::IpAddress(octets) => address(octets.as_bytes()),
        _ => None,
    };
    names.0.iter().filter_map(text).collect()
}

fn address(octets: &[u8]) -> Option<String> {
    match octets.len() {
        4 => Some(std::net::Ipv4Addr::from(<[u8; 4]>::try_from(octets).ok()?).to_string()),
        16 => Some(std::net::Ipv6Addr::from(<[u8; 16]>::try_from(octets).ok()?).to_string()),
        _ => None,
    }
}

fn timestamp(seconds: u64) -> Option<Timestamp> {
    let seconds = i64::try_from(seconds).ok()?;
    // X.509's "no expiry" lies two hours behind the last instant that a timestamp can hold.
    Some(Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX))
}
