use serde_json::{Value, json};

use crate::api::{Api, assert_documented};

const PATH: &str = "/api/profile/v1";

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(0).devices(0)).await
}

async fn ids(api: &Api, query: &str) -> Vec<i64> {
    let list = api.get(&format!("{PATH}?{query}")).await.json();
    let entries = list.as_array().expect("an array").iter();
    entries
        .map(|entry| entry["id"].as_i64().expect("an id"))
        .collect()
}

#[tokio::test]
async fn profiles_of_every_kind_are_filtered_sorted_and_paged() {
    let api = start().await;
    let all = [5101, 5102, 5103, 5104, 5201, 5202, 5301, 5302];
    for (query, expected) in [
        ("", &all[..]),
        ("filter=certType%3DSMIME", &[5201, 5202]),
        ("filter=certType=BrandIndicator", &[]),
        (
            "filter=orgId=9001",
            &[5101, 5102, 5103, 5104, 5201, 5202, 5301],
        ),
        ("filter=delegationMode=CUSTOMIZED", &[5102, 5302]),
        (
            "filter=delegationMode=CUSTOMIZED&filter=certType=SSL",
            &[5102],
        ),
        ("filter=name=Emulated+device", &[5301]),
        ("filter=name%3EEmulated+single+use", &[5103, 5302, 5202]),
        ("filter=name%3CEmulated+OV", &[5102, 5104]),
        ("sort=id,desc&size=2", &[5302, 5301]),
        ("sort=id,desc&size=2&page=3", &[5102, 5101]),
        ("page=1", &[]),
        (
            "sort=name,asc&sort=id&filter=certType=SSL",
            &[5104, 5102, 5101, 5103],
        ),
    ] {
        let mut found = ids(&api, query).await;
        let sorted = query.contains("sort");
        let mut expected = expected.to_vec();
        if !sorted {
            found.sort_unstable();
            expected.sort_unstable();
        }
        assert_eq!(found, expected, "{query}");
    }
    let page = api.get(&format!("{PATH}?size=2")).await;
    assert_eq!(page.header("x-total-count"), "8");
    assert_documented(&page.json()[0], "ProfileSummary");
    for query in [
        "filter=comment=x",
        "filter=certType",
        "filter=orgId>9000",
        "sort=certType",
        "sort=name,up",
        "size=0",
        "page=-1",
        "position=1",
    ] {
        let refused = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn a_profile_tells_what_it_allows() {
    let api = start().await;
    let profile = api.get(&format!("{PATH}/5201")).await.json();
    assert_documented(&profile, "ProfileDetails");
    let listed = api.get("/api/smime/v1/types").await.json();
    assert_eq!(profile["name"], listed[0]["name"]);
    assert_eq!(profile["description"], listed[0]["description"]);
    assert_eq!(profile["certType"], "SMIME");
    let terms = json!({"365": "1 year", "730": "2 years", "30": "30 days"});
    assert_eq!(profile["attributes"]["TERM"], terms);
    let keys = &profile["attributes"]["KEY_TYPE_CONFIG"];
    for algorithm in ["RSA", "EC"] {
        let allowed: &Value = &keys[algorithm]["allowedValues"];
        assert_eq!(allowed, &listed[0]["keyTypes"][algorithm]);
    }
    let unknown = api.get(&format!("{PATH}/1")).await;
    assert_eq!(unknown.refusal(), (404, -111));
}
