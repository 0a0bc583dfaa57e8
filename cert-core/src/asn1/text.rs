use super::{Element, tag};

/// The text of an ASN.1 string, read the way the field writes it rather than the way it is
/// labelled: UTF-8 under any eight-bit label if it is valid, Latin-1 otherwise (which is also what
/// `T61String` means in practice). `None` for what is no string, or whose octets make no characters.
pub(crate) fn string_text(element: &Element<'_>) -> Option<String> {
    match element.tag {
        tag::UTF8_STRING
        | tag::NUMERIC_STRING
        | tag::PRINTABLE_STRING
        | tag::T61_STRING
        | tag::IA5_STRING
        | tag::VISIBLE_STRING => Some(eight_bit(element.content)),
        tag::BMP_STRING => utf16(element.content),
        tag::UNIVERSAL_STRING => utf32(element.content),
        _ => None,
    }
}

pub(crate) fn eight_bit(octets: &[u8]) -> String {
    match std::str::from_utf8(octets) {
        Ok(text) => text.to_owned(),
        Err(_) => octets.iter().copied().map(char::from).collect(),
    }
}

pub(crate) fn utf16(octets: &[u8]) -> Option<String> {
    let (pairs, rest) = octets.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().copied().map(u16::from_be_bytes).collect();
    if rest.is_empty() {
        String::from_utf16(&units).ok()
    } else {
        None
    }
}

fn utf32(octets: &[u8]) -> Option<String> {
    let (quads, rest) = octets.as_chunks::<4>();
    let mut scalars = quads.iter().copied().map(u32::from_be_bytes);
    if rest.is_empty() {
        scalars.try_fold(String::new(), push_scalar)
    } else {
        None
    }
}

fn push_scalar(mut text: String, scalar: u32) -> Option<String> {
    text.push(char::from_u32(scalar)?);
    Some(text)
}
