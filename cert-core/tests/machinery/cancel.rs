//! Calls that are dropped, and bodies that are read as they arrive.

use std::time::Duration;

use cert_core::client::{Backoff, Download, ErrorKind, Limits, Op, Retry};

use crate::reply::Reply;
use crate::server::Server;
use crate::vendor::{builder, client};

const MIB: usize = 1 << 20;

#[tokio::test]
async fn dropping_a_call_closes_its_connection() {
    for reply in [Reply::silence(), Reply::thing().stalled()] {
        let server = Server::answering([reply]).await;
        let call = tokio::spawn(client(&server).create("door").send());
        server.heard(1).await;
        call.abort();
        server.hung_up(1).await;
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn dropping_a_waiting_call_ends_its_attempts() {
    let server = Server::answering([Reply::new(503)]).await;
    let pause = Duration::from_millis(300);
    let retry = Retry::attempts(100).backoff(Backoff::new(pause, pause));
    let call = tokio::spawn(client(&server).get(5).retry(retry).send());
    server.heard(1).await;
    call.abort();
    tokio::time::sleep(pause + pause / 3).await;
    assert_eq!(server.requests().len(), 1);
}

async fn whole(download: &mut Download) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(chunk) = download.chunk().await.expect("a chunk") {
        whole.extend_from_slice(&chunk);
    }
    whole
}

#[tokio::test]
async fn a_download_is_read_as_it_arrives_whatever_its_size() {
    let reply = Reply::new(200)
        .header("content-disposition", "attachment; filename=report.csv")
        .header("content-type", "text/csv")
        .body("x".repeat(MIB));
    let first_half = reply.clone().stalled();
    let server = Server::answering([first_half, reply]).await;
    let mut limits = Limits::default();
    limits.body = 1000;
    let client = builder(&server).limits(limits).build().expect("a client");
    let mut early = client.report().await.expect("a download");
    assert!(early.chunk().await.expect("a chunk").is_some());

    let mut download = client.report().await.expect("a download");
    assert_eq!(download.file_name.as_deref(), Some("report.csv"));
    assert_eq!(download.media_type.as_deref(), Some("text/csv"));
    assert_eq!(whole(&mut download).await.len(), MIB);
    assert!(download.chunk().await.expect("the end").is_none());
}

#[tokio::test]
async fn a_download_that_nobody_reads_is_held_back() {
    let reply = Reply::new(200)
        .body("x".repeat(64 * MIB))
        .chunked(MIB / 4, Duration::ZERO);
    let server = Server::answering([reply]).await;
    let mut download = client(&server).report().await.expect("a download");
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(server.sent() < 32 * MIB, "{}", server.sent());
    assert_eq!(whole(&mut download).await.len(), 64 * MIB);
}

#[tokio::test]
async fn a_download_that_breaks_off_is_never_whole() {
    let body = Reply::new(200).body("x".repeat(1000));
    for reply in [body.clone().cut(), body.chunked(100, Duration::ZERO).cut()] {
        let server = Server::answering([reply]).await;
        let mut download = client(&server).report().await.expect("a download");
        let mut length = 0;
        let error = loop {
            match download.chunk().await {
                Ok(chunk) => length += chunk.expect("more to come").len(),
                Err(error) => break error,
            }
        };
        assert_eq!((length, error.kind()), (1000, ErrorKind::Interrupted));
        // Also for a reader who asks on.
        assert!(download.chunk().await.is_err());
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_download_that_stalls_is_given_up() {
    let server = Server::answering([Reply::new(200).body("x").stalled()]).await;
    let mut limits = Limits::default();
    limits.attempt = Duration::from_millis(150);
    let client = builder(&server).limits(limits).build().expect("a client");
    let mut download = client.report().await.expect("a download");
    assert!(download.chunk().await.expect("a chunk").is_some());
    let error = download.chunk().await.expect_err("no more");
    assert_eq!(error.kind(), ErrorKind::TimedOut);
    drop(download);
    server.hung_up(1).await;
}

/// Reports that are to end within a second, by the client's limit or by the call's own.
async fn within_a_second(server: &Server) -> [Download; 2] {
    let second = Duration::from_secs(1);
    let mut limits = Limits::default();
    limits.total = Some(second);
    let limited = builder(server).limits(limits).build().expect("a client");
    let of_client = limited.report().await.expect("a download");
    let of_call = client(server).report().timeout(second).await;
    [of_client, of_call.expect("a download")]
}

#[tokio::test]
async fn the_time_of_a_call_covers_its_download() {
    let dripping = Reply::new(200)
        .body("x".repeat(10_000))
        .chunked(1, Duration::from_millis(20));
    let server = Server::answering([dripping]).await;
    for mut download in within_a_second(&server).await {
        let error = loop {
            match download.chunk().await {
                Ok(chunk) => assert!(chunk.is_some(), "it lasts for minutes"),
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        assert_eq!(error.op().map(Op::name), Some("thing_report"));
        drop(download);
    }
    server.hung_up(2).await;
}

#[tokio::test]
async fn also_of_what_has_arrived_and_was_not_read_in_time() {
    let server = Server::answering([Reply::new(200).body("x".repeat(4 * MIB))]).await;
    for mut download in within_a_second(&server).await {
        tokio::time::sleep(Duration::from_millis(1100)).await;
        let error = download.chunk().await.expect_err("too late");
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        assert!(download.chunk().await.is_err());
    }
}

#[tokio::test]
async fn a_refused_download_is_an_error_with_its_text() {
    let server = Server::answering([Reply::json(404, r#"{"code": "-3"}"#)]).await;
    let error = client(&server).report().await.expect_err("not found");
    assert!(error.is_not_found());
    assert_eq!(error.code(), Some("-3"));
}

#[tokio::test]
async fn a_download_is_asked_for_again_before_it_starts() {
    let server = Server::answering([Reply::new(503), Reply::closed(), Reply::new(200)]).await;
    let mut download = client(&server).report().await.expect("a download");
    assert!(whole(&mut download).await.is_empty());
    assert_eq!(server.requests().len(), 3);
}
