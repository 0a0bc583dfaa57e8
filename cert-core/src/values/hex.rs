//! Hexadecimal as people and systems write it: plain, or in groups by colons or blanks.

/// What each letter means. In a table, for whether a digit is a number or a letter is chance, and
/// mispredicted branches cost more than all the rest.
const VALUES: [u8; 256] = {
    let mut values = [OTHER; 256];
    let mut value = 0;
    while value < 16 {
        values[b"0123456789abcdef"[value] as usize] = value as u8;
        values[b"0123456789ABCDEF"[value] as usize] = value as u8;
        value += 1;
    }
    values[b':' as usize] = COLON;
    let mut blank = 0;
    while blank < 5 {
        values[b" \t\n\x0c\r"[blank] as usize] = BLANK;
        blank += 1;
    }
    values
};
const COLON: u8 = 16;
const BLANK: u8 = 17;
const OTHER: u8 = 18;

/// Octets of a hexadecimal text, a missing first digit taken as zero; `None` when it is malformed.
///
/// Blanks at the ends and a prefix `0x` are ignored. Groups after the first have an even number of
/// digits, for of `1:2` nobody knows whether it means `0102` or `12`.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let text = without_prefix(text);
    let mut octets = Vec::with_capacity(text.len() / 2 + 1);
    let (mut octet, mut half, mut empty) = (0, starts_odd(text), true);
    for letter in text.bytes() {
        match VALUES[usize::from(letter)] {
            value @ 0..16 => {
                octet = octet << 4 | value;
                if half {
                    octets.push(octet);
                }
                (half, empty) = (!half, false);
            }
            BLANK if !half => {}
            COLON if !half && !empty => empty = true,
            _ => return None,
        }
    }
    if half || empty { None } else { Some(octets) }
}

/// The octet that two digits stand for.
pub(crate) fn octet(high: u8, low: u8) -> Option<u8> {
    let [high, low] = [high, low].map(|letter| VALUES[usize::from(letter)]);
    (high < 16 && low < 16).then_some(high << 4 | low)
}

/// Whether a hexadecimal text lacks a digit at its start, so that its octets are a guess.
pub(crate) fn is_odd(text: &str) -> bool {
    starts_odd(without_prefix(text))
}

/// Whether two hexadecimal texts have the same digits, separators and leading zeros aside: if not,
/// they are not the same number.
pub(crate) fn same_digits(left: &str, right: &str) -> bool {
    significant_digits(left).eq(significant_digits(right))
}

/// Lower-case digits, two for each octet, with `separator` between the octets.
pub(crate) fn encode(octets: &[u8], separator: &str) -> String {
    let mut text = String::with_capacity(octets.len() * (2 + separator.len()));
    for (index, octet) in octets.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        for value in [octet >> 4, octet & 0xf] {
            text.push(char::from(b"0123456789abcdef"[usize::from(value)]));
        }
    }
    text
}

fn significant_digits(text: &str) -> impl Iterator<Item = u8> {
    let values = text.bytes().map(|letter| VALUES[usize::from(letter)]);
    values
        .filter(|value| *value < 16)
        .skip_while(|value| *value == 0)
}

fn starts_odd(text: &str) -> bool {
    text.bytes()
        .take_while(|letter| VALUES[usize::from(*letter)] < 16)
        .count()
        % 2
        == 1
}

fn without_prefix(text: &str) -> &str {
    let text = text.trim();
    match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => &text[2..],
        _ => text,
    }
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
        }
    }

    #[test]
    fn a_missing_first_digit_is_seen() {
        for (text, odd) in [
            ("abc", true),
            ("0xabcd", false),
            ("a:bc", true),
            ("ab:cd", false),
        ] {
            assert_eq!(is_odd(text), odd, "{text}");
        }
    }

    #[test]
    fn octets_are_written_with_two_digits() {
        assert_eq!(encode(&[0, 10, 255], ""), "000aff");
        assert_eq!(encode(&[0, 10, 255], ":"), "00:0a:ff");
        assert_eq!(encode(&[], ":"), "");
    }
}
