use cert_emulators::sectigo_scm::Progress;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{create, start, wanted};
use crate::api::{Answer, Api, csr_for, enrolment, plain_client};

const PATH: &str = "/api/dcv/v1/validation";

async fn act(api: &Api, call: &str, domain: &str) -> Answer {
    api.post(&format!("{PATH}/{call}"), json!({"domain": domain}))
        .await
}

async fn status(api: &Api, domain: &str) -> Value {
    let path = "/api/dcv/v2/validation/status";
    api.post(path, json!({"domain": domain})).await.json()
}

/// Publishes without signing in: it is not the vendor who is told.
async fn dns(api: &Api, method: Method, body: Value) -> StatusCode {
    let url = format!("{}/emulator/dns", api.emulator.base_url());
    let client = plain_client().build().expect("a client");
    let request = client.request(method, url).body(body.to_string());
    request.send().await.expect("an answer").status()
}

async fn publish(api: &Api, kind: &str, name: &Value, value: &str) {
    let body = json!({"type": kind, "name": name, "value": value});
    assert_eq!(dns(api, Method::POST, body).await, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_domain_is_validated_by_its_alias() {
    let api = start().await;
    let id = create(&api, wanted("testdomain.com")).await;
    assert_eq!(
        status(&api, "testdomain.com").await,
        json!({"status": "NOT_VALIDATED", "orderStatus": "NOT_INITIATED"})
    );
    let record = act(&api, "start/domain/cname", "TESTDOMAIN.com")
        .await
        .json();
    let host = record["host"].as_str().expect("a name");
    assert!(
        host.starts_with('_') && host.ends_with(".testdomain.com."),
        "{host}"
    );
    let point = record["point"].as_str().expect("a target");
    assert!(point.ends_with(".sectigo.com."), "{point}");
    let begun = status(&api, "testdomain.com").await;
    assert_eq!(begun["orderStatus"], "AWAITING_SUBMISSION");
    assert_eq!(
        (&begun["orderMode"], &begun["host"]),
        (&json!("CNAME"), &record["host"])
    );
    let submitted = act(&api, "submit/domain/cname", "testdomain.com")
        .await
        .json();
    assert_eq!(submitted["status"], "NOT_VALIDATED");
    assert_eq!(submitted["orderStatus"], "SUBMITTED");
    assert_eq!(submitted["message"], "Submitted successfully");
    publish(&api, "CNAME", &record["host"], "elsewhere.example.com").await;
    publish(&api, "TXT", &record["host"], point).await;
    for _ in 0..3 {
        let waiting = status(&api, "testdomain.com").await;
        assert_eq!(
            waiting["status"], "NOT_VALIDATED",
            "another record is no proof"
        );
        assert_eq!(waiting["orderStatus"], "SUBMITTED");
        assert_eq!(waiting["orderBackendId"], submitted["orderBackendId"]);
        assert_eq!(waiting["submittedDate"].as_str().map(str::len), Some(10));
        for name in ["orderExpiration", "lastCheck", "nextCheck"] {
            assert_eq!(waiting[name].as_str().map(str::len), Some(24), "{name}");
        }
    }
    let bare = json!(host.trim_end_matches('.').to_uppercase());
    publish(&api, "CNAME", &bare, point.trim_end_matches('.')).await;
    let passed = status(&api, "testdomain.com").await;
    assert_eq!(passed["status"], "VALIDATED");
    assert_eq!(passed["orderStatus"], "NOT_INITIATED");
    let details = api.get(&format!("/api/domain/v1/{id}")).await.json();
    assert_eq!(details["validationStatus"], "VALIDATED");
    assert_eq!(details["validationMethod"], "CNAME_CSR_HASH");
    assert_eq!(details["dcvValidation"], passed["validationDate"]);
    assert_eq!(details["dcvExpiration"], passed["expirationDate"]);
    let key = rcgen::KeyPair::generate().expect("a key");
    let order = enrolment(&csr_for("www.testdomain.com", &key));
    assert!(api.post("/api/ssl/v1/enroll", order).await.json()["sslId"].is_i64());
}

#[tokio::test]
async fn files_and_texts_are_looked_for_too() {
    let api = start().await;
    for (scheme, call) in [("HTTP", "http"), ("HTTPS", "https")] {
        let name = format!("{call}-test.com");
        create(&api, wanted(&name)).await;
        let file = act(&api, &format!("start/domain/{call}"), &name)
            .await
            .json();
        let url = file["url"].as_str().expect("an address");
        let start = format!("{call}://{name}/.well-known/pki-validation/");
        assert!(url.starts_with(&start) && url.ends_with(".txt"), "{url}");
        assert_eq!(file["secondLine"], "sectigo.com");
        act(&api, &format!("submit/domain/{call}"), &name)
            .await
            .json();
        let first = file["firstLine"].as_str().expect("a line");
        publish(&api, scheme, &file["url"], first).await;
        assert_eq!(
            status(&api, &name).await["status"],
            "NOT_VALIDATED",
            "half a file"
        );
        publish(
            &api,
            scheme,
            &file["url"],
            &format!("{first}\r\nsectigo.com\r\n"),
        )
        .await;
        assert_eq!(status(&api, &name).await["status"], "VALIDATED");
    }
    create(&api, wanted("txt-test.com")).await;
    let record = act(&api, "submit/domain/txt", "txt-test.com").await.json();
    assert_eq!(record["host"], "_pki-validation.txt-test.com.");
    let text = record["point"].as_str().expect("a text");
    publish(&api, "TXT", &record["host"], text).await;
    let body = json!({"type": "TXT", "name": record["host"]});
    assert_eq!(
        dns(&api, Method::DELETE, body).await,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        status(&api, "txt-test.com").await["status"],
        "NOT_VALIDATED",
        "taken back"
    );
    api.emulator
        .state()
        .publish("TXT", "_pki-validation.txt-test.com", text);
    let path = format!("{PATH}/sync?force=true");
    let synced = api.post(&path, json!({"domain": "txt-test.com"})).await;
    assert_eq!(synced.json()["status"], "VALIDATED");
}

#[tokio::test]
async fn a_connector_publishes_by_itself() {
    let api = start().await;
    create(&api, wanted("testdomain.com")).await;
    let path = format!("{PATH}/submit/domain/cname");
    let body = json!({
        "domain": "testdomain.com", "dnsProviderName": "cloudflare",
        "dnsAgentUUID": "2bf2517526b9445aaf558fcf5a368588",
    });
    let submitted = api.post(&path, body).await.json();
    assert_eq!(submitted["status"], "NOT_VALIDATED");
    assert_eq!(status(&api, "testdomain.com").await["status"], "VALIDATED");
    let half = json!({"domain": "testdomain.com", "dnsAgentUUID": "2bf2"});
    assert_eq!(api.post(&path, half).await.refusal(), (400, -7));
    let half = json!({"domain": "testdomain.com", "dnsProviderName": "cloudflare"});
    assert_eq!(api.post(&path, half).await.refusal(), (400, -1002));
}

#[tokio::test]
async fn somebody_clicks_what_came_by_mail() {
    let api = start().await;
    for name in ["one-test.com", "two-test.com", "three-test.com"] {
        create(&api, wanted(name)).await;
    }
    let offered = act(&api, "start/domain/email", "one-test.com").await.json();
    let admins = offered["dcvEmails"][0]["adminEmails"].clone();
    assert_eq!(admins[0], "admin@one-test.com");
    assert_eq!(offered["emails"].as_array().map(Vec::len), Some(7));
    let path = format!("{PATH}/submit/domain/email");
    let order = |email: &str| json!({"domain": "one-test.com", "email": email});
    let wrong = api.post(&path, order("admin@two-test.com")).await;
    assert_eq!(wrong.refusal(), (400, -518));
    let submitted = api.post(&path, order("admin@one-test.com")).await.json();
    for _ in 0..2 {
        let waiting = status(&api, "one-test.com").await;
        assert_eq!(waiting["validationEmail"], "admin@one-test.com");
        let reference = "emailValidationReferenceNumber";
        assert_eq!(waiting[reference], submitted[reference]);
        assert_eq!(waiting["status"], "NOT_VALIDATED");
    }
    let shown = act(&api, "status", "one-test.com").await.json();
    assert_eq!(shown["status"], "VALIDATED");

    let both = json!({"domains": ["two-test.com", "three-test.com"]});
    let path = format!("{PATH}/start/domain/email");
    let offered = api.post(&path, both.clone()).await.json();
    assert_eq!(offered["dcvEmails"].as_array().map(Vec::len), Some(2));
    let common = offered["emails"].as_array().expect("a list").clone();
    assert_eq!(common.len(), 2);
    let path = format!("{PATH}/submit-bulk/domain/email");
    let mut order = both.clone();
    order["email"] = json!("admin@two-test.com");
    assert_eq!(api.post(&path, order.clone()).await.refusal(), (400, -518));
    order["email"] = common[0].clone();
    let answer = api.post(&path, order).await.json();
    assert_eq!(answer.as_object().map(serde_json::Map::len), Some(3));
    for name in ["two-test.com", "three-test.com"] {
        assert_eq!(status(&api, name).await["orderStatus"], "SUBMITTED");
    }
}

#[tokio::test]
async fn never_is_told_from_not_yet() {
    let manual = |builder: cert_emulators::sectigo_scm::Builder| {
        builder.certificates(0).validation(Progress::Manual)
    };
    let api = Api::start_with(manual).await;
    create(&api, wanted("testdomain.com")).await;
    act(&api, "submit/domain/http", "testdomain.com")
        .await
        .json();
    api.emulator.clock().advance_days(29);
    assert_eq!(
        status(&api, "testdomain.com").await["orderStatus"],
        "SUBMITTED"
    );
    api.emulator.clock().advance_days(1);
    let rejected = status(&api, "testdomain.com").await;
    assert_eq!(
        (&rejected["status"], &rejected["orderStatus"]),
        (&json!("NOT_VALIDATED"), &json!("REJECTED"))
    );
    act(&api, "submit/domain/http", "testdomain.com")
        .await
        .json();
    assert_eq!(
        status(&api, "testdomain.com").await["orderStatus"],
        "SUBMITTED"
    );
    let cleared = act(&api, "clear", "testdomain.com").await.json();
    assert_eq!(cleared["orderStatus"], "NOT_INITIATED");
    let message = "DCV status: NOT_VALIDATED; DCV order status: NOT_INITIATED";
    assert_eq!(cleared["message"], message);
    act(&api, "delete", "example.com").await.is_empty(200);
    assert_eq!(status(&api, "example.com").await["status"], "NOT_VALIDATED");
}

#[tokio::test]
async fn validations_are_listed_by_filters() {
    let api = start().await;
    create(&api, wanted("testdomain.com")).await;
    create(&api, wanted("www.example.com")).await;
    act(&api, "submit/domain/http", "testdomain.com")
        .await
        .json();
    let page = api.get(&format!("{PATH}?size=1&position=3")).await;
    assert_eq!(page.header("x-total-count"), "5");
    let entry = json!([{
        "domain": "testdomain.com", "dcvStatus": "NOT_VALIDATED",
        "dcvOrderStatus": "SUBMITTED", "dcvOrderMethod": "HTTP",
    }]);
    assert_eq!(page.json(), entry);
    for (query, total) in [
        (
            "domain=test&org=&department=&expiresIn=&dcvStatus=&orderStatus=",
            1,
        ),
        ("dcvStatus=VALIDATED", 4),
        ("dcvStatus=Not+validated", 1),
        ("orderStatus=Submitted", 1),
        ("orderStatus=NOT_INITIATED&domain=www", 1),
        ("org=9002", 3),
        ("expiresIn=396", 0),
        ("expiresIn=397", 4),
    ] {
        let list = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(list.header("x-total-count"), total.to_string(), "{query}");
    }
    for query in [
        "dcvStatus=x",
        "orderStatus=x",
        "expiresIn=-1",
        "org=x",
        "unknown=1",
    ] {
        let refused = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn calls_about_validation_are_read_strictly() {
    let api = start().await;
    create(&api, wanted("www.example.com")).await;
    let below = act(&api, "start/domain/http", "www.example.com").await;
    assert_eq!(below.refusal(), (400, -723));
    let inherited = status(&api, "www.example.com").await;
    assert_eq!(inherited["status"], "VALIDATED", "by the domain above");
    for call in [
        "status",
        "sync",
        "clear",
        "delete",
        "start/domain/http",
        "start/domain/https",
        "submit/domain/http",
        "submit/domain/https",
        "start/domain/cname",
        "submit/domain/cname",
        "submit/domain/txt",
        "start/domain/email",
        "../../v2/validation/status",
    ] {
        let path = format!("{PATH}/{call}").replace("/v1/validation/../..", "");
        for (body, code) in [
            (json!({"domain": "nobody.com"}), -727),
            (json!({"domain": "x".repeat(256)}), -1601),
            (json!({"domain": 1}), -1002),
            (json!({}), -7),
            (json!({"domain": "example.com", "unknown": 1}), -1002),
        ] {
            let answer = api.post(&path, body.clone()).await;
            assert_eq!(answer.refusal(), (400, code), "{path} {body}");
        }
    }
    let path = format!("{PATH}/submit/domain/email");
    let body = json!({"domain": "example.com", "email": "nobody"});
    assert_eq!(api.post(&path, body).await.refusal(), (400, -1601));
    let both = json!({"domain": "example.com", "domains": ["example.net"]});
    let both = api.post(&format!("{PATH}/start/domain/email"), both).await;
    assert_eq!(both.refusal(), (400, -1601));
    for body in [
        json!({"type": "A", "name": "x", "value": "y"}),
        json!({"type": "TXT", "name": "x"}),
        json!({"name": "x", "value": "y"}),
        json!({"type": "TXT", "name": "x", "value": "y", "ttl": 1}),
    ] {
        assert_eq!(dns(&api, Method::POST, body).await, StatusCode::BAD_REQUEST);
    }
    let read = dns(&api, Method::GET, json!({})).await;
    assert_eq!(read, StatusCode::METHOD_NOT_ALLOWED);
}
