//! Waiting for the proof of control of a domain: what pends, what ends the wait, and how.

use std::time::Duration;

use cert_core::client::{Backoff, Retry};
use sectigo_scm::domain_validations::{
    DomainValidation, OrderStatus, Publication, RecordType, Validation, ValidationError,
    ValidationLook, ValidationStatus,
};
use sectigo_scm::{Client, Credentials};
use serde_json::{Value, json};
use wiremock::matchers::{body_json, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn told(status: &str, order: &str) -> ResponseTemplate {
    answer(&json!({ "status": status, "orderStatus": order }))
}

fn answer(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

fn refusal(status: u16, code: i64) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({"code": code, "description": "words"}))
}

/// A server that tells `first` of the validation once, then `then`.
async fn server(first: ResponseTemplate, then: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    let status = || {
        Mock::given(path("/api/dcv/v2/validation/status"))
            .and(body_json(json!({ "domain": "example.org" })))
    };
    status()
        .respond_with(first)
        .up_to_n_times(1)
        .mount(&server)
        .await;
    status().respond_with(then).mount(&server).await;
    server
}

fn client(server: &MockServer) -> Client {
    let credentials = Credentials::password("admin", "secret", "cst1");
    let builder = Client::builder(server.uri(), credentials).retry(Retry::never());
    builder.build().expect("a client for loopback")
}

fn brief(wait: Validation<'_>) -> Validation<'_> {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(20));
    let wait = wait.within(Duration::from_millis(200));
    wait.backoff(Backoff::new(first, longest))
}

async fn waited(
    first: ResponseTemplate,
    then: ResponseTemplate,
) -> Result<DomainValidation, ValidationError> {
    let server = server(first, then).await;
    let scm = client(&server);
    brief(scm.domain_validations().wait_for_validation("example.org")).await
}

#[tokio::test]
async fn an_order_under_way_is_waited_out() {
    for status in ["NOT_VALIDATED", "Not validated", "EXPIRED"] {
        let pending = told(status, "SUBMITTED");
        let proven = waited(pending, told("VALIDATED", "NOT_INITIATED")).await;
        let proven = proven.expect("proven at the second look");
        assert_eq!(proven.status, Some(ValidationStatus::Validated));
    }
}

#[tokio::test]
async fn failures_of_a_look_that_pass_are_waited_out() {
    for failure in [refusal(503, 0), refusal(429, 0), refusal(400, -195)] {
        let proven = waited(failure, told("VALIDATED", "NOT_INITIATED")).await;
        assert!(proven.is_ok(), "{proven:?}");
    }
}

#[tokio::test]
async fn what_no_proof_follows_ends_the_wait() {
    let ended = async |order| {
        let proven = told("VALIDATED", "NOT_INITIATED");
        let waited = waited(told("NOT_VALIDATED", order), proven).await;
        waited.expect_err("no proof")
    };
    let rejected = ended("REJECTED").await;
    assert!(
        matches!(rejected, ValidationError::Rejected),
        "{rejected:?}"
    );
    for order in ["NOT_INITIATED", "Not initiated"] {
        let error = ended(order).await;
        assert!(matches!(error, ValidationError::NotStarted), "{error:?}");
    }
    let waiting = ended("AWAITING_SUBMISSION").await;
    assert!(
        matches!(waiting, ValidationError::NotSubmitted),
        "{waiting:?}"
    );
}

#[tokio::test]
async fn refusals_end_the_wait() {
    for (refusal, is_not_found) in [(refusal(400, -727), true), (refusal(401, -16), false)] {
        let error = waited(refusal, told("VALIDATED", "NOT_INITIATED")).await;
        let Err(ValidationError::Failed(error)) = error else {
            panic!("{error:?}");
        };
        assert_eq!(error.is_not_found(), is_not_found, "{error}");
    }
}

#[tokio::test]
async fn an_earlier_proof_does_not_end_the_wait_for_its_renewal() {
    let under_way = || told("VALIDATED", "SUBMITTED");
    let over = || told("VALIDATED", "NOT_INITIATED");
    let early = waited(under_way(), over()).await.expect("a proof");
    assert_eq!(early.order_status, Some(OrderStatus::Submitted));

    let server = server(under_way(), over()).await;
    let scm = client(&server);
    let wait = scm.domain_validations().wait_for_validation("example.org");
    let renewed = brief(wait.for_renewal()).await.expect("a proof");
    assert_eq!(renewed.order_status, Some(OrderStatus::NotInitiated));
}

#[tokio::test]
async fn a_wait_for_a_proof_is_bounded_and_told() {
    let pending = || told("NOT_VALIDATED", "SUBMITTED");
    let server = server(pending(), pending()).await;
    let scm = client(&server);
    let mut wait = brief(scm.domain_validations().wait_for_validation("example.org"));
    let mut told = Vec::new();
    let ended = loop {
        match wait.look().await {
            Ok(ValidationLook::NotYet(progress)) => told.push(progress),
            ended => break ended,
        }
    };
    let Err(ValidationError::TimedOut {
        elapsed,
        looks,
        validation: Some(last),
        failure: None,
        ..
    }) = ended
    else {
        panic!("it is never proven: {ended:?}");
    };
    assert!(elapsed >= Duration::from_millis(200), "{elapsed:?}");
    assert_eq!(last.order_status, Some(OrderStatus::Submitted));
    assert_eq!(told.len() + 1, looks as usize);
    assert!(told.iter().all(|look| look.validation.is_some()));
}

#[tokio::test]
async fn a_status_tells_what_to_publish() {
    let publication = async |body: Value| {
        let server = server(answer(&body), refusal(400, 0)).await;
        let status = client(&server)
            .domain_validations()
            .status("example.org")
            .await;
        status.expect("a status").publication()
    };
    let record = json!({ "orderMode": "TXT", "host": "_pki-validation.a.", "point": "zY 5J" });
    let Some(Publication::Dns { kind, value, .. }) = publication(record).await else {
        panic!("a record");
    };
    assert_eq!((kind, value.as_str()), (RecordType::Txt, "zY 5J"));
    let mail = json!({ "orderMode": "EMAIL", "validationEmail": "admin@example.org" });
    let Some(Publication::Mail { addresses }) = publication(mail).await else {
        panic!("a mail");
    };
    assert_eq!(addresses, ["admin@example.org"]);
    assert_eq!(publication(json!({ "status": "VALIDATED" })).await, None);
}
