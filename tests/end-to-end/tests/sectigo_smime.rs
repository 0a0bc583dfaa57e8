//! Sectigo's client certificates against their emulator.

use std::time::Duration;

use cert_core::{
    CertificateChain, CertificateSigningRequest, ErrorKind, Pkcs12, PrivateKey, RevocationReason,
    Secret, SerialNumber,
};
use cert_emulators::sectigo_scm::{Emulator, Progress};
use end_to_end::key_and_request;
use sectigo_scm::smime::{
    Pkcs12Download, SmimeEnrollment, SmimeFilter, SmimeImport, SmimeOrder, SmimeState,
};
use sectigo_scm::{
    BackendCertId, Backoff, CertificateFormat, CertificateUpdate, Client, Credentials, CustomField,
    Error, ErrorCode, Issuance, IssuanceError, LocationDetails, ManualRevocation, PersonId,
    Pkcs12Encryption, Revocation, SmimeId,
};

const ORGANIZATION: i64 = 9001;
const PROFILE: i64 = 5201;
const EMAIL: &str = "ada@example.com";

async fn started() -> (Emulator, Client) {
    let emulator = Emulator::builder()
        .certificates(0)
        .persons(0)
        .issuance(Progress::AfterLooks(1))
        .start()
        .await
        .expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

fn patience(wait: Issuance<'_>) -> Issuance<'_> {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(10));
    wait.within(Duration::from_secs(30))
        .backoff(Backoff::new(first, longest))
}

fn enrollment(email: &str) -> SmimeEnrollment {
    SmimeEnrollment::new(PROFILE, email, "Ada", "Example").organization(ORGANIZATION)
}

fn under(profile: i64) -> SmimeEnrollment {
    SmimeEnrollment::new(profile, EMAIL, "Ada", "Example").organization(ORGANIZATION)
}

fn request() -> (PrivateKey, CertificateSigningRequest) {
    key_and_request("ignored.example.com").expect("a request")
}

async fn enrolled(scm: &Client, email: &str) -> (SmimeOrder, CertificateChain) {
    let order = enrollment(email).csr(&request().1);
    let order = scm.smime().enroll(&order).await.expect("accepted");
    let chain = issued(scm, &order).await.expect("issued");
    (order, chain)
}

async fn issued(scm: &Client, order: &SmimeOrder) -> Result<CertificateChain, IssuanceError> {
    patience(scm.smime().wait_for_issuance(number(order))).await
}

fn number(order: &SmimeOrder) -> SmimeId {
    order.id.expect("the number of the new certificate")
}

fn backend(order: &SmimeOrder) -> BackendCertId {
    order.backend_cert_id.clone().expect("its name at the CA")
}

fn code(error: &Error) -> Option<i64> {
    ErrorCode::of(error).map(ErrorCode::value)
}

#[tokio::test]
async fn a_certificate_lives() {
    let (_emulator, scm) = started().await;
    let (key, csr) = request();
    let order = enrollment(EMAIL)
        .csr(&csr)
        .middle_name("B.")
        .secondary_emails(vec!["ada@research.example.com".to_owned()])
        .term(30_u32);
    let order = scm.smime().enroll(&order).await.expect("accepted");
    let chain = issued(&scm, &order).await.expect("issued");
    assert!(key.belongs_to(chain.leaf()).expect("comparable"));
    assert_eq!(chain.leaf().subject().common_name(), Some("Ada B. Example"));
    assert_eq!(chain.certificates().len(), 3, "up to the root");

    let details = scm.smime().get(number(&order)).await.expect("details");
    assert_eq!(details.status, Some(SmimeState::Issued));
    assert_eq!(details.serial_number.as_ref(), Some(chain.leaf().serial()));
    assert_eq!(details.term, Some(30));
    let names = [EMAIL, "ada@research.example.com"];
    assert_eq!(details.subject_alternative_names, names);
    let sha256 = details.certificate_details.and_then(|it| it.sha256_hash);
    assert_eq!(sha256, Some(chain.leaf().sha256_fingerprint()));

    let renewed = scm.smime().renew(number(&order)).await.expect("renewed");
    assert_ne!(number(&renewed), number(&order));
    let renewed_chain = issued(&scm, &renewed).await.expect("issued");
    assert!(key.belongs_to(renewed_chain.leaf()).expect("comparable"));
    assert_ne!(renewed_chain.leaf().serial(), chain.leaf().serial());

    let revocation = Revocation::new()
        .reason("left")
        .code(RevocationReason::AffiliationChanged);
    scm.smime()
        .revoke(number(&order), &revocation)
        .await
        .expect("revoked");
    let again = scm.smime().revoke(number(&order), &revocation).await;
    assert_eq!(code(&again.expect_err("once only")), Some(-159));
    let ended = issued(&scm, &order).await.expect_err("revoked");
    assert!(matches!(ended, IssuanceError::Revoked));
    let details = scm.smime().get(number(&order)).await.expect("details");
    assert_eq!(details.status, Some(SmimeState::Revoked));
    assert_eq!(
        details.reason_code,
        Some(RevocationReason::AffiliationChanged)
    );
}

#[tokio::test]
async fn every_format_holds_the_same_certificate() {
    let (_emulator, scm) = started().await;
    let (order, chain) = enrolled(&scm, EMAIL).await;
    let sizes = [
        (CertificateFormat::X509, 3),
        (CertificateFormat::X509Reversed, 3),
        (CertificateFormat::X509Leaf, 1),
        (CertificateFormat::Pem, 3),
        (CertificateFormat::PemLeaf, 1),
        (CertificateFormat::PemLeafFirst, 2),
        (CertificateFormat::Pkcs7Pem, 3),
        (CertificateFormat::Pkcs7Der, 3),
    ];
    for (format, size) in sizes {
        let by_id = scm.smime().collect(number(&order), format.clone());
        let by_id = by_id.await.expect("issued");
        let by_name = scm
            .smime()
            .collect_by_backend_cert_id(&backend(&order), format.clone())
            .await
            .expect("issued");
        assert_eq!(by_id.bytes, by_name.bytes);
        let collected = CertificateChain::parse(&by_id.bytes).expect("a chain");
        assert_eq!(collected.leaf(), chain.leaf(), "{format}");
        assert_eq!(collected.certificates().len(), size, "{format}");
    }
    for format in [
        CertificateFormat::X509Chain,
        CertificateFormat::X509ChainReversed,
    ] {
        let file = scm.smime().collect(number(&order), format);
        let issuers = CertificateChain::parse(&file.await.expect("issued").bytes);
        assert_eq!(issuers.expect("a chain").certificates(), chain.issuers());
    }
    let unknown = scm
        .smime()
        .collect(number(&order), CertificateFormat::from("jks"))
        .await;
    assert_eq!(
        unknown.expect_err("no such format").kind(),
        ErrorKind::Refused
    );
}

#[tokio::test]
async fn the_key_vault_hands_out_what_it_made() {
    let (_emulator, scm) = started().await;
    let order = scm
        .smime()
        .enroll(&enrollment(EMAIL))
        .await
        .expect("accepted");
    let chain = issued(&scm, &order).await.expect("issued");
    let pass_phrase = Secret::from("correct horse");
    let encryptions = [
        None,
        Some(Pkcs12Encryption::Aes256Sha256),
        Some(Pkcs12Encryption::TripleDesSha1),
    ];
    for encryption in encryptions {
        let download = Pkcs12Download::new().pass_phrase(pass_phrase.clone());
        let download = match encryption {
            Some(encryption) => download.encryption(encryption),
            None => download,
        };
        let file = scm
            .smime()
            .download_pkcs12(number(&order), &download)
            .await
            .expect("in the vault");
        let store = Pkcs12::parse(&file.bytes).expect("PKCS#12");
        let contents = store.open(&pass_phrase).expect("the right pass phrase");
        let entry = contents.key().expect("one key");
        assert_eq!(entry.chain(), Some(&chain));
        assert!(
            entry
                .private_key()
                .belongs_to(chain.leaf())
                .expect("comparable")
        );
        store.open("wrong").expect_err("another pass phrase");
    }

    let (brought, _) = enrolled(&scm, "grace@example.com").await;
    let error = scm
        .smime()
        .download_pkcs12(
            number(&brought),
            &Pkcs12Download::new().pass_phrase("hunter2-phrase"),
        )
        .await
        .expect_err("the key was never there");
    assert_eq!(code(&error), Some(-169));
    assert!(!format!("{error:?}").contains("hunter2"));
    let vault = SmimeFilter::new().key_vault(true);
    assert_eq!(scm.smime().count(&vault).await.expect("a count"), 1);
}

#[tokio::test]
async fn certificates_are_found_by_whom_they_belong_to() {
    let (_emulator, scm) = started().await;
    let (first, chain) = enrolled(&scm, EMAIL).await;
    let (second, _) = enrolled(&scm, "ADA@example.com").await;
    let (other, _) = enrolled(&scm, "grace@example.com").await;

    let hers = [number(&first), number(&second)];
    let by_email = scm.smime().list_by_email(EMAIL).await.expect("known");
    assert_eq!(by_email.iter().map(|it| it.id).collect::<Vec<_>>(), hers);
    assert_eq!(by_email[0].state, Some(SmimeState::Issued));
    assert_eq!(
        by_email[0].serial_number.as_ref(),
        Some(chain.leaf().serial())
    );
    let person = PersonId::from(40_000 + number(&first).value());
    let by_person = scm.smime().list_by_person(person).await.expect("known");
    assert_eq!(by_person, by_email);
    let nobody = scm.smime().list_by_email("nobody@example.com").await;
    let nobody = nobody.expect_err("an error, not an empty list");
    assert_eq!(ErrorCode::of(&nobody), Some(ErrorCode::PERSON_NOT_FOUND));

    let found = async |filter: SmimeFilter| {
        let counted = scm.smime().count(&filter).await.expect("a count");
        let listed = scm.smime().list(&filter).page_size(1).collect().await;
        let listed = listed.expect("a list");
        assert_eq!(listed.len() as u64, counted);
        listed.iter().map(|it| it.id).collect::<Vec<_>>()
    };
    assert_eq!(found(SmimeFilter::new()).await.len(), 3);
    assert_eq!(found(SmimeFilter::new().person(person)).await, hers);
    let filter = SmimeFilter::new().email("grace@example.com");
    assert_eq!(found(filter).await, [number(&other)]);
    let filter = SmimeFilter::new().serial_number(chain.leaf().serial().clone());
    assert_eq!(found(filter).await, [number(&first)]);
    let filter = SmimeFilter::new().backend_cert_id(backend(&second));
    assert_eq!(found(filter).await, [number(&second)]);
    let filter = SmimeFilter::new().state(SmimeState::Requested);
    assert_eq!(found(filter).await, []);
}

#[tokio::test]
async fn every_key_revokes_and_renews() {
    let (_emulator, scm) = started().await;
    let revocation = Revocation::new()
        .reason("test")
        .code(RevocationReason::Superseded);
    let state = async |order: &SmimeOrder| {
        let details = scm.smime().get(number(order)).await.expect("details");
        details.status.expect("a state")
    };

    let (order, chain) = enrolled(&scm, EMAIL).await;
    let renewed = scm.smime().renew_by_serial(chain.leaf().serial()).await;
    let renewed = renewed.expect("renewed");
    issued(&scm, &renewed).await.expect("issued");
    let third = scm
        .smime()
        .renew_by_backend_cert_id(&backend(&renewed))
        .await;
    let third = third.expect("renewed");
    issued(&scm, &third).await.expect("issued");

    scm.smime()
        .revoke_by_serial(chain.leaf().serial(), &revocation)
        .await
        .expect("revoked");
    assert_eq!(state(&order).await, SmimeState::Revoked);
    scm.smime()
        .revoke_by_backend_cert_id(&backend(&renewed), &revocation)
        .await
        .expect("revoked");
    assert_eq!(state(&renewed).await, SmimeState::Revoked);

    let (fourth, chain) = enrolled(&scm, EMAIL).await;
    let issuer = chain.leaf().issuer().to_string();
    scm.smime()
        .mark_revoked_by_serial(chain.leaf().serial(), &issuer, &ManualRevocation::new())
        .await
        .expect("noted");
    assert_eq!(state(&fourth).await, SmimeState::Revoked);

    let (other, _) = enrolled(&scm, "grace@example.com").await;
    scm.smime()
        .revoke_by_email(EMAIL, &revocation)
        .await
        .expect("revoked");
    assert_eq!(state(&third).await, SmimeState::Revoked);
    assert_eq!(state(&other).await, SmimeState::Issued);
    let nobody = scm
        .smime()
        .revoke_by_email("nobody@example.com", &revocation);
    assert_eq!(code(&nobody.await.expect_err("nobody")), Some(-105));
    let compromised = ManualRevocation::new().code(RevocationReason::KeyCompromise);
    let noted = scm.smime().mark_revoked(number(&other), &compromised).await;
    noted.expect("noted");
    assert_eq!(state(&other).await, SmimeState::Revoked);
}

#[tokio::test]
async fn every_imported_certificate_has_its_own_outcome() {
    let (_elsewhere, other) = started().await;
    let (_, foreign) = enrolled(&other, "grace@example.com").await;
    let (_emulator, scm) = started().await;
    let (order, known) = enrolled(&scm, EMAIL).await;
    let import = |certificate| SmimeImport::new(ORGANIZATION, certificate);
    let entries = [
        import(foreign.leaf())
            .comments("from elsewhere")
            .backend_cert_id("A-17"),
        import(foreign.root().expect("a root")),
        import(known.leaf()),
        SmimeImport::new(ORGANIZATION, "bm90aGluZw=="),
    ];
    let results = scm.smime().import(&entries).await.expect("answered");
    let [new, authority, old, garbage] = results.as_slice() else {
        panic!("{} results", results.len());
    };
    let id = new
        .outcome()
        .expect("imported")
        .and_then(|it| it.id)
        .expect("a number");
    assert_eq!(new.created, Some(true));
    let details = scm.smime().get(id).await.expect("details");
    assert_eq!(details.comments.as_deref(), Some("from elsewhere"));
    assert_eq!(details.backend_cert_id, Some("A-17".into()));
    assert_eq!(
        details.serial_number.as_ref(),
        Some(foreign.leaf().serial())
    );
    assert!(authority.outcome().is_err() && garbage.outcome().is_err());
    assert_eq!(old.created, Some(false));
    let old = old.outcome().expect("known").and_then(|it| it.id);
    assert_eq!(old, order.id);

    let refused = scm.smime().delete(number(&order)).await;
    assert_eq!(code(&refused.expect_err("it was ordered here")), Some(-3));
    scm.smime().delete(id).await.expect("deleted");
    assert!(scm.smime().get(id).await.expect_err("gone").is_not_found());
}

#[tokio::test]
async fn fields_and_places_are_kept() {
    let (_emulator, scm) = started().await;
    let (order, _) = enrolled(&scm, EMAIL).await;
    let id = number(&order);
    let update = CertificateUpdate::new()
        .custom_fields(vec![CustomField::new("Cost center", "42")])
        .comments("laptop");
    let updated = scm.smime().update(id, &update).await.expect("updated");
    assert_eq!(
        updated.custom_fields,
        [CustomField::new("Cost center", "42")]
    );
    let update = CertificateUpdate::new().comments("phone");
    let updated = scm.smime().update(id, &update).await.expect("updated");
    assert_eq!(updated.custom_fields.len(), 1, "what is not set stays");
    assert_eq!(updated.comments.as_deref(), Some("phone"));

    let locations = scm.smime().locations(id);
    let place = LocationDetails::new().detail("Mail client", "Thunderbird");
    let location = locations.create(&place).await.expect("noted");
    let found = locations.get(location).await.expect("a place");
    assert_eq!(found.details["Mail client"], "Thunderbird");
    let place = LocationDetails::new().detail("Mail client", "mutt");
    locations.update(location, &place).await.expect("changed");
    let all = locations.list().await.expect("places");
    assert_eq!(all[0].details["Mail client"], "mutt");
    locations.delete(location).await.expect("deleted");
    assert_eq!(locations.list().await.expect("none"), []);

    let profiles = scm.smime().list_profiles().await.expect("profiles");
    assert!(profiles.iter().any(|it| it.id == PROFILE.into()));
    let fields = scm.smime().list_custom_fields().await.expect("fields");
    assert_eq!(fields[0].name, "Cost center");
}

#[tokio::test]
async fn refusals_say_why() {
    let (_emulator, scm) = started().await;
    let refused = async |order: SmimeEnrollment| {
        let error = scm.smime().enroll(&order).await.expect_err("refused");
        code(&error).expect("a code")
    };
    let (_, csr) = request();
    assert_eq!(refused(enrollment(EMAIL).csr(&csr).term(31)).await, -36);
    assert_eq!(refused(under(1).csr(&csr)).await, -172);
    assert_eq!(refused(enrollment(EMAIL).csr("bm90aGluZw==")).await, -10);
    assert_eq!(refused(enrollment("nobody").csr(&csr)).await, -1601);
    let long = SmimeEnrollment::new(PROFILE, EMAIL, "A".repeat(32), "B".repeat(32));
    for order in [enrollment(EMAIL).csr(&csr).phone("none"), long.csr(&csr)] {
        let error = scm.smime().enroll(&order).await.expect_err("not sent");
        assert_eq!(error.kind(), ErrorKind::Argument, "{error}");
    }
    let field = vec![CustomField::new("Shoe size", "44")];
    assert_eq!(
        refused(enrollment(EMAIL).csr(&csr).custom_fields(field)).await,
        -135
    );

    let nothing = scm.smime().get(SmimeId::from(4711)).await;
    assert!(nothing.expect_err("unknown").is_not_found());
    let serial = SerialNumber::from("0BAD");
    let nothing = scm.smime().renew_by_serial(&serial).await;
    assert_eq!(code(&nothing.expect_err("unknown")), Some(-166));
    let pending = enrollment(EMAIL).csr(&csr);
    let pending = scm.smime().enroll(&pending).await.expect("accepted");
    let early = scm.smime().renew(number(&pending)).await;
    assert_eq!(code(&early.expect_err("not issued")), Some(-130));
    let single = under(5202).csr(&csr);
    let single = scm.smime().enroll(&single).await.expect("accepted");
    issued(&scm, &single).await.expect("issued");
    let forbidden = scm.smime().renew(number(&single)).await;
    let forbidden = forbidden.expect_err("the profile forbids it");
    assert_eq!(
        ErrorCode::of(&forbidden),
        Some(ErrorCode::RENEWAL_FORBIDDEN)
    );
}
