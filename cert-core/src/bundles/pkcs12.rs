mod mac;
mod read;
mod ties;
mod write;

use std::path::Path;
use std::{fmt, io};

pub use self::write::Pkcs12Builder;
use crate::asn1::oid::oid;
use crate::asn1::pem::{Input, encode_base64};
use crate::asn1::{DecodeError, DecodeErrorKind, ObjectIdentifier};
use crate::keys::file::write_private;
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
/// use cert_core::Pkcs12;
///
/// let store = Pkcs12::parse(include_bytes!("../../tests/fixtures/pkcs12/openssl-3.p12"))?;
/// let contents = store.open("secret")?;
/// let key = &contents.keys()[0];
/// let chain = key.chain().expect("a certificate belongs to the key");
/// assert!(key.private_key().belongs_to(chain.leaf())?);
///
/// assert_eq!(store.as_ref(), store.as_der());
/// let bytes = Vec::from(store); // or bytes::Bytes, with feature `client`
/// assert!(bytes.starts_with(&[0x30]));
/// # Ok::<(), cert_core::DecodeError>(())
/// ```
#[doc(alias("p12", "pfx", "keystore", "key store"))]
#[derive(Clone, PartialEq, Eq)]
pub struct Pkcs12 {
    ber: Vec<u8>,
}

impl Pkcs12 {
    /// Limit of key derivation by [`Self::open`] for a whole file: for each protected part its
    /// iterations, times two where the key is longer than one digest, times three where it is
    /// longer than two, and so on. Writers use from 1,024 to 1,000,000 iterations for a part; ten
    /// million in all take a second or a few.
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
    /// that serve others. The pass phrase may be empty.
    ///
    /// ```
    /// use cert_core::Pkcs12;
    ///
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let store = Pkcs12::parse(include_bytes!("../../tests/fixtures/pkcs12/openssl-3.p12"))?;
    /// let contents = tokio::task::spawn_blocking(move || store.open("secret")).await??;
    /// assert_eq!(contents.keys().len(), 1);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Told apart: [`WrongPassphrase`], [`Unsupported`] scheme, [`TooManyIterations`], and bytes
    /// that are cut short or malformed.
    ///
    /// [`WrongPassphrase`]: crate::DecodeErrorKind::WrongPassphrase
    /// [`Unsupported`]: crate::DecodeErrorKind::Unsupported
    /// [`TooManyIterations`]: crate::DecodeErrorKind::TooManyIterations
    #[doc(alias("decrypt", "unlock", "load"))]
    pub fn open(&self, passphrase: impl Into<Secret>) -> Result<Pkcs12Contents, DecodeError> {
        self.open_within(passphrase, Self::ITERATION_LIMIT)
    }

    /// Like [`Self::open`], with another limit for the key derivation of the whole file, counted
    /// as in [`Self::ITERATION_LIMIT`].
    ///
    /// # Errors
    /// As in [`Self::open`].
    pub fn open_within(
        &self,
        passphrase: impl Into<Secret>,
        iteration_limit: u64,
    ) -> Result<Pkcs12Contents, DecodeError> {
        read::open(&self.ber, &passphrase.into(), iteration_limit)
            .map_err(|error| error.within(Self::NAME))
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

    /// Writes the store to a file, in DER or BER.
    ///
    /// On Unix its owner alone may read the file, from the moment it exists; on Windows it gets the
    /// permissions of its directory. A file of that name is replaced in one step, so that there is
    /// the old one or the new one, whole; where the name is a link, the link is.
    ///
    /// ```
    /// use cert_core::Pkcs12;
    ///
    /// let store = Pkcs12::parse(include_bytes!("../../tests/fixtures/pkcs12/openssl-3.p12"))?;
    /// let path = std::env::temp_dir().join(format!("store-{}.p12", std::process::id()));
    /// store.write_file(&path)?;
    /// assert_eq!(std::fs::read(&path)?, store.as_der());
    /// # std::fs::remove_file(&path)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the file cannot be written; the error names the path, and nothing is left behind.
    #[doc(alias("save", "export"))]
    pub fn write_file(&self, path: impl AsRef<Path>) -> io::Result<()> {
        write_private(path.as_ref(), &self.ber)
    }

    /// The file in base64, on one line.
    #[doc(alias = "encode")]
    #[must_use]
    pub fn to_base64(&self) -> String {
        encode_base64(&self.ber)
    }
}

impl AsRef<[u8]> for Pkcs12 {
    fn as_ref(&self) -> &[u8] {
        self.as_der()
    }
}

impl From<Pkcs12> for Vec<u8> {
    fn from(store: Pkcs12) -> Self {
        store.ber
    }
}

#[cfg(feature = "client")]
impl From<Pkcs12> for bytes::Bytes {
    fn from(store: Pkcs12) -> Self {
        store.ber.into()
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

/// Contents of an opened [`Pkcs12`].
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
    /// and those in the store that vouch for it. What else the store holds is no stranger to the
    /// chain but among [`Pkcs12Contents::certificates`].
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

const DATA: ObjectIdentifier = oid!("1.2.840.113549.1.7.1");
const ENCRYPTED_DATA: ObjectIdentifier = oid!("1.2.840.113549.1.7.6");
const KEY_BAG: ObjectIdentifier = oid!("1.2.840.113549.1.12.10.1.1");
const SHROUDED_KEY_BAG: ObjectIdentifier = oid!("1.2.840.113549.1.12.10.1.2");
const CERTIFICATE_BAG: ObjectIdentifier = oid!("1.2.840.113549.1.12.10.1.3");
const CRL_BAG: ObjectIdentifier = oid!("1.2.840.113549.1.12.10.1.4");
const SAFE_CONTENTS_BAG: ObjectIdentifier = oid!("1.2.840.113549.1.12.10.1.6");
const X509_CERTIFICATE: ObjectIdentifier = oid!("1.2.840.113549.1.9.22.1");
const X509_CRL: ObjectIdentifier = oid!("1.2.840.113549.1.9.23.1");
const FRIENDLY_NAME: ObjectIdentifier = oid!("1.2.840.113549.1.9.20");
const LOCAL_KEY_ID: ObjectIdentifier = oid!("1.2.840.113549.1.9.21");
