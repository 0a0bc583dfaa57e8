use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use super::general_name::GeneralName;
use crate::asn1::oid::oid;
use crate::asn1::{DecodeError, Element, ObjectIdentifier, Reader, tag, writer};

/// An extension of a certificate, request or revocation list (RFC 5280, 4.2).
#[doc(alias = "v3")]
#[derive(Clone)]
pub struct Extension {
    id: ObjectIdentifier,
    critical: bool,
    value: Value,
}

#[derive(Clone)]
enum Value {
    Own(Vec<u8>),
    /// A part of what was read, so that it takes no memory of its own.
    Read(Arc<[u8]>, Range<usize>),
}

impl Extension {
    /// `subjectAltName`
    pub const SUBJECT_ALTERNATIVE_NAME: ObjectIdentifier = oid!("2.5.29.17");
    /// `basicConstraints`
    pub const BASIC_CONSTRAINTS: ObjectIdentifier = oid!("2.5.29.19");
    /// `keyUsage`
    pub const KEY_USAGE: ObjectIdentifier = oid!("2.5.29.15");
    /// `extKeyUsage`
    pub const EXTENDED_KEY_USAGE: ObjectIdentifier = oid!("2.5.29.37");
    /// `subjectKeyIdentifier`
    pub const SUBJECT_KEY_IDENTIFIER: ObjectIdentifier = oid!("2.5.29.14");
    /// `authorityKeyIdentifier`
    pub const AUTHORITY_KEY_IDENTIFIER: ObjectIdentifier = oid!("2.5.29.35");

    /// An extension with this DER value.
    #[must_use]
    pub fn new(id: ObjectIdentifier, critical: bool, value: impl Into<Vec<u8>>) -> Self {
        Self {
            id,
            critical,
            value: Value::Own(value.into()),
        }
    }

    /// Object identifier of the extension.
    #[must_use]
    pub fn id(&self) -> &ObjectIdentifier {
        &self.id
    }

    /// Whether a reader that does not know it must reject the certificate.
    #[must_use]
    pub fn is_critical(&self) -> bool {
        self.critical
    }

    /// Value in DER, the contents of `extnValue`.
    #[must_use]
    pub fn value(&self) -> &[u8] {
        match &self.value {
            Value::Own(octets) => octets,
            Value::Read(whole, range) => &whole[range.clone()],
        }
    }

    /// Reads an `Extensions` sequence, a part of `whole`.
    pub(crate) fn read_all(
        sequence: &Element<'_>,
        whole: &Arc<[u8]>,
    ) -> Result<Vec<Self>, DecodeError> {
        let read = |extension: Element<'_>| Self::read(&extension.of_tag(tag::SEQUENCE)?, whole);
        sequence.reader().each(read)
    }

    /// The extension in DER.
    ///
    /// # Errors
    /// If its value has more than four gigabytes.
    pub fn to_der(&self) -> Result<Vec<u8>, DecodeError> {
        let critical = match self.critical {
            true => writer::element(tag::BOOLEAN, &[0xff])?,
            false => Vec::new(),
        };
        writer::sequence(&[
            &writer::oid(&self.id)?,
            &critical,
            &writer::octet_string(self.value())?,
        ])
    }

    pub(crate) fn alternative_names(all: &[Self]) -> Result<Vec<GeneralName>, DecodeError> {
        let names = all
            .iter()
            .filter(|extension| extension.id == Self::SUBJECT_ALTERNATIVE_NAME)
            .map(Self::value);
        GeneralName::read_all(names).map_err(|error| error.in_field("subjectAltName"))
    }

    pub(crate) fn is_ca(all: &[Self]) -> Result<bool, DecodeError> {
        let Some(constraints) = all
            .iter()
            .find(|extension| extension.id == Self::BASIC_CONSTRAINTS)
        else {
            return Ok(false);
        };
        Reader::single(constraints.value(), tag::SEQUENCE)
            .and_then(|sequence| sequence.reader().optional(tag::BOOLEAN))
            .map(|flag| flag.is_some_and(|flag| flag.content != [0]))
            .map_err(|error| error.in_field("basicConstraints"))
    }

    fn read(element: &Element<'_>, whole: &Arc<[u8]>) -> Result<Self, DecodeError> {
        let mut fields = element.reader();
        let id = fields
            .field(tag::OBJECT_IDENTIFIER, "extnID")?
            .object_identifier()?;
        let critical = fields.optional(tag::BOOLEAN)?;
        let value = fields.field(tag::OCTET_STRING, "extnValue")?;
        let critical = critical.is_some_and(|flag| flag.content != [0]);
        Ok(Self {
            id,
            critical,
            value: Value::Read(whole.clone(), value.content_range()),
        })
    }

    fn parts(&self) -> (&ObjectIdentifier, bool, &[u8]) {
        (&self.id, self.critical, self.value())
    }
}

impl PartialEq for Extension {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Extension {}

impl Hash for Extension {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl fmt::Debug for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extension")
            .field("id", &self.id)
            .field("critical", &self.critical)
            .field("value", &self.value())
            .finish()
    }
}
