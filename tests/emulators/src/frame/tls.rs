use std::{fmt, net::IpAddr, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use rcgen::{DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, PublicKeyData};
use rustls::{
    RootCertStore, ServerConfig,
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    server::WebPkiClientVerifier,
};
use tokio_rustls::TlsAcceptor;

use super::{
    authority::{Authority, IssueError, Profile},
    emulator::StartError,
    x509,
};

/// Whether an emulator with TLS asks its clients for a certificate.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum ClientCertificates {
    /// It does not ask.
    #[default]
    Ignored,
    /// It asks; a client may have none, but one that is shown must be valid.
    Optional,
    /// The handshake fails without a valid one.
    Required,
}

/// A certificate with its private key, for one side of a TLS connection.
///
/// The key stays out of `Debug`.
#[derive(Clone)]
#[non_exhaustive]
pub struct Identity {
    /// The certificate and its intermediate, leaf first, PEM.
    pub certificates_pem: String,
    /// The private key, PKCS#8, PEM.
    pub private_key_pem: String,
    /// The leaf's serial number, big-endian.
    pub serial: Vec<u8>,
    chain: Vec<Vec<u8>>,
    private_key: Vec<u8>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("certificates_pem", &self.certificates_pem)
            .finish_non_exhaustive()
    }
}

/// The authority behind an emulator's own connections. It is not the one whose certificates the
/// emulator hands out, so that an enrolled certificate signs nobody in.
#[derive(Debug)]
pub(super) struct Transport {
    authority: Authority,
}

impl Transport {
    pub(super) fn new(vendor: &str, now: Timestamp) -> Result<Self, IssueError> {
        let authority = Authority::new(&format!("{vendor} emulator, transport,"), now)?;
        Ok(Self { authority })
    }

    pub(super) fn root_pem(&self) -> String {
        x509::to_pem("CERTIFICATE", self.authority.root())
    }

    pub(super) fn client_identity(&self, name: &str) -> Result<Identity, IssueError> {
        self.identity(name, Vec::new(), ExtendedKeyUsagePurpose::ClientAuth)
    }

    pub(super) fn acceptor(
        &self,
        address: IpAddr,
        clients: ClientCertificates,
    ) -> Result<TlsAcceptor, StartError> {
        let mut names = vec![
            "localhost".to_owned(),
            "127.0.0.1".to_owned(),
            "::1".to_owned(),
        ];
        if !names.contains(&address.to_string()) && !address.is_unspecified() {
            names.push(address.to_string());
        }
        let server = self.identity("localhost", names, ExtendedKeyUsagePurpose::ServerAuth)?;
        let provider = Arc::new(aws_lc_rs::default_provider());
        let versions = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()?;
        let builder = match clients {
            ClientCertificates::Ignored => versions.with_no_client_auth(),
            asked => versions.with_client_cert_verifier(self.verifier(asked, provider)?),
        };
        let mut config = builder.with_single_cert(server.chain(), server.private_key())?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    fn verifier(
        &self,
        clients: ClientCertificates,
        provider: Arc<CryptoProvider>,
    ) -> Result<Arc<dyn rustls::server::danger::ClientCertVerifier>, StartError> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(self.authority.root().to_vec()))?;
        let builder = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        let builder = match clients {
            ClientCertificates::Required => builder,
            _ => builder.allow_unauthenticated(),
        };
        builder
            .build()
            .map_err(|error| StartError::Tls(error.to_string()))
    }

    fn identity(
        &self,
        name: &str,
        names: Vec<String>,
        purpose: ExtendedKeyUsagePurpose,
    ) -> Result<Identity, IssueError> {
        let key = KeyPair::generate()?;
        let now = Timestamp::now();
        let mut serial = vec![0x40];
        serial.extend(fastrand::u64(..).to_be_bytes());
        let profile = Profile {
            subject: vec![(DnType::CommonName, name.to_owned())],
            names,
            serial: serial.clone(),
            not_before: now - SignedDuration::from_hours(1),
            not_after: now + SignedDuration::from_hours(365 * 24),
            key_usages: vec![KeyUsagePurpose::DigitalSignature],
            extended_key_usages: vec![purpose],
        };
        let leaf = self
            .authority
            .issue(&key.subject_public_key_info(), &profile)?;
        let chain = vec![leaf, self.authority.intermediate().to_vec()];
        Ok(Identity {
            certificates_pem: chain
                .iter()
                .map(|der| x509::to_pem("CERTIFICATE", der))
                .collect(),
            private_key_pem: key.serialize_pem(),
            serial,
            chain,
            private_key: key.serialize_der(),
        })
    }
}

impl Identity {
    fn chain(&self) -> Vec<CertificateDer<'static>> {
        self.chain
            .iter()
            .cloned()
            .map(CertificateDer::from)
            .collect()
    }

    fn private_key(&self) -> PrivateKeyDer<'static> {
        PrivatePkcs8KeyDer::from(self.private_key.clone()).into()
    }
}
