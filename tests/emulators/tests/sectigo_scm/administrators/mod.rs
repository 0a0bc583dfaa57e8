mod administrator;
mod privilege;
mod sign_in;
mod template;

use http::Method;
use serde_json::{Value, json};

use crate::api::{Answer, Api, number, plain_client};

const PATH: &str = "/api/admin/v1";
const PASSWORD: &str = "Correct-h0rse";

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(40).persons(10).devices(10)).await
}

/// An administrator of SSL certificates of an organization.
fn administrator(kind: &str, login: &str) -> Value {
    json!({
        "type": kind, "login": login, "password": PASSWORD, "forename": "Ada",
        "surname": "Example", "email": format!("{login}@example.com"),
        "credentials": [{"role": "RAO_SSL", "orgId": 9001}],
    })
}

async fn create(api: &Api, body: Value) -> i64 {
    let created = api.post("/api/admin/v1/", body).await;
    created.is_empty(201);
    number(created.header("location"))
}

async fn update(api: &Api, id: i64, body: Value) -> Answer {
    let path = format!("{PATH}/{id}");
    api.call(Method::PUT, &path, Some(body)).await
}

async fn refused(api: &Api, change: impl FnOnce(&mut Value)) -> (u16, i64) {
    let mut body = administrator("STANDARD", "refused");
    change(&mut body);
    let refused = api.post("/api/admin/v1/", body).await;
    refused.refusal()
}

/// The call of somebody else than the first administrator.
async fn call_as(
    api: &Api,
    [login, password]: [&str; 2],
    method: Method,
    path: &str,
    body: Option<Value>,
) -> Answer {
    let client = plain_client().build().expect("a client");
    let request = client
        .request(method, format!("{}{path}", api.emulator.base_url()))
        .header("login", login)
        .header("password", password)
        .header("customerUri", "cst1");
    let request = match body {
        Some(body) => request
            .header("content-type", "application/json")
            .body(body.to_string()),
        None => request,
    };
    Answer::read(request.send().await.expect("an answer")).await
}
