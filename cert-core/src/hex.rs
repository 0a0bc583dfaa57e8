//! Hexadecimal as people and systems write it: plain, or in groups by colons or blanks.

use std::fmt::Write;

/// Octets of a hexadecimal text, a missing first digit taken as zero; `None` when it is malformed.
///
/// Blanks at the ends and a prefix `0x` are ignored. Groups after the first have an even number of
/// digits, for of `1:2` nobody knows whether it means `0102` or `12`.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let text = without_prefix(text);
    let count = count(text)?;
    let mut octets = vec![0; count.div_ceil(2)];
    for (index, digit) in text.bytes().filter_map(digit).enumerate() {
        let place = index + count % 2;
        octets[place / 2] = octets[place / 2] << 4 | digit;
    }
    Some(octets)
}

/// Number of digits of a hexadecimal text; `None` when it is malformed.
pub(crate) fn digits(text: &str) -> Option<usize> {
    count(without_prefix(text))
}

/// Lower-case digits, two for each octet, with `separator` between the octets.
pub(crate) fn encode(octets: &[u8], separator: &str) -> String {
    let mut text = String::with_capacity(octets.len() * (2 + separator.len()));
    for (index, octet) in octets.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "{octet:02x}");
    }
    text
}

fn count(text: &str) -> Option<usize> {
    let mut count = 0;
    for part in text.split(':') {
        let mut empty = true;
        for group in part.split_ascii_whitespace() {
            let even_if_not_first = count == 0 || group.len() % 2 == 0;
            if !even_if_not_first || !group.bytes().all(|octet| octet.is_ascii_hexdigit()) {
                return None;
            }
            count += group.len();
            empty = false;
        }
        if empty {
            return None;
        }
    }
    Some(count)
}

fn without_prefix(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))
        .unwrap_or(text)
}

fn digit(octet: u8) -> Option<u8> {
    char::from(octet)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_gives_the_same_octets() {
        for text in [
            "0abcde",
            "ABCDE",
            "0xAbcDe",
            " 0a:bc:de ",
            "a:bcde",
            "0a bc\n de",
            "0X0a: bc:de",
        ] {
            assert_eq!(
                decode(text).as_deref(),
                Some(&[0x0a, 0xbc, 0xde][..]),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_ambiguous_or_no_hexadecimal_is_refused() {
        for text in [
            "", " ", "0x", ":", "00:0::11", "1:2", "ab:", ":ab", "0a:b", "xxxx2385", "0x0x0", "1g",
            "é0",
        ] {
            assert_eq!(decode(text), None, "{text}");
            assert_eq!(digits(text), None, "{text}");
        }
    }

    #[test]
    fn octets_are_written_with_two_digits() {
        assert_eq!(encode(&[0, 10, 255], ""), "000aff");
        assert_eq!(encode(&[0, 10, 255], ":"), "00:0a:ff");
        assert_eq!(encode(&[], ":"), "");
    }
}
