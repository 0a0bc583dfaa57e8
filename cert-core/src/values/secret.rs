use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use zeroize::Zeroizing;

/// A password, pass phrase, token or other text that nobody but its addressee may read.
///
/// The text is wiped from memory when the last owner drops it. `Debug` shows `Secret(***)`, there
/// is no `Display`, and serializing takes a decision: a request that has to carry the secret names
/// [`Secret::serialize_exposed`] on the field. What cannot be wiped are copies that others made
/// before, such as the buffer of a parser, or what a caller does with [`Secret::expose`].
///
/// ```
/// use cert_core::Secret;
///
/// #[derive(serde::Serialize)]
/// struct Keystore {
///     #[serde(serialize_with = "Secret::serialize_exposed")]
///     passphrase: Secret,
/// }
///
/// let keystore = Keystore { passphrase: Secret::new("correct horse") };
/// assert_eq!(format!("{:?}", keystore.passphrase), "Secret(***)");
/// assert_eq!(serde_json::to_string(&keystore)?, r#"{"passphrase":"correct horse"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Whatever takes a pass phrase here takes `impl Into<Secret>`: a literal, a `String` that is
/// moved, or a reference to a secret that is needed again.
///
/// ```
/// use cert_core::Secret;
///
/// fn open(passphrase: impl Into<Secret>) -> usize {
///     passphrase.into().expose().len()
/// }
/// let kept: Secret = "correct horse".parse()?;
/// let typed = String::from("correct horse");
/// assert_eq!([open("correct horse"), open(&kept), open(&typed), open(kept)], [13; 4]);
/// # Ok::<(), std::convert::Infallible>(())
/// ```
///
/// A field that is not marked does not compile:
///
/// ```compile_fail
/// #[derive(serde::Serialize)]
/// struct Leak {
///     passphrase: cert_core::Secret,
/// }
/// ```
#[doc(alias("password", "pass phrase", "token"))]
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes over the text; a `String` is moved, not copied.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself, for the place where it is used.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Serializes the text itself: for `#[serde(serialize_with = "Secret::serialize_exposed")]`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize_exposed<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }

    /// The same for an optional field, where `None` is sent as null: add
    /// `skip_serializing_if = "Option::is_none"` to leave it out instead.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize_exposed_option<S: Serializer>(
        secret: &Option<Self>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        secret.as_ref().map(Self::expose).serialize(serializer)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// Looks at every octet, so that the time it takes tells the length alone.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        let (own, other) = (self.expose().as_bytes(), other.expose().as_bytes());
        let pairs = own.iter().zip(other);
        own.len() == other.len() && pairs.fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
    }
}

impl Eq for Secret {}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

impl From<&Self> for Secret {
    fn from(secret: &Self) -> Self {
        secret.clone()
    }
}

impl FromStr for Secret {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::new(text))
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_string(SecretVisitor)
    }
}

struct SecretVisitor;

impl serde::de::Visitor<'_> for SecretVisitor {
    type Value = Secret;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a secret text")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Secret, E> {
        Ok(Secret::from(text))
    }

    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Secret, E> {
        Ok(Secret::from(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize)]
    struct Request {
        #[serde(
            serialize_with = "Secret::serialize_exposed_option",
            skip_serializing_if = "Option::is_none"
        )]
        token: Option<Secret>,
    }

    #[test]
    fn nothing_of_it_shows() {
        let nested = Some(vec![Secret::new("hunter2")]);
        assert_eq!(format!("{nested:?}"), "Some([Secret(***)])");
        assert!(!format!("{nested:#?}").contains("hunter2"));
    }

    #[test]
    fn equal_texts_are_equal_secrets() {
        let secret = Secret::new("hunter2");
        assert_eq!(secret, secret.clone());
        for other in ["", "hunter", "hunter3", "hunter22"] {
            assert_ne!(secret, Secret::new(other));
        }
    }

    #[test]
    fn optional_ones_are_sent_or_left_out() {
        let json = |token| serde_json::to_string(&Request { token }).expect("plain text");
        assert_eq!(json(Some(Secret::from("a\"b"))), r#"{"token":"a\"b"}"#);
        assert_eq!(json(None), "{}");
    }

    #[test]
    fn is_read_and_errors_do_not_show_it() {
        let plain: Secret = serde_json::from_str(r#""abc""#).expect("text");
        assert_eq!(plain.expose(), "abc");
        let escaped: Secret = serde_json::from_str(r#""a\u00e9\n""#).expect("escaped text");
        assert_eq!(escaped.expose(), "aé\n");
        let error = serde_json::from_str::<Secret>("[1]").expect_err("no text");
        assert!(
            error.to_string().contains("expected a secret text"),
            "{error}"
        );
    }
}
