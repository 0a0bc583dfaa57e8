mod attribute;
mod parse;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use self::attribute::{AttributeType, AttributeTypeAndValue};
use crate::asn1::{DecodeError, Element, Reader, tag, writer};
use crate::wire::Field;
use crate::wire::response::said;

/// A distinguished name (RFC 5280, 4.1.2.4), from a certificate or as a vendor spells it.
///
/// Read from text it never fails, keeps that text and sends it back; [`Self::is_well_formed`]
/// tells whether it could be taken apart. Three spellings are understood: RFC 4514
/// (`CN=x,OU=y,C=CA`), the same from the other end (`C=CA, OU=y, CN=x`) and with slashes
/// (`/C=CA/OU=y/CN=x`); with escapes, quotes, `+` for several attributes at one level, object
/// identifiers for keywords, and commas in values that nobody escaped (`O=Stack Exchange, Inc.`).
///
/// Two names are equal when they say the same in any spelling: letter case, runs of white space
/// and string types do not count (RFC 5280, 7.1), nor does the direction, because the text does
/// not tell it. A malformed name equals only its own text.
///
/// ```
/// use cert_core::Name;
///
/// let name = Name::from("/C=CA/ST=BC/O=Stack Exchange, Inc./CN=example.org");
/// assert_eq!(name, Name::from("CN=Example.org,O=\"Stack Exchange, Inc.\",ST=BC,C=CA"));
/// assert_eq!(name, Name::from("C=CA, ST=BC, O=Stack Exchange\\, Inc., CN=example.org"));
/// assert_eq!(name.common_name(), Some("example.org"));
/// ```
#[doc(alias("dn", "distinguished name", "subject"))]
#[derive(Clone, Default)]
pub struct Name {
    text: Option<String>,
    parts: Vec<RelativeDistinguishedName>,
    malformed: bool,
}

impl Name {
    /// Reads the DER of a `Name`. String types and their order inside a level are not checked,
    /// for certificates that break these rules exist.
    ///
    /// # Errors
    /// If the structure is not that of a name.
    pub fn from_der(der: &[u8]) -> Result<Self, DecodeError> {
        Reader::single(der, tag::SEQUENCE)
            .and_then(|element| Self::from_element(&element))
            .map_err(|error| error.within("name"))
    }

    /// A name of these levels, the most significant (usually the country) first.
    #[must_use]
    pub fn from_parts(parts: impl IntoIterator<Item = RelativeDistinguishedName>) -> Self {
        Self {
            text: None,
            parts: parts.into_iter().collect(),
            malformed: false,
        }
    }

    /// The levels, the most significant first, as in a certificate.
    #[must_use]
    pub fn parts(&self) -> &[RelativeDistinguishedName] {
        &self.parts
    }

    /// All attributes, the most significant first.
    pub fn attributes(&self) -> impl DoubleEndedIterator<Item = &AttributeTypeAndValue> {
        self.parts.iter().flat_map(|part| &part.attributes)
    }

    /// The most specific value of this type.
    #[must_use]
    pub fn value_of(&self, kind: &AttributeType) -> Option<&str> {
        self.attributes()
            .rev()
            .find(|attribute| attribute.kind() == kind)
            .map(AttributeTypeAndValue::value)
    }

    /// The most specific common name.
    #[doc(alias = "cn")]
    #[must_use]
    pub fn common_name(&self) -> Option<&str> {
        self.value_of(&AttributeType::COMMON_NAME)
    }

    /// The most specific organization.
    #[must_use]
    pub fn organization(&self) -> Option<&str> {
        self.value_of(&AttributeType::ORGANIZATION)
    }

    /// The e-mail address, if the name holds one.
    #[must_use]
    pub fn email_address(&self) -> Option<&str> {
        self.value_of(&AttributeType::EMAIL_ADDRESS)
    }

    /// Whether there is no attribute at all, as in certificates that name their subject in the
    /// alternative names alone.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && !self.malformed
    }

    /// Whether the text could be taken apart; true for names from certificates.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        !self.malformed
    }

    /// The name in one of the three spellings. A malformed name is shown as it came.
    #[must_use]
    pub fn display(&self, spelling: NameSpelling) -> impl fmt::Display + '_ {
        Spelled {
            name: self,
            spelling,
        }
    }

    /// The DER of the name: the values as they were read, or, from text, in the string types of
    /// RFC 5280 (`PrintableString` for country and serial number, `IA5String` for domain component
    /// and e-mail address, `UTF8String` otherwise).
    ///
    /// # Errors
    /// If the text was malformed, or uses a keyword that stands for no known attribute type.
    pub fn to_der(&self) -> Result<Vec<u8>, DecodeError> {
        if self.malformed {
            let reason = "the text is no distinguished name such as CN=example.org,C=CA";
            return Err(DecodeError::invalid(reason).within("name"));
        }
        let parts: Result<Vec<_>, _> = self
            .parts
            .iter()
            .map(RelativeDistinguishedName::to_der)
            .collect();
        writer::element(tag::SEQUENCE, &parts?.concat())
    }

    pub(crate) fn from_element(element: &Element<'_>) -> Result<Self, DecodeError> {
        let level =
            |level: Element<'_>| RelativeDistinguishedName::from_element(&level.of_tag(tag::SET)?);
        Ok(Self {
            text: None,
            parts: element.reader().each(level)?,
            malformed: false,
        })
    }

    /// Equal from the same end, which is what chaining certificates needs.
    pub(crate) fn matches_in_order(&self, other: &Self) -> bool {
        self.parts.len() == other.parts.len() && self.in_order() == other.in_order()
    }

    pub(crate) fn in_order(&self) -> Vec<CanonicalPart<'_>> {
        self.parts
            .iter()
            .map(RelativeDistinguishedName::canonical)
            .collect()
    }

    /// The same for every spelling of the name: the levels from whichever end sorts first.
    fn canonical(&self) -> Canonical<'_> {
        if self.malformed {
            return Canonical::Text(self.text.as_deref().unwrap_or_default());
        }
        let forward = self.in_order();
        let backward: Vec<_> = forward.iter().rev().cloned().collect();
        Canonical::Parts(if backward.cmp(&forward) == Ordering::Less {
            backward
        } else {
            forward
        })
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        let parsed = parse::parse(&text);
        let malformed = parsed.is_none();
        Self {
            text: Some(text),
            parts: parsed.unwrap_or_default(),
            malformed,
        }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.canonical() == other.canonical()
    }
}

impl Eq for Name {}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical().hash(state);
    }
}

impl fmt::Display for Name {
    /// The text as it came, or RFC 4514 if the name came from a certificate.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => f.write_str(text),
            None => self.display(NameSpelling::Rfc4514).fmt(f),
        }
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Name").field(&self.to_string()).finish()
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Field<'de> for Name {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(said::<String, D>(deserializer)?.map(Self::from))
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

/// Style in which a [`Name`] is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameSpelling {
    /// The most specific part first, `CN=x,OU=y,C=CA` (RFC 4514).
    Rfc4514,
    /// The most significant part first, `C=CA, OU=y, CN=x`.
    Forward,
    /// The most significant part first, `/C=CA/OU=y/CN=x`.
    Slashes,
}

/// One level of a [`Name`]: one attribute, rarely several.
#[derive(Debug, Clone)]
pub struct RelativeDistinguishedName {
    attributes: Vec<AttributeTypeAndValue>,
}

impl RelativeDistinguishedName {
    /// A level of one attribute.
    #[must_use]
    pub fn new(attribute: AttributeTypeAndValue) -> Self {
        Self {
            attributes: vec![attribute],
        }
    }

    /// The same level with one attribute more.
    #[must_use]
    pub fn and(mut self, attribute: AttributeTypeAndValue) -> Self {
        self.attributes.push(attribute);
        self
    }

    /// The attributes, as they were written.
    #[must_use]
    pub fn attributes(&self) -> &[AttributeTypeAndValue] {
        &self.attributes
    }

    fn from_element(element: &Element<'_>) -> Result<Self, DecodeError> {
        let attribute = |attribute: Element<'_>| {
            AttributeTypeAndValue::from_element(&attribute.of_tag(tag::SEQUENCE)?)
        };
        let attributes = element.reader().each(attribute)?;
        Ok(Self { attributes })
    }

    fn to_der(&self) -> Result<Vec<u8>, DecodeError> {
        let attributes: Result<Vec<_>, _> = self
            .attributes
            .iter()
            .map(AttributeTypeAndValue::to_der)
            .collect();
        writer::set_of(attributes?)
    }

    fn canonical(&self) -> CanonicalPart<'_> {
        let mut canonical: Vec<_> = self
            .attributes
            .iter()
            .map(AttributeTypeAndValue::canonical)
            .collect();
        canonical.sort();
        canonical
    }
}

/// What counts when levels are compared.
pub(crate) type CanonicalPart<'a> = Vec<(&'a AttributeType, String)>;

#[derive(PartialEq, Eq, Hash)]
enum Canonical<'a> {
    Text(&'a str),
    Parts(Vec<CanonicalPart<'a>>),
}

struct Spelled<'a> {
    name: &'a Name,
    spelling: NameSpelling,
}

impl fmt::Display for Spelled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.malformed {
            return self.name.fmt(f);
        }
        let mut parts: Vec<_> = self.name.parts.iter().collect();
        let (before_first, between) = match self.spelling {
            NameSpelling::Rfc4514 => ("", ","),
            NameSpelling::Forward => ("", ", "),
            NameSpelling::Slashes => ("/", "/"),
        };
        if self.spelling == NameSpelling::Rfc4514 {
            parts.reverse();
        }
        for (index, part) in parts.into_iter().enumerate() {
            f.write_str(if index == 0 { before_first } else { between })?;
            for (index, attribute) in part.attributes.iter().enumerate() {
                f.write_str(if index == 0 { "" } else { "+" })?;
                attribute.write(f, self.spelling == NameSpelling::Slashes)?;
            }
        }
        Ok(())
    }
}
