use std::collections::BTreeSet;

use cert_emulators::Fault;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Answer, Api};

const SSL: &str = "/api/report/v1/ssl-certificates";
const STREAM: &str = "/api/report/v2/stream";

async fn rows(api: &Api, path: &str, body: Value) -> Vec<Value> {
    let mut answer = api.post(path, body).await.json();
    assert_eq!(answer["statusCode"], 0);
    match answer["reports"].take() {
        Value::Array(rows) => rows,
        other => panic!("{other} is no list"),
    }
}

async fn lines(api: &Api, body: Value) -> Vec<String> {
    let answer = api.post(STREAM, body).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(
        answer.header("content-type"),
        "application/octet-stream;charset=UTF-8"
    );
    assert!(
        answer
            .header("content-disposition")
            .starts_with("attachment; filename=\"report-")
    );
    answer.text().lines().map(str::to_owned).collect()
}

fn refused(answer: &Answer, code: i64) {
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
    let body: Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!(body["code"], code, "{body}");
}

#[tokio::test]
async fn each_status_has_its_certificates() {
    let api = Api::start().await;
    let all = rows(&api, SSL, json!({})).await;
    assert_eq!(all.len(), 40);
    let of_status = |status: &str| all.iter().filter(|row| row["status"] == status).count();
    for (code, status) in [
        (1, "Requested"),
        (2, "Issued"),
        (3, "Revoked"),
        (4, "Expired"),
    ] {
        let some = rows(&api, SSL, json!({ "certificateStatus": code })).await;
        assert!(some.iter().all(|row| row["status"] == status), "{status}");
        assert_eq!(some.len(), of_status(status), "{status}");
        assert!(!some.is_empty(), "{status}");
    }
    let external = rows(&api, SSL, json!({ "certificateStatus": 11 })).await;
    assert_eq!(
        external,
        rows(&api, SSL, json!({ "certificateStatus": 2 })).await
    );
}

#[tokio::test]
async fn limits_apply_to_the_date_that_is_named() {
    let api = Api::start().await;
    let day = |text: &Value| text.as_str().expect("a date")[..10].to_owned();
    let issued = json!({ "certificateStatus": 2 });
    let all = rows(&api, SSL, issued).await;
    let days: BTreeSet<_> = all.iter().map(|row| day(&row["expires"])).collect();
    let middle = days.iter().nth(days.len() / 2).expect("days").clone();
    let asked = |from: &str, to: &str| json!({ "certificateStatus": 2, "certificateDateAttribute": 3, "from": from, "to": to });
    let until = rows(&api, SSL, asked("2000-01-01", &middle)).await;
    let after = rows(
        &api,
        SSL,
        asked(&format!("{middle}T23:59:59.999Z"), "2200-01-01"),
    )
    .await;
    assert!(until.iter().all(|row| day(&row["expires"]) <= middle) && !until.is_empty());
    assert!(after.iter().all(|row| day(&row["expires"]) > middle) && !after.is_empty());
    assert_eq!(until.len() + after.len(), all.len());
    let never = json!({ "certificateDateAttribute": 1, "from": "2000-01-01" });
    assert!(rows(&api, SSL, never).await.is_empty());
}

#[tokio::test]
async fn rows_tell_what_there_is_when_they_are_asked_for() {
    let api = Api::start().await;
    let id = api.issue("new.example.com").await;
    let named =
        json!({ "commonName": "NEW.*.com", "organizationIds": [9001], "includeIpAddresses": true });
    let found = rows(&api, SSL, named).await;
    assert_eq!(found.len(), 1);
    assert_eq!(
        (&found[0]["id"], &found[0]["status"]),
        (&json!(id), &json!("Issued"))
    );
    assert_eq!(found[0]["ipAddresses"], "127.0.0.1");
    assert_eq!(found[0]["customFields"][0]["name"], "Cost center");
    let elsewhere = json!({ "commonName": "new", "organizationIds": [9002] });
    assert!(rows(&api, SSL, elsewhere).await.is_empty());
    let rest = rows(&api, SSL, json!({ "certificateRequestSource": 12 })).await;
    assert!(rest.iter().all(|row| row["requestedVia"] == "REST API") && !rest.is_empty());
}

#[tokio::test]
async fn the_other_kinds_have_reports_too() {
    let api = Api::start_with(|builder| builder.certificates(3).persons(20).devices(10)).await;
    let clients = rows(&api, "/api/report/v1/client-certificates", json!({})).await;
    assert_eq!(clients.len(), 20);
    assert!(clients[0]["organization"]["id"].is_string());
    let devices = rows(&api, "/api/report/v1/device-certificates", json!({})).await;
    assert_eq!(devices.len(), 10);
    assert!(
        rows(&api, "/api/report/v1/brand-certificates", json!({}))
            .await
            .is_empty()
    );
    let domains = api
        .call(Method::POST, "/api/report/v1/domains", None)
        .await
        .json();
    assert_eq!(domains["reports"].as_array().map(Vec::len), Some(3));
    let deeds = rows(&api, "/api/report/v1/activity", json!({})).await;
    assert!(deeds.len() > 33 && deeds.iter().all(|deed| deed["date"].is_string()));
}

#[tokio::test]
async fn every_kind_of_file_has_its_columns() {
    let api = Api::start().await;
    for (kind, first, count) in [
        ("SSL_CERTS", "\"Id\",\"Type\",\"Common Name\"", 40),
        ("CLIENT_CERTS", "\"Id\",\"Full Name\"", 100),
        ("DEVICE_CERTS", "\"Id\",\"Common Name\"", 100),
        ("CS_CERTS", "\"Id\",\"Full Name\"", 0),
        ("BRAND_CERTS", "\"Id\",\"Type\"", 0),
        ("ADMINS", "\"Id\",\"Name\",\"Login\"", 4),
        ("DOMAINS", "\"Name\",\"Expiration Date\"", 3),
        ("NOTIFICATION_ACTIVITY_LOG", "\"Notification Type\"", 0),
        ("PK_CONTROLLER_ACTIVITY_LOG", "\"Id\",\"Action\"", 0),
    ] {
        let lines = lines(&api, json!({ "type": kind })).await;
        assert!(lines[0].starts_with(first), "{kind}: {}", lines[0]);
        assert_eq!(lines.len(), count + 1, "{kind}");
        let cells = |line: &str| line.split(',').count();
        assert!(
            lines[1..]
                .iter()
                .all(|line| cells(line) >= cells(&lines[0])),
            "{kind}"
        );
    }
    let deeds = lines(
        &api,
        json!({ "type": "ACTIVITY_LOG", "dates": { "type": "LAST", "days": 1 } }),
    );
    assert!(deeds.await[0].starts_with("\"Action\",\"Admin\""));
}

#[tokio::test]
async fn files_are_limited_in_words() {
    let api = Api::start().await;
    let soon = json!({ "type": "SSL_CERTS", "certificateStatus": "EXPIRED", "currentStatus": "ISSUED", "dates": { "type": "NEXT", "days": 30 } });
    let count = lines(&api, soon).await.len() - 1;
    assert!((1..40).contains(&count), "{count}");
    for via in ["ACME", "REST"] {
        let lines = lines(&api, json!({ "type": "SSL_CERTS", "requestVia": via })).await;
        assert!(lines[1..].iter().all(|line| line.contains(via)) && lines.len() > 1);
    }
    let owned = lines(&api, json!({ "type": "SSL_CERTS", "orgs": [9001] })).await;
    let theirs = |line: &String| line.contains("\"Example Corp\"");
    assert!(owned[1..].iter().all(theirs) && (2..41).contains(&owned.len()));
    let none = json!({ "type": "DOMAINS", "status": "EXPIRED" });
    assert_eq!(lines(&api, none).await.len(), 1);
}

#[tokio::test]
async fn what_no_report_takes_is_refused() {
    let api = Api::start().await;
    for (path, body, code) in [
        (SSL, json!({ "certificateStatus": 5 }), -1601),
        (SSL, json!({ "certificateDateAttribute": 0 }), -1601),
        (SSL, json!({ "certificateRequestSource": 6 }), -1601),
        (SSL, json!({ "certificateStatus": "ISSUED" }), -1002),
        (
            SSL,
            json!({ "from": "2026-02-01", "to": "2026-01-01" }),
            -1601,
        ),
        (SSL, json!({ "from": "yesterday" }), -1601),
        (SSL, json!({ "commonName": "a<b" }), -1601),
        (SSL, json!({ "serialNumberFormat": "DEC" }), -1601),
        (SSL, json!({ "unknown": 1 }), -1002),
        (
            "/api/report/v1/client-certificates",
            json!({ "certificateStatus": 1 }),
            -1601,
        ),
        (
            "/api/report/v1/device-certificates",
            json!({ "certificateStatus": 11 }),
            -1601,
        ),
        (
            "/api/report/v1/brand-certificates",
            json!({ "certificateStatus": 11 }),
            -1601,
        ),
        (
            "/api/report/v1/activity",
            json!({ "certificateStatus": 1 }),
            -1002,
        ),
        (STREAM, json!({}), -7),
        (STREAM, json!({ "type": "EVERYTHING" }), -1601),
        (STREAM, json!({ "type": "ADMINS", "orgs": [] }), -1002),
        (
            STREAM,
            json!({ "type": "ACTIVITY_LOG", "status": "VALIDATED" }),
            -1002,
        ),
        (
            STREAM,
            json!({ "type": "DEVICE_CERTS", "requestVia": "ACME" }),
            -1601,
        ),
        (
            STREAM,
            json!({ "type": "SSL_CERTS", "dates": { "type": "SOON" } }),
            -1601,
        ),
    ] {
        refused(&api.post(path, body).await, code);
    }
    refused(&api.post(&format!("{SSL}?size=1"), json!({})).await, -1601);
}

/// Rows are made while they are sent: what changes meanwhile shows.
#[tokio::test]
async fn a_report_is_written_while_it_is_read() {
    let api = Api::start_with(|builder| builder.certificates(4_000)).await;
    let request = api
        .request(Method::POST, SSL)
        .header("content-type", "application/json");
    let mut answer = request.body("{}").send().await.expect("an answer");
    assert_eq!(answer.content_length(), None);
    let first = answer.chunk().await.expect("a piece").expect("rows");
    assert!(first.starts_with(br#"{"statusCode":0,"reports":[{"#));
    let mut length = first.len();
    while let Some(piece) = answer.chunk().await.expect("a piece") {
        length += piece.len();
    }
    assert!(length > 1 << 20, "{length}");
}

#[tokio::test]
async fn a_report_can_be_cut() {
    let api = Api::start_with(|builder| builder.certificates(4_000)).await;
    api.emulator.faults().add(Fault::cut_body());
    let request = api
        .request(Method::POST, SSL)
        .header("content-type", "application/json");
    let answer = request
        .body("{}")
        .send()
        .await
        .expect("the head of an answer");
    assert!(answer.bytes().await.is_err());
}
