//! DER over `der`'s encoders, built inside out: each function takes the finished contents, and fails
//! only beyond the four gigabytes that no reader takes either.

use der::asn1::{BitStringRef, Null};
use der::{Encode, Length, Writer};

use super::decode_error::DecodeError;
use super::oid::ObjectIdentifier;
use super::tag;

type Der = Result<Vec<u8>, DecodeError>;

pub(crate) fn element(tag: u8, content: &[u8]) -> Der {
    constructed(tag, &[content])
}

/// Written into one allocation, so that no copy of a key stays behind.
pub(crate) fn constructed(tag: u8, parts: &[&[u8]]) -> Der {
    written(Ok(Value { tag, parts }))
}

pub(crate) fn sequence(parts: &[&[u8]]) -> Der {
    constructed(tag::SEQUENCE, parts)
}

/// A SET OF: its parts in the order DER prescribes (X.690, 11.6).
pub(crate) fn set_of(mut parts: Vec<Vec<u8>>) -> Der {
    parts.sort();
    element(tag::SET, &parts.concat())
}

pub(crate) fn octet_string(content: &[u8]) -> Der {
    element(tag::OCTET_STRING, content)
}

pub(crate) fn bit_string(content: &[u8]) -> Der {
    written(BitStringRef::from_bytes(content))
}

pub(crate) fn oid(oid: &ObjectIdentifier) -> Der {
    element(tag::OBJECT_IDENTIFIER, oid.as_der_content())
}

pub(crate) fn null() -> Der {
    written(Ok(Null))
}

pub(crate) fn integer(number: u32) -> Der {
    written(Ok(number))
}

pub(super) fn length(length: usize) -> Der {
    written(Length::try_from(length))
}

/// How many octets the whole value takes.
pub(crate) fn size(tag: u8, content: &[u8]) -> Option<usize> {
    let parts = &[content];
    let size = Value { tag, parts }.encoded_len();
    size.and_then(usize::try_from).ok()
}

struct Value<'a> {
    tag: u8,
    parts: &'a [&'a [u8]],
}

impl Value<'_> {
    fn length(&self) -> der::Result<Length> {
        let mut lengths = self.parts.iter().map(|part| part.len());
        lengths.try_fold(Length::ZERO, |sum, length| sum + length)
    }
}

impl Encode for Value<'_> {
    fn encoded_len(&self) -> der::Result<Length> {
        let length = self.length()?;
        Length::ONE + length.encoded_len()? + length
    }

    fn encode(&self, writer: &mut impl Writer) -> der::Result<()> {
        writer.write_byte(self.tag)?;
        self.length()?.encode(writer)?;
        self.parts.iter().try_for_each(|part| writer.write(part))
    }
}

fn written(value: der::Result<impl Encode>) -> Der {
    value
        .and_then(|value| value.to_der())
        .map_err(|_| DecodeError::invalid("more than the four gigabytes that a value can have"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_beyond_four_gigabytes_is_an_error() {
        assert_eq!(length(0x7f), Ok(vec![0x7f]));
        assert_eq!(length(0xffff_ffff), Ok(vec![0x84, 0xff, 0xff, 0xff, 0xff]));
        let beyond = usize::try_from(0x1_0000_0000_u64);
        assert!(beyond.is_err() || beyond.is_ok_and(|beyond| length(beyond).is_err()));
    }
}
