//! A server on a socket: it says what a test scripts, and keeps what it is told.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

use crate::reply::{Ending, Reply};
use crate::request::Request;

/// Longest wait for something that has to happen.
const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) struct Server {
    url: String,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

struct Shared {
    script: Box<dyn Fn(&Request) -> Reply + Send + Sync>,
    heard: Mutex<Heard>,
    changed: Notify,
}

#[derive(Default)]
struct Heard {
    connections: usize,
    hung_up: usize,
    bytes: Vec<u8>,
    sent: usize,
    requests: Vec<Request>,
}

impl Server {
    /// Answers each request as `script` says.
    pub(crate) async fn start(script: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::listening(None, script).await
    }

    /// Answers the first request with the first reply, and so on; the last one stays.
    pub(crate) async fn answering<const N: usize>(replies: [Reply; N]) -> Self {
        Self::start(move |request| replies[request.number.min(N - 1)].clone()).await
    }

    /// The same over TLS.
    pub(crate) async fn secure(
        config: ServerConfig,
        script: impl Fn(&Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::listening(Some(Arc::new(config)), script).await
    }

    async fn listening(
        tls: Option<Arc<ServerConfig>>,
        script: impl Fn(&Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let url = match tls {
            Some(_) => format!("https://localhost:{}", address.port()),
            None => format!("http://{address}"),
        };
        let shared = Arc::new(Shared {
            script: Box::new(script),
            heard: Mutex::default(),
            changed: Notify::new(),
        });
        let accepting = tokio::spawn(accept(listener, tls, Arc::clone(&shared)));
        Self {
            url,
            shared,
            accepting,
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.shared.heard().requests.clone()
    }

    /// The only request there was.
    pub(crate) fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.remove(0)
    }

    /// How many requests asked for `target`.
    pub(crate) fn count(&self, target: &str) -> usize {
        let requests = self.requests();
        requests.iter().filter(|r| r.target() == target).count()
    }

    pub(crate) fn connections(&self) -> usize {
        self.shared.heard().connections
    }

    /// Every byte that arrived, after decryption.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.shared.heard().bytes.clone()
    }

    /// How many bytes could be sent.
    pub(crate) fn sent(&self) -> usize {
        self.shared.heard().sent
    }

    /// Waits until so many requests have arrived.
    pub(crate) async fn heard(&self, requests: usize) {
        self.shared
            .until(|heard| heard.requests.len() >= requests)
            .await;
    }

    /// Waits until the client has closed so many connections.
    pub(crate) async fn hung_up(&self, connections: usize) {
        self.shared
            .until(|heard| heard.hung_up >= connections)
            .await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Shared {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().expect("no test to have panicked")
    }

    async fn until(&self, condition: impl Fn(&Heard) -> bool) {
        let waiting = async {
            loop {
                let changed = self.changed.notified();
                if condition(&self.heard()) {
                    return;
                }
                changed.await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .expect("it to happen in time");
    }

    fn note(&self, change: impl FnOnce(&mut Heard)) {
        change(&mut self.heard());
        self.changed.notify_waiters();
    }
}

/// A URL at which nobody listens.
pub(crate) async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    format!("http://{}", listener.local_addr().expect("an address"))
}

async fn accept(listener: TcpListener, tls: Option<Arc<ServerConfig>>, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        shared.note(|heard| heard.connections += 1);
        let number = shared.heard().connections;
        tokio::spawn(connection(stream, number, tls.clone(), Arc::clone(&shared)));
    }
}

async fn connection(
    stream: TcpStream,
    number: usize,
    tls: Option<Arc<ServerConfig>>,
    shared: Arc<Shared>,
) {
    stream.set_nodelay(true).expect("an open connection");
    let Some(tls) = tls else {
        return talk(stream, number, None, &shared).await;
    };
    // A handshake that fails is seen by the client, and by the requests that do not come.
    if let Ok(stream) = TlsAcceptor::from(tls).accept(stream).await {
        let chain = stream.get_ref().1.peer_certificates();
        let leaf = chain.and_then(<[_]>::first).map(|leaf| leaf.to_vec());
        talk(stream, number, leaf, &shared).await;
    }
}

async fn talk(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    connection: usize,
    certificate: Option<Vec<u8>>,
    shared: &Shared,
) {
    let mut pending = Vec::new();
    loop {
        let Some(mut request) = Request::take_from(&mut pending) else {
            if !listen(&mut stream, &mut pending, shared).await {
                return;
            }
            continue;
        };
        request.connection = connection;
        request.certificate.clone_from(&certificate);
        shared.note(|heard| {
            request.number = heard.requests.len();
            heard.requests.push(request.clone());
        });
        let reply = (shared.script)(&request);
        tokio::time::sleep(reply.delay).await;
        shared
            .until(|heard| heard.requests.len() >= reply.requests)
            .await;
        for piece in reply.pieces() {
            // The client may have gone away meanwhile, as some tests want it.
            if stream.write_all(&piece).await.is_err() || stream.flush().await.is_err() {
                return shared.note(|heard| heard.hung_up += 1);
            }
            shared.note(|heard| heard.sent += piece.len());
            tokio::time::sleep(reply.pause).await;
        }
        match reply.ending {
            Ending::Whole => {}
            Ending::Closed => return,
            Ending::Stalled => while listen(&mut stream, &mut Vec::new(), shared).await {},
        }
    }
}

/// Reads what has come; false at the end.
async fn listen(
    stream: &mut (impl AsyncRead + Unpin),
    pending: &mut Vec<u8>,
    shared: &Shared,
) -> bool {
    let start = pending.len();
    let more = stream
        .read_buf(pending)
        .await
        .is_ok_and(|length| length > 0);
    shared.note(|heard| {
        heard.bytes.extend(&pending[start..]);
        heard.hung_up += usize::from(!more);
    });
    more
}
