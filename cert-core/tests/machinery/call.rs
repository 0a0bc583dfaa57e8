//! One call: what is sent, and what becomes of the answer.

use std::collections::HashMap;
use std::time::Duration;

use cert_core::client::{Blob, ErrorKind, Multipart};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use http::{HeaderName, HeaderValue, StatusCode};

use crate::reply::Reply;
use crate::server::Server;
use crate::vendor::{PASSWORD, client};

#[tokio::test]
async fn an_awaited_call_is_the_value() {
    let server = Server::answering([Reply::thing()]).await;
    let thing = client(&server).get(5).await.expect("a thing");
    assert_eq!((thing.id, thing.name.as_str()), (5, "door"));

    let request = server.request();
    assert_eq!(request.line(), "GET /things/5 HTTP/1.1");
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("login"), Some("admin"));
    assert_eq!(request.header("password"), Some(PASSWORD));
    for name in [
        "content-type",
        "content-length",
        "transfer-encoding",
        "referer",
    ] {
        assert_eq!(request.header(name), None);
    }
}

#[tokio::test]
async fn detailed_adds_the_circumstances() {
    let thing = Reply::thing().header("x-request-id", "r-17");
    let server = Server::answering([Reply::new(503), thing]).await;
    let reply = client(&server).get(5).detailed().await.expect("a thing");
    assert_eq!(reply.value.id, 5);
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.attempts, 2);
    assert_eq!(reply.request_id(), Some("r-17"));
    assert_eq!(reply.headers["content-type"], "application/json");
}

#[tokio::test]
async fn raw_takes_refusals_too_and_still_signs_in_and_retries() {
    let refusal = Reply::json(404, r#"{"code": "-3"}"#);
    let server = Server::answering([Reply::new(503), refusal]).await;
    let answer = client(&server).get(5).raw().await.expect("an answer");
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.body, r#"{"code": "-3"}"#);
    assert_eq!(answer.attempts(), 2);
    for request in server.requests() {
        assert_eq!(request.header("password"), Some(PASSWORD));
    }
}

#[tokio::test]
async fn a_request_can_be_looked_at_without_sending() {
    let server = Server::answering([Reply::thing()]).await;
    let client = client(&server);
    let request = client.create("door").request().expect("a request");
    assert_eq!(request.method(), http::Method::POST);
    assert_eq!(request.uri(), &*format!("{}/things", server.url()));
    assert_eq!(request.body().to_bytes(), r#"{"name":"door"}"#);
    assert!(!request.headers().contains_key("password"));
    drop(client.create("never awaited"));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_call_under_way_does_not_borrow() {
    let server = Server::answering([Reply::thing()]).await;
    let spawned = {
        let client = client(&server);
        tokio::spawn(client.get(5).send())
    };
    assert_eq!(spawned.await.expect("no panic").expect("a thing").id, 5);

    let client = client(&server);
    let calls: FuturesUnordered<_> = (0..10).map(|id| client.get(id).send()).collect();
    let names = calls.map(|thing| thing.expect("a thing").name);
    assert_eq!(names.collect::<Vec<_>>().await, ["door"; 10]);
    assert_eq!(server.requests().len(), 11);
}

#[tokio::test]
async fn headers_are_added_and_replaced_but_not_the_credentials() {
    let server = Server::answering([Reply::thing()]).await;
    let client = client(&server);
    let mut call = client.get(5);
    for (name, value) in [
        ("x-trace", "1"),
        ("accept", "text/plain"),
        ("password", "mine"),
    ] {
        call = call.header(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    call.await.expect("a thing");
    let request = server.request();
    assert_eq!(request.header("x-trace"), Some("1"));
    assert_eq!(request.header("accept"), Some("text/plain"));
    assert_eq!(request.header("password"), Some(PASSWORD));
}

#[tokio::test]
async fn a_json_body_is_sent_with_its_type_and_length() {
    let server = Server::answering([Reply::thing()]).await;
    client(&server).create("dö\"or").await.expect("a thing");
    let request = server.request();
    assert_eq!(request.line(), "POST /things HTTP/1.1");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("content-length"), Some("18"));
    assert_eq!(request.text(), r#"{"name":"dö\"or"}"#);
}

#[tokio::test]
async fn a_post_without_a_body_says_so() {
    let server = Server::answering([Reply::new(204)]).await;
    client(&server).approve(5).await.expect("approved");
    let request = server.request();
    assert_eq!(request.line(), "POST /things/5/approve HTTP/1.1");
    assert_eq!(request.header("content-type"), None);
    // RFC 9110 section 8.6; some servers answer 411 otherwise.
    assert_eq!(request.header("content-length"), Some("0"));
}

#[tokio::test]
async fn a_form_is_sent_with_its_length() {
    let server = Server::answering([Reply::new(204)]).await;
    let form = Multipart::new()
        .text("id", "5")
        .file("f", "a.pem", "text/plain", "content");
    let media_type = form.content_type();
    client(&server)
        .upload(form.clone())
        .await
        .expect("uploaded");
    let request = server.request();
    assert_eq!(request.header("content-type"), Some(&*media_type));
    assert_eq!(request.header("transfer-encoding"), None);
    assert_eq!(request.body, cert_core::client::Body::from(form).to_bytes());
}

#[tokio::test]
async fn a_payload_beyond_its_limits_is_not_sent() {
    let server = Server::answering([Reply::thing()]).await;
    let name = "x".repeat(1_001);
    let error = client(&server).create(&name).await.expect_err("too long");
    assert_eq!(error.kind(), ErrorKind::Argument);
    let told = "test thing_create: not sent: `name` has 1001 characters: it must have at most 1000";
    assert_eq!(error.to_string(), told);
    assert_eq!(server.connections(), 0);
    let name = "x".repeat(1_000);
    client(&server).create(&name).await.expect("at the edge");
}

#[tokio::test]
async fn headers_that_frame_the_message_are_refused() {
    let server = Server::answering([Reply::thing()]).await;
    for name in [
        "content-length",
        "host",
        "transfer-encoding",
        "connection",
        "expect",
    ] {
        let name = HeaderName::from_static(name);
        let call = client(&server)
            .get(1)
            .header(name.clone(), HeaderValue::from_static("7"))
            .send();
        let error = call.await.expect_err("refused");
        assert!(error.to_string().contains(name.as_str()), "{error}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn query_parameters_are_encoded() {
    let server = Server::answering([Reply::json(200, "[]")]).await;
    let query = [("name", "a b+c&d=ü#/?"), ("empty", ""), ("name", "twice")];
    client(&server).find(&query).await.expect("a list");
    let expected = "/things?name=a%20b%2Bc%26d%3D%C3%BC%23%2F%3F&empty=&name=twice";
    assert_eq!(server.request().target(), expected);
}

/// A map whose keys are pairs, which JSON cannot have.
struct Unencodable;

impl serde::Serialize for Unencodable {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        HashMap::from([((1, 2), 3)]).serialize(serializer)
    }
}

impl cert_core::Payload for Unencodable {}

#[tokio::test]
async fn what_cannot_be_encoded_is_not_sent() {
    let server = Server::answering([Reply::thing()]).await;
    let client = client(&server);
    let body = client.create_from(&Unencodable).await.expect_err("no JSON");
    let query = client.find(&[("deep", [[1]])]).await.expect_err("no query");
    for error in [body, query] {
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.to_string().contains("cannot be encoded"), "{error}");
        assert_eq!((error.attempts(), error.may_have_run()), (0, false));
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_created_thing_is_known_by_its_location() {
    let created = Reply::new(201).header("location", "https://elsewhere.example/things/17");
    let server = Server::answering([created]).await;
    assert_eq!(client(&server).create_from(&"x").await.expect("an id"), 17);
}

#[tokio::test]
async fn one_connection_serves_call_after_call() {
    let chunked = Reply::thing().chunked(10, Duration::ZERO);
    let server = Server::answering([Reply::thing(), chunked, Reply::thing()]).await;
    let client = client(&server);
    for _ in 0..5 {
        client.create("door").await.expect("a thing");
    }
    assert_eq!((server.requests().len(), server.connections()), (5, 1));
}

#[tokio::test]
async fn a_server_that_ends_its_connections_is_called_on_new_ones() {
    let last = Reply::thing().header("connection", "close");
    let server = Server::answering([last]).await;
    let client = client(&server);
    for _ in 0..3 {
        client.create("door").await.expect("a thing");
    }
    assert_eq!((server.requests().len(), server.connections()), (3, 3));
}

#[tokio::test]
async fn the_name_of_a_file_is_safe_wherever_it_is_read() {
    for (sent, expected) in [
        ("-rf", Some("rf")),
        (".bashrc", Some("bashrc")),
        ("CON", Some("_CON")),
        ("a.txt:evil.exe", Some("a.txt_evil.exe")),
        ("..", None),
    ] {
        let disposition = format!("attachment; filename=\"{sent}\"");
        let reply = Reply::new(200).header("content-disposition", &disposition);
        let server = Server::answering([reply.body("content")]).await;
        let client = client(&server);
        let download = client.report().await.expect("a download");
        assert_eq!(download.file_name.as_deref(), expected);
        let blob = client.report().replying::<Blob>().await.expect("a file");
        assert_eq!(blob.file_name.as_deref(), expected);
    }
}
