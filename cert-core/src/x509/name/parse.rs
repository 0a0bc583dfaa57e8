use super::{AttributeType, AttributeTypeAndValue, RelativeDistinguishedName};
use crate::asn1::eight_bit;
use crate::values::hex;

/// Takes a distinguished name apart, whichever spelling it is in; the most significant level
/// comes out first. `None` if the text is no such name.
pub(super) fn parse(text: &str) -> Option<Vec<RelativeDistinguishedName>> {
    let text = trim_unescaped(text);
    if text.is_empty() {
        return Some(Vec::new());
    }
    let (text, separator) = match text.strip_prefix('/') {
        Some(rest) => (rest, b'/'),
        None => (text, b','),
    };
    let mut parts: Vec<RelativeDistinguishedName> = Vec::new();
    for (joined, piece) in pieces(text, separator) {
        let attribute = attribute(piece)?;
        match parts.last_mut() {
            Some(part) if joined => part.attributes.push(attribute),
            _ => parts.push(RelativeDistinguishedName::new(attribute)),
        }
    }
    if separator == b',' && !is_forward(&parts) {
        parts.reverse();
    }
    Some(parts)
}

/// The attributes as they are written, each with whether a `+` joins it to the one before.
///
/// A separator counts only where an attribute type and `=` follow: values with unescaped commas
/// and slashes are common.
fn pieces(text: &str, separator: u8) -> Vec<(bool, &str)> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut joined = false;
    let mut value_start = value_position(text, 0);
    let mut quoted = false;
    // Whether the value has only white space so far.
    let mut blank = true;
    let mut position = 0;
    while position < bytes.len() {
        let byte = bytes[position];
        blank |= position == value_start;
        let was_blank = blank || position < value_start;
        blank &= byte.is_ascii_whitespace();
        match byte {
            b'\\' => position += 1,
            b'"' if quoted => quoted = false,
            b'"' => quoted = was_blank,
            _ if quoted => {}
            _ if byte == separator || byte == b'+' || (byte == b';' && separator == b',') => {
                let strict = byte == b'+' || separator == b'/';
                if starts_attribute(&text[position + 1..], strict) {
                    pieces.push((joined, &text[start..position]));
                    joined = byte == b'+';
                    start = position + 1;
                    value_start = value_position(text, start);
                }
            }
            _ => {}
        }
        position += 1;
    }
    pieces.push((joined, &text[start..]));
    pieces
}

fn value_position(text: &str, start: usize) -> usize {
    text[start..]
        .find('=')
        .map_or(text.len(), |equals| start + equals + 1)
}

/// Whether an attribute type and `=` come next; `strict`: one that is known, because the
/// separator itself is common in values.
fn starts_attribute(text: &str, strict: bool) -> bool {
    let text = text.trim_start();
    let end = text.find(|next| !is_of_attribute_type(next));
    let (kind, rest) = text.split_at(end.unwrap_or(text.len()));
    rest.trim_start().starts_with('=')
        && is_attribute_type(kind)
        && (!strict || AttributeType::from(kind).oid().is_some())
}

fn is_attribute_type(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(is_of_attribute_type)
}

fn is_of_attribute_type(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.')
}

fn attribute(text: &str) -> Option<AttributeTypeAndValue> {
    let (kind, value) = text.split_once('=')?;
    let kind = Some(kind.trim())
        .filter(|kind| is_attribute_type(kind))
        .map(AttributeType::from)?;
    let value = trim_unescaped(value);
    if let Some(hex) = value.strip_prefix('#')
        && let Some(attribute) = AttributeTypeAndValue::from_hex(kind.clone(), hex)
    {
        return Some(attribute);
    }
    let quoted = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    Some(AttributeTypeAndValue::new(
        kind,
        unescape(quoted.unwrap_or(value)),
    ))
}

/// Without the white space around it, save a space that is escaped.
fn trim_unescaped(value: &str) -> &str {
    let value = value.trim_ascii_start();
    let trimmed = value.trim_ascii_end();
    let backslashes = trimmed
        .bytes()
        .rev()
        .take_while(|byte| *byte == b'\\')
        .count();
    match value[trimmed.len()..].chars().next() {
        Some(space) if backslashes % 2 == 1 => &value[..trimmed.len() + space.len_utf8()],
        _ => trimmed,
    }
}

/// Escapes of RFC 4514 (`\,`, `\2C`) and those that OpenSSL prints (`\xE4`).
fn unescape(value: &str) -> String {
    let mut octets = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let (octet, taken) = match (first, after) {
            (b'\\', [b'x', high, low, ..]) if hex::octet(*high, *low).is_some() => {
                (hex::octet(*high, *low), 4)
            }
            (b'\\', [high, low, ..]) if hex::octet(*high, *low).is_some() => {
                (hex::octet(*high, *low), 3)
            }
            (b'\\', [escaped, ..]) if !escaped.is_ascii_alphanumeric() => (Some(*escaped), 2),
            _ => (Some(*first), 1),
        };
        octets.extend(octet);
        rest = &rest[taken..];
    }
    eight_bit(&octets)
}

/// Whether the text runs from the country to the person; RFC 4514 runs the other way.
fn is_forward(parts: &[RelativeDistinguishedName]) -> bool {
    let mut ranks = parts
        .iter()
        .flat_map(|part| &part.attributes)
        .filter_map(|a| a.kind().rank());
    let first = ranks.next();
    let last = ranks.next_back();
    matches!((first, last), (Some(first), Some(last)) if first < last)
}
