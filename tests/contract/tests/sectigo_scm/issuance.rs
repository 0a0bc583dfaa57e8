//! Waiting for a certificate: which answers pend, which end the wait, and how.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cert_core::CertificateChain;
use cert_core::client::Retry;
use sectigo_scm::{Client, Credentials, ErrorKind, IssuanceError, Patience, SmimeId, SslId};
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

fn patience() -> Patience {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(20));
    Patience::within(Duration::from_millis(200)).backoff(first, longest)
}

fn endless() -> Patience {
    Patience::within(Duration::from_secs(60))
        .backoff(Duration::from_millis(1), Duration::from_millis(5))
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
    client(&server)
        .ssl()
        .wait_for_issuance(SslId::from(42), patience())
        .await
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
    let told = Arc::new(Mutex::new(Vec::new()));
    let patience = patience().on_progress({
        let told = Arc::clone(&told);
        move |look| {
            let entry = (look.looks, look.status.map(str::to_owned), look.next_look);
            told.lock().expect("unpoisoned").push(entry);
        }
    });
    let scm = client(&server);
    let wait = scm.ssl().wait_for_issuance(SslId::from(42), patience);
    let Err(IssuanceError::TimedOut {
        elapsed,
        looks,
        status,
        reason,
        ..
    }) = wait.await
    else {
        panic!("it is never issued");
    };
    assert!(elapsed >= Duration::from_millis(200), "{elapsed:?}");
    assert!((2..200).contains(&looks), "{looks} looks");
    assert_eq!(status.as_deref(), Some("Applied"));
    assert_eq!(reason.code(), Some("-183"));
    let told = told.lock().expect("unpoisoned");
    assert_eq!(told.len() + 1, looks as usize);
    assert!(told.iter().all(|(_, status, next)| {
        status.as_deref() == Some("Applied") && *next <= Duration::from_millis(20)
    }));
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
    let task = tokio::spawn(async move {
        let id = SmimeId::from(42);
        scm.smime().wait_for_issuance(id, endless()).await
    });
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
