use std::fmt;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, OtherError, RootCertStore,
    SignatureScheme,
};
use rustls_platform_verifier::Verifier;

use crate::client::Error;
use crate::values::hex;
use crate::{Certificate, Fingerprint, PemBlock, PrivateKey, Secret};

/// TLS settings: trusted roots, pinned public keys, and the client's own certificate (mTLS).
///
/// By default the machine's CA certificates decide. Devices with factory certificates are
/// recognized by a pinned public key instead; there is no way to accept just any certificate.
///
/// ```
/// use cert_core::client::Tls;
///
/// # fn demo(company_root: cert_core::Certificate) {
/// let tls = Tls::new().root(company_root);        // besides the machine's
/// # }
/// ```
#[doc(alias("ssl", "rustls", "mtls"))]
#[derive(Clone, Default)]
#[must_use]
pub struct Tls {
    roots: Vec<Certificate>,
    own_roots_only: bool,
    pins: Vec<PublicKeyPin>,
    identity: Option<Identity>,
    unused: bool,
}

impl Tls {
    /// The machine's CA certificates, and no certificate of the client's own.
    pub fn new() -> Self {
        Self::default()
    }

    /// Trusts `certificate` as a root, too.
    #[doc(alias("trusted CA", "ca certificate"))]
    pub fn root(mut self, certificate: Certificate) -> Self {
        self.roots.push(certificate);
        self
    }

    /// Trusts the given roots alone, not the machine's.
    #[doc(alias = "ca bundle")]
    pub fn own_roots_only(mut self) -> Self {
        self.own_roots_only = true;
        self
    }

    /// Recognizes servers by their public key alone, whatever their certificate says of names,
    /// dates and issuer. Several pins are alternatives.
    ///
    /// The handshake still proves that the server holds the key. Certificates of X.509 version
    /// 1 cannot be pinned: rustls does not read them.
    pub fn pin(mut self, pin: PublicKeyPin) -> Self {
        self.pins.push(pin);
        self
    }

    /// Shows the server this certificate when it asks for one. Such calls use HTTP/1.1, where
    /// a refusal can be told from a lost connection.
    pub fn identity(mut self, identity: Identity) -> Self {
        self.identity = Some(identity);
        self
    }

    /// Spares a client of a plain `http` server the machine's CA certificates, which may not
    /// even be there.
    pub(crate) fn used_by(mut self, base_url: &url::Url) -> Self {
        self.unused = base_url.scheme() == "http" && self.roots.is_empty();
        self
    }

    pub(crate) fn apply(
        &self,
        builder: reqwest::ClientBuilder,
    ) -> Result<reqwest::ClientBuilder, Error> {
        Ok(builder.tls_backend_preconfigured(self.config()?))
    }

    fn config(&self) -> Result<ClientConfig, Error> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(unusable)?
            .dangerous()
            .with_custom_certificate_verifier(self.verifier(provider)?);
        let mut config = match &self.identity {
            None => config.with_no_client_auth(),
            Some(identity) => {
                let key = identity.key()?;
                config
                    .with_client_auth_cert(identity.chain.clone(), key)
                    .map_err(unusable)?
            }
        };
        if cfg!(feature = "http2") && self.identity.is_none() {
            config.alpn_protocols.push(b"h2".to_vec());
        }
        config.alpn_protocols.push(b"http/1.1".to_vec());
        Ok(config)
    }

    fn verifier(
        &self,
        provider: Arc<CryptoProvider>,
    ) -> Result<Arc<dyn ServerCertVerifier>, Error> {
        if self.unused || !self.pins.is_empty() {
            return Ok(Arc::new(PinnedKeys {
                pins: self.pins.clone(),
                provider,
            }));
        }
        let roots = self
            .roots
            .iter()
            .map(|root| CertificateDer::from(root.as_der().to_vec()));
        if !self.own_roots_only {
            let verifier = Verifier::new_with_extra_roots(roots, provider).map_err(unusable)?;
            return Ok(Arc::new(verifier));
        }
        let mut store = RootCertStore::empty();
        for root in roots {
            store.add(root).map_err(unusable)?;
        }
        WebPkiServerVerifier::builder_with_provider(store.into(), provider)
            .build()
            .map(|verifier| verifier as _)
            .map_err(unusable)
    }
}

fn unusable(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    let error: Box<dyn std::error::Error + Send + Sync> = Box::new(error);
    Error::argument("the TLS settings cannot be used").caused_by(error)
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls")
            .field("roots", &self.roots.len())
            .field("own_roots_only", &self.own_roots_only)
            .field("pins", &self.pins)
            .field("identity", &self.identity)
            .finish()
    }
}

/// The SHA-256 digest of a public key in its `SubjectPublicKeyInfo` form (RFC 7469 section 2.4).
#[doc(alias("hpkp", "pinning", "self-signed"))]
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKeyPin([u8; 32]);

impl PublicKeyPin {
    /// The pin of the key that `certificate` certifies.
    #[must_use]
    pub fn of(certificate: &Certificate) -> Self {
        Self::of_spki(certificate.public_key_der())
    }

    /// The pin with this digest, in hex or in base64 as `openssl dgst -binary | base64` prints.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::client::ErrorKind::Argument) when the text is not 32 octets in either form.
    pub fn from_text(text: &str) -> Result<Self, Error> {
        use base64::Engine as _;

        let hex = Fingerprint::from(text).bytes();
        let octets = match hex {
            Some(octets) if octets.len() == 32 => Ok(octets),
            _ => base64::engine::general_purpose::STANDARD.decode(text.trim()),
        };
        octets
            .ok()
            .and_then(|octets| octets.try_into().ok())
            .map(Self)
            .ok_or_else(|| Error::argument("a public key pin is a SHA-256 digest in hex or base64"))
    }

    fn of_spki(spki: &[u8]) -> Self {
        use sha2::Digest as _;

        Self(sha2::Sha256::digest(spki).into())
    }
}

impl fmt::Debug for PublicKeyPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKeyPin({})", hex::encode(&self.0, ""))
    }
}

/// The client's own certificate with its key, shown to servers that ask for it.
#[doc(alias("client certificate", "mtls"))]
#[derive(Clone)]
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: Secret,
}

impl Identity {
    /// The certificates of `chain`, in any order, and the private `key`, both as PEM.
    ///
    /// The key is unencrypted PKCS#8, PKCS#1 or SEC1 (RFC 5958, 8017, 5915).
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::client::ErrorKind::Argument) when the key cannot be read, or belongs to none
    /// of the certificates.
    pub fn from_pem(chain: &str, key: impl Into<Secret>) -> Result<Self, Error> {
        let blocks = PemBlock::all(chain)
            .map_err(|error| Error::argument(format!("the client certificate: {error}")))?;
        let certificates = blocks.iter().filter(|block| block.label() == "CERTIFICATE");
        let chain: Vec<_> = certificates
            .map(|block| CertificateDer::from(block.contents().to_vec()))
            .collect();
        if chain.is_empty() {
            return Err(Error::argument(
                "there is no certificate in the PEM given as chain",
            ));
        }
        let mut this = Self {
            chain,
            key: key.into(),
        };
        let leaf = this.leaf()?;
        this.chain[..=leaf].rotate_right(1);
        Ok(this)
    }

    /// Which of the certificates the key belongs to.
    fn leaf(&self) -> Result<usize, Error> {
        let key = aws_lc_rs::sign::any_supported_type(&self.key()?).map_err(unusable)?;
        let belongs = |certificate: &CertificateDer<'static>| {
            CertifiedKey::new(vec![certificate.clone()], Arc::clone(&key))
                .keys_match()
                .is_ok()
        };
        self.chain.iter().position(belongs).ok_or_else(|| {
            Error::argument("the private key belongs to none of the client certificates given")
        })
    }

    fn key(&self) -> Result<PrivateKeyDer<'static>, Error> {
        let key = PrivateKey::parse(self.key.expose().as_bytes())
            .map_err(|error| Error::argument(format!("the client's {error}")))?;
        Ok(PrivatePkcs8KeyDer::from(key.expose_pkcs8_der().to_vec()).into())
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("chain", &self.chain.len())
            .finish_non_exhaustive()
    }
}

/// Accepts servers that prove to hold a pinned key.
#[derive(Debug)]
struct PinnedKeys {
    pins: Vec<PublicKeyPin>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for PinnedKeys {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let certificate =
            Certificate::from_der(end_entity).map_err(|_| CertificateError::BadEncoding)?;
        if self.pins.contains(&PublicKeyPin::of(&certificate)) {
            return Ok(ServerCertVerified::assertion());
        }
        Err(CertificateError::Other(OtherError(Arc::new(NotPinned))).into())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the server's public key is not the pinned one")]
struct NotPinned;
