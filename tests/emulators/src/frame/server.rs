use std::{
    io,
    net::{IpAddr, TcpListener},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    thread::JoinHandle,
};

use bytes::Bytes;
use http::{Method, Response, StatusCode, header::CONTENT_LENGTH, request::Parts};
use http_body_util::{BodyExt, Limited, combinators::BoxBody};
use hyper::{
    body::{Body, Frame, Incoming, SizeHint},
    service::service_fn,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
};
use rustls::pki_types::CertificateDer;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::oneshot,
};
use tokio_rustls::TlsAcceptor;

use super::{
    Faults, Journal, Reply, Request,
    emulator::Vendor,
    fault::{Effect, Struck},
    state::State,
};

const LARGEST_BODY: usize = 64 << 20;

pub(super) struct Service<V> {
    pub(super) state: State<V>,
    pub(super) faults: Faults,
    pub(super) journal: Journal,
}

/// Serves on a thread with a runtime of its own, until `ended` completes or its sender is dropped.
/// Connections that are open then are cut.
pub(super) fn start<V: Vendor>(
    listener: TcpListener,
    acceptor: Option<TlsAcceptor>,
    service: Arc<Service<V>>,
    ended: oneshot::Receiver<()>,
) -> io::Result<JoinHandle<()>> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let listener = {
        let _inside = runtime.enter();
        tokio::net::TcpListener::from_std(listener)?
    };
    let serve = async move {
        tokio::select! {
            () = accept(listener, acceptor, service) => {}
            _ = ended => {}
        }
    };
    std::thread::Builder::new()
        .name(V::NAME.to_owned())
        .spawn(move || runtime.block_on(serve))
}

async fn accept<V: Vendor>(
    listener: tokio::net::TcpListener,
    acceptor: Option<TlsAcceptor>,
    service: Arc<Service<V>>,
) {
    loop {
        // A connection that is gone before it was accepted concerns nobody.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        service.journal.connected();
        tokio::spawn(connection(stream, acceptor.clone(), Arc::clone(&service)));
    }
}

async fn connection<V: Vendor>(
    stream: TcpStream,
    acceptor: Option<TlsAcceptor>,
    service: Arc<Service<V>>,
) {
    // Without it answers in two segments wait for a delayed acknowledgement; nothing else breaks.
    let _ = stream.set_nodelay(true);
    let mut caller = Caller {
        address: stream.peer_addr().ok().map(|address| address.ip()),
        ..Caller::default()
    };
    let Some(acceptor) = acceptor else {
        return http(stream, caller, service).await;
    };
    // The peer learns of a failed handshake by its alert.
    if let Ok(stream) = acceptor.accept(stream).await {
        let peer = stream.get_ref().1.peer_certificates().unwrap_or_default();
        let peer = peer.iter();
        let peer = peer.map(|certificate| certificate.clone().into_owned());
        caller.certificates = peer.collect();
        http(stream, caller, service).await;
    }
}

/// Who is at the other end of a connection.
#[derive(Clone, Debug, Default)]
struct Caller {
    address: Option<IpAddr>,
    certificates: Vec<CertificateDer<'static>>,
}

async fn http<V: Vendor, S: AsyncRead + AsyncWrite + Send + Unpin + 'static>(
    stream: S,
    caller: Caller,
    service: Arc<Service<V>>,
) {
    let answer = service_fn(|request: http::Request<Incoming>| {
        let service = Arc::clone(&service);
        let caller = caller.clone();
        async move { service.serve(request, caller).await }
    });
    let connections = auto::Builder::new(TokioExecutor::new());
    // It ends with an error whenever a fault closed it, or the client did.
    let _ = connections
        .serve_connection(TokioIo::new(stream), answer)
        .await;
}

impl<V: Vendor> Service<V> {
    async fn serve(
        self: Arc<Self>,
        request: http::Request<Incoming>,
        caller: Caller,
    ) -> io::Result<Response<BoxBody<Bytes, io::Error>>> {
        let (head, body) = request.into_parts();
        let Ok(body) = Limited::new(body, LARGEST_BODY).collect().await else {
            return Ok(respond(
                &Reply::empty(StatusCode::PAYLOAD_TOO_LARGE),
                None,
                None,
            ));
        };
        let request = read(head, body.to_bytes(), caller);
        let number = self.journal.arrived(request.clone());
        let Struck { delay, effect } = self.faults.strike(&request);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        let (reply, cut) = self.carry_out(&request, effect)?;
        self.journal.answered(number, reply.status());
        Ok(match request.method {
            Method::HEAD => respond_to_head(&reply),
            _ => respond(&reply, cut, self.rest(&reply)),
        })
    }

    /// What makes the rest of a body that is streamed.
    fn rest(self: Arc<Self>, reply: &Reply) -> Option<Rest> {
        let pieces = reply.pieces()?.clone();
        Some(Box::new(move || match self.state.lock() {
            Some(mut vendor) => pieces.next(&mut *vendor).map(Ok),
            None => Some(Err(io::ErrorKind::ConnectionReset.into())),
        }))
    }

    /// The answer, and after how many bytes of its body the connection breaks.
    fn carry_out(
        &self,
        request: &Request,
        effect: Option<Effect>,
    ) -> io::Result<(Reply, Option<usize>)> {
        let answer = || match self.state.lock() {
            Some(mut state) => state.answer(request),
            None => held(),
        };
        Ok(match effect {
            None => (answer(), None),
            Some(Effect::Instead(reply)) => (reply, None),
            Some(Effect::ContentType(other)) => (answer().content_type(&other), None),
            Some(Effect::CutBody) => {
                let reply = answer();
                let half = reply.body().len() / 2;
                (reply, Some(half))
            }
            Some(Effect::CloseUnanswered) => {
                answer();
                return Err(io::ErrorKind::ConnectionReset.into());
            }
            Some(Effect::CloseUnheard | Effect::Delay(_)) => {
                return Err(io::ErrorKind::ConnectionReset.into());
            }
        })
    }
}

/// A test has kept the state to itself while it waits for this answer.
fn held() -> Reply {
    let why = "the emulator's state is held by a guard in the test; drop it before a request";
    Reply::bytes(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", why)
}

fn read(head: Parts, body: Bytes, caller: Caller) -> Request {
    Request {
        method: head.method,
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers,
        body,
        peer: caller.certificates,
        address: caller.address,
    }
}

fn respond(
    reply: &Reply,
    cut: Option<usize>,
    more: Option<Rest>,
) -> Response<BoxBody<Bytes, io::Error>> {
    let body = ReplyBody {
        promised: more.is_none().then(|| reply.body().len() as u64),
        more,
        rest: reply.body().slice(..cut.unwrap_or(reply.body().len())),
        end: match cut {
            Some(_) => End::Break { flushed: false },
            None => End::Regular,
        },
    };
    let mut response = Response::new(body.boxed());
    *response.status_mut() = reply.status();
    for (name, value) in reply.headers() {
        response.headers_mut().append(name, value.clone());
    }
    response
}

/// The head that the same answer to `GET` would have.
fn respond_to_head(reply: &Reply) -> Response<BoxBody<Bytes, io::Error>> {
    let length = reply.body().len();
    let mut response = respond(&reply.clone().without_body(), None, None);
    if length > 0 {
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
    }
    response
}

/// Makes the next piece of a body.
type Rest = Box<dyn FnMut() -> Option<io::Result<Bytes>> + Send + Sync>;

/// A body that may promise more than it sends, and then breaks.
struct ReplyBody {
    promised: Option<u64>,
    rest: Bytes,
    /// What makes the pieces that follow.
    more: Option<Rest>,
    end: End,
}

/// What follows the last byte.
#[derive(Clone, Copy, Eq, PartialEq)]
enum End {
    Regular,
    /// The bytes must leave before the break comes, or the client would not see any of them.
    Break {
        flushed: bool,
    },
}

impl ReplyBody {
    /// The next piece of a body that is streamed; the first one alone where it is to break.
    fn piece(&mut self) -> Option<io::Result<Bytes>> {
        let mut more = self.more.take()?;
        let piece = more()?;
        if self.end == End::Regular && piece.is_ok() {
            self.more = Some(more);
        }
        Some(piece)
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if !self.rest.is_empty() {
            let data = std::mem::take(&mut self.rest);
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        if let Some(piece) = self.piece() {
            return Poll::Ready(Some(piece.map(Frame::data)));
        }
        match self.end {
            End::Regular => Poll::Ready(None),
            End::Break { flushed: true } => {
                Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())))
            }
            End::Break { flushed: false } => {
                self.end = End::Break { flushed: true };
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.more.is_none() && self.end == End::Regular
    }

    fn size_hint(&self) -> SizeHint {
        self.promised
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
