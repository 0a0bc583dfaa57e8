use std::fmt;

use crate::asn1::oid::oid;
use crate::asn1::{
    DecodeError, DecodeErrorKind, Element, ObjectIdentifier, Reader, string_text, tag, writer,
};
use crate::values::hex;

/// The type of an attribute in a [`Name`](crate::Name), such as the common name.
///
/// ```
/// use cert_core::AttributeType;
///
/// assert_eq!(AttributeType::from("commonName"), AttributeType::COMMON_NAME);
/// assert_eq!(AttributeType::from("OID.2.5.4.3"), AttributeType::COMMON_NAME);
/// assert_eq!(AttributeType::COMMON_NAME.to_string(), "CN");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributeType(Repr);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Repr {
    Oid(ObjectIdentifier),
    /// Lower case.
    Keyword(String),
}

macro_rules! attribute_types {
    ($($(#[$doc:meta])* $constant:ident = $oid:literal $short:literal $($other:literal)*;)+) => {
        impl AttributeType {
            $($(#[$doc])* pub const $constant: Self = Self(Repr::Oid(oid!($oid)));)+
        }

        /// Identifier, the keyword that is written, further keywords that are read.
        static KEYWORDS: &[(AttributeType, &str, &[&str])] =
            &[$((AttributeType::$constant, $short, &[$($other),*])),+];
    };
}

attribute_types! {
    /// `CN`
    COMMON_NAME = "2.5.4.3" "CN" "commonName";
    /// `SN`, the family name; a certificate's subject number is [`Self::SERIAL_NUMBER`].
    SURNAME = "2.5.4.4" "SN" "surname";
    /// `serialNumber` of a subject, such as a company's registration number.
    SERIAL_NUMBER = "2.5.4.5" "serialNumber";
    /// `C`
    COUNTRY = "2.5.4.6" "C" "countryName";
    /// `L`
    LOCALITY = "2.5.4.7" "L" "localityName";
    /// `ST`
    STATE_OR_PROVINCE = "2.5.4.8" "ST" "S" "SP" "stateOrProvinceName";
    /// `street`
    STREET_ADDRESS = "2.5.4.9" "street" "streetAddress";
    /// `O`
    ORGANIZATION = "2.5.4.10" "O" "organizationName";
    /// `OU`
    ORGANIZATIONAL_UNIT = "2.5.4.11" "OU" "organizationalUnitName";
    /// `title`
    TITLE = "2.5.4.12" "title" "T";
    /// `description`
    DESCRIPTION = "2.5.4.13" "description";
    /// `businessCategory`
    BUSINESS_CATEGORY = "2.5.4.15" "businessCategory";
    /// `postalAddress`
    POSTAL_ADDRESS = "2.5.4.16" "postalAddress";
    /// `postalCode`
    POSTAL_CODE = "2.5.4.17" "postalCode" "PC";
    /// `telephoneNumber`
    TELEPHONE_NUMBER = "2.5.4.20" "telephoneNumber";
    /// `name`
    NAME = "2.5.4.41" "name";
    /// `GN`
    GIVEN_NAME = "2.5.4.42" "GN" "givenName" "G";
    /// `initials`
    INITIALS = "2.5.4.43" "initials";
    /// `generationQualifier`
    GENERATION_QUALIFIER = "2.5.4.44" "generationQualifier" "generation";
    /// `dnQualifier`
    DN_QUALIFIER = "2.5.4.46" "dnQualifier" "DNQ";
    /// `pseudonym`
    PSEUDONYM = "2.5.4.65" "pseudonym";
    /// `organizationIdentifier`
    ORGANIZATION_IDENTIFIER = "2.5.4.97" "organizationIdentifier";
    /// `UID`
    USER_ID = "0.9.2342.19200300.100.1.1" "UID" "userId";
    /// `DC`
    DOMAIN_COMPONENT = "0.9.2342.19200300.100.1.25" "DC" "domainComponent";
    /// `emailAddress`
    EMAIL_ADDRESS = "1.2.840.113549.1.9.1" "emailAddress" "E" "email";
    /// `unstructuredName`
    UNSTRUCTURED_NAME = "1.2.840.113549.1.9.2" "unstructuredName";
    /// `unstructuredAddress`
    UNSTRUCTURED_ADDRESS = "1.2.840.113549.1.9.8" "unstructuredAddress";
    /// `jurisdictionL` (CA/Browser Forum)
    JURISDICTION_LOCALITY = "1.3.6.1.4.1.311.60.2.1.1"
        "jurisdictionL" "jurisdictionLocalityName";
    /// `jurisdictionST` (CA/Browser Forum)
    JURISDICTION_STATE_OR_PROVINCE = "1.3.6.1.4.1.311.60.2.1.2"
        "jurisdictionST" "jurisdictionStateOrProvinceName";
    /// `jurisdictionC` (CA/Browser Forum)
    JURISDICTION_COUNTRY = "1.3.6.1.4.1.311.60.2.1.3"
        "jurisdictionC" "jurisdictionCountryName";
}

impl AttributeType {
    /// Object identifier of the attribute; none for a keyword that this crate does not know.
    #[must_use]
    pub fn oid(&self) -> Option<&ObjectIdentifier> {
        match &self.0 {
            Repr::Oid(oid) => Some(oid),
            Repr::Keyword(_) => None,
        }
    }

    /// The keyword that is usually written for it, such as `CN`.
    #[must_use]
    pub fn keyword(&self) -> Option<&str> {
        match &self.0 {
            Repr::Keyword(keyword) => Some(keyword),
            Repr::Oid(_) => KEYWORDS
                .iter()
                .find(|(kind, ..)| kind == self)
                .map(|(_, short, _)| *short),
        }
    }

    /// Usual place in a name, from the country (0) to the person.
    pub(super) fn rank(&self) -> Option<u8> {
        let order = [
            &Self::COUNTRY,
            &Self::STATE_OR_PROVINCE,
            &Self::LOCALITY,
            &Self::ORGANIZATION,
            &Self::ORGANIZATIONAL_UNIT,
            &Self::COMMON_NAME,
            &Self::EMAIL_ADDRESS,
        ];
        let position = order.iter().position(|kind| *kind == self);
        if *self == Self::DOMAIN_COMPONENT {
            Some(0)
        } else {
            position.map(|rank| rank as u8)
        }
    }
}

impl From<&str> for AttributeType {
    /// A keyword in any letter case, or a dotted object identifier.
    fn from(text: &str) -> Self {
        let known = KEYWORDS.iter().find(|(_, short, others)| {
            short.eq_ignore_ascii_case(text)
                || others.iter().any(|other| other.eq_ignore_ascii_case(text))
        });
        match known {
            Some((kind, ..)) => kind.clone(),
            None => Self(match text.parse() {
                Ok(oid) => Repr::Oid(oid),
                Err(_) => Repr::Keyword(text.to_ascii_lowercase()),
            }),
        }
    }
}

impl From<ObjectIdentifier> for AttributeType {
    fn from(oid: ObjectIdentifier) -> Self {
        Self(Repr::Oid(oid))
    }
}

impl fmt::Display for AttributeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0, self.keyword()) {
            (Repr::Oid(oid), None) => oid.fmt(f),
            (_, keyword) => f.write_str(keyword.unwrap_or_default()),
        }
    }
}

/// One attribute of a [`Name`](crate::Name).
#[derive(Debug, Clone)]
pub struct AttributeTypeAndValue {
    kind: AttributeType,
    value: String,
    encoding: Encoding,
}

/// How the value is written in DER.
#[derive(Debug, Clone)]
enum Encoding {
    /// As suits the type, for it came as text.
    Usual,
    /// As a string of this type, with the octets of the text.
    String(u8),
    /// As it was read, for the text is its hexadecimal form.
    Hexadecimal,
    /// As it was read; the text does not tell.
    Read(Box<[u8]>),
}

impl AttributeTypeAndValue {
    /// An attribute with a text value.
    #[must_use]
    pub fn new(kind: impl Into<AttributeType>, value: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            value: value.into(),
            encoding: Encoding::Usual,
        }
    }

    /// The type.
    #[must_use]
    pub fn kind(&self) -> &AttributeType {
        &self.kind
    }

    /// The value as text; one that is no text is `#` and its DER in hexadecimal.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    pub(super) fn from_element(element: &Element<'_>) -> Result<Self, DecodeError> {
        let mut fields = element.reader();
        let kind = fields
            .field(tag::OBJECT_IDENTIFIER, "type")?
            .object_identifier()?;
        let value = fields.any("value")?;
        fields.finish()?;
        Ok(Self::with_der(kind.into(), &value))
    }

    /// From the text form `#` and hexadecimal DER (RFC 4514, 2.4); `None` if it is not that.
    pub(super) fn from_hex(kind: AttributeType, hex: &str) -> Option<Self> {
        let der = decode_hex(hex)?;
        let mut reader = Reader::new(&der);
        let element = reader.next().ok().flatten().filter(|_| reader.is_empty())?;
        Some(Self::with_der(kind, &element))
    }

    pub(super) fn to_der(&self) -> Result<Vec<u8>, DecodeError> {
        let unknown = || DecodeErrorKind::Unsupported(format!("attribute type {}", self.kind));
        let oid = self
            .kind
            .oid()
            .ok_or_else(|| DecodeError::new(unknown()).within("name"))?;
        let value = match &self.encoding {
            Encoding::Usual => writer::element(self.string_tag(), self.value.as_bytes())?,
            Encoding::String(tag) => writer::element(*tag, self.value.as_bytes())?,
            Encoding::Hexadecimal => decode_hex(&self.value[1..]).ok_or_else(no_hexadecimal)?,
            Encoding::Read(der) => der.to_vec(),
        };
        writer::sequence(&[&writer::oid(oid)?, &value])
    }

    /// Type and value without what RFC 5280, 7.1 tells to ignore.
    pub(super) fn canonical(&self) -> (&AttributeType, String) {
        let words: Vec<_> = self.value.split_whitespace().collect();
        (&self.kind, words.join(" ").to_lowercase())
    }

    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>, slashes: bool) -> fmt::Result {
        write!(f, "{}=", self.kind)?;
        if self.is_binary() {
            return f.write_str(&self.value);
        }
        let last = self.value.chars().count().saturating_sub(1);
        for (index, character) in self.value.chars().enumerate() {
            match character {
                ' ' if index == 0 || index == last => write!(f, "\\ ")?,
                '#' if index == 0 => write!(f, "\\#")?,
                '/' if slashes => write!(f, "\\/")?,
                '"' | '+' | ',' | ';' | '<' | '>' | '\\' | '=' => write!(f, "\\{character}")?,
                control if control.is_ascii_control() => write!(f, "\\{:02X}", control as u8)?,
                plain => write!(f, "{plain}")?,
            }
        }
        Ok(())
    }

    fn with_der(kind: AttributeType, element: &Element<'_>) -> Self {
        let (value, encoding) = match string_text(element) {
            Some(text) if is_plain(element, &text) => (text, Encoding::String(element.tag)),
            Some(text) => (text, Encoding::Read(element.raw.into())),
            None => {
                let value = format!("#{}", hex::encode(element.raw, ""));
                (value, Encoding::Hexadecimal)
            }
        };
        Self {
            kind,
            value,
            encoding,
        }
    }

    fn is_binary(&self) -> bool {
        matches!(self.encoding, Encoding::Hexadecimal)
    }

    fn string_tag(&self) -> u8 {
        let printable = [
            &AttributeType::COUNTRY,
            &AttributeType::SERIAL_NUMBER,
            &AttributeType::DN_QUALIFIER,
            &AttributeType::JURISDICTION_COUNTRY,
        ];
        let ia5 = [
            &AttributeType::DOMAIN_COMPONENT,
            &AttributeType::EMAIL_ADDRESS,
        ];
        if printable.contains(&&self.kind) && self.value.bytes().all(is_printable) {
            tag::PRINTABLE_STRING
        } else if ia5.contains(&&self.kind) && self.value.is_ascii() {
            tag::IA5_STRING
        } else {
            tag::UTF8_STRING
        }
    }
}

fn no_hexadecimal() -> DecodeError {
    DecodeError::invalid("not the hexadecimal form of a value").within("name")
}

/// Whether the value is its text under its tag, with a length as DER has it.
fn is_plain(element: &Element<'_>, text: &str) -> bool {
    let shortest = writer::size(element.tag, element.content);
    element.content == text.as_bytes() && shortest == Some(element.raw.len())
}

fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte)
}

/// Pairs of digits and nothing else.
fn decode_hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let octets = pairs.iter().map(|[high, low]| hex::octet(*high, *low));
    octets.collect::<Option<_>>().filter(|_| rest.is_empty())
}
