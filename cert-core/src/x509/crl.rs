use std::fmt;
use std::sync::Arc;

use super::algorithm::SignatureAlgorithm;
use super::certificate::Certificate;
use super::extension::Extension;
use super::name::Name;
use super::time::x509_time;
use crate::asn1::oid::oid;
use crate::asn1::pem::Input;
use crate::asn1::{DecodeError, Element, ObjectIdentifier, PemBlock, Reader, tag};
use crate::values::{Encodable, RevocationReason, SerialNumber, Time};

/// A certificate revocation list (RFC 5280, 5).
///
/// Reading verifies nothing, neither signature nor dates. Cloning is cheap.
///
/// ```
/// use cert_core::{CertificateRevocationList, RevocationReason, SerialNumber};
///
/// let pem = include_str!("../../tests/fixtures/crl/list.pem");
/// let list = CertificateRevocationList::parse(pem.as_bytes())?;
/// let revoked = list.find(&SerialNumber::from("1001")).expect("it is on the list");
/// assert_eq!(revoked.reason(), Some(RevocationReason::KeyCompromise));
/// assert!(list.find(&SerialNumber::from("1000")).is_none());
/// # Ok::<(), cert_core::DecodeError>(())
/// ```
#[doc(alias("crl", "revocation list"))]
#[derive(Clone)]
pub struct CertificateRevocationList(Arc<Contents>);

struct Contents {
    der: Arc<[u8]>,
    signature_algorithm: SignatureAlgorithm,
    issuer: Name,
    this_update: Time,
    next_update: Option<Time>,
    entries: Vec<RevokedCertificate>,
    extensions: Vec<Extension>,
    number: Option<SerialNumber>,
}

impl CertificateRevocationList {
    /// Reads a list from DER.
    ///
    /// # Errors
    /// If the bytes are cut short, or are not the structure of a revocation list; the error names
    /// the field and its position.
    pub fn from_der(der: &[u8]) -> Result<Self, DecodeError> {
        Contents::read(der)
            .map(|contents| Self(Arc::new(contents)))
            .map_err(|error| error.within(Self::NAME))
    }

    /// Reads a list from PEM, DER or bare base64, whichever it is.
    ///
    /// # Errors
    /// If the bytes are none of these, or as in [`Self::from_der`].
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        let der = Input::detect(bytes)
            .and_then(|input| input.one(&LABELS))
            .map_err(|error| error.within(Self::NAME))?;
        Self::from_der(&der)
    }

    /// The list in PEM.
    #[must_use]
    pub fn to_pem(&self) -> String {
        PemBlock::new(LABELS[0], self.as_der()).to_string()
    }

    /// The bytes of the list, as they were read.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.0.der
    }

    /// Issuer of the list.
    #[must_use]
    pub fn issuer(&self) -> &Name {
        &self.0.issuer
    }

    /// Time at which the list was made.
    #[must_use]
    pub fn this_update(&self) -> &Time {
        &self.0.this_update
    }

    /// Time at which the next list is due at the latest.
    #[must_use]
    pub fn next_update(&self) -> Option<&Time> {
        self.0.next_update.as_ref()
    }

    /// Number of the list (RFC 5280, 5.2.3), which grows from list to list.
    #[must_use]
    pub fn number(&self) -> Option<&SerialNumber> {
        self.0.number.as_ref()
    }

    /// Whether the list holds only the changes since an earlier one (RFC 5280, 5.2.4): a
    /// certificate that is not on it may be revoked all the same.
    #[must_use]
    pub fn is_delta(&self) -> bool {
        self.0
            .extensions
            .iter()
            .any(|extension| *extension.id() == DELTA_CRL_INDICATOR)
    }

    /// The revoked certificates in the order of the list.
    #[must_use]
    pub fn entries(&self) -> &[RevokedCertificate] {
        &self.0.entries
    }

    /// The last entry for this serial number, whatever its issuer.
    #[must_use]
    pub fn find(&self, serial: &SerialNumber) -> Option<&RevokedCertificate> {
        self.0
            .entries
            .iter()
            .rev()
            .find(|entry| entry.serial == *serial)
    }

    /// Whether the list is its issuer's and holds the certificate, and not merely to take it off
    /// hold (`removeFromCRL`).
    #[doc(alias = "is revoked")]
    #[must_use]
    pub fn revokes(&self, certificate: &Certificate) -> bool {
        certificate.issuer().matches_in_order(self.issuer())
            && self
                .find(certificate.serial())
                .is_some_and(|entry| entry.reason() != Some(RevocationReason::RemoveFromCrl))
    }

    /// Algorithm of the list's signature.
    #[must_use]
    pub fn signature_algorithm(&self) -> &SignatureAlgorithm {
        &self.0.signature_algorithm
    }

    /// The extensions of the list itself.
    #[must_use]
    pub fn extensions(&self) -> &[Extension] {
        &self.0.extensions
    }
}

impl Encodable for CertificateRevocationList {
    const NAME: &'static str = "certificate revocation list";

    fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        Self::parse(bytes)
    }

    fn to_text(&self) -> String {
        self.to_pem()
    }
}

impl PartialEq for CertificateRevocationList {
    fn eq(&self, other: &Self) -> bool {
        self.as_der() == other.as_der()
    }
}

impl Eq for CertificateRevocationList {}

impl fmt::Debug for CertificateRevocationList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CertificateRevocationList")
            .field("issuer", self.issuer())
            .field("this_update", self.this_update())
            .field("entries", &self.entries().len())
            .finish_non_exhaustive()
    }
}

/// One entry of a [`CertificateRevocationList`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RevokedCertificate {
    serial: SerialNumber,
    revocation_date: Time,
    reason: Option<RevocationReason>,
    /// Rare, and there are many entries.
    invalidity_date: Option<Box<Time>>,
}

impl RevokedCertificate {
    /// The serial number.
    #[must_use]
    pub fn serial(&self) -> &SerialNumber {
        &self.serial
    }

    /// Time of the revocation by the issuer.
    #[must_use]
    pub fn revocation_date(&self) -> &Time {
        &self.revocation_date
    }

    /// Reason of the revocation, if the list says so.
    #[must_use]
    pub fn reason(&self) -> Option<RevocationReason> {
        self.reason
    }

    /// Since when its key is believed to be lost, if the list says so.
    #[must_use]
    pub fn invalidity_date(&self) -> Option<&Time> {
        self.invalidity_date.as_deref()
    }

    fn read(element: &Element<'_>, whole: &Arc<[u8]>) -> Result<Self, DecodeError> {
        let mut fields = element.reader();
        let serial = fields.field(tag::INTEGER, "userCertificate")?;
        let revocation_date = fields.any("revocationDate")?;
        let mut entry = Self {
            serial: SerialNumber::from_bytes(serial.content),
            revocation_date: x509_time(&revocation_date),
            reason: None,
            invalidity_date: None,
        };
        if let Some(extensions) = fields.next()? {
            for extension in Extension::read_all(&extensions.of_tag(tag::SEQUENCE)?, whole)? {
                entry.apply(&extension)?;
            }
        }
        Ok(entry)
    }

    fn apply(&mut self, extension: &Extension) -> Result<(), DecodeError> {
        if *extension.id() == REASON_CODE {
            let code = Reader::single(extension.value(), tag::ENUMERATED)
                .and_then(|code| code.unsigned())
                .map_err(|error| error.in_field("reasonCode"))?;
            self.reason = i64::try_from(code).ok().map(RevocationReason::from_code);
        }
        if *extension.id() == INVALIDITY_DATE {
            let date = Reader::new(extension.value()).any("invalidityDate")?;
            self.invalidity_date = Some(Box::new(x509_time(&date)));
        }
        Ok(())
    }
}

const LABELS: [&str; 2] = ["X509 CRL", "CRL"];
const CRL_NUMBER: ObjectIdentifier = oid!("2.5.29.20");
const REASON_CODE: ObjectIdentifier = oid!("2.5.29.21");
const INVALIDITY_DATE: ObjectIdentifier = oid!("2.5.29.24");
const DELTA_CRL_INDICATOR: ObjectIdentifier = oid!("2.5.29.27");

impl Contents {
    fn read(der: &[u8]) -> Result<Self, DecodeError> {
        let whole: Arc<[u8]> = der.into();
        let mut outer = Reader::single(der, tag::SEQUENCE)?.reader();
        let tbs = outer.field(tag::SEQUENCE, "tbsCertList")?;
        let signature_algorithm = outer.field(tag::SEQUENCE, "signatureAlgorithm")?;
        outer.field(tag::BIT_STRING, "signatureValue")?;
        outer.finish()?;

        let mut fields = tbs.reader();
        fields.optional(tag::INTEGER)?;
        fields.field(tag::SEQUENCE, "signature")?;
        let issuer = fields.field(tag::SEQUENCE, "issuer")?;
        let this_update = x509_time(&fields.any("thisUpdate")?);
        let next_update = match fields.optional(tag::UTC_TIME)? {
            Some(time) => Some(time),
            None => fields.optional(tag::GENERALIZED_TIME)?,
        };
        let entries = read_entries(fields.optional(tag::SEQUENCE)?.as_ref(), &whole)?;
        let extensions = match fields.optional(tag::context_constructed(0))? {
            Some(tagged) => {
                let list = tagged.reader().field(tag::SEQUENCE, "crlExtensions")?;
                Extension::read_all(&list, &whole)?
            }
            None => Vec::new(),
        };
        Ok(Self {
            der: whole,
            signature_algorithm: SignatureAlgorithm::from_element(&signature_algorithm)?,
            issuer: Name::from_element(&issuer).map_err(|error| error.in_field("issuer"))?,
            this_update,
            next_update: next_update.as_ref().map(x509_time),
            entries,
            number: read_number(&extensions)?,
            extensions,
        })
    }
}

fn read_entries(
    list: Option<&Element<'_>>,
    whole: &Arc<[u8]>,
) -> Result<Vec<RevokedCertificate>, DecodeError> {
    let Some(list) = list else {
        return Ok(Vec::new());
    };
    let read = |entry: Element<'_>| RevokedCertificate::read(&entry.of_tag(tag::SEQUENCE)?, whole);
    list.reader().each(read)
}

fn read_number(extensions: &[Extension]) -> Result<Option<SerialNumber>, DecodeError> {
    let number = extensions
        .iter()
        .find(|extension| *extension.id() == CRL_NUMBER);
    number
        .map(|number| Reader::single(number.value(), tag::INTEGER))
        .transpose()
        .map(|number| number.map(|number| SerialNumber::from_bytes(number.content)))
        .map_err(|error| error.in_field("cRLNumber"))
}
