use std::fmt::{self, Write as _};
use std::io;
use std::path::Path;

use zeroize::Zeroizing;

use super::file::write_private;
#[cfg(feature = "pkcs12")]
use super::pkcs5;
use crate::asn1::pem::Input;
use crate::asn1::{DecodeError, DecodeErrorKind, Element, PemBlock, Reader, tag, writer};
use crate::values::Secret;
use crate::x509::algorithm::{
    self, Curve, EC_PUBLIC_KEY, KeyKind, algorithm_identifier, named_curve, public_key_kind,
};
use crate::x509::{Certificate, CertificateSigningRequest};

/// A private key. Its bytes are wiped on drop, and nothing prints them.
///
/// Read from PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) and SEC 1 (RFC 5915), in PEM, DER or bare
/// base64; with feature `pkcs12` from encrypted PKCS#8, too. Written as PKCS#8 version 1, which
/// everything reads. RSA, NIST curves and Ed25519 are understood; other kinds are carried along.
///
/// ```
/// use cert_core::{KeyKind, PrivateKey};
///
/// let pem = include_str!("../../tests/fixtures/key/rsa-pkcs1.pem");
/// let key = PrivateKey::parse(pem.as_bytes())?;
/// assert_eq!(key.kind(), &KeyKind::Rsa(2048));
/// assert!(key.to_pem().expose().starts_with("-----BEGIN PRIVATE KEY-----\n"));
/// assert_eq!(format!("{key:?}"), "PrivateKey(RSA 2048)");
/// # Ok::<(), cert_core::DecodeError>(())
/// ```
#[doc(alias("pkcs1", "pkcs8", "sec1", "key file"))]
#[derive(Clone)]
pub struct PrivateKey {
    pkcs8: Zeroizing<Vec<u8>>,
    kind: KeyKind,
    /// `SubjectPublicKeyInfo`, as far as the file tells it.
    public_key: Option<Vec<u8>>,
}

impl PrivateKey {
    const NAME: &'static str = "private key";

    /// Reads a key from DER, whichever of the three structures it is.
    ///
    /// # Errors
    /// If the bytes are cut short or no private key, or if the key is encrypted.
    pub fn from_der(der: &[u8]) -> Result<Self, DecodeError> {
        Self::read(der).map_err(|error| error.within(Self::NAME))
    }

    /// Reads the one key of a PEM text, or a key from DER or bare base64, whichever it is.
    /// Certificates may stand beside it in the text.
    ///
    /// # Errors
    /// If there is no key, if there are several, if it is encrypted, or as in [`Self::from_der`].
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        input(bytes)
            .and_then(|der| Self::read(&der))
            .map_err(|error| error.within(Self::NAME))
    }

    /// Reads an encrypted PKCS#8 key (RFC 5958, 3), or one in the clear, for which the pass
    /// phrase does not count.
    ///
    /// Key derivation takes up to a second of CPU: call it off the threads that serve others, as
    /// with `tokio::task::spawn_blocking`.
    ///
    /// ```
    /// use cert_core::PrivateKey;
    ///
    /// let key = PrivateKey::parse(include_bytes!("../../tests/fixtures/key/rsa-pkcs1.pem"))?;
    /// let encrypted = key.to_encrypted_pem("correct horse")?;
    /// let read = PrivateKey::parse_encrypted(encrypted.as_bytes(), "correct horse")?;
    /// assert_eq!(read.kind(), key.kind());
    /// # Ok::<(), cert_core::DecodeError>(())
    /// ```
    ///
    /// # Errors
    /// If the pass phrase is wrong, if the scheme is not supported or asks for too many
    /// iterations, or as in [`Self::parse`].
    #[doc(alias("decrypt", "pass phrase", "password"))]
    #[cfg(feature = "pkcs12")]
    pub fn parse_encrypted(
        bytes: &[u8],
        passphrase: impl Into<Secret>,
    ) -> Result<Self, DecodeError> {
        let passphrase = passphrase.into();
        let read = |der: Zeroizing<Vec<u8>>| match is_encrypted(&der) {
            true => pkcs5::decrypt_key(&der, &passphrase, Self::from_der),
            false => Self::read(&der),
        };
        input(bytes)
            .and_then(read)
            .map_err(|error| error.within(Self::NAME))
    }

    /// The kind of the key.
    #[must_use]
    pub fn kind(&self) -> &KeyKind {
        &self.kind
    }

    /// The key as unencrypted PKCS#8, version 1, in DER.
    #[must_use]
    pub fn expose_pkcs8_der(&self) -> &[u8] {
        &self.pkcs8
    }

    /// The key as unencrypted PKCS#8 in PEM.
    #[must_use]
    pub fn to_pem(&self) -> Secret {
        let block = PemBlock::new(LABELS[0], self.pkcs8.to_vec());
        // Longer than it can get, so that no copy of the key stays behind.
        let mut pem = String::with_capacity(2 * self.pkcs8.len() + 100);
        // Writing to a string cannot fail.
        let _ = write!(pem, "{block}");
        Secret::new(pem)
    }

    /// Writes the key to a file, unencrypted, as [`Self::to_pem`] gives it.
    ///
    /// On Unix its owner alone may read the file, from the moment it exists; on Windows it gets the
    /// permissions of its directory. A file of that name is replaced in one step, so that there is
    /// the old one or the new one, whole; where the name is a link, the link is.
    ///
    /// ```
    /// use cert_core::{Curve, KeyKind, PrivateKey};
    ///
    /// # #[cfg(feature = "crypto")] {
    /// let path = std::env::temp_dir().join(format!("key-{}.pem", std::process::id()));
    /// PrivateKey::generate(&KeyKind::Ec(Curve::P256))?.write_pem_file(&path)?;
    /// assert!(PrivateKey::parse(&std::fs::read(&path)?).is_ok());
    /// # std::fs::remove_file(&path)?;
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the file cannot be written; the error names the path, and nothing is left behind.
    #[doc(alias("save", "export"))]
    pub fn write_pem_file(&self, path: impl AsRef<Path>) -> io::Result<()> {
        write_private(path.as_ref(), self.to_pem().expose().as_bytes())
    }

    /// The key as PKCS#8 in PEM, encrypted with AES-256 (PBES2, PBKDF2 with HMAC-SHA-256).
    ///
    /// # Errors
    /// If the system has no random numbers to give.
    #[doc(alias = "encrypt")]
    #[cfg(feature = "pkcs12")]
    pub fn to_encrypted_pem(&self, passphrase: impl Into<Secret>) -> Result<String, DecodeError> {
        let der = pkcs5::encrypt_key(&self.pkcs8, &passphrase.into())?;
        Ok(PemBlock::new("ENCRYPTED PRIVATE KEY", der).to_string())
    }

    /// The DER of the `SubjectPublicKeyInfo` that belongs to the key.
    ///
    /// # Errors
    /// If the key does not carry its public half, as many an elliptic key, and it cannot be
    /// computed: without feature `crypto`, or for a kind of key that is not supported.
    pub fn public_key_der(&self) -> Result<Vec<u8>, DecodeError> {
        match &self.public_key {
            Some(public_key) => Ok(public_key.clone()),
            None => self
                .derive_public_key()
                .map_err(|error| error.within(Self::NAME)),
        }
    }

    /// Whether the certificate is for this key.
    ///
    /// # Errors
    /// As in [`Self::public_key_der`].
    #[doc(alias("matches", "key pair"))]
    pub fn belongs_to(&self, certificate: &Certificate) -> Result<bool, DecodeError> {
        self.is_private_half_of(certificate.public_key_der())
    }

    /// Whether the request is for this key.
    ///
    /// # Errors
    /// As in [`Self::public_key_der`].
    pub fn belongs_to_request(
        &self,
        request: &CertificateSigningRequest,
    ) -> Result<bool, DecodeError> {
        self.is_private_half_of(request.public_key_der())
    }

    fn is_private_half_of(&self, public_key: &[u8]) -> Result<bool, DecodeError> {
        Ok(self.public_half()? == PublicHalf::read(public_key)?)
    }

    pub(crate) fn public_half(&self) -> Result<PublicHalf, DecodeError> {
        PublicHalf::read(&self.public_key_der()?)
    }

    fn read(der: &[u8]) -> Result<Self, DecodeError> {
        if is_encrypted(der) {
            return Err(DecodeError::new(DecodeErrorKind::Encrypted));
        }
        let mut fields = Reader::single(der, tag::SEQUENCE)?.reader();
        fields.field(tag::INTEGER, "version")?;
        let second = fields.any("privateKey")?;
        match second.tag {
            tag::SEQUENCE => Self::from_pkcs8(&second, fields),
            tag::INTEGER => Self::from_pkcs1(der),
            tag::OCTET_STRING => Self::from_sec1(der),
            _ => Err(second
                .of_tag(tag::OCTET_STRING)
                .err()
                .unwrap_or_else(not_a_key)),
        }
    }

    fn from_pkcs8(algorithm: &Element<'_>, mut fields: Reader<'_>) -> Result<Self, DecodeError> {
        let key = fields.field(tag::OCTET_STRING, "privateKey")?.content;
        fields.optional(tag::context_constructed(0))?;
        let public_key = fields.optional(tag::context(1))?;
        let public_key = public_key
            .map(|bits| bits.bit_string().map(<[u8]>::to_vec))
            .transpose()?;
        let (oid, parameters) = algorithm_identifier(algorithm)?;
        let (kind, public_key) = match oid {
            oid if oid == algorithm::RSA || oid == algorithm::RSA_PSS => (
                KeyKind::Rsa(modulus_bits(key)?),
                Some(pkcs1_public_key(key)?),
            ),
            oid if oid == EC_PUBLIC_KEY => {
                let curve = curve(parameters.as_ref(), key)?;
                (KeyKind::Ec(curve), public_key.or(sec1_public_key(key)?))
            }
            oid if oid == algorithm::ED25519 => (KeyKind::Ed25519, public_key),
            oid if oid == algorithm::ED448 => (KeyKind::Ed448, public_key),
            oid => (KeyKind::Other(oid), public_key),
        };
        let spki = |bits: Vec<u8>| writer::sequence(&[algorithm.raw, &writer::bit_string(&bits)?]);
        Ok(Self {
            pkcs8: pkcs8(algorithm.raw, key)?,
            kind,
            public_key: public_key.map(spki).transpose()?,
        })
    }

    fn from_pkcs1(der: &[u8]) -> Result<Self, DecodeError> {
        let algorithm = writer::sequence(&[&writer::oid(&algorithm::RSA)?, &writer::null()?])?;
        let public_key = writer::bit_string(&pkcs1_public_key(der)?)?;
        Ok(Self {
            pkcs8: pkcs8(&algorithm, der)?,
            kind: KeyKind::Rsa(modulus_bits(der)?),
            public_key: Some(writer::sequence(&[&algorithm, &public_key])?),
        })
    }

    fn from_sec1(der: &[u8]) -> Result<Self, DecodeError> {
        let curve = curve(None, der)?;
        let named = curve.oid().ok_or_else(|| {
            let what = "an elliptic key without a named curve".to_owned();
            DecodeError::new(DecodeErrorKind::Unsupported(what))
        })?;
        let algorithm = writer::sequence(&[&writer::oid(&EC_PUBLIC_KEY)?, &writer::oid(&named)?])?;
        let public_key = sec1_public_key(der)?
            .map(|bits| writer::sequence(&[&algorithm, &writer::bit_string(&bits)?]))
            .transpose()?;
        Ok(Self {
            pkcs8: pkcs8(&algorithm, der)?,
            kind: KeyKind::Ec(curve),
            public_key,
        })
    }

    #[cfg(not(feature = "crypto"))]
    fn derive_public_key(&self) -> Result<Vec<u8>, DecodeError> {
        let what = "the key does not carry its public half; enable feature `crypto` to compute it";
        Err(DecodeError::new(DecodeErrorKind::Unsupported(
            what.to_owned(),
        )))
    }
}

/// What must be the same in the public halves of one key: the kind and the bits, a point on a
/// curve by its first coordinate and the parity of the second, as compressed points have it.
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct PublicHalf {
    kind: KeyKind,
    bits: Vec<u8>,
}

impl PublicHalf {
    /// Reads a `SubjectPublicKeyInfo`.
    pub(crate) fn read(public_key: &[u8]) -> Result<Self, DecodeError> {
        let element = Reader::single(public_key, tag::SEQUENCE)?;
        let kind = public_key_kind(&element)?;
        let mut fields = element.reader();
        fields.field(tag::SEQUENCE, "algorithm")?;
        let bits = fields
            .field(tag::BIT_STRING, "subjectPublicKey")?
            .bit_string()?;
        let bits = match (&kind, bits) {
            (KeyKind::Ec(_), [4, point @ .., last]) => {
                let first = &point[..point.len().div_ceil(2)];
                [&[2 | (last & 1)], first].concat()
            }
            _ => bits.to_vec(),
        };
        Ok(Self { kind, bits })
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({})", self.kind)
    }
}

const LABELS: [&str; 4] = [
    "PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
];

/// The DER of the one key, refusing the encryption that OpenSSL put into PEM headers.
fn input(bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, DecodeError> {
    let input = Input::detect(bytes)?;
    if let Input::Blocks(blocks) = &input {
        let keys = blocks
            .iter()
            .filter(|block| LABELS.contains(&block.label()));
        if keys
            .flat_map(PemBlock::headers)
            .any(|(name, _)| name == "DEK-Info")
        {
            let what = "a PEM key encrypted the old way (DEK-Info); \
                        convert it with `openssl pkcs8 -topk8`";
            return Err(DecodeError::new(DecodeErrorKind::Unsupported(
                what.to_owned(),
            )));
        }
    }
    input.one(&LABELS)
}

/// `EncryptedPrivateKeyInfo` begins with an algorithm, every other key with a version.
fn is_encrypted(der: &[u8]) -> bool {
    crate::asn1::first_inner_tag(der) == Some(tag::SEQUENCE)
}

fn not_a_key() -> DecodeError {
    DecodeError::invalid("no private key")
}

fn pkcs8(algorithm: &[u8], key: &[u8]) -> Result<Zeroizing<Vec<u8>>, DecodeError> {
    let key = Zeroizing::new(writer::octet_string(key)?);
    writer::sequence(&[&writer::integer(0)?, algorithm, &key]).map(Zeroizing::new)
}

/// The `RSAPublicKey` inside an `RSAPrivateKey`.
fn pkcs1_public_key(key: &[u8]) -> Result<Vec<u8>, DecodeError> {
    let mut fields = Reader::single(key, tag::SEQUENCE)?.reader();
    fields.field(tag::INTEGER, "version")?;
    let modulus = fields.field(tag::INTEGER, "modulus")?;
    let exponent = fields.field(tag::INTEGER, "publicExponent")?;
    writer::sequence(&[modulus.raw, exponent.raw])
}

fn modulus_bits(key: &[u8]) -> Result<usize, DecodeError> {
    let public_key = pkcs1_public_key(key)?;
    let modulus = Reader::new(&public_key)
        .expect(tag::SEQUENCE)?
        .reader()
        .expect(tag::INTEGER)?;
    Ok(algorithm::integer_bits(modulus.content))
}

fn curve(parameters: Option<&Element<'_>>, key: &[u8]) -> Result<Curve, DecodeError> {
    if parameters.is_some() {
        return named_curve(parameters);
    }
    let (parameters, _) = sec1_fields(key)?;
    named_curve(parameters.as_ref())
}

fn sec1_public_key(key: &[u8]) -> Result<Option<Vec<u8>>, DecodeError> {
    let (_, public_key) = sec1_fields(key)?;
    public_key
        .map(|bits| bits.bit_string().map(<[u8]>::to_vec))
        .transpose()
}

/// Parameters and public key of an `ECPrivateKey`, both optional.
fn sec1_fields(key: &[u8]) -> Result<(Option<Element<'_>>, Option<Element<'_>>), DecodeError> {
    let mut fields = Reader::single(key, tag::SEQUENCE)?.reader();
    fields.field(tag::INTEGER, "version")?;
    fields.field(tag::OCTET_STRING, "privateKey")?;
    let parameters = match fields.optional(tag::context_constructed(0))? {
        Some(tagged) => tagged.reader().next()?,
        None => None,
    };
    let public_key = match fields.optional(tag::context_constructed(1))? {
        Some(tagged) => Some(tagged.reader().field(tag::BIT_STRING, "publicKey")?),
        None => None,
    };
    Ok((parameters, public_key))
}
