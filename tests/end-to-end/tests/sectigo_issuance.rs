//! Waiting for Sectigo's certificates, against the emulator.

use std::time::Duration;

use cert_core::{CertificateChain, PrivateKey};
use cert_emulators::Fault;
use cert_emulators::sectigo_scm::{Emulator, PendingAnswer, Progress};
use end_to_end::key_and_request;
use http::StatusCode;
use sectigo_scm::ssl::{SslEnrollment, SslRevocation};
use sectigo_scm::{Backoff, Client, Credentials, Issuance, IssuanceError, Look, SslId};

async fn started(
    approval: Progress,
    issuance: Progress,
    answer: PendingAnswer,
) -> (Emulator, Client) {
    let emulator = Emulator::builder()
        .certificates(0)
        .approval(approval)
        .issuance(issuance)
        .pending_answer(answer)
        .start()
        .await
        .expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

async fn ordered(scm: &Client) -> (PrivateKey, SslId) {
    let (key, request) = key_and_request("wait.example.com").expect("a request");
    let order = SslEnrollment::new(9001, 5101, &request);
    let order = scm.ssl().enroll(&order).await.expect("accepted");
    (key, order.id)
}

fn patience(wait: Issuance<'_>) -> Issuance<'_> {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(10));
    let wait = wait.within(Duration::from_secs(30));
    wait.backoff(Backoff::new(first, longest))
}

async fn waited(scm: &Client, id: SslId) -> Result<CertificateChain, IssuanceError> {
    patience(scm.ssl().wait_for_issuance(id)).await
}

#[tokio::test]
async fn every_way_to_say_not_yet_is_waited_out() {
    let answers = [
        PendingAnswer::BeingProcessed,
        PendingAnswer::NotCollectable,
        PendingAnswer::RequestBeingProcessed,
        PendingAnswer::NotCollectedYet,
        PendingAnswer::NotAvailableNow,
        PendingAnswer::Empty,
    ];
    for answer in answers {
        let (approval, issuance) = (Progress::AfterLooks(3), Progress::AfterLooks(4));
        let (_emulator, scm) = started(approval, issuance, answer).await;
        let (key, id) = ordered(&scm).await;
        let mut wait = patience(scm.ssl().wait_for_issuance(id));
        let mut states = Vec::new();
        let chain = loop {
            match wait.look().await.expect("issued at last") {
                Look::Issued(chain) => break chain,
                Look::NotYet(look) => states.push(look.status.expect("the status is told")),
            }
        };
        assert!(key.belongs_to(chain.leaf()).expect("comparable"));
        assert_eq!(chain.certificates().len(), 3);
        assert_eq!(states.first().map(String::as_str), Some("Requested"));
        assert!(states.iter().any(|state| state == "Applied"), "{states:?}");
    }
}

#[tokio::test]
async fn decisions_against_a_request_end_the_wait() {
    let (manual, pending) = (Progress::Manual, PendingAnswer::BeingProcessed);
    let (_emulator, scm) = started(manual, manual, pending).await;
    let (_, id) = ordered(&scm).await;
    scm.ssl().decline(id, "not ours").await.expect("declined");
    let declined = waited(&scm, id).await.expect_err("declined");
    assert!(matches!(declined, IssuanceError::Declined));

    let at_once = Progress::AtOnce;
    let (_emulator, scm) = started(at_once, at_once, pending).await;
    let (_, id) = ordered(&scm).await;
    waited(&scm, id).await.expect("issued");
    let revocation = SslRevocation::new("lost");
    scm.ssl().revoke(id, &revocation).await.expect("revoked");
    let revoked = waited(&scm, id).await.expect_err("revoked");
    assert!(matches!(revoked, IssuanceError::Revoked));

    let unknown = waited(&scm, SslId::from(4711)).await;
    let Err(IssuanceError::Failed(error)) = unknown else {
        panic!("there is no such certificate: {unknown:?}");
    };
    assert!(error.is_not_found());
}

#[tokio::test]
async fn time_runs_out_without_ending_the_order() {
    let answer = PendingAnswer::BeingProcessed;
    let (emulator, scm) = started(Progress::AtOnce, Progress::Manual, answer).await;
    let (_, id) = ordered(&scm).await;
    let wait = patience(scm.ssl().wait_for_issuance(id));
    let late = wait.within(Duration::from_millis(100)).await;
    let late = late.expect_err("nobody issues it");
    let IssuanceError::TimedOut { looks, status, .. } = &late else {
        panic!("{late:?}");
    };
    assert!(*looks > 2, "{looks} looks");
    assert_eq!(status.as_deref(), Some("Applied"));
    assert!(emulator.state().issue_ssl(id.value()));
    waited(&scm, id).await.expect("issued later");
}

#[tokio::test]
async fn a_gateway_in_trouble_does_not_end_the_wait() {
    let (looks, answer) = (Progress::AfterLooks(2), PendingAnswer::NotCollectable);
    let (emulator, scm) = started(Progress::AtOnce, looks, answer).await;
    let (_, id) = ordered(&scm).await;
    let trouble = Fault::html(StatusCode::BAD_GATEWAY).times(4);
    emulator.faults().add(trouble);
    waited(&scm, id).await.expect("issued in spite of it");
}
