//! The crate `twon-device` held to its description.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use cert_core::client::{Http, Tls};
use contract::{Document, Exchange, Suite};
use serde_json::{Value, json};
use twon_device::{
    CaCertificateUpload, CertificateRef, Client, Credentials, ErrorCode, ErrorKind, OPERATIONS,
    Refusal, UserCertificateUpload,
};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 18] = [
    "get_user_certs success",
    "get_user_certs result",
    "get_user_certs result.certificates",
    "put_user_cert success",
    "put_user_cert result",
    "put_user_cert result.certificates",
    "put_user_cert result.certificates[].fingerprint",
    "delete_user_cert success",
    "get_ca_certs success",
    "get_ca_certs result",
    "get_ca_certs result.certificates",
    "put_ca_cert success",
    "put_ca_cert result",
    "put_ca_cert result.certificates",
    "put_ca_cert result.certificates[].fingerprint",
    "delete_ca_cert success",
    "get_system_info success",
    "get_system_info result",
];

fn suite(document: Document) -> Suite<Client> {
    let http = Arc::new(Http::with_tls(Tls::new(), Duration::from_secs(5)).expect("a transport"));
    let connect = move |base_url: &str, _: &Exchange| {
        Client::builder(base_url, Credentials::none())
            .transport(http.clone())
            .build()
            .expect("a client for loopback")
    };
    Suite::new("twon-device", document, OPERATIONS.iter().copied(), connect)
        .case("get_user_certs", |device: &Client, x| {
            device.user_certificates().get(certificate(x))
        })
        .case_without("get_user_certs", "query.id", |device: &Client, _| {
            device.user_certificates().list()
        })
        .case("put_user_cert", |device: &Client, x| {
            let part = |name| x.part(name).content.clone();
            let mut upload = UserCertificateUpload::new(part("blob-cert"), part("blob-pk"));
            if let Some(id) = text(x, "id") {
                upload = upload.id(id);
            }
            if let Some(pass_phrase) = text(x, "password") {
                upload = upload.pass_phrase(pass_phrase);
            }
            device.user_certificates().upload(&upload)
        })
        .case("delete_user_cert", |device: &Client, x| {
            device.user_certificates().delete(certificate(x))
        })
        .case("get_ca_certs", |device: &Client, x| {
            device.ca_certificates().get(certificate(x))
        })
        .case_without("get_ca_certs", "query.id", |device: &Client, _| {
            device.ca_certificates().list()
        })
        .case("put_ca_cert", |device: &Client, x| {
            let mut upload = CaCertificateUpload::new(x.part("blob-cert").content.clone());
            if let Some(id) = text(x, "id") {
                upload = upload.id(id);
            }
            device.ca_certificates().upload(&upload)
        })
        .case("delete_ca_cert", |device: &Client, x| {
            device.ca_certificates().delete(certificate(x))
        })
        .case("get_system_info", |device: &Client, _| {
            device.system().info()
        })
        .mandatory(MANDATORY)
}

fn text(exchange: &Exchange, part: &str) -> Option<String> {
    let content = exchange.part_if_any(part)?.content.clone();
    Some(String::from_utf8(content).expect("text"))
}

/// The certificate of a sample: the vendor's delete names it in a parameter of no table.
fn certificate(exchange: &Exchange) -> CertificateRef {
    let query = exchange.request.iter().flat_map(|request| &request.query);
    let mut texts = query.map(|(_, text)| text.as_str());
    CertificateRef::from(texts.next().expect("a certificate"))
}

/// A client of a device that answers every request with the same status and body.
async fn client_answered(status: u16, body: Value) -> (Client, MockServer) {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_json(body);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let client = Client::new(server.uri(), Credentials::none());
    (client.expect("a client for loopback"), server)
}

contract::areas!(crate::suite(contract::Document::of("twon-device")); user, ca, system);

#[tokio::test]
async fn every_error_code_is_told_whatever_the_status() {
    let document = Document::of("twon-device");
    let listed = &document.root()["components"]["schemas"]["Error"]["x-codes"];
    let listed = listed.as_array().expect("a list");
    for (entry, status) in listed.iter().zip([200, 401].into_iter().cycle()) {
        let code = entry["code"].as_i64().expect("a number");
        let error = json!({ "code": code, "param": "id", "description": "some words" });
        let body = json!({ "success": false, "error": error });
        let (device, _server) = client_answered(status, body).await;
        let error = device.user_certificates().list().await;
        let error = error.expect_err("a refusal");
        assert_eq!(error.kind(), ErrorKind::Refused);
        assert_eq!(error.status().map(|s| s.as_u16()), Some(status));
        assert_eq!(ErrorCode::of(&error), Some(ErrorCode::from(code)));
        assert_eq!(error.message(), Some("some words (parameter `id`)"));
        let refusal = Refusal::of(&error).expect("the device's own words");
        assert_eq!(refusal.parameter.as_deref(), Some("id"));
    }
    assert_eq!(listed.len(), 16);
}

#[tokio::test]
async fn a_refusal_needs_no_reason() {
    let (device, _server) = client_answered(200, json!({ "success": false })).await;
    let error = device.user_certificates().delete("@door").await;
    let error = error.expect_err("a refusal");
    assert_eq!(error.kind(), ErrorKind::Refused);
    assert_eq!(
        (error.code(), error.message()),
        (None, Some("no reason given"))
    );
    assert!(!error.may_have_run());
}

#[tokio::test]
async fn a_success_is_told_as_such() {
    for body in [
        json!({ "result": {} }),
        json!({ "success": null }),
        json!([]),
    ] {
        let (device, _server) = client_answered(200, body).await;
        let error = device.user_certificates().delete("@door").await;
        let error = error.expect_err("nothing says that it succeeded");
        assert_eq!(error.kind(), ErrorKind::Unexpected);
    }
}

#[tokio::test]
async fn a_list_without_result_is_empty_and_one_certificate_is_one() {
    let (device, _server) = client_answered(200, json!({ "success": true })).await;
    assert_eq!(device.user_certificates().list().await.expect("a list"), []);
    let error = device.user_certificates().get("@door").await;
    assert_eq!(
        error.expect_err("none").message(),
        Some("the device knows no such certificate")
    );
    let rows = [json!({ "fingerprint": "00" }), json!({ "id": "@door" })];
    let two = json!({ "success": true, "result": { "certificates": rows } });
    let (device, _server) = client_answered(200, two).await;
    let listed = device.ca_certificates().list().await.expect("a list");
    let told: Vec<_> = listed.iter().map(|row| row.fingerprint.is_some()).collect();
    assert_eq!(
        told,
        [true, false],
        "a row without fingerprint keeps the list"
    );
    let error = device.ca_certificates().get("@door").await;
    let error = error.expect_err("two").to_string();
    assert!(error.contains("2 certificates"), "{error}");
}

#[tokio::test]
async fn marks_in_ids_arrive_as_they_are() {
    let (device, server) = client_answered(200, json!({ "success": true })).await;
    for id in ["#my2n-utility", "@Front_door-2", "@a b+c&d=%23"] {
        let _not_found = device.user_certificates().get(id).await;
        let requests = server.received_requests().await.expect("recorded requests");
        let url = &requests.last().expect("a request").url;
        assert_eq!(url.fragment(), None);
        let query: Vec<_> = url.query_pairs().collect();
        assert_eq!(query, [("id".into(), id.into())]);
    }
    let query = "id=%23my2n-utility";
    let requests = server.received_requests().await.expect("recorded requests");
    assert_eq!(requests[0].url.query(), Some(query));
}

#[tokio::test]
async fn pages_of_gateways_are_told_by_their_text() {
    let server = MockServer::start().await;
    let page = "<html><body><h1>Service off</h1></body></html>";
    let answer = |status| ResponseTemplate::new(status).set_body_raw(page, "text/html");
    Mock::given(any())
        .respond_with(answer(404))
        .mount(&server)
        .await;
    let device = Client::new(server.uri(), Credentials::none()).expect("a client");
    let error = device.system().info().await.expect_err("a page");
    assert_eq!(error.kind(), ErrorKind::Refused);
    assert_eq!(error.message(), Some("Service off"));
    assert_eq!(Refusal::of(&error), None);
    server.reset().await;
    Mock::given(any())
        .respond_with(answer(200))
        .mount(&server)
        .await;
    let error = device.system().info().await.expect_err("a page");
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert_eq!(error.body(), page);
}

/// Old firmware tells less, and leaves the build type empty.
#[tokio::test]
async fn information_of_old_firmware_is_read() {
    let info = json!({ "variant": "2N", "buildType": "", "swVersion": "2.10.0.19.2" });
    let body = json!({ "success": true, "result": info });
    let (device, _server) = client_answered(200, body).await;
    let info = device.system().info().await.expect("information");
    assert_eq!(
        (info.variant.as_deref(), info.build_type),
        (Some("2N"), None)
    );
    assert_eq!((info.dev_type, info.mac_addr), (None, None));
}

/// A code that is misspelt in the crate, or missing there, shows.
#[test]
fn the_codes_of_the_crate_are_those_of_the_documents() {
    let document = Document::of("twon-device");
    let listed = document
        .codes()
        .into_iter()
        .filter_map(|code| code.as_i64());
    let known = ErrorCode::KNOWN.iter().map(|known| known.code.value());
    assert_eq!(
        known.collect::<BTreeSet<_>>(),
        listed.collect::<BTreeSet<_>>()
    );
}
