use std::borrow::Cow;

use cert_core::client::Error;
use cert_core::lenient::{blank_as_none, null_as_empty};
use cert_core::{Encoded, SerialNumber};
use serde::{Deserialize, Serializer};

use crate::BackendCertId;

/// How many certificates one import takes.
const IMPORTED_AT_ONCE: usize = 128;

/// What became of an archive of certificates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ArchiveImport {
    /// How many files were looked at, failed ones included.
    pub processed_count: u64,
    /// A text for each file that failed: known already, of another kind, broken, or not an
    /// end-entity certificate.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub errors: Vec<String>,
}

/// What became of one certificate of an import; others may have fared otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ImportResult<Id> {
    /// Whether it is under management now.
    pub successful: Option<bool>,
    /// Its name at the CA, as it was sent.
    pub backend_cert_id: Option<BackendCertId>,
    /// The certificate.
    pub cert: Option<ImportedCertificate<Id>>,
    /// Whether it is new; false where it was known before.
    pub created: Option<bool>,
    /// Why it failed.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub error_message: Option<String>,
}

impl<Id> ImportResult<Id> {
    /// The certificate, or the vendor's words on why it was not imported.
    ///
    /// # Errors
    ///
    /// The text of a failed entry, which may be empty.
    pub fn outcome(&self) -> Result<Option<&ImportedCertificate<Id>>, &str> {
        match (&self.error_message, self.successful) {
            (None, Some(true) | None) => Ok(self.cert.as_ref()),
            (message, _) => Err(message.as_deref().unwrap_or_default()),
        }
    }
}

/// A certificate of an import.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ImportedCertificate<Id> {
    /// Its number, where the import succeeded.
    pub id: Option<Id>,
    /// Its subject, such as `CN=example.com,O=Example`.
    pub subject: Option<String>,
    /// Its serial number, in hexadecimal.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub serial_number: Option<SerialNumber>,
}

/// Refuses a batch that the vendor would: empty, or too large.
pub(crate) fn batch<T>(certificates: &[T]) -> Result<(), Error> {
    match certificates.len() {
        1..=IMPORTED_AT_ONCE => Ok(()),
        count => Err(Error::argument(format!(
            "{count} certificates cannot be imported at once: send 1 to {IMPORTED_AT_ONCE}"
        ))),
    }
}

/// Sends the bare base64 that imports take, also where the caller has PEM.
pub(crate) fn base64<T, S: Serializer>(
    blob: &Encoded<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&bare(blob.as_str()))
}

/// The same for a part that may be missing.
pub(crate) fn base64_option<T, S: Serializer>(
    blob: &Option<Encoded<T>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match blob {
        Some(blob) => base64(blob, serializer),
        None => serializer.serialize_none(),
    }
}

/// The content of a text with one PEM block; any other text as it is, for the vendor to judge.
fn bare(text: &str) -> Cow<'_, str> {
    let block = text.split_once("-----BEGIN ").and_then(|(_, rest)| {
        let (_, rest) = rest.split_once("-----")?;
        rest.split_once("-----END ")
    });
    match block {
        Some((content, rest)) if !rest.contains("-----BEGIN ") => {
            Cow::Owned(content.split_whitespace().collect())
        }
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pem_loses_its_armour_and_nothing_else() {
        let pem = "-----BEGIN CERTIFICATE-----\nMIIB\nAA==\n-----END CERTIFICATE-----\n";
        assert_eq!(bare(pem), "MIIBAA==");
        assert_eq!(bare(&pem.replace('\n', "\r\n")), "MIIBAA==");
        let bundle = pem.repeat(2);
        for untouched in ["MIIBAA==", "MIIB\nAA==", "", &bundle, "-----BEGIN X"] {
            assert_eq!(bare(untouched), untouched);
        }
    }
}
