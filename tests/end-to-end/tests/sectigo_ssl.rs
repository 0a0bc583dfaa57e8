//! Sectigo's ssl against its emulator.

use std::time::Duration;

use cert_core::client::{Identity, Limits, Retry, Tls};
use cert_core::{Certificate, CertificateChain, ErrorKind, RevocationReason, SerialNumber, Time};
use cert_emulators::frame::Reply;
use cert_emulators::sectigo_scm::{Emulator, Progress};
use cert_emulators::{ClientCertificates, Fault};
use end_to_end::key_and_request;
use http::{Method, StatusCode};
use sectigo_scm::ssl::{
    SslEnrollment, SslFilter, SslOrder, SslRenewal, SslReplacement, SslRevocation, SslStatus,
};
use sectigo_scm::{Backoff, CertificateFormat, Client, Credentials, DateFormat, Error, ErrorCode};

const PROFILE: i64 = 5101;
const ORGANIZATION: i64 = 9001;
const ENROLL: &str = "/api/ssl/v1/enroll";

fn credentials() -> Credentials {
    Credentials::password("admin", "secret", "cst1")
}

/// An emulator that approves and issues at once, and a client that trusts it.
async fn over_tls() -> (Emulator, Client) {
    let emulator = Emulator::builder()
        .certificates(20)
        .approval(Progress::AtOnce)
        .issuance(Progress::AtOnce)
        .tls()
        .start()
        .await
        .expect("the emulator starts");
    let client = Client::builder(emulator.base_url(), credentials())
        .tls(trusting(&emulator))
        .retry(Retry::attempts(3).backoff(Backoff::new(
            Duration::from_millis(5),
            Duration::from_millis(20),
        )))
        .build()
        .expect("the client is set up");
    (emulator, client)
}

fn trusting(emulator: &Emulator) -> Tls {
    let root = Certificate::from_pem(&emulator.ca_pem()).expect("the emulator's CA");
    Tls::new().root(root).own_roots_only()
}

async fn order(scm: &Client, name: &str) -> Result<SslOrder, Error> {
    let (_, request) = key_and_request(name).expect("a request");
    let order = SslEnrollment::new(ORGANIZATION, PROFILE, &request).term(365);
    scm.ssl().enroll(&order).await
}

async fn collected(scm: &Client, order: &SslOrder) -> CertificateChain {
    let file = scm
        .ssl()
        .collect(order.id, CertificateFormat::Pem)
        .await
        .expect("issued");
    CertificateChain::parse(&file.bytes).expect("a chain")
}

#[tokio::test]
async fn a_certificate_lives() {
    let (_emulator, scm) = over_tls().await;
    let order = order(&scm, "life.example.com").await.expect("accepted");
    let chain = collected(&scm, &order).await;
    assert_eq!(
        chain.leaf().subject().common_name(),
        Some("life.example.com")
    );

    let details = scm.ssl().get(order.id).await.expect("details");
    assert_eq!(details.status, Some(SslStatus::Issued));
    assert_eq!(details.serial_number.as_ref(), Some(chain.leaf().serial()));

    let renewed = scm
        .ssl()
        .renew(order.id, &SslRenewal::new())
        .await
        .expect("renewed");
    assert_ne!(renewed.id, order.id);

    let (key, request) = key_and_request("life.example.com").expect("a request");
    let replacement = SslReplacement::new(&request, "lost key");
    scm.ssl()
        .replace(order.id, &replacement)
        .await
        .expect("replaced");
    let chain = collected(&scm, &order).await;
    assert!(key.belongs_to(chain.leaf()).expect("comparable"));

    let superseded = SslRevocation::new("replaced elsewhere").code(RevocationReason::Superseded);
    scm.ssl()
        .revoke_by_serial(chain.leaf().serial(), &superseded)
        .await
        .expect("revoked");
    let again = scm
        .ssl()
        .revoke(order.id, &superseded)
        .await
        .expect_err("once only");
    assert_eq!(again.kind(), ErrorKind::Refused);
    let gone = scm
        .ssl()
        .collect(order.id, CertificateFormat::Pem)
        .await
        .expect_err("revoked");
    assert_eq!(ErrorCode::of(&gone), Some(ErrorCode::REVOKED));
}

#[tokio::test]
async fn the_whole_list_is_read_whatever_the_page_size() {
    let (_emulator, scm) = over_tls().await;
    let total = scm.ssl().count(&SslFilter::new()).await.expect("count");
    assert_eq!(total, 20);
    for size in [1, 3, 20, 1000] {
        let list = scm
            .ssl()
            .list(&SslFilter::new())
            .page_size(size)
            .collect()
            .await;
        assert_eq!(list.expect("list").len(), 20, "pages of {size}");
    }
    let expired = SslFilter::new().status(SslStatus::Expired);
    let counted = scm.ssl().count(&expired).await.expect("count");
    let listed = scm.ssl().list(&expired).collect().await.expect("list");
    assert_eq!(listed.len() as u64, counted);
}

#[tokio::test]
async fn an_enrolment_whose_answer_is_lost_is_sent_once() {
    let (emulator, scm) = over_tls().await;
    for fault in [Fault::cut_body(), Fault::close_unanswered()] {
        emulator.faults().add(fault.path(ENROLL).times(1));
        emulator.journal().clear();
        let error = order(&scm, "lost.example.com")
            .await
            .expect_err("no answer");
        assert_eq!(error.kind(), ErrorKind::Interrupted);
        assert!(error.may_have_run() && error.to_string().contains("may have run"));
        assert_eq!(emulator.journal().requests_to(ENROLL).len(), 1);
    }
    let found = SslFilter::new().common_name("lost.example.com");
    assert_eq!(
        scm.ssl().count(&found).await.expect("count"),
        2,
        "both did run"
    );
}

#[tokio::test]
async fn a_busy_server_is_asked_again_where_that_is_harmless() {
    let (emulator, scm) = over_tls().await;
    let busy = || {
        Fault::status(StatusCode::SERVICE_UNAVAILABLE)
            .retry_after("0")
            .times(2)
    };
    emulator.faults().add(busy().method(Method::GET));
    let found = scm
        .ssl()
        .list_profiles()
        .detailed()
        .await
        .expect("the third time");
    assert_eq!(found.attempts, 3);

    emulator.faults().add(busy().path(ENROLL));
    let error = order(&scm, "busy.example.com")
        .await
        .expect_err("not repeated");
    assert_eq!(
        (error.status(), error.attempts()),
        (Some(StatusCode::SERVICE_UNAVAILABLE), 1)
    );

    emulator.faults().clear();
    let limit = Fault::status(StatusCode::TOO_MANY_REQUESTS)
        .retry_after("0")
        .times(1);
    emulator.faults().add(limit.path(ENROLL));
    order(&scm, "limited.example.com")
        .await
        .expect("a 429 says that nothing was done");
}

#[tokio::test]
async fn redirects_are_refused_and_gateway_pages_are_read() {
    let (emulator, scm) = over_tls().await;
    let stranger = Emulator::builder()
        .certificates(0)
        .start()
        .await
        .expect("another server");
    for status in [StatusCode::FOUND, StatusCode::TEMPORARY_REDIRECT] {
        emulator
            .faults()
            .add(Fault::redirect(status, stranger.base_url()).times(1));
        let error = order(&scm, "moved.example.com").await.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Redirected);
    }
    assert_eq!(stranger.journal().connections(), 0);

    emulator
        .faults()
        .add(Fault::html(StatusCode::FORBIDDEN).times(1));
    let error = scm
        .ssl()
        .list_profiles()
        .await
        .expect_err("a gateway's page");
    assert_eq!(error.status(), Some(StatusCode::FORBIDDEN));
    assert!(
        error.code().is_none() && !error.to_string().contains('<'),
        "{error}"
    );
}

#[tokio::test]
async fn secrets_are_told_to_nobody() {
    let (emulator, _) = over_tls().await;
    let wrong = Credentials::password("admin", "hunter2-wrong", "cst1");
    assert!(!format!("{wrong:?}").contains("hunter2"));
    let scm = Client::builder(emulator.base_url(), wrong)
        .tls(trusting(&emulator))
        .build();
    let scm = scm.expect("the client is set up");
    let echo = r#"{"code":-16,"description":"Unknown user admin with hunter2-wrong"}"#;
    let reply = Reply::bytes(StatusCode::UNAUTHORIZED, "application/json", echo);
    emulator.faults().add(Fault::instead(reply).times(1));
    let error = scm.ssl().list_profiles().await.expect_err("refused");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::UNKNOWN_USER));
    for text in [error.to_string(), format!("{error:?}"), format!("{scm:?}")] {
        assert!(!text.contains("hunter2"), "{text}");
    }
    assert!(
        error
            .message()
            .is_some_and(|text| text.contains("with ***"))
    );
}

#[tokio::test]
async fn a_client_certificate_signs_in_and_can_be_replaced() {
    let emulator = Emulator::builder()
        .certificates(5)
        .client_certificates(ClientCertificates::Required)
        .start()
        .await
        .expect("the emulator starts");
    let [first, second] = [(), ()].map(|()| emulator.client_identity("admin").expect("issued"));
    let identity = |made: &cert_emulators::Identity| {
        Identity::from_pem(&made.certificates_pem, made.private_key_pem.as_str())
            .expect("a certificate with its key")
    };
    let credentials = Credentials::certificate("admin", "cst1", identity(&first));
    let scm = Client::builder(emulator.base_url(), credentials)
        .tls(trusting(&emulator))
        .build()
        .expect("the client is set up");
    assert_eq!(
        scm.ssl().count(&SslFilter::new()).await.expect("signed in"),
        5
    );
    assert_eq!(shown(&emulator), SerialNumber::from_bytes(&first.serial));

    scm.replace_identity(identity(&second)).expect("replaced");
    assert_eq!(
        scm.ssl().count(&SslFilter::new()).await.expect("signed in"),
        5
    );
    assert_eq!(shown(&emulator), SerialNumber::from_bytes(&second.serial));
    let path = emulator.journal().last().map(|seen| seen.request.path);
    assert_eq!(path.as_deref(), Some("/private/api/ssl/v1"));
}

/// The serial number of the certificate that the last caller showed.
fn shown(emulator: &Emulator) -> SerialNumber {
    let seen = emulator.journal().last().expect("a call");
    let leaf = seen.request.peer.first().expect("a client certificate");
    Certificate::from_der(leaf)
        .expect("a certificate")
        .serial()
        .clone()
}

#[tokio::test]
async fn what_is_wrong_is_said_before_anything_is_sent() {
    let (emulator, scm) = over_tls().await;
    emulator.journal().clear();
    let ssl = scm.ssl();
    let held = SslRevocation::new("x").code(RevocationReason::CertificateHold);
    let long = "x".repeat(513);
    let refused = [
        ssl.revoke(1, &held).await.expect_err("not a reason here"),
        ssl.revoke(1, &SslRevocation::new(""))
            .await
            .expect_err("no reason"),
        ssl.approve(1, &long).await.expect_err("too long"),
        ssl.revoke_by_serial(&"..".into(), &SslRevocation::new("x"))
            .await
            .expect_err("a dot segment"),
        ssl.import(&[]).await.expect_err("nothing to import"),
    ];
    for error in refused {
        assert_eq!(error.kind(), ErrorKind::Argument, "{error}");
        assert!(!error.may_have_run());
    }
    assert_eq!(emulator.journal().count(), 0);
}

#[tokio::test]
async fn dropping_a_call_ends_it() {
    let (emulator, scm) = over_tls().await;
    emulator.faults().add(Fault::delay(Duration::from_secs(30)));
    let call = scm.ssl().list_profiles().send();
    let ended = tokio::time::timeout(Duration::from_millis(100), call).await;
    assert!(ended.is_err(), "dropped by then");
    let late = scm
        .ssl()
        .list_profiles()
        .timeout(Duration::from_millis(100))
        .await;
    assert_eq!(late.expect_err("too late").kind(), ErrorKind::TimedOut);
    let mut limits = Limits::default();
    limits.attempt = Duration::from_millis(100);
    let hasty = Client::builder(emulator.base_url(), credentials())
        .tls(trusting(&emulator))
        .limits(limits)
        .retry(Retry::never())
        .build()
        .expect("the client is set up");
    let late = hasty.ssl().list_profiles().await.expect_err("too late");
    assert!(late.is_transient() && !late.may_have_run());
}

/// Half of all days can be read with month and day exchanged: none is.
#[tokio::test]
async fn every_date_format_that_can_be_asked_for_is_read_alike() {
    let (_emulator, scm) = over_tls().await;
    let issued = SslFilter::new().status(SslStatus::Issued);
    let issued = scm.ssl().list(&issued).collect().await.expect("a list");
    assert!(issued.len() > 10);
    for id in issued.iter().take(20).map(|summary| summary.id) {
        let plain = scm.ssl().get(id).await.expect("details");
        let day = plain.expires.and_then(|time| time.day()).expect("an end");
        for name in DateFormat::KNOWN {
            let asking = scm.clone().date_format((*name).into());
            let details = asking.ssl().get(id).await.expect("details");
            let read = details.expires.as_ref().and_then(Time::day);
            assert_eq!(read, Some(day), "{name}: {:?}", details.expires);
        }
    }
}
