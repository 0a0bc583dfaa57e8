use http::Method;
use serde_json::{Value, json};

use super::{AREA, bucket, delete, network, network_task, put, settings, start};
use crate::api::{Api, assert_documented, number};

fn range(address: &str, ports: &str) -> Value {
    json!([{"address": address, "ports": ports}])
}

#[tokio::test]
async fn a_network_task_is_the_same_in_every_version() {
    let api = start().await;
    let bucket = bucket(&api, &[]).await;
    let mut body = network(&bucket, "Office", range("10.0.0.0/24", "443,8443"));
    body["frequency"] = "Annually".into();
    for (name, last) in [("month", 12), ("dayOfMonth", 31), ("dayOfWeek", 7)] {
        body[name] = last.into();
    }
    body["year"] = 2049.into();
    let created = api.post(&format!("{AREA}/v4/net_task"), body.clone()).await;
    created.is_empty(201);
    let location = created.header("location");
    assert!(
        location.contains("/api/discovery/v4/net_task/"),
        "{location}"
    );
    let id = number(location);
    let mut newest = api.get(&format!("{AREA}/v4/net_task/{id}")).await.json();
    assert_documented(&newest, "NetworkTask");
    assert_eq!(newest["status"], Value::Null);
    let shown = json!({"id": bucket, "name": "a bucket"});
    assert_eq!(newest["certificateBucket"], shown);
    for field in [
        "agent",
        "ranges",
        "time",
        "month",
        "year",
        "frequency",
        "timeZone",
    ] {
        assert_eq!(newest[field], body[field], "{field}");
    }
    newest.as_object_mut().expect("an object").remove("year");
    for name in ["month", "dayOfMonth", "dayOfWeek"] {
        newest[name] = (newest[name].as_i64().expect("a number") - 1).into();
    }
    for version in [2, 3] {
        let path = format!("{AREA}/v{version}/net_task/{id}");
        let earlier = api.get(&path).await.json();
        assert_documented(&earlier, "NetworkTaskV3");
        assert_eq!(earlier, newest, "{version}");
    }
    let mut earlier = body.clone();
    earlier["name"] = "renamed".into();
    earlier["month"] = 0.into();
    earlier["dayOfMonth"] = 30.into();
    earlier["dayOfWeek"] = 6.into();
    let path = format!("{AREA}/v3/net_task/{id}");
    assert_eq!(
        put(&api, &path, earlier.clone()).await.refusal(),
        (400, -1002)
    );
    earlier.as_object_mut().expect("an object").remove("year");
    put(&api, &path, earlier.clone()).await.is_empty(200);
    let changed = api.get(&format!("{AREA}/v4/net_task/{id}")).await.json();
    assert_eq!(
        (&changed["month"], &changed["name"]),
        (&json!(1), &json!("renamed"))
    );
    earlier["taskId"] = id.into();
    earlier["dayOfWeek"] = 7.into();
    let path = format!("{AREA}/v2/net_task");
    assert_eq!(
        put(&api, &path, earlier.clone()).await.refusal(),
        (400, -1601)
    );
    earlier["dayOfWeek"] = 0.into();
    put(&api, &path, earlier.clone()).await.is_empty(200);
    earlier["taskId"] = 1.into();
    assert_eq!(put(&api, &path, earlier).await.refusal(), (400, -1601));
}

#[tokio::test]
async fn the_second_version_asks_for_less() {
    let api = start().await;
    let bucket = bucket(&api, &[]).await;
    let path = format!("{AREA}/v2/net_task");
    let created = api.post(&path, settings(&bucket)).await;
    assert_eq!(created.status, 201);
    let id = created.json()["taskId"].as_i64().expect("a number");
    let task = api.get(&format!("{path}/{id}")).await.json();
    assert_eq!((&task["agent"], &task["ranges"]), (&json!(""), &json!([])));
    let start = api.post(&format!("{path}/{id}/start"), Value::Null).await;
    assert_eq!(start.refusal(), (400, -615));
    let mut body = settings(&bucket);
    body["depth"] = 99.into();
    let created = api.post(&format!("{AREA}/v2/ad_task"), body.clone()).await;
    assert!(created.json()["taskId"].is_number());
    for version in [3, 4] {
        for (kind, body) in [("net_task", settings(&bucket)), ("ad_task", body.clone())] {
            let refused = api.post(&format!("{AREA}/v{version}/{kind}"), body).await;
            assert_eq!(refused.refusal(), (400, -7), "{version} {kind}");
        }
    }
    let refused = api
        .call(Method::GET, &format!("{AREA}/v4/ad_task/{id}"), None)
        .await;
    assert_eq!(refused.refusal(), (404, -1));
}

#[tokio::test]
async fn scans_need_ranges_within_limits_that_an_agent_reaches() {
    let api = start().await;
    let bucket = bucket(&api, &[]).await;
    let path = format!("{AREA}/v4/net_task");
    for (agent, ranges, code) in [
        ("Office", json!([]), -615),
        ("Office", Value::Null, -7),
        ("Office", json!([{"ports": "1"}]), -7),
        ("Office", range("10.0.0", "1"), -3301),
        ("Office", range("10.0.0.1", "1-"), -3301),
        ("Office", range("10.0.0.0/16", "1,2"), -303),
        ("Cloud", range("8.8.0.0/20", "1,2"), -303),
        ("Office", range("10.0.0.0/8", "1"), -305),
        ("Cloud", range("::/0", "1-65535"), -305),
        ("Office", range("192.168.0.1", "1"), -607),
        ("Cloud", range("10.0.0.1", "1"), -607),
        ("Office", range("8.8.8.8", "1"), -637),
        ("Office", range("www.example.com", "1"), -637),
        ("Directory", range("10.0.0.1", "1"), -1601),
        ("Nobody", range("10.0.0.1", "1"), -1601),
    ] {
        let refused = api
            .post(&path, network(&bucket, agent, ranges.clone()))
            .await;
        assert_eq!(refused.refusal(), (400, code), "{agent} {ranges}");
    }
    for (agent, ranges) in [
        ("Office", range("10.0.0.0/16", "1")),
        ("Office", range("127.0.0.1", "1-65535")),
        ("Cloud", range("8.8.0.0/20", "1")),
    ] {
        api.post(&path, network(&bucket, agent, ranges))
            .await
            .is_empty(201);
    }
}

#[tokio::test]
async fn what_a_task_has_wrong_is_named() {
    let api = start().await;
    let bucket = bucket(&api, &[]).await;
    let whole = network(&bucket, "Office", range("127.0.0.1", "1"));
    let refused = async |change: fn(&mut Value)| {
        let mut body = whole.clone();
        change(&mut body);
        let refused = api.post(&format!("{AREA}/v4/net_task"), body).await;
        refused.refusal().1
    };
    assert_eq!(refused(|it| it["name"] = "".into()).await, -7);
    assert_eq!(
        refused(|it| it["name"] = "a".repeat(257).into()).await,
        -1601
    );
    assert_eq!(refused(|it| it["certBucketId"] = Value::Null).await, -7);
    assert_eq!(
        refused(|it| it["certBucketId"] = "unknown".into()).await,
        -1601
    );
    assert_eq!(refused(|it| it["frequency"] = "Hourly".into()).await, -1601);
    assert_eq!(refused(|it| it["frequency"] = Value::Null).await, -7);
    assert_eq!(refused(|it| it["timeZone"] = "".into()).await, -7);
    assert_eq!(refused(|it| it["time"] = Value::Null).await, -7);
    assert_eq!(refused(|it| it["time"]["hours"] = 24.into()).await, -1601);
    assert_eq!(refused(|it| it["time"]["seconds"] = 1.into()).await, -1002);
    assert_eq!(refused(|it| it["month"] = 0.into()).await, -1601);
    assert_eq!(refused(|it| it["dayOfMonth"] = 32.into()).await, -1601);
    assert_eq!(refused(|it| it["dayOfWeek"] = "1".into()).await, -1002);
    assert_eq!(refused(|it| it["depth"] = 1.into()).await, -1002);
}

#[tokio::test]
async fn tasks_are_listed_by_kind_name_and_status() {
    let api = start().await;
    let bucket = bucket(&api, &[]).await;
    let first = network_task(&api, &bucket, "Office", range("127.0.0.1", "1")).await;
    let second = network_task(&api, &bucket, "Cloud", range("8.8.8.8", "1")).await;
    let path = format!("{AREA}/v3/net_task");
    let start = format!("{path}/{second}/start");
    api.post(&start, Value::Null).await.is_empty(200);
    let listed = async |path: &str, query: &str| {
        let listed = api.get(&format!("{AREA}/{path}?{query}")).await;
        let entries = listed.json();
        let ids = entries.as_array().expect("an array").iter();
        ids.map(|it| it["taskId"].as_i64().expect("a number"))
            .collect::<Vec<_>>()
    };
    assert_eq!(listed("v3/net_task", "status=IN_PROCESS").await, [second]);
    assert_eq!(listed("v2/net_task", "status=null").await, [first]);
    assert_eq!(listed("v3/net_task", "name=A+TASK").await, [first, second]);
    assert_eq!(listed("v3/net_task", "size=1&position=1").await, [second]);
    assert_eq!(listed("v3/ad_task", "").await, [] as [i64; 0]);
    while listed("v3/net_task", "status=IN_PROCESS").await == [second] {}
    let failed = api.get(&format!("{path}?status=FAILED")).await;
    let entry = json!({"taskId": second, "name": "a task", "status": "Scan FAILED"});
    assert_eq!(failed.json(), json!([entry]));
    assert_eq!(failed.header("x-total-count"), "1");
    let unknown = api.get(&format!("{path}?status=DONE")).await;
    assert_eq!(unknown.refusal(), (400, -1601));
    let task = format!("{AREA}/v2/net_task/{first}");
    delete(&api, &task).await.is_empty(204);
    assert_eq!(delete(&api, &task).await.refusal(), (404, -1));
    assert_eq!(listed("v3/net_task", "").await, [second]);
}

async fn azure(api: &Api, body: Value) -> i64 {
    let created = api.post(&format!("{AREA}/v1/azure_task"), body).await;
    created.is_empty(201);
    number(created.header("location"))
}

#[tokio::test]
async fn a_changed_azure_task_keeps_what_is_not_said() {
    let api = start().await;
    let bucket = bucket(&api, &[]).await;
    let mut body = settings(&bucket);
    body["azureAccountId"] = 207.into();
    body["resourceGroup"] = "group".into();
    body["keyVault"] = "vault".into();
    let id = azure(&api, body.clone()).await;
    body.as_object_mut()
        .expect("an object")
        .remove("resourceGroup");
    let path = format!("{AREA}/v1/azure_task/{id}");
    body["keyVault"] = "other".into();
    put(&api, &path, body.clone()).await.is_empty(200);
    let task = api.get(&path).await.json();
    assert_documented(&task, "AzureTask");
    assert_eq!(
        (&task["resourceGroup"], &task["keyVault"]),
        (&json!("group"), &json!("other"))
    );
    let without_group = api
        .post(&format!("{AREA}/v1/azure_task"), body.clone())
        .await;
    assert_eq!(without_group.refusal(), (400, -7));
    body["azureAccountId"] = 1.into();
    assert_eq!(put(&api, &path, body).await.refusal(), (400, -1601));
    let list = api.get(&format!("{AREA}/v1/azure_task")).await.json();
    assert_eq!(
        list,
        json!([{"taskId": id, "name": "a task", "status": null}])
    );
    delete(&api, &path).await.is_empty(204);
    assert_eq!(api.get(&path).await.refusal(), (404, -1));
    let wrong_kind = api.get(&format!("{AREA}/v1/gcp_task/{id}/operation")).await;
    assert_eq!(wrong_kind.refusal(), (404, -1));
}

/// The agents and accounts are those of the customer, as other calls leave them.
#[tokio::test]
async fn tasks_name_agents_and_accounts_that_there_are() {
    let api = start().await;
    let bucket = bucket(&api, &[]).await;
    let tasks = format!("{AREA}/v4/net_task");
    let scan = async |agent: &str| {
        let ranges = range("10.0.0.1", "1");
        api.post(&tasks, network(&bucket, agent, ranges)).await
    };
    assert_eq!(scan("Laboratory").await.refusal(), (400, -607));
    assert_eq!(scan("Annex").await.refusal(), (400, -1601));
    let agent = json!({"name": "Annex", "orgId": 9001, "active": true});
    api.post("/api/agent/v1/network", agent).await;
    assert_eq!(
        scan("Annex").await.refusal(),
        (400, -607),
        "never connected"
    );
    let inactive = json!({"active": false});
    api.call(Method::PUT, "/api/agent/v1/network/8001", Some(inactive))
        .await
        .is_empty(200);
    assert_eq!(scan("Office").await.refusal(), (400, -607), "inactive");

    let azure = async |account: i64| {
        let mut task = settings(&bucket);
        task["azureAccountId"] = account.into();
        task["resourceGroup"] = "emulated-production".into();
        task["keyVault"] = "emulated-web-kv".into();
        api.post(&format!("{AREA}/v1/azure_task"), task).await
    };
    azure(208).await.is_empty(201);
    api.call(Method::DELETE, "/api/azure/v1/accounts/208", None)
        .await
        .is_empty(204);
    assert_eq!(azure(208).await.refusal(), (400, -1601));

    let directory = async |agent: &str| {
        let mut task = settings(&bucket);
        task["agent"] = agent.into();
        task["depth"] = 1.into();
        api.post(&format!("{AREA}/v4/ad_task"), task).await
    };
    for agent in ["New directory", "8301"] {
        directory(agent).await.is_empty(201);
    }
    assert_eq!(directory("Office").await.refusal(), (400, -1601));
}
