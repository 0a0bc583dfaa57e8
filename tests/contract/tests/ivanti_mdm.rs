//! The crate `ivanti-mdm` held to its description.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use cert_core::SerialNumber;
use cert_core::client::{Http, Tls};
use contract::{Document, Exchange, Suite};
use ivanti_mdm::{
    AccountPolicies, CertificateId, CertificateState, Client, Credentials, ErrorCode, ErrorKind,
    ListedCertificate, OPERATIONS, PolicyAddress, PolicyId, Refusal, UserProvidedCertificate,
};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 3] = [
    "upload_user_provided_certificate result",
    "clear_private_keys_by_csv result",
    "clear_private_keys_by_account_policy result",
];

fn suite(document: Document) -> Suite<Client> {
    let http = Arc::new(Http::with_tls(Tls::new(), Duration::from_secs(5)).expect("a transport"));
    let connect = move |base_url: &str, _: &Exchange| {
        Client::builder(base_url, credentials())
            .transport(http.clone())
            .build()
            .expect("a client for loopback")
    };
    Suite::new("ivanti-mdm", document, OPERATIONS.iter().copied(), connect)
        .case("get_ca_crl", |mdm: &Client, x| {
            let tenant: String = x.path("tenantId");
            mdm.certificate_authorities().revocation_list(tenant)
        })
        .case(
            "list_certs_requiring_manual_revocation",
            |mdm: &Client, x| {
                let authority: String = x.path("caName");
                mdm.certificate_authorities().to_revoke(&authority)
            },
        )
        .case("list_certs_manually_revoked_on_date", |mdm: &Client, x| {
            let day: String = x.query().need("manuallyRevokeDate");
            mdm.certificate_authorities().revoked_on(day)
        })
        .case("upload_user_provided_certificate", |mdm: &Client, x| {
            let upload = upload(x);
            mdm.user_provided_certificates().upload(&upload)
        })
        .case("clear_private_keys_by_csv", |mdm: &Client, x| {
            let ids = String::from_utf8(x.part("csv-data").content.clone()).expect("text");
            let ids = ids.lines().skip(1).map(|id| id.parse().expect("a number"));
            let ids: Vec<CertificateId> = ids.collect();
            mdm.user_provided_certificates().clear_keys(&ids)
        })
        .case("clear_private_keys_by_account_policy", |mdm: &Client, x| {
            let entries = x.body().list("accountAndUPPolicyWrappers", |entry| {
                let account: i64 = entry.need("accountId");
                let policies: Vec<i64> = entry.need("userProvidedCertificatePolicyIds");
                AccountPolicies::new(account, policies)
            });
            let entries = entries.expect("accounts");
            mdm.user_provided_certificates().clear_policy_keys(&entries)
        })
        .mandatory(MANDATORY)
}

/// Those that the document puts in the place of `<token>`.
fn credentials() -> Credentials {
    Credentials::basic("admin@example.com", "secret")
}

fn upload(exchange: &Exchange) -> UserProvidedCertificate {
    let part = |name| exchange.part(name).content.clone();
    let text = |name| String::from_utf8(part(name)).expect("text");
    let policy: PolicyId = text("policyId").parse().expect("a number");
    UserProvidedCertificate::new(
        part("certData"),
        text("password"),
        text("accountUid"),
        policy,
    )
}

/// A client of a server that answers every request with the same status and body.
async fn client_answered(status: u16, body: impl Into<Vec<u8>>) -> (Client, MockServer) {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_bytes(body);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let client = Client::new(server.uri(), credentials()).expect("a client for loopback");
    (client, server)
}

fn sample(document: &Document, operation: &str) -> String {
    let operations = document.operations();
    let operation = operations.iter().find(|known| known.id == operation);
    let body = operation.and_then(|operation| operation.exchanges[0].body.clone());
    body.as_ref()
        .and_then(Value::as_str)
        .expect("a file")
        .to_owned()
}

async fn listed(body: String) -> Vec<ListedCertificate> {
    let (mdm, _server) = client_answered(200, body).await;
    let list = mdm.certificate_authorities().to_revoke("attca").await;
    list.expect("a list").collect().await.expect("every line")
}

contract::areas!(crate::suite(contract::Document::of("ivanti-mdm")); certificate_authorities, user_provided_certificates);

#[tokio::test]
async fn every_error_code_is_known_and_told_whatever_the_status() {
    let document = Document::of("ivanti-mdm");
    let listed = &document.root()["components"]["schemas"]["ErrorCode"]["x-codes"];
    let listed = listed.as_array().expect("a list");
    for (entry, status) in listed.iter().zip([400, 200].into_iter().cycle()) {
        let code = entry["code"].as_str().expect("a text");
        let container = entry["container"].as_str().unwrap_or("globalErrors");
        let told = json!([{ "code": code, "message": "some words ", "field": "a field" }]);
        let body = json!({ "errors": { container: told }, "result": null });
        let (mdm, _server) = client_answered(status, body.to_string()).await;
        let ids = [CertificateId::from(3)];
        let error = mdm.user_provided_certificates().clear_keys(&ids).await;
        let error = error.expect_err("a refusal");
        assert_eq!(error.kind(), ErrorKind::Refused);
        let code = ErrorCode::from(code);
        assert!(code.is_known(), "{code}");
        assert_eq!(ErrorCode::of(&error), Some(code));
        let refusal = Refusal::of(&error).expect("the vendor's own words");
        assert_eq!(refusal.global_errors.len() + refusal.field_errors.len(), 1);
        assert!(error.message().expect("words").starts_with("some words"));
    }
    assert_eq!(listed.len(), 5);
}

/// The samples as the vendor's page prints them: a blank line between all rows.
#[tokio::test]
async fn the_printed_lists_are_read_row_by_row() {
    let document = Document::of("ivanti-mdm");
    let text = sample(&document, "list_certs_requiring_manual_revocation");
    for printed in [
        text.clone(),
        text.replace('\n', "\n\n"),
        text.replace('\n', "\r\n"),
    ] {
        let certificates = listed(printed).await;
        assert_eq!(certificates.len(), 7);
        for (index, certificate) in certificates.iter().enumerate() {
            assert_eq!(
                certificate.ca_name,
                Some(format!("ExternalCA{}", index + 1))
            );
            assert_eq!(
                certificate.store_state,
                Some(CertificateState::ManualRevoke)
            );
            let not_after = certificate.not_after.as_ref().expect("a date");
            assert_eq!((not_after.zone(), not_after.instant()), (Some("IST"), None));
            assert!(
                certificate
                    .subject
                    .as_ref()
                    .expect("a name")
                    .contains(",UID=")
            );
        }
        let serial = certificates[0].serial_number.as_ref().expect("a number");
        assert_eq!(serial, &SerialNumber::from_decimal("1007"));
    }
}

#[tokio::test]
async fn masked_serials_and_utc_are_read() {
    let document = Document::of("ivanti-mdm");
    let certificates = listed(sample(&document, "list_certs_manually_revoked_on_date")).await;
    assert_eq!(certificates.len(), 2);
    for certificate in certificates {
        let serial = certificate.serial_number.as_ref().expect("a text");
        assert!(serial.as_str().starts_with("xxxx2385") && !serial.is_well_formed());
        assert!(
            certificate
                .not_after
                .as_ref()
                .expect("a date")
                .instant()
                .is_some()
        );
    }
}

#[tokio::test]
async fn a_list_may_be_empty_and_is_never_a_page() {
    assert!(listed(String::new()).await.is_empty());
    assert!(listed("serialNumber,subject\n".to_owned()).await.is_empty());
    let (mdm, _server) = client_answered(200, "<html>Sign in</html>").await;
    let list = mdm.certificate_authorities().to_revoke("attca").await;
    let error = list.expect("an answer").collect().await;
    let error = error.expect_err("a page");
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert_eq!(error.body(), "<html>Sign in</html>");
}

/// `errors` decides, though the status is that of a success and the answer should be a list.
#[tokio::test]
async fn a_refusal_in_the_place_of_a_list_is_one() {
    let told = json!([{ "code": "CERT-114", "message": "no such authority" }]);
    let body = json!({ "errors": { "globalErrors": told }, "result": null });
    let (mdm, _server) = client_answered(200, body.to_string()).await;
    let list = mdm.certificate_authorities().to_revoke("attca").await;
    let error = list.expect("an answer").collect().await;
    let error = error.expect_err("a refusal");
    assert_eq!(error.kind(), ErrorKind::Refused);
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::from("CERT-114")));
    assert_eq!(error.message(), Some("no such authority"));
    assert_eq!(Refusal::of(&error).expect("words").global_errors.len(), 1);
}

#[tokio::test]
async fn literals_and_names_keep_their_place_in_the_path() {
    let (mdm, server) = client_answered(401, "").await;
    let error = mdm.certificate_authorities().revocation_list("42591").await;
    assert_eq!(error.expect_err("refused").kind(), ErrorKind::Refused);
    let _refused = mdm.certificate_authorities().to_revoke("Corp CA/1?").await;
    let _refused = mdm.certificate_authorities().revoked_on("2021-12-09").await;
    let requests = server.received_requests().await.expect("recorded requests");
    let targets: Vec<_> = requests
        .iter()
        .map(|request| request.url.as_str().trim_start_matches("http://localhost"))
        .collect();
    assert_eq!(
        targets,
        [
            "/c/ca/42591/AWS%20CA.crl",
            "/api/v1/ca/getCertStatus/Corp%20CA%2F1%3F?format=csv",
            "/api/v1/ca/getCertStatusOnDate/?format=csv&manuallyRevokeDate=09-12-2021",
        ]
    );
}

/// DER as well as PEM; the media type does not count.
#[tokio::test]
async fn revocation_lists_are_told_by_their_first_bytes() {
    let pem = sample(&Document::of("ivanti-mdm"), "get_ca_crl");
    let list = cert_core::CertificateRevocationList::parse(pem.as_bytes()).expect("a list");
    let (mdm, _server) = client_answered(200, list.as_der()).await;
    let downloaded = mdm.certificate_authorities().revocation_list("42591").await;
    assert_eq!(downloaded.expect("a list"), list);
    let (mdm, _server) = client_answered(200, "").await;
    let error = mdm.certificate_authorities().revocation_list("42591").await;
    assert_eq!(error.expect_err("nothing").kind(), ErrorKind::Unexpected);
}

#[tokio::test]
async fn clearing_by_policy_has_two_addresses() {
    let (mdm, server) = client_answered(200, r#"{"errors":null,"result":{}}"#).await;
    let entries = [AccountPolicies::new(10200, [35497])];
    for (address, path) in [
        (
            PolicyAddress::Example,
            "/api/v1/user_provided/clearPrivateKey",
        ),
        (
            PolicyAddress::Titled,
            "/api/v1/user_provided/clearPrivateKey/csv",
        ),
    ] {
        let mdm = mdm.clone().policy_address(address);
        let cleared = mdm
            .user_provided_certificates()
            .clear_policy_keys(&entries)
            .await;
        assert_eq!(cleared.expect("an answer").cleared, None);
        let requests = server.received_requests().await.expect("recorded requests");
        assert_eq!(requests.last().expect("a request").url.path(), path);
    }
}

/// A second answer would call invalid what the first one cleared.
#[tokio::test]
async fn what_changes_is_never_sent_twice() {
    let (mdm, server) = client_answered(503, "").await;
    let error = mdm
        .user_provided_certificates()
        .clear_keys(&[CertificateId::from(3)])
        .await;
    let error = error.expect_err("unavailable");
    assert!(error.may_have_run() && error.is_transient());
    let upload = UserProvidedCertificate::new("file", "hunter2", "user-0001@example.com", 7);
    let error = mdm.user_provided_certificates().upload(&upload).await;
    assert_eq!(error.expect_err("unavailable").attempts(), 1);
    let requests = server.received_requests().await.expect("recorded requests");
    assert_eq!(requests.len(), 2);
}

#[tokio::test]
async fn an_upload_says_that_it_was_done_or_fails() {
    let upload = UserProvidedCertificate::new("file", "hunter2", "user-0001@example.com", 7);
    for result in ["false", "null"] {
        let body = format!(r#"{{"errors":null,"result":{result}}}"#);
        let (mdm, _server) = client_answered(200, body).await;
        let error = mdm.user_provided_certificates().upload(&upload).await;
        assert_eq!(error.expect_err("not done").kind(), ErrorKind::Unexpected);
    }
    let body = r#"{"errors":{"globalErrors":[{"code":"KSF-101","message":"hunter2"}]}}"#;
    let (mdm, _server) = client_answered(400, body).await;
    let error = mdm.user_provided_certificates().upload(&upload).await;
    let error = error.expect_err("refused").to_string();
    assert!(
        error.contains("KSF-101") && !error.contains("hunter2"),
        "{error}"
    );
}

#[tokio::test]
async fn tokens_of_any_scheme_are_sent() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    for (credentials, expected) in [
        (Credentials::bearer("t0ken"), "Bearer t0ken"),
        (Credentials::authorization("Custom t0ken"), "Custom t0ken"),
        (credentials(), "Basic YWRtaW5AZXhhbXBsZS5jb206c2VjcmV0"),
    ] {
        assert!(!format!("{credentials:?}").contains("t0ken"));
        let mdm = Client::new(server.uri(), credentials).expect("a client");
        let list = mdm.certificate_authorities().to_revoke("a").await;
        assert!(list.expect("nothing").collect().await.is_ok());
        let requests = server.received_requests().await.expect("recorded requests");
        let sent = requests.last().and_then(|r| r.headers.get("authorization"));
        assert_eq!(sent.and_then(|value| value.to_str().ok()), Some(expected));
    }
}

/// A code that is misspelt in the crate, or missing there, shows.
#[test]
fn the_codes_of_the_crate_are_those_of_the_documents() {
    let document = Document::of("ivanti-mdm");
    let listed = document.codes();
    let listed: BTreeSet<_> = listed.iter().filter_map(Value::as_str).collect();
    let known: BTreeSet<_> = ErrorCode::KNOWN.iter().copied().collect();
    assert_eq!(known, listed);
}
