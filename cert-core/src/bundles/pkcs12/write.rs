use cbc::Encryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt, KeyIvInit};
use sha1::{Digest as _, Sha1};
use zeroize::Zeroizing;

use super::derive::{Purpose, Spelling, digest_length, hmac};
use super::scheme::{AES_256_CBC, HMAC_SHA256, PBES2, PBKDF2, PKCS12_TRIPLE_DES};
use super::{
    CERTIFICATE_BAG, DATA, ENCRYPTED_DATA, FRIENDLY_NAME, LOCAL_KEY_ID, Pkcs12, SHROUDED_KEY_BAG,
    X509_CERTIFICATE,
};
use crate::asn1::{tag, writer};
use crate::x509::algorithm::digest_oid;
use crate::{
    Certificate, CertificateChain, DecodeError, Encodable, HashAlgorithm, ObjectIdentifier,
    PrivateKey, Secret,
};

/// What a new [`Pkcs12`] shall hold, and how it is protected.
///
/// Without further ado: AES-256 (PBES2, PBKDF2 with HMAC-SHA-256) for keys and certificates, and
/// a MAC of SHA-256, 10,000 iterations each. OpenSSL 1.1 and later, Windows Server 2019 and later,
/// Java 8u301 and later and Firefox read that.
///
/// ```
/// use cert_core::{Certificate, CertificateChain, Pkcs12, PrivateKey, Secret};
///
/// let key = include_bytes!("../../../tests/fixtures/key/rsa-pkcs1.pem");
/// let key = PrivateKey::parse(key)?;
/// let leaf = Certificate::from_pem(include_str!("../../../tests/fixtures/certificate/leaf.pem"))?;
/// let chain = CertificateChain::for_leaf(leaf, []);
/// let passphrase = Secret::new("secret");
/// let store = Pkcs12::builder().key(&key, &chain).friendly_name("web").build(&passphrase)?;
/// assert_eq!(store.open(&passphrase)?.key()?.friendly_name(), Some("web"));
/// # Ok::<(), cert_core::DecodeError>(())
/// ```
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
    pub fn legacy(mut self) -> Self {
        self.legacy = true;
        self.iterations = 2_048;
        self
    }

    /// How often key derivation goes round, from 1 to 1,000,000; more is slower to open for
    /// everybody.
    pub fn iterations(mut self, iterations: u32) -> Self {
        self.iterations = iterations.clamp(1, 1_000_000);
        self
    }

    /// Writes the store.
    ///
    /// # Errors
    /// If a key does not belong to the first certificate of its chain, or the system has no random
    /// numbers to give.
    pub fn build(&self, passphrase: &Secret) -> Result<Pkcs12, DecodeError> {
        self.write(passphrase)
            .map_err(|error| error.within(Pkcs12::NAME))
    }

    /// Like [`Self::build`], on one of tokio's threads for blocking work.
    ///
    /// # Errors
    /// As in [`Self::build`].
    ///
    /// # Panics
    /// Outside a tokio runtime.
    #[cfg(feature = "client")]
    pub async fn build_async(self, passphrase: Secret) -> Result<Pkcs12, DecodeError> {
        super::off_thread(move || self.build(&passphrase)).await
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
        let certificates = writer::element(tag::SEQUENCE, &self.certificate_bags().concat());
        let keys = writer::element(tag::SEQUENCE, &key_bags.concat());
        let mut safes = Vec::new();
        if !self.entries.is_empty() || !self.certificates.is_empty() {
            safes.push(protection.encrypted_data(&certificates)?);
        }
        if !self.entries.is_empty() {
            safes.push(content_info(&DATA, &writer::octet_string(&keys)));
        }
        let safe = writer::element(tag::SEQUENCE, &safes.concat());
        let mac = protection.mac_data(&safe)?;
        let ber = writer::sequence(&[
            &writer::integer(&[3]),
            &content_info(&DATA, &writer::octet_string(&safe)),
            &mac,
        ]);
        Ok(Pkcs12 { ber })
    }

    /// The leaves with their names and ids, then every other certificate once.
    fn certificate_bags(&self) -> Vec<Vec<u8>> {
        let mut bags: Vec<_> = self.entries.iter().map(Entry::leaf_bag).collect();
        let mut written: Vec<_> = self
            .entries
            .iter()
            .map(|entry| entry.chain.leaf())
            .collect();
        let issuers = self.entries.iter().flat_map(|entry| entry.chain.issuers());
        for certificate in issuers.chain(&self.certificates) {
            if !written.contains(&certificate) {
                bags.push(certificate_bag(certificate, &[]));
                written.push(certificate);
            }
        }
        bags
    }
}

impl Entry {
    fn key_bag(&self, protection: &Protection) -> Result<Vec<u8>, DecodeError> {
        if !self.key.belongs_to(self.chain.leaf())? {
            let reason = "the key does not belong to the first certificate of its chain";
            return Err(DecodeError::invalid(reason));
        }
        let (algorithm, encrypted) = protection.encrypt(self.key.expose_pkcs8_der())?;
        let key = writer::sequence(&[&algorithm, &writer::octet_string(&encrypted)]);
        Ok(bag(&SHROUDED_KEY_BAG, &key, &self.attributes()))
    }

    fn leaf_bag(&self) -> Vec<u8> {
        certificate_bag(self.chain.leaf(), &self.attributes())
    }

    /// As other writers do, the id of a key is the SHA-1 fingerprint of its certificate.
    fn attributes(&self) -> Vec<Vec<u8>> {
        let fingerprint = Sha1::digest(self.chain.leaf().as_der());
        let id = writer::octet_string(&fingerprint);
        let mut attributes = vec![attribute(&LOCAL_KEY_ID, &id)];
        if let Some(name) = &self.friendly_name {
            let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let name = writer::element(tag::BMP_STRING, &units);
            attributes.push(attribute(&FRIENDLY_NAME, &name));
        }
        attributes
    }
}

struct Protection {
    spelling: Spelling,
    legacy: bool,
    iterations: u32,
}

impl Protection {
    /// The `AlgorithmIdentifier` and the encrypted bytes.
    fn encrypt(&self, plain: &[u8]) -> Result<(Vec<u8>, Vec<u8>), DecodeError> {
        if self.legacy {
            self.encrypt_triple_des(plain)
        } else {
            self.encrypt_aes(plain)
        }
    }

    fn encrypt_aes(&self, plain: &[u8]) -> Result<(Vec<u8>, Vec<u8>), DecodeError> {
        let salt: [u8; 16] = random()?;
        let iv: [u8; 16] = random()?;
        let key = self
            .spelling
            .pbkdf2(HashAlgorithm::Sha256, &salt, self.iterations, 32)?;
        let encrypted = Encryptor::<aes::Aes256>::new_from_slices(&key, &iv)
            .map_err(|_| DecodeError::invalid("key of the wrong length"))?
            .encrypt_padded_vec::<Pkcs7>(plain);
        let derivation = writer::sequence(&[
            &writer::oid(&PBKDF2),
            &writer::sequence(&[
                &writer::octet_string(&salt),
                &writer::integer(&self.iterations.to_be_bytes()),
                &writer::sequence(&[&writer::oid(&HMAC_SHA256), &writer::null()]),
            ]),
        ]);
        let cipher = writer::sequence(&[&writer::oid(&AES_256_CBC), &writer::octet_string(&iv)]);
        let parameters = writer::sequence(&[&derivation, &cipher]);
        Ok((
            writer::sequence(&[&writer::oid(&PBES2), &parameters]),
            encrypted,
        ))
    }

    fn encrypt_triple_des(&self, plain: &[u8]) -> Result<(Vec<u8>, Vec<u8>), DecodeError> {
        let salt: [u8; 8] = random()?;
        let derive = |purpose, length| {
            self.spelling
                .derive(HashAlgorithm::Sha1, purpose, &salt, self.iterations, length)
        };
        let key = derive(Purpose::Key, 24)?;
        let iv = derive(Purpose::Iv, 8)?;
        let encrypted = Encryptor::<des::TdesEde3>::new_from_slices(&key, &iv)
            .map_err(|_| DecodeError::invalid("key of the wrong length"))?
            .encrypt_padded_vec::<Pkcs7>(plain);
        let parameters = writer::sequence(&[
            &writer::octet_string(&salt),
            &writer::integer(&self.iterations.to_be_bytes()),
        ]);
        Ok((
            writer::sequence(&[&writer::oid(&PKCS12_TRIPLE_DES), &parameters]),
            encrypted,
        ))
    }

    fn encrypted_data(&self, plain: &[u8]) -> Result<Vec<u8>, DecodeError> {
        let (algorithm, encrypted) = self.encrypt(plain)?;
        let info = writer::sequence(&[
            &writer::oid(&DATA),
            &algorithm,
            &writer::element(tag::context(0), &encrypted),
        ]);
        let content = writer::sequence(&[&writer::integer(&[0]), &info]);
        Ok(content_info(&ENCRYPTED_DATA, &content))
    }

    fn mac_data(&self, safe: &[u8]) -> Result<Vec<u8>, DecodeError> {
        let digest = if self.legacy {
            HashAlgorithm::Sha1
        } else {
            HashAlgorithm::Sha256
        };
        let salt: [u8; 16] = random()?;
        let length = digest_length(digest);
        let key = self
            .spelling
            .derive(digest, Purpose::Mac, &salt, self.iterations, length)?;
        let mac = hmac(digest, &key, safe)?;
        let algorithm = writer::sequence(&[&writer::oid(&digest_oid(digest)), &writer::null()]);
        Ok(writer::sequence(&[
            &writer::sequence(&[&algorithm, &writer::octet_string(&mac)]),
            &writer::octet_string(&salt),
            &writer::integer(&self.iterations.to_be_bytes()),
        ]))
    }
}

/// Encrypts a PKCS#8 key into an `EncryptedPrivateKeyInfo`.
pub(crate) fn encrypt_pkcs8(pkcs8: &[u8], passphrase: &Secret) -> Result<Vec<u8>, DecodeError> {
    let spelling = Spelling::standard(passphrase);
    let protection = Protection {
        spelling,
        legacy: false,
        iterations: 100_000,
    };
    let (algorithm, encrypted) = protection.encrypt(pkcs8)?;
    Ok(writer::sequence(&[
        &algorithm,
        &writer::octet_string(&encrypted),
    ]))
}

fn random<const N: usize>() -> Result<[u8; N], DecodeError> {
    let mut octets = [0; N];
    getrandom::fill(&mut octets)
        .map_err(|_| DecodeError::invalid("the system has no random numbers to give"))?;
    Ok(octets)
}

fn content_info(kind: &ObjectIdentifier, content: &[u8]) -> Vec<u8> {
    let content = writer::element(tag::context_constructed(0), content);
    writer::sequence(&[&writer::oid(kind), &content])
}

fn certificate_bag(certificate: &Certificate, attributes: &[Vec<u8>]) -> Vec<u8> {
    let octets = writer::octet_string(certificate.as_der());
    let value = writer::sequence(&[
        &writer::oid(&X509_CERTIFICATE),
        &writer::element(tag::context_constructed(0), &octets),
    ]);
    bag(&CERTIFICATE_BAG, &value, attributes)
}

fn bag(kind: &ObjectIdentifier, value: &[u8], attributes: &[Vec<u8>]) -> Vec<u8> {
    let value = Zeroizing::new(writer::element(tag::context_constructed(0), value));
    let attributes = match attributes {
        [] => Vec::new(),
        some => writer::set_of(some.to_vec()),
    };
    writer::sequence(&[&writer::oid(kind), &value, &attributes])
}

fn attribute(kind: &ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    writer::sequence(&[&writer::oid(kind), &writer::set_of(vec![value.to_vec()])])
}
