use http::Method;
use serde_json::{Value, json};

use super::{AREA, bucket, delete, network_task, put, rule, start};
use crate::api::{Answer, Api, number};

const PATH: &str = "/api/discovery/v1/assignmentrule";

fn body(filter: &Value) -> Value {
    json!({"name": "a rule", "orgId": 9001, "filters": [filter]})
}

fn filter(part: &str, comparison: &str, value: &str) -> Value {
    json!({"filterType": part, "matchType": comparison, "value": value})
}

async fn create(api: &Api, part: &str, comparison: &str, value: &str) -> Answer {
    api.post(PATH, body(&filter(part, comparison, value))).await
}

#[tokio::test]
async fn rules_are_created_listed_counted_changed_and_deleted() {
    let api = start().await;
    let id = rule(&api, "COMMON_NAME", "ENDS_WITH", ".example").await;
    let other = rule(&api, "EXPIRATION", "GREATER_THAN", "365").await;
    let one = format!("{PATH}/{id}");
    let filters = json!([filter("COMMON_NAME", "ENDS_WITH", ".example")]);
    let mut expected =
        json!({"name": "a rule", "orgId": 9002, "certType": "SSL", "filters": filters});
    assert_eq!(api.get(&one).await.json(), expected);
    assert_eq!(
        api.get(&format!("{PATH}/count")).await.json(),
        json!({"count": 2})
    );
    assert_eq!(
        api.get(&format!("{PATH}/")).await.json(),
        json!([id, other])
    );
    let page = api.get(&format!("{PATH}/?size=1&position=1")).await;
    assert_eq!(page.json(), json!([other]));

    let mut changed = body(&filter("HOSTNAME", "MATCH_REGEX", "^a+$"));
    changed["certType"] = "Device".into();
    expected = changed.clone();
    changed["ruleId"] = id.into();
    put(&api, PATH, changed.clone()).await.is_empty(204);
    assert_eq!(api.get(&one).await.json(), expected);
    let with_body = api.call(Method::DELETE, &one, Some(changed)).await;
    with_body.is_empty(204);
    assert_eq!(delete(&api, &one).await.refusal(), (404, -1));
    delete(&api, &format!("{PATH}/{other}")).await.is_empty(204);
    assert_eq!(api.get(&format!("{PATH}/")).await.json(), json!([]));
}

#[tokio::test]
async fn parts_are_compared_in_their_own_ways() {
    let api = start().await;
    for comparison in [
        "MATCHES",
        "STARTS_WITH",
        "ENDS_WITH",
        "CONTAINS",
        "MATCH_REGEX",
    ] {
        create(&api, "ISSUER", comparison, "a").await.is_empty(201);
        let expiration = create(&api, "EXPIRATION", comparison, "7").await;
        assert_eq!(expiration.refusal(), (400, -1601), "{comparison}");
    }
    for days in ["0", "365"] {
        create(&api, "EXPIRATION", "GREATER_THAN", days)
            .await
            .is_empty(201);
    }
    for days in ["366", "-1", "1.5", "soon", ""] {
        let refused = create(&api, "EXPIRATION", "GREATER_THAN", days).await;
        assert_eq!(refused.refusal(), (400, -1601), "{days}");
    }
    for (part, comparison, value) in [
        ("IP", "GREATER_THAN", "1"),
        ("IP", "matches", "1"),
        ("SERIAL", "MATCHES", "1"),
        ("IP", "MATCH_REGEX", "("),
        ("IP", "MATCHES", &"a".repeat(129)),
    ] {
        let refused = create(&api, part, comparison, value).await;
        assert_eq!(
            refused.refusal(),
            (400, -1601),
            "{part} {comparison} {value}"
        );
    }
}

#[tokio::test]
async fn what_a_rule_lacks_is_named() {
    let api = start().await;
    let whole = body(&filter("IP", "MATCHES", "127.0.0.1"));
    let refused = async |change: fn(&mut Value)| {
        let mut body = whole.clone();
        change(&mut body);
        api.post(PATH, body).await.refusal().1
    };
    assert_eq!(refused(|it| it["filters"] = json!([])).await, -5002);
    assert_eq!(refused(|it| it["filters"] = Value::Null).await, -7);
    assert_eq!(
        refused(|it| it["filters"][0]["value"] = Value::Null).await,
        -7
    );
    assert_eq!(refused(|it| it["name"] = "".into()).await, -7);
    assert_eq!(
        refused(|it| it["name"] = "a".repeat(129).into()).await,
        -1601
    );
    assert_eq!(refused(|it| it["orgId"] = 1.into()).await, -639);
    assert_eq!(refused(|it| it["orgId"] = 0.into()).await, -1601);
    assert_eq!(refused(|it| it["certType"] = "Client".into()).await, -1601);
    assert_eq!(refused(|it| it["ruleId"] = 1.into()).await, -1002);
    let mut unknown = whole.clone();
    unknown["ruleId"] = 1.into();
    assert_eq!(put(&api, PATH, unknown).await.refusal(), (400, -1601));
}

#[tokio::test]
async fn a_rule_of_a_network_task_stays() {
    let api = start().await;
    let id = rule(&api, "IP", "MATCHES", "127.0.0.1").await;
    let bucket = bucket(&api, &[id]).await;
    let ranges = json!([{"address": "127.0.0.1", "ports": "1"}]);
    let task = network_task(&api, &bucket, "Office", ranges).await;
    let one = format!("{PATH}/{id}");
    let refused = delete(&api, &one).await;
    assert_eq!(refused.refusal(), (400, -5003));
    assert!(refused.text().contains("a task"), "{}", refused.text());
    delete(&api, &format!("{AREA}/v3/net_task/{task}"))
        .await
        .is_empty(204);
    delete(&api, &one).await.is_empty(204);
    let bucket = api.get(&format!("{AREA}/v1/bucket/{bucket}")).await.json();
    assert_eq!(bucket["assignmentRules"], json!([]));
}

#[tokio::test]
async fn an_organization_that_a_rule_gives_certificates_to_stays() {
    let api = start().await;
    let department = json!({
        "name": "Sales", "parentOrgName": "Example Corp", "address1": "First street, 123",
        "city": "Exampleton", "country": "XX", "clientCertificate": {},
    });
    let created = api.post("/api/organization/v1", department).await;
    let department = number(created.header("location"));
    let mut rule = body(&filter("IP", "MATCHES", "127.0.0.1"));
    rule["orgId"] = department.into();
    let created = api.post(PATH, rule).await;
    let rule = format!("{PATH}/{}", number(created.header("location")));
    let delegated = json!({"name": "a bucket", "orgDelegations": [9001, department]});
    let bucket = api.post(&format!("{AREA}/v1/bucket"), delegated).await;
    let (_, bucket) = bucket.header("location").rsplit_once('/').expect("a path");

    let department = format!("/api/organization/v1/{department}");
    assert_eq!(delete(&api, &department).await.refusal(), (400, -1021));
    delete(&api, &rule).await.is_empty(204);
    delete(&api, &department).await.is_empty(204);
    let bucket = api.get(&format!("{AREA}/v1/bucket/{bucket}")).await.json();
    assert_eq!(bucket["orgDelegations"], json!([9001]));
}
