mod bucket;
mod rule;
mod scan;
mod task;
mod tls_server;

use http::Method;
use serde_json::{Value, json};

use crate::api::{Answer, Api, assert_documented, number};

const AREA: &str = "/api/discovery";

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(0).devices(0)).await
}

async fn put(api: &Api, path: &str, body: Value) -> Answer {
    api.call(Method::PUT, path, Some(body)).await
}

async fn delete(api: &Api, path: &str) -> Answer {
    api.call(Method::DELETE, path, None).await
}

/// A bucket with these rules, and its id.
async fn bucket(api: &Api, rules: &[i64]) -> String {
    let body = json!({"name": "a bucket", "assignmentRules": rules});
    let created = api.post(&format!("{AREA}/v1/bucket"), body).await;
    created.is_empty(201);
    let (_, id) = created.header("location").rsplit_once('/').expect("a path");
    id.to_owned()
}

/// A rule for organization 9002 with one filter, and its id.
async fn rule(api: &Api, part: &str, comparison: &str, value: &str) -> i64 {
    let body = json!({
        "name": "a rule",
        "orgId": 9002,
        "filters": [{"filterType": part, "matchType": comparison, "value": value}],
    });
    let created = api.post(&format!("{AREA}/v1/assignmentrule"), body).await;
    created.is_empty(201);
    number(created.header("location"))
}

/// What tasks of every kind have.
fn settings(bucket: &str) -> Value {
    json!({
        "name": "a task",
        "certBucketId": bucket,
        "frequency": "Manual",
        "timeZone": "UTC",
        "time": {"hours": 7, "minutes": 5},
    })
}

fn network(bucket: &str, agent: &str, ranges: Value) -> Value {
    let mut body = settings(bucket);
    body["agent"] = agent.into();
    body["ranges"] = ranges;
    body
}

/// Creates a network task, and answers its id.
async fn network_task(api: &Api, bucket: &str, agent: &str, ranges: Value) -> i64 {
    let body = network(bucket, agent, ranges);
    let created = api.post(&format!("{AREA}/v4/net_task"), body).await;
    created.is_empty(201);
    number(created.header("location"))
}

async fn operations(api: &Api, kind: &str, task: i64) -> Vec<Value> {
    let path = format!("{AREA}/v1/{kind}/{task}/operation");
    let listed = api.get(&path).await;
    let body = listed.json();
    let operations = body["data"].as_array().expect("an array").clone();
    assert_documented(&body, "ScanOperationList");
    for operation in &operations {
        assert_documented(operation, "ScanOperation");
    }
    assert_eq!(body["total"], operations.len());
    assert_eq!(listed.header("x-total-count"), operations.len().to_string());
    operations
}

/// Waits until no scan of a task goes on, and answers the last one.
async fn ended(api: &Api, kind: &str, task: i64) -> Value {
    for _ in 0..2000 {
        let last = operations(api, kind, task).await.pop().expect("a scan");
        if last["status"] != "in_progress" {
            return last;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("the scan goes on");
}

/// What a scan found.
async fn results(api: &Api, kind: &str, task: i64, operation: &Value) -> Vec<Value> {
    let operation = operation["id"].as_str().expect("an id");
    let path = format!("{AREA}/v1/{kind}/{task}/operation/{operation}/result");
    let found = api.get(&path).await.json()["data"].clone();
    let found = found.as_array().expect("an array").clone();
    found.iter().for_each(assert_documented_result);
    found
}

fn assert_documented_result(result: &Value) {
    assert_documented(result, "ScanResult");
    assert_documented(&result["operation"], "FindingOperation");
    assert_documented(&result["status"], "ScanHandshake");
    let certificate = &result["certificate"];
    assert_documented(certificate, "FoundCertificate");
    assert_documented(&certificate["metadata"], "FoundCertificateMetadata");
    assert_documented(&certificate["details"], "FoundCertificateDetails");
    assert_documented(&result["location"], "ScanLocation");
    let details = &result["location"]["details"];
    assert_documented(details, "ScanLocationDetails");
    assert_eq!(details.as_object().map(serde_json::Map::len), Some(28));
}
