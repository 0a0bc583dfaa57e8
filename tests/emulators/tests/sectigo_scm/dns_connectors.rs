use serde_json::json;

use crate::api::{Api, assert_documented};

const PATH: &str = "/api/connector/v1/dns";
const FIRST: &str = "2bf2517526b9445aaf558fcf5a368588";
const RESEARCH: &str = "27b53c63824d41218882e891b4121af2";
const OFF: &str = "0b50707f6dd84252b67675580f1c2a1d";

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(0).devices(0)).await
}

#[tokio::test]
async fn connectors_are_listed_in_pages_and_by_filters() {
    let api = start().await;
    let page = api.get(&format!("{PATH}?position=1&size=1")).await;
    assert_eq!(page.header("x-total-count"), "3");
    let page = page.json();
    assert_documented(&page[0], "DnsConnectorSummary");
    assert_eq!(page[0]["id"], RESEARCH);
    for (query, expected) in [
        ("", vec![FIRST, RESEARCH, OFF]),
        ("name=RESEARCH", vec![RESEARCH]),
        ("status=CONNECTED", vec![FIRST, RESEARCH]),
        ("status=NOT_AVAILABLE", vec![]),
        ("orgIds=9001", vec![FIRST, OFF]),
        (
            "orgIds=9001,9002&status=NOT_CONNECTED&dateFormat=EU",
            vec![OFF],
        ),
        ("orgIds=1%2C9002", vec![FIRST, RESEARCH, OFF]),
    ] {
        let found = api.get(&format!("{PATH}?{query}")).await.json();
        let found = found.as_array().expect("a list").iter();
        let ids: Vec<_> = found
            .filter_map(|it| it["id"].as_str().map(str::to_owned))
            .collect();
        assert_eq!(ids, expected, "{query}");
    }
    for query in ["status=connected", "orgIds=x", "unknown=1"] {
        let refused = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn a_connector_tells_its_organizations_and_providers() {
    let api = start().await;
    let one = api.get(&format!("{PATH}/{RESEARCH}")).await.json();
    assert_documented(&one, "DnsConnector");
    assert_eq!(one["delegationMode"], "CUSTOMIZED");
    let organizations = json!([{"id": 9002, "name": "Example Research"}]);
    assert_eq!(one["delegatedOrganizations"], organizations);
    let everybody = api.get(&format!("{PATH}/{FIRST}")).await.json();
    assert_eq!(everybody["delegatedOrganizations"], json!([]));
    let providers = api.get(&format!("{PATH}/{FIRST}/provider")).await;
    assert_eq!(providers.header("x-total-count"), "2");
    assert_eq!(providers.json(), json!(["cloudflare", "ovh"]));
    for path in [format!("{PATH}/1"), format!("{PATH}/1/provider")] {
        assert_eq!(api.get(&path).await.refusal(), (404, -1), "{path}");
    }
}

/// A validation is published by connectors that can.
#[tokio::test]
async fn validations_name_a_connector_and_a_provider_of_it() {
    let api = start().await;
    let domain = json!({
        "name": "connected.example", "active": true,
        "delegations": [{"orgId": 9001, "certTypes": ["SSL"]}],
    });
    api.post("/api/domain/v1", domain).await.is_empty(201);
    let start = "/api/dcv/v1/validation/start/domain/cname";
    api.post(start, json!({"domain": "connected.example"}))
        .await
        .json();
    let submit = "/api/dcv/v1/validation/submit/domain/cname";
    let by = |connector: &str, provider: &str| {
        json!({
            "domain": "connected.example", "dnsAgentUUID": connector, "dnsProviderName": provider,
        })
    };
    for (connector, provider) in [("1", "ovh"), (OFF, "ovh"), (RESEARCH, "ovh")] {
        let refused = api.post(submit, by(connector, provider)).await;
        assert_eq!(refused.refusal(), (400, -1601), "{connector} {provider}");
    }
    api.post(submit, by(FIRST, "ovh")).await.json();
}
