//! What is sent again, how often, and what the error then says.

use std::time::{Duration, Instant};

use cert_core::client::{Backoff, ErrorKind, Limits, Retry};
use http::StatusCode;

use crate::reply::Reply;
use crate::server::{Server, nobody};
use crate::vendor::{builder, builder_at, client};

fn millis(count: u64) -> Duration {
    Duration::from_millis(count)
}

#[tokio::test]
async fn an_unreachable_server_is_tried_again_for_any_operation() {
    let client = builder_at(&nobody().await).build().expect("a client");
    let error = client.create("door").await.expect_err("nobody listens");
    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert_eq!(error.attempts(), 3);
    assert!(error.is_transient() && !error.may_have_run());
}

#[tokio::test]
async fn an_error_answer_that_breaks_off_is_what_its_status_says() {
    let body = Reply::new(401).body("x".repeat(1000));
    for reply in [body.clone().cut(), body.chunked(100, Duration::ZERO).cut()] {
        let server = Server::answering([reply]).await;
        let error = client(&server).get(5).await.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Refused);
        assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
        assert!(!error.is_transient());
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    }
}

#[tokio::test]
async fn unavailable_is_tried_again_where_that_is_harmless() {
    let server = Server::answering([Reply::new(503)]).await;
    let client = client(&server);
    let read = client.get(5).await.expect_err("unavailable");
    let replaced = client.replace(5, "gate").await.expect_err("unavailable");
    let created = client.create("door").await.expect_err("unavailable");
    assert_eq!(
        [read.attempts(), replaced.attempts(), created.attempts()],
        [3, 3, 1]
    );
    assert_eq!(server.requests().len(), 7);
    assert!(!read.may_have_run() && replaced.may_have_run() && created.may_have_run());
    assert_eq!(created.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
}

#[tokio::test]
async fn every_transient_status_is_tried_again_and_no_other() {
    for (status, attempts) in [(408, 3), (502, 3), (504, 3), (400, 1), (500, 1), (501, 1)] {
        let server = Server::answering([Reply::new(status)]).await;
        let error = client(&server).get(5).await.expect_err("refused");
        assert_eq!(
            (error.attempts(), server.requests().len()),
            (attempts, attempts as usize)
        );
        assert_eq!(error.is_transient(), attempts > 1, "{status}");
    }
}

#[tokio::test]
async fn what_comes_right_in_the_end_is_a_value() {
    let replies = [Reply::new(502), Reply::closed(), Reply::thing()];
    let server = Server::answering(replies).await;
    assert_eq!(client(&server).get(5).await.expect("a thing").id, 5);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_creation_whose_answer_is_cut_off_is_sent_once() {
    let chunked = Reply::thing().chunked(4, Duration::ZERO);
    for reply in [Reply::thing().cut(), chunked.cut(), Reply::closed()] {
        let server = Server::answering([reply]).await;
        let error = client(&server)
            .create("door")
            .await
            .expect_err("no whole answer");
        assert_eq!(error.kind(), ErrorKind::Interrupted);
        assert_eq!(error.attempts(), 1);
        assert!(error.may_have_run() && error.is_transient());
        assert!(error.to_string().contains("it may have run"), "{error}");
        assert_eq!(server.request().method(), "POST");
    }
}

#[tokio::test]
async fn neither_is_it_sent_again_on_a_connection_used_before() {
    let server = Server::answering([Reply::thing(), Reply::closed()]).await;
    let client = client(&server);
    client.get(5).await.expect("a thing");
    let error = client.create("door").await.expect_err("no answer");
    assert!(error.may_have_run());
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].connection, requests[1].connection);
}

#[tokio::test]
async fn a_cut_answer_to_a_read_is_asked_for_again() {
    let server = Server::answering([Reply::thing().cut()]).await;
    let error = client(&server).get(5).await.expect_err("never whole");
    assert_eq!((error.attempts(), server.requests().len()), (3, 3));
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert!(!error.may_have_run());
}

#[tokio::test]
async fn an_attempt_that_may_have_arrived_is_not_forgotten() {
    let server = Server::answering([Reply::closed(), Reply::new(404)]).await;
    let error = client(&server)
        .replace(5, "gate")
        .await
        .expect_err("not found");
    assert!(error.is_not_found() && error.may_have_run());
}

#[tokio::test]
async fn too_many_requests_are_tried_again_for_any_operation_when_the_server_says() {
    let busy = Reply::new(429).header("retry-after", "1");
    let server = Server::answering([busy, Reply::thing()]).await;
    let started = Instant::now();
    client(&server).create("door").await.expect("a thing");
    assert!(started.elapsed() >= millis(1000));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn retry_after_may_be_a_date() {
    for form in [
        "%a, %d %b %Y %H:%M:%S GMT",
        "%A, %d-%b-%y %H:%M:%S GMT",
        "%a %b %e %H:%M:%S %Y",
    ] {
        let date = jiff::Timestamp::now() + Duration::from_secs(2);
        let date = jiff::Timestamp::from_second(date.as_second()).expect("a date");
        let text = date.strftime(form).to_string();
        let busy = Reply::new(429).header("retry-after", &text);
        let server = Server::answering([busy, Reply::thing()]).await;
        client(&server).create("door").await.expect("a thing");
        assert!(jiff::Timestamp::now() >= date, "{text}");
    }
}

#[tokio::test]
async fn no_wait_goes_beyond_the_deadline() {
    let server = Server::answering([Reply::new(429).header("retry-after", "60")]).await;
    let client = client(&server);
    let started = Instant::now();
    let error = client
        .get(5)
        .timeout(Duration::from_secs(50))
        .await
        .expect_err("busy");
    assert!(started.elapsed() < Duration::from_secs(1));
    assert_eq!(error.attempts(), 1);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
}

#[tokio::test]
async fn a_wait_may_be_longer_than_an_attempt() {
    let busy = Reply::new(429).header("retry-after", "1");
    let server = Server::answering([busy, Reply::thing()]).await;
    let mut limits = Limits::default();
    limits.attempt = millis(500);
    let client = builder(&server).limits(limits).build().expect("a client");
    client
        .get(5)
        .timeout(Duration::from_secs(10))
        .await
        .expect("a thing");
}

#[tokio::test]
async fn without_a_deadline_nobody_waits_for_hours() {
    let server = Server::answering([Reply::new(429).header("retry-after", "86400")]).await;
    let error = client(&server).get(5).await.expect_err("busy");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn the_deadline_covers_attempts_and_waits() {
    let server = Server::answering([Reply::new(503)]).await;
    let patient = Retry::attempts(1000).backoff(Backoff::new(millis(40), millis(40)));
    let call = client(&server);
    let started = Instant::now();
    let error = call
        .get(5)
        .retry(patient)
        .timeout(millis(300))
        .await
        .expect_err("unavailable");
    assert!(started.elapsed() < millis(1000));
    assert!((2..=20).contains(&error.attempts()), "{error}");
    // The last attempt may be cut off before its request has arrived.
    let arrived = server.requests().len();
    assert!(
        arrived.abs_diff(error.attempts() as usize) <= 1,
        "{arrived} of {error}"
    );
}

#[tokio::test]
async fn a_call_can_do_without() {
    let server = Server::answering([Reply::new(503)]).await;
    let error = client(&server)
        .get(5)
        .retry(Retry::never())
        .await
        .expect_err("unavailable");
    assert_eq!(error.attempts(), 1);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_attempt_that_took_too_long_is_made_again_where_that_is_harmless() {
    let server = Server::answering([Reply::silence(), Reply::thing(), Reply::silence()]).await;
    let mut limits = Limits::default();
    limits.attempt = millis(150);
    let client = builder(&server).limits(limits).build().expect("a client");
    let reply = client.get(5).detailed().await.expect("a thing");
    assert_eq!(reply.attempts, 2);
    let error = client.create("door").await.expect_err("silence");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::TimedOut, 1));
    assert!(error.may_have_run());
}
