use serde_json::json;

use super::{delete, listed, opened, put, start};
use crate::api::{assert_documented, number};

const PATH: &str = "/api/agent/v1/network";

#[tokio::test]
async fn agents_are_listed_in_pages_and_by_filters() {
    let api = start().await;
    let page = api.get(&format!("{PATH}?position=1&size=1")).await;
    assert_eq!(page.header("x-total-count"), "3");
    let page = page.json();
    assert_documented(&page[0], "AgentSummary");
    assert_eq!(page[0]["id"], 8002);
    for (query, expected) in [
        ("", vec![8003, 8002, 8001]),
        ("name=FF", vec![8001]),
        ("version=.", vec![8002, 8001]),
        ("active=true", vec![8003, 8001]),
        ("active=false", vec![8002]),
        ("status=NOT_AVAILABLE", vec![8003]),
        ("orgId=9001&status=CONNECTED&dateFormat=EU", vec![8001]),
    ] {
        let (ids, total) = listed(&api, &format!("{PATH}?{query}")).await;
        assert_eq!(total, expected.len().to_string(), "{query}");
        assert_eq!(ids, expected, "{query}");
    }
    for query in ["status=connected", "active=1", "orgId=x", "id=8001"] {
        let refused = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn a_count_is_a_header_alone() {
    let api = start().await;
    for (query, expected) in [("", "3"), ("&name=site", "1"), ("&active=false", "1")] {
        let count = api.get(&format!("{PATH}?countOnly=true{query}")).await;
        assert_eq!(count.header("x-total-count"), expected, "{query}");
        count.is_empty(200);
    }
    for query in ["countOnly=false", "countOnly=true&size=1"] {
        let refused = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn departments_are_listed_on_demand_alone() {
    let api = start().await;
    let department = json!({
        "name": "Branch", "parentOrgName": "Example Corp", "address1": "First street, 123",
        "city": "Exampleton", "country": "XX", "clientCertificate": {},
    });
    let department = api.post("/api/organization/v1", department).await;
    let department = number(department.header("location"));
    let agent = json!({"name": "Branch", "orgId": department, "active": true});
    let agent = number(api.post(PATH, agent).await.header("location"));
    let found = async |query: &str| listed(&api, &format!("{PATH}?{query}")).await.0;
    assert_eq!(found("orgId=9001").await, [8003, 8001]);
    assert_eq!(
        found("orgId=9001&includeDepOfOrg=false").await,
        [8003, 8001]
    );
    assert_eq!(
        found("orgId=9001&includeDepOfOrg=true").await,
        [agent, 8003, 8001]
    );
    assert_eq!(found(&format!("orgId={department}")).await, [agent]);

    delete(&api, &format!("/api/organization/v1/{department}"))
        .await
        .is_empty(204);
    let gone = api.get(&format!("{PATH}/{agent}")).await;
    assert_eq!(gone.refusal(), (404, -1), "it goes with its department");
}

#[tokio::test]
async fn an_agent_is_created_changed_and_deleted() {
    let api = start().await;
    let agent = json!({"name": "Annex 2", "orgId": 9002, "active": true, "comments": "new"});
    let created = api.post(PATH, agent).await;
    let location = created.header("location").to_owned();
    assert_eq!(created.status, 201);
    let id = number(&location);
    let one = format!("{PATH}/{id}");
    assert_eq!(location, format!("{}{one}", api.emulator.base_url()));
    let told = created.json();
    let token = opened(&told["installationToken"]);
    assert_eq!(token["customerUri"], "cst1");

    let known = api.get(&one).await.json();
    assert_documented(&known, "NetworkAgent");
    assert_eq!(known["installationToken"], told["installationToken"]);
    assert_eq!(known["secretKey"], token["secret"]);
    assert_eq!(
        (&known["status"], &known["orgId"], &known["comments"]),
        (&json!("NOT_AVAILABLE"), &json!(9002), &json!("new"))
    );

    let change = json!({"name": "Annex", "active": false, "secretKey": "another secret",
        "keystorePwd": "another password"});
    put(&api, &one, change).await.is_empty(200);
    let known = api.get(&one).await.json();
    let token = opened(&known["installationToken"]);
    assert_eq!(
        (&known["name"], &known["active"], &known["comments"]),
        (&json!("Annex"), &json!(false), &json!("new"))
    );
    assert_eq!(
        (&token["secret"], &token["keystorePassword"]),
        (&json!("another secret"), &json!("another password"))
    );

    delete(&api, &one).await.is_empty(200);
    assert_eq!(delete(&api, &one).await.refusal(), (404, -1));
}

/// The token is for the first connection.
#[tokio::test]
async fn an_agent_that_has_connected_tells_no_token() {
    let api = start().await;
    let connected = api.get(&format!("{PATH}/8001?dateFormat=ISO")).await.json();
    assert_documented(&connected, "NetworkAgent");
    assert_eq!(connected.get("installationToken"), None);
    assert_eq!(connected["lastActivity"].as_str().map(str::len), Some(10));
    let new = api.get(&format!("{PATH}/8003")).await.json();
    assert!(new["installationToken"].is_string() && new.get("lastActivity").is_none());
}

#[tokio::test]
async fn what_no_agent_can_be_is_refused() {
    let api = start().await;
    for (name, value, code) in [
        ("name", json!(null), -7),
        ("name", json!(""), -7),
        ("name", json!("  "), -1601),
        ("name", json!("a/b"), -1601),
        ("name", json!("n".repeat(129)), -1601),
        ("orgId", json!(null), -7),
        ("orgId", json!(1), -639),
        ("orgId", json!("9001"), -1002),
        ("active", json!(null), -7),
        ("active", json!("true"), -1002),
        ("comments", json!("c".repeat(257)), -1601),
        ("secretKey", json!("0123456789"), -1002),
    ] {
        let mut agent = json!({"name": "Annex", "orgId": 9001, "active": true});
        agent[name] = value;
        let refused = api.post(PATH, agent.clone()).await;
        assert_eq!(refused.refusal(), (400, code), "{agent}");
    }
    let one = format!("{PATH}/8001");
    for change in [
        json!({"secretKey": "012345678"}),
        json!({"keystorePwd": "p".repeat(129)}),
        json!({"name": "a_b"}),
    ] {
        let refused = put(&api, &one, change.clone()).await;
        assert_eq!(refused.refusal(), (400, -1601), "{change}");
    }
    let moved = put(&api, &one, json!({"orgId": 9002})).await;
    assert_eq!(moved.refusal(), (400, -1002), "an organization is for good");
    let slash = api.get(&format!("{PATH}/")).await;
    assert_eq!(slash.refusal(), (404, -1));
}
