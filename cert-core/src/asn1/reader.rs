use std::ops::Range;

use super::decode_error::{DecodeError, DecodeErrorKind};
use super::oid::ObjectIdentifier;
use super::tag;

/// One value: its identifier octet, its contents, and both together with the length.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a> {
    pub(crate) tag: u8,
    pub(crate) content: &'a [u8],
    pub(crate) raw: &'a [u8],
    pub(crate) offset: usize,
}

impl<'a> Element<'a> {
    /// A reader over the contents.
    pub(crate) fn reader(&self) -> Reader<'a> {
        Reader {
            rest: self.content,
            offset: self.offset + self.raw.len() - self.content.len(),
        }
    }

    /// Where the contents stand in what the outermost reader reads.
    pub(crate) fn content_range(&self) -> Range<usize> {
        let end = self.offset + self.raw.len();
        end - self.content.len()..end
    }

    /// Where the value stands in what the outermost reader reads.
    pub(crate) fn range(&self) -> Range<usize> {
        self.offset..self.offset + self.raw.len()
    }

    /// The bits of a BIT STRING whose length is a whole number of octets.
    pub(crate) fn bit_string(&self) -> Result<&'a [u8], DecodeError> {
        match self.content {
            [0..=7, bits @ ..] => Ok(bits),
            _ => Err(DecodeError::invalid("malformed BIT STRING").at(self.offset)),
        }
    }

    /// The value of an OBJECT IDENTIFIER.
    pub(crate) fn object_identifier(&self) -> Result<ObjectIdentifier, DecodeError> {
        ObjectIdentifier::from_der_content(self.content).map_err(|error| error.at(self.offset))
    }

    /// The value of a small non-negative INTEGER.
    pub(crate) fn unsigned(&self) -> Result<u64, DecodeError> {
        let negative = self.content.first().is_none_or(|first| first & 0x80 != 0);
        let significant = trim_leading_zeros(self.content);
        if negative || significant.len() > 8 {
            return Err(DecodeError::invalid("number out of range").at(self.offset));
        }
        Ok(significant
            .iter()
            .fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }

    /// The octets of an OCTET STRING, joined if it came in pieces (BER).
    #[cfg(feature = "pkcs12")]
    pub(crate) fn octets(&self) -> Result<Vec<u8>, DecodeError> {
        if self.tag & 0x20 == 0 {
            return Ok(self.content.to_vec());
        }
        let mut joined = Vec::with_capacity(self.content.len());
        let mut pieces = self.reader();
        while let Some(piece) = pieces.next()? {
            if piece.tag != tag::OCTET_STRING {
                return Err(unexpected("OCTET STRING", &piece));
            }
            joined.extend_from_slice(piece.content);
        }
        Ok(joined)
    }

    /// Fails unless the identifier octet is the expected one.
    pub(crate) fn of_tag(self, expected: u8) -> Result<Self, DecodeError> {
        if self.tag == expected {
            Ok(self)
        } else {
            Err(unexpected(name_of(expected), &self))
        }
    }
}

/// Reads values one after the other.
#[derive(Clone)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    offset: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            offset: 0,
        }
    }

    /// The one value that the bytes consist of.
    pub(crate) fn single(bytes: &'a [u8], expected: u8) -> Result<Element<'a>, DecodeError> {
        let mut reader = Self::new(bytes);
        let element = reader.expect(expected)?;
        reader.finish()?;
        Ok(element)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next value, or nothing at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Element<'a>>, DecodeError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let header = Header::read(self.rest).map_err(|error| error.at(self.offset))?;
        let Some(length) = header.length else {
            let reason = "indefinite length where DER is required";
            return Err(DecodeError::invalid(reason).at(self.offset));
        };
        let total = header
            .end(length, self.rest.len())
            .map_err(|error| error.at(self.offset))?;
        let (raw, rest) = self.rest.split_at(total);
        let element = Element {
            tag: header.tag,
            content: &raw[header.size..],
            raw,
            offset: self.offset,
        };
        self.rest = rest;
        self.offset += total;
        Ok(Some(element))
    }

    /// What becomes of each value that is left, in exactly the memory that so many take.
    pub(crate) fn each<T>(
        mut self,
        read: impl Fn(Element<'a>) -> Result<T, DecodeError>,
    ) -> Result<Vec<T>, DecodeError> {
        let mut all = Vec::with_capacity(self.count());
        while let Some(element) = self.next()? {
            all.push(read(element)?);
        }
        Ok(all)
    }

    /// How many values are left, up to one that cannot be read.
    pub(crate) fn count(&self) -> usize {
        let mut rest = self.clone();
        std::iter::from_fn(|| rest.next().ok().flatten()).count()
    }

    /// The next value, whatever it is; its absence is an error.
    pub(crate) fn any(&mut self, what: &'static str) -> Result<Element<'a>, DecodeError> {
        let offset = self.offset;
        self.next()?.ok_or_else(|| {
            DecodeError::new(DecodeErrorKind::Truncated { missing: 2 })
                .at(offset)
                .in_field(what)
        })
    }

    /// The next value, which must have this identifier octet.
    pub(crate) fn expect(&mut self, expected: u8) -> Result<Element<'a>, DecodeError> {
        let offset = self.offset;
        match self.next()? {
            Some(element) => element.of_tag(expected),
            None => Err(DecodeError::new(DecodeErrorKind::Truncated { missing: 2 }).at(offset)),
        }
    }

    /// Like [`Self::expect`], naming the field in the error.
    pub(crate) fn field(
        &mut self,
        expected: u8,
        field: &'static str,
    ) -> Result<Element<'a>, DecodeError> {
        self.expect(expected).map_err(|error| error.in_field(field))
    }

    /// The next value if it has this identifier octet.
    pub(crate) fn optional(&mut self, expected: u8) -> Result<Option<Element<'a>>, DecodeError> {
        if self.rest.first() == Some(&expected) {
            self.next()
        } else {
            Ok(None)
        }
    }

    /// Fails if anything is left.
    pub(crate) fn finish(&self) -> Result<(), DecodeError> {
        match self.rest.len() {
            0 => Ok(()),
            left => Err(DecodeError::new(DecodeErrorKind::TrailingData(left)).at(self.offset)),
        }
    }
}

/// Identifier and length octets.
pub(super) struct Header {
    pub(super) tag: u8,
    /// How many octets identifier and length take.
    pub(super) size: usize,
    /// `None`: indefinite.
    pub(super) length: Option<usize>,
}

impl Header {
    /// How many octets the value takes, of those that are there. A length of four gigabytes does
    /// not overflow where addresses have 32 bits.
    pub(super) fn end(&self, length: usize, available: usize) -> Result<usize, DecodeError> {
        let end = self.size.saturating_add(length);
        match end.saturating_sub(available) {
            0 => Ok(end),
            missing => Err(DecodeError::new(DecodeErrorKind::Truncated { missing })),
        }
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, DecodeError> {
        let truncated = || DecodeError::new(DecodeErrorKind::Truncated { missing: 1 });
        let tag = *bytes.first().ok_or_else(truncated)?;
        let mut size = 1;
        if tag & 0x1f == 0x1f {
            while *bytes.get(size).ok_or_else(truncated)? & 0x80 != 0 {
                size += 1;
            }
            size += 1;
        }
        let first = *bytes.get(size).ok_or_else(truncated)?;
        size += 1;
        let length = match first {
            0..=0x7f => Some(usize::from(first)),
            0x80 => None,
            _ => {
                let count = usize::from(first & 0x7f);
                let octets = bytes.get(size..size + count).ok_or_else(truncated)?;
                size += count;
                Some(long_length(octets)?)
            }
        };
        Ok(Self { tag, size, length })
    }
}

/// The identifier octet of the first value inside the value that begins here, definite or not.
pub(crate) fn first_inner_tag(bytes: &[u8]) -> Option<u8> {
    let header = Header::read(bytes).ok()?;
    bytes.get(header.size).copied()
}

pub(crate) fn trim_leading_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    &bytes[zeros..]
}

fn long_length(octets: &[u8]) -> Result<usize, DecodeError> {
    let significant = trim_leading_zeros(octets);
    if significant.len() > 4 {
        return Err(DecodeError::invalid("a length beyond four gigabytes"));
    }
    Ok(significant
        .iter()
        .fold(0, |length, byte| length << 8 | usize::from(*byte)))
}

fn unexpected(expected: &'static str, found: &Element<'_>) -> DecodeError {
    let kind = DecodeErrorKind::UnexpectedTag {
        expected,
        found: found.tag,
    };
    DecodeError::new(kind).at(found.offset)
}

fn name_of(expected: u8) -> &'static str {
    match expected {
        tag::BOOLEAN => "BOOLEAN",
        tag::INTEGER => "INTEGER",
        tag::BIT_STRING => "BIT STRING",
        tag::OCTET_STRING => "OCTET STRING",
        tag::NULL => "NULL",
        tag::OBJECT_IDENTIFIER => "OBJECT IDENTIFIER",
        tag::SEQUENCE => "SEQUENCE",
        tag::SET => "SET",
        _ => "a tagged value",
    }
}
