//! Ivanti Neurons for MDM against its emulator.

use std::time::Duration;

use cert_core::client::Retry;
use cert_core::{Certificate, CertificateChain, Curve, KeyKind, Pkcs12, PrivateKey, SerialNumber};
use cert_core::{RevocationReason, Time};
use cert_emulators::Fault;
use cert_emulators::frame::{Profile, Reply};
use cert_emulators::ivanti_mdm::{Builder, Emulator};
use http::StatusCode;
use ivanti_mdm::{
    AccountPolicies, Backoff, BrokenRow, CertificateId, Client, Credentials, Error, ErrorCode,
    ErrorKind, PolicyAddress, PolicyId, Refusal, UserProvidedCertificate,
};

const USER: &str = "user-0001@example.com";
const ACCOUNT: i64 = 10_200;
const POLICY: i64 = 35_037;

fn client(emulator: &Emulator, credentials: Credentials) -> Client {
    Client::builder(emulator.base_url(), credentials)
        .retry(Retry::attempts(3).backoff(Backoff::new(
            Duration::from_millis(5),
            Duration::from_millis(20),
        )))
        .build()
        .expect("the client is set up")
}

async fn started(builder: Builder) -> (Emulator, Client) {
    let emulator = builder.start().await.expect("the emulator starts");
    let mdm = client(&emulator, Credentials::basic("admin@example.com", "secret"));
    (emulator, mdm)
}

async fn start() -> (Emulator, Client) {
    started(Emulator::builder()).await
}

/// A PKCS#12 file with a certificate from the emulator's authority.
fn pkcs12(emulator: &Emulator, pass_phrase: &str) -> Vec<u8> {
    let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256)).expect("a key");
    let now = emulator.clock().now();
    let profile = Profile {
        subject: Vec::new(),
        names: vec![USER.to_owned()],
        serial: vec![7],
        not_before: now,
        not_after: now + Duration::from_secs(86_400),
        key_usages: Vec::new(),
        extended_key_usages: Vec::new(),
    };
    let public_key = key.public_key_der().expect("a public key");
    let der = emulator.authority().issue(&public_key, &profile);
    let certificate = Certificate::from_der(&der.expect("issued")).expect("a certificate");
    let chain = CertificateChain::for_leaf(certificate, []);
    let file = Pkcs12::builder().key(&key, &chain).iterations(2_048);
    let file = file.build(pass_phrase).expect("a file");
    file.as_der().to_vec()
}

async fn cleared(mdm: &Client, ids: &[i64]) -> (Option<u64>, Vec<i64>) {
    let ids: Vec<_> = ids.iter().copied().map(CertificateId::from).collect();
    let outcome = mdm.user_provided_certificates().clear_keys(&ids).await;
    let outcome = outcome.expect("cleared");
    let invalid = outcome.invalid_certificates.iter().map(|id| id.value());
    (outcome.cleared, invalid.collect())
}

fn nothing_sent(emulator: &Emulator, error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert_eq!(emulator.journal().count(), 0, "{error}");
}

/// From the list of what has to be revoked to the list of what was revoked today.
#[tokio::test]
async fn a_certificate_is_revoked_by_hand() {
    let (emulator, mdm) = start().await;
    let authorities = mdm.certificate_authorities();
    let list = authorities.to_revoke("ExternalCA2").await.expect("a list");
    let waiting = list.collect().await.expect("whole");
    assert!(
        waiting
            .iter()
            .all(|row| row.ca_name.as_deref() == Some("ExternalCA2"))
    );
    let serial = waiting[0].serial_number.clone().expect("a serial number");
    assert!(
        waiting[0]
            .not_after
            .as_ref()
            .expect("a date")
            .instant()
            .is_some()
    );

    let today = Time::from(emulator.clock().today());
    let before = authorities.revoked_on(today.clone()).await.expect("a list");
    let before = before.collect().await.expect("whole");
    assert!(emulator.state().revoke_by_hand(serial.as_str()));
    let after = authorities.revoked_on(today).await.expect("a list");
    let after = after.collect().await.expect("whole");
    assert_eq!(after.len(), before.len() + 1);
    assert!(
        after
            .iter()
            .any(|row| row.serial_number.as_ref() == Some(&serial))
    );
    let left = authorities.to_revoke("ExternalCA2").await.expect("a list");
    let left = left.collect().await.expect("whole");
    assert_eq!(left.len(), waiting.len() - 1);
    let never = authorities.revoked_on("2001-01-01").await.expect("a list");
    assert!(never.collect().await.expect("whole").is_empty());
}

#[tokio::test]
async fn the_revocation_list_comes_in_either_encoding() {
    for builder in [
        Emulator::builder(),
        Emulator::builder().pem_revocation_list(),
    ] {
        let (emulator, mdm) = started(builder).await;
        let list = mdm.certificate_authorities().revocation_list("42591").await;
        let list = list.expect("a list");
        let entry = list.find(&SerialNumber::from("1001")).expect("revoked");
        assert_eq!(entry.reason(), Some(RevocationReason::KeyCompromise));
        let issuer = Certificate::from_der(emulator.authority().intermediate());
        assert_eq!(list.issuer(), issuer.expect("a certificate").subject());
        let error = mdm.certificate_authorities().revocation_list("1").await;
        assert!(error.expect_err("another tenant").is_not_found());
    }
}

#[tokio::test]
async fn masks_and_zones_do_not_break_a_list() {
    let india = Duration::from_secs(5 * 3_600 + 30 * 60);
    let builder = Emulator::builder().masked_serials().zone("IST", india);
    let (_emulator, mdm) = started(builder).await;
    let list = mdm.certificate_authorities().to_revoke("ExternalCA1").await;
    let list = list.expect("a list").collect().await.expect("whole");
    assert!(list.len() > 3);
    for row in list {
        let serial = row.serial_number.as_ref().expect("a text");
        assert!(serial.as_str().starts_with("xxxx") && !serial.is_well_formed());
        let not_after = row.not_after.as_ref().expect("a date");
        assert_eq!((not_after.zone(), not_after.instant()), (Some("IST"), None));
    }
}

#[tokio::test]
async fn a_broken_line_is_named_and_the_others_are_kept() {
    let (emulator, mdm) = start().await;
    let header = "caID,caName,serialNumber,storeState,subject\n";
    let rows = "1,CA,1001,Manual_Revoke,\"CN=a,O=b\"\n1,CA,1002\n1,CA,1003,Manual_Revoke,CN=c\n";
    let list = Reply::bytes(StatusCode::OK, "text/csv", format!("{header}{rows}"));
    emulator.faults().add(Fault::instead(list));
    let mut list = mdm
        .certificate_authorities()
        .to_revoke("ExternalCA1")
        .await
        .expect("a list");
    let (mut serials, mut broken) = (Vec::new(), Vec::new());
    while let Some(row) = list.next().await {
        match row {
            Ok(row) => serials.extend(row.serial_number),
            Err(error) => broken.push(error),
        }
    }
    assert_eq!(serials, ["1001", "1003"].map(SerialNumber::from_decimal));
    let [error] = broken.as_slice() else {
        panic!("{broken:?}");
    };
    let line = BrokenRow::of(error).expect("a broken line");
    assert_eq!((line.number, line.line), (2, Some(3)));
    assert!(error.to_string().contains("line 3"), "{error}");
}

#[tokio::test]
async fn a_users_certificate_lives() {
    let (emulator, mdm) = start().await;
    let file = pkcs12(&emulator, "correct horse");
    let certificate = UserProvidedCertificate::new(file, "correct horse", USER, POLICY);
    let user_provided = mdm.user_provided_certificates();
    user_provided.upload(&certificate).await.expect("stored");
    assert_eq!(cleared(&mdm, &[13]).await, (Some(1), vec![]));
    assert_eq!(cleared(&mdm, &[13, 1, 99]).await, (Some(1), vec![13, 99]));
}

#[tokio::test]
async fn a_wrong_pass_phrase_is_told_without_it() {
    let (emulator, mdm) = start().await;
    let file = pkcs12(&emulator, "correct horse");
    for file in [file, b"no PKCS#12".to_vec()] {
        let upload = UserProvidedCertificate::new(file, "hunter2", USER, POLICY);
        let error = mdm.user_provided_certificates().upload(&upload).await;
        let error = error.expect_err("refused");
        assert_eq!(ErrorCode::of(&error), Some(ErrorCode::UnreadableKeystore));
        assert!(!format!("{error} {error:?}").contains("hunter2"));
        assert!(!error.may_have_run());
    }
}

#[tokio::test]
async fn unknown_accounts_and_policies_are_told_by_field() {
    let (emulator, mdm) = start().await;
    let file = pkcs12(&emulator, "x");
    for (account, policy, field) in [("nobody", POLICY, "accountUid"), (USER, 1, "policyId")] {
        let upload = UserProvidedCertificate::new(file.clone(), "x", account, policy);
        let error = mdm.user_provided_certificates().upload(&upload).await;
        let refusal = Refusal::of(&error.expect_err("refused")).expect("the vendor's words");
        assert_eq!(refusal.field_errors[0].field.as_deref(), Some(field));
    }
}

#[tokio::test]
async fn keys_are_cleared_by_account_and_policy() {
    let (_emulator, mdm) = start().await;
    let clear = async |mdm: &Client, account: i64, policies: &[i64]| {
        let policies = policies.iter().copied().map(PolicyId::from);
        let entries = [AccountPolicies::new(account, policies)];
        mdm.user_provided_certificates()
            .clear_policy_keys(&entries)
            .await
    };
    let outcome = clear(&mdm, ACCOUNT, &[POLICY]).await.expect("cleared");
    assert_eq!(outcome.cleared, Some(2));
    let error = clear(&mdm, ACCOUNT, &[POLICY])
        .await
        .expect_err("cleared before");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::UnreadableKeystore));
    let error = clear(&mdm, ACCOUNT, &[1])
        .await
        .expect_err("no such policy");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::InvalidField));
    let outcome = clear(&mdm, 1, &[2])
        .await
        .expect("a success, says the vendor");
    assert_eq!(outcome.cleared, Some(0));
    assert_eq!(outcome.invalid_accounts[0].value(), 1);
    assert_eq!(outcome.invalid_policies[0].value(), 2);
    let titled = mdm.policy_address(PolicyAddress::Titled);
    let outcome = clear(&titled, 10_201, &[POLICY]).await.expect("cleared");
    assert_eq!(outcome.cleared, Some(2));
}

#[tokio::test]
async fn what_cannot_succeed_is_not_sent() {
    let (emulator, mdm) = start().await;
    let user_provided = mdm.user_provided_certificates();
    let ids: Vec<_> = (0..1_001).map(CertificateId::from).collect();
    let error = user_provided.clear_keys(&ids).await.expect_err("too many");
    nothing_sent(&emulator, &error);
    assert!(error.to_string().contains("1001"), "{error}");
    let error = user_provided
        .clear_policy_keys(&[])
        .await
        .expect_err("nothing");
    nothing_sent(&emulator, &error);
    let empty = UserProvidedCertificate::new("", "x", USER, POLICY);
    let error = user_provided.upload(&empty).await.expect_err("empty");
    nothing_sent(&emulator, &error);
    let error = mdm.certificate_authorities().revoked_on("soon").await;
    nothing_sent(&emulator, &error.expect_err("no day"));
    let error = mdm.certificate_authorities().to_revoke("..").await;
    nothing_sent(&emulator, &error.expect_err("another path"));
    assert_eq!(
        cleared(&mdm, &(0..1_000).collect::<Vec<_>>()).await.0,
        Some(12)
    );
}

/// A second answer would report as invalid what the first one cleared.
#[tokio::test]
async fn a_lost_answer_is_not_asked_for_again() {
    let (emulator, mdm) = start().await;
    emulator.faults().add(Fault::close_unanswered().times(1));
    let ids = [CertificateId::from(1)];
    let error = mdm.user_provided_certificates().clear_keys(&ids).await;
    let error = error.expect_err("the answer is lost");
    assert!(error.may_have_run());
    assert_eq!(error.attempts(), 1);
    assert_eq!(cleared(&mdm, &[1]).await, (Some(0), vec![1]));
}

#[tokio::test]
async fn wrong_credentials_and_unknown_authorities() {
    let (emulator, mdm) = start().await;
    let error = mdm.certificate_authorities().to_revoke("Nobody CA").await;
    assert!(error.expect_err("unknown").is_not_found());
    let wrong = client(
        &emulator,
        Credentials::basic("admin@example.com", "hunter2"),
    );
    let error = wrong
        .certificate_authorities()
        .to_revoke("ExternalCA1")
        .await;
    let error = error.expect_err("refused");
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert!(!format!("{error} {error:?}").contains("hunter2"));

    let (emulator, mdm) = started(Emulator::builder().token("t0ken")).await;
    let error = mdm.certificate_authorities().to_revoke("ExternalCA1").await;
    error.expect_err("Basic is not open to accounts with multi-factor sign-in");
    let mdm = client(&emulator, Credentials::bearer("t0ken"));
    let list = mdm.certificate_authorities().to_revoke("ExternalCA1").await;
    list.expect("a list").collect().await.expect("whole");
}

#[tokio::test]
async fn pages_of_gateways_are_told_by_their_text() {
    let (emulator, mdm) = start().await;
    emulator.faults().add(Fault::html(StatusCode::FORBIDDEN));
    let error = mdm.certificate_authorities().revocation_list("42591").await;
    let error = error.expect_err("a page");
    assert!(error.message().expect("words").contains("403"));
    assert_eq!((ErrorCode::of(&error), Refusal::of(&error)), (None, None));
}
