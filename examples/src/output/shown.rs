//! Vendors' text, made harmless to look at.

use std::borrow::Cow;
use std::fmt::Write as _;

use cert_core::client::escaped;

/// All of a text on one line: controls, what turns the direction of writing and what takes no
/// room are escaped.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        // `escaped` ends a text after some 300 characters: it is given one at a time.
        let _ = write!(shown, "{}", escaped(character.encode_utf8(&mut [0; 4])));
    }
    shown.into()
}

/// A text as a cell that no spreadsheet takes for a formula.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠') => {
            format!("'{}", shown(text)).into()
        }
        _ => shown(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_a_terminal() {
        assert_eq!(shown("plain"), "plain");
        assert_eq!(shown("Grüße 東京"), "Grüße 東京");
        assert_eq!(shown("\x1b[2J\u{9b}31m\n"), "\\u{1b}[2J\\u{9b}31m\\n");
        assert_eq!(
            shown("moc.\u{202e}\u{200b}evil"),
            "moc.\\u{202e}\\u{200b}evil"
        );
    }

    #[test]
    fn a_long_text_stays_whole() {
        let long = "ä".repeat(5000);
        assert_eq!(shown(&long), long);
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"] {
            assert_eq!(cell(text), format!("'{text}"));
        }
        assert_eq!(cell("\t=1"), "'\\t=1");
        assert_eq!(cell("a=b"), "a=b");
    }
}
