use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Deserializer};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::hex;

/// Hash of a certificate's DER encoding, by which systems and people recognise it.
///
/// The text is kept as it was received. Colons, blanks and case make no difference: two
/// fingerprints are equal, and hash alike, when their octets are. A text that is no hexadecimal,
/// or has an odd number of digits, is kept too; it has no octets and is equal to the very same
/// text alone.
///
/// ```
/// use cert_core::{Fingerprint, HashAlgorithm};
///
/// let fingerprint = "4D:EE:A7:06:0D:80:BA:CF:16:43:B4:E0:F0:10:4C:82:99:50:75:B7";
/// let fingerprint = Fingerprint::from(fingerprint);
/// assert_eq!(fingerprint, Fingerprint::from("4deea7060d80bacf1643b4e0f0104c82995075b7"));
/// assert_eq!(fingerprint.algorithm(), Some(HashAlgorithm::Sha1));
/// assert!(!Fingerprint::from("AAABBBCCC").is_well_formed());
/// ```
#[doc(alias("thumbprint", "hash"))]
#[derive(Clone)]
pub struct Fingerprint {
    text: String,
}

impl Fingerprint {
    /// SHA-1 of the encoding, in lower-case hexadecimal. Fit to recognise a certificate, not to
    /// trust it: collisions can be made.
    pub fn sha1_of(der: &[u8]) -> Self {
        Self::of(&Sha1::digest(der))
    }

    /// SHA-256 of the encoding, in lower-case hexadecimal.
    pub fn sha256_of(der: &[u8]) -> Self {
        Self::of(&Sha256::digest(der))
    }

    /// The text as it was received.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The octets of the hash; `None` when the text is malformed.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let odd = hex::is_odd(&self.text);
        (!odd).then(|| hex::decode(&self.text)).flatten()
    }

    /// Whether the text could be read as octets.
    pub fn is_well_formed(&self) -> bool {
        self.bytes().is_some()
    }

    /// The hash algorithm, told by the length; `None` when the text is malformed or of another
    /// length.
    pub fn algorithm(&self) -> Option<HashAlgorithm> {
        match self.bytes()?.len() {
            16 => Some(HashAlgorithm::Md5),
            20 => Some(HashAlgorithm::Sha1),
            28 => Some(HashAlgorithm::Sha224),
            32 => Some(HashAlgorithm::Sha256),
            48 => Some(HashAlgorithm::Sha384),
            64 => Some(HashAlgorithm::Sha512),
            _ => None,
        }
    }

    /// Lower-case hexadecimal; `None` when malformed.
    pub fn to_hex(&self) -> Option<String> {
        self.bytes().map(|octets| hex::encode(&octets, ""))
    }

    /// Lower-case hexadecimal with a colon between the octets; `None` when malformed.
    pub fn to_colon_hex(&self) -> Option<String> {
        self.bytes().map(|octets| hex::encode(&octets, ":"))
    }

    fn of(octets: &[u8]) -> Self {
        Self {
            text: hex::encode(octets, ""),
        }
    }
}

impl From<String> for Fingerprint {
    fn from(text: String) -> Self {
        Self { text }
    }
}

impl From<&str> for Fingerprint {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

crate::__text_traits!(Fingerprint);

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl PartialEq for Fingerprint {
    fn eq(&self, other: &Self) -> bool {
        if self.text == other.text {
            return true;
        }
        match (self.bytes(), other.bytes()) {
            (Some(octets), Some(others)) => octets == others,
            _ => false,
        }
    }
}

impl Eq for Fingerprint {}

impl Hash for Fingerprint {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.bytes() {
            Some(octets) => octets.hash(state),
            None => self.text.hash(state),
        }
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Fingerprint").field(&self.text).finish()
    }
}

/// Hash algorithms that fingerprints are made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HashAlgorithm {
    /// 16 octets; broken, seen in old systems.
    Md5,
    /// 20 octets.
    Sha1,
    /// 28 octets.
    Sha224,
    /// 32 octets.
    Sha256,
    /// 48 octets.
    Sha384,
    /// 64 octets.
    Sha512,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standards() {
        let sha1 = Fingerprint::sha1_of(b"abc");
        assert_eq!(sha1.as_str(), "a9993e364706816aba3e25717850c26c9cd0d89d");
        let sha256 = Fingerprint::sha256_of(b"abc");
        assert_eq!(
            sha256,
            "BA7816BF 8F01CFEA 414140DE 5DAE2223 B00361A3 96177A9C B410FF61 F20015AD".into()
        );
        assert_eq!(sha256.algorithm(), Some(HashAlgorithm::Sha256));
        assert_ne!(sha1, sha256);
    }

    #[test]
    fn malformed_ones_are_kept_and_equal_by_text() {
        for text in [
            "",
            "AAABBBCCC",
            "a:bb",
            "####",
            "38BE9C4E235B01173E22C3F306745F2DC6E6CB6",
        ] {
            let fingerprint = Fingerprint::from(text);
            assert_eq!(fingerprint.bytes(), None, "{text}");
            assert_eq!(fingerprint, Fingerprint::from(text));
            assert_eq!(fingerprint.to_string(), text);
        }
        assert_ne!(
            Fingerprint::from("AAABBBCCC"),
            Fingerprint::from("aaabbbccc")
        );
    }

    #[test]
    fn other_lengths_have_no_algorithm() {
        assert_eq!(Fingerprint::from("00ff").bytes(), Some(vec![0, 255]));
        assert_eq!(Fingerprint::from("00ff").algorithm(), None);
        assert_ne!(Fingerprint::from("00ff"), Fingerprint::from("ff"));
    }

    #[test]
    fn its_own_text_is_sent() {
        let fingerprint: Fingerprint = serde_json::from_str(r#""AA:bB""#).expect("a text");
        assert_eq!(
            serde_json::to_string(&fingerprint).expect("a text"),
            r#""AA:bB""#
        );
        assert_eq!(fingerprint.to_hex().as_deref(), Some("aabb"));
        assert_eq!(fingerprint.to_colon_hex().as_deref(), Some("aa:bb"));
    }
}
