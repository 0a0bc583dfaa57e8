//! PKCS#12 files (RFC 7292), written and read by an implementation that is not the SDK's.

use std::fmt;

use p12_keystore::{
    Certificate, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, Pkcs12ImportPolicy,
    PrivateKey, PrivateKeyChain,
};

/// Few enough for unoptimised test programs; nothing real is protected by it.
const ITERATIONS: u32 = 2_048;

/// How a file is encrypted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Encryption {
    /// PBES2 with AES-256, MAC with SHA-256: what present tools write.
    Aes256,
    /// Triple DES, MAC with SHA-1: what old ones read.
    TripleDes,
}

/// A private key with its certificates.
#[derive(Clone, Eq, PartialEq)]
#[non_exhaustive]
pub struct KeyWithChain {
    /// The name that key stores show.
    pub friendly_name: String,
    /// The private key, PKCS#8, DER.
    pub private_key: Vec<u8>,
    /// The certificates, leaf first, DER.
    pub chain: Vec<Vec<u8>>,
}

/// Why a PKCS#12 file cannot be used.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Pkcs12Error {
    /// The MAC does not fit: another pass phrase, or a damaged file.
    #[error("the pass phrase is wrong")]
    PassPhrase,
    /// Not the structure, or a flavour that is not supported.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// No private key with a certificate inside.
    #[error("the file holds no private key with a certificate")]
    NoKey,
}

impl KeyWithChain {
    /// A key with its certificates, leaf first.
    pub fn new(friendly_name: &str, private_key: &[u8], chain: &[&[u8]]) -> Self {
        Self {
            friendly_name: friendly_name.to_owned(),
            private_key: private_key.to_vec(),
            chain: chain
                .iter()
                .map(|certificate| certificate.to_vec())
                .collect(),
        }
    }

    /// Writes a file with one key and its chain.
    ///
    /// # Errors
    ///
    /// [`Pkcs12Error::Unreadable`] when key or certificates are not what they should be.
    pub fn write(&self, pass_phrase: &str, how: Encryption) -> Result<Vec<u8>, Pkcs12Error> {
        let certificates = self.chain.iter().map(|der| Certificate::from_der(der));
        let certificates = certificates
            .collect::<Result<Vec<_>, _>>()
            .map_err(unreadable)?;
        let key = PrivateKey::from_der(&self.private_key).map_err(unreadable)?;
        let chain = PrivateKeyChain::new(self.friendly_name.as_str(), key, certificates);
        let mut store = KeyStore::new();
        store.add_entry(&self.friendly_name, KeyStoreEntry::PrivateKeyChain(chain));
        let (encryption, mac) = match how {
            Encryption::Aes256 => (
                EncryptionAlgorithm::PbeWithHmacSha256AndAes256,
                MacAlgorithm::HmacSha256,
            ),
            Encryption::TripleDes => (
                EncryptionAlgorithm::PbeWithShaAnd3KeyTripleDesCbc,
                MacAlgorithm::HmacSha1,
            ),
        };
        let writer = store
            .writer(pass_phrase)
            .encryption_algorithm(encryption)
            .mac_algorithm(mac);
        let writer = writer
            .encryption_iterations(ITERATIONS)
            .mac_iterations(ITERATIONS);
        writer.write().map_err(unreadable)
    }

    /// Reads the first key with a certificate out of a file.
    ///
    /// # Errors
    ///
    /// One of [`Pkcs12Error`]'s kinds.
    pub fn read(file: &[u8], pass_phrase: &str) -> Result<Self, Pkcs12Error> {
        let store = KeyStore::from_pkcs12(file, pass_phrase, Pkcs12ImportPolicy::Relaxed);
        let store = store.map_err(|error| match error {
            p12_keystore::error::Error::MacError(_) => Pkcs12Error::PassPhrase,
            other => unreadable(other),
        })?;
        let (friendly_name, found) = store.private_key_chain().ok_or(Pkcs12Error::NoKey)?;
        if found.certs().is_empty() {
            return Err(Pkcs12Error::NoKey);
        }
        Ok(Self {
            friendly_name: friendly_name.to_owned(),
            private_key: found.key().as_der().to_vec(),
            chain: found
                .certs()
                .iter()
                .map(|it| it.as_der().to_vec())
                .collect(),
        })
    }
}

/// The key stays out.
impl fmt::Debug for KeyWithChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyWithChain")
            .field("friendly_name", &self.friendly_name)
            .field("certificates", &self.chain.len())
            .finish_non_exhaustive()
    }
}

fn unreadable(error: impl fmt::Display) -> Pkcs12Error {
    Pkcs12Error::Unreadable(error.to_string())
}
