use std::fmt;
use std::hash::{Hash, Hasher};
use std::net::IpAddr;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use super::algorithm::{KeyKind, SignatureAlgorithm, public_key_kind};
use super::extension::Extension;
use super::general_name::GeneralName;
use super::name::Name;
use super::time::x509_time;
use crate::asn1::pem::{Input, wrong_label};
use crate::asn1::{DecodeError, DecodeErrorKind, ObjectIdentifier, PemBlock, Reader, tag};
use crate::values::{Encodable, Fingerprint, SerialNumber, Time};

/// An X.509 certificate (RFC 5280).
///
/// Reading is lenient where the field is: version 1, serial numbers that are zero, negative or
/// too long, mislabelled strings, an empty subject and unknown algorithms are taken as they are.
/// The bytes are kept as they came, so fingerprints and signatures stay valid. Reading verifies
/// nothing: not the signature, not the dates, not the issuer.
///
/// Cloning is cheap. Two certificates are equal if their bytes are.
///
/// ```
/// use cert_core::{Certificate, KeyKind};
///
/// let pem = include_str!("../../tests/fixtures/certificate/leaf.pem");
/// let certificate = Certificate::from_pem(pem)?;
/// assert_eq!(certificate.subject().common_name(), Some("host-0001.example.com"));
/// assert_eq!(certificate.key_kind(), &KeyKind::Rsa(2048));
/// assert_eq!(certificate.to_pem(), pem);
/// # Ok::<(), cert_core::DecodeError>(())
/// ```
#[doc(alias("x509", "crt", "cer", "pem"))]
#[derive(Clone)]
pub struct Certificate(Arc<Contents>);

struct Contents {
    der: Arc<[u8]>,
    version: u8,
    serial: SerialNumber,
    signature_algorithm: SignatureAlgorithm,
    issuer: Name,
    not_before: Time,
    not_after: Time,
    subject: Name,
    public_key: Range<usize>,
    key_kind: KeyKind,
    extensions: Vec<Extension>,
    subject_alternative_names: Vec<GeneralName>,
    is_ca: bool,
}

impl Certificate {
    /// Reads one certificate from DER.
    ///
    /// # Errors
    /// If the bytes are cut short, or are not the structure of a certificate; the error names the
    /// field and its position.
    pub fn from_der(der: &[u8]) -> Result<Self, DecodeError> {
        Contents::read(der)
            .map(|contents| Self(Arc::new(contents)))
            .map_err(|error| error.within(Self::NAME))
    }

    /// Reads the one certificate of a PEM text; blocks of other kinds, such as a private key, may
    /// stand beside it.
    ///
    /// # Errors
    /// If there is no certificate, if there are several (see [`Self::all_from_pem`]), or if it
    /// cannot be read.
    pub fn from_pem(pem: &str) -> Result<Self, DecodeError> {
        PemBlock::all(pem)
            .and_then(|blocks| Self::one_of(&blocks))
            .map_err(|error| error.within(Self::NAME))
    }

    /// Reads every certificate of a PEM text, in order, leaving out blocks of other kinds.
    ///
    /// # Errors
    /// If there is none, or if one of them cannot be read; the error counts the blocks from 1.
    pub fn all_from_pem(pem: &str) -> Result<Vec<Self>, DecodeError> {
        PemBlock::all(pem)
            .and_then(|blocks| Self::all_of(&blocks))
            .map_err(|error| error.within(Self::NAME))
    }

    /// Reads one certificate from PEM, DER or bare base64, whichever it is.
    ///
    /// # Errors
    /// If the bytes are none of these, or as in [`Self::from_pem`] and [`Self::from_der`].
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        match Input::detect(bytes).map_err(|error| error.within(Self::NAME))? {
            Input::Der(der) => Self::from_der(&der),
            Input::Blocks(blocks) => Self::one_of(&blocks).map_err(|e| e.within(Self::NAME)),
        }
    }

    /// The certificate in PEM.
    #[must_use]
    pub fn to_pem(&self) -> String {
        PemBlock::new(LABELS[0], self.as_der()).to_string()
    }

    /// The bytes of the certificate, as they were read.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.0.der
    }

    /// The version as people count it: 1, 2 or 3.
    #[must_use]
    pub fn version(&self) -> u8 {
        self.0.version
    }

    /// The serial number that the issuer gave.
    #[must_use]
    pub fn serial(&self) -> &SerialNumber {
        &self.0.serial
    }

    /// Subject of the certificate; possibly empty.
    #[must_use]
    pub fn subject(&self) -> &Name {
        &self.0.subject
    }

    /// Issuer of the certificate.
    #[must_use]
    pub fn issuer(&self) -> &Name {
        &self.0.issuer
    }

    /// The alternative names of the subject; none if the certificate has no such extension.
    #[doc(alias = "san")]
    #[must_use]
    pub fn subject_alternative_names(&self) -> &[GeneralName] {
        &self.0.subject_alternative_names
    }

    /// The host names among the alternative names.
    pub fn dns_names(&self) -> impl Iterator<Item = &str> {
        self.0
            .subject_alternative_names
            .iter()
            .filter_map(GeneralName::as_dns)
    }

    /// The first moment of its validity.
    #[doc(alias("valid from", "validFrom"))]
    #[must_use]
    pub fn not_before(&self) -> &Time {
        &self.0.not_before
    }

    /// The last moment of its validity.
    #[doc(alias("expires", "expiry", "valid until", "validTo"))]
    #[must_use]
    pub fn not_after(&self) -> &Time {
        &self.0.not_after
    }

    /// The kind of its key.
    #[must_use]
    pub fn key_kind(&self) -> &KeyKind {
        &self.0.key_kind
    }

    /// The DER of its `SubjectPublicKeyInfo`.
    #[must_use]
    pub fn public_key_der(&self) -> &[u8] {
        &self.0.der[self.0.public_key.clone()]
    }

    /// Algorithm of the issuer's signature.
    #[must_use]
    pub fn signature_algorithm(&self) -> &SignatureAlgorithm {
        &self.0.signature_algorithm
    }

    /// Whether the basic constraints say that the certificate may sign others. False where they are
    /// missing, as in every certificate of version 1.
    #[must_use]
    pub fn is_ca(&self) -> bool {
        self.0.is_ca
    }

    /// Whether subject and issuer are the same name, as in every root.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.subject().matches_in_order(self.issuer())
    }

    /// Whether the certificate is for this host: by its DNS names, where `*` stands for one whole
    /// label at the left, or its IP addresses (RFC 9525, 6). The common name does not count. Give
    /// an international name in its ASCII form.
    #[doc(alias = "matches hostname")]
    #[must_use]
    pub fn covers_host(&self, host: &str) -> bool {
        let address: Result<IpAddr, _> = host.trim_matches(['[', ']']).parse();
        self.subject_alternative_names()
            .iter()
            .any(|name| match (name, &address) {
                (GeneralName::Ip(own), Ok(address)) => own == address,
                (GeneralName::Dns(pattern), Err(_)) => covers(pattern, host),
                _ => false,
            })
    }

    /// The identifier of its key (RFC 5280, 4.2.1.2); none if it is missing or malformed.
    #[must_use]
    pub fn subject_key_identifier(&self) -> Option<&[u8]> {
        let extension = self.extension(&Extension::SUBJECT_KEY_IDENTIFIER)?;
        Some(
            Reader::single(extension.value(), tag::OCTET_STRING)
                .ok()?
                .content,
        )
    }

    /// The identifier of its issuer's key (RFC 5280, 4.2.1.1); none if it is missing or malformed.
    #[must_use]
    pub fn authority_key_identifier(&self) -> Option<&[u8]> {
        let extension = self.extension(&Extension::AUTHORITY_KEY_IDENTIFIER)?;
        let mut fields = Reader::single(extension.value(), tag::SEQUENCE)
            .ok()?
            .reader();
        Some(fields.optional(tag::context(0)).ok()??.content)
    }

    /// All extensions, in order.
    #[must_use]
    pub fn extensions(&self) -> &[Extension] {
        &self.0.extensions
    }

    /// The first extension of this kind.
    #[must_use]
    pub fn extension(&self, id: &ObjectIdentifier) -> Option<&Extension> {
        self.0
            .extensions
            .iter()
            .find(|extension| extension.id() == id)
    }

    /// The SHA-1 fingerprint, by which many systems still look certificates up.
    #[doc(alias = "thumbprint")]
    #[must_use]
    pub fn sha1_fingerprint(&self) -> Fingerprint {
        Fingerprint::sha1_of(self.as_der())
    }

    /// The SHA-256 fingerprint.
    #[doc(alias = "thumbprint")]
    #[must_use]
    pub fn sha256_fingerprint(&self) -> Fingerprint {
        Fingerprint::sha256_of(self.as_der())
    }

    fn one_of(blocks: &[PemBlock]) -> Result<Self, DecodeError> {
        let mut all = Self::all_of(blocks)?;
        match all.len() {
            1 => Ok(all.remove(0)),
            several => Err(DecodeError::new(DecodeErrorKind::Several(several))),
        }
    }

    fn all_of(blocks: &[PemBlock]) -> Result<Vec<Self>, DecodeError> {
        let certificates: Vec<_> = blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| LABELS.contains(&block.label()))
            .map(|(index, block)| Self::from_block(block).map_err(|e| e.in_block(index + 1)))
            .collect::<Result<_, _>>()?;
        if certificates.is_empty() {
            Err(wrong_label(&LABELS, blocks))
        } else {
            Ok(certificates)
        }
    }

    fn from_block(block: &PemBlock) -> Result<Self, DecodeError> {
        if block.label() != TRUSTED {
            return Self::from_der(block.contents());
        }
        // OpenSSL appends its trust settings to the certificate.
        let first = Reader::new(block.contents()).field(tag::SEQUENCE, "Certificate")?;
        Self::from_der(first.raw)
    }
}

impl Encodable for Certificate {
    const NAME: &'static str = "certificate";

    fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        Self::parse(bytes)
    }

    fn to_text(&self) -> String {
        self.to_pem()
    }
}

impl FromStr for Certificate {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        Self::parse(text.as_bytes())
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.as_der() == other.as_der()
    }
}

impl Eq for Certificate {}

impl Hash for Certificate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_der().hash(state);
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("subject", self.subject())
            .field("issuer", self.issuer())
            .field("serial", self.serial())
            .field("not_after", self.not_after())
            .finish_non_exhaustive()
    }
}

const TRUSTED: &str = "TRUSTED CERTIFICATE";
const LABELS: [&str; 3] = ["CERTIFICATE", "X509 CERTIFICATE", TRUSTED];

impl Contents {
    fn read(der: &[u8]) -> Result<Self, DecodeError> {
        let whole: Arc<[u8]> = der.into();
        let mut outer = Reader::single(der, tag::SEQUENCE)?.reader();
        let tbs = outer.field(tag::SEQUENCE, "tbsCertificate")?;
        let signature_algorithm = outer.field(tag::SEQUENCE, "signatureAlgorithm")?;
        outer.field(tag::BIT_STRING, "signatureValue")?;
        outer.finish()?;

        let mut fields = tbs.reader();
        let version = read_version(&mut fields)?;
        let serial = fields.field(tag::INTEGER, "serialNumber")?;
        fields.field(tag::SEQUENCE, "signature")?;
        let issuer = fields.field(tag::SEQUENCE, "issuer")?;
        let mut validity = fields.field(tag::SEQUENCE, "validity")?.reader();
        let not_before = validity.any("notBefore")?;
        let not_after = validity.any("notAfter")?;
        let subject = fields.field(tag::SEQUENCE, "subject")?;
        let public_key = fields.field(tag::SEQUENCE, "subjectPublicKeyInfo")?;
        let extensions = read_extensions(&mut fields, &whole)?;

        Ok(Self {
            der: whole,
            version,
            serial: SerialNumber::from_bytes(serial.content),
            signature_algorithm: SignatureAlgorithm::from_element(&signature_algorithm)?,
            issuer: Name::from_element(&issuer).map_err(|error| error.in_field("issuer"))?,
            not_before: x509_time(&not_before),
            not_after: x509_time(&not_after),
            subject: Name::from_element(&subject).map_err(|error| error.in_field("subject"))?,
            public_key: public_key.range(),
            key_kind: public_key_kind(&public_key)?,
            subject_alternative_names: Extension::alternative_names(&extensions)?,
            is_ca: Extension::is_ca(&extensions)?,
            extensions,
        })
    }
}

fn covers(pattern: &str, host: &str) -> bool {
    let pattern = pattern.trim_end_matches('.');
    let host = host.trim_end_matches('.');
    if pattern.eq_ignore_ascii_case(host) {
        return !host.is_empty();
    }
    let parent = pattern
        .strip_prefix("*.")
        .filter(|parent| parent.contains('.'));
    match (parent, host.split_once('.')) {
        (Some(parent), Some((label, rest))) => {
            !label.is_empty() && parent.eq_ignore_ascii_case(rest)
        }
        _ => false,
    }
}

fn read_version(fields: &mut Reader<'_>) -> Result<u8, DecodeError> {
    let Some(version) = fields.optional(tag::context_constructed(0))? else {
        return Ok(1);
    };
    let number = version
        .reader()
        .field(tag::INTEGER, "version")?
        .unsigned()?;
    match number {
        0..=2 => Ok(number as u8 + 1),
        _ => Err(DecodeError::invalid("no such X.509 version").in_field("version")),
    }
}

fn read_extensions(
    fields: &mut Reader<'_>,
    whole: &Arc<[u8]>,
) -> Result<Vec<Extension>, DecodeError> {
    while let Some(field) = fields.next()? {
        if field.tag == tag::context_constructed(3) {
            let list = field.reader().field(tag::SEQUENCE, "extensions")?;
            return Extension::read_all(&list, whole);
        }
    }
    Ok(Vec::new())
}
