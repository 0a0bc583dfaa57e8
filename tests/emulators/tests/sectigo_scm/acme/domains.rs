use http::Method;
use serde_json::{Value, json};

use super::{ACCOUNTS, add, all, create, domains, start};
use crate::api::{Api, number};

async fn list(api: &Api, account: i64, query: &str) -> Vec<Value> {
    let path = format!("{ACCOUNTS}/{account}/domain?{query}");
    all(&api.get(&path).await.json(), "name")
}

/// A domain of organization 9001 that nobody has validated.
async fn unvalidated(api: &Api, name: &str, types: &[&str]) -> i64 {
    let delegation = json!({"orgId": 9001, "certTypes": types});
    let body = json!({"name": name, "delegations": [delegation]});
    let created = api.post("/api/domain/v1", body).await;
    created.is_empty(201);
    number(created.header("location"))
}

#[tokio::test]
async fn validated_and_delegated_domains_are_added_and_others_are_named() {
    let api = start().await;
    let account = create(&api, "account").await;
    unvalidated(&api, "unvalidated.test", &["SSL"]).await;
    let names = [
        "example.com",
        "Sub.Example.Com",
        "*.example.net",
        "unvalidated.test",
        "sub.unvalidated.test",
        "unknown.test",
        "not a name",
        "192.0.2.1",
    ];
    let refused = json!({"notAddedDomains": names[3..]});
    assert_eq!(add(&api, account, &names).await, refused);
    let added = ["example.com", "sub.example.com", "example.net"];
    assert_eq!(list(&api, account, "").await, added);
    // Again is no mistake, and adds nothing.
    assert_eq!(add(&api, account, &["EXAMPLE.com"]).await, json!({}));
    assert_eq!(list(&api, account, "").await, added);
}

#[tokio::test]
async fn suspended_and_undelegated_domains_are_not_added() {
    let api = start().await;
    let account = create(&api, "account").await;
    let put = |path| api.call(Method::PUT, path, None);
    put("/api/domain/v1/3001/suspend").await.is_empty(200);
    let delegation = Some(json!({"orgId": 9001, "certTypes": ["SSL"]}));
    api.call(Method::DELETE, "/api/domain/v1/3002/delegation", delegation)
        .await
        .is_empty(200);
    let names = ["example.com", "example.net", "example.org"];
    let refused = json!({"notAddedDomains": names[..2]});
    assert_eq!(add(&api, account, &names).await, refused);
    put("/api/domain/v1/3001/activate").await.is_empty(200);
    assert_eq!(add(&api, account, &names[..1]).await, json!({}));
}

#[tokio::test]
async fn domains_are_removed_and_those_that_are_not_there_are_named() {
    let api = start().await;
    let account = create(&api, "account").await;
    let path = format!("{ACCOUNTS}/{account}/domain");
    let names = ["example.com", "sub.example.com", "example.net"];
    assert_eq!(add(&api, account, &names).await, json!({}));
    let gone = domains(&["example.org", "SUB.example.com", "x.example.com"]);
    let answer = api.call(Method::DELETE, &path, Some(gone)).await.json();
    let left = json!({"notRemovedDomains": ["example.org", "x.example.com"]});
    assert_eq!(answer, left);
    assert_eq!(
        list(&api, account, "").await,
        ["example.com", "example.net"]
    );
    let gone = domains(&["example.com"]);
    let answer = api.call(Method::DELETE, &path, Some(gone)).await.json();
    assert_eq!(answer, json!({}));
}

#[tokio::test]
async fn what_names_no_domains_is_refused() {
    let api = start().await;
    let path = format!("{ACCOUNTS}/{}/domain", create(&api, "account").await);
    let cases = [
        (json!({}), -7),
        (json!({"domains": []}), -7),
        (json!({"domains": [{}]}), -7),
        (json!({"domains": [{"name": ""}]}), -7),
        (json!({"domains": [{"name": " "}]}), -1601),
        (json!({"domains": [{"name": "n".repeat(1025)}]}), -1601),
        (json!({"domains": ["example.com"]}), -1002),
        (
            json!({"domains": [{"name": "example.com", "id": 1}]}),
            -1002,
        ),
        (
            json!({"domains": [{"name": "example.com"}], "id": 1}),
            -1002,
        ),
    ];
    for method in [Method::POST, Method::DELETE] {
        for (body, code) in &cases {
            let refused = api.call(method.clone(), &path, Some(body.clone())).await;
            assert_eq!(refused.refusal(), (400, *code), "{body}");
        }
        let strange = format!("{ACCOUNTS}/77/domain");
        let body = domains(&["example.com"]);
        let refused = api.call(method, &strange, Some(body)).await;
        assert_eq!(refused.refusal(), (404, -1));
    }
    let refused = api.get(&format!("{ACCOUNTS}/77/domain")).await;
    assert_eq!(refused.refusal(), (404, -1));
}

#[tokio::test]
async fn an_entry_says_how_long_it_is_good() {
    let api = start().await;
    let account = create(&api, "account").await;
    api.emulator.clock().advance_days(10);
    assert_eq!(add(&api, account, &["sub.example.com"]).await, json!({}));
    let path = format!("{ACCOUNTS}/{account}/domain");
    let answer = api.get(&path).await;
    assert_eq!(answer.header("x-total-count"), "1");
    let entry = answer.json()[0].clone();
    let anchor = api.get(&format!("{ACCOUNTS}/{account}")).await.json()["ovOrderNumber"].clone();
    assert_eq!(entry["ovAnchorOrderNumber"], anchor);
    assert_eq!(entry["ovAnchorID"], anchor.to_string());
    assert_eq!(entry["validationId"], anchor.to_string());
    let day = |days| {
        let at = api.emulator.clock().today() + jiff::Span::new().days(days);
        at.to_string()
    };
    let text = |name: &str| entry[name].as_str().expect("an instant").to_owned();
    assert_eq!(
        text("validUntil").split_once('T').expect("a day").0,
        day(388)
    );
    assert_eq!(
        text("stickyUntil").split_once('T').expect("a day").0,
        day(398)
    );
    assert!(text("validUntil").ends_with('Z'));
    let day_only = api.get(&format!("{path}?dateFormat=ISO")).await.json();
    assert_eq!(day_only[0]["validUntil"], day(388));
}

#[tokio::test]
async fn days_count_from_today_ahead_and_back() {
    let api = start().await;
    let account = create(&api, "account").await;
    let clock = api.emulator.clock();
    // Validated for 398 days from the start.
    assert_eq!(add(&api, account, &["example.com"]).await, json!({}));
    clock.advance_days(20);
    assert_eq!(add(&api, account, &["example.net"]).await, json!({}));
    let ask = async |name: &str, days: i32| {
        let found = list(&api, account, &format!("{name}={days}")).await;
        found
            .iter()
            .map(|name| name.as_str().expect("text").to_owned())
            .collect::<Vec<_>>()
    };
    let (valid, sticky) = ("expiresWithinNextDays", "stickyExpiresWithinNextDays");
    let both = ["example.com", "example.net"];
    assert_eq!(ask(valid, 377).await, [] as [&str; 0]);
    assert_eq!(ask(valid, 378).await, both);
    assert_eq!(ask(sticky, 378).await, both[..1]);
    assert_eq!(ask(sticky, 398).await, both);
    clock.advance_days(378);
    assert_eq!(ask(valid, 0).await, both);
    assert_eq!(ask(valid, -1).await, [] as [&str; 0]);
    assert_eq!(ask(sticky, 0).await, both[..1]);
    clock.advance_days(5);
    assert_eq!(ask(valid, 0).await, [] as [&str; 0]);
    assert_eq!(ask(valid, 30).await, [] as [&str; 0]);
    assert_eq!(ask(valid, -4).await, [] as [&str; 0]);
    assert_eq!(ask(valid, -5).await, both);
    assert_eq!(ask(sticky, -5).await, both[..1]);
    assert_eq!(ask(sticky, 15).await, both[1..]);
    let query = format!("{valid}=-5&{sticky}=15");
    assert_eq!(list(&api, account, &query).await, both[1..]);
}

#[tokio::test]
async fn names_are_matched_by_patterns_and_shown_in_pages() {
    let api = start().await;
    let account = create(&api, "account").await;
    let names = [
        "example.com",
        "a.example.com",
        "b.example.com",
        "example.net",
    ];
    assert_eq!(add(&api, account, &names).await, json!({}));
    let cases: [(&str, &[&str]); 7] = [
        ("name=.*", &names),
        ("name=%5E%5Bab%5D%5C.", &names[1..3]),
        ("name=EXAMPLE.NET%24", &names[3..]),
        ("name=le.c", &names[..3]),
        ("size=2&position=1", &names[1..3]),
        ("name=com&size=1&position=2", &names[2..3]),
        ("name=%5Ecom", &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(list(&api, account, query).await, expected, "{query}");
    }
    let path = format!("{ACCOUNTS}/{account}/domain");
    for query in ["name=%28", "expiresWithinNextDays=x", "unknown=1"] {
        let refused = api.get(&format!("{path}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn a_page_that_is_read_again_knows_what_changed_elsewhere() {
    let api = start().await;
    let account = create(&api, "account").await;
    assert_eq!(add(&api, account, &["example.com"]).await, json!({}));
    let query = "expiresWithinNextDays=398";
    assert_eq!(list(&api, account, query).await, ["example.com"]);
    api.call(Method::DELETE, "/api/domain/v1/3001", None)
        .await
        .is_empty(204);
    assert_eq!(list(&api, account, query).await, [] as [&str; 0]);
    let path = format!("{ACCOUNTS}/{account}/domain");
    assert_eq!(api.get(&path).await.json()[0].get("validUntil"), None);
}
