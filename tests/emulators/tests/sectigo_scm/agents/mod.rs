mod ms_agent;
mod network_agent;
mod server;

use base64::{Engine, engine::general_purpose::STANDARD};
use http::Method;
use serde_json::Value;

use crate::api::{Answer, Api};

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(0).devices(0)).await
}

async fn put(api: &Api, path: &str, body: Value) -> Answer {
    api.call(Method::PUT, path, Some(body)).await
}

async fn delete(api: &Api, path: &str) -> Answer {
    api.call(Method::DELETE, path, None).await
}

/// The numbers of what a list has, and the total beside it.
async fn listed(api: &Api, path: &str) -> (Vec<i64>, String) {
    let answer = api.get(path).await;
    let entries = answer.json();
    let entries = entries.as_array().expect("a list").iter();
    let ids = entries.map(|entry| entry["id"].as_i64().expect("a number"));
    (ids.collect(), answer.header("x-total-count").to_owned())
}

/// What is in a token, as the vendor's samples have it.
fn opened(token: &Value) -> Value {
    let token = token.as_str().expect("a token");
    let token = STANDARD.decode(token).expect("base64");
    serde_json::from_slice(&token).expect("JSON in the token")
}
