//! Keeps vendors' texts short, printable and free of what was sent as a secret.

use std::fmt::{self, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::values::Secret;

/// Longest text of a vendor's that is displayed, in characters.
const SHOWN: usize = 300;

/// Shortest secret that is masked; a text with a shorter one in it is dropped.
const SHORTEST: usize = 4;

/// `text` with every occurrence of a secret replaced, whatever form it was repeated in.
pub(crate) fn masked<'a>(text: String, secrets: impl IntoIterator<Item = &'a str>) -> String {
    let mut forms: Vec<Secret> = secrets
        .into_iter()
        .filter(|secret| !secret.is_empty())
        .flat_map(forms)
        .filter(|form| !form.expose().is_empty() && text.contains(form.expose()))
        .collect();
    if forms
        .iter()
        .any(|form| form.expose().chars().count() < SHORTEST)
    {
        return "*** (the vendor's text repeats a short secret)".to_owned();
    }
    forms.sort_unstable_by_key(|form| std::cmp::Reverse(form.expose().len()));
    forms
        .iter()
        .fold(text, |text, form| text.replace(form.expose(), "***"))
}

/// A secret as others write it: as it is, in JSON (short, or with every escape there is), in a
/// form, percent-encoded with capital or small digits, in HTML, in base64; and its texts also
/// with their white space run together.
fn forms(secret: &str) -> Vec<Secret> {
    let json = serde_json::Value::from(secret).to_string();
    let json = json[1..json.len() - 1].to_owned();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let path = utf8_percent_encode(secret, UNRESERVED).to_string();
    let standard = STANDARD.encode(secret);
    let url_safe = URL_SAFE_NO_PAD.encode(secret);
    let mut forms = vec![
        secret.to_owned(),
        words(secret),
        words(&json),
        json.replace('/', "\\/"),
        unicode(secret, false),
        unicode(secret, true),
        small(&form),
        small(&percent),
        small(&path),
        html(secret, "&#39;"),
        html(secret, "&#x27;"),
        html(secret, "&apos;"),
        standard.trim_end_matches('=').to_owned(),
        standard,
        url_safe,
        json,
        form,
        percent,
        path,
    ];
    forms.sort_unstable();
    forms.dedup();
    forms.into_iter().map(Secret::new).collect()
}

/// Everything that RFC 3986 lets stand unencoded.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Percent-encoded octets in small letters.
fn small(encoded: &str) -> String {
    let mut parts = encoded.split('%');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match part.split_at_checked(2) {
        Some((octet, rest)) => text + "%" + &octet.to_ascii_lowercase() + rest,
        None => text + "%" + part,
    })
}

/// JSON as some libraries write it: everything outside ASCII escaped, and what HTML minds.
fn unicode(secret: &str, capital: bool) -> String {
    let mut text = String::new();
    for character in secret.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '<' | '>' | '&' | '\'' | '=' | '+' | '\0'..='\x1f' | '\x7f'.. => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = match capital {
                        true => write!(text, "\\u{unit:04X}"),
                        false => write!(text, "\\u{unit:04x}"),
                    };
                }
            }
            _ => text.push(character),
        }
    }
    text
}

fn html(secret: &str, apostrophe: &str) -> String {
    let text = secret
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', apostrophe)
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Displays a vendor's text on one line: control characters escaped, as well as those that turn
/// the direction of writing or take no room, and no more than 300 characters.
///
/// ```
/// assert_eq!(cert_core::client::escaped("a\u{202e}b\n").to_string(), "a\\u{202e}b\\n");
/// ```
pub fn escaped(text: &str) -> impl fmt::Display + '_ {
    Escaped(text)
}

struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, character) in self.0.chars().enumerate() {
            if count == SHOWN {
                return f.write_str("...");
            }
            if character.is_control() || is_unseen(character) {
                write!(f, "{}", character.escape_default())?;
            } else {
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}

/// Whether a character changes how others look without being seen itself.
pub(crate) fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_secrets_are_masked_first() {
        assert_eq!(
            masked("pw secrets".into(), ["secr", "secrets", ""]),
            "pw ***"
        );
    }

    #[test]
    fn a_text_with_a_short_secret_is_dropped() {
        let text = masked("the password b is wrong".into(), ["b"]);
        assert!(
            !text.contains("password") && text.starts_with("***"),
            "{text}"
        );
        assert_eq!(masked("all is well".into(), ["xyz"]), "all is well");
    }

    #[test]
    fn echoes_are_masked_in_every_spelling() {
        let secret = "p\u{e4}ss/w<o>r d&'1+";
        for spelling in [
            "p\\u00e4ss/w\\u003co\\u003er d\\u0026\\u00271\\u002b",
            "p\\u00E4ss/w\\u003Co\\u003Er d\\u0026\\u00271\\u002B",
            "p\u{e4}ss\\/w<o>r d&'1+",
            "p%C3%A4ss%2Fw%3Co%3Er%20d%26%271%2B",
            "p%c3%a4ss%2fw%3co%3er%20d%26%271%2b",
            "p%C3%A4ss%2Fw%3Co%3Er+d%26%271%2B",
            "p\u{e4}ss/w&lt;o&gt;r d&amp;&#39;1+",
            "cMOkc3Mvdzxv",
        ] {
            let text = match spelling {
                "cMOkc3Mvdzxv" => STANDARD.encode(secret),
                spelling => spelling.to_owned(),
            };
            assert_eq!(masked(format!("[{text}]"), [secret]), "[***]", "{spelling}");
        }
    }

    #[test]
    fn secrets_are_masked_as_others_write_them() {
        let repeated = r#"{"a": "x\"\n y"} a=x%22%0A+y x" y"#.to_owned();
        assert_eq!(masked(repeated, ["x\"\n y"]), r#"{"a": "***"} a=*** ***"#);
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(
            escaped(&"ä".repeat(400)).to_string().chars().count(),
            SHOWN + 3
        );
    }
}
