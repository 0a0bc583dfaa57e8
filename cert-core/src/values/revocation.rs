use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// Reason of a revocation (RFC 5280, 5.3.1), open to codes without a name.
///
/// Serializes as the code. Read from the code, a string holding it, or the RFC's name without
/// regard to case, `_`, `-` and blanks (`KEY_COMPROMISE`); other spellings are the vendor's own
/// business.
///
/// ```
/// use cert_core::RevocationReason;
///
/// let reason: RevocationReason = "key compromise".parse()?;
/// assert_eq!(reason, RevocationReason::KeyCompromise);
/// assert_eq!(reason.code(), 1);
/// assert_eq!(reason.to_string(), "keyCompromise");
/// assert_eq!(RevocationReason::from_code(7).to_string(), "7");
/// # Ok::<(), cert_core::ParseRevocationReasonError>(())
/// ```
#[doc(alias("crlReason", "reasonCode"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RevocationReason {
    /// 0: no reason is given.
    Unspecified,
    /// 1: the private key of the certificate is known or suspected to be in other hands.
    KeyCompromise,
    /// 2: the private key of the issuing CA is.
    CaCompromise,
    /// 3: the subject's name or other facts in the certificate changed.
    AffiliationChanged,
    /// 4: another certificate took its place.
    Superseded,
    /// 5: the certificate is no longer needed.
    CessationOfOperation,
    /// 6: it is on hold and may come back.
    CertificateHold,
    /// 8: it leaves the list, in delta CRLs: the hold was lifted, or it expired.
    RemoveFromCrl,
    /// 9: a right that the certificate grants was taken away.
    PrivilegeWithdrawn,
    /// 10: the key of the attribute authority is known or suspected to be in other hands.
    AaCompromise,
    /// Another code; RFC 5280 leaves 7 unused.
    Unknown(i64),
}

const NAMED: [(RevocationReason, i64, &str); 10] = [
    (RevocationReason::Unspecified, 0, "unspecified"),
    (RevocationReason::KeyCompromise, 1, "keyCompromise"),
    (RevocationReason::CaCompromise, 2, "cACompromise"),
    (
        RevocationReason::AffiliationChanged,
        3,
        "affiliationChanged",
    ),
    (RevocationReason::Superseded, 4, "superseded"),
    (
        RevocationReason::CessationOfOperation,
        5,
        "cessationOfOperation",
    ),
    (RevocationReason::CertificateHold, 6, "certificateHold"),
    (RevocationReason::RemoveFromCrl, 8, "removeFromCRL"),
    (
        RevocationReason::PrivilegeWithdrawn,
        9,
        "privilegeWithdrawn",
    ),
    (RevocationReason::AaCompromise, 10, "aACompromise"),
];

impl RevocationReason {
    /// The reason of a code of `CRLReason`; [`RevocationReason::Unknown`] when it has no name.
    pub fn from_code(code: i64) -> Self {
        let named = NAMED.iter().find(|(_, named, _)| *named == code);
        named.map_or(Self::Unknown(code), |(reason, ..)| *reason)
    }

    /// The code of `CRLReason`.
    pub fn code(self) -> i64 {
        match self {
            Self::Unspecified => 0,
            Self::KeyCompromise => 1,
            Self::CaCompromise => 2,
            Self::AffiliationChanged => 3,
            Self::Superseded => 4,
            Self::CessationOfOperation => 5,
            Self::CertificateHold => 6,
            Self::RemoveFromCrl => 8,
            Self::PrivilegeWithdrawn => 9,
            Self::AaCompromise => 10,
            Self::Unknown(code) => code,
        }
    }

    /// The name in RFC 5280, such as `cACompromise`; `None` for a code without a name.
    pub fn name(self) -> Option<&'static str> {
        let code = self.code();
        NAMED
            .iter()
            .find(|(_, named, _)| *named == code)
            .map(|(.., name)| *name)
    }
}

impl FromStr for RevocationReason {
    type Err = ParseRevocationReasonError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(code) = text.trim().parse() {
            return Ok(Self::from_code(code));
        }
        let letters: String = text
            .chars()
            .filter(|letter| !matches!(letter, '_' | '-' | ' '))
            .collect();
        let named = NAMED
            .iter()
            .find(|(.., name)| name.eq_ignore_ascii_case(&letters));
        named
            .map(|(reason, ..)| *reason)
            .ok_or_else(|| ParseRevocationReasonError {
                text: text.escape_debug().to_string(),
            })
    }
}

impl fmt::Display for RevocationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.pad(name),
            None => fmt::Display::fmt(&self.code(), f),
        }
    }
}

impl Serialize for RevocationReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.code())
    }
}

impl<'de> Deserialize<'de> for RevocationReason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReasonVisitor)
    }
}

struct ReasonVisitor;

impl Visitor<'_> for ReasonVisitor {
    type Value = RevocationReason;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a revocation reason: the code or the name of RFC 5280, 5.3.1")
    }

    fn visit_i64<E: Error>(self, code: i64) -> Result<RevocationReason, E> {
        Ok(RevocationReason::from_code(code))
    }

    fn visit_u64<E: Error>(self, code: u64) -> Result<RevocationReason, E> {
        let code = i64::try_from(code)
            .map_err(|_| E::invalid_value(serde::de::Unexpected::Unsigned(code), &self))?;
        Ok(RevocationReason::from_code(code))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<RevocationReason, E> {
        text.parse().map_err(E::custom)
    }
}

/// The text is neither the code nor the name of a revocation reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no revocation reason: expected a code such as 1 or a name of RFC 5280, 5.3.1 \
     such as keyCompromise"
)]
pub struct ParseRevocationReasonError {
    text: String,
}

impl ParseRevocationReasonError {
    /// The text that was refused, control characters escaped.
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_lead_back() {
        for (reason, code, name) in NAMED {
            assert_eq!(reason.code(), code);
            assert_eq!(reason.name(), Some(name));
            assert_eq!(RevocationReason::from_code(code), reason);
            assert_eq!(name.to_uppercase().parse(), Ok(reason));
            assert_eq!(code.to_string().parse(), Ok(reason));
        }
    }

    #[test]
    fn codes_without_a_name_are_kept() {
        for code in [7, 11, -1, i64::MAX] {
            let reason = RevocationReason::from_code(code);
            assert_eq!(reason, RevocationReason::Unknown(code));
            assert_eq!((reason.code(), reason.name()), (code, None));
            assert_eq!(
                serde_json::to_string(&reason).expect("a number"),
                code.to_string()
            );
        }
    }

    #[test]
    fn json_numbers_and_texts_are_read() {
        let read = |json| serde_json::from_str::<RevocationReason>(json);
        assert_eq!(read("4").expect("a code"), RevocationReason::Superseded);
        assert_eq!(
            read(r#""6""#).expect("a code"),
            RevocationReason::CertificateHold
        );
        assert_eq!(
            read(r#""CA_Compromise""#).expect("a name"),
            RevocationReason::CaCompromise
        );
        let error = read(r#""lost""#).expect_err("no reason").to_string();
        assert!(error.contains("`lost` is no revocation reason"), "{error}");
        assert!(read("18446744073709551615").is_err());
        assert!(read("null").is_err());
    }
}
