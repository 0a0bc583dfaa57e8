mod dcv;
mod domain;

use serde_json::{Value, json};

use crate::api::{Api, number};

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(0).devices(0)).await
}

fn wanted(name: &str) -> Value {
    json!({
        "name": name,
        "delegations": [{"orgId": 9001, "certTypes": ["SSL"]}],
    })
}

async fn create(api: &Api, body: Value) -> i64 {
    let created = api.post("/api/domain/v1", body).await;
    created.is_empty(201);
    number(created.header("location"))
}
