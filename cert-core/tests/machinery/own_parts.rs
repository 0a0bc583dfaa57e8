//! Transports and sign-in of the user's own.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cert_core::client::{
    Answer, Auth, Body, BoxFuture, ChunkSource, Chunks, Epoch, Error, ErrorKind, Signing, Stage,
    Transport, TransportError, header_value,
};

use crate::certificates::Authority;
use crate::reply::Reply;
use crate::server::Server;
use crate::vendor::{Client, builder, builder_at, client_with};

/// Fails at a stage, or answers with a thing.
struct Scripted {
    failure: Option<Stage>,
    sent: Arc<AtomicUsize>,
}

impl Transport for Scripted {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        assert!(request.headers().contains_key("password"));
        let thing = Chunks::from(bytes::Bytes::from_static(br#"{"id": 5, "name": "door"}"#));
        let failure = self
            .failure
            .map(|stage| TransportError::new(stage, "on purpose"));
        Box::pin(async { failure.map_or(Ok(http::Response::new(thing)), Err) })
    }
}

fn over(failure: Option<Stage>) -> (Client, Arc<AtomicUsize>) {
    let sent = Arc::default();
    let transport = Scripted {
        failure,
        sent: Arc::clone(&sent),
    };
    let builder = builder_at("https://vendor.example").transport(transport);
    (builder.build().expect("a client"), sent)
}

#[tokio::test]
async fn calls_go_over_a_transport_of_the_users_own() {
    let (client, sent) = over(None);
    assert_eq!(client.create("door").await.expect("a thing").id, 5);
    assert_eq!(sent.load(Ordering::Relaxed), 1);
    let identity = Authority::new().issue("client").identity();
    let error = client
        .caller()
        .replace_identity(identity)
        .expect_err("not ours");
    assert!(
        error.to_string().contains("transport of your own"),
        "{error}"
    );
}

#[tokio::test]
async fn the_stage_it_names_decides_on_what_follows() {
    for (stage, kind, read, created) in [
        (Stage::NotSent, ErrorKind::NotSent, 3, 3),
        (Stage::ServerCertificate, ErrorKind::NotSent, 1, 1),
        (Stage::ClientCertificate, ErrorKind::NotSent, 1, 1),
        (Stage::Interrupted, ErrorKind::Interrupted, 3, 1),
        (Stage::TimedOut, ErrorKind::TimedOut, 3, 1),
    ] {
        let (client, sent) = over(Some(stage));
        let error = client.get(5).await.expect_err("on purpose");
        assert_eq!(
            (error.kind(), sent.swap(0, Ordering::Relaxed)),
            (kind, read),
            "{stage:?}"
        );
        let error = client.create("door").await.expect_err("on purpose");
        assert_eq!(sent.load(Ordering::Relaxed), created, "{stage:?}");
        assert_eq!(error.may_have_run(), kind != ErrorKind::NotSent);
    }
}

/// Announces a body, and fails when it is read.
struct Unread;

impl ChunkSource for Unread {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<bytes::Bytes, TransportError>>> {
        Box::pin(async { Some(Err(TransportError::new(Stage::Interrupted, "was read"))) })
    }
}

impl Transport for Unread {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
        let head = http::Response::builder()
            .header("content-length", "7")
            .header("x-total-count", "5");
        let response = head.body(Chunks::new(Unread)).expect("a head");
        Box::pin(async { Ok(response) })
    }
}

#[tokio::test]
async fn no_body_is_read_after_head() {
    let client = builder_at("https://vendor.example").transport(Unread);
    let client = client.build().expect("a client");
    client.count().await.expect("the head is all there is");
    let error = client.get(5).await.expect_err("its body is read");
    assert_eq!(error.kind(), ErrorKind::Interrupted);
}

/// Signs with a number that a 401 raises, up to two.
#[derive(Default)]
struct Numbered(AtomicUsize);

impl Auth for Numbered {
    fn apply<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        _: Signing<'a>,
    ) -> BoxFuture<'a, Result<Epoch, Error>> {
        let number = self.0.load(Ordering::Relaxed);
        Box::pin(async move {
            let value = header_value(&format!("n{number}"))?;
            request.headers_mut().insert("x-number", value);
            Ok(number as Epoch)
        })
    }

    fn challenged(&self, epoch: Epoch, _: &Answer) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed);
        epoch < 2
    }
}

#[tokio::test]
async fn a_sign_in_of_the_users_own_is_asked_once_about_a_401() {
    let server = Server::answering([Reply::new(401)]).await;
    let client = client_with(&server, Numbered::default());
    let attempts = async || client.create("door").await.expect_err("refused").attempts();
    assert_eq!(
        [attempts().await, attempts().await, attempts().await],
        [2, 2, 1]
    );
    let requests = server.requests();
    let numbers: Vec<_> = requests
        .iter()
        .filter_map(|request| request.header("x-number"))
        .collect();
    assert_eq!(numbers, ["n0", "n1", "n1", "n2", "n2"]);
}

struct Nothing;

impl Auth for Nothing {
    fn apply<'a>(
        &'a self,
        _: &'a mut http::Request<Body>,
        _: Signing<'a>,
    ) -> BoxFuture<'a, Result<Epoch, Error>> {
        Box::pin(async { Err(Error::sign_in("the vault is shut")) })
    }
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let server = Server::answering([Reply::thing()]).await;
    let error = client_with(&server, Nothing)
        .create("door")
        .await
        .expect_err("no credentials");
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::SignIn, Some("the vault is shut"))
    );
    assert_eq!((error.attempts(), server.connections()), (1, 0));
}

#[test]
fn plain_http_is_for_loopback_unless_allowed() {
    let device = || builder_at("http://device.example");
    let error = device().build().expect_err("plain http");
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert!(error.to_string().contains("use https"), "{error}");
    device().allow_plain_http().build().expect("a client");
}

#[tokio::test]
async fn a_prefix_stands_between_the_base_url_and_every_path() {
    let server = Server::answering([Reply::thing()]).await;
    let client = builder(&server)
        .prefix("/private")
        .build()
        .expect("a client");
    client.get(5).await.expect("a thing");
    assert_eq!(server.request().target(), "/private/things/5");
}
