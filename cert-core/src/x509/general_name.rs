use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::name::Name;
use crate::asn1::oid::oid;
use crate::asn1::{
    DecodeError, DecodeErrorKind, Element, ObjectIdentifier, Reader, eight_bit, string_text, tag,
    writer,
};

/// One alternative name of a certificate or request (RFC 5280, 4.2.1.6).
///
/// ```
/// use cert_core::GeneralName;
///
/// let address = GeneralName::Ip("2001:db8::1".parse()?);
/// assert_eq!(address.to_string(), "IP:2001:db8::1");
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[doc(alias("san", "subject alternative name"))]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GeneralName {
    /// A host name, possibly with a wildcard; international names in their ASCII form.
    Dns(String),
    /// An e-mail address.
    Email(String),
    /// An IPv4 or IPv6 address.
    Ip(IpAddr),
    /// A URI.
    Uri(String),
    /// A distinguished name.
    Directory(Name),
    /// A Microsoft user principal name, such as `user-0001@example.com`.
    UserPrincipalName(String),
    /// An object identifier.
    RegisteredId(ObjectIdentifier),
    /// A name of a type that is registered elsewhere.
    Other {
        /// Type of the name.
        kind: ObjectIdentifier,
        /// Value in DER.
        value: Vec<u8>,
    },
    /// A name that this crate does not take apart, an address of an impossible length among them.
    Unknown {
        /// Context-specific number of the name.
        number: u8,
        /// Contents octets.
        content: Vec<u8>,
    },
}

impl GeneralName {
    /// The host name, if this is one.
    #[must_use]
    pub fn as_dns(&self) -> Option<&str> {
        match self {
            Self::Dns(name) => Some(name),
            _ => None,
        }
    }

    /// Reads `GeneralNames` sequences into one list.
    pub(crate) fn read_all<'a>(
        sequences: impl Iterator<Item = &'a [u8]> + Clone,
    ) -> Result<Vec<Self>, DecodeError> {
        let (mut count, mut octets) = (0, 0);
        for der in sequences.clone() {
            count += Reader::single(der, tag::SEQUENCE)?.reader().count();
            octets += der.len();
        }
        if count > octets / SHORTEST_ON_AVERAGE + SHORT_NAMES {
            return Err(DecodeError::new(DecodeErrorKind::TooManyNames(count)));
        }
        let mut names = Vec::with_capacity(count);
        for der in sequences {
            let mut elements = Reader::single(der, tag::SEQUENCE)?.reader();
            while let Some(element) = elements.next()? {
                names.push(Self::from_element(&element)?);
            }
        }
        Ok(names)
    }

    pub(crate) fn from_element(element: &Element<'_>) -> Result<Self, DecodeError> {
        let number = element.tag & 0x1f;
        let unknown = || Self::Unknown {
            number,
            content: element.content.to_vec(),
        };
        Ok(match number {
            0 => other_name(element)?,
            1 => Self::Email(eight_bit(element.content)),
            2 => Self::Dns(eight_bit(element.content)),
            4 => Self::Directory(Name::from_element(
                &element.reader().expect(tag::SEQUENCE)?,
            )?),
            6 => Self::Uri(eight_bit(element.content)),
            7 => address(element.content).map_or_else(unknown, Self::Ip),
            8 => Self::RegisteredId(element.object_identifier()?),
            _ => unknown(),
        })
    }

    /// The name in DER.
    ///
    /// # Errors
    /// If it has characters that its type does not allow, or a directory name is malformed.
    pub fn to_der(&self) -> Result<Vec<u8>, DecodeError> {
        match self {
            Self::Email(text) => ascii(1, text),
            Self::Dns(text) => ascii(2, text),
            Self::Uri(text) => ascii(6, text),
            Self::Directory(name) => writer::element(tag::context_constructed(4), &name.to_der()?),
            Self::Ip(IpAddr::V4(address)) => writer::element(tag::context(7), &address.octets()),
            Self::Ip(IpAddr::V6(address)) => writer::element(tag::context(7), &address.octets()),
            Self::RegisteredId(oid) => writer::element(tag::context(8), oid.as_der_content()),
            Self::UserPrincipalName(text) => {
                let value = writer::element(tag::UTF8_STRING, text.as_bytes())?;
                other_name_der(&USER_PRINCIPAL_NAME, &value)
            }
            Self::Other { kind, value } => other_name_der(kind, value),
            // X.400 addresses and EDI party names are sequences.
            Self::Unknown {
                number: number @ (3 | 5),
                content,
            } => writer::element(tag::context_constructed(*number), content),
            Self::Unknown { number, content } => writer::element(tag::context(*number), content),
        }
    }
}

impl fmt::Display for GeneralName {
    /// The form that OpenSSL prints, such as `DNS:example.org`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(name) => write!(f, "DNS:{name}"),
            Self::Email(address) => write!(f, "email:{address}"),
            Self::Ip(address) => write!(f, "IP:{address}"),
            Self::Uri(uri) => write!(f, "URI:{uri}"),
            Self::Directory(name) => write!(f, "DirName:{name}"),
            Self::UserPrincipalName(name) => write!(f, "UPN:{name}"),
            Self::RegisteredId(oid) => write!(f, "Registered ID:{oid}"),
            Self::Other { kind, .. } => write!(f, "othername:{kind}"),
            Self::Unknown { number, .. } => write!(f, "[{number}]"),
        }
    }
}

/// Names take more memory than they have octets: many that are nothing but their header fill it,
/// and no genuine certificate has even one.
const SHORT_NAMES: usize = 1_000;
/// With the header, in octets.
const SHORTEST_ON_AVERAGE: usize = 4;
const USER_PRINCIPAL_NAME: ObjectIdentifier = oid!("1.3.6.1.4.1.311.20.2.3");

fn other_name(element: &Element<'_>) -> Result<GeneralName, DecodeError> {
    let mut fields = element.reader();
    let kind = fields
        .field(tag::OBJECT_IDENTIFIER, "otherName")?
        .object_identifier()?;
    let value = fields.field(tag::context_constructed(0), "otherName")?;
    let text = value.reader().next()?.and_then(|inner| string_text(&inner));
    Ok(match text {
        Some(text) if kind == USER_PRINCIPAL_NAME => GeneralName::UserPrincipalName(text),
        _ => GeneralName::Other {
            kind,
            value: value.content.to_vec(),
        },
    })
}

fn other_name_der(kind: &ObjectIdentifier, value: &[u8]) -> Result<Vec<u8>, DecodeError> {
    let value = writer::element(tag::context_constructed(0), value)?;
    writer::constructed(tag::context_constructed(0), &[&writer::oid(kind)?, &value])
}

fn address(octets: &[u8]) -> Option<IpAddr> {
    let v4 = || {
        <[u8; 4]>::try_from(octets)
            .ok()
            .map(|octets| Ipv4Addr::from(octets).into())
    };
    let v6 = || {
        <[u8; 16]>::try_from(octets)
            .ok()
            .map(|octets| Ipv6Addr::from(octets).into())
    };
    v4().or_else(v6)
}

fn ascii(number: u8, text: &str) -> Result<Vec<u8>, DecodeError> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        let reason = "an alternative name takes printable ASCII without spaces; \
                      write international names in their ASCII form";
        return Err(DecodeError::invalid(reason).in_field("subjectAltName"));
    }
    writer::element(tag::context(number), text.as_bytes())
}
