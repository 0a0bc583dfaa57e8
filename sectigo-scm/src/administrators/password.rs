use cert_core::{Secret, Time, open_enum};

use crate::{Error, ErrorCode};

open_enum! {
    /// Whether a password still holds.
    pub enum PasswordStatus {
        /// Until a date.
        Alive = "ALIVE",
        /// No longer: it has to be changed.
        Expired = "EXPIRED",
        /// For good.
        NeverExpires = "NEVER_EXPIRE",
    }
}

cert_core::response! {
    /// State of the password that the client signs in with.
    pub struct PasswordState {
        /// Whether the password still holds.
        #[wire("state")]
        pub status: Option<PasswordStatus>,
        /// Date until which the password holds.
        #[wire("expirationDate")]
        pub expires: Option<Time>,
    }
}

cert_core::request! {
    /// A password in place of the caller's.
    pub(super) struct PasswordChange(
        #[secret(..)]
        #[wire("newPassword")]
        password: Secret,
    ) {}
}

/// Rule of the password policy that a new password breaks.
///
/// ```no_run
/// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
/// use sectigo_scm::administrators::PasswordRule;
///
/// if let Err(error) = scm.administrators().change_password("short").await {
///     for rule in PasswordRule::broken_by(&error) {
///         match rule {
///             PasswordRule::Length { at_least } => println!("{at_least} characters, please"),
///             rule => println!("{rule:?}"),
///         }
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PasswordRule {
    /// Characters in all.
    Length {
        /// Fewest characters.
        at_least: u32,
    },
    /// Characters of one kind.
    Characters {
        /// Fewest characters of the kind.
        at_least: u32,
        /// Kind of character, in the vendor's words, such as `uppercase` or `digit`.
        kind: String,
    },
    /// A rule that is not known here, in the vendor's words.
    Other(String),
}

impl PasswordRule {
    /// The rules that an error lists, in the vendor's order; none unless its code is -7306.
    ///
    /// They are read from the vendor's text, which has one sentence for each.
    #[must_use]
    pub fn broken_by(error: &Error) -> Vec<Self> {
        match ErrorCode::of(error) == Some(ErrorCode::PASSWORD_POLICY) {
            true => Self::listed(error.message().unwrap_or_default()),
            false => Vec::new(),
        }
    }

    fn listed(text: &str) -> Vec<Self> {
        let rules = text.trim_start().strip_prefix(PREAMBLE).unwrap_or(text);
        let sentences = rules.split_inclusive(". ").map(str::trim);
        let sentences = sentences.filter(|sentence| !sentence.is_empty());
        sentences.map(Self::of).collect()
    }

    fn of(sentence: &str) -> Self {
        let rule = Self::on_length(sentence).or_else(|| Self::on_characters(sentence));
        rule.unwrap_or_else(|| Self::Other(sentence.to_owned()))
    }

    fn on_length(sentence: &str) -> Option<Self> {
        let rest = sentence.strip_prefix("Password must be ")?;
        let number = rest.strip_suffix(" or more characters in length.")?;
        let at_least = number.parse().ok()?;
        Some(Self::Length { at_least })
    }

    fn on_characters(sentence: &str) -> Option<Self> {
        let rest = sentence.strip_prefix("Password must contain ")?;
        let (number, kind) = rest.split_once(" or more ")?;
        let kind = kind.strip_suffix(" characters.")?.to_owned();
        let at_least = number.parse().ok()?;
        Some(Self::Characters { at_least, kind })
    }
}

const PREAMBLE: &str = "Password policy violated:";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_one_by_one_and_unknown_ones_kept() {
        let text = "Password policy violated: Password must contain 2 or more digit characters. \
                    Password must be 8 or more characters in length. Password is too funny.";
        let digits = PasswordRule::Characters {
            at_least: 2,
            kind: "digit".to_owned(),
        };
        let funny = PasswordRule::Other("Password is too funny.".to_owned());
        let length = PasswordRule::Length { at_least: 8 };
        assert_eq!(PasswordRule::listed(text), [digits, length, funny]);
    }

    #[test]
    fn a_text_of_another_form_is_kept_whole() {
        assert_eq!(PasswordRule::listed(""), []);
        let other = "Password must be some or more characters in length.";
        let kept = PasswordRule::Other(other.to_owned());
        assert_eq!(PasswordRule::listed(other), [kept]);
    }
}
