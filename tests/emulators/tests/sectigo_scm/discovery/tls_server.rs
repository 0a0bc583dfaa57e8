use std::{
    net::{Ipv4Addr, TcpListener},
    sync::Arc,
    thread,
};

use rcgen::{CertificateParams, DnType, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, SupportedProtocolVersion,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivatePkcs8KeyDer},
};

/// A server that shakes hands and nothing else, until the test is over.
pub(crate) struct TlsServer {
    pub(crate) port: u16,
}

impl TlsServer {
    pub(crate) fn start(host: &str) -> Self {
        Self::speaking(host, &[&rustls::version::TLS13, &rustls::version::TLS12])
    }

    pub(crate) fn speaking(host: &str, versions: &[&'static SupportedProtocolVersion]) -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut parameters = CertificateParams::new([host.to_owned()]).expect("a name");
        let names = &mut parameters.distinguished_name;
        names.push(DnType::OrganizationName, "Fabrikam, Inc.");
        names.push(DnType::CommonName, host);
        let certificate = parameters.self_signed(&key).expect("a certificate");
        Self::presenting(certificate.der(), &key, versions)
    }

    /// One that has a certificate already.
    pub(crate) fn presenting(
        certificate: &[u8],
        key: &KeyPair,
        versions: &[&'static SupportedProtocolVersion],
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let config = config(certificate.to_vec().into(), key.serialize_der(), versions);
        thread::spawn(move || serve(&listener, &config));
        Self {
            port: address.port(),
        }
    }
}

fn config(
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
    versions: &[&'static SupportedProtocolVersion],
) -> Arc<ServerConfig> {
    let builder = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let builder = builder.with_protocol_versions(versions).expect("versions");
    let key = PrivatePkcs8KeyDer::from(key).into();
    let config = builder
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key);
    Arc::new(config.expect("a key that fits"))
}

fn serve(listener: &TcpListener, config: &Arc<ServerConfig>) {
    for stream in listener.incoming() {
        let (Ok(mut stream), config) = (stream, Arc::clone(config)) else {
            return;
        };
        let mut connection = ServerConnection::new(config).expect("a connection");
        // Some only knock.
        let _ = connection.complete_io(&mut stream);
    }
}
