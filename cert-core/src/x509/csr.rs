use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use super::algorithm::{KeyKind, SignatureAlgorithm, public_key_kind};
use super::extension::Extension;
use super::general_name::GeneralName;
use super::name::Name;
use crate::asn1::oid::oid;
use crate::asn1::pem::Input;
use crate::asn1::{DecodeError, Element, ObjectIdentifier, PemBlock, Reader, tag};
use crate::values::Encodable;

/// A certificate signing request (PKCS#10, RFC 2986).
///
/// ```
/// use cert_core::{CertificateSigningRequest, GeneralName};
///
/// let pem = include_str!("../../tests/fixtures/csr/rsa.pem");
/// let request = CertificateSigningRequest::from_pem(pem)?;
/// assert_eq!(request.subject().common_name(), Some("host-0001.example.com"));
/// let name = GeneralName::Dns("host-0001.example.com".to_owned());
/// assert!(request.subject_alternative_names().contains(&name));
/// # Ok::<(), cert_core::DecodeError>(())
/// ```
#[doc(alias("csr", "pkcs10", "p10", "certification request"))]
#[derive(Clone)]
pub struct CertificateSigningRequest(Arc<Contents>);

struct Contents {
    der: Arc<[u8]>,
    subject: Name,
    public_key: Range<usize>,
    key_kind: KeyKind,
    signature_algorithm: SignatureAlgorithm,
    extensions: Vec<Extension>,
    subject_alternative_names: Vec<GeneralName>,
}

impl CertificateSigningRequest {
    /// Reads a request from DER.
    ///
    /// # Errors
    /// If the bytes are cut short, or are not the structure of a request; the error names the
    /// field and its position.
    pub fn from_der(der: &[u8]) -> Result<Self, DecodeError> {
        Contents::read(der)
            .map(|contents| Self(Arc::new(contents)))
            .map_err(|error| error.within(Self::NAME))
    }

    /// Reads the one request of a PEM text, under either label that is in use
    /// (`CERTIFICATE REQUEST`, `NEW CERTIFICATE REQUEST`).
    ///
    /// # Errors
    /// If there is none, if there are several, or if it cannot be read.
    pub fn from_pem(pem: &str) -> Result<Self, DecodeError> {
        Self::parse(pem.as_bytes())
    }

    /// Reads a request from PEM, DER or bare base64, whichever it is.
    ///
    /// # Errors
    /// If the bytes are none of these, or as in [`Self::from_der`].
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        let der = Input::detect(bytes)
            .and_then(|input| input.one(&LABELS))
            .map_err(|error| error.within(Self::NAME))?;
        Self::from_der(&der)
    }

    /// The request in PEM.
    #[must_use]
    pub fn to_pem(&self) -> String {
        PemBlock::new(LABELS[0], self.as_der()).to_string()
    }

    /// The bytes of the request, as they were read.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.0.der
    }

    /// Subject of the certificate to be issued; possibly empty.
    #[must_use]
    pub fn subject(&self) -> &Name {
        &self.0.subject
    }

    /// The alternative names that are asked for.
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

    /// The extensions that are asked for.
    #[must_use]
    pub fn extensions(&self) -> &[Extension] {
        &self.0.extensions
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

    /// Algorithm of the request's signature.
    #[must_use]
    pub fn signature_algorithm(&self) -> &SignatureAlgorithm {
        &self.0.signature_algorithm
    }
}

impl Encodable for CertificateSigningRequest {
    const NAME: &'static str = "certificate signing request";

    fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        Self::parse(bytes)
    }

    fn to_text(&self) -> String {
        self.to_pem()
    }
}

impl FromStr for CertificateSigningRequest {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        Self::parse(text.as_bytes())
    }
}

impl PartialEq for CertificateSigningRequest {
    fn eq(&self, other: &Self) -> bool {
        self.as_der() == other.as_der()
    }
}

impl Eq for CertificateSigningRequest {}

impl fmt::Debug for CertificateSigningRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CertificateSigningRequest")
            .field("subject", self.subject())
            .field("key_kind", self.key_kind())
            .finish_non_exhaustive()
    }
}

const LABELS: [&str; 2] = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"];
pub(crate) const EXTENSION_REQUEST: ObjectIdentifier = oid!("1.2.840.113549.1.9.14");
const MICROSOFT_EXTENSION_REQUEST: ObjectIdentifier = oid!("1.3.6.1.4.1.311.2.1.14");

impl Contents {
    fn read(der: &[u8]) -> Result<Self, DecodeError> {
        let whole: Arc<[u8]> = der.into();
        let mut outer = Reader::single(der, tag::SEQUENCE)?.reader();
        let info = outer.field(tag::SEQUENCE, "certificationRequestInfo")?;
        let signature_algorithm = outer.field(tag::SEQUENCE, "signatureAlgorithm")?;
        outer.field(tag::BIT_STRING, "signature")?;
        outer.finish()?;

        let mut fields = info.reader();
        fields.field(tag::INTEGER, "version")?;
        let subject = fields.field(tag::SEQUENCE, "subject")?;
        let public_key = fields.field(tag::SEQUENCE, "subjectPKInfo")?;
        // Some writers leave the attributes out where they have none.
        let extensions = match fields.optional(tag::context_constructed(0))? {
            Some(attributes) => requested_extensions(&attributes, &whole)?,
            None => Vec::new(),
        };

        Ok(Self {
            der: whole,
            subject: Name::from_element(&subject).map_err(|error| error.in_field("subject"))?,
            public_key: public_key.range(),
            key_kind: public_key_kind(&public_key)?,
            signature_algorithm: SignatureAlgorithm::from_element(&signature_algorithm)?,
            subject_alternative_names: Extension::alternative_names(&extensions)?,
            extensions,
        })
    }
}

fn requested_extensions(
    attributes: &Element<'_>,
    whole: &Arc<[u8]>,
) -> Result<Vec<Extension>, DecodeError> {
    let mut attributes = attributes.reader();
    while let Some(attribute) = attributes.next()? {
        let mut fields = attribute.of_tag(tag::SEQUENCE)?.reader();
        let kind = fields
            .field(tag::OBJECT_IDENTIFIER, "attributes")?
            .object_identifier()?;
        if kind == EXTENSION_REQUEST || kind == MICROSOFT_EXTENSION_REQUEST {
            let values = fields.field(tag::SET, "extensionRequest")?;
            let extensions = values.reader().field(tag::SEQUENCE, "extensionRequest")?;
            return Extension::read_all(&extensions, whole);
        }
    }
    Ok(Vec::new())
}
