//! Keeps vendors' texts short, printable and free of what was sent as a secret.

use std::fmt::{self, Write as _};

/// Longest text of a vendor's that is displayed, in characters.
const SHOWN: usize = 300;

/// `text` with every occurrence of a secret replaced.
pub(crate) fn masked<'a>(text: String, secrets: impl IntoIterator<Item = &'a str>) -> String {
    let mut secrets: Vec<&str> = secrets
        .into_iter()
        .filter(|secret| !secret.is_empty() && text.contains(secret))
        .collect();
    secrets.sort_unstable_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets
        .into_iter()
        .fold(text, |text, secret| text.replace(secret, "***"))
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
    fn long_texts_are_cut() {
        assert_eq!(
            escaped(&"ä".repeat(400)).to_string().chars().count(),
            SHOWN + 3
        );
    }
}
