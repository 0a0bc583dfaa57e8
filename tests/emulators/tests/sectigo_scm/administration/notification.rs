use http::Method;
use serde_json::{Value, json};

use crate::api::{Answer, Api, assert_documented, number};

const PATH: &str = "/api/notification/v1";

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(0).devices(0)).await
}

fn notification(description: &str) -> Value {
    json!({
        "description": description, "type": "SSLRevoked",
        "orgData": {"selectedOrgType": "SELECTED", "orgDelegations": [9001]},
        "recipientData": {
            "notifyRoles": ["MRAO", "SSL_RAO"],
            "recipients": [{"type": "EMAIL", "value": "ada@example.com"}],
        },
        "additionalData": {"certTypeId": 5101, "revokedByUser": true},
    })
}

async fn create(api: &Api, body: Value) -> i64 {
    let created = api.post(PATH, body).await;
    created.is_empty(201);
    number(created.header("location"))
}

async fn put(api: &Api, id: i64, body: Value) -> Answer {
    api.call(Method::PUT, &format!("{PATH}/{id}"), Some(body))
        .await
}

async fn listed(api: &Api, query: &str) -> Vec<i64> {
    let list = api.get(&format!("{PATH}?{query}")).await.json();
    let entries = list.as_array().expect("an array").iter();
    entries
        .map(|entry| entry["id"].as_i64().expect("an id"))
        .collect()
}

#[tokio::test]
async fn what_is_created_is_listed_changed_and_deleted() {
    let api = start().await;
    let id = create(&api, notification("revoked by users")).await;
    let list = api.get(PATH).await;
    assert_eq!(list.header("x-total-count"), "1");
    let mut expected = notification("revoked by users");
    let conditions = json!({
        "days": 0, "freq": "ONCE", "certTypeId": 5101,
        "revokedByAdmin": false, "revokedByUser": true,
    });
    expected["additionalData"] = conditions;
    expected["active"] = json!(true);
    expected["id"] = json!(id);
    expected["createdBy"] = json!("Ada Example");
    expected["modifiedBy"] = json!("Ada Example");
    let found = list.json()[0].clone();
    assert_documented(&found, "Notification");
    let created = found["created"].as_str().expect("a time");
    assert!(created.ends_with('Z') && created.len() == 24, "{created}");
    expected["created"] = found["created"].clone();
    expected["modified"] = found["created"].clone();
    assert_eq!(found, expected);

    let change = json!({
        "orgData": {"selectedOrgType": "ANYDEPT"}, "active": false,
        "recipientData": {"notifyRoles": ["REQUESTER"]},
    });
    let changed = put(&api, id, change).await.json();
    expected["orgData"] = json!({"selectedOrgType": "ANYDEPT", "orgDelegations": []});
    expected["recipientData"] = json!({"notifyRoles": ["REQUESTER"], "recipients": []});
    expected["active"] = json!(false);
    expected
        .as_object_mut()
        .expect("an object")
        .remove("modified");
    assert_eq!(changed, expected);
    let on = put(&api, id, json!({"recipientData": {}})).await.json();
    assert_eq!(on["active"], true, "switched on by what is not said");
    assert_eq!(on["orgData"]["selectedOrgType"], "ANYDEPT");
    let one = format!("{PATH}/{id}");
    api.call(Method::DELETE, &one, None).await.is_empty(200);
    let gone = api.call(Method::DELETE, &one, None).await;
    assert_eq!(gone.refusal(), (404, -1));
}

#[tokio::test]
async fn lists_are_filtered_and_paged() {
    let api = start().await;
    let first = create(&api, notification("first")).await;
    let mut other = notification("Second");
    other["type"] = json!("SSLExpiration");
    other["orgData"] = json!({"selectedOrgType": "ANY"});
    other["additionalData"] = json!({"days": 30, "freq": "DAILY"});
    let second = create(&api, other).await;
    for (query, expected) in [
        ("", vec![first, second]),
        ("size=1&position=1", vec![second]),
        ("description=sec", vec![second]),
        ("orgId=9001", vec![first]),
        ("selectedOrgType=ANY", vec![second]),
        ("type=SSLRevoked", vec![first]),
        ("type=BrandCertificateIssued", vec![]),
        ("certTypeId=5101", vec![first]),
    ] {
        assert_eq!(listed(&api, query).await, expected, "{query}");
    }
    assert_eq!(listed(&api, &format!("id={second}")).await, [second]);
    for query in [
        "type=SSLrevoked",
        "selectedOrgType=SOME",
        "orgId=x",
        "active=true",
    ] {
        let refused = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn the_types_that_are_told_can_be_used() {
    let api = start().await;
    let types = api.get(&format!("{PATH}/types")).await.json();
    let types = types.as_array().expect("an array");
    assert_eq!(types.len(), 34);
    for kind in types {
        let mut body = notification("of a type");
        body["type"] = kind.clone();
        create(&api, body).await;
    }
    assert_eq!(listed(&api, "").await.len(), 34);
}

#[tokio::test]
async fn notifications_are_read_strictly() {
    let api = start().await;
    let recipient = |recipient: Value| json!({"recipients": [recipient]});
    for (part, value, code) in [
        ("more", json!(1), -1002),
        ("type", Value::Null, -7),
        ("type", json!("SSL Certificate Revoked"), -9),
        ("type", json!("ReportGenerated"), -3),
        ("description", json!("ab"), -1601),
        ("description", json!("x".repeat(257)), -1601),
        ("recipientData", Value::Null, -7),
        ("recipientData", json!({"notifyRoles": ["RAO_SSL"]}), -1601),
        ("recipientData", recipient(json!({"type": "EMAIL"})), -7),
        (
            "recipientData",
            recipient(json!({"value": "a@example.com"})),
            -7,
        ),
        (
            "recipientData",
            recipient(json!({"type": "EMAIL", "value": "nobody"})),
            -1601,
        ),
        (
            "recipientData",
            recipient(json!({"type": "FAX", "value": "1"})),
            -1601,
        ),
        ("orgData", json!({}), -7),
        ("orgData", json!({"selectedOrgType": "SELECTED"}), -7),
        ("orgData", json!({"selectedOrgType": "SOME"}), -1601),
        (
            "orgData",
            json!({"selectedOrgType": "ANY", "orgDelegations": [9001]}),
            -1601,
        ),
        (
            "orgData",
            json!({"selectedOrgType": "SELECTED", "orgDelegations": [1]}),
            -639,
        ),
        ("additionalData", json!({"certTypeId": 1}), -111),
        ("additionalData", json!({"days": -1}), -1601),
        ("additionalData", json!({"freq": "WEEKLY"}), -1601),
        ("active", json!("yes"), -1002),
    ] {
        let mut body = notification("revoked");
        body[part] = value.clone();
        let refused = api.post(PATH, body).await;
        assert_eq!(refused.refusal(), (400, code), "{part} {value}");
    }
    let id = create(&api, notification("revoked")).await;
    let refused = put(&api, id, notification("revoked")).await;
    assert_eq!(refused.refusal(), (400, -1002), "the type stays");
    let hook = recipient(json!({"type": "SLACK", "value": "https://hooks.example.com/T0"}));
    put(&api, id, json!({"recipientData": hook})).await.json();
}
