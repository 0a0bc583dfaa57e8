use std::borrow::Cow;

use super::decode_error::{DecodeError, DecodeErrorKind};
use super::reader::Header;
use super::{tag, writer};

/// Deeper than any key store or bundle nests its values.
const DEPTH_LIMIT: usize = 32;

/// The one value that `ber` consists of, with every indefinite length made definite and every
/// OCTET STRING in one piece; untouched where that is so already, so that what was signed stays as
/// it was.
pub(crate) fn to_definite(ber: &[u8]) -> Result<Cow<'_, [u8]>, DecodeError> {
    let (definite, end) = convert(ber, 0, DEPTH_LIMIT)?;
    match ber.len() - end {
        0 => Ok(definite),
        left => Err(DecodeError::new(DecodeErrorKind::TrailingData(left)).at(end)),
    }
}

/// Converts the value at the start of `ber`; also tells how many bytes it took.
fn convert(ber: &[u8], offset: usize, depth: usize) -> Result<(Cow<'_, [u8]>, usize), DecodeError> {
    if depth == 0 {
        return Err(DecodeError::new(DecodeErrorKind::TooDeep(DEPTH_LIMIT)).at(offset));
    }
    let header = Header::read(ber).map_err(|error| error.at(offset))?;
    let end = header
        .end(header.length.unwrap_or(ber.len() - header.size), ber.len())
        .map_err(|error| error.at(offset))?;
    let constructed = header.tag & 0x20 != 0;
    if !constructed && header.length.is_some() {
        return Ok((Cow::Borrowed(&ber[..end]), end));
    }
    if !constructed {
        let reason = "indefinite length on a value that has no parts";
        return Err(DecodeError::invalid(reason).at(offset));
    }
    let parts = Parts::convert(&ber[..end], &header, offset, depth)?;
    let in_pieces = header.tag == tag::OCTET_STRING | 0x20;
    if header.length.is_some() && !parts.changed && !in_pieces {
        return Ok((Cow::Borrowed(&ber[..end]), end));
    }
    let definite = if in_pieces {
        writer::octet_string(&joined(&parts.bytes, offset)?)?
    } else {
        with_identifier(&ber[..identifier_size(ber)], &parts.bytes)?
    };
    Ok((Cow::Owned(definite), parts.end))
}

/// The contents of a constructed value, converted.
struct Parts {
    bytes: Vec<u8>,
    changed: bool,
    /// Where the value ends, the end-of-contents octets included.
    end: usize,
}

impl Parts {
    fn convert(
        ber: &[u8],
        header: &Header,
        offset: usize,
        depth: usize,
    ) -> Result<Self, DecodeError> {
        let mut bytes = Vec::new();
        let mut changed = false;
        let mut position = header.size;
        loop {
            let rest = &ber[position..];
            if header.length.is_some() && rest.is_empty() {
                return Ok(Self {
                    bytes,
                    changed,
                    end: position,
                });
            }
            if header.length.is_none() && rest.starts_with(&[0, 0]) {
                return Ok(Self {
                    bytes,
                    changed,
                    end: position + 2,
                });
            }
            let (part, size) = convert(rest, offset + position, depth - 1)?;
            changed |= matches!(part, Cow::Owned(_));
            bytes.extend_from_slice(&part);
            position += size;
        }
    }
}

fn joined(pieces: &[u8], offset: usize) -> Result<Vec<u8>, DecodeError> {
    let mut octets = Vec::with_capacity(pieces.len());
    let mut reader = super::Reader::new(pieces);
    while let Some(piece) = reader.next().map_err(|error| error.at(offset))? {
        octets.extend_from_slice(piece.of_tag(tag::OCTET_STRING)?.content);
    }
    Ok(octets)
}

fn with_identifier(identifier: &[u8], content: &[u8]) -> Result<Vec<u8>, DecodeError> {
    Ok([identifier, &writer::length(content.len())?, content].concat())
}

fn identifier_size(ber: &[u8]) -> usize {
    if ber[0] & 0x1f != 0x1f {
        return 1;
    }
    1 + ber[1..]
        .iter()
        .take_while(|octet| **octet & 0x80 != 0)
        .count()
        + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_pieces_and_closes_open_lengths() {
        let ber = [
            0x30, 0x80, 0x24, 0x80, 0x04, 1, b'a', 0x04, 1, b'b', 0, 0, 0, 0,
        ];
        let der = to_definite(&ber).expect("well-formed BER");
        assert_eq!(&*der, [0x30, 4, 0x04, 2, b'a', b'b']);
    }

    #[test]
    fn leaves_definite_values_alone() {
        let der = [0x30, 0x81, 3, 0x02, 1, 5];
        assert!(matches!(to_definite(&der), Ok(Cow::Borrowed(same)) if same == der));
    }

    #[test]
    fn lengths_that_fill_the_address_space_do_not_overflow() {
        let header = Header {
            tag: 0x30,
            size: 6,
            length: Some(usize::MAX),
        };
        let error = header.end(usize::MAX, 100).expect_err("cut short");
        let missing = usize::MAX - 100;
        assert_eq!(error.kind(), &DecodeErrorKind::Truncated { missing });
        for tag in [0x30, 0x04, 0x24] {
            let ber = [tag, 0x84, 0xff, 0xff, 0xff, 0xff, 1, 2];
            let error = to_definite(&ber).expect_err("cut short");
            assert!(matches!(error.kind(), DecodeErrorKind::Truncated { .. }));
        }
    }

    #[test]
    fn refuses_endless_nesting_and_missing_ends() {
        let deep = [0x30, 0x80].repeat(100);
        let error = to_definite(&deep).expect_err("nested too deep");
        assert_eq!(error.kind(), &DecodeErrorKind::TooDeep(32));
        let open = [0x30, 0x80, 0x02, 1, 5];
        let error = to_definite(&open).expect_err("the end is missing");
        assert_eq!(error.kind(), &DecodeErrorKind::Truncated { missing: 1 });
    }
}
