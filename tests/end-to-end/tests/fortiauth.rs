//! FortiAuthenticator's user certificates against their emulator.

use std::time::Duration;

use cert_core::client::{PublicKeyPin, Retry, Tls};
use cert_core::{Certificate, CertificateSigningRequest, Curve, KeyKind, Name, PrivateKey, Time};
use cert_emulators::Fault;
use cert_emulators::fortiauth::{Builder, Emulator, PemList};
use cert_emulators::frame::Reply;
use fortiauth::{
    Backoff, Client, Credentials, Error, ErrorKind, Renewal, UserCertificate,
    UserCertificateFilter, UserCertificateId, UserCertificateRevocationReason,
    UserCertificateStatus,
};
use http::{Method, StatusCode};

async fn started(builder: Builder) -> (Emulator, Client) {
    let emulator = builder.start().await.expect("the emulator starts");
    let client = client(&emulator, "secret");
    (emulator, client)
}

async fn start() -> (Emulator, Client) {
    started(Emulator::builder()).await
}

fn client(emulator: &Emulator, key: &str) -> Client {
    Client::builder(emulator.base_url(), Credentials::access_key("admin", key))
        .retry(Retry::attempts(3).backoff(Backoff::new(
            Duration::from_millis(5),
            Duration::from_millis(20),
        )))
        .build()
        .expect("the client is set up")
}

fn request(subject: &Name) -> (PrivateKey, CertificateSigningRequest) {
    let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256)).expect("a key");
    let request = CertificateSigningRequest::builder()
        .subject(subject.clone())
        .sign(&key);
    (key, request.expect("a request"))
}

async fn first(fac: &Client) -> UserCertificate {
    fac.user_certificates()
        .get(UserCertificateId::from(1))
        .await
        .expect("the first")
}

fn nothing_sent(emulator: &Emulator, error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert_eq!(emulator.journal().count(), 0, "{error}");
}

#[tokio::test]
async fn a_certificate_lives() {
    let (_emulator, fac) = start().await;
    let old = first(&fac).await;
    assert_eq!(old.status, Some(UserCertificateStatus::Active));
    let subject = old.subject.clone().expect("a subject");

    let (key, request) = request(&subject);
    let renewal =
        Renewal::new(old.name.clone().expect("a name"), &request, 90_u32).revoke_old(true);
    let renewed = fac
        .user_certificates()
        .renew(&renewal)
        .await
        .expect("renewed");
    assert_ne!(renewed.name, old.name);
    let certificate = renewed.certificate.decode().expect("a certificate");
    assert!(key.belongs_to(&certificate).expect("comparable"));
    assert_eq!(certificate.subject(), &subject);

    let filter = UserCertificateFilter::new().subject_exact(subject.to_string());
    let both = fac
        .user_certificates()
        .list(&filter)
        .collect()
        .await
        .expect("a list");
    let [gone, new] = both.as_slice() else {
        panic!("{both:?}")
    };
    assert_eq!(
        gone.revocation_reason,
        Some(UserCertificateRevocationReason::Superseded)
    );
    assert_eq!(new.serial.as_ref(), Some(certificate.serial()));
    assert_eq!(new.expiry.as_ref(), Some(certificate.not_after()));
    assert_eq!(new.issuer_name().as_ref(), Some(certificate.issuer()));

    let held = fac
        .user_certificates()
        .revoke(
            new.id.expect("an id"),
            UserCertificateRevocationReason::CertificateHold,
        )
        .await;
    let held = held.expect("revoked").expect("told");
    assert_eq!(held.status, Some(UserCertificateStatus::Revoked));
    let active = fac
        .user_certificates()
        .unrevoke(&held)
        .await
        .expect("lifted")
        .expect("told");
    assert_eq!(
        (active.status, active.revocation_reason),
        (new.status.clone(), None)
    );

    let reason = cert_core::RevocationReason::KeyCompromise;
    fac.user_certificates()
        .revoke(new.id.expect("an id"), reason)
        .await
        .expect("revoked for good");
    let again = fac
        .user_certificates()
        .unrevoke(new.id.expect("an id"))
        .await
        .expect_err("not on hold");
    assert_eq!(again.status(), Some(StatusCode::BAD_REQUEST));
    assert!(again.message().expect("a sentence").contains("on hold"));
}

#[tokio::test]
async fn what_is_no_hold_is_refused_before_it_is_sent() {
    let (emulator, fac) = start().await;
    let active = first(&fac).await;
    let revoked = UserCertificateId::from(12);
    let revoked = fac
        .user_certificates()
        .get(revoked)
        .await
        .expect("a revoked one");
    assert_eq!(
        revoked.revocation_reason,
        Some(UserCertificateRevocationReason::KeyCompromise)
    );
    emulator.journal().clear();
    for (certificate, reason) in [
        (&active, "not revoked but `Active`"),
        (&revoked, "for good"),
    ] {
        let error = fac
            .user_certificates()
            .unrevoke(certificate)
            .await
            .expect_err("no hold");
        nothing_sent(&emulator, &error);
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[tokio::test]
async fn a_reason_without_a_word_is_refused_before_it_is_sent() {
    let (emulator, fac) = start().await;
    for reason in [
        UserCertificateRevocationReason::from(cert_core::RevocationReason::PrivilegeWithdrawn),
        UserCertificateRevocationReason::from("because"),
    ] {
        let error = fac
            .user_certificates()
            .revoke(1, reason)
            .await
            .expect_err("no word");
        nothing_sent(&emulator, &error);
        assert!(error.to_string().contains("Certificate Hold"), "{error}");
    }
}

#[tokio::test]
async fn renewals_that_cannot_succeed_are_not_sent() {
    let (emulator, fac) = start().await;
    let (_, request) = request(&"CN=x".into());
    let wrong = [
        (Renewal::new("user-0001", "", 30_u32), "empty"),
        (Renewal::new("user-0001", " \n", 30_u32), "empty"),
        (
            Renewal::new("user-0001", "no request", 30_u32),
            "cannot be read",
        ),
        (Renewal::new("user-0001", &request, 0_u32), "`days` is 0"),
        (Renewal::new("", &request, 30_u32), "no name"),
    ];
    for (renewal, reason) in wrong {
        let error = fac
            .user_certificates()
            .renew(&renewal)
            .await
            .expect_err("refused");
        nothing_sent(&emulator, &error);
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[tokio::test]
async fn renewals_for_others_are_refused_by_the_device() {
    let (_emulator, fac) = start().await;
    let subject = first(&fac).await.subject.expect("a subject");
    let (_, other) = request(&"CN=somebody else".into());
    let (_, same) = request(&subject);
    for (renewal, reason) in [
        (Renewal::new("user-0001", &other, 30_u32), "subject"),
        (Renewal::new("nobody's", &same, 30_u32), "nobody's"),
    ] {
        let error = fac
            .user_certificates()
            .renew(&renewal)
            .await
            .expect_err("refused");
        assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
        assert!(
            error.message().expect("a sentence").contains(reason),
            "{error}"
        );
        assert!(!error.may_have_run());
    }
}

#[tokio::test]
async fn a_renewal_whose_answer_is_lost_is_not_repeated() {
    let (emulator, fac) = start().await;
    let (_, request) = request(&first(&fac).await.subject.expect("a subject"));
    emulator
        .faults()
        .add(Fault::close_unanswered().method(Method::POST).times(1));
    let renewal = Renewal::new("user-0001", &request, 30_u32);
    let error = fac
        .user_certificates()
        .renew(&renewal)
        .await
        .expect_err("the answer is lost");
    assert!(error.may_have_run());
    assert_eq!(error.attempts(), 1);
    let filter = UserCertificateFilter::new().subject_contains("CN=user-0001");
    let found = fac
        .user_certificates()
        .list(&filter)
        .collect()
        .await
        .expect("a list");
    assert_eq!(found.len(), 2, "looking it up finds it");
}

#[tokio::test]
async fn a_repeated_revocation_may_be_refused_though_it_has_run() {
    let (emulator, fac) = start().await;
    let lost = Fault::close_unanswered().method(Method::PATCH).times(1);
    emulator.faults().add(lost);
    let hold = UserCertificateRevocationReason::CertificateHold;
    let error = fac.user_certificates().revoke(1, hold.clone()).await;
    let error = error.expect_err("revoked already, by the first attempt");
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    assert_eq!(error.attempts(), 2);
    assert!(error.may_have_run(), "look it up: {error}");
    assert_eq!(first(&fac).await.revocation_reason, Some(hold));
}

#[tokio::test]
async fn the_whole_list_is_read_whatever_the_page_size() {
    let (emulator, fac) = started(Emulator::builder().certificates(45)).await;
    let all = || fac.user_certificates().list(&UserCertificateFilter::new());
    for pages in [
        all(),
        all().page_size(7),
        all().page_size(5_000),
        all().vendor_page_size(),
    ] {
        let ids: Vec<_> = pages
            .collect()
            .await
            .expect("a list")
            .iter()
            .map(|c| c.id.expect("an id").value())
            .collect();
        assert_eq!(ids, (1..=45).collect::<Vec<_>>());
    }
    let resumed = all()
        .page_size(10)
        .resume(40)
        .collect()
        .await
        .expect("the rest");
    assert_eq!(resumed.len(), 5);
    let last = emulator.journal().last().expect("a request");
    assert_eq!(last.request.header("accept"), Some("application/json"));
    let page = fac
        .user_certificates()
        .page(&UserCertificateFilter::new(), None, Some(20))
        .await;
    let page = page.expect("a page");
    let meta = page.meta.expect("a paging block");
    assert_eq!(
        (meta.limit, meta.offset, meta.total_count),
        (Some(20), Some(20), Some(45))
    );
    assert!(
        meta.next
            .expect("a third page")
            .starts_with("/api/v1/usercerts/?")
    );
}

#[tokio::test]
async fn a_list_that_breaks_off_is_no_short_list() {
    let (emulator, fac) = started(Emulator::builder().certificates(3)).await;
    let body = br#"{"meta": {"limit": 20, "next": null, "offset": 0, "previous": null,
        "total_count": 3}, "objects": []}"#;
    let empty = Reply::bytes(StatusCode::OK, "application/json", &body[..]);
    emulator.faults().add(Fault::instead(empty).times(1));
    let list = fac
        .user_certificates()
        .list(&UserCertificateFilter::new())
        .collect()
        .await;
    assert_eq!(
        list.expect_err("3 are missing").kind(),
        ErrorKind::Unexpected
    );
}

#[tokio::test]
async fn filters_and_order() {
    let (_emulator, fac) = start().await;
    let subject = "/C=XX/O=Example Corp/OU=Engineering/CN=user-0002";
    let count = async |filter: UserCertificateFilter| {
        fac.user_certificates()
            .list(&filter)
            .collect()
            .await
            .expect("a list")
            .len()
    };
    let filter = UserCertificateFilter::new;
    assert_eq!(count(filter().subject_exact(subject)).await, 1);
    assert_eq!(
        count(filter().subject_exact(subject.to_lowercase())).await,
        0
    );
    assert_eq!(
        count(filter().subject_iexact(subject.to_lowercase())).await,
        1
    );
    assert_eq!(count(filter().subject_contains("OU=Sales")).await, 20);
    assert_eq!(count(filter().subject_contains("ou=sales")).await, 0);
    assert_eq!(count(filter().subject_icontains("ou=sales")).await, 20);
    let ordered = fac.user_certificates().list(&filter().order_by("-expiry"));
    let ordered = ordered.collect().await.expect("a list");
    let expiries: Vec<Time> = ordered.into_iter().filter_map(|one| one.expiry).collect();
    assert!(expiries.is_sorted_by(|a, b| a >= b) && expiries.len() == 40);
    let refused = fac
        .user_certificates()
        .list(&filter().order_by("shoe size"));
    let error = refused.collect().await.expect_err("no such field");
    assert!(
        error.message().expect("a sentence").contains("'shoe size'"),
        "{error}"
    );
}

#[tokio::test]
async fn the_pem_list_is_read_in_every_wrapping() {
    for (shape, count) in [
        (PemList::Page, 40),
        (PemList::Array, 40),
        (PemList::Object, 1),
    ] {
        let (_emulator, fac) = started(Emulator::builder().pem_list(shape)).await;
        let list = fac
            .user_certificates()
            .list_pem(&UserCertificateFilter::new());
        let list = list.collect().await.expect("a list");
        assert_eq!(list.len(), count, "{shape:?}");
        let certificate = list[0].certificate.decode().expect("a certificate");
        assert_eq!(certificate.subject().common_name(), Some("user-0001"));
    }
}

#[tokio::test]
async fn a_wrong_key_and_a_missing_permission_are_told() {
    let (emulator, _) = start().await;
    let error = client(&emulator, "hunter2")
        .user_certificates()
        .get(1)
        .await;
    let error = error.expect_err("a wrong key");
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!(error.attempts(), 1);
    let text = format!("{error} {error:?}");
    assert!(
        text.contains("access key") && text.contains("permission"),
        "{text}"
    );
    assert!(!text.contains("hunter2"));

    let (_emulator, fac) = started(Emulator::builder().read_only()).await;
    first(&fac).await;
    let error = fac
        .user_certificates()
        .revoke(1, UserCertificateRevocationReason::Unspecified)
        .await;
    assert_eq!(
        error.expect_err("no permission").status(),
        Some(StatusCode::FORBIDDEN)
    );
}

#[tokio::test]
async fn an_unknown_number_is_not_found() {
    let (_emulator, fac) = start().await;
    let error = fac
        .user_certificates()
        .get(4711)
        .await
        .expect_err("no such number");
    assert!(error.is_not_found());
    assert!(error.body().is_empty());
    assert_eq!(
        error.message(),
        Some("there is no user certificate of this number")
    );
}

#[tokio::test]
async fn refusals_of_other_forms_keep_their_text() {
    let (emulator, fac) = start().await;
    let page = "<html><body><h1>Server Error (500)</h1></body></html>";
    let replies = [
        (
            Reply::bytes(
                StatusCode::BAD_REQUEST,
                "application/json",
                r#"{"detail": "no"}"#,
            ),
            "no",
        ),
        (
            Reply::bytes(StatusCode::INTERNAL_SERVER_ERROR, "text/html", page),
            "Server Error (500)",
        ),
    ];
    for (reply, text) in replies {
        emulator.faults().add(Fault::instead(reply).times(1));
        let error = fac.user_certificates().get(1).await.expect_err("refused");
        assert_eq!(error.message(), Some(text));
    }
}

#[tokio::test]
async fn a_change_answered_without_content_has_succeeded() {
    let (emulator, fac) = start().await;
    emulator
        .faults()
        .add(Fault::instead(Reply::empty(StatusCode::NO_CONTENT)).times(1));
    let told = fac
        .user_certificates()
        .revoke(1, UserCertificateRevocationReason::Superseded)
        .await;
    assert_eq!(told.expect("any 2xx will do"), None);
}

#[tokio::test]
async fn a_factory_certificate_is_pinned() {
    let (emulator, _) = started(Emulator::builder().tls()).await;
    let credentials = || Credentials::access_key("admin", "secret");
    let stranger = Client::new(emulator.base_url(), credentials()).expect("a client");
    let error = stranger
        .user_certificates()
        .get(1)
        .await
        .expect_err("not trusted");
    assert_eq!(error.kind(), ErrorKind::NotSent);
    let root = Certificate::from_pem(&emulator.ca_pem()).expect("a root");
    let wrong_pin = Tls::new().pin(PublicKeyPin::of(&root));
    let wrong = Client::builder(emulator.base_url(), credentials()).tls(wrong_pin);
    let error = wrong
        .build()
        .expect("a client")
        .user_certificates()
        .get(1)
        .await;
    assert_eq!(
        error.expect_err("the root's key is another").kind(),
        ErrorKind::NotSent
    );
    let trusting = Client::builder(emulator.base_url(), credentials());
    let trusting = trusting
        .tls(Tls::new().root(root))
        .build()
        .expect("a client");
    first(&trusting).await;
}
