use std::borrow::Cow;

use cert_core::check::{count, within};
use cert_core::{Encoded, Payload, SerialNumber, Violation};
use serde::{Serialize, Serializer};

use crate::BackendCertId;

/// How many certificates one import takes.
const IMPORTED_AT_ONCE: usize = 128;

cert_core::response! {
    /// Result of the import of an archive of certificates.
    pub struct ArchiveImport {
        /// Number of files looked at, failed ones included.
        pub processed_count: u64,
        /// A text for each file that failed: known already, of another kind, broken, or not an
        /// end-entity certificate.
        pub errors: Vec<String>,
    }
}

cert_core::response! {
    /// Result of the import of one certificate; others may have fared otherwise.
    pub struct ImportResult<Id> {
        /// Whether the certificate is under management now.
        pub successful: Option<bool>,
        /// Name of the certificate at the CA, as sent.
        pub backend_cert_id: Option<BackendCertId>,
        /// The certificate.
        pub cert: Option<ImportedCertificate<Id>>,
        /// Whether the certificate is new; false where it was known before.
        pub created: Option<bool>,
        /// Error message of a failed import.
        pub error_message: Option<String>,
    }
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

cert_core::response! {
    /// A certificate of an import.
    pub struct ImportedCertificate<Id> {
        /// Number of the certificate, where the import succeeded.
        pub id: Option<Id>,
        /// Subject of the certificate, such as `CN=example.com,O=Example`.
        pub subject: Option<String>,
        /// Serial number, in hexadecimal.
        pub serial_number: Option<SerialNumber>,
    }
}

/// The certificates of one import.
pub(crate) struct Batch<'a, T>(pub(crate) &'a [T]);

impl<T: Payload> Payload for Batch<'_, T> {
    fn check(&self) -> Result<(), Violation> {
        within("certificates", count(self.0, 1..=IMPORTED_AT_ONCE))?;
        within("certificates", self.0.check())
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.0.secrets(name);
    }
}

impl<T: Serialize> Serialize for Batch<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A blob that is sent as the bare base64 that imports take, also where the caller has PEM.
pub(crate) struct Base64<'a, T>(pub(crate) &'a Encoded<T>);

impl<T> Serialize for Base64<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&bare(self.0.as_str()))
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
