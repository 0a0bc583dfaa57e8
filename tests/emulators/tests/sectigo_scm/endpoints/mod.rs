mod account;
mod endpoint;

use http::Method;
use serde_json::{Value, json};

use crate::api::{Answer, Api, number};

const PATH: &str = "/api/endpoint/v1";
const TYPES: [&str; 19] = [
    "SMIME_WEB_FORM",
    "SSL_WEB_FORM",
    "DEVICE_WEB_FORM",
    "CODE_SIGN_WEB_FORM",
    "BULK_ENROLLMENT_WEB_FORM",
    "PUBLIC_ACME",
    "PRIVATE_ACME",
    "SMIME_SCEP",
    "DEVICE_SCEP",
    "SMIME_SCEP_INTUNE",
    "DEVICE_SCEP_INTUNE",
    "SSL_EST",
    "SMIME_EST",
    "DEVICE_EST",
    "SSL_REST_API",
    "CLIENT_REST_API",
    "DEVICE_REST_API",
    "CODE_SIGN_REST_API",
    "SSL_MAGGIE_UI",
];

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(20).devices(0)).await
}

fn form(kind: &str, extension: &str) -> Value {
    json!({
        "name": "Example form", "endpointType": kind, "uriExtension": extension,
        "config": {
            "enrollmentHelp": "Ask somebody.", "enrollmentLinkName": "More",
            "enrollmentLinkAddress": "https://example.com/more",
            "webFormAuthTypes": ["EMAIL_CONFIRMATION"],
        },
    })
}

async fn create(api: &Api, path: &str, body: Value) -> i64 {
    let created = api.post(path, body).await;
    created.is_empty(201);
    let location = created.header("location");
    let start = format!("{}{path}/", api.emulator.base_url());
    assert!(location.starts_with(&start), "{location}");
    number(location)
}

async fn put(api: &Api, path: &str, body: Value) -> Answer {
    api.call(Method::PUT, path, Some(body)).await
}

async fn delete(api: &Api, path: &str) -> Answer {
    api.call(Method::DELETE, path, None).await
}
