use http::Method;
use serde_json::{Value, json};

use crate::api::{Answer, Api, assert_documented, component, csr};
use cert_emulators::sectigo_scm::{PendingAnswer, Progress};

const ENROLL: &str = "/api/device/v1/enroll";

fn order(host: &str) -> Value {
    json!({"orgId": 9001, "csr": csr(host), "certType": 5301})
}

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).devices(20)).await
}

async fn enrol(api: &Api, host: &str) -> i64 {
    let answer = api.post(ENROLL, order(host)).await.json();
    answer["deviceCertId"].as_i64().expect("an id")
}

#[tokio::test]
async fn enrolments_are_read_strictly() {
    let api = start().await;
    let before = api.emulator.state().device_ids();
    let refused = [
        ("unknown", json!(1), -1002),
        ("orgId", json!("9001"), -1002),
        ("orgId", Value::Null, -7),
        ("orgId", json!(1), -639),
        ("certType", Value::Null, -7),
        ("certType", json!(5101), -5109),
        ("certType", json!(5302), -39),
        ("term", json!(7), -36),
        ("comments", json!("x".repeat(1025)), -1601),
        ("csr", json!(""), -7),
        ("csr", json!("AAAA"), -10),
        (
            "customFields",
            json!([{"name": "Nothing", "value": ""}]),
            -135,
        ),
        (
            "optionalFields",
            json!([{"name": "shoeSize", "value": "44"}]),
            -64,
        ),
        ("optionalFields", json!([{"name": "title"}]), -7),
        ("optionalFields", json!({}), -1002),
        (
            "optionalFields",
            json!([{"name": "commonName", "value": "x".repeat(65)}]),
            -138,
        ),
    ];
    for (field, value, code) in refused {
        let mut wanted = order("gate.example.com");
        wanted[field] = value.clone();
        let answer = api.post(ENROLL, wanted).await;
        assert_eq!(answer.refusal(), (400, code), "{field} {value}");
    }
    assert_eq!(api.emulator.state().device_ids(), before);
    for field in ["term", "comments", "customFields", "optionalFields"] {
        let mut wanted = order("gate.example.com");
        wanted[field] = Value::Null;
        api.post(ENROLL, wanted).await.json();
    }
}

#[tokio::test]
async fn answers_have_documented_members_alone() {
    let api = start().await;
    let order = api.post(ENROLL, order("gate.example.com")).await.json();
    assert_documented(&order, "DeviceOrder");
    assert_eq!(order["status"], "REQUESTED");
    let ids = api.emulator.state().device_ids();
    for id in ids {
        let details = api.get(&format!("/api/device/v1/{id}")).await.json();
        assert_documented(&details, "DeviceCertificate");
        assert_documented(&details["certificateDetails"], "CertificateDetails");
        if let Some(profile) = details.get("certType") {
            assert_documented(profile, "CertificateProfile");
        }
    }
    for entry in api
        .get("/api/device/v1")
        .await
        .json()
        .as_array()
        .expect("a list")
    {
        assert_documented(entry, "DeviceListItem");
    }
    for profile in api
        .get("/api/device/v1/types")
        .await
        .json()
        .as_array()
        .expect("a list")
    {
        assert_documented(profile, "DeviceProfile");
    }
}

#[tokio::test]
async fn every_listed_attribute_can_be_asked_for() {
    let api = Api::start_with(|builder| {
        let builder = builder.certificates(0).devices(0);
        builder
            .approval(Progress::AtOnce)
            .issuance(Progress::AtOnce)
    })
    .await;
    let attribute = component("DeviceSubjectAttribute");
    let names = attribute["anyOf"][0]["enum"].as_array().expect("a list");
    assert_eq!(names.len(), 33);
    let fields: Vec<_> = names
        .iter()
        .map(|name| json!({"name": name, "value": "a value"}))
        .collect();
    let mut wanted = order("ignored.example.com");
    wanted["optionalFields"] = fields.into();
    let id = api.post(ENROLL, wanted).await.json()["deviceCertId"].as_i64();
    let id = id.expect("an id");
    let details = api.get(&format!("/api/device/v1/{id}")).await.json();
    assert_eq!(details["commonName"], "a value");
    let subject = details["certificateDetails"]["subject"].as_str();
    let subject = subject.expect("an issued certificate");
    assert!(subject.matches("a value").count() > 10, "{subject}");
}

/// The authority's number works in the paths for as long as clients migrate to the certificate's.
#[tokio::test]
async fn the_id_is_the_order_number_and_the_authority_s_number_still_works() {
    let api = Api::start_with(|builder| {
        let builder = builder.certificates(0).devices(0);
        builder
            .approval(Progress::AtOnce)
            .issuance(Progress::AtOnce)
    })
    .await;
    let answer = api.post(ENROLL, order("door.example.com")).await.json();
    let (id, backend) = (&answer["deviceCertId"], answer["backendCertId"].as_str());
    let backend = backend.expect("a number in a text");
    assert_eq!(&answer["orderNumber"], id);
    assert_ne!(backend, id.to_string());
    let details = api.get(&format!("/api/device/v1/{backend}")).await.json();
    assert_eq!((&details["id"], &details["orderNumber"]), (id, id));
    assert_eq!(details["backendCertId"], backend);
    let collected = api.get(&format!("/api/device/v1/collect/{backend}")).await;
    assert_eq!(collected.status, 200);
    let path = format!("/api/device/v1/renew/order/{backend}");
    let renewed = api.post(&path, json!({})).await.json();
    assert_eq!(renewed["orderNumber"], renewed["deviceCertId"]);
    let path = format!("/api/device/v1/revoke/order/{backend}");
    api.post(&path, json!({})).await.is_empty(204);
    let stranger = api.get("/api/device/v1/99999999").await;
    assert_eq!(stranger.refusal(), (404, -166));
}

#[tokio::test]
async fn pending_ones_are_answered_in_every_way_that_was_seen() {
    let answers = [
        (PendingAnswer::BeingProcessed, 0),
        (PendingAnswer::NotCollectable, -183),
        (PendingAnswer::RequestBeingProcessed, -1400),
        (PendingAnswer::NotCollectedYet, -103),
        (PendingAnswer::NotAvailableNow, -109),
    ];
    for (pending, code) in answers {
        let api = Api::start_with(|builder| {
            let builder = builder.certificates(0).devices(0).pending_answer(pending);
            builder
                .approval(Progress::AtOnce)
                .issuance(Progress::Manual)
        })
        .await;
        let id = enrol(&api, "gate.example.com").await;
        let path = format!("/api/device/v1/collect/{id}");
        assert_eq!(api.get(&path).await.refusal(), (400, code));
        assert!(api.emulator.state().issue_device(id));
        let older = api.get(&format!("{path}/x509CO")).await;
        assert!(older.text().starts_with("-----BEGIN CERTIFICATE-----"));
    }
}

#[tokio::test]
async fn unknown_ids_and_parameters_are_refused_everywhere() {
    let api = start().await;
    let reason = json!({"reason": "x"});
    let message = json!({"message": "x"});
    let replacement = json!({"csr": csr("a.example.com"), "reason": "x", "revoke": false});
    let details = json!({"details": {}});
    let calls = [
        (Method::GET, "/api/device/v1/1", None),
        (Method::GET, "/api/device/v1/1/location", None),
        (Method::POST, "/api/device/v1/1/location", Some(&details)),
        (Method::GET, "/api/device/v1/1/location/1", None),
        (Method::PUT, "/api/device/v1/1/location/1", Some(&details)),
        (Method::DELETE, "/api/device/v1/1/location/1", None),
        (Method::GET, "/api/device/v1/collect/1", None),
        (Method::PUT, "/api/device/v1/1", Some(&json!({}))),
        (Method::POST, "/api/device/v1/approve/1", Some(&message)),
        (Method::POST, "/api/device/v1/decline/1", Some(&message)),
        (Method::POST, "/api/device/v1/revoke/order/1", Some(&reason)),
        (Method::POST, "/api/device/v1/renew/order/1", None),
        (
            Method::POST,
            "/api/device/v1/replace/order/1",
            Some(&replacement),
        ),
        (Method::DELETE, "/api/device/v1/1", None),
    ];
    for (method, path, body) in calls {
        let answer = api.call(method.clone(), path, body.cloned()).await;
        assert_eq!(answer.refusal(), (404, -166), "{method} {path}");
        let extended = format!("{path}?unknown=1");
        let answer = api.call(method.clone(), &extended, body.cloned()).await;
        assert_eq!(answer.refusal(), (400, -1601), "{method} {extended}");
    }
    for path in ["types", "customFields", ""] {
        let path = format!("/api/device/v1/{path}")
            .trim_end_matches('/')
            .to_owned();
        let answer = api.get(&format!("{path}?unknown=1")).await;
        assert_eq!(answer.refusal(), (400, -1601), "{path}");
    }
}

#[tokio::test]
async fn imports_take_base64_alone() {
    let api = start().await;
    let id = enrol(&api, "gate.example.com").await;
    {
        let mut state = api.emulator.state();
        assert!(state.approve_device(id) && state.issue_device(id));
    }
    let path = format!("/api/device/v1/collect/{id}?format=pemco");
    let pem = api.get(&path).await.text().to_owned();
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    for path in ["/api/device/v1/import", "/api/cscert/v1/import"] {
        let import = async |entry: Value| -> Answer { api.post(path, json!([entry])).await };
        let results = import(json!({"orgID": 9001, "cert": pem})).await.json();
        assert_eq!(results[0]["successful"], false, "{path}");
        let results = import(json!({"orgID": 9001, "cert": base64})).await.json();
        assert_eq!(results[0]["successful"], true, "{path}");
        assert_documented(&results[0], "ImportResult");
        let misspelled = import(json!({"orgId": 9001, "cert": base64})).await;
        assert_eq!(misspelled.refusal(), (400, -7), "{path}");
    }
    let commented = json!([{"orgID": 9001, "cert": base64, "comments": "x"}]);
    let commented = api.post("/api/cscert/v1/import", commented).await;
    assert_eq!(commented.refusal(), (400, -1002), "not documented there");
}
