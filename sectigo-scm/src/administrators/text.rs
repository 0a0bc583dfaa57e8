//! Characters of logins, names and serial numbers.

use cert_core::{SerialNumber, Violation};

/// Refuses a login with other characters than the vendor takes.
pub(super) fn login(text: &str) -> Result<(), Violation> {
    let taken = |letter: char| letter.is_ascii_alphanumeric() || "!@_.-+'".contains(letter);
    refuse(text, taken, "letters, digits and `!@_.-+'`")
}

/// Refuses a name with a character that the vendor does not take.
pub(crate) fn name(text: &str) -> Result<(), Violation> {
    let taken = |letter: char| !FORBIDDEN.contains(letter);
    refuse(text, taken, &format!("none of `{FORBIDDEN}`"))
}

/// Refuses a name of blanks alone, too.
pub(crate) fn written_name(text: &str) -> Result<(), Violation> {
    written(text)?;
    name(text)
}

/// Refuses a text of blanks alone.
pub(super) fn written(text: &str) -> Result<(), Violation> {
    match text.trim() {
        "" => Err(Violation::new("is blank")),
        _ => Ok(()),
    }
}

/// Refuses a serial number that is not hexadecimal, with or without colons and `0x`.
pub(super) fn serial(number: &SerialNumber) -> Result<(), Violation> {
    let text = number.as_str();
    let digits = text.strip_prefix("0x").unwrap_or(text);
    let taken = |letter: char| letter.is_ascii_hexdigit() || letter == ':';
    match digits {
        "" => Err(Violation::new("is empty")),
        _ => refuse(digits, taken, "hexadecimal digits and colons"),
    }
}

const FORBIDDEN: &str = "<>|!@#$%^*()~?/\\&_+=\":;,{}[]`";

fn refuse(text: &str, taken: impl Fn(char) -> bool, what: &str) -> Result<(), Violation> {
    match text.chars().find(|letter| !taken(*letter)) {
        None => Ok(()),
        Some(letter) => Err(Violation::new(format!(
            "has the character {letter:?}: it must have {what}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_the_characters_that_the_vendor_takes() {
        assert_eq!(login("o'neil+api@example.com"), Ok(()));
        assert!(login("two words").is_err());
        assert_eq!(name("Zoë O'Neil-Smith"), Ok(()));
        let wrong = name("R&D").expect_err("a character");
        assert!(wrong.to_string().starts_with("has the character '&'"));
        assert!(written_name(" \t").is_err());
        for number in ["123456789AB", "0x12:ab"] {
            assert_eq!(serial(&number.into()), Ok(()), "{number}");
        }
        for number in ["", "0x", "12 34", "x12"] {
            assert!(serial(&number.into()).is_err(), "{number}");
        }
    }
}
