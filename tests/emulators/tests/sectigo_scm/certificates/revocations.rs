use serde_json::{Value, json};

use crate::api::Api;

const REVOCATIONS: [&str; 2] = ["/api/smime/v1/revoke", "/api/device/v1/revoke/order"];

/// The ids of issued client and device certificates, as many as asked for of each.
async fn issued(api: &Api, count: usize) -> [Vec<i64>; 2] {
    let lists = ["/api/smime/v2?state=issued", "/api/device/v1?status=ISSUED"];
    let mut found = [Vec::new(), Vec::new()];
    for (ids, list) in found.iter_mut().zip(lists) {
        let rows = api.get(list).await.json();
        let all = rows.as_array().expect("a list").iter();
        ids.extend(all.filter_map(|row| row["id"].as_i64()).take(count));
        assert_eq!(ids.len(), count, "{list}");
    }
    found
}

#[tokio::test]
async fn persons_and_devices_need_no_reason() {
    let reasons = [
        json!({}),
        json!({"reason": null}),
        json!({"reason": ""}),
        json!({"reason": "x".repeat(512), "reasonCode": 4}),
    ];
    let api = Api::start_with(|builder| builder.certificates(0).persons(20).devices(20)).await;
    let found = issued(&api, reasons.len()).await;
    for (path, ids) in REVOCATIONS.iter().zip(found) {
        for (body, id) in reasons.iter().zip(ids) {
            let answer = api.post(&format!("{path}/{id}"), body.clone()).await;
            answer.is_empty(204);
        }
    }
}

#[tokio::test]
async fn a_reason_that_is_given_is_read_strictly() {
    let refused = [
        (json!({"reason": "x".repeat(513)}), -1601),
        (json!({"reason": 4}), -1002),
        (json!({"reasonCode": 2}), -1601),
        (json!({"why": "x"}), -1002),
    ];
    let api = Api::start_with(|builder| builder.certificates(0).persons(20).devices(20)).await;
    let found = issued(&api, 1).await;
    for (path, ids) in REVOCATIONS.iter().zip(found) {
        let path = format!("{path}/{}", ids[0]);
        for (body, code) in &refused {
            assert_eq!(
                api.post(&path, body.clone()).await.refusal(),
                (400, *code),
                "{body}"
            );
        }
    }
}

#[tokio::test]
async fn revocation_by_address_needs_the_address_alone() {
    let api = Api::start_with(|builder| builder.certificates(0).persons(20)).await;
    let path = "/api/smime/v1/revoke";
    for body in [
        json!({}),
        json!({"email": ""}),
        json!({"email": Value::Null}),
    ] {
        assert_eq!(api.post(path, body).await.refusal(), (400, -7));
    }
    let body = json!({"email": "user-0001@example.com"});
    api.post(path, body).await.is_empty(204);
}
