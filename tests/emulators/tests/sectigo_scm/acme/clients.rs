use http::Method;
use serde_json::{Value, json};

use super::{
    ACCOUNTS, add, create,
    person::{Person, details},
    start,
};
use crate::api::Api;

async fn clients(api: &Api, account: i64, query: &str) -> Vec<Value> {
    let path = format!("{ACCOUNTS}/{account}/client?{query}");
    let found = api.get(&path).await.json();
    found.as_array().expect("a list").clone()
}

#[tokio::test]
async fn a_client_that_registers_is_listed_under_an_id_of_its_own() {
    let api = start().await;
    let account = create(&api, "account").await;
    let path = format!("{ACCOUNTS}/{account}/client");
    let answer = api.get(&path).await;
    assert_eq!(
        (answer.header("x-total-count"), answer.json()),
        ("0", json!([]))
    );
    let holder = details(&api, account).await;
    let person = Person::registered_with(&api, &holder).await;
    let kid = person.kid.as_deref().expect("an account");
    let (_, id) = kid.rsplit_once('/').expect("a path");
    assert_eq!(id.len(), 36);
    assert_ne!(holder["accountId"], id);
    let listed = clients(&api, account, "").await;
    let activity = listed[0]["lastActivity"].clone();
    let today = api.emulator.clock().today().to_string();
    assert!(
        activity
            .as_str()
            .is_some_and(|text| text.starts_with(&today))
    );
    let expected = json!({
        "accountId": id, "ipAddress": "127.0.0.1", "userAgent": "by-hand/1.0 (test)",
        "status": "valid", "lastActivity": activity, "contacts": "admin@example.com",
    });
    assert_eq!(listed, [expected]);
}

#[tokio::test]
async fn activity_is_what_a_client_did_last() {
    let api = start().await;
    let account = create(&api, "account").await;
    let person = Person::registered_with(&api, &details(&api, account).await).await;
    let before = clients(&api, account, "").await[0]["lastActivity"].clone();
    api.emulator.clock().advance_days(3);
    for (days, expected) in [(0, 0), (1, 0), (3, 0), (4, 1), (40, 1)] {
        let query = format!("lastActivityWithinPrevDays={days}");
        assert_eq!(
            clients(&api, account, &query).await.len(),
            expected,
            "{days}"
        );
    }
    let kid = person.kid.clone().expect("an account");
    person.post(&kid, None).await.document();
    let after = clients(&api, account, "lastActivityWithinPrevDays=1").await;
    assert_ne!(after[0]["lastActivity"], before);
}

#[tokio::test]
async fn clients_are_found_by_all_that_lists_can_ask() {
    let api = start().await;
    let account = create(&api, "account").await;
    let other = create(&api, "other").await;
    let holder = details(&api, account).await;
    let first = Person::registered_with(&api, &holder).await;
    let second = Person::registered_with(&api, &holder).await;
    Person::registered_with(&api, &details(&api, other).await).await;
    let kid = second.kid.clone().expect("an account");
    let contacts = ["mailto:x@y.test", "mailto:z@y.test"];
    let changed = second.post(&kid, Some(json!({"contact": contacts}))).await;
    assert_eq!(changed.document()["contact"], json!(contacts));
    let closed = json!({"status": "deactivated"});
    let closed = second.post(&kid, Some(closed)).await;
    assert_eq!(closed.document()["status"], "deactivated");
    let id = |person: &Person<'_>| {
        let kid = person.kid.clone().expect("an account");
        json!(kid.rsplit_once('/').expect("a path").1)
    };
    let (first, second) = (id(&first), id(&second));
    let both = [first.clone(), second.clone()];
    let cases: [(&str, &[Value]); 13] = [
        ("", &both),
        ("size=1", &both[..1]),
        ("position=1", &both[1..]),
        ("userAgent=BY-HAND", &both),
        ("userAgent=certbot", &[]),
        ("ipAddress=27.0", &both),
        ("ipAddress=10.1", &[]),
        ("contacts=admin", &both[..1]),
        ("contacts=x%40y.test%2Cz", &both[1..]),
        ("status=valid", &both[..1]),
        ("status=deactivated", &both[1..]),
        ("status=valid&status=deactivated", &both),
        ("status=pending", &[]),
    ];
    for (query, expected) in cases {
        let found = clients(&api, account, query).await;
        let found: Vec<_> = found.iter().map(|it| it["accountId"].clone()).collect();
        assert_eq!(found, expected, "{query}");
    }
    let path = format!("{ACCOUNTS}/{account}/client");
    for query in ["lastActivityWithinPrevDays=x", "unknown=1"] {
        let refused = api.get(&format!("{path}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
    let refused = api.get(&format!("{ACCOUNTS}/77/client")).await;
    assert_eq!(refused.refusal(), (404, -1));
}

#[tokio::test]
async fn deactivating_a_client_closes_it_to_the_server() {
    let api = start().await;
    let account = create(&api, "account").await;
    let other = create(&api, "other").await;
    assert_eq!(add(&api, account, &["example.com"]).await, json!({}));
    let holder = details(&api, account).await;
    let person = Person::registered_with(&api, &holder).await;
    assert_eq!(person.order(&["example.com"]).await.status, 201);
    let kid = person.kid.clone().expect("an account");
    let (_, id) = kid.rsplit_once('/').expect("a path");
    let put = |account: i64, id: &str| {
        let path = format!("{ACCOUNTS}/{account}/client/{id}");
        let api = &api;
        async move { api.call(Method::PUT, &path, None).await }
    };
    assert_eq!(put(other, id).await.refusal(), (404, -1));
    assert_eq!(put(account, "unknown").await.refusal(), (404, -1));
    assert_eq!(put(77, id).await.refusal(), (404, -1));
    put(account, id).await.is_empty(204);
    put(account, id).await.is_empty(204);
    assert_eq!(clients(&api, account, "").await[0]["status"], "deactivated");
    let refused = person.order(&["example.com"]).await;
    refused.is_refused(401, "unauthorized");
    person
        .post(&kid, None)
        .await
        .is_refused(401, "unauthorized");
    let again = Person {
        kid: None,
        ..person
    };
    again
        .register(&holder)
        .await
        .is_refused(401, "unauthorized");
}

#[tokio::test]
async fn clients_go_with_their_account_and_certificates_stay() {
    let api = start().await;
    let account = create(&api, "account").await;
    assert_eq!(add(&api, account, &["example.com"]).await, json!({}));
    let holder = details(&api, account).await;
    let person = Person::registered_with(&api, &holder).await;
    let key = rcgen::KeyPair::generate().expect("a key");
    person.issue(&["example.com"], &key).await;
    let path = format!("{ACCOUNTS}/{account}");
    api.call(Method::DELETE, &path, None).await.is_empty(204);
    let refused = person.order(&["example.com"]).await;
    refused.is_refused(400, "accountDoesNotExist");
    let again = Person {
        kid: None,
        ..person
    };
    again
        .register(&holder)
        .await
        .is_refused(403, "unauthorized");
    let issued = api.get("/api/ssl/v1?requestedVia=ACME").await;
    assert_eq!(issued.header("x-total-count"), "1");
}
