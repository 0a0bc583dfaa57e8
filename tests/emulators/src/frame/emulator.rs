use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    sync::{Arc, MutexGuard},
    thread::JoinHandle,
};

use tokio::sync::oneshot;

use super::{
    Authority, Call, ClientCertificates, Clock, Faults, Identity, IssueError, Journal, Operation,
    Precedence, Reply, Request, Route,
    dispatch::{dispatch, routes},
    server::{self, Service},
    state::State,
    tls::Transport,
    x509,
};

/// One vendor's system: its state and how it answers.
pub trait Vendor: Sized + Send + 'static {
    /// The vendor's name, as on the command line: `sectigo-scm`.
    const NAME: &'static str;

    /// What can be set before the start.
    type Options: Clone + fmt::Debug + Default + Send + 'static;

    /// How it refuses.
    type Problem: Into<Reply> + 'static;

    /// The operations, one table for each area of the vendor's interface.
    const AREAS: &'static [&'static [Route<Self, Self::Problem>]];

    /// What counts first when several paths fit.
    const PRECEDENCE: Precedence = Precedence::Method;

    /// What stands between the methods in `Allow`.
    const ALLOW_SEPARATOR: &'static str = ", ";

    /// Builds the state. Everything slow (keys, signatures) is better put off to its first use.
    fn new(options: Self::Options, world: World) -> Self;

    /// Answers one request. Requests come one after the other.
    ///
    /// A vendor that answers some requests before it looks for an operation has its own, which
    /// ends in [`dispatch`].
    fn answer(&mut self, request: &Request) -> Reply {
        dispatch(self, request)
    }

    /// The path to look for among the operations: without prefixes.
    ///
    /// # Errors
    ///
    /// Where a vendor tells nobody which paths there are before it knows who asks.
    fn path<'r>(&self, request: &'r Request) -> Result<&'r str, Self::Problem> {
        Ok(&request.path)
    }

    /// Lets a caller in once it is known what is called.
    ///
    /// # Errors
    ///
    /// When this caller may not do this.
    fn admit(&mut self, call: &Call<'_>) -> Result<(), Self::Problem> {
        let _ = call;
        Ok(())
    }

    /// The path takes other methods only: `GET, DELETE`. With status 405 the header `Allow` is
    /// added.
    fn no_such_method(allowed: &str) -> Self::Problem;

    /// There is no such path.
    fn no_such_path() -> Self::Problem;

    /// Every operation that is emulated; one with two paths stands here twice.
    fn operations() -> Vec<Operation> {
        routes::<Self>().map(Route::describe).collect()
    }

    /// What a client needs to sign in, as words and values for a script: `login`, `admin`.
    fn credentials(&self) -> Vec<(&'static str, String)>;
}

/// What a vendor's state finds around itself.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct World {
    /// Scheme, host and port of the emulator, without a slash at the end.
    pub base_url: String,
    /// The same listener under another host name, and therefore another origin: for links that a
    /// vendor hands out to hosts other than its own. The same as `base_url` for a listener that is
    /// not on the loopback interface, and has no other name.
    pub other_url: String,
    /// Issues the certificates that the vendor hands out.
    pub authority: Arc<Authority>,
    /// The time.
    pub clock: Clock,
}

/// Why an emulator did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address is taken, or not one of this machine.
    #[error("cannot listen on {address}: {source}; choose another address, or port 0")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The system gave no thread or no I/O driver.
    #[error("cannot start the server: {0}")]
    Server(#[from] io::Error),
    /// A certificate of the emulator's own could not be made.
    #[error(transparent)]
    Certificate(#[from] IssueError),
    /// TLS refused its own settings.
    #[error("cannot set TLS up: {0}")]
    Tls(String),
}

impl From<rustls::Error> for StartError {
    fn from(error: rustls::Error) -> Self {
        Self::Tls(error.to_string())
    }
}

/// How an emulator is to run; made by [`Emulator::builder`].
///
/// Each vendor adds setters of its own, such as the size of its fleet.
#[derive(Clone, Debug)]
pub struct Builder<V: Vendor> {
    address: SocketAddr,
    tls: bool,
    client_certificates: ClientCertificates,
    clock: Clock,
    pub(crate) options: V::Options,
}

impl<V: Vendor> Builder<V> {
    /// Listens here instead of on a free port of 127.0.0.1; port 0 picks a free one.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Serves https with a certificate of the emulator's own authority, for `localhost`,
    /// `127.0.0.1` and `::1`.
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Asks clients for a certificate of the emulator's own authority; includes
    /// [`Builder::tls`]. [`Emulator::client_identity`] makes one.
    pub fn client_certificates(mut self, asked: ClientCertificates) -> Self {
        self.client_certificates = asked;
        self.tls()
    }

    /// Shares a clock with other emulators.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Starts the emulator on a thread of its own.
    ///
    /// # Errors
    ///
    /// When the address cannot be listened on, or the system lacks what a server needs.
    pub async fn start(self) -> Result<Emulator<V>, StartError> {
        let (sender, receiver) = oneshot::channel();
        let start = move || drop(sender.send(self.start_blocking()));
        std::thread::Builder::new().spawn(start)?;
        match receiver.await {
            Ok(started) => started,
            Err(_) => Err(io::Error::other("the starting thread ended early").into()),
        }
    }

    /// The same for callers without an async runtime.
    ///
    /// # Errors
    ///
    /// As [`Builder::start`].
    pub fn start_blocking(self) -> Result<Emulator<V>, StartError> {
        let address = self.address;
        let listen = |source| StartError::Listen { address, source };
        let listener = TcpListener::bind(address).map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let transport = Transport::new(V::NAME, self.clock.now())?;
        let acceptor = match self.tls {
            true => Some(transport.acceptor(address.ip(), self.client_certificates)?),
            false => None,
        };
        let authority = Authority::new(&format!("{} emulator", V::NAME), self.clock.now())?;
        let scheme = if self.tls { "https" } else { "http" };
        let world = World {
            base_url: format!("{scheme}://{}", reachable(address)),
            other_url: format!("{scheme}://{}", other_name(reachable(address))),
            authority: Arc::new(authority),
            clock: self.clock,
        };
        let service = Arc::new(Service {
            state: State::new(V::new(self.options, world.clone())),
            faults: Faults::default(),
            journal: Journal::default(),
        });
        let (shutdown, ended) = oneshot::channel();
        let thread = server::start(listener, acceptor, Arc::clone(&service), ended)?;
        Ok(Emulator {
            address,
            world,
            transport,
            service,
            shutdown: Some(shutdown),
            thread: Some(thread),
        })
    }
}

/// A running emulator. It stops, and its port is free again, when this is dropped.
pub struct Emulator<V: Vendor> {
    address: SocketAddr,
    world: World,
    transport: Transport,
    service: Arc<Service<V>>,
    shutdown: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl<V: Vendor> Emulator<V> {
    /// Settings to start from: plain HTTP on a free port of 127.0.0.1.
    pub fn builder() -> Builder<V> {
        Builder {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            tls: false,
            client_certificates: ClientCertificates::Ignored,
            clock: Clock::default(),
            options: V::Options::default(),
        }
    }

    /// Scheme, host and port, without a slash at the end: `http://127.0.0.1:8081`.
    pub fn base_url(&self) -> &str {
        &self.world.base_url
    }

    /// The same server under another host name: another origin.
    pub fn other_url(&self) -> &str {
        &self.world.other_url
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The root to trust when connecting with TLS, PEM.
    pub fn ca_pem(&self) -> String {
        self.transport.root_pem()
    }

    /// A new certificate with its key that the emulator accepts from TLS clients. `name` becomes
    /// the subject's common name; where a vendor signs people in by certificate, it is the login.
    ///
    /// # Errors
    ///
    /// When the name cannot be encoded.
    pub fn client_identity(&self, name: &str) -> Result<Identity, IssueError> {
        self.transport.client_identity(name)
    }

    /// The root of the certificates that the emulated vendor hands out, PEM.
    pub fn issuing_root_pem(&self) -> String {
        x509::to_pem("CERTIFICATE", self.world.authority.root())
    }

    /// The authority of the certificates that the emulated vendor hands out.
    pub fn authority(&self) -> &Authority {
        &self.world.authority
    }

    /// The emulated world's time.
    pub fn clock(&self) -> &Clock {
        &self.world.clock
    }

    /// The vendor's state, to look at or to change between two requests.
    ///
    /// No request is answered while the guard lives: keep it out of anything that waits for an
    /// answer, and out of the head of a loop whose body asks for the state again.
    ///
    /// # Panics
    ///
    /// When another guard has been alive for half a minute.
    pub fn state(&self) -> MutexGuard<'_, V> {
        let guard = self.service.state.lock();
        guard.expect("the state is still held by another guard; drop that one first")
    }

    /// What goes wrong, to be switched on and off at any time.
    pub fn faults(&self) -> &Faults {
        &self.service.faults
    }

    /// What has arrived.
    pub fn journal(&self) -> &Journal {
        &self.service.journal
    }

    /// Vendor, base URL and credentials in one line that a script can read:
    /// `sectigo-scm http://127.0.0.1:8081 login=admin password=secret customerUri=cst1`.
    pub fn line(&self) -> String {
        let mut line = format!("{} {}", V::NAME, self.base_url());
        for (word, value) in self.state().credentials() {
            line.push_str(&format!(" {word}={value}"));
        }
        line
    }
}

impl<V: Vendor> fmt::Debug for Emulator<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator")
            .field("vendor", &V::NAME)
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}

impl<V: Vendor> Drop for Emulator<V> {
    fn drop(&mut self) {
        drop(self.shutdown.take());
        if let Some(thread) = self.thread.take() {
            // A panic in the server has been reported on its own thread.
            let _ = thread.join();
        }
    }
}

fn reachable(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => {
            SocketAddr::from((Ipv4Addr::LOCALHOST, address.port()))
        }
        IpAddr::V6(ip) if ip.is_unspecified() => {
            SocketAddr::from((Ipv4Addr::LOCALHOST, address.port()))
        }
        _ => address,
    }
}

fn other_name(address: SocketAddr) -> String {
    match address.ip().is_loopback() {
        true => format!("localhost:{}", address.port()),
        false => address.to_string(),
    }
}
