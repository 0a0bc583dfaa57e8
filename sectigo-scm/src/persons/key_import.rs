use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cert_core::client::{Envelope, Error};
use cert_core::{Fingerprint, Payload, Secret};
use serde::{Serialize, Serializer};

use crate::{CustomField, SmimeId};

/// PKCS#12 file with private keys on its way into the key vault; `Debug` does not show it.
///
/// ```no_run
/// use sectigo_scm::persons::KeyFile;
///
/// # fn demo() -> std::io::Result<()> {
/// let file = KeyFile::from(std::fs::read("ada.p12")?);
/// assert_eq!(format!("{file:?}"), "KeyFile(***)");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct KeyFile(Secret);

impl<T: AsRef<[u8]>> From<T> for KeyFile {
    fn from(file: T) -> Self {
        Self(Secret::new(STANDARD.encode(file)))
    }
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyFile(***)")
    }
}

impl Serialize for KeyFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_exposed(serializer)
    }
}

impl Payload for KeyFile {
    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        let file = STANDARD.decode(self.0.expose()).map(String::from_utf8);
        self.0.secrets(name);
        if let Ok(Ok(text)) = file {
            name(&text);
        }
    }
}

cert_core::request! {
    /// Private keys of a person, with their certificates.
    pub struct KeyImport(
        /// PKCS#12 file: its bytes, or a `Pkcs12`.
        #[wire("p12")]
        file: KeyFile,
    ) {
        /// Pass phrase of the file.
        #[secret(..)]
        #[wire("password")]
        pass_phrase: Secret,
        /// Custom fields of the certificates; every mandatory one is needed.
        custom_fields: Vec<CustomField>,
    }
}

cert_core::response! {
    /// Result of the import of one private key.
    pub struct ImportedKey {
        /// Name of the key in the file.
        pub alias: Option<String>,
        /// Number of the certificate.
        #[wire("clientCertId")]
        pub certificate: Option<SmimeId>,
        /// MD5 fingerprint of the certificate.
        pub md5: Option<Fingerprint>,
        /// SHA-1 fingerprint of the certificate.
        pub sha1: Option<Fingerprint>,
        /// Outcome in the vendor's words: imported, in the vault already, or why it failed.
        pub message: Option<String>,
    }
}

cert_core::response! {
    /// The answer of an import: one entry for each key.
    pub struct ImportedKeys {
        entries: Vec<ImportedKey>,
    }
}

impl Envelope for ImportedKeys {
    type Value = Vec<ImportedKey>;

    fn open(self) -> Result<Self::Value, Error> {
        Ok(self.entries)
    }
}

cert_core::response! {
    /// The answer of an import in its former form: the number of the certificate.
    pub struct ImportedCertificateOfKey {
        id: SmimeId,
    }
}

impl Envelope for ImportedCertificateOfKey {
    type Value = SmimeId;

    fn open(self) -> Result<SmimeId, Error> {
        Ok(self.id)
    }
}
