use std::fmt;

use crate::asn1::oid::{oid, unsupported};
use crate::asn1::pem::{Input, wrong_label};
use crate::asn1::{
    DecodeError, DecodeErrorKind, Element, ObjectIdentifier, PemBlock, Reader, first_inner_tag,
    tag, to_definite, writer,
};
use crate::values::Encodable;
use crate::x509::{Certificate, CertificateRevocationList};

/// A bundle of certificates in a PKCS#7 `SignedData` without signers (RFC 2315, 9; RFC 5652, 5),
/// the form that `.p7b` files have.
///
/// Read from DER or BER, from PEM labelled `PKCS7`, `CMS` or `CERTIFICATE`, or from bare base64.
/// Certificates keep the order of the file, which means nothing: DER sorts them. See
/// [`CertificateChain`](crate::CertificateChain) for an order that does.
///
/// ```
/// use cert_core::{Certificate, Pkcs7};
///
/// let root = Certificate::from_pem(include_str!("../../tests/fixtures/certificate/root.pem"))?;
/// let bundle = Pkcs7::from_certificates([&root])?;
/// assert_eq!(Pkcs7::parse(bundle.to_pem().as_bytes())?.certificates(), [root]);
/// # Ok::<(), cert_core::DecodeError>(())
/// ```
#[doc(alias("p7b", "p7c", "p7s", "cms", "bundle", "SignedData"))]
#[derive(Clone, PartialEq, Eq)]
pub struct Pkcs7 {
    der: Vec<u8>,
    certificates: Vec<Certificate>,
    crls: Vec<CertificateRevocationList>,
}

impl Pkcs7 {
    /// Reads a bundle from DER or BER.
    ///
    /// # Errors
    /// If the bytes are cut short, or are no `SignedData`, or a certificate in it cannot be read.
    pub fn from_der(der: &[u8]) -> Result<Self, DecodeError> {
        Self::read(der).map_err(|error| error.within(Self::NAME))
    }

    /// Reads a bundle from PEM, DER, BER or bare base64, whichever it is.
    ///
    /// # Errors
    /// If the bytes are none of these, or as in [`Self::from_der`].
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        let der = Input::detect(bytes)
            .and_then(|input| input.one(&LABELS))
            .map_err(|error| error.within(Self::NAME))?;
        Self::from_der(&der)
    }

    /// Makes a bundle, the certificates in the order of DER.
    ///
    /// # Errors
    /// If they have more than four gigabytes together.
    pub fn from_certificates<'a>(
        certificates: impl IntoIterator<Item = &'a Certificate>,
    ) -> Result<Self, DecodeError> {
        let mut certificates: Vec<_> = certificates.into_iter().cloned().collect();
        certificates.sort_by(|one, other| one.as_der().cmp(other.as_der()));
        Ok(Self {
            der: signed_data(&certificates)?,
            certificates,
            crls: Vec::new(),
        })
    }

    /// The certificates in the order of the file.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The revocation lists in the order of the file.
    #[must_use]
    pub fn revocation_lists(&self) -> &[CertificateRevocationList] {
        &self.crls
    }

    /// The bytes as they were read, or in DER if the bundle was made here.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// The bundle in PEM, labelled `PKCS7`.
    #[must_use]
    pub fn to_pem(&self) -> String {
        PemBlock::new(LABELS[0], self.der.as_slice()).to_string()
    }

    /// The certificates of whatever bundle this is: PEM certificates, or PKCS#7 in any encoding.
    pub(crate) fn parse_bundle(bytes: &[u8]) -> Result<Vec<Certificate>, DecodeError> {
        let blocks = match Input::detect(bytes)? {
            Input::Der(der) => return read_either(&der),
            Input::Blocks(blocks) => blocks,
        };
        let mut certificates = Vec::new();
        let fitting = |block: &&PemBlock| LABELS.contains(&block.label());
        for (index, block) in blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| fitting(block))
        {
            let read = read_either(block.contents()).map_err(|e| e.in_block(index + 1))?;
            certificates.extend(read);
        }
        match certificates.is_empty() {
            true => Err(wrong_label(&["CERTIFICATE"], &blocks)),
            false => Ok(certificates),
        }
    }

    fn read(ber: &[u8]) -> Result<Self, DecodeError> {
        let der = to_definite(ber)?;
        let mut content_info = Reader::single(&der, tag::SEQUENCE)?.reader();
        let kind = content_info
            .field(tag::OBJECT_IDENTIFIER, "contentType")?
            .object_identifier()?;
        if kind != SIGNED_DATA {
            return Err(unsupported("PKCS#7 content type", &kind));
        }
        let content = content_info.field(tag::context_constructed(0), "content")?;
        let mut fields = content
            .reader()
            .field(tag::SEQUENCE, "signedData")?
            .reader();
        fields.field(tag::INTEGER, "version")?;
        fields.field(tag::SET, "digestAlgorithms")?;
        fields.field(tag::SEQUENCE, "contentInfo")?;
        let certificates = fields.optional(tag::context_constructed(0))?;
        let crls = fields.optional(tag::context_constructed(1))?;
        fields.field(tag::SET, "signerInfos")?;
        Ok(Self {
            der: ber.to_vec(),
            certificates: each(certificates.as_ref(), Certificate::from_der)?,
            crls: each(crls.as_ref(), CertificateRevocationList::from_der)?,
        })
    }
}

impl Encodable for Pkcs7 {
    const NAME: &'static str = "PKCS#7 bundle";

    fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        Self::parse(bytes)
    }

    fn to_text(&self) -> String {
        self.to_pem()
    }
}

impl fmt::Debug for Pkcs7 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pkcs7")
            .field("certificates", &self.certificates)
            .field("revocation_lists", &self.crls.len())
            .finish_non_exhaustive()
    }
}

const LABELS: [&str; 5] = [
    "PKCS7",
    "CERTIFICATE",
    "X509 CERTIFICATE",
    "CMS",
    "PKCS #7 SIGNED DATA",
];
const DATA: ObjectIdentifier = oid!("1.2.840.113549.1.7.1");
const SIGNED_DATA: ObjectIdentifier = oid!("1.2.840.113549.1.7.2");

/// A certificate begins with a sequence in the sequence, PKCS#7 with an object identifier.
fn read_either(der: &[u8]) -> Result<Vec<Certificate>, DecodeError> {
    match first_inner_tag(der) {
        Some(tag::OBJECT_IDENTIFIER) => Ok(Pkcs7::from_der(der)?.certificates),
        _ => Ok(vec![Certificate::from_der(der)?]),
    }
}

fn each<T>(
    set: Option<&Element<'_>>,
    read: impl Fn(&[u8]) -> Result<T, DecodeError>,
) -> Result<Vec<T>, DecodeError> {
    let Some(set) = set else {
        return Ok(Vec::new());
    };
    set.reader().each(|element| {
        if element.tag != tag::SEQUENCE {
            let what = format!("certificate form [{}]", element.tag & 0x1f);
            return Err(DecodeError::new(DecodeErrorKind::Unsupported(what)).at(element.offset));
        }
        read(element.raw)
    })
}

fn signed_data(certificates: &[Certificate]) -> Result<Vec<u8>, DecodeError> {
    let certificates: Vec<_> = certificates.iter().map(Certificate::as_der).collect();
    let content = writer::sequence(&[
        &writer::integer(1)?,
        &writer::set_of(Vec::new())?,
        &writer::sequence(&[&writer::oid(&DATA)?])?,
        &writer::constructed(tag::context_constructed(0), &certificates)?,
        &writer::set_of(Vec::new())?,
    ])?;
    let content = writer::element(tag::context_constructed(0), &content)?;
    writer::sequence(&[&writer::oid(&SIGNED_DATA)?, &content])
}
