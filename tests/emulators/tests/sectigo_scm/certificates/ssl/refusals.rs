use http::Method;
use rcgen::{KeyPair, PKCS_ED25519, PKCS_RSA_SHA256, RsaKeySize};
use serde_json::{Value, json};

use crate::api::{Answer, Api, csr, csr_for, enrolment};

const ENROLL: &str = "/api/ssl/v1/enroll";

async fn enrolment_with(api: &Api, field: &str, value: Value) -> Answer {
    let mut wanted = enrolment(&csr("host.example.com"));
    wanted[field] = value;
    api.post(ENROLL, wanted).await
}

#[tokio::test]
async fn enrolments_are_read_strictly() {
    let api = Api::start().await;
    let refused = [
        ("unknown", json!(1), -1002),
        ("orgId", json!("9001"), -1002),
        ("orgId", Value::Null, -7),
        ("orgId", json!(0), -1601),
        ("orgId", json!(1), -639),
        ("subjAltNames", json!(["a.example.com"]), -1002),
        ("subjAltNames", json!("not a host"), -732),
        ("subjAltNames", json!("a..example.com"), -732),
        ("certType", json!(1), -111),
        ("certType", json!("5101"), -1002),
        ("term", json!(364), -36),
        ("term", json!(0), -1601),
        ("term", json!(365.5), -1002),
        ("comments", json!("x".repeat(1025)), -1601),
        ("externalRequester", json!("nobody"), -1601),
        ("dcvMode", json!("AUTO"), -1601),
        ("dcvMode", json!("EMAIL"), -7),
        ("dcvEmail", json!("nobody"), -1601),
        (
            "customFields",
            json!([{"name": "Nothing", "value": ""}]),
            -135,
        ),
        ("customFields", json!([{"name": "Cost center"}]), -7),
        (
            "customFields",
            json!([{"name": "Cost center", "value": "", "more": 1}]),
            -1002,
        ),
        ("customFields", json!({}), -1002),
        ("csr", json!(""), -7),
        ("csr", json!("a:b"), -1601),
        ("csr", json!("abc"), -9),
        ("csr", json!("AAAA"), -10),
        ("csr", json!("x".repeat(32_768)), -1601),
    ];
    let before = api.emulator.state().ssl_ids();
    for (field, value, code) in refused {
        let answer = enrolment_with(&api, field, value.clone()).await;
        assert_eq!(answer.refusal(), (400, code), "{field} {value}: {answer:?}");
    }
    assert_eq!(api.emulator.state().ssl_ids(), before);
}

#[tokio::test]
async fn optional_fields_may_be_null_or_absent() {
    let api = Api::start().await;
    let optional = [
        "subjAltNames",
        "certType",
        "term",
        "comments",
        "customFields",
    ];
    let dcv = ["externalRequester", "dcvMode", "dcvEmail"];
    for field in optional.into_iter().chain(dcv) {
        enrolment_with(&api, field, Value::Null).await.json();
    }
    let least = json!({"orgId": 9001, "csr": csr("host.example.com")});
    let id = api.post(ENROLL, least).await.json()["sslId"]
        .as_i64()
        .expect("an id");
    let details = api.details(id).await;
    assert_eq!(
        (&details["certType"]["id"], &details["term"]),
        (&json!(5101), &json!(365))
    );
}

#[tokio::test]
async fn bodies_need_json_and_its_name() {
    let api = Api::start().await;
    let send = async |content_type: Option<&str>, body: &'static str| {
        let mut request = api.request(Method::POST, ENROLL).body(body);
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        Answer::read(request.send().await.expect("an answer"))
            .await
            .refusal()
    };
    assert_eq!(send(Some("application/json"), "").await, (400, -1002));
    assert_eq!(send(Some("application/json"), "{").await, (400, -1002));
    assert_eq!(send(Some("application/json"), "[]").await, (400, -1002));
    assert_eq!(send(Some("text/plain"), "{}").await, (415, -1));
    assert_eq!(send(None, "{}").await, (415, -1));
}

#[tokio::test]
async fn keys_have_to_fit_the_profile() {
    let api = Api::start().await;
    let refusal = async |key: &KeyPair, profile: i64| {
        let mut wanted = enrolment(&csr_for("host.example.com", key));
        wanted["certType"] = json!(profile);
        wanted["term"] = Value::Null;
        api.post(ENROLL, wanted).await.refusal()
    };
    let ed25519 = KeyPair::generate_for(&PKCS_ED25519).expect("a key");
    assert_eq!(refusal(&ed25519, 5101).await, (400, -78));
    let ec = KeyPair::generate().expect("a key");
    assert_eq!(refusal(&ec, 5102).await, (400, -170));
    let rsa = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_3072).expect("a key");
    assert_eq!(refusal(&rsa, 5103).await, (400, -13));
    let mut elsewhere = enrolment(&csr_for("host.example.com", &rsa));
    elsewhere["certType"] = json!(5102);
    elsewhere["orgId"] = json!(9002);
    assert_eq!(api.post(ENROLL, elsewhere).await.refusal(), (400, -39));
}

/// A request for an RSA key of 1,024 bits, signed with SHA-256, which is too weak; and one of 2,048
/// bits, signed with SHA-1, as the vendor's reference prints one.
const SHORT_KEY: &str = include_str!("short_key.csr");
const SHA1_SIGNED: &str = include_str!("sha1_signed.csr");

#[tokio::test]
async fn weak_and_forged_requests_are_refused() {
    let api = Api::start().await;
    let refusal = async |csr: &str| api.post(ENROLL, enrolment(csr)).await.refusal();
    assert_eq!(refusal(SHORT_KEY).await, (400, -141));
    for genuine in [csr("host.example.com").as_str(), SHA1_SIGNED] {
        let mut der = cert_emulators::frame::x509::from_text(genuine).expect("PEM");
        let position = der
            .windows(7)
            .position(|window| window == b"example")
            .expect("the name");
        der[position] ^= 1;
        let forged = cert_emulators::frame::x509::to_pem("CERTIFICATE REQUEST", &der);
        assert_eq!(refusal(&forged).await, (400, -138));
    }
}

#[tokio::test]
async fn what_older_clients_send_is_accepted() {
    let api = Api::start().await;
    let answer = api.post(ENROLL, enrolment(SHA1_SIGNED)).await;
    assert!(answer.json()["sslId"].is_i64());
    let mut wanted = enrolment(&csr("host.example.com"));
    wanted["numberServers"] = json!(1);
    wanted["serverType"] = json!(-1);
    assert!(api.post(ENROLL, wanted.clone()).await.json()["sslId"].is_i64());
    wanted["serverType"] = json!(-2);
    assert_eq!(api.post(ENROLL, wanted.clone()).await.refusal(), (400, -35));
    wanted["serverType"] = json!("Apache");
    assert_eq!(
        api.post(ENROLL, wanted.clone()).await.refusal(),
        (400, -1002)
    );
    wanted["serverType"] = json!(2);
    wanted["numberServers"] = json!(-1);
    assert_eq!(api.post(ENROLL, wanted).await.refusal(), (400, -1601));
}

#[tokio::test]
async fn mandatory_custom_fields_are_mandatory() {
    let api = Api::start_with(|builder| builder.certificates(0).custom_field("Ticket", true)).await;
    let answer = api.post(ENROLL, enrolment(&csr("host.example.com"))).await;
    assert_eq!(answer.refusal(), (400, -62));
    let fields = json!([{"name": "Ticket", "value": "T-1"}]);
    enrolment_with(&api, "customFields", fields).await.json();
}

#[tokio::test]
async fn unknown_parameters_are_refused_everywhere() {
    let api = Api::start().await;
    let id = api.issue("host.example.com").await;
    let paths = [
        "/api/ssl/v1".to_owned(),
        "/api/ssl/v1/types".to_owned(),
        "/api/ssl/v1/customFields".to_owned(),
        format!("/api/ssl/v1/{id}"),
        format!("/api/ssl/v1/{id}/dcv"),
        format!("/api/ssl/v1/{id}/location"),
        format!("/api/ssl/v1/collect/{id}"),
    ];
    for path in paths {
        let answer = api.get(&format!("{path}?surprise=1")).await;
        assert_eq!(answer.refusal(), (400, -1601), "{path}");
        assert!(answer.text().contains("surprise"), "{path}");
        api.get(&format!("{path}?dateFormat=ISO"))
            .await
            .status
            .is_success();
    }
    let posts = ["approve", "decline", "revoke", "renewById", "replace"];
    for verb in posts {
        let path = format!("/api/ssl/v1/{verb}/{id}?surprise=1");
        assert_eq!(
            api.post(&path, json!({})).await.refusal(),
            (400, -1601),
            "{verb}"
        );
    }
    for bad in [
        "size=-1",
        "size=x",
        "position=-1",
        "status=issued",
        "size=1&size=2",
    ] {
        let answer = api.get(&format!("/api/ssl/v1?{bad}")).await;
        assert_eq!(answer.refusal(), (400, -1601), "{bad}");
    }
    let counted = api
        .call(Method::HEAD, "/api/ssl/v1?sha256Hash=00", None)
        .await;
    assert_eq!(counted.status, 400);
}

#[tokio::test]
async fn reasons_and_messages_are_required() {
    let api = Api::start().await;
    let id = api.enrol("host.example.com").await;
    for (verb, field) in [
        ("approve", "message"),
        ("decline", "message"),
        ("revoke", "reason"),
    ] {
        let path = format!("/api/ssl/v1/{verb}/{id}");
        assert_eq!(
            api.post(&path, json!({})).await.refusal(),
            (400, -7),
            "{verb}"
        );
        let body = json!({field: ""});
        assert_eq!(api.post(&path, body).await.refusal(), (400, -7), "{verb}");
        let body = json!({field: "x".repeat(513)});
        assert_eq!(
            api.post(&path, body).await.refusal(),
            (400, -1601),
            "{verb}"
        );
        let body = json!({field: "x", "other": 1});
        assert_eq!(
            api.post(&path, body).await.refusal(),
            (400, -1002),
            "{verb}"
        );
    }
    let path = format!("/api/ssl/v1/revoke/{id}");
    let body = json!({"reason": "x", "reasonCode": 2});
    assert_eq!(api.post(&path, body).await.refusal(), (400, -1601));
    let body = json!({"reason": "x", "reasonCode": "1"});
    assert_eq!(api.post(&path, body).await.refusal(), (400, -1002));
    let replace = format!("/api/ssl/v1/replace/{id}");
    let body = json!({"csr": csr("host.example.com")});
    assert_eq!(api.post(&replace, body).await.refusal(), (400, -7));
}

#[tokio::test]
async fn unknown_ids_are_refused_everywhere() {
    let api = Api::start().await;
    let csr = csr("host.example.com");
    let calls = [
        (Method::GET, "/api/ssl/v1/1", None),
        (Method::DELETE, "/api/ssl/v1/1", None),
        (Method::GET, "/api/ssl/v1/1/dcv", None),
        (Method::POST, "/api/ssl/v1/1/dcv/recheck", None),
        (Method::GET, "/api/ssl/v1/1/location", None),
        (
            Method::POST,
            "/api/ssl/v1/approve/1",
            Some(json!({"message": "x"})),
        ),
        (
            Method::POST,
            "/api/ssl/v1/decline/1",
            Some(json!({"message": "x"})),
        ),
        (
            Method::POST,
            "/api/ssl/v1/revoke/1",
            Some(json!({"reason": "x"})),
        ),
        (
            Method::POST,
            "/api/ssl/v1/revoke/manual",
            Some(json!({"certId": 1})),
        ),
        (Method::POST, "/api/ssl/v1/renewById/1", Some(json!({}))),
        (Method::POST, "/api/ssl/v1/renew/manual/1", Some(json!({}))),
        (
            Method::POST,
            "/api/ssl/v1/replace/1",
            Some(json!({"csr": csr, "reason": "x"})),
        ),
        (Method::POST, "/api/ssl/v1/keystore/1/p12", Some(json!({}))),
        (Method::PUT, "/api/ssl/v1", Some(json!({"sslId": 1}))),
    ];
    for (method, path, body) in calls {
        let answer = api.call(method, path, body).await;
        assert_eq!(answer.refusal(), (404, -124), "{path}");
    }
}
