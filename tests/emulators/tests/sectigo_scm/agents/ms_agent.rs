use serde_json::json;

use super::{delete, listed, opened, put, start};
use crate::api::{assert_documented, number};

const PATH: &str = "/api/agent/v1/ms";

#[tokio::test]
async fn agents_are_listed_in_pages_and_by_filters() {
    let api = start().await;
    for (query, expected) in [
        ("", vec![8302, 8301]),
        ("name=NEW", vec![8302]),
        ("version=11", vec![8301]),
        ("status=NOT_AVAILABLE", vec![8302]),
        ("active=false", vec![]),
    ] {
        let (ids, total) = listed(&api, &format!("{PATH}?{query}")).await;
        assert_eq!((ids.len().to_string(), &ids), (total, &expected), "{query}");
    }
    let page = api.get(&format!("{PATH}?size=1&position=1")).await.json();
    assert_documented(&page[0], "AgentSummary");
    assert_eq!(page[0]["id"], 8301);
    for query in ["countOnly=true", "status=x", "orgId=9001"] {
        let refused = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn an_agent_is_created_with_a_slash_changed_and_deleted() {
    let api = start().await;
    let agent = json!({"name": "a_b/c", "active": false, "adDomainsList": "ad\\one, ad\\two",
        "adDomainsListRestricted": true, "defaultEnrollmentOrgId": 9002});
    let without_slash = api.post(PATH, agent.clone()).await;
    assert_eq!(without_slash.refusal(), (405, -1));
    let created = api.post(&format!("{PATH}/"), agent).await;
    assert_eq!(created.status, 201);
    let id = number(created.header("location"));
    let one = format!("{PATH}/{id}");
    let known = api.get(&one).await.json();
    assert_documented(&known, "MsAgent");
    assert_eq!(
        known["installationToken"],
        created.json()["installationToken"]
    );
    let token = opened(&known["installationToken"]);
    assert_eq!(token["secret"], known["secretKey"]);
    assert_eq!(
        (&known["adDomainsList"], &known["adDomainsListRestricted"]),
        (&json!("ad\\one, ad\\two"), &json!(true))
    );

    let change = json!({"adDomainsListRestricted": false, "comments": "changed"});
    put(&api, &one, change).await.is_empty(200);
    let known = api.get(&one).await.json();
    assert_eq!(
        (
            &known["adDomainsList"],
            &known["adDomainsListRestricted"],
            &known["name"],
            &known["defaultEnrollmentOrgId"]
        ),
        (
            &json!("ad\\one, ad\\two"),
            &json!(false),
            &json!("a_b/c"),
            &json!(9002)
        )
    );
    delete(&api, &one).await.is_empty(200);
    assert_eq!(api.get(&one).await.refusal(), (404, -1));
}

#[tokio::test]
async fn what_no_agent_can_be_is_refused() {
    let api = start().await;
    for (name, value, code) in [
        ("name", json!(null), -7),
        ("name", json!(" "), -1601),
        ("name", json!("n".repeat(129)), -1601),
        ("comments", json!("c".repeat(257)), -1601),
        ("adDomainsList", json!("d".repeat(1025)), -1601),
        ("adDomainsList", json!(["d"]), -1002),
        ("adDomainsListRestricted", json!(1), -1002),
        ("defaultEnrollmentOrgId", json!(0), -1601),
        ("defaultEnrollmentOrgId", json!(1), -639),
        ("orgId", json!(9001), -1002),
    ] {
        let mut agent = json!({"name": "Annex"});
        agent[name] = value;
        let refused = api.post(&format!("{PATH}/"), agent.clone()).await;
        assert_eq!(refused.refusal(), (400, code), "{agent}");
    }
}
