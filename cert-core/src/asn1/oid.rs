use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::decode_error::{DecodeError, DecodeErrorKind};

/// An object identifier (X.660) of any length, such as `2.5.4.3`.
///
/// ```
/// use cert_core::ObjectIdentifier;
///
/// let oid: ObjectIdentifier = "1.3.6.1.5.5.7.3.1".parse()?;
/// assert_eq!(oid.to_string(), "1.3.6.1.5.5.7.3.1");
/// # Ok::<(), cert_core::DecodeError>(())
/// ```
#[doc(alias = "oid")]
#[derive(Clone)]
pub struct ObjectIdentifier(Repr);

/// Identifiers are many and short: those that a certificate holds take no memory of their own.
#[derive(Clone)]
enum Repr {
    Constant(&'static [u8]),
    Short { length: u8, octets: [u8; SHORT] },
    Long(Box<[u8]>),
}

/// As much as fits beside a pointer and a length.
const SHORT: usize = 22;

impl ObjectIdentifier {
    /// Reads the contents octets of a DER OBJECT IDENTIFIER (X.690, 8.19).
    ///
    /// # Errors
    /// If there are none, the last arc is cut short, or an arc does not fit in 128 bits.
    pub fn from_der_content(content: &[u8]) -> Result<Self, DecodeError> {
        let malformed = || DecodeError::invalid("malformed object identifier");
        if content.last().is_none_or(|last| last & 0x80 != 0) {
            return Err(malformed());
        }
        let oid = Self::from_content(content);
        if oid.arcs().any(|arc| arc.is_none()) {
            Err(malformed())
        } else {
            Ok(oid)
        }
    }

    /// The contents octets of its DER encoding, without tag and length.
    #[must_use]
    pub fn as_der_content(&self) -> &[u8] {
        match &self.0 {
            Repr::Constant(octets) => octets,
            Repr::Short { length, octets } => &octets[..usize::from(*length)],
            Repr::Long(octets) => octets,
        }
    }

    pub(crate) const fn from_static(content: &'static [u8]) -> Self {
        Self(Repr::Constant(content))
    }

    fn from_content(content: &[u8]) -> Self {
        let mut octets = [0; SHORT];
        Self(match octets.get_mut(..content.len()) {
            Some(short) => {
                short.copy_from_slice(content);
                let length = content.len() as u8;
                Repr::Short { length, octets }
            }
            None => Repr::Long(content.into()),
        })
    }

    /// The subidentifiers; the first one still holds the first two arcs.
    fn arcs(&self) -> impl Iterator<Item = Option<u128>> + '_ {
        self.as_der_content()
            .split_inclusive(|octet| octet & 0x80 == 0)
            .map(|octets| {
                octets.iter().try_fold(0_u128, |arc, octet| {
                    let shifted = arc.checked_mul(128)?;
                    Some(shifted | u128::from(octet & 0x7f))
                })
            })
    }
}

impl PartialEq for ObjectIdentifier {
    fn eq(&self, other: &Self) -> bool {
        self.as_der_content() == other.as_der_content()
    }
}

impl Eq for ObjectIdentifier {}

impl PartialOrd for ObjectIdentifier {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ObjectIdentifier {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_der_content().cmp(other.as_der_content())
    }
}

impl Hash for ObjectIdentifier {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_der_content().hash(state);
    }
}

impl fmt::Display for ObjectIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, arc) in self.arcs().flatten().enumerate() {
            match index {
                0 => write!(f, "{}.{}", (arc / 40).min(2), arc - (arc / 40).min(2) * 40)?,
                _ => write!(f, ".{arc}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for ObjectIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ObjectIdentifier({self})")
    }
}

impl FromStr for ObjectIdentifier {
    type Err = DecodeError;

    /// Reads the dotted form, with or without the prefix `OID.` that Java writes.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let prefix = text
            .get(..4)
            .filter(|prefix| prefix.eq_ignore_ascii_case("oid."));
        let dotted = &text[prefix.map_or(0, str::len)..];
        let arcs: Option<Vec<u128>> = dotted.split('.').map(parse_arc).collect();
        arcs.and_then(|arcs| from_arcs(&arcs))
            .ok_or_else(|| DecodeError::invalid("not a dotted object identifier such as 2.5.4.3"))
            .map_err(|error| error.within("object identifier"))
    }
}

impl TryFrom<&str> for ObjectIdentifier {
    type Error = DecodeError;

    fn try_from(text: &str) -> Result<Self, DecodeError> {
        text.parse()
    }
}

/// A constant identifier, parsed while compiling: `oid!("2.5.4.3")`.
macro_rules! oid {
    ($dotted:literal) => {{
        const PARSED: &der::asn1::ObjectIdentifier =
            &der::asn1::ObjectIdentifier::new_unwrap($dotted);
        $crate::asn1::ObjectIdentifier::from_static(PARSED.as_bytes())
    }};
}
pub(crate) use oid;

pub(crate) fn unsupported(what: &str, oid: &ObjectIdentifier) -> DecodeError {
    DecodeError::new(DecodeErrorKind::Unsupported(format!("{what} {oid}")))
}

fn parse_arc(text: &str) -> Option<u128> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

fn from_arcs(arcs: &[u128]) -> Option<ObjectIdentifier> {
    let [first, second, rest @ ..] = arcs else {
        return None;
    };
    if *first > 2 || (*first < 2 && *second > 39) {
        return None;
    }
    let mut content = Vec::new();
    push_arc(&mut content, second.checked_add(first * 40)?);
    for arc in rest {
        push_arc(&mut content, *arc);
    }
    Some(ObjectIdentifier::from_content(&content))
}

fn push_arc(content: &mut Vec<u8>, arc: u128) {
    let groups = (128 - arc.leading_zeros()).div_ceil(7).max(1);
    for group in (0..groups).rev() {
        let more = if group > 0 { 0x80 } else { 0 };
        content.push((arc >> (7 * group)) as u8 & 0x7f | more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_and_text_agree() {
        let constant = oid!("1.2.840.113549.1.12.1.3");
        assert_eq!(constant.to_string(), "1.2.840.113549.1.12.1.3");
        assert_eq!(
            constant,
            "OID.1.2.840.113549.1.12.1.3"
                .parse()
                .expect("a dotted form")
        );
        let uuid = "2.25.340282366920938463463374607431768211455";
        assert_eq!(
            uuid.parse::<ObjectIdentifier>()
                .expect("128 bits")
                .to_string(),
            uuid
        );
    }

    #[test]
    fn short_long_and_constant_ones_are_the_same() {
        assert_eq!(size_of::<ObjectIdentifier>(), 24);
        let constant = oid!("2.5.4.3");
        let read = ObjectIdentifier::from_der_content(&[0x55, 4, 3]).expect("three octets");
        assert_eq!((&constant, constant.cmp(&read)), (&read, Ordering::Equal));
        let mut names = std::collections::HashSet::from([constant]);
        assert!(!names.insert(read));
        for length in [1, 21, 22, 23, 100] {
            let content = vec![7; length];
            let read = ObjectIdentifier::from_der_content(&content).expect("arcs");
            assert_eq!(read.as_der_content(), content);
            assert_eq!(read.to_string().parse(), Ok(read));
        }
    }

    #[test]
    fn refuses_what_is_no_identifier() {
        for text in ["", "2", "3.1", "1.40", "1.2.", "1.2.x", "CN", "1.+2"] {
            assert!(text.parse::<ObjectIdentifier>().is_err(), "{text}");
        }
        assert!(ObjectIdentifier::from_der_content(&[0x55, 0x84]).is_err());
    }
}
