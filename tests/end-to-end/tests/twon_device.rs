//! 2N devices against their emulator.

use std::time::Duration;

use cert_core::client::{Backoff, PublicKeyPin, Retry, Tls};
use cert_core::{Certificate, Curve, KeyKind, PrivateKey, Secret};
use cert_emulators::Fault;
use cert_emulators::frame::{Profile, Seen};
use cert_emulators::twon_device::{Authentication, Builder, DigestAlgorithm, Emulator, Quality};
use http::{Method, StatusCode};
use twon_device::{
    BuildType, CaCertificateUpload, CertificateId, CertificateRef, Client, Credentials, Error,
    ErrorCode, ErrorKind, Refusal, UserCertificateUpload,
};

const PATH: &str = "/api/cert/user";

fn digest() -> Credentials {
    Credentials::digest("admin", "secret")
}

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
    let device = client(&emulator, digest());
    (emulator, device)
}

async fn start() -> (Emulator, Client) {
    started(Emulator::builder()).await
}

/// A certificate from the emulator's authority, with its key.
fn issued(emulator: &Emulator) -> (Certificate, PrivateKey) {
    let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256)).expect("a key");
    let now = emulator.clock().now();
    let profile = Profile {
        subject: Vec::new(),
        names: vec!["door.example.com".to_owned()],
        serial: vec![7],
        not_before: now,
        not_after: now + Duration::from_secs(86_400),
        key_usages: Vec::new(),
        extended_key_usages: Vec::new(),
    };
    let public_key = key.public_key_der().expect("a public key");
    let der = emulator.authority().issue(&public_key, &profile);
    let certificate = Certificate::from_der(&der.expect("issued")).expect("a certificate");
    (certificate, key)
}

async fn upload(device: &Client, upload: &UserCertificateUpload) -> Error {
    let outcome = device.user_certificates().upload(upload).await;
    outcome.expect_err("the upload is refused")
}

fn parameter(error: &Error) -> Option<String> {
    Refusal::of(error).and_then(|refusal| refusal.parameter)
}

fn nothing_sent(emulator: &Emulator, error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert_eq!(emulator.journal().count(), 0, "{error}");
}

fn sent(emulator: &Emulator, method: &Method) -> Vec<Seen> {
    let mut requests = emulator.journal().requests_to(PATH);
    requests.retain(|seen| seen.request.method == method);
    requests
}

#[tokio::test]
async fn a_certificate_lives() {
    let (emulator, device) = start().await;
    let before = device.user_certificates().list().await.expect("a list");
    assert_eq!(before.len(), 5);
    let (certificate, key) = issued(&emulator);

    let request = UserCertificateUpload::from_parts(&certificate, &key).id("@door");
    let stored = device
        .user_certificates()
        .upload(&request)
        .await
        .expect("stored");
    assert_eq!(
        (&stored.fingerprint, &stored.replaced),
        (&certificate.sha1_fingerprint(), &None)
    );

    let found = device
        .user_certificates()
        .get("@door")
        .await
        .expect("found");
    assert_eq!(found.fingerprint.as_ref(), Some(&stored.fingerprint));
    assert_eq!(found.end_date.as_ref(), Some(certificate.not_after()));
    assert_eq!(found.start_date.as_ref(), Some(certificate.not_before()));
    let authority = emulator.authority().issuer_name();
    assert_eq!(found.issuer.common_name.as_deref(), Some(authority));
    assert_eq!(found.protected, Some(false));
    assert!(
        found
            .id
            .as_ref()
            .is_some_and(CertificateId::is_user_defined)
    );
    let again = device
        .user_certificates()
        .get(&found)
        .await
        .expect("by fingerprint");
    assert_eq!(again, found);

    let (renewed, key) = issued(&emulator);
    let der =
        UserCertificateUpload::new(renewed.as_der().to_vec(), key.expose_pkcs8_der().to_vec());
    let stored = device
        .user_certificates()
        .upload(&der.id("@door"))
        .await
        .expect("stored");
    assert_eq!(stored.replaced, Some(certificate.sha1_fingerprint()));

    device
        .user_certificates()
        .delete(&stored)
        .await
        .expect("deleted");
    let after = device.user_certificates().list().await.expect("a list");
    assert_eq!(after, before);
}

#[tokio::test]
async fn certificates_of_authorities_live_apart() {
    let (emulator, device) = start().await;
    let before = device.ca_certificates().list().await.expect("a list");
    let ids: Vec<_> = before
        .iter()
        .filter_map(|known| known.id.as_ref())
        .collect();
    assert_eq!(
        ids.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        ["#factory-ca", "@issuing-ca"]
    );
    assert_eq!(before[0].protected, Some(true));
    device
        .ca_certificates()
        .delete("@issuing-ca")
        .await
        .expect("deleted");
    let authority = CaCertificateUpload::new(emulator.authority().intermediate().to_vec());
    let stored = device
        .ca_certificates()
        .upload(&authority.id("@issuer"))
        .await
        .expect("stored");
    let found = device
        .ca_certificates()
        .get("@issuer")
        .await
        .expect("found");
    assert_eq!(found.fingerprint.as_ref(), Some(&stored.fingerprint));
    let (certificate, _) = issued(&emulator);
    let leaf = CaCertificateUpload::new(certificate.to_pem());
    let error = device
        .ca_certificates()
        .upload(&leaf)
        .await
        .expect_err("no authority");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::INVALID_PARAMETER));
}

#[tokio::test]
async fn digest_in_every_form() {
    let algorithms = [DigestAlgorithm::Md5, DigestAlgorithm::Sha256];
    for algorithms in [&algorithms[..1], &algorithms[1..], &algorithms[..]] {
        for quality in [Quality::Absent, Quality::Auth, Quality::AuthOrAuthInt] {
            let builder = Emulator::builder().algorithms(algorithms.iter().copied());
            let (emulator, device) = started(builder.quality(quality)).await;
            for _ in 0..3 {
                let found = device.user_certificates().get("#my2n-utility").await;
                assert_eq!(found.expect("found").system_use_only, Some(true));
            }
            assert_eq!(emulator.journal().count(), 4, "one challenge in all");
        }
    }
}

/// An upload that is challenged goes out again whole; the key is never in an address.
#[tokio::test]
async fn a_challenged_upload_is_sent_again_whole() {
    let (emulator, device) = started(Emulator::builder().nonce_uses(1)).await;
    let (certificate, key) = issued(&emulator);
    let pass_phrase = Secret::from("hunter2");
    let encrypted = key.to_encrypted_pem(&pass_phrase).expect("encrypted");
    let request = UserCertificateUpload::new(certificate.to_pem(), encrypted);
    let request = request.pass_phrase(pass_phrase).id("@door");
    for _ in 0..3 {
        let stored = device
            .user_certificates()
            .upload(&request)
            .await
            .expect("stored");
        assert_eq!(stored.fingerprint, certificate.sha1_fingerprint());
    }
    let uploads = sent(&emulator, &Method::PUT);
    let statuses: Vec<_> = uploads.iter().filter_map(|seen| seen.status).collect();
    let (challenge, done) = (StatusCode::UNAUTHORIZED, StatusCode::OK);
    assert_eq!(
        statuses,
        [challenge, done, challenge, done, challenge, done]
    );
    for pair in uploads.chunks(2) {
        assert_eq!(pair[0].request.body, pair[1].request.body);
    }
    for seen in uploads {
        assert_eq!(
            (seen.request.path.as_str(), seen.request.query),
            (PATH, None)
        );
    }
}

#[tokio::test]
async fn basic_and_no_credentials() {
    let basic = Emulator::builder().authentication(Authentication::Basic);
    let (emulator, device) = started(basic).await;
    let error = device
        .user_certificates()
        .list()
        .await
        .expect_err("Digest is not offered");
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    let requests = emulator.journal().requests();
    assert!(
        requests
            .iter()
            .all(|seen| seen.request.header("authorization").is_none())
    );
    let device = client(&emulator, Credentials::basic("admin", "secret"));
    device.user_certificates().list().await.expect("Basic");
    let password = Credentials::password("admin", "secret");
    let error = client(&emulator, password).user_certificates().list().await;
    error.expect_err("no Basic over plain HTTP");

    let open = Emulator::builder().authentication(Authentication::None);
    let (emulator, _) = started(open).await;
    let device = client(&emulator, Credentials::none());
    device
        .user_certificates()
        .list()
        .await
        .expect("open to all");
}

/// Basic in the place of Digest, over TLS; and Digest where both are offered.
#[tokio::test]
async fn a_password_goes_as_the_device_wants_it() {
    for (setting, scheme) in [
        (Authentication::Basic, "Basic "),
        (Authentication::Digest, "Digest "),
        (Authentication::DigestOrBasic, "Digest "),
    ] {
        let emulator = Emulator::builder()
            .tls()
            .authentication(setting)
            .start()
            .await;
        let emulator = emulator.expect("the emulator starts");
        let root = Certificate::from_pem(&emulator.ca_pem()).expect("a root");
        let password = Credentials::password("admin", "secret");
        let device = Client::builder(emulator.base_url(), password)
            .tls(Tls::new().own_roots_only().root(root))
            .build()
            .expect("a client");
        device.user_certificates().list().await.expect("signed in");
        let last = emulator.journal().last().expect("a request");
        let sent = last.request.header("authorization").expect("credentials");
        assert!(sent.starts_with(scheme), "{setting:?}");
    }
}

#[tokio::test]
async fn wrong_passwords_are_refused_once() {
    let (emulator, _) = start().await;
    for credentials in [
        Credentials::digest("admin", "hunter2"),
        Credentials::digest("x", "secret"),
    ] {
        emulator.journal().clear();
        assert!(!format!("{credentials:?}").contains("hunter2"));
        let device = client(&emulator, credentials);
        let error = device
            .user_certificates()
            .list()
            .await
            .expect_err("refused");
        assert_eq!(ErrorCode::of(&error), Some(ErrorCode::CREDENTIALS_NEEDED));
        assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
        assert_eq!(emulator.journal().count(), 2);
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
    let basic = client(&emulator, Credentials::basic("admin", "secret"));
    let error = basic
        .user_certificates()
        .list()
        .await
        .expect_err("Digest is set");
    assert_eq!(
        ErrorCode::of(&error),
        Some(ErrorCode::WRONG_AUTHENTICATION_METHOD)
    );
    let (_emulator, device) = started(Emulator::builder().unprivileged()).await;
    let error = device
        .user_certificates()
        .list()
        .await
        .expect_err("no privilege");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::PRIVILEGE_MISSING));
}

#[tokio::test]
async fn unknown_and_protected_certificates_are_told_apart() {
    let (emulator, device) = start().await;
    let unknown = "4deea7060d80bacf1643b4e0f0104c82995075b7";
    for certificate in ["@nobody", unknown] {
        let error = device
            .user_certificates()
            .get(certificate)
            .await
            .expect_err("unknown");
        assert_eq!(ErrorCode::of(&error), Some(ErrorCode::INVALID_PARAMETER));
        let error = device.user_certificates().delete(certificate).await;
        assert_eq!(error.expect_err("unknown").kind(), ErrorKind::Refused);
    }
    let factory = device
        .user_certificates()
        .get("#factory")
        .await
        .expect("found");
    assert_eq!(factory.protected, Some(true));
    assert_eq!(factory.subject.common_name.as_deref(), Some("00-0000-0001"));
    let error = device
        .user_certificates()
        .delete(&factory)
        .await
        .expect_err("protected");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::REFUSED));
    assert!(error.message().expect("words").contains("protected"));
    emulator.journal().clear();
    let error = device
        .user_certificates()
        .delete("#factory")
        .await
        .expect_err("protected");
    nothing_sent(&emulator, &error);
}

#[tokio::test]
async fn uploads_that_cannot_succeed_are_not_sent() {
    let (emulator, device) = start().await;
    let (certificate, key) = issued(&emulator);
    let good = || UserCertificateUpload::from_parts(&certificate, &key);
    for (wrong, reason) in [
        (
            UserCertificateUpload::new("", "key"),
            "certificate is empty",
        ),
        (
            UserCertificateUpload::new("certificate", ""),
            "private key is empty",
        ),
        (good().id("#door"), "`#door`"),
        (good().id("door"), "`door`"),
    ] {
        let error = upload(&device, &wrong).await;
        nothing_sent(&emulator, &error);
        assert!(error.to_string().contains(reason), "{error}");
    }
    let empty = CertificateRef::from("");
    let error = device
        .user_certificates()
        .get(empty)
        .await
        .expect_err("empty");
    nothing_sent(&emulator, &error);
}

#[tokio::test]
async fn uploads_that_the_device_refuses_name_the_parameter() {
    let (emulator, device) = start().await;
    let (certificate, key) = issued(&emulator);
    let (_, other) = issued(&emulator);
    let encrypted = key.to_encrypted_pem("hunter2").expect("encrypted");
    let with_key = |key: String| UserCertificateUpload::new(certificate.to_pem(), key);
    let wrong = with_key(encrypted.clone()).pass_phrase("hunter3");
    for (wrong, code, name) in [
        (wrong, ErrorCode::INVALID_PARAMETER, "password"),
        (
            with_key(encrypted),
            ErrorCode::PARAMETER_MISSING,
            "password",
        ),
        (
            with_key("no key".into()),
            ErrorCode::INVALID_PARAMETER,
            "blob-pk",
        ),
        (
            UserCertificateUpload::from_parts(&certificate, &other),
            ErrorCode::PARAMETERS_COLLIDE,
            "blob-pk",
        ),
        (
            UserCertificateUpload::new("x".repeat(70_000), "key"),
            ErrorCode::TOO_LARGE,
            "blob-cert",
        ),
    ] {
        let error = upload(&device, &wrong).await;
        assert_eq!(ErrorCode::of(&error), Some(code), "{error}");
        assert_eq!(parameter(&error).as_deref(), Some(name));
        assert!(!format!("{error} {error:?}").contains("hunter"));
        assert!(!error.may_have_run());
    }
}

/// The web server restarts when a certificate in use is replaced.
#[tokio::test]
async fn an_upload_whose_answer_is_lost_is_repeated() {
    let (emulator, device) = start().await;
    device.user_certificates().list().await.expect("a nonce");
    let (certificate, key) = issued(&emulator);
    let cut = Fault::close_unanswered().method(Method::PUT).times(1);
    emulator.faults().add(cut);
    let request = UserCertificateUpload::from_parts(&certificate, &key);
    let stored = device
        .user_certificates()
        .upload(&request)
        .await
        .expect("stored");
    assert_eq!(
        stored.replaced,
        Some(certificate.sha1_fingerprint()),
        "by the first attempt"
    );
    assert_eq!(sent(&emulator, &Method::PUT).len(), 2);
}

/// The second attempt finds nothing to delete: the error says what that may mean.
#[tokio::test]
async fn a_deletion_whose_answer_is_lost_may_have_run() {
    let (emulator, device) = start().await;
    device.user_certificates().list().await.expect("a nonce");
    let cut = Fault::close_unanswered().method(Method::DELETE).times(1);
    emulator.faults().add(cut);
    let error = device.user_certificates().delete("@cert-0001").await;
    let error = error.expect_err("it is gone");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::INVALID_PARAMETER));
    assert!(error.may_have_run());
    assert_eq!(error.attempts(), 2);
}

#[tokio::test]
async fn a_stranger_in_the_place_of_the_device_is_not_trusted() {
    let emulator = Emulator::builder().tls().start().await;
    let emulator = emulator.expect("the emulator starts");
    let root = Certificate::from_pem(&emulator.ca_pem()).expect("a root");
    let connect = |tls: Tls| {
        let builder = Client::builder(emulator.base_url(), digest()).tls(tls);
        builder.retry(Retry::never()).build().expect("a client")
    };
    let wrong = connect(Tls::new().pin(PublicKeyPin::of(&root)));
    let error = wrong.system().info().await.expect_err("another key");
    assert_eq!(error.kind(), ErrorKind::NotSent);
    let right = connect(Tls::new().own_roots_only().root(root));
    right.system().info().await.expect("recognized");
}

#[tokio::test]
async fn a_device_tells_who_it_is_without_credentials() {
    let (emulator, _) = start().await;
    let stranger = client(&emulator, Credentials::none());
    let info = stranger.system().info().await.expect("information");
    assert_eq!(info.serial_number.as_deref(), Some("00-0000-0001"));
    assert_eq!(info.build_type, Some(BuildType::Release));
    assert_eq!(info.mac_addr.as_deref(), Some("02-00-00-00-00-01"));
    let (_emulator, device) = started(Emulator::builder().old_firmware()).await;
    let info = device.system().info().await.expect("information");
    assert_eq!((info.build_type, info.dev_type), (None, None));
}

#[tokio::test]
async fn a_switched_off_service_answers_a_page() {
    let (emulator, device) = start().await;
    emulator.faults().add(Fault::html(StatusCode::FORBIDDEN));
    let error = device.user_certificates().list().await.expect_err("a page");
    assert_eq!(error.status(), Some(StatusCode::FORBIDDEN));
    assert_eq!((ErrorCode::of(&error), Refusal::of(&error)), (None, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_callers_sign_in_though_nonces_wear_out() {
    let now_and_then = [
        Emulator::builder().nonce_uses(1),
        Emulator::builder().nonce_uses(3),
        Emulator::builder()
            .algorithms([DigestAlgorithm::Sha512_256])
            .nonce_uses(1),
    ];
    for builder in now_and_then {
        let (_emulator, device) = started(builder).await;
        for _ in 0..5 {
            let calls: Vec<_> = (0..8)
                .map(|_| tokio::spawn(device.user_certificates().list().send()))
                .collect();
            for call in calls {
                call.await.expect("no panic").expect("a list");
            }
        }
    }
}

#[tokio::test]
async fn a_nonce_that_grew_old_is_replaced() {
    let (emulator, device) = start().await;
    device.user_certificates().list().await.expect("a list");
    emulator
        .clock()
        .advance(jiff::SignedDuration::from_secs(301));
    device.user_certificates().list().await.expect("a list");
    let signed = sent(&emulator, &Method::GET);
    assert_eq!(signed.len(), 4);
}
