use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::asn1::pem::{decode_base64, encode_base64};
use crate::asn1::{DecodeError, DecodeErrorKind};

/// Blob that can travel as the text of an [`Encoded`].
pub trait Encodable: Sized {
    /// What it is called in messages, such as `certificate`.
    const NAME: &'static str;

    /// Reads PEM, DER or bare base64, whichever it is.
    ///
    /// # Errors
    /// If it is none of these, or not what it should be.
    fn parse(bytes: &[u8]) -> Result<Self, DecodeError>;

    /// The usual text form: PEM where the standards have one, base64 otherwise.
    fn to_text(&self) -> String;
}

/// Files of formats that are not read here, such as images: bare base64.
impl Encodable for Vec<u8> {
    const NAME: &'static str = "file";

    fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        let text = str::from_utf8(bytes).ok().and_then(decode_base64);
        let content = text.ok_or_else(|| DecodeError::new(DecodeErrorKind::NotEncoded));
        Ok(content.map_err(|error| error.within(Self::NAME))?.to_vec())
    }

    fn to_text(&self) -> String {
        encode_base64(self)
    }
}

/// A blob as a vendor sent it or as the caller has it: the text kept byte for byte, decoded only
/// when asked.
///
/// It is PEM for one vendor, bare base64 DER for another, and a mask such as `####` where a vendor
/// hides it; none of these fails the answer it came in. Sending it sends the same text.
///
/// ```
/// use cert_core::{Certificate, DecodeErrorKind, Encoded};
///
/// let masked: Encoded<Certificate> = "####".into();
/// assert_eq!(masked.as_str(), "####");
/// let error = masked.decode().expect_err("there is nothing behind the mask");
/// assert_eq!(error.kind(), &DecodeErrorKind::NotEncoded);
/// ```
pub struct Encoded<T> {
    text: String,
    kind: PhantomData<fn() -> T>,
}

impl<T> Encoded<T> {
    /// The text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Gives the text away.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text
    }

    /// Whether there is no text, or only white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl<T: Encodable> Encoded<T> {
    /// Reads the blob out of the text.
    ///
    /// # Errors
    /// If the text is neither PEM nor base64, or holds something else than a `T`.
    pub fn decode(&self) -> Result<T, DecodeError> {
        T::parse(self.text.as_bytes())
    }
}

impl<T> From<String> for Encoded<T> {
    fn from(text: String) -> Self {
        Self {
            text,
            kind: PhantomData,
        }
    }
}

impl<T> From<&str> for Encoded<T> {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl<T: Encodable> From<&T> for Encoded<T> {
    fn from(blob: &T) -> Self {
        blob.to_text().into()
    }
}

impl<T: Encodable> From<T> for Encoded<T> {
    fn from(blob: T) -> Self {
        blob.to_text().into()
    }
}

impl<T> AsRef<str> for Encoded<T> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<T> Clone for Encoded<T> {
    fn clone(&self) -> Self {
        self.text.clone().into()
    }
}

impl<T> PartialEq for Encoded<T> {
    /// Whether the texts are the same; two spellings of one blob differ here.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Encoded<T> {}

impl<T> Hash for Encoded<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T: Encodable> fmt::Debug for Encoded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Encoded({}, {} characters)",
            T::NAME,
            self.text.chars().count()
        )
    }
}

impl<T> Serialize for Encoded<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T> Deserialize<'de> for Encoded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_any_format_is_base64() {
        let svg = Encoded::from(b"<svg/>".to_vec());
        assert_eq!(svg.as_str(), "PHN2Zy8+");
        assert_eq!(svg.decode().as_deref(), Ok(&b"<svg/>"[..]));
        assert_eq!(format!("{svg:?}"), "Encoded(file, 8 characters)");
        let masked = Encoded::<Vec<u8>>::from("####").decode();
        let error = masked.expect_err("there is nothing behind the mask");
        assert_eq!(error.kind(), &DecodeErrorKind::NotEncoded);
        assert_eq!(error.what(), "file");
    }
}
