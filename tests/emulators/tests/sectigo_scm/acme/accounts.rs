use http::Method;
use serde_json::{Value, json};

use super::{ACCOUNTS, DV, EV, OV, UNIVERSAL, add, all, create, domains, start, wanted};
use crate::api::{Api, number};

const OLDER: &str = "/api/acme/v1/account";

#[tokio::test]
async fn what_is_created_is_shown_renamed_and_deleted() {
    let api = start().await;
    let created = api.post(ACCOUNTS, wanted("first", OV, 9001)).await;
    created.is_empty(201);
    let location = created.header("location");
    let id = number(location);
    let one = format!("{ACCOUNTS}/{id}");
    assert_eq!(location, format!("{}{one}", api.emulator.base_url()));
    let shown = api.get(&one).await.json();
    let (key, mac) = (&shown["macId"], &shown["macKey"]);
    assert_eq!(key.as_str().map(str::len), Some(36));
    assert_eq!(mac.as_str().map(str::len), Some(43));
    let anchor = shown["ovOrderNumber"].as_i64().expect("a number");
    let expected = json!({
        "id": id, "accountId": key, "macId": key, "macKey": mac, "acmeServer": OV,
        "name": "first", "organizationId": 9001, "certValidationType": "OV",
        "ovOrderNumber": anchor, "ovAnchorID": anchor.to_string(),
        "validationId": anchor.to_string(),
    });
    assert_eq!(shown, expected);
    let renamed = json!({"name": "second"});
    api.call(Method::PUT, &one, Some(renamed))
        .await
        .is_empty(200);
    api.call(Method::PUT, &one, Some(json!({})))
        .await
        .is_empty(200);
    assert_eq!(api.get(&one).await.json()["name"], "second");
    api.call(Method::DELETE, &one, None).await.is_empty(204);
    assert_eq!(api.get(&one).await.refusal(), (404, -1));
    let answer = api.get(ACCOUNTS).await;
    assert_eq!(
        (answer.header("x-total-count"), answer.json()),
        ("0", json!([]))
    );
}

#[tokio::test]
async fn the_older_calls_are_about_the_same_accounts_and_show_their_domains() {
    let api = start().await;
    let created = api.post(OLDER, wanted("older", EV, 9001)).await;
    created.is_empty(201);
    let id = number(created.header("location"));
    assert!(
        created
            .header("location")
            .ends_with(&format!("{OLDER}/{id}"))
    );
    let path = format!("{OLDER}/{id}/domains");
    let names = ["example.com", "sub.example.com"];
    let added = api.post(&path, domains(&names)).await.json();
    assert_eq!(added, json!({}));
    let mut expected = api.get(&format!("{ACCOUNTS}/{id}")).await.json();
    expected["domains"] = json!([{"name": names[0]}, {"name": names[1]}]);
    assert_eq!(api.get(&format!("{OLDER}/{id}")).await.json(), expected);
    assert_eq!(api.get(OLDER).await.json(), json!([expected]));
    let removed = api
        .call(
            Method::DELETE,
            &path,
            Some(domains(&["example.com", "example.net"])),
        )
        .await
        .json();
    assert_eq!(removed, json!({"notRemovedDomains": ["example.net"]}));
    let one = format!("{OLDER}/{id}");
    let renamed = json!({"name": "newer"});
    api.call(Method::PUT, &one, Some(renamed))
        .await
        .is_empty(200);
    let shown = api.get(&one).await.json();
    assert_eq!(shown["name"], "newer");
    assert_eq!(shown["domains"], json!([{"name": "sub.example.com"}]));
    api.call(Method::DELETE, &one, None).await.is_empty(204);
    assert_eq!(
        api.get(&format!("{ACCOUNTS}/{id}")).await.refusal(),
        (404, -1)
    );
}

/// A department of organization 9001.
async fn department(api: &Api) -> i64 {
    let body = json!({
        "name": "Department", "parentOrgName": "Example Corp", "address1": "1", "country": "XX",
        "city": "Exampleton", "clientCertificate": {},
    });
    let created = api.post("/api/organization/v1", body).await;
    created.is_empty(201);
    number(created.header("location"))
}

#[tokio::test]
async fn accounts_are_found_by_all_that_lists_can_ask() {
    let api = start().await;
    let department = department(&api).await;
    for (name, server, organization) in [
        ("one", OV, 9001),
        ("two", EV, 9001),
        ("three", OV, department),
        ("four", OV, 9002),
    ] {
        let body = wanted(name, server, organization);
        api.post(ACCOUNTS, body).await.is_empty(201);
    }
    let department = department.to_string();
    let cases: [(&str, &[&str]); 11] = [
        ("", &["one", "two", "three", "four"]),
        ("size=2", &["one", "two"]),
        ("size=2&position=3", &["four"]),
        ("organizationId=9001", &["one", "two", "three"]),
        ("organizationId=9001%2C-2", &["one", "two"]),
        (&format!("organizationId={department}"), &["three"]),
        ("organizationId=77", &[]),
        ("name=O", &["one", "two", "four"]),
        ("acmeServer=EV+ACME", &["two"]),
        ("certValidationType=OV&name=e", &["one", "three"]),
        ("certValidationType=DV", &[]),
    ];
    for path in [ACCOUNTS, OLDER] {
        for (query, expected) in cases {
            let found = api.get(&format!("{path}?{query}")).await;
            assert_eq!(all(&found.json(), "name"), expected, "{query}");
        }
        let paged = api.get(&format!("{path}?size=1&organizationId=9001")).await;
        assert_eq!(paged.header("x-total-count"), "3");
    }
    for query in [
        "organizationId=x",
        "organizationId=9001%2C-1",
        "organizationId=0",
        "certValidationType=ov",
        "status=valid",
    ] {
        let refused = api.get(&format!("{ACCOUNTS}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn accounts_that_cannot_be_are_refused() {
    let api = start().await;
    let with = |name: &str, value: Value| {
        let mut body = wanted("account", OV, 9001);
        body[name] = value;
        body
    };
    let cases = [
        (with("name", Value::Null), -7),
        (with("name", json!("")), -7),
        (with("name", json!("  ")), -1601),
        (with("name", json!("n".repeat(129))), -1601),
        (with("name", json!(1)), -1002),
        (with("acmeServer", Value::Null), -7),
        (with("acmeServer", json!("No such server")), -1601),
        (with("acmeServer", json!(UNIVERSAL)), -1601),
        (with("organizationId", Value::Null), -7),
        (with("organizationId", json!(0)), -1601),
        (with("organizationId", json!("9001")), -1002),
        (with("organizationId", json!(77)), -639),
        (with("profileName", json!("Emulated OV SSL")), -1002),
        (wanted("not open to it", EV, 9002), -39),
    ];
    for (body, code) in cases {
        let refused = api.post(ACCOUNTS, body.clone()).await;
        assert_eq!(refused.refusal(), (400, code), "{body}");
    }
    api.post(ACCOUNTS, with("name", json!("n".repeat(128))))
        .await
        .is_empty(201);
}

#[tokio::test]
async fn changes_that_cannot_be_are_refused() {
    let api = start().await;
    let one = format!("{ACCOUNTS}/{}", create(&api, "account").await);
    let cases = [
        (json!({"name": ""}), -1601),
        (json!({"name": " "}), -1601),
        (json!({"name": "n".repeat(129)}), -1601),
        (json!({"organizationId": 9002}), -1002),
        (json!([]), -1002),
    ];
    for (body, code) in cases {
        let refused = api.call(Method::PUT, &one, Some(body.clone())).await;
        assert_eq!(refused.refusal(), (400, code), "{body}");
    }
    let strange = format!("{ACCOUNTS}/77");
    let body = || Some(json!({"name": "name"}));
    for (method, body) in [
        (Method::GET, None),
        (Method::PUT, body()),
        (Method::DELETE, None),
    ] {
        let refused = api.call(method, &strange, body).await;
        assert_eq!(refused.refusal(), (404, -1));
    }
    assert_eq!(
        api.get(&format!("{ACCOUNTS}/x")).await.refusal(),
        (400, -1601)
    );
}

#[tokio::test]
async fn an_organization_with_an_account_stays() {
    let api = start().await;
    let department = department(&api).await;
    let path = format!("/api/organization/v1/{department}");
    let body = wanted("account", OV, department);
    let created = api.post(ACCOUNTS, body).await;
    let refused = api.call(Method::DELETE, &path, None).await;
    assert_eq!(refused.refusal(), (400, -1021));
    let one = format!("{ACCOUNTS}/{}", number(created.header("location")));
    api.call(Method::DELETE, &one, None).await.is_empty(204);
    api.call(Method::DELETE, &path, None).await.is_empty(204);
}

#[tokio::test]
async fn a_page_shows_changes_at_once() {
    let api = start().await;
    let id = create(&api, "before").await;
    let query = format!("{ACCOUNTS}?name=before");
    assert_eq!(all(&api.get(&query).await.json(), "id"), [id]);
    let one = format!("{ACCOUNTS}/{id}");
    let renamed = json!({"name": "after"});
    api.call(Method::PUT, &one, Some(renamed))
        .await
        .is_empty(200);
    assert_eq!(api.get(&query).await.json(), json!([]));
    assert_eq!(add(&api, id, &["example.org"]).await, json!({}));
    let listed = api.get(OLDER).await.json();
    assert_eq!(listed[0]["domains"], json!([{"name": "example.org"}]));
}

#[tokio::test]
async fn an_account_without_a_validated_organization_has_no_anchor() {
    let api = start().await;
    let created = api.post(ACCOUNTS, wanted("account", DV, 9001)).await;
    let id = number(created.header("location"));
    let shown = api.get(&format!("{ACCOUNTS}/{id}")).await.json();
    assert_eq!(shown["certValidationType"], "DV");
    assert_eq!(add(&api, id, &["example.com"]).await, json!({}));
    let listed = api.get(&format!("{ACCOUNTS}/{id}/domain")).await.json();
    for (body, number) in [
        (&shown, "ovOrderNumber"),
        (&listed[0], "ovAnchorOrderNumber"),
    ] {
        for name in [number, "ovAnchorID", "validationId"] {
            assert_eq!(body.get(name), None, "{name}");
        }
    }
}
