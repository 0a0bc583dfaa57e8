//! BlackBerry UEM against its emulator.

use std::time::Duration;

use bb_uem::{
    AuthorizationRequest, Backoff, BundleId, CertificateId, Client, Credentials,
    EmbeddedCertificate, EmbeddedCertificateId, EnrollmentStatus, ErrorCode, ErrorKind, NotAllowed,
    UserSearch,
};
use cert_core::Certificate;
use cert_core::client::{Retry, Tls};
use cert_emulators::Fault;
use cert_emulators::bb_uem::{Builder, Emulator};
use cert_emulators::frame::Reply;
use http::{Method, StatusCode};

fn credentials() -> Credentials {
    Credentials::password("SRP00000", "admin", "secret")
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
    let client = client(&emulator, credentials());
    (emulator, client)
}

async fn start() -> (Emulator, Client) {
    started(Emulator::builder()).await
}

/// The embedded certificates of the user with this number: what they are goes by it.
async fn of_user(uem: &Client, number: u32) -> Vec<EmbeddedCertificate> {
    let search = UserSearch::new().query(format!("username=user-{number:04}"));
    let users = uem.users().search(&search).collect().await.expect("users");
    let [user] = users.as_slice() else {
        panic!("{users:?}")
    };
    let list = uem
        .users()
        .embedded_certificates(&user.guid)
        .await
        .expect("a list");
    list.embedded_certificates
}

async fn only(uem: &Client, number: u32) -> EmbeddedCertificate {
    let mut all = of_user(uem, number).await;
    assert_eq!(all.len(), 1);
    all.remove(0)
}

async fn count(uem: &Client, number: u32) -> usize {
    of_user(uem, number).await.len()
}

#[tokio::test]
async fn a_certificate_is_found_downloaded_renewed_and_deleted() {
    let (emulator, uem) = start().await;
    let found = only(&uem, 2).await;
    assert_eq!(
        uem.embedded_certificates()
            .get(&found.guid)
            .await
            .expect("the same"),
        found
    );
    let id = found.certificate().expect("a link");
    let file = uem.certificates().download(&id).await.expect("a file");
    assert_eq!(file.media_type.as_deref(), Some("application/pkix-cert"));
    let name = file.file_name.as_deref().expect("a name");
    assert_eq!(name, format!("ExamplePolicy-user-0002-{id}.cer"));
    let certificate = Certificate::from_der(&file.bytes).expect("a certificate");
    assert_eq!(certificate.subject().common_name(), Some("user-0002"));

    let allowed = uem.certificates().allowed(&id).await.expect("methods");
    assert!(allowed.can_get() && allowed.can_delete() && allowed.can_renew());
    uem.certificates().renew(&id).await.expect("started");
    assert_eq!(count(&uem, 2).await, 1, "not done yet");
    emulator.clock().advance(jiff_minutes(2));
    assert_eq!(count(&uem, 2).await, 2, "the successor has come");

    uem.certificates().delete(&id).await.expect("accepted");
    emulator.clock().advance(jiff_minutes(2));
    assert_eq!(count(&uem, 2).await, 1, "the old one is gone");
    let error = uem.certificates().delete(&id).await.expect_err("gone");
    assert!(error.is_not_found() && !error.may_have_run());
}

fn jiff_minutes(minutes: i64) -> jiff::SignedDuration {
    jiff::SignedDuration::from_mins(minutes)
}

#[tokio::test]
async fn a_bundle_is_handled_as_one() {
    let (emulator, uem) = start().await;
    let pair = of_user(&uem, 1).await;
    assert_eq!(pair.len(), 2);
    let id = pair[0].bundle().expect("a bundle");
    let bundle = uem.bundles().get(&id).await.expect("the bundle");
    let members: Vec<_> = bundle.certificates().collect();
    let linked: Vec<_> = pair
        .iter()
        .filter_map(EmbeddedCertificate::certificate)
        .collect();
    assert_eq!(members, linked);
    let allowed = uem.bundles().allowed(&id).await.expect("methods");
    assert!(allowed.can_get() && allowed.can_delete() && allowed.can_renew());

    let error = uem
        .certificates()
        .delete(&members[0])
        .await
        .expect_err("a member");
    let refusal = NotAllowed::of(&error).expect("a refusal of this method");
    let allowed = refusal.allowed.expect("told by the server");
    assert!(allowed.can_get() && !allowed.can_delete() && !allowed.can_renew());

    uem.bundles().renew(&id).await.expect("started");
    emulator.clock().advance(jiff_minutes(2));
    assert_eq!(count(&uem, 1).await, 4);
    uem.bundles().delete(&id).await.expect("accepted");
    emulator.clock().advance(jiff_minutes(2));
    assert_eq!(count(&uem, 1).await, 2);
    assert!(
        uem.bundles()
            .get(&id)
            .await
            .expect_err("gone")
            .is_not_found()
    );
}

#[tokio::test]
async fn a_protected_certificate_refuses_everything_by_type() {
    let (_emulator, uem) = start().await;
    let id = only(&uem, 4).await.certificate().expect("a link");
    let allowed = uem.certificates().allowed(&id).await.expect("methods");
    assert!(!allowed.can_get() && !allowed.can_delete() && !allowed.can_renew());
    let download = uem
        .certificates()
        .download(&id)
        .await
        .expect_err("protected");
    let renew = uem.certificates().renew(&id).await.expect_err("protected");
    let delete = uem.certificates().delete(&id).await.expect_err("protected");
    for error in [download, renew, delete] {
        assert_eq!(
            NotAllowed::of(&error).and_then(|refusal| refusal.allowed),
            Some(allowed.clone())
        );
        assert_eq!(ErrorCode::of(&error), Some(ErrorCode::from(405)));
        assert_eq!(
            ErrorCode::id_of(&error).as_deref(),
            Some("METHOD_NOT_ALLOWED")
        );
        assert!(!error.may_have_run());
    }
}

#[tokio::test]
async fn enrolments_tell_place_and_status() {
    let (_emulator, uem) = start().await;
    let dynamics = of_user(&uem, 1).await.remove(0);
    assert!(dynamics.is_enrolled());
    let places = uem
        .embedded_certificates()
        .enrollments(&dynamics.guid)
        .await
        .expect("places");
    let [place] = places.certificate_enrollments.as_slice() else {
        panic!("{places:?}")
    };
    assert_eq!(place.status, Some(EnrollmentStatus::Verified));
    assert!(place.link.as_ref().and_then(bb_uem::Link::target).is_some());

    let device = only(&uem, 2).await;
    let places = uem
        .embedded_certificates()
        .enrollments(&device.guid)
        .await
        .expect("places");
    assert_eq!(places.certificate_enrollments[0].status, None);

    let uploaded = only(&uem, 3).await;
    assert!(!uploaded.is_enrolled());
    let places = uem
        .embedded_certificates()
        .enrollments(&uploaded.guid)
        .await
        .expect("places");
    assert!(places.certificate_enrollments.is_empty());
}

#[tokio::test]
async fn links_name_a_host_that_is_never_asked() {
    let (emulator, uem) = start().await;
    let found = only(&uem, 2).await;
    let href = found.links[0].href.as_deref().expect("an address");
    assert!(href.starts_with("https://server01:18084/"));
    uem.certificates()
        .allowed(&found.certificate().expect("a link"))
        .await
        .expect("methods");
    let last = emulator.journal().last().expect("a request");
    assert!(
        last.request
            .path
            .starts_with("/SRP00000/api/v1/pki/certificates/")
    );
}

#[tokio::test]
async fn users_are_read_page_by_page() {
    let (emulator, uem) = started(Emulator::builder().certificates(130)).await;
    let all = || uem.users().search(&UserSearch::new().sort_by("username"));
    let users = all().collect().await.expect("users");
    assert!(users.len() > 100);
    assert_eq!(users[0].admin, Some(true));
    for pages in [all().page_size(7), all().vendor_page_size()] {
        assert_eq!(pages.collect().await.expect("users"), users);
    }
    let start = UserSearch::new()
        .query("emailAddress=user-001*")
        .sort_by("username DESC");
    let names: Vec<_> = uem.users().search(&start).collect().await.expect("users");
    let names: Vec<_> = names
        .iter()
        .filter_map(|user| user.username.as_deref())
        .collect();
    assert_eq!((names.len(), names.first()), (10, Some(&"user-0019")));
    let page = uem
        .users()
        .page(&UserSearch::new(), Some(3), None)
        .await
        .expect("a page");
    assert_eq!((page.users.len(), page.total), (3, None));
    let error = uem
        .users()
        .search(&UserSearch::new().query("user-0001"))
        .collect()
        .await;
    assert_eq!(
        error.expect_err("no field").status(),
        Some(StatusCode::BAD_REQUEST)
    );
    let last = emulator.journal().last().expect("a request");
    assert!(
        last.request
            .header("accept")
            .expect("a type")
            .contains("users-v1+json")
    );
}

#[tokio::test]
async fn one_sign_in_serves_many_calls_and_is_renewed_once() {
    let (emulator, uem) = start().await;
    let sign_ins = || {
        emulator
            .journal()
            .requests_to("/SRP00000/api/v1/util/authorization")
            .len()
    };
    let users = || uem.users().page(&UserSearch::new(), None, None).send();
    let (one, two, three) = tokio::join!(users(), users(), users());
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert_eq!(sign_ins(), 1);
    emulator.state().end_sign_ins();
    users().await.expect("signed in anew");
    assert_eq!(sign_ins(), 2);
}

#[tokio::test]
async fn a_wrong_password_is_told_and_never_shown() {
    let (emulator, _) = start().await;
    let uem = client(
        &emulator,
        Credentials::password("SRP00000", "admin", "hunter2"),
    );
    let error = uem
        .users()
        .page(&UserSearch::new(), None, None)
        .await
        .expect_err("wrong");
    assert_eq!(error.kind(), ErrorKind::SignIn);
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    let text = format!("{error} {error:?} {uem:?}");
    assert!(text.contains("Bad credentials"), "{text}");
    for secret in ["hunter2", "aHVudGVyMg=="] {
        assert!(!text.contains(secret), "{text}");
    }
    let directory = Credentials::directory("SRP00000", "example", "admin", "secret");
    let error = client(&emulator, directory)
        .users()
        .page(&UserSearch::new(), None, None)
        .await;
    assert_eq!(error.expect_err("no such domain").kind(), ErrorKind::SignIn);
}

#[tokio::test]
async fn a_sign_in_value_and_a_token_can_be_brought_along() {
    let (emulator, uem) = started(Emulator::builder().bearer("token")).await;
    let request = AuthorizationRequest::local("admin", "secret");
    let value = uem.authorize(&request).await.expect("a value");
    assert!(value.expose().starts_with("besng-basic "));
    assert!(!format!("{value:?} {request:?}").contains("secret"));
    let first = emulator.journal().last().expect("a request").request;
    assert_eq!(
        first.header("authorization"),
        None,
        "nobody signs in to sign in"
    );
    for credentials in [
        Credentials::authorization("SRP00000", value.expose()),
        Credentials::bearer("SRP00000", "token"),
    ] {
        let uem = client(&emulator, credentials);
        uem.users()
            .page(&UserSearch::new(), None, None)
            .await
            .expect("signed in");
    }
    let wrong = client(&emulator, Credentials::bearer("SRP00000", "another"));
    let error = wrong
        .users()
        .page(&UserSearch::new(), None, None)
        .await
        .expect_err("unknown");
    assert_eq!(
        (error.status(), error.attempts()),
        (Some(StatusCode::UNAUTHORIZED), 1)
    );
    let error = uem
        .authorize(&AuthorizationRequest::local("admin", "hunter2"))
        .await;
    assert_eq!(
        error.expect_err("wrong").status(),
        Some(StatusCode::BAD_REQUEST)
    );
}

#[tokio::test]
async fn a_ping_needs_no_sign_in() {
    let (emulator, _) = start().await;
    let uem = client(
        &emulator,
        Credentials::password("SRP00000", "admin", "hunter2"),
    );
    assert!(uem.ping().await.expect("up").starts_with("Uptime"));
    assert_eq!(emulator.journal().count(), 1);
    let other = client(
        &emulator,
        Credentials::password("SRP99999", "admin", "secret"),
    );
    assert!(
        other
            .ping()
            .await
            .expect_err("another tenant")
            .is_not_found()
    );
}

#[tokio::test]
async fn unknown_ids_and_impossible_ones() {
    let (emulator, uem) = start().await;
    let unknown = "00000009-0000-4000-8000-000000000009";
    let certificate = CertificateId::from(unknown);
    assert!(
        uem.certificates()
            .download(&certificate)
            .await
            .expect_err("none")
            .is_not_found()
    );
    assert!(
        uem.bundles()
            .allowed(&BundleId::from(unknown))
            .await
            .expect_err("none")
            .is_not_found()
    );
    let embedded = EmbeddedCertificateId::from(unknown);
    assert!(
        uem.embedded_certificates()
            .get(&embedded)
            .await
            .expect_err("none")
            .is_not_found()
    );
    emulator.journal().clear();
    for id in ["", ".."] {
        let error = uem
            .certificates()
            .delete(&CertificateId::from(id))
            .await
            .expect_err("no id");
        assert_eq!(error.kind(), ErrorKind::Argument);
    }
    for tenant in ["", "SRP00000/../x", "a b"] {
        let credentials = Credentials::password(tenant, "admin", "secret");
        let error = Client::new(emulator.base_url(), credentials).expect_err("no tenant");
        assert!(error.to_string().contains("SRP id"), "{error}");
    }
    assert_eq!(emulator.journal().count(), 0);
}

#[tokio::test]
async fn lost_answers_to_deletion_and_renewal() {
    let (emulator, uem) = start().await;
    let uploaded = only(&uem, 3).await.certificate().expect("a link");
    emulator
        .faults()
        .add(Fault::close_unanswered().method(Method::DELETE).times(1));
    let error = uem
        .certificates()
        .delete(&uploaded)
        .await
        .expect_err("gone at the second try");
    assert!(
        error.is_not_found() && error.may_have_run(),
        "gone, as it should be: {error}"
    );

    let device = only(&uem, 2).await.certificate().expect("a link");
    emulator
        .faults()
        .add(Fault::close_unanswered().method(Method::PATCH).times(1));
    let error = uem
        .certificates()
        .renew(&device)
        .await
        .expect_err("the answer is lost");
    assert!(error.may_have_run());
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn refusals_without_the_vendors_form_keep_their_text() {
    let (emulator, uem) = start().await;
    uem.users()
        .page(&UserSearch::new(), None, None)
        .await
        .expect("signed in");
    let replies = [
        (
            r#"{"subStatusCode": 403}"#,
            Some(ErrorCode::NOT_AUTHORIZED),
            None,
        ),
        (r#"{"message": "no"}"#, None, Some("no")),
        ("<html><h1>Forbidden</h1></html>", None, Some("Forbidden")),
        ("", None, None),
    ];
    for (body, code, message) in replies {
        let reply = Reply::bytes(StatusCode::FORBIDDEN, "application/json", body);
        emulator.faults().add(Fault::instead(reply).times(1));
        let error = uem
            .users()
            .page(&UserSearch::new(), None, None)
            .await
            .expect_err("refused");
        assert_eq!(
            (ErrorCode::of(&error), error.message()),
            (code, message),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_private_root_is_trusted_when_given() {
    let (emulator, _) = started(Emulator::builder().tls()).await;
    let root = Certificate::from_pem(&emulator.ca_pem()).expect("a root");
    let uem = Client::builder(emulator.base_url(), credentials()).tls(Tls::new().root(root));
    assert_eq!(count(&uem.build().expect("a client"), 1).await, 2);
    let stranger = Client::new(emulator.base_url(), credentials()).expect("a client");
    let error = stranger
        .users()
        .page(&UserSearch::new(), None, None)
        .await
        .expect_err("unknown");
    assert_eq!(error.kind(), ErrorKind::SignIn, "{error}");
}

#[tokio::test]
async fn names_of_files_lead_nowhere() {
    let (emulator, uem) = start().await;
    uem.users()
        .page(&UserSearch::new(), None, None)
        .await
        .expect("signed in");
    let disposition = "attachment; filename=\"../../etc/passwd.cer\"";
    let reply = Reply::bytes(StatusCode::OK, "application/pkix-cert", "DER");
    let reply = reply.header(http::header::CONTENT_DISPOSITION, disposition);
    emulator.faults().add(Fault::instead(reply).times(1));
    let file = uem.certificates().download(&"c-1".into()).await;
    assert_eq!(
        file.expect("a file").file_name.as_deref(),
        Some("passwd.cer")
    );
}

#[tokio::test]
async fn the_sign_in_goes_where_the_calls_go() {
    let emulator = Emulator::builder()
        .start()
        .await
        .expect("the emulator starts");
    let url = emulator.base_url();
    for odd in [
        format!(" {url}/elsewhere/.. "),
        format!("{url}///"),
        url.replace("://", ":").replacen("http", "HTTP", 1),
    ] {
        let uem = Client::new(&odd, credentials()).expect("the client is set up");
        let users = uem.users().search(&UserSearch::new()).collect().await;
        assert!(!users.expect(&odd).is_empty());
    }
}
