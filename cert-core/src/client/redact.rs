//! Keeps vendors' texts short, printable and free of what was sent as a secret.

use std::fmt::{self, Write as _};

use crate::Secret;

/// Longest text of a vendor's that is displayed, in characters.
const SHOWN: usize = 300;

/// `text` with every occurrence of a secret replaced, whatever form it was repeated in.
pub(crate) fn masked<'a>(text: String, secrets: impl IntoIterator<Item = &'a str>) -> String {
    let mut forms: Vec<Secret> = secrets
        .into_iter()
        .flat_map(forms)
        .filter(|form| !form.expose().is_empty() && text.contains(form.expose()))
        .collect();
    forms.sort_unstable_by_key(|form| std::cmp::Reverse(form.expose().len()));
    forms
        .iter()
        .fold(text, |text, form| text.replace(form.expose(), "***"))
}

/// A secret as it is, in JSON and in a form, also with its white space run together.
fn forms(secret: &str) -> [Secret; 5] {
    let json = serde_json::Value::from(secret).to_string();
    let json = &json[1..json.len() - 1];
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    [secret, json, &form, &words(secret), &words(json)].map(Secret::new)
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Displays `text` with control characters escaped, shortened to [`SHOWN`] characters.
pub(crate) fn escaped(text: &str) -> impl fmt::Display + '_ {
    Escaped(text)
}

struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, character) in self.0.chars().enumerate() {
            if count == SHOWN {
                return f.write_str("...");
            }
            if character.is_control() {
                write!(f, "{}", character.escape_default())?;
            } else {
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_secrets_are_masked_first() {
        assert_eq!(masked("pw secret".into(), ["se", "secret", ""]), "pw ***");
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
