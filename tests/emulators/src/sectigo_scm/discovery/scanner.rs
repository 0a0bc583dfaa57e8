//! Scans of loopback ports, beside the requests.

use std::{
    net::{SocketAddr, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, TryRecvError},
    },
    thread,
    time::{Duration, Instant},
};

use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, ProtocolVersion, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName, UnixTime},
};

use super::{
    ranges::{Endpoint, Range},
    sighting::{Handshake, Location, Sighting},
};

/// A scan that is going on; dropped, it ends.
#[derive(Debug)]
pub(super) struct Scanner {
    stopped: Arc<AtomicBool>,
    outcome: Receiver<Outcome>,
    arrived: Option<Outcome>,
}

/// What was found; none when there could be no scan.
type Outcome = Option<Vec<Sighting>>;

const WORKERS: usize = 4;
/// A server on this machine that says nothing for so long is none that speaks TLS.
const PATIENCE: Duration = Duration::from_secs(1);

impl Scanner {
    /// Scans on threads of its own. None when the machine has no more of them.
    pub(super) fn start(ranges: Vec<Range>) -> Option<Self> {
        let (sender, outcome) = mpsc::channel();
        let stopped = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stopped);
        let scan = move || {
            // Nobody waits any more when the scan was stopped.
            let _ = sender.send(scan(&ranges, &told));
        };
        thread::Builder::new().spawn(scan).ok()?;
        Some(Self {
            stopped,
            outcome,
            arrived: None,
        })
    }

    /// Whether it is through.
    pub(super) fn is_done(&mut self) -> bool {
        if self.arrived.is_none() {
            self.arrived = match self.outcome.try_recv() {
                Ok(outcome) => Some(outcome),
                Err(TryRecvError::Empty) => None,
                Err(TryRecvError::Disconnected) => Some(None),
            };
        }
        self.arrived.is_some()
    }

    pub(super) fn outcome(&mut self) -> Outcome {
        self.arrived.take().flatten()
    }
}

impl Drop for Scanner {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

fn scan(ranges: &[Range], stopped: &AtomicBool) -> Outcome {
    let config = config()?;
    let endpoints = Mutex::new(ranges.iter().flat_map(Range::endpoints).enumerate());
    let found = Mutex::new(Vec::new());
    let next = || {
        lock(&endpoints)
            .next()
            .filter(|_| !stopped.load(Ordering::Relaxed))
    };
    let work = || {
        while let Some((place, endpoint)) = next() {
            let sighting = look_at(&endpoint, &config);
            lock(&found).extend(sighting.map(|sighting| (place, sighting)));
        }
    };
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(work);
        }
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by_key(|(place, _)| *place);
    Some(found.into_iter().map(|(_, sighting)| sighting).collect())
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The certificate that a server presents, whether or not it wants the caller's.
fn look_at(endpoint: &Endpoint, config: &Arc<ClientConfig>) -> Option<Sighting> {
    let begun = Instant::now();
    let address = SocketAddr::new(endpoint.ip, endpoint.port);
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    let name = ServerName::try_from(endpoint.host.clone()).ok()?;
    let mut connection = ClientConnection::new(Arc::clone(config), name).ok()?;
    // The certificate is there before a server turns away a client that has none.
    let _ = connection.complete_io(&mut stream);
    let leaf = connection.peer_certificates()?.first()?.to_vec();
    let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    Some(Sighting {
        der: leaf,
        location: location(endpoint),
        handshake: Some(Handshake {
            tls_version: tls_version(&connection),
            cipher_suite: cipher_suite(&connection),
            milliseconds,
        }),
    })
}

fn location(endpoint: &Endpoint) -> Location {
    let texts = [
        ("ip", endpoint.ip.to_string()),
        ("address", endpoint.host.clone()),
    ];
    Location::new("NETWORK_HOST", texts).at_port(endpoint.port)
}

fn tls_version(connection: &ClientConnection) -> u8 {
    match connection.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => 3,
        _ => 2,
    }
}

/// The name that IANA has for it.
fn cipher_suite(connection: &ClientConnection) -> String {
    let suite = connection.negotiated_cipher_suite();
    let name = suite.map(|suite| format!("{:?}", suite.suite()));
    name.map(|name| name.replacen("TLS13_", "TLS_", 1))
        .unwrap_or_default()
}

fn config() -> Option<Arc<ClientConfig>> {
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let config = builder
        .with_safe_default_protocol_versions()
        .ok()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyServer))
        .with_no_client_auth();
    Some(Arc::new(config))
}

/// Accepts every server: a scan asks what there is, not whether it is right, and sends nothing.
#[derive(Debug)]
struct AnyServer;

impl ServerCertVerifier for AnyServer {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let provider = aws_lc_rs::default_provider();
        provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}
