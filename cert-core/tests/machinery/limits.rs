//! What bounds a call in size and time.

use std::time::{Duration, Instant};

use cert_core::client::{ErrorKind, Limits, Retry, Tls};
use http::StatusCode;
use tokio::net::TcpListener;

use crate::certificates::Authority;
use crate::reply::Reply;
use crate::server::Server;
use crate::vendor::{Client, builder, builder_at, client};

fn with_limits(server: &Server, set: impl FnOnce(&mut Limits)) -> Client {
    let mut limits = Limits::default();
    set(&mut limits);
    let builder = builder(server).limits(limits).retry(Retry::never());
    builder.build().expect("a client")
}

fn padded(length: usize) -> Reply {
    let thing = r#"{"id": 5, "name": "door"}"#;
    Reply::json(200, &(thing.to_owned() + &" ".repeat(length - thing.len())))
}

#[tokio::test]
async fn an_announced_body_is_read_up_to_the_limit() {
    for (length, fits) in [(1000, true), (1001, false), (100_000, false)] {
        let server = Server::answering([padded(length)]).await;
        let client = with_limits(&server, |limits| limits.body = 1000);
        assert_eq!(client.get(5).await.is_ok(), fits, "{length}");
    }
}

#[tokio::test]
async fn so_is_a_chunked_one() {
    for (length, fits) in [(1000, true), (1001, false), (100_000, false)] {
        let reply = padded(length).chunked(300, Duration::ZERO);
        let server = Server::answering([reply]).await;
        let client = with_limits(&server, |limits| limits.body = 1000);
        assert_eq!(client.get(5).await.is_ok(), fits, "{length}");
    }
}

#[tokio::test]
async fn an_endless_body_is_given_up() {
    let endless = padded(1_000_000).chunked(300, Duration::from_millis(1));
    let server = Server::answering([endless]).await;
    let client = with_limits(&server, |limits| limits.body = 1000);
    let error = client.create("door").await.expect_err("too much");
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert!(error.may_have_run() && !error.is_transient());
    assert!(error.to_string().contains("limit of 1000 bytes"), "{error}");
    server.hung_up(1).await;
}

#[tokio::test]
async fn a_call_can_allow_more() {
    let server = Server::answering([padded(2000)]).await;
    let client = with_limits(&server, |limits| limits.body = 1000);
    client.get(5).body_limit(2000).await.expect("a thing");
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn compressed_bodies_are_counted_decompressed() {
    // A thing with 64 KiB of blanks behind it.
    const BOMB: &[u8] = include_bytes!("bomb.json.gz");

    let reply = Reply::json(200, "")
        .header("content-encoding", "gzip")
        .body(BOMB);
    let server = Server::answering([reply]).await;
    let limited = with_limits(&server, |limits| limits.body = 1000);
    let error = limited.get(5).await.expect_err("too much");
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(client(&server).get(5).await.expect("a thing").id, 5);
    assert_eq!(server.requests()[0].header("accept-encoding"), Some("gzip"));
    assert!(BOMB.len() < 1000);
}

#[tokio::test]
async fn an_attempt_is_bounded_in_time() {
    let (silent, stalled) = (Reply::silence(), Reply::thing().stalled());
    let dripping = padded(1000).chunked(1, Duration::from_millis(20));
    for reply in [silent, stalled, dripping] {
        let server = Server::answering([reply]).await;
        let client = with_limits(&server, |limits| {
            limits.attempt = Duration::from_millis(150);
        });
        let started = Instant::now();
        let error = client.create("door").await.expect_err("too slow");
        assert!(started.elapsed() < Duration::from_secs(1));
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        assert!(error.may_have_run() && error.is_transient());
        assert!(error.to_string().contains("within 150ms"), "{error}");
        server.hung_up(1).await;
    }
}

#[tokio::test]
async fn a_slow_operation_has_more_time() {
    let late = Reply::new(204).after(Duration::from_millis(300));
    let server = Server::answering([late]).await;
    let client = with_limits(&server, |limits| {
        limits.attempt = Duration::from_millis(100);
    });
    client.enroll().await.expect("enrolled");
    assert_eq!(
        client.approve(5).await.expect_err("late").kind(),
        ErrorKind::TimedOut
    );
}

#[tokio::test]
async fn the_whole_call_is_bounded_in_time() {
    let server = Server::answering([Reply::silence()]).await;
    let limited = with_limits(&server, |limits| {
        limits.total = Some(Duration::from_millis(150));
    });
    let started = Instant::now();
    let error = limited.enroll().await.expect_err("silence");
    assert_eq!(error.kind(), ErrorKind::TimedOut);
    let error = client(&server)
        .enroll()
        .timeout(Duration::from_millis(150))
        .await;
    assert_eq!(error.expect_err("silence").kind(), ErrorKind::TimedOut);
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn connecting_is_bounded_in_time_tls_included() {
    let mute = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("https://{}", mute.local_addr().expect("an address"));
    let mut limits = Limits::default();
    limits.connect = Duration::from_millis(150);
    let tls = Tls::new()
        .own_roots_only()
        .root(Authority::new().certificate());
    let client = builder_at(&url)
        .tls(tls)
        .limits(limits)
        .retry(Retry::never());
    let started = Instant::now();
    let error = client
        .build()
        .expect("a client")
        .create("door")
        .await
        .expect_err("no handshake");
    assert!(started.elapsed() < Duration::from_secs(1));
    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert!(!error.may_have_run());
}
