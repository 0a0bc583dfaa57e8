use std::collections::HashSet;

use sha1::{Digest as _, Sha1};
use zeroize::Zeroizing;

use super::{
    CERTIFICATE_BAG, DATA, ENCRYPTED_DATA, FRIENDLY_NAME, LOCAL_KEY_ID, Pkcs12, SHROUDED_KEY_BAG,
    X509_CERTIFICATE,
};
use crate::asn1::{DecodeError, ObjectIdentifier, tag, writer};
use crate::keys::PrivateKey;
use crate::keys::pkcs5::{Protection, Purpose, Spelling, digest_length, hmac, random};
use crate::values::{Encodable, HashAlgorithm, Secret};
use crate::x509::algorithm::digest_oid;
use crate::x509::{Certificate, CertificateChain};

/// Builder of a [`Pkcs12`]: what the new store shall hold, and how it is protected.
///
/// Without further ado: AES-256 (PBES2, PBKDF2 with HMAC-SHA-256) for keys and certificates, and
/// a MAC of SHA-256, 10,000 iterations each. OpenSSL 1.1 and later, Windows Server 2019 and later,
/// Java 8u301 and later and Firefox read that. For Java take a pass phrase of ASCII characters:
/// it opens no store that was encrypted this way under another one.
///
/// ```
/// use cert_core::{Certificate, CertificateChain, Pkcs12, PrivateKey};
///
/// let key = include_bytes!("../../../tests/fixtures/key/rsa-pkcs1.pem");
/// let key = PrivateKey::parse(key)?;
/// let leaf = Certificate::from_pem(include_str!("../../../tests/fixtures/certificate/leaf.pem"))?;
/// let chain = CertificateChain::for_leaf(leaf, []);
/// let store = Pkcs12::builder().key(&key, &chain).friendly_name("web").build("secret")?;
/// assert_eq!(store.open("secret")?.key()?.friendly_name(), Some("web"));
/// # Ok::<(), cert_core::DecodeError>(())
/// ```
#[doc(alias("create keystore", "pfx"))]
#[derive(Debug, Clone)]
#[must_use]
pub struct Pkcs12Builder {
    entries: Vec<Entry>,
    certificates: Vec<Certificate>,
    legacy: bool,
    iterations: u32,
}

#[derive(Debug, Clone)]
struct Entry {
    key: PrivateKey,
    chain: CertificateChain,
    friendly_name: Option<String>,
}

impl Default for Pkcs12Builder {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            certificates: Vec::new(),
            legacy: false,
            iterations: 10_000,
        }
    }
}

impl Pkcs12Builder {
    /// One more key with its certificate and those that vouch for it.
    #[doc(alias("private key", "entry"))]
    pub fn key(mut self, key: &PrivateKey, chain: &CertificateChain) -> Self {
        let entry = Entry {
            key: key.clone(),
            chain: chain.clone(),
            friendly_name: None,
        };
        self.entries.push(entry);
        self
    }

    /// The name of the key added last; Java calls it the alias.
    #[doc(alias = "alias")]
    pub fn friendly_name(mut self, name: impl Into<String>) -> Self {
        if let Some(entry) = self.entries.last_mut() {
            entry.friendly_name = Some(name.into());
        }
        self
    }

    /// One more certificate without a key, such as one to trust.
    pub fn certificate(mut self, certificate: &Certificate) -> Self {
        self.certificates.push(certificate.clone());
        self
    }

    /// Protects with 3DES and a MAC of SHA-1, 2,048 iterations each, for devices that know nothing
    /// newer. Weak: whoever gets the file can search for the pass phrase cheaply.
    #[doc(alias("3des", "sha1", "Windows 7"))]
    pub fn legacy(mut self) -> Self {
        self.legacy = true;
        self.iterations = 2_048;
        self
    }

    /// Iterations of key derivation, from 1 to 1,000,000; more is slower to open for
    /// everybody.
    pub fn iterations(mut self, iterations: u32) -> Self {
        self.iterations = iterations.clamp(1, 1_000_000);
        self
    }

    /// Writes the store.
    ///
    /// This is CPU work of milliseconds: on a server call it off the threads that serve others, as
    /// with `tokio::task::spawn_blocking`.
    ///
    /// # Errors
    /// If a key does not belong to the first certificate of its chain, or the system has no random
    /// numbers to give.
    #[doc(alias("export", "encrypt"))]
    pub fn build(&self, passphrase: impl Into<Secret>) -> Result<Pkcs12, DecodeError> {
        self.write(&passphrase.into())
            .map_err(|error| error.within(Pkcs12::NAME))
    }

    fn write(&self, passphrase: &Secret) -> Result<Pkcs12, DecodeError> {
        let protection = Protection {
            spelling: Spelling::standard(passphrase),
            legacy: self.legacy,
            iterations: self.iterations,
        };
        let mut key_bags = Vec::new();
        for entry in &self.entries {
            key_bags.push(entry.key_bag(&protection)?);
        }
        let certificates = writer::element(tag::SEQUENCE, &self.certificate_bags()?.concat())?;
        let keys = writer::element(tag::SEQUENCE, &key_bags.concat())?;
        let mut safes = Vec::new();
        if !self.entries.is_empty() || !self.certificates.is_empty() {
            safes.push(encrypted_data(&protection, &certificates)?);
        }
        if !self.entries.is_empty() {
            safes.push(content_info(&DATA, &writer::octet_string(&keys)?)?);
        }
        let safe = writer::element(tag::SEQUENCE, &safes.concat())?;
        let mac = mac_data(&protection, &safe)?;
        let ber = writer::sequence(&[
            &writer::integer(3)?,
            &content_info(&DATA, &writer::octet_string(&safe)?)?,
            &mac,
        ])?;
        Ok(Pkcs12 { ber })
    }

    /// The leaves with their names and ids, then every other certificate once.
    fn certificate_bags(&self) -> Result<Vec<Vec<u8>>, DecodeError> {
        let leaves: Result<_, _> = self.entries.iter().map(Entry::leaf_bag).collect();
        let mut bags: Vec<_> = leaves?;
        let mut written: HashSet<_> = self
            .entries
            .iter()
            .map(|entry| entry.chain.leaf())
            .collect();
        let issuers = self.entries.iter().flat_map(|entry| entry.chain.issuers());
        for certificate in issuers.chain(&self.certificates) {
            if written.insert(certificate) {
                bags.push(certificate_bag(certificate, &[])?);
            }
        }
        Ok(bags)
    }
}

impl Entry {
    fn key_bag(&self, protection: &Protection) -> Result<Vec<u8>, DecodeError> {
        if !self.key.belongs_to(self.chain.leaf())? {
            let reason = "the key does not belong to the first certificate of its chain";
            return Err(DecodeError::invalid(reason));
        }
        let key = protection.encrypt_key_info(self.key.expose_pkcs8_der())?;
        bag(&SHROUDED_KEY_BAG, &key, &self.attributes()?)
    }

    fn leaf_bag(&self) -> Result<Vec<u8>, DecodeError> {
        certificate_bag(self.chain.leaf(), &self.attributes()?)
    }

    /// As other writers do, the id of a key is the SHA-1 fingerprint of its certificate.
    fn attributes(&self) -> Result<Vec<Vec<u8>>, DecodeError> {
        let fingerprint = Sha1::digest(self.chain.leaf().as_der());
        let id = writer::octet_string(&fingerprint)?;
        let mut attributes = vec![attribute(&LOCAL_KEY_ID, &id)?];
        if let Some(name) = &self.friendly_name {
            let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let name = writer::element(tag::BMP_STRING, &units)?;
            attributes.push(attribute(&FRIENDLY_NAME, &name)?);
        }
        Ok(attributes)
    }
}

fn encrypted_data(protection: &Protection, plain: &[u8]) -> Result<Vec<u8>, DecodeError> {
    let (algorithm, encrypted) = protection.encrypt(plain)?;
    let info = writer::sequence(&[
        &writer::oid(&DATA)?,
        &algorithm,
        &writer::element(tag::context(0), &encrypted)?,
    ])?;
    let content = writer::sequence(&[&writer::integer(0)?, &info])?;
    content_info(&ENCRYPTED_DATA, &content)
}

fn mac_data(protection: &Protection, safe: &[u8]) -> Result<Vec<u8>, DecodeError> {
    let digest = if protection.legacy {
        HashAlgorithm::Sha1
    } else {
        HashAlgorithm::Sha256
    };
    let salt: [u8; 16] = random()?;
    let length = digest_length(digest);
    let key =
        protection
            .spelling
            .derive(digest, Purpose::Mac, &salt, protection.iterations, length)?;
    let mac = hmac(digest, &key, safe)?;
    let algorithm = writer::sequence(&[&writer::oid(&digest_oid(digest))?, &writer::null()?])?;
    writer::sequence(&[
        &writer::sequence(&[&algorithm, &writer::octet_string(&mac)?])?,
        &writer::octet_string(&salt)?,
        &writer::integer(protection.iterations)?,
    ])
}

fn content_info(kind: &ObjectIdentifier, content: &[u8]) -> Result<Vec<u8>, DecodeError> {
    let content = writer::element(tag::context_constructed(0), content)?;
    writer::sequence(&[&writer::oid(kind)?, &content])
}

fn certificate_bag(
    certificate: &Certificate,
    attributes: &[Vec<u8>],
) -> Result<Vec<u8>, DecodeError> {
    let octets = writer::octet_string(certificate.as_der())?;
    let value = writer::sequence(&[
        &writer::oid(&X509_CERTIFICATE)?,
        &writer::element(tag::context_constructed(0), &octets)?,
    ])?;
    bag(&CERTIFICATE_BAG, &value, attributes)
}

fn bag(
    kind: &ObjectIdentifier,
    value: &[u8],
    attributes: &[Vec<u8>],
) -> Result<Vec<u8>, DecodeError> {
    let value = Zeroizing::new(writer::element(tag::context_constructed(0), value)?);
    let attributes = match attributes {
        [] => Vec::new(),
        some => writer::set_of(some.to_vec())?,
    };
    writer::sequence(&[&writer::oid(kind)?, &value, &attributes])
}

fn attribute(kind: &ObjectIdentifier, value: &[u8]) -> Result<Vec<u8>, DecodeError> {
    writer::sequence(&[&writer::oid(kind)?, &writer::set_of(vec![value.to_vec()])?])
}
