//! Sectigo's device and code signing certificates against their emulator.

use std::time::Duration;

use cert_core::{CertificateChain, PrivateKey, RevocationReason, SerialNumber};
use cert_emulators::sectigo_scm::{Builder, Emulator, PendingAnswer, Progress};
use end_to_end::key_and_request;
use sectigo_scm::code_signing::CodeSigningImport;
use sectigo_scm::device::{
    DeviceEnrollment, DeviceFilter, DeviceImport, DeviceReplacement, DeviceStatus,
    SubjectAttribute, SubjectField,
};
use sectigo_scm::{
    Backoff, CertificateFormat, CertificateUpdate, Client, Credentials, CustomField, DeviceId,
    Error, ErrorCode, ErrorKind, Issuance, IssuanceError, LocationDetails, ManualRevocation,
    Revocation,
};

const ORGANIZATION: i64 = 9001;
const PROFILE: i64 = 5301;
const SINGLE_USE: i64 = 5302;

async fn started(adjust: impl FnOnce(Builder) -> Builder) -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(0).devices(0);
    let emulator = adjust(builder).start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

async fn at_once() -> (Emulator, Client) {
    started(|builder| {
        builder
            .approval(Progress::AtOnce)
            .issuance(Progress::AtOnce)
    })
    .await
}

fn patience(wait: Issuance<'_>) -> Issuance<'_> {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(10));
    wait.within(Duration::from_secs(30))
        .backoff(Backoff::new(first, longest))
}

fn enrollment(name: &str) -> (PrivateKey, DeviceEnrollment) {
    let (key, request) = key_and_request(name).expect("a request");
    (key, DeviceEnrollment::new(ORGANIZATION, PROFILE, &request))
}

async fn issued(scm: &Client, name: &str) -> (DeviceId, CertificateChain) {
    let order = scm.device_certificates().enroll(&enrollment(name).1).await;
    let id = order.expect("accepted").id;
    (id, chain(scm, id).await)
}

async fn chain(scm: &Client, id: DeviceId) -> CertificateChain {
    let chain = patience(scm.device_certificates().wait_for_issuance(id)).await;
    chain.expect("issued")
}

async fn status(scm: &Client, id: DeviceId) -> Option<DeviceStatus> {
    scm.device_certificates()
        .get(id)
        .await
        .expect("details")
        .status
}

fn code(error: &Error) -> Option<i64> {
    ErrorCode::of(error).map(ErrorCode::value)
}

#[tokio::test]
async fn a_certificate_lives() {
    let (emulator, scm) = started(|builder| builder.pending_answer(PendingAnswer::Empty)).await;
    let (key, order) = enrollment("ignored.example.com");
    let order = order
        .term(30_u32)
        .comments("a gate")
        .custom_fields(vec![CustomField::new("Cost center", "4711")])
        .subject_fields(vec![
            SubjectField::new(SubjectAttribute::CommonName, "gate.example.com"),
            SubjectField::new(SubjectAttribute::SerialNumber, "GATE-7"),
        ]);
    let order = scm
        .device_certificates()
        .enroll(&order)
        .await
        .expect("accepted");
    assert_eq!(order.status, Some(DeviceStatus::Requested));
    scm.device_certificates()
        .approve(order.id, "known")
        .await
        .expect("approved");
    let chain = chain(&scm, order.id).await;
    assert!(key.belongs_to(chain.leaf()).expect("comparable"));
    assert_eq!(chain.certificates().len(), 3, "with intermediate and root");
    let subject = chain.leaf().subject().to_string();
    for part in ["CN=gate.example.com", "GATE-7", "O=Example Corp"] {
        assert!(subject.contains(part), "{subject}");
    }

    let details = scm
        .device_certificates()
        .get(order.id)
        .await
        .expect("details");
    assert_eq!(details.status, Some(DeviceStatus::Issued));
    assert_eq!(details.serial_number.as_ref(), Some(chain.leaf().serial()));
    assert_eq!(details.backend_cert_id, order.backend_cert_id);
    assert_eq!(
        (details.term, details.key_type.as_deref()),
        (Some(30), Some("EC - P-256"))
    );
    assert_eq!(
        details.custom_fields,
        [CustomField::new("Cost center", "4711")]
    );
    let fingerprint = details.certificate_details.and_then(|it| it.sha256_hash);
    assert_eq!(fingerprint, Some(chain.leaf().sha256_fingerprint()));

    let revocation = Revocation::new()
        .reason("scrapped")
        .code(RevocationReason::CessationOfOperation);
    scm.device_certificates()
        .revoke(order.id, &revocation)
        .await
        .expect("revoked");
    assert_eq!(status(&scm, order.id).await, Some(DeviceStatus::Revoked));
    let twice = scm
        .device_certificates()
        .revoke(order.id, &revocation)
        .await;
    assert_eq!(code(&twice.expect_err("once only")), Some(-159));
    let gone = patience(scm.device_certificates().wait_for_issuance(order.id)).await;
    assert!(matches!(gone, Err(IssuanceError::Revoked)), "{gone:?}");
    assert_eq!(
        emulator.state().device_status(order.id.value()),
        Some("Revoked")
    );
}

#[tokio::test]
async fn requests_that_nobody_wants_are_declined() {
    let (emulator, scm) = started(|builder| builder.approval(Progress::Manual)).await;
    let order = scm
        .device_certificates()
        .enroll(&enrollment("gate.example.com").1)
        .await;
    let id = order.expect("accepted").id;
    let early = scm
        .device_certificates()
        .collect(id, CertificateFormat::PemLeaf)
        .await;
    let early = early.expect_err("nobody approved");
    assert_eq!(ErrorCode::of(&early), Some(ErrorCode::NOT_COLLECTABLE));
    scm.device_certificates()
        .decline(id, "not ours")
        .await
        .expect("declined");
    let waited = patience(scm.device_certificates().wait_for_issuance(id)).await;
    assert!(matches!(waited, Err(IssuanceError::Declined)), "{waited:?}");
    let late = scm.device_certificates().approve(id, "after all").await;
    assert_eq!(code(&late.expect_err("too late")), Some(-1112));
    assert_eq!(emulator.state().device_status(id.value()), Some("Declined"));
}

#[tokio::test]
async fn every_format_holds_the_same_leaf() {
    let (_emulator, scm) = at_once().await;
    let (id, chain) = issued(&scm, "gate.example.com").await;
    let leaf = chain.leaf();
    let whole = [
        CertificateFormat::X509,
        CertificateFormat::X509Reversed,
        CertificateFormat::Pem,
        CertificateFormat::PemLeafFirst,
        CertificateFormat::PemLeaf,
        CertificateFormat::Pkcs7Pem,
        CertificateFormat::Pkcs7Der,
    ];
    for format in whole {
        let file = scm.device_certificates().collect(id, format.clone()).await;
        let file = file.expect("collected");
        let chain = CertificateChain::parse(&file.bytes).expect("a chain");
        assert_eq!(chain.leaf(), leaf, "{format}");
    }
}

#[tokio::test]
async fn renewal_keeps_the_key_and_gets_a_number_of_its_own() {
    let (_emulator, scm) = at_once().await;
    let (id, first) = issued(&scm, "gate.example.com").await;
    let second = scm
        .device_certificates()
        .renew(id)
        .await
        .expect("renewed")
        .id;
    assert_ne!(second, id);
    let second = chain(&scm, second).await;
    assert_ne!(second.leaf().serial(), first.leaf().serial());
    assert_eq!(
        second.leaf().public_key_der(),
        first.leaf().public_key_der()
    );

    let third = scm
        .device_certificates()
        .renew_by_serial(second.leaf().serial())
        .await;
    let third = chain(&scm, third.expect("renewed").id).await;
    assert_eq!(third.leaf().subject(), first.leaf().subject());

    let unknown = scm
        .device_certificates()
        .renew_by_serial(&"01:02".into())
        .await;
    assert_eq!(
        code(&unknown.expect_err("no such serial number")),
        Some(-166)
    );
    let (_, request) = key_and_request("once.example.com").expect("a request");
    let single = DeviceEnrollment::new(9002, SINGLE_USE, &request);
    let single = scm
        .device_certificates()
        .enroll(&single)
        .await
        .expect("accepted")
        .id;
    chain(&scm, single).await;
    let forbidden = scm.device_certificates().renew(single).await;
    let forbidden = forbidden.expect_err("the profile forbids it");
    assert_eq!(
        ErrorCode::of(&forbidden),
        Some(ErrorCode::RENEWAL_FORBIDDEN)
    );
}

#[tokio::test]
async fn replacement_revokes_the_previous_one_if_asked() {
    let (_emulator, scm) = at_once().await;
    for revoke in [true, false] {
        let (id, previous) = issued(&scm, "gate.example.com").await;
        let (key, request) = key_and_request("gate.example.com").expect("a request");
        let replacement = DeviceReplacement::new(&request, "lost key", revoke);
        scm.device_certificates()
            .replace(id, &replacement)
            .await
            .expect("replaced");
        let chain = chain(&scm, id).await;
        assert!(key.belongs_to(chain.leaf()).expect("comparable"));

        let by_serial = DeviceFilter::new().serial_number(previous.leaf().serial().clone());
        let found = scm
            .device_certificates()
            .list(&by_serial)
            .collect()
            .await
            .expect("a list");
        let statuses: Vec<_> = found.into_iter().filter_map(|it| it.status).collect();
        let expected = if revoke {
            DeviceStatus::Revoked
        } else {
            DeviceStatus::Issued
        };
        assert_eq!(statuses, [expected]);

        let same = DeviceReplacement::new(&request, "again", false);
        let same = scm.device_certificates().replace(id, &same).await;
        assert_eq!(code(&same.expect_err("no new key")), Some(-138));
    }
}

#[tokio::test]
async fn lists_and_counts_agree_whatever_the_page_size() {
    let (_emulator, scm) = started(|builder| builder.devices(45)).await;
    let all = scm.device_certificates().count(&DeviceFilter::new()).await;
    assert_eq!(all.expect("a count"), 45);
    for size in [1, 7, 45, 1000] {
        let list = scm
            .device_certificates()
            .list(&DeviceFilter::new())
            .page_size(size);
        let list = list.collect().await.expect("a list");
        assert_eq!(list.len(), 45, "pages of {size}");
    }
    let filters = [
        (DeviceFilter::new().status(DeviceStatus::Requested), 5),
        (
            DeviceFilter::new().status(DeviceStatus::AwaitingApproval),
            5,
        ),
        (DeviceFilter::new().status(DeviceStatus::Downloaded), 0),
        (DeviceFilter::new().status(DeviceStatus::Revoked), 4),
        (DeviceFilter::new().common_name("DEVICE-0007"), 1),
        (DeviceFilter::new().requester("user-0001@example.com"), 1),
        (DeviceFilter::new().organization(9002), 22),
        (DeviceFilter::new().profile(SINGLE_USE), 0),
        (DeviceFilter::new().backend_cert_id("8000301"), 1),
        (DeviceFilter::new().key_algorithm("RSA"), 0),
        (DeviceFilter::new().key_parameter("P-256"), 45),
    ];
    for (filter, expected) in filters {
        let counted = scm
            .device_certificates()
            .count(&filter)
            .await
            .expect("a count");
        assert_eq!(counted, expected, "{filter:?}");
        let listed = scm.device_certificates().list(&filter).collect().await;
        assert_eq!(listed.expect("a list").len() as u64, expected, "{filter:?}");
    }
}

#[tokio::test]
async fn settings_and_places_can_be_changed() {
    let (_emulator, scm) = at_once().await;
    let (id, _) = issued(&scm, "gate.example.com").await;
    let update = CertificateUpdate::new()
        .comments("moved")
        .custom_fields(vec![CustomField::new("Cost center", "12")]);
    let updated = scm
        .device_certificates()
        .update(id, &update)
        .await
        .expect("updated");
    assert_eq!(updated.comments.as_deref(), Some("moved"));
    assert_eq!(
        scm.device_certificates().get(id).await.expect("details"),
        updated
    );
    let unknown = CertificateUpdate::new().custom_fields(vec![CustomField::new("Shoe size", "44")]);
    let unknown = scm.device_certificates().update(id, &unknown).await;
    assert_eq!(code(&unknown.expect_err("no such field")), Some(-135));

    let gate = LocationDetails::new().detail("Building", "7");
    let locations = scm.device_certificates().locations(id);
    let place = locations.create(&gate).await.expect("noted");
    let moved = LocationDetails::new().detail("Building", "8");
    locations.update(place, &moved).await.expect("changed");
    let found = locations.get(place).await.expect("noted");
    assert_eq!(found.details["Building"], "8");
    assert_eq!(locations.list().await.expect("noted"), [found]);
    locations.delete(place).await.expect("deleted");
    assert!(locations.list().await.expect("a list").is_empty());
}

#[tokio::test]
async fn orders_that_do_not_fit_are_refused() {
    let (_emulator, scm) = at_once().await;
    let profiles = scm
        .device_certificates()
        .list_profiles_of(ORGANIZATION)
        .await;
    let profiles = profiles.expect("a list");
    let [profile] = profiles.as_slice() else {
        panic!("{profiles:?}");
    };
    assert_eq!((profile.id.value(), profile.term), (PROFILE, Some(365)));
    assert_eq!(profile.extended_key_usages, ["1.3.6.1.5.5.7.3.2"]);
    let fields = scm
        .device_certificates()
        .list_custom_fields()
        .await
        .expect("a list");
    assert_eq!(fields[0].name, "Cost center");

    let (_, request) = key_and_request("gate.example.com").expect("a request");
    let order =
        |organization: i64, profile: i64| DeviceEnrollment::new(organization, profile, &request);
    let refused = [
        (order(1, PROFILE), -639),
        (order(ORGANIZATION, 1), -5109),
        (order(ORGANIZATION, SINGLE_USE), -39),
        (order(ORGANIZATION, PROFILE).term(7_u32), -36),
        (
            order(ORGANIZATION, PROFILE).subject_fields(vec![SubjectField::new("shoeSize", "44")]),
            -64,
        ),
        (
            DeviceEnrollment::new(ORGANIZATION, PROFILE, "bm90aGluZw=="),
            -10,
        ),
    ];
    for (order, expected) in refused {
        let error = scm
            .device_certificates()
            .enroll(&order)
            .await
            .expect_err("refused");
        assert_eq!(code(&error), Some(expected), "{error}");
    }
    let nobody = scm
        .device_certificates()
        .get(1)
        .await
        .expect_err("no such number");
    assert!(nobody.is_not_found(), "{nobody}");
}

#[tokio::test]
async fn every_imported_certificate_has_its_own_outcome() {
    let (_elsewhere, other) = at_once().await;
    let (_, foreign) = issued(&other, "foreign.example.com").await;
    let (_emulator, scm) = at_once().await;
    let (id, known) = issued(&scm, "gate.example.com").await;
    let entries = [
        DeviceImport::new(ORGANIZATION, foreign.leaf())
            .owner("ada@example.com")
            .backend_cert_id("A-17"),
        DeviceImport::new(ORGANIZATION, foreign.root().expect("a root")),
        DeviceImport::new(ORGANIZATION, known.leaf()),
        DeviceImport::new(ORGANIZATION, "bm90aGluZw=="),
    ];
    let results = scm
        .device_certificates()
        .import(&entries)
        .await
        .expect("answered");
    let [new, authority, old, garbage] = results.as_slice() else {
        panic!("{} results", results.len());
    };
    assert_eq!((new.created, old.created), (Some(true), Some(false)));
    let imported = new.outcome().expect("imported").and_then(|it| it.id);
    let imported = imported.expect("a number");
    let managed = old.outcome().expect("known").and_then(|it| it.id);
    assert_eq!(managed, Some(id));
    authority.outcome().expect_err("no end-entity certificate");
    garbage.outcome().expect_err("no certificate");

    let details = scm
        .device_certificates()
        .get(imported)
        .await
        .expect("details");
    assert_eq!(details.requester.as_deref(), Some("ada@example.com"));
    assert_eq!(
        details.serial_number.as_ref(),
        Some(foreign.leaf().serial())
    );
    scm.device_certificates()
        .delete(imported)
        .await
        .expect("deleted");
    let enrolled = scm.device_certificates().delete(id).await;
    assert_eq!(code(&enrolled.expect_err("enrolled here")), Some(-3));
}

#[tokio::test]
async fn revocations_elsewhere_are_noted() {
    let (_emulator, scm) = at_once().await;
    let (id, _) = issued(&scm, "one.example.com").await;
    let compromised = ManualRevocation::new().code(RevocationReason::KeyCompromise);
    let devices = scm.device_certificates();
    devices.mark_revoked(id, &compromised).await.expect("noted");
    assert_eq!(status(&scm, id).await, Some(DeviceStatus::Revoked));

    let (id, chain) = issued(&scm, "two.example.com").await;
    let serial: SerialNumber = chain.leaf().serial().clone();
    let noted = ManualRevocation::new();
    let stranger = devices
        .mark_revoked_by_serial(&serial, "CN=Somebody", &noted)
        .await;
    assert_eq!(code(&stranger.expect_err("another issuer")), Some(-166));
    let issuer = chain.leaf().issuer().to_string();
    let by_serial = devices
        .mark_revoked_by_serial(&serial, &issuer, &noted)
        .await;
    by_serial.expect("noted");
    assert_eq!(status(&scm, id).await, Some(DeviceStatus::Revoked));

    let (id, chain) = issued(&scm, "three.example.com").await;
    let revocation = Revocation::new();
    scm.device_certificates()
        .revoke_by_serial(chain.leaf().serial(), &revocation)
        .await
        .expect("revoked");
    assert_eq!(status(&scm, id).await, Some(DeviceStatus::Revoked));
}

#[tokio::test]
async fn code_signing_certificates_are_imported_and_marked() {
    let (_elsewhere, other) = at_once().await;
    let (_, foreign) = issued(&other, "signer.example.com").await;
    let (emulator, scm) = at_once().await;
    let entries = [
        CodeSigningImport::new(ORGANIZATION, foreign.leaf()),
        CodeSigningImport::new(1, foreign.leaf()),
    ];
    let results = scm
        .code_signing_certificates()
        .import(&entries)
        .await
        .expect("answered");
    let imported = results[0].outcome().expect("imported");
    let id = imported.and_then(|it| it.id).expect("a number");
    results[1].outcome().expect_err("no such organization");
    let status = || emulator.state().code_signing_status(id.value());
    assert_eq!(status(), Some("Issued"));

    let issuer = foreign.leaf().issuer().to_string();
    let revocation = ManualRevocation::new()
        .date("2026-01-31")
        .code(RevocationReason::Superseded);
    scm.code_signing_certificates()
        .mark_revoked_by_serial(foreign.leaf().serial(), &issuer, &revocation)
        .await
        .expect("noted");
    assert_eq!(status(), Some("Revoked"));
    let again = scm
        .code_signing_certificates()
        .mark_revoked(id, &ManualRevocation::new());
    assert_eq!(code(&again.await.expect_err("once only")), Some(-159));
}

#[tokio::test]
async fn what_is_wrong_is_said_before_anything_is_sent() {
    let (emulator, scm) = at_once().await;
    let (_, request) = key_and_request("gate.example.com").expect("a request");
    let device = scm.device_certificates();
    let held = Revocation::new().code(RevocationReason::CertificateHold);
    let refused = [
        device.approve(1, "").await.expect_err("no remark"),
        device
            .decline(1, &"x".repeat(513))
            .await
            .expect_err("too long"),
        device
            .revoke(1, &held)
            .await
            .expect_err("not a reason here"),
        device
            .replace(1, &DeviceReplacement::new(&request, "", false))
            .await
            .expect_err("no reason"),
        device
            .renew_by_serial(&"..".into())
            .await
            .expect_err("a dot segment"),
        device.import(&[]).await.expect_err("nothing to import"),
        scm.code_signing_certificates()
            .import(&[])
            .await
            .expect_err("nothing to import"),
    ];
    for error in refused {
        assert_eq!(error.kind(), ErrorKind::Argument, "{error}");
    }
    assert_eq!(emulator.journal().count(), 0);
}
