use http::Method;
use serde_json::{Value, json};

use super::{ACCOUNTS, UNIVERSAL, UNIVERSAL_ACCOUNTS, all, person::Person, start};
use crate::api::{Api, number};

fn wanted(name: &str) -> Value {
    json!({
        "name": name, "acmeServer": UNIVERSAL, "organizationId": 9001,
        "profileName": "Emulated OV SSL",
    })
}

async fn create(api: &Api, name: &str) -> i64 {
    let created = api.post(UNIVERSAL_ACCOUNTS, wanted(name)).await;
    created.is_empty(201);
    number(created.header("location"))
}

#[tokio::test]
async fn what_is_created_is_shown_renamed_and_deleted() {
    let api = start().await;
    let id = create(&api, "first").await;
    let one = format!("{UNIVERSAL_ACCOUNTS}/{id}");
    let shown = api.get(&one).await.json();
    let (key, mac) = (&shown["macId"], &shown["macKey"]);
    assert_eq!(key.as_str().map(str::len), Some(36));
    let expected = json!({
        "id": id, "accountId": key, "macId": key, "macKey": mac, "acmeServer": UNIVERSAL,
        "name": "first", "organizationId": 9001, "profileName": "Emulated OV SSL",
    });
    assert_eq!(shown, expected);
    assert_eq!(
        api.get(&format!("{ACCOUNTS}/{id}")).await.refusal(),
        (404, -1)
    );
    let renamed = json!({"name": "second"});
    api.call(Method::PUT, &one, Some(renamed))
        .await
        .is_empty(200);
    assert_eq!(api.get(&one).await.json()["name"], "second");
    api.call(Method::DELETE, &one, None).await.is_empty(204);
    assert_eq!(api.get(&one).await.refusal(), (404, -1));
}

#[tokio::test]
async fn accounts_are_found_apart_from_public_ones() {
    let api = start().await;
    super::create(&api, "public").await;
    for name in ["one", "two", "three"] {
        create(&api, name).await;
    }
    let cases: [(&str, &[&str]); 5] = [
        ("", &["one", "two", "three"]),
        ("name=t&size=1", &["two"]),
        ("organizationId=9001", &["one", "two", "three"]),
        ("organizationId=9002", &[]),
        ("acmeServer=universal&position=2", &["three"]),
    ];
    for (query, expected) in cases {
        let found = api.get(&format!("{UNIVERSAL_ACCOUNTS}?{query}")).await;
        assert_eq!(all(&found.json(), "name"), expected, "{query}");
    }
    let found = api.get(&format!("{UNIVERSAL_ACCOUNTS}?size=1")).await;
    assert_eq!(found.header("x-total-count"), "3");
    for query in ["certValidationType=OV", "organizationId=9001%2C-2"] {
        let refused = api.get(&format!("{UNIVERSAL_ACCOUNTS}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn accounts_that_cannot_be_are_refused() {
    let api = start().await;
    let with = |name: &str, value: Value| {
        let mut body = wanted("account");
        body[name] = value;
        body
    };
    let cases = [
        (with("name", json!("")), -7),
        (with("name", json!(" ")), -1601),
        (with("name", json!("n".repeat(129))), -1601),
        (with("acmeServer", json!("Emulated OV ACME server")), -1601),
        (with("acmeServer", json!("s".repeat(1025))), -1601),
        (with("organizationId", json!(0)), -1601),
        (with("organizationId", json!(77)), -639),
        (with("profileName", Value::Null), -7),
        (with("profileName", json!("")), -7),
        (with("profileName", json!("No such profile")), -1601),
        (with("certValidationType", json!("OV")), -1002),
    ];
    for (body, code) in cases {
        let refused = api.post(UNIVERSAL_ACCOUNTS, body.clone()).await;
        assert_eq!(refused.refusal(), (400, code), "{body}");
    }
}

#[tokio::test]
async fn clients_register_and_order_for_all_that_the_organization_may() {
    let api = start().await;
    let id = create(&api, "account").await;
    let one = format!("{UNIVERSAL_ACCOUNTS}/{id}");
    let account = api.get(&one).await.json();
    let mut person = Person::new(&api, super::crypto::Key::p256());
    person.server = "universal";
    let registered = person.register(&account).await;
    assert_eq!(registered.status, 201, "{}", registered.text());
    person.kid = Some(registered.header("location").to_owned());
    let clients = api.get(&format!("{one}/client")).await;
    assert_eq!(clients.header("x-total-count"), "1");
    let client = clients.json()[0].clone();
    let client_id = client["accountId"].as_str().expect("an id");
    assert!(client_id.ends_with("=="), "{client_id}");
    assert_eq!(client["contacts"], "admin@example.com");
    let order = person.order(&["any.example.org", "example.net"]).await;
    assert_eq!(order.document()["status"], "ready");
    let refused = person.order(&["example.test"]).await;
    refused.is_refused(400, "rejectedIdentifier");
    let path = format!("{one}/client/{client_id}");
    api.call(Method::PUT, &path, None).await.is_empty(204);
    let refused = person.order(&["example.net"]).await;
    refused.is_refused(401, "unauthorized");
}
