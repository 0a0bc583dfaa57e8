//! The emulator of BlackBerry UEM, with a plain HTTP client.

use cert_emulators::bb_uem::Emulator;
use http::{Method, StatusCode};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

const AUTHORIZATION: &str = "application/vnd.blackberry.authorizationrequest-v1+json";
const USERS: &str = "application/vnd.blackberry.users-v1+json";

async fn start() -> Emulator {
    Emulator::builder().start().await.expect("a free port")
}

fn request(emulator: &Emulator, method: Method, path: &str) -> RequestBuilder {
    let client = Client::builder().no_proxy().build().expect("a client");
    client.request(
        method,
        format!("{}/SRP00000/api/v1/{path}", emulator.base_url()),
    )
}

async fn authorize(emulator: &Emulator, body: &Value) -> Response {
    let request = request(emulator, Method::POST, "util/authorization");
    let request = request
        .header("content-type", AUTHORIZATION)
        .body(body.to_string());
    request.send().await.expect("an answer")
}

async fn sign_in(emulator: &Emulator) -> String {
    let body = json!({"username": "admin", "password": "c2VjcmV0", "provider": "LOCAL"});
    let answer = authorize(emulator, &body).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "text/plain");
    answer.text().await.expect("a text")
}

async fn send(emulator: &Emulator, method: Method, path: &str, accept: &str) -> Response {
    let value = sign_in(emulator).await;
    let request = request(emulator, method, path).header("authorization", value);
    request
        .header("accept", accept)
        .send()
        .await
        .expect("an answer")
}

async fn refusal(answer: Response) -> (StatusCode, Value) {
    let media_type = "application/vnd.blackberry.error-v1+json";
    assert_eq!(answer.headers()["content-type"], media_type);
    let status = answer.status();
    let body = answer.text().await.expect("a text");
    (status, serde_json::from_str(&body).expect("JSON"))
}

async fn certificates(emulator: &Emulator) -> Vec<Value> {
    let answer = send(emulator, Method::GET, "users?max=5", USERS).await;
    let text = answer.text().await.expect("a text");
    let users: Value = serde_json::from_str(&text).expect("JSON");
    let mut found = Vec::new();
    for user in users["users"].as_array().expect("users") {
        let guid = user["guid"].as_str().expect("a guid");
        let path = format!("users/{guid}/embeddedCertificates");
        let answer = send(emulator, Method::GET, &path, "application/json").await;
        let text = answer.text().await.expect("a text");
        let list: Value = serde_json::from_str(&text).expect("JSON");
        found.extend(
            list["embeddedCertificates"]
                .as_array()
                .expect("a list")
                .clone(),
        );
    }
    found
}

#[tokio::test]
async fn signing_in_is_strict() {
    let emulator = start().await;
    for body in [
        json!({"username": "admin", "password": "secret", "provider": "LOCAL"}),
        json!({"username": "admin", "password": "c2VjcmV0", "provider": "AD"}),
        json!({"username": "admin", "password": "c2VjcmV0", "provider": "LDAP"}),
        json!({"username": "admin", "password": "c2VjcmV0"}),
        json!({"username": "admin", "password": "c2VjcmV0", "provider": "LOCAL", "x": 1}),
    ] {
        let (status, _) = refusal(authorize(&emulator, &body).await).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    }
    let plain = request(&emulator, Method::POST, "util/authorization");
    let plain = plain.header("content-type", "application/json").body("{}");
    let answer = plain.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let value = sign_in(&emulator).await;
    assert!(value.starts_with("besng-basic "));
    assert_eq!(value.trim(), value, "a client may send the text as it is");
}

#[tokio::test]
async fn strangers_are_refused_but_may_ping() {
    let emulator = start().await;
    let stranger = request(&emulator, Method::GET, "users")
        .send()
        .await
        .expect("an answer");
    let (status, body) = refusal(stranger).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(body["subStatusCode"], 401);
    let ping = request(&emulator, Method::GET, "util/ping")
        .send()
        .await
        .expect("an answer");
    assert_eq!(ping.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_certificate_is_seen_from_all_sides() {
    let emulator = start().await;
    let all = certificates(&emulator).await;
    assert_eq!(all.len(), 5);
    let device = &all[2];
    let guid = device["guid"].as_str().expect("a guid");
    let links = device["links"].as_array().expect("links");
    let relations: Vec<_> = links.iter().map(|link| link["rel"].as_str()).collect();
    assert_eq!(
        relations,
        ["user", "certificateEnrollments", "profile", "certificate"].map(Some)
    );
    assert!(device["created"].as_str().expect("a time").ends_with('Z'));

    let path = format!("pki/certificates/{guid}");
    let file = send(&emulator, Method::GET, &path, "application/pkix-cert").await;
    assert_eq!(file.headers()["content-type"], "application/pkix-cert");
    let name = format!("attachment; filename=\"ExamplePolicy-user-0002-{guid}.cer\"");
    assert_eq!(file.headers()["content-disposition"], name);
    assert_eq!(file.bytes().await.expect("DER")[0], 0x30);
    let head = send(&emulator, Method::HEAD, &path, "*/*").await;
    assert_eq!(
        (head.status(), head.bytes().await.expect("nothing").len()),
        (StatusCode::OK, 0)
    );
    let options = send(&emulator, Method::OPTIONS, &path, "*/*").await;
    assert_eq!(
        options.headers()["allow"],
        "GET, HEAD, DELETE, PATCH, OPTIONS"
    );
}

#[tokio::test]
async fn what_cannot_be_done_is_405_with_what_can() {
    let emulator = start().await;
    let all = certificates(&emulator).await;
    let member = all[0]["guid"].as_str().expect("a guid");
    let path = format!("pki/certificates/{member}");
    for method in [Method::DELETE, Method::PATCH] {
        let answer = send(&emulator, method, &path, "*/*").await;
        assert_eq!(answer.headers()["allow"], "GET, HEAD, OPTIONS");
        assert_eq!(refusal(answer).await.0, StatusCode::METHOD_NOT_ALLOWED);
    }
    let protected = all[4]["guid"].as_str().expect("a guid");
    let path = format!("pki/certificates/{protected}");
    let answer = send(&emulator, Method::GET, &path, "*/*").await;
    assert_eq!(answer.headers()["allow"], "OPTIONS");
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn wrong_requests_are_refused() {
    let emulator = start().await;
    let not_acceptable = send(&emulator, Method::GET, "users", "application/json").await;
    assert_eq!(not_acceptable.status(), StatusCode::NOT_ACCEPTABLE);
    for query in [
        "size=5",
        "max=0",
        "max=1001",
        "offset=-1",
        "query=x",
        "query=shoe=9",
        "sortBy=x",
    ] {
        let answer = send(&emulator, Method::GET, &format!("users?{query}"), USERS).await;
        assert_eq!(refusal(answer).await.0, StatusCode::BAD_REQUEST, "{query}");
    }
    let value = sign_in(&emulator).await;
    let all = certificates(&emulator).await;
    let path = format!(
        "pki/certificates/{}",
        all[2]["guid"].as_str().expect("a guid")
    );
    let patch = request(&emulator, Method::PATCH, &path)
        .header("authorization", value)
        .body("{}");
    let answer = patch.send().await.expect("an answer");
    assert_eq!(refusal(answer).await.0, StatusCode::BAD_REQUEST);
    let unknown = send(&emulator, Method::GET, "nothing", "*/*").await;
    assert_eq!(refusal(unknown).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_line_says_how_to_sign_in() {
    let emulator = start().await;
    let base = emulator.base_url();
    let expected = format!("bb-uem {base} tenant=SRP00000 user=admin password=secret");
    assert_eq!(emulator.line(), expected);
}
