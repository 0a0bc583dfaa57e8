//! Authorities, and certificates of theirs for servers and clients.

use std::sync::Arc;

use cert_core::Certificate;
use cert_core::client::Identity;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::sign::{CertifiedKey, SingleCertAndKey};
use tokio_rustls::rustls::{
    ALL_VERSIONS, ConfigBuilder, RootCertStore, ServerConfig, SupportedProtocolVersion,
    WantsVerifier, crypto,
};

pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn new() -> Self {
        Self::called("authority")
    }

    pub(crate) fn called(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, key());
        Self(issuer.expect("an authority"))
    }

    pub(crate) fn certificate(&self) -> Certificate {
        Certificate::from_der(self.0.der()).expect("a certificate")
    }

    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate for `name`.
    pub(crate) fn issue(&self, name: &str) -> Issued {
        self.issue_as(&params(name))
    }

    pub(crate) fn issue_as(&self, params: &CertificateParams) -> Issued {
        let key = key();
        let certificate = params.signed_by(&key, &self.0).expect("a certificate");
        Issued { certificate, key }
    }
}

pub(crate) fn params(name: &str) -> CertificateParams {
    CertificateParams::new([name.to_owned()]).expect("a name")
}

fn key() -> KeyPair {
    KeyPair::generate().expect("a key")
}

/// A certificate with its key.
pub(crate) struct Issued {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Issued {
    pub(crate) fn self_signed(params: &CertificateParams) -> Self {
        let key = key();
        let certificate = params.self_signed(&key).expect("a certificate");
        Self { certificate, key }
    }

    pub(crate) fn certificate(&self) -> Certificate {
        Certificate::from_der(self.certificate.der()).expect("a certificate")
    }

    pub(crate) fn der(&self) -> CertificateDer<'static> {
        self.certificate.der().clone()
    }

    pub(crate) fn pem(&self) -> String {
        self.certificate.pem()
    }

    pub(crate) fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }

    pub(crate) fn identity(&self) -> Identity {
        Identity::from_pem(&self.pem(), self.key_pem()).expect("an identity")
    }

    fn private_key(&self) -> PrivateKeyDer<'static> {
        PrivateKeyDer::try_from(self.key.serialize_der()).expect("a key")
    }

    /// A server that shows this certificate.
    pub(crate) fn server(&self) -> ServerConfig {
        let config = versions(ALL_VERSIONS).with_no_client_auth();
        config
            .with_single_cert(vec![self.der()], self.private_key())
            .expect("a server")
    }

    /// A server that shows this certificate, but has the key of another.
    pub(crate) fn server_with_key_of(
        &self,
        other: &Self,
        version: &'static SupportedProtocolVersion,
    ) -> ServerConfig {
        let key = crypto::aws_lc_rs::sign::any_supported_type(&other.private_key());
        let pair = CertifiedKey::new(vec![self.der()], key.expect("a key"));
        let config = versions(&[version]).with_no_client_auth();
        config.with_cert_resolver(Arc::new(SingleCertAndKey::from(pair)))
    }

    /// A server that shows this certificate, and wants one of `authority` from the client.
    pub(crate) fn server_asking(
        &self,
        authority: &Authority,
        version: &'static SupportedProtocolVersion,
    ) -> ServerConfig {
        let mut roots = RootCertStore::empty();
        roots.add(authority.0.der().clone()).expect("a root");
        let provider = Arc::new(crypto::aws_lc_rs::default_provider());
        let clients = WebPkiClientVerifier::builder_with_provider(roots.into(), provider);
        let config =
            versions(&[version]).with_client_cert_verifier(clients.build().expect("roots"));
        config
            .with_single_cert(vec![self.der()], self.private_key())
            .expect("a server")
    }
}

fn versions(
    versions: &[&'static SupportedProtocolVersion],
) -> ConfigBuilder<ServerConfig, WantsVerifier> {
    let provider = Arc::new(crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider);
    config.with_protocol_versions(versions).expect("versions")
}
