#![expect(
    deprecated,
    reason = "what the vendor still serves is held to its samples too"
)]

use std::time::Duration;

use cert_core::client::{Backoff, Call, ExternalClient, Http, Json, Pages, Retry, Tls};
use contract::{Exchange, External, Suite};
use sectigo_scm::code_signing_requests::{
    CreatedSigningRequest, DigestAlgorithm, FileType, ListedSigningRequest, Signable, SigningError,
    SigningFiles, SigningHashes, SigningLook, SigningState, SigningType,
};
use sectigo_scm::{Client, Credentials, ErrorKind, List, OrganizationId, SigningRequestId};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::client_answered;

type Listed<'c> = Pages<'c, List<ListedSigningRequest>>;

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    deciding(requesting(suite)).mandatory([
        "csod_developer_create_request requestId",
        "csod_developer_count_requests count",
        "csod_admin_count_requests count",
    ])
}

fn requesting(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("csod_developer_create_request", create)
        .external("csod_developer_upload_files", upload)
        .case("csod_developer_submit_request", |scm: &Client, x| {
            let id: SigningRequestId = x.body().need("requestId");
            scm.code_signing_requests().submit(id)
        })
        .case("csod_developer_count_requests", |scm: &Client, _| {
            scm.code_signing_requests().count()
        })
        .pages("csod_developer_list_requests", |scm: &Client, x| {
            part(x, scm.code_signing_requests().list())
        })
        .case("csod_developer_get_request", |scm: &Client, x| {
            scm.code_signing_requests().get(number(x))
        })
}

fn deciding(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("csod_admin_approve_request", |scm: &Client, x| {
            let (id, comment) = decision(x);
            scm.code_signing_decisions().approve(id, comment.as_deref())
        })
        .case("csod_admin_decline_request", |scm: &Client, x| {
            let (id, comment) = decision(x);
            scm.code_signing_decisions().decline(id, comment.as_deref())
        })
        .case("csod_admin_count_requests", |scm: &Client, _| {
            scm.code_signing_decisions().count()
        })
        .pages("csod_admin_list_requests", |scm: &Client, x| {
            part(x, scm.code_signing_decisions().list())
        })
        .case("csod_admin_get_request", |scm: &Client, x| {
            scm.code_signing_decisions().get(number(x))
        })
}

fn number(exchange: &Exchange) -> SigningRequestId {
    exchange.path("requestId")
}

fn part<'c>(exchange: &Exchange, pages: Listed<'c>) -> Listed<'c> {
    let query = exchange.query();
    let pages = pages.resume(query.opt("position").unwrap_or(0));
    match query.opt("size") {
        Some(size) => pages.page_size(size),
        None => pages.vendor_page_size(),
    }
}

fn decision(exchange: &Exchange) -> (SigningRequestId, Option<String>) {
    let body = exchange.body();
    (body.need("requestId"), body.opt("comment"))
}

fn create<'c>(scm: &'c Client, exchange: &Exchange) -> Call<'c, Json<CreatedSigningRequest>> {
    let body = exchange.body();
    let organization: OrganizationId = body.need("organizationId");
    let version: String = body.need("version");
    let algorithm: DigestAlgorithm = body.need("algorithms");
    let requests = scm.code_signing_requests();
    match body.need("signingType") {
        SigningType::HashSum => {
            requests.create(organization, &version, &SigningHashes::new(algorithm))
        }
        kind => {
            let kind: FileType = kind.as_str().into();
            requests.create(organization, &version, &SigningFiles::new(kind, algorithm))
        }
    }
}

fn upload<'a>(scm: &'a Client, exchange: &'a Exchange) -> External<'a> {
    let file = exchange.part("file1");
    let name = file.file_name.as_deref().unwrap_or_default();
    let files = java().file(name, file.content.clone());
    let created = created(&exchange.link());
    Box::pin(async move {
        let requests = scm.code_signing_requests();
        requests.upload(&agent(), &created, &files).await
    })
}

fn created(link: &str) -> CreatedSigningRequest {
    let told = json!({ "requestId": 5, "uploadUrl": link });
    serde_json::from_value(told).expect("an answer")
}

fn java() -> SigningFiles {
    SigningFiles::new(FileType::Java, DigestAlgorithm::Sha256)
}

fn agent() -> ExternalClient {
    let http = Http::with_tls(Tls::new(), Duration::from_secs(5)).expect("a transport");
    ExternalClient::new(http).allowing_loopback()
}

async fn developer_answered(
    answers: impl IntoIterator<Item = ResponseTemplate>,
) -> (Client, MockServer) {
    let server = MockServer::start().await;
    for answer in answers {
        let mock = Mock::given(any()).respond_with(answer).up_to_n_times(1);
        mock.mount(&server).await;
    }
    let credentials = Credentials::developer("ada@example.com", "s3cr3t", "cst1");
    let builder = Client::builder(server.uri(), credentials).retry(Retry::never());
    (builder.build().expect("a client for loopback"), server)
}

fn answer(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// Neither side's calls leave a client with credentials of the other.
#[tokio::test]
async fn the_wrong_credentials_are_refused_before_anything_is_sent() {
    let (admin, servers) = client_answered(200, json!({ "count": 0 })).await;
    let requests = admin.code_signing_requests();
    let wrong = [
        requests.create(7, "1", &java()).await.map(drop),
        requests.submit(5).await,
        requests.count().await.map(drop),
        requests.get(5).await.map(drop),
        requests.list().collect().await.map(drop),
    ];
    let (developer, other) = developer_answered([]).await;
    let decisions = developer.code_signing_decisions();
    let wrong = wrong.into_iter().chain([
        decisions.approve(5, "fine").await,
        decisions.decline(5, None).await,
        decisions.count().await.map(drop),
        decisions.get(5).await.map(drop),
        decisions.list().collect().await.map(drop),
        developer.ssl().get(5).await.map(drop),
    ]);
    for outcome in wrong {
        let error = outcome.expect_err("other credentials");
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.to_string().contains("other credentials"), "{error}");
    }
    for server in [servers, other] {
        assert_eq!(server.received_requests().await.expect("requests").len(), 0);
    }
}

#[tokio::test]
async fn several_algorithms_travel_as_one_text() {
    let told = json!({ "requestId": 5, "uploadUrl": "https://agent.example/p?requestId=5" });
    let (scm, server) = developer_answered([answer(told)]).await;
    let files = java().and_algorithm(DigestAlgorithm::Sha512);
    let created = scm.code_signing_requests().create(7, "1.4", &files).await;
    assert_eq!(created.expect("a request").id, SigningRequestId::from(5));
    let requests = server.received_requests().await.expect("requests");
    let sent: Value = requests[0].body_json().expect("JSON");
    let expected = json!({
        "organizationId": 7, "version": "1.4", "algorithms": "SHA256,SHA512", "signingType": "JAVA",
    });
    assert_eq!(sent, expected);
}

/// An old release left the number of the request out of the link.
#[tokio::test]
async fn files_go_to_the_link_with_the_number_and_without_credentials() {
    let (scm, server) = developer_answered([ResponseTemplate::new(204)]).await;
    let created = created(&format!("{}/drop?token=t0k3n", server.uri()));
    assert!(!format!("{created:?}").contains("t0k3n"));
    let hashes = SigningHashes::new(DigestAlgorithm::Sha256)
        .hash("one.exe", vec![1; 32])
        .hash("two.exe", vec![2; 32]);
    let requests = scm.code_signing_requests();
    let uploaded = requests.upload(&agent(), &created, &hashes).await;
    uploaded.expect("it is uploaded");
    let requests = server.received_requests().await.expect("requests");
    let [request] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!(request.url.query(), Some("token=t0k3n&requestId=5"));
    for header in ["email", "password", "customerUri", "login", "authorization"] {
        assert!(!request.headers.contains_key(header), "{header}");
    }
    let body = String::from_utf8_lossy(&request.body);
    for (part, file) in [("file1", "one.exe.sha256"), ("file2", "two.exe.sha256")] {
        let head = format!("form-data; name=\"{part}\"; filename=\"{file}\"\r\n");
        assert!(body.contains(&head), "{body}");
    }
}

#[tokio::test]
async fn an_upload_that_fails_names_the_operation_and_not_the_link() {
    let (scm, server) = developer_answered([ResponseTemplate::new(403)]).await;
    let link = format!("{}/drop?token=t0k3n-of-one", server.uri());
    let requests = scm.code_signing_requests();
    let files = java().file("a.jar", "PK");
    let refused = requests.upload(&agent(), &created(&link), &files).await;
    let error = refused.expect_err("a refusal");
    let op = error.op().map(sectigo_scm::Op::name);
    assert_eq!(op, Some("csod_developer_upload_files"));
    assert!(!format!("{error} {error:?}").contains("t0k3n"), "{error}");

    let nothing = requests.upload(&agent(), &created(&link), &java()).await;
    assert_eq!(nothing.expect_err("no file").kind(), ErrorKind::Argument);
    let unlinked = created("").upload_link();
    assert!(unlinked.is_none());
    let nowhere = requests.upload(&agent(), &created(""), &files).await;
    assert_eq!(nowhere.expect_err("no link").kind(), ErrorKind::Argument);
    assert_eq!(server.received_requests().await.expect("requests").len(), 1);
}

#[tokio::test]
async fn a_signed_file_is_fetched_where_its_link_redirects_to() {
    let onwards = ResponseTemplate::new(302).insert_header("location", "/agent/file");
    let file = ResponseTemplate::new(200).set_body_bytes("signed");
    let (scm, server) = developer_answered([onwards, file]).await;
    let link = format!("{}/customer/cst1/csfile/791bf478", server.uri());
    let told = json!({ "state": "SIGNED", "files": [{ "name": "a.jar", "downloadUrl": link }] });
    let request: sectigo_scm::code_signing_requests::SigningRequest =
        serde_json::from_value(told).expect("an answer");
    assert!(!format!("{request:?}").contains("791bf478"));
    let requests = scm.code_signing_requests();
    let signed = requests.download(&agent(), &request.files[0]).await;
    assert_eq!(&signed.expect("a file").bytes[..], b"signed");
    let asked = server.received_requests().await.expect("requests");
    assert_eq!(
        asked.last().map(|last| last.url.path()),
        Some("/agent/file")
    );
    assert!(
        asked
            .iter()
            .all(|one| !one.headers.contains_key("password"))
    );
}

async fn looked(states: &[&str]) -> Result<SigningLook, SigningError> {
    let told = states.iter().map(|state| answer(json!({ "state": state })));
    let (scm, _server) = developer_answered(told).await;
    let wait = scm.code_signing_requests().wait_for_signatures(5);
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(20));
    let mut wait = wait.backoff(Backoff::new(first, longest));
    for _ in states.iter().skip(1) {
        let look = wait.look().await?;
        assert!(matches!(look, SigningLook::NotYet(_)), "{look:?}");
    }
    wait.look().await
}

#[tokio::test]
async fn a_request_is_waited_out_until_it_is_signed() {
    let look = looked(&["INIT", "CREATED", "IN_PROGRESS", "CARRIER_PIGEON", "SIGNED"]).await;
    let Ok(SigningLook::Signed(request)) = look else {
        panic!("{look:?}");
    };
    assert_eq!(request.state, Some(SigningState::Signed));
}

#[tokio::test]
async fn what_no_signature_follows_ends_the_wait() {
    let ended = async |state| looked(&["CREATED", state]).await.expect_err("no signature");
    let declined = ended("DECLINED").await;
    assert!(matches!(declined, SigningError::Declined), "{declined:?}");
    let failed = ended("FAILED").await;
    assert!(matches!(failed, SigningError::Unsigned), "{failed:?}");
    let expired = ended("EXPIRED").await;
    assert!(matches!(expired, SigningError::Expired), "{expired:?}");
}

#[tokio::test]
async fn a_wait_for_signatures_is_bounded_and_told() {
    let (scm, server) = developer_answered([answer(json!({ "state": "CREATED" }))]).await;
    let busy = Mock::given(any()).respond_with(ResponseTemplate::new(503));
    busy.mount(&server).await;
    let wait = scm.code_signing_requests().wait_for_signatures(5);
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(20));
    let wait = wait.within(Duration::from_millis(300));
    let mut wait = wait.backoff(Backoff::new(first, longest));
    let mut told = Vec::new();
    let ended = loop {
        match wait.look().await {
            Ok(SigningLook::NotYet(progress)) => told.push(progress),
            ended => break ended,
        }
    };
    let Err(SigningError::TimedOut { elapsed, looks, .. }) = ended else {
        panic!("it is never signed: {ended:?}");
    };
    assert!(elapsed >= Duration::from_millis(300), "{elapsed:?}");
    assert_eq!(told.len() + 1, looks as usize);
    let states = told.iter().take(1).map(|look| look.state.as_ref());
    assert!(states.eq(told.first().map(|_| Some(&SigningState::Created))));
    assert!(told.iter().skip(1).all(|look| look.failure.is_some()));
}

#[test]
fn files_tell_their_type_and_algorithms() {
    let hashes = SigningHashes::new(DigestAlgorithm::Sha384);
    assert_eq!(hashes.signing_type(), SigningType::HashSum);
    assert_eq!(hashes.algorithms(), [DigestAlgorithm::Sha384]);
    for kind in SigningType::KNOWN
        .iter()
        .filter(|kind| **kind != "HASH_SUM")
    {
        let files = SigningFiles::new(FileType::from(*kind), DigestAlgorithm::Md5);
        assert!(FileType::from(*kind).is_known(), "{kind}");
        assert_eq!(files.signing_type(), SigningType::from(*kind));
    }
}
