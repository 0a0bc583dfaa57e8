mod mac;
mod read;
mod write;

use std::fmt;

pub use self::write::Pkcs12Builder;
use crate::asn1::oid::oid;
use crate::asn1::pem::{Input, encode_base64};
use crate::asn1::{DecodeError, DecodeErrorKind, ObjectIdentifier};
use crate::keys::{PrivateKey, pkcs5};
use crate::values::{Encodable, Secret};
use crate::x509::{Certificate, CertificateChain, CertificateRevocationList};

/// A PKCS#12 key store (RFC 7292), the `.p12` or `.pfx` file, still closed.
///
/// [`Self::open`] reads what OpenSSL, Windows, Java, Firefox and Bouncy Castle write: PBES2 and the
/// older schemes with 3DES, RC2 and RC4, MACs of SHA-1 to SHA-512 (also PBMAC1, RFC 9579) or none,
/// BER as well as DER. [`Self::builder`] writes one.
///
/// ```
/// use cert_core::{Pkcs12, Secret};
///
/// let store = Pkcs12::parse(include_bytes!("../../tests/fixtures/pkcs12/openssl-3.p12"))?;
/// let contents = store.open(&Secret::new("secret"))?;
/// let key = &contents.keys()[0];
/// let chain = key.chain().expect("a certificate belongs to the key");
/// assert!(key.private_key().belongs_to(chain.leaf())?);
/// # Ok::<(), cert_core::DecodeError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Pkcs12 {
    ber: Vec<u8>,
}

impl Pkcs12 {
    /// How many iterations of key derivation [`Self::open`] allows for a whole file. Writers use
    /// from 1,024 to 1,000,000 for each protected part; ten million take a few seconds.
    pub const ITERATION_LIMIT: u64 = pkcs5::ITERATION_LIMIT;

    /// Takes a file as it is, in DER or BER. Its structure is checked, its contents are not.
    ///
    /// # Errors
    /// If the bytes are cut short or no PKCS#12.
    pub fn from_der(ber: &[u8]) -> Result<Self, DecodeError> {
        read::check(ber).map_err(|error| error.within(Self::NAME))?;
        Ok(Self { ber: ber.to_vec() })
    }

    /// Takes a file in DER or BER, in base64, as JSON carries it, or in PEM labelled `PKCS12`.
    ///
    /// # Errors
    /// If the bytes are none of these, or as in [`Self::from_der`].
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        let der = Input::detect(bytes)
            .and_then(|input| input.one(&["PKCS12"]))
            .map_err(|error| error.within(Self::NAME))?;
        Self::from_der(&der)
    }

    /// Opens the store, checking its MAC if it has one.
    ///
    /// This is CPU work of milliseconds to seconds, as the file demands: call it off the threads
    /// that serve others, or use `open_async` (feature `client`). The pass phrase may be empty.
    ///
    /// # Errors
    /// Told apart: [`WrongPassphrase`], [`Unsupported`] scheme, [`TooManyIterations`], and bytes
    /// that are cut short or malformed.
    ///
    /// [`WrongPassphrase`]: crate::DecodeErrorKind::WrongPassphrase
    /// [`Unsupported`]: crate::DecodeErrorKind::Unsupported
    /// [`TooManyIterations`]: crate::DecodeErrorKind::TooManyIterations
    pub fn open(&self, passphrase: &Secret) -> Result<Pkcs12Contents, DecodeError> {
        self.open_within(passphrase, Self::ITERATION_LIMIT)
    }

    /// Like [`Self::open`], with another limit for the iterations of the whole file.
    ///
    /// # Errors
    /// As in [`Self::open`].
    pub fn open_within(
        &self,
        passphrase: &Secret,
        iteration_limit: u64,
    ) -> Result<Pkcs12Contents, DecodeError> {
        read::open(&self.ber, passphrase, iteration_limit).map_err(|error| error.within(Self::NAME))
    }

    /// Like [`Self::open`], on one of tokio's threads for blocking work.
    ///
    /// Dropping the future does not stop the derivation that has begun.
    ///
    /// # Errors
    /// As in [`Self::open`].
    ///
    /// # Panics
    /// Outside a tokio runtime.
    #[cfg(feature = "client")]
    pub async fn open_async(self, passphrase: Secret) -> Result<Pkcs12Contents, DecodeError> {
        off_thread(move || self.open(&passphrase)).await
    }

    /// Begins a new store.
    pub fn builder() -> Pkcs12Builder {
        Pkcs12Builder::default()
    }

    /// The bytes of the file, as they were read.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.ber
    }

    /// The file in base64, on one line.
    #[must_use]
    pub fn to_base64(&self) -> String {
        encode_base64(&self.ber)
    }
}

impl Encodable for Pkcs12 {
    const NAME: &'static str = "PKCS#12";

    fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        Self::parse(bytes)
    }

    fn to_text(&self) -> String {
        self.to_base64()
    }
}

impl fmt::Debug for Pkcs12 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pkcs12({} bytes)", self.ber.len())
    }
}

/// What an opened [`Pkcs12`] holds.
#[derive(Debug, Clone)]
pub struct Pkcs12Contents {
    keys: Vec<Pkcs12Key>,
    certificates: Vec<Pkcs12Certificate>,
    crls: Vec<CertificateRevocationList>,
    unknown: Vec<ObjectIdentifier>,
    has_mac: bool,
}

impl Pkcs12Contents {
    /// The keys in the order of the file, each with its own certificates.
    #[must_use]
    pub fn keys(&self) -> &[Pkcs12Key] {
        &self.keys
    }

    /// The only key.
    ///
    /// # Errors
    /// If there is none, or if there are several.
    pub fn key(&self) -> Result<&Pkcs12Key, DecodeError> {
        match self.keys.as_slice() {
            [key] => Ok(key),
            [] => Err(DecodeError::invalid("no private key in it").within(Pkcs12::NAME)),
            several => {
                let kind = DecodeErrorKind::Several(several.len());
                Err(DecodeError::new(kind).in_field("keys").within(Pkcs12::NAME))
            }
        }
    }

    /// All certificates in the order of the file, those of the keys among them.
    #[must_use]
    pub fn certificates(&self) -> &[Pkcs12Certificate] {
        &self.certificates
    }

    /// The revocation lists, which hardly any store holds.
    #[must_use]
    pub fn revocation_lists(&self) -> &[CertificateRevocationList] {
        &self.crls
    }

    /// The types of the entries that are neither key nor certificate nor revocation list, such as
    /// Java's secret keys; they are not read.
    #[must_use]
    pub fn unread_entries(&self) -> &[ObjectIdentifier] {
        &self.unknown
    }

    /// Whether the store has a MAC, so that its integrity was checked.
    #[must_use]
    pub fn has_mac(&self) -> bool {
        self.has_mac
    }
}

/// A key of a [`Pkcs12`].
#[derive(Debug, Clone)]
pub struct Pkcs12Key {
    key: PrivateKey,
    friendly_name: Option<String>,
    local_key_id: Option<Vec<u8>>,
    chain: Option<CertificateChain>,
}

impl Pkcs12Key {
    /// The key itself.
    #[must_use]
    pub fn private_key(&self) -> &PrivateKey {
        &self.key
    }

    /// The name that the store has for it; Java calls it the alias.
    #[must_use]
    pub fn friendly_name(&self) -> Option<&str> {
        self.friendly_name.as_deref()
    }

    /// The number that ties the key to its certificate.
    #[must_use]
    pub fn local_key_id(&self) -> Option<&[u8]> {
        self.local_key_id.as_deref()
    }

    /// The certificate of the key, found by its public key and, between several, the local key id;
    /// and those in the store that vouch for it.
    #[must_use]
    pub fn chain(&self) -> Option<&CertificateChain> {
        self.chain.as_ref()
    }
}

/// A certificate of a [`Pkcs12`].
#[derive(Debug, Clone)]
pub struct Pkcs12Certificate {
    certificate: Certificate,
    friendly_name: Option<String>,
    local_key_id: Option<Vec<u8>>,
}

impl Pkcs12Certificate {
    /// The certificate itself.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The name that the store has for it.
    #[must_use]
    pub fn friendly_name(&self) -> Option<&str> {
        self.friendly_name.as_deref()
    }

    /// The number that ties it to its key.
    #[must_use]
    pub fn local_key_id(&self) -> Option<&[u8]> {
        self.local_key_id.as_deref()
    }
}

/// Runs CPU work where it holds up no other task.
#[cfg(feature = "client")]
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DecodeError> + Send + 'static,
) -> Result<T, DecodeError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => {
            let reason = "the runtime was shut down before the work was done";
            Err(DecodeError::invalid(reason).within(Pkcs12::NAME))
        }
    }
}

const DATA: ObjectIdentifier = oid![1, 2, 840, 113549, 1, 7, 1];
const ENCRYPTED_DATA: ObjectIdentifier = oid![1, 2, 840, 113549, 1, 7, 6];
const KEY_BAG: ObjectIdentifier = oid![1, 2, 840, 113549, 1, 12, 10, 1, 1];
const SHROUDED_KEY_BAG: ObjectIdentifier = oid![1, 2, 840, 113549, 1, 12, 10, 1, 2];
const CERTIFICATE_BAG: ObjectIdentifier = oid![1, 2, 840, 113549, 1, 12, 10, 1, 3];
const CRL_BAG: ObjectIdentifier = oid![1, 2, 840, 113549, 1, 12, 10, 1, 4];
const SAFE_CONTENTS_BAG: ObjectIdentifier = oid![1, 2, 840, 113549, 1, 12, 10, 1, 6];
const X509_CERTIFICATE: ObjectIdentifier = oid![1, 2, 840, 113549, 1, 9, 22, 1];
const X509_CRL: ObjectIdentifier = oid![1, 2, 840, 113549, 1, 9, 23, 1];
const FRIENDLY_NAME: ObjectIdentifier = oid![1, 2, 840, 113549, 1, 9, 20];
const LOCAL_KEY_ID: ObjectIdentifier = oid![1, 2, 840, 113549, 1, 9, 21];
