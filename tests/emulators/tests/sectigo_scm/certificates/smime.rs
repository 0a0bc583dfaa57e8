use http::Method;
use serde_json::{Value, json};

use crate::api::{Api, assert_documented, csr};
use cert_emulators::sectigo_scm::{PendingAnswer, Progress};

const ENROLL: &str = "/api/smime/v1/enroll";
const EMAIL: &str = "ada@example.com";

fn order() -> Value {
    json!({
        "orgId": 9001,
        "csr": csr("ignored"),
        "certType": 5201,
        "email": EMAIL,
        "firstName": "Ada",
        "lastName": "Example",
    })
}

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(20)).await
}

async fn enrol(api: &Api) -> i64 {
    let answer = api.post(ENROLL, order()).await.json();
    answer["id"].as_i64().expect("an id")
}

#[tokio::test]
async fn enrolments_are_read_strictly() {
    let api = start().await;
    let before = api.emulator.state().smime_ids();
    let refused = [
        ("unknown", json!(1), -1002),
        ("orgId", json!("9001"), -1002),
        ("orgId", Value::Null, -7),
        ("orgId", json!(1), -639),
        ("certType", json!(5101), -172),
        ("term", json!(7), -36),
        ("term", json!(0), -1601),
        ("comments", json!("x".repeat(1025)), -1601),
        ("csr", json!("AAAA"), -10),
        ("email", Value::Null, -7),
        ("email", json!("nobody"), -1601),
        ("secondaryEmails", json!(["nobody"]), -1601),
        ("secondaryEmails", json!(EMAIL), -1002),
        ("phone", json!("one two"), -1601),
        ("phone", json!("1".repeat(33)), -1601),
        ("firstName", json!(""), -7),
        ("lastName", Value::Null, -7),
        ("middleName", json!("x".repeat(53)), -1601),
        ("commonName", json!("x".repeat(65)), -1601),
        ("eppn", json!("x".repeat(129)), -1601),
        ("upn", json!("x".repeat(257)), -1601),
        (
            "customFields",
            json!([{"name": "Nothing", "value": ""}]),
            -135,
        ),
    ];
    for (field, value, code) in refused {
        let mut wanted = order();
        wanted[field] = value.clone();
        let answer = api.post(ENROLL, wanted).await;
        assert_eq!(answer.refusal(), (400, code), "{field} {value}");
    }
    assert_eq!(api.emulator.state().smime_ids(), before);
    let optional = [
        "csr",
        "certType",
        "term",
        "phone",
        "secondaryEmails",
        "middleName",
        "customFields",
        "commonName",
        "eppn",
        "upn",
        "comments",
    ];
    for field in optional {
        let mut wanted = order();
        wanted[field] = Value::Null;
        api.post(ENROLL, wanted).await.json();
    }
}

#[tokio::test]
async fn answers_have_documented_members_alone() {
    let api = start().await;
    let order = api.post(ENROLL, order()).await.json();
    assert_documented(&order, "SmimeEnrollment");
    let ids = api.emulator.state().smime_ids();
    assert_eq!(ids.len(), 21);
    for id in ids {
        let details = api.get(&format!("/api/smime/v1/{id}")).await.json();
        assert_documented(&details, "SmimeCertificate");
        assert_documented(&details["certificateDetails"], "CertificateDetails");
        if let Some(profile) = details.get("certType") {
            assert_documented(profile, "CertificateProfile");
        }
    }
    let lists = [
        "",
        "/byPersonEmail/user-0001@example.com",
        "/byPersonId/40501",
    ];
    for list in lists {
        let list = api.get(&format!("/api/smime/v2{list}")).await.json();
        for entry in list.as_array().expect("a list") {
            assert_documented(entry, "SmimeListItem");
        }
    }
    let european = api
        .get("/api/smime/v2/byPersonId/40501?dateFormat=EU")
        .await;
    let expires = european.json()[0]["expires"].as_str().map(str::to_owned);
    assert!(expires.is_some_and(|day| day.matches('.').count() == 2));
}

#[tokio::test]
async fn a_pending_one_is_issued_by_the_authority_alone() {
    let api = Api::start_with(|builder| {
        let builder = builder.certificates(0).persons(0);
        builder
            .issuance(Progress::Manual)
            .pending_answer(PendingAnswer::Empty)
    })
    .await;
    let id = enrol(&api).await;
    assert_eq!(api.emulator.state().smime_state(id), Some("requested"));
    let path = format!("/api/smime/v2/collect/{id}?format=x509CO");
    api.get(&path).await.is_empty(200);
    assert!(api.emulator.state().issue_smime(id));
    let pem = api.get(&path).await.text().to_owned();
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----"));
    let der = api.emulator.state().smime_certificate(id).expect("issued");
    assert_eq!(cert_emulators::frame::x509::from_text(&pem), Some(der));
}

#[tokio::test]
async fn unknown_ids_and_parameters_are_refused_everywhere() {
    let api = start().await;
    let reason = json!({"reason": "x"});
    let details = json!({"details": {}});
    let calls = [
        (Method::GET, "/api/smime/v1/1", None),
        (Method::GET, "/api/smime/v2/1/location", None),
        (Method::POST, "/api/smime/v2/1/location", Some(&details)),
        (Method::GET, "/api/smime/v2/1/location/1", None),
        (Method::PUT, "/api/smime/v2/1/location/1", Some(&details)),
        (Method::DELETE, "/api/smime/v2/1/location/1", None),
        (Method::GET, "/api/smime/v2/collect/1", None),
        (Method::PUT, "/api/smime/v1/1", Some(&json!({}))),
        (Method::POST, "/api/smime/v1/revoke/1", Some(&reason)),
        (Method::POST, "/api/smime/v1/renew/1", None),
        (Method::DELETE, "/api/smime/v1/1", None),
    ];
    for (method, path, body) in calls {
        let answer = api.call(method.clone(), path, body.cloned()).await;
        assert_eq!(answer.refusal(), (404, -5101), "{method} {path}");
        let extended = format!("{path}?unknown=1");
        let answer = api.call(method.clone(), &extended, body.cloned()).await;
        assert_eq!(answer.refusal(), (400, -1601), "{method} {extended}");
    }
    for list in [
        "v1/types",
        "v1/customFields",
        "v2",
        "v2/byPersonEmail/x@example.com",
    ] {
        let path = format!("/api/smime/{list}?unknown=1");
        assert_eq!(api.get(&path).await.refusal(), (400, -1601), "{path}");
    }
    for bad in [
        "state=ISSUED",
        "keyVault=yes",
        "personId=0",
        "commonName=x",
        "orgId=9001",
    ] {
        let path = format!("/api/smime/v2?{bad}");
        assert_eq!(api.get(&path).await.refusal(), (400, -1601), "{path}");
    }
}
