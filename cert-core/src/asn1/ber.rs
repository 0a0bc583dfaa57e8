use std::borrow::Cow;

use super::reader::Header;
use super::{tag, writer};
use crate::{DecodeError, DecodeErrorKind};

/// Deeper than any key store or bundle nests its values.
const DEPTH_LIMIT: usize = 32;

/// The first value of `ber` with every indefinite length made definite and every OCTET STRING in
/// one piece; untouched where that is so already, so that what was signed stays as it was.
pub(crate) fn to_definite(ber: &[u8]) -> Result<Cow<'_, [u8]>, DecodeError> {
    let (definite, _) = convert(ber, 0, DEPTH_LIMIT)?;
    Ok(definite)
}

/// Converts the value at the start of `ber`; also tells how many bytes it took.
fn convert(ber: &[u8], offset: usize, depth: usize) -> Result<(Cow<'_, [u8]>, usize), DecodeError> {
    if depth == 0 {
        return Err(DecodeError::new(DecodeErrorKind::TooDeep(DEPTH_LIMIT)).at(offset));
    }
    let header = Header::read(ber).map_err(|error| error.at(offset))?;
    let content = &ber[header.size..];
    let taken = match header.length {
        Some(length) if length > content.len() => {
            let missing = length - content.len();
            return Err(DecodeError::new(DecodeErrorKind::Truncated { missing }).at(offset));
        }
        Some(length) if header.tag & 0x20 == 0 => {
            return Ok((
                Cow::Borrowed(&ber[..header.size + length]),
                header.size + length,
            ));
        }
        Some(length) => header.size + length,
        None if header.tag & 0x20 == 0 => {
            let reason = "indefinite length on a value that has no parts";
            return Err(DecodeError::invalid(reason).at(offset));
        }
        None => ber.len(),
    };
    let mut parts = Parts::default();
    let mut position = header.size;
    loop {
        if header.length.is_some() && position == taken {
            break;
        }
        if header.length.is_none() && ber[position..taken].starts_with(&[0, 0]) {
            position += 2;
            break;
        }
        let (part, size) = convert(&ber[position..taken], offset + position, depth - 1)?;
        parts.push(part);
        position += size;
    }
    let pieces = header.tag == tag::OCTET_STRING | 0x20;
    if header.length.is_some() && !parts.changed && !pieces {
        return Ok((Cow::Borrowed(&ber[..position]), position));
    }
    let definite = if pieces {
        writer::octet_string(&joined(&parts.bytes, offset)?)
    } else {
        with_identifier(&ber[..identifier_size(ber)], &parts.bytes)
    };
    Ok((Cow::Owned(definite), position))
}

#[derive(Default)]
struct Parts {
    bytes: Vec<u8>,
    changed: bool,
}

impl Parts {
    fn push(&mut self, part: Cow<'_, [u8]>) {
        self.changed |= matches!(part, Cow::Owned(_));
        self.bytes.extend_from_slice(&part);
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

fn with_identifier(identifier: &[u8], content: &[u8]) -> Vec<u8> {
    let mut der = identifier.to_vec();
    writer::push_length(&mut der, content.len());
    der.extend_from_slice(content);
    der
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
    fn refuses_endless_nesting_and_missing_ends() {
        let deep = [0x30, 0x80].repeat(100);
        let error = to_definite(&deep).expect_err("nested too deep");
        assert_eq!(error.kind(), &DecodeErrorKind::TooDeep(32));
        let open = [0x30, 0x80, 0x02, 1, 5];
        let error = to_definite(&open).expect_err("the end is missing");
        assert_eq!(error.kind(), &DecodeErrorKind::Truncated { missing: 1 });
    }
}
