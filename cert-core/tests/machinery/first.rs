//! The first connection to a server, which many cold calls share.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use cert_core::Certificate;
use cert_core::client::{Http, Retry, Tls};
use futures_util::future::join_all;
use http_body_util::Full;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::certificates::Authority;
use crate::vendor::{Client, builder_at};

/// A server over TLS that counts its connections.
struct Server {
    url: String,
    connections: Arc<AtomicUsize>,
    root: Certificate,
}

impl Server {
    async fn speaking(protocols: &[&str]) -> Self {
        let authority = Authority::new();
        let mut config = authority.issue("localhost").server();
        config.alpn_protocols = protocols.iter().map(|name| (*name).into()).collect();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let connections = Arc::new(AtomicUsize::new(0));
        tokio::spawn(accept(listener, acceptor, Arc::clone(&connections)));
        Self {
            url: format!("https://localhost:{port}"),
            connections,
            root: authority.certificate(),
        }
    }

    fn client(&self) -> Client {
        let tls = Tls::new().own_roots_only().root(self.root.clone());
        builder_at(&self.url).tls(tls).build().expect("a client")
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

async fn accept(listener: TcpListener, tls: TlsAcceptor, connections: Arc<AtomicUsize>) {
    while let Ok((stream, _)) = listener.accept().await {
        connections.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(serve(stream, tls.clone()));
    }
}

async fn serve(stream: TcpStream, tls: TlsAcceptor) {
    let Ok(stream) = tls.accept(stream).await else {
        return;
    };
    let service = service_fn(|request: http::Request<_>| answer(request));
    let builder = auto::Builder::new(TokioExecutor::new());
    // The client hangs up at the end of the test.
    let _ = builder
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// The thing, slowly where it is number 0.
async fn answer<B>(request: http::Request<B>) -> Result<http::Response<Full<Bytes>>, Infallible> {
    if request.uri().path() == "/things/0" {
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    let thing = Bytes::from_static(br#"{"id": 5, "name": "door"}"#);
    Ok(http::Response::new(Full::new(thing)))
}

#[tokio::test]
async fn two_hundred_cold_calls_make_one_connection_of_http_2() {
    let server = Server::speaking(&["h2", "http/1.1"]).await;
    let client = server.client();
    let all = join_all((1..=200).map(|id| client.get(id).send())).await;
    assert!(all.iter().all(Result::is_ok));
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn nobody_waits_for_the_answer_to_the_first_call() {
    let server = Server::speaking(&["h2", "http/1.1"]).await;
    let client = server.client();
    let slow = tokio::spawn(client.get(0).send());
    tokio::task::yield_now().await;
    let all = join_all((1..=20).map(|id| client.get(id).send())).await;
    assert!(all.iter().all(Result::is_ok));
    assert!(!slow.is_finished());
    assert_eq!(server.connections(), 1);
    slow.await.expect("no panic").expect("a thing");
}

#[tokio::test]
async fn with_http_1_each_call_has_a_connection() {
    let server = Server::speaking(&["http/1.1"]).await;
    let client = server.client();
    let all = join_all((1..=20).map(|id| client.get(id).send())).await;
    assert!(all.iter().all(Result::is_ok));
    assert!((2..=20).contains(&server.connections()));
}

#[tokio::test]
async fn a_first_connection_that_fails_holds_nobody_back() {
    let server = Server::speaking(&["h2"]).await;
    let strange = Tls::new()
        .own_roots_only()
        .root(Authority::new().certificate());
    let builder = builder_at(&server.url).tls(strange).retry(Retry::never());
    let client = builder.build().expect("a client");
    let all = join_all((1..=20).map(|id| client.get(id).send())).await;
    assert!(all.iter().all(Result::is_err));
    client.get(5).await.expect_err("still not trusted");
}

#[tokio::test]
async fn a_dropped_first_call_holds_nobody_back() {
    let server = Server::speaking(&["h2"]).await;
    let client = server.client();
    let first = tokio::spawn(client.get(0).send());
    tokio::task::yield_now().await;
    first.abort();
    let rest = client.get(1).timeout(Duration::from_secs(5));
    rest.await.expect("a thing");
}

#[tokio::test]
async fn clients_of_many_servers_share_one_transport() {
    let servers = [
        Server::speaking(&["h2"]).await,
        Server::speaking(&["http/1.1"]).await,
    ];
    let tls = servers
        .iter()
        .fold(Tls::new().own_roots_only(), |tls, server| {
            tls.root(server.root.clone())
        });
    let http = Http::with_tls(tls, Duration::from_secs(5)).expect("a transport");
    let http = Arc::new(http);
    for server in &servers {
        let builder = builder_at(&server.url).transport(Arc::clone(&http));
        let client = builder.build().expect("a client");
        let all = join_all((1..=10).map(|id| client.get(id).send())).await;
        assert!(all.iter().all(Result::is_ok));
    }
    assert_eq!(servers[0].connections(), 1);
}
