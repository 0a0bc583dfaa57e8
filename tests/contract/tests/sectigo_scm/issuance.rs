//! Waiting for a certificate: which answers pend, which end the wait, and how.

use std::time::Duration;

use cert_core::client::{Backoff, Retry};
use cert_core::{CertificateChain, CertificateSigningRequest};
use sectigo_scm::{Client, Credentials, ErrorKind, Issuance, IssuanceError, Look};
use serde_json::json;
use wiremock::matchers::{method, path, path_regex};
use wiremock::{Mock, MockServer, ResponseTemplate};

const LEAF: &str = include_str!("../../../../cert-core/tests/fixtures/certificate/leaf.pem");

fn refusal(status: u16, code: i64) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({"code": code, "description": "words"}))
}

fn issued() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(LEAF, "application/octet-stream")
}

fn brief(wait: Issuance<'_>) -> Issuance<'_> {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(20));
    let wait = wait.within(Duration::from_millis(200));
    wait.backoff(Backoff::new(first, longest))
}

fn endless(wait: Issuance<'_>) -> Issuance<'_> {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(5));
    let wait = wait.within(Duration::from_secs(60));
    wait.backoff(Backoff::new(first, longest))
}

/// A server that answers collecting with `first`, then with `then`, and details with a status.
async fn server(first: ResponseTemplate, then: ResponseTemplate, status: &str) -> MockServer {
    let server = MockServer::start().await;
    let collect = || Mock::given(method("GET")).and(path_regex("/collect/42$"));
    collect()
        .respond_with(first)
        .up_to_n_times(1)
        .mount(&server)
        .await;
    collect().respond_with(then).mount(&server).await;
    let details = ResponseTemplate::new(200).set_body_json(json!({"id": 42, "status": status}));
    Mock::given(path("/api/ssl/v1/42"))
        .respond_with(details.clone())
        .mount(&server)
        .await;
    Mock::given(path("/api/smime/v1/42"))
        .respond_with(details)
        .mount(&server)
        .await;
    server
}

fn client(server: &MockServer) -> Client {
    let credentials = Credentials::password("admin", "secret", "cst1");
    let builder = Client::builder(server.uri(), credentials).retry(Retry::never());
    builder.build().expect("a client for loopback")
}

async fn waited(
    first: ResponseTemplate,
    then: ResponseTemplate,
    status: &str,
) -> Result<CertificateChain, IssuanceError> {
    let server = server(first, then, status).await;
    brief(client(&server).ssl().wait_for_issuance(42)).await
}

#[tokio::test]
async fn every_answer_that_pends_is_waited_out() {
    for code in [0, -183, -1400, -103, -109] {
        let chain = waited(refusal(400, code), issued(), "Issued").await;
        assert!(chain.is_ok(), "code {code}: {chain:?}");
    }
    let empty = ResponseTemplate::new(200);
    let chain = waited(empty, issued(), "Issued").await;
    assert_eq!(chain.expect("a chain").certificates().len(), 1);
}

#[tokio::test]
async fn failures_that_pass_are_waited_out() {
    for status in [408, 429, 502, 503, 504] {
        let chain = waited(refusal(status, 0), issued(), "Applied").await;
        assert!(chain.is_ok(), "HTTP {status}: {chain:?}");
    }
}

#[tokio::test]
async fn the_status_decides_before_the_code() {
    let failures = [(401, 0), (500, 0), (403, -183), (404, -110), (400, -126)];
    for (status, code) in failures {
        let error = waited(refusal(status, code), issued(), "Applied").await;
        let Err(IssuanceError::Failed(error)) = error else {
            panic!("HTTP {status}, code {code}: {error:?}");
        };
        assert_eq!(error.kind(), ErrorKind::Refused);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    }
}

#[tokio::test]
async fn states_without_a_certificate_end_the_wait() {
    for code in [-110, -192] {
        let error = waited(refusal(400, code), issued(), "Issued").await;
        assert!(matches!(error, Err(IssuanceError::Revoked)), "{code}");
    }
    let ended = async |status| {
        waited(refusal(400, -183), issued(), status)
            .await
            .expect_err("no certificate")
    };
    assert!(matches!(ended("Declined").await, IssuanceError::Declined));
    assert!(matches!(ended("Revoked").await, IssuanceError::Revoked));
    let IssuanceError::Rejected { status } = ended("Rejected").await else {
        panic!("the CA refused it");
    };
    assert_eq!(status, "Rejected");
}

#[tokio::test]
async fn what_is_no_certificate_is_not_taken_for_one() {
    let noise = ResponseTemplate::new(200).set_body_string("<html>Try again</html>");
    let error = waited(noise, issued(), "Issued").await;
    assert!(
        matches!(error, Err(IssuanceError::Unreadable(_))),
        "{error:?}"
    );
}

#[tokio::test]
async fn the_wait_is_bounded_and_told() {
    let server = server(refusal(400, 0), refusal(400, -183), "Applied").await;
    let scm = client(&server);
    let mut wait = brief(scm.ssl().wait_for_issuance(42));
    let mut told = Vec::new();
    let ended = loop {
        match wait.look().await {
            Ok(Look::NotYet(progress)) => told.push(progress),
            ended => break ended,
        }
    };
    let Err(IssuanceError::TimedOut {
        elapsed,
        looks,
        status,
        reason,
        ..
    }) = ended
    else {
        panic!("it is never issued");
    };
    assert!(elapsed >= Duration::from_millis(200), "{elapsed:?}");
    assert!((2..200).contains(&looks), "{looks} looks");
    assert_eq!(status.as_deref(), Some("Applied"));
    assert_eq!(reason.code(), Some("-183"));
    assert_eq!(told.len() + 1, looks as usize);
    assert!(told.iter().all(|look| {
        look.status.as_deref() == Some("Applied") && look.next_look <= Duration::from_millis(20)
    }));
}

#[tokio::test]
async fn codes_that_ask_for_patience_are_waited_out() {
    for code in [-195, -140] {
        let chain = waited(refusal(400, code), issued(), "Applied").await;
        assert!(chain.is_ok(), "code {code}: {chain:?}");
    }
}

#[tokio::test]
async fn a_wait_of_nothing_asked_does_not_spin() {
    for asked in ["0", "Wed, 21 Oct 2015 07:28:00 GMT"] {
        let later = || refusal(503, 0).insert_header("Retry-After", asked);
        let server = server(later(), later(), "Applied").await;
        let scm = client(&server);
        let wait = scm
            .ssl()
            .wait_for_issuance(42)
            .within(Duration::from_millis(300));
        let (first, longest) = (Duration::from_millis(100), Duration::from_millis(100));
        let error = wait.backoff(Backoff::new(first, longest)).await;
        assert!(
            matches!(error, Err(IssuanceError::TimedOut { .. })),
            "{error:?}"
        );
        let requests = server.received_requests().await.expect("recorded").len();
        assert!(requests <= 16, "{requests} requests in 300 ms");
    }
}

#[tokio::test]
async fn a_replacement_is_waited_for_by_its_key() {
    let request = include_bytes!("../../../../cert-core/tests/fixtures/csr/P-256.pem");
    let request = CertificateSigningRequest::parse(request).expect("a CSR");
    let server = server(issued(), issued(), "Issued").await;
    let scm = client(&server);
    let wait = brief(scm.ssl().wait_for_issuance(42).for_key_of(&request));
    let Err(IssuanceError::TimedOut { reason, .. }) = wait.await else {
        panic!("the old certificate was taken for the new one");
    };
    assert!(reason.to_string().contains("another key"), "{reason}");
}

#[tokio::test]
async fn a_vendor_that_asks_for_more_time_is_not_pressed() {
    let later = refusal(503, 0).insert_header("Retry-After", "3600");
    let error = waited(later, issued(), "Applied").await;
    let Err(IssuanceError::TimedOut { looks: 1, .. }) = error else {
        panic!("the vendor asked for an hour: {error:?}");
    };
}

#[tokio::test]
async fn dropping_the_future_ends_the_wait() {
    let server = server(refusal(400, 0), refusal(400, 0), "requested").await;
    let scm = client(&server);
    let task = tokio::spawn(async move { endless(scm.smime().wait_for_issuance(42)).await });
    let asked = async || server.received_requests().await.expect("recorded").len();
    while asked().await < 3 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    task.abort();
    assert!(task.await.expect_err("it was aborted").is_cancelled());
    let before = asked().await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(asked().await <= before + 1);
}
