//! What errors say, and what they keep to themselves.

use std::error::Error as _;
use std::time::Duration;

use cert_core::client::{
    Auth, ClientCredentials, Digest, Error, ErrorKind, ExternalUrl, Headers, Limits, Retry, Token,
    TokenExchange,
};
use http::StatusCode;

use crate::reply::Reply;
use crate::request::Request;
use crate::server::{Server, nobody};
use crate::vendor::{Client, PASSWORD, builder, builder_at, client, client_with};

/// Everything that an error and its causes print.
fn everything(error: &Error) -> String {
    let mut text = format!(
        "{error} {error:?} {error:#?} {:?} {:?}",
        error.message(),
        error.code()
    );
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(" {error} {error:?} {error:#?}");
        cause = error.source();
    }
    text
}

fn assert_silent(error: &Error, secrets: &[&str]) {
    let text = everything(error);
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} shows: {text}");
    }
}

type Script = Box<dyn Fn(&Request) -> Reply + Send + Sync>;

/// Repeats all it was told, in the forms in which servers complain.
fn echoes(status: u16) -> [Script; 4] {
    let told = |request: &Request| format!("{request:?}");
    [
        Box::new(move |request| Reply::new(status).body(told(request))),
        Box::new(move |request| Reply::new(status).body(format!("<p>{}</p>", told(request)))),
        Box::new(move |request| {
            let told = serde_json::to_string(&told(request)).expect("a text");
            Reply::json(
                status,
                &format!(r#"{{"code": "1", "description": {told}}}"#),
            )
        }),
        Box::new(move |request| {
            let told = serde_json::to_string(&told(request)).expect("a text");
            Reply::json(status, &format!(r#"{{"code": {told}}}"#))
        }),
    ]
}

async fn assert_masked<A: Auth>(auth: impl Fn() -> A, secrets: &[&str]) {
    for echo in echoes(400) {
        let server = Server::start(echo).await;
        let error = client_with(&server, auth())
            .create("door")
            .await
            .expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Refused);
        assert!(everything(&error).contains("***"), "{error:?}");
        assert_silent(&error, secrets);
    }
}

#[tokio::test]
async fn header_credentials_are_masked_where_a_server_repeats_them() {
    let key = || {
        Headers::new()
            .secret("x-api-key", "k3y".into())
            .expect("a header")
    };
    assert_masked(key, &["k3y"]).await;
    let bearer = || Headers::bearer("t0ken.x").expect("a header");
    assert_masked(bearer, &["t0ken.x"]).await;
    let basic = || Headers::basic("admin", "hunter2").expect("a header");
    assert_masked(basic, &["hunter2", "YWRtaW46aHVudGVyMg=="]).await;
}

#[tokio::test]
async fn so_are_tokens_and_what_they_were_given_for() {
    let grant = |server: &Server| {
        let url = format!("{}/token", server.url());
        let grant = ClientCredentials::new(&url, "id", "s3cr&t").expect("a URL");
        [grant.clone().into_auth(), grant.in_body().into_auth()]
    };
    for place in ["/token", "/things"] {
        for echo in echoes(400) {
            let server = Server::start(move |request| match request.target() {
                target if target == place => echo(request),
                "/token" => Reply::json(200, r#"{"access_token": "t0ken"}"#),
                _ => Reply::thing(),
            })
            .await;
            for auth in grant(&server) {
                let error = client_with(&server, auth)
                    .create("x")
                    .await
                    .expect_err("refused");
                assert!(everything(&error).contains("***"), "{error:?}");
                assert_silent(&error, &["s3cr&t", "s3cr%26t", "aWQ6czNjciUyNnQ=", "t0ken"]);
            }
        }
    }
}

#[tokio::test]
async fn so_is_the_password_of_a_digest() {
    let challenge = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", Basic realm=\"hunter2\"";
    for (offer, or_basic) in [(challenge, false), ("Basic realm=\"r\"", true)] {
        let server = Server::start(move |request| {
            let told = format!("{request:?} means hunter2");
            Reply::new(401).header("www-authenticate", offer).body(told)
        })
        .await;
        let digest = Digest::new("admin", "hunter2");
        let digest = if or_basic {
            digest.or_basic().expect("a name")
        } else {
            digest
        };
        let error = client_with(&server, digest)
            .get(5)
            .await
            .expect_err("refused");
        assert_eq!(error.attempts(), 2);
        assert_silent(&error, &["hunter2", "YWRtaW46aHVudGVyMg=="]);
    }
}

#[tokio::test]
async fn so_are_the_secrets_of_a_body() {
    for pass_phrase in ["plain-enough", "with \"quotes\" & \\", "over\ntwo  lines"] {
        for echo in echoes(409) {
            let server = Server::start(echo).await;
            let call = client(&server);
            let call = call.create_with("door", Some(pass_phrase.into()));
            let error = call.await.expect_err("refused");
            assert!(everything(&error).contains("***"), "{error:?}");
            assert_silent(&error, &["enough", "quotes", "lines", PASSWORD]);
        }
    }
}

#[tokio::test]
async fn a_mismatch_keeps_the_answer_and_tells_the_place_alone() {
    let bodies = [
        (
            r#"{"id": "hunter2", "name": "x"}"#,
            "invalid type, expected i64 at line 1 column 16",
        ),
        (
            r#"{"id": 5, "name": "x", "state": "hunter2"}"#,
            "unknown variant, expected",
        ),
        (
            r#"{"id": 5, "name": "x", "since": "hunter2"}"#,
            "invalid value at line 1 column 42",
        ),
        (
            r#"{"name": "hunter2"}"#,
            "missing field `id` at line 1 column 19",
        ),
        ("<html>hunter2</html>", "expected value at line 1 column 1"),
        ("", "success without content, where JSON is promised"),
        (
            "{\"id\": 5, \"name\": \"hunter2",
            "EOF while parsing a string",
        ),
    ];
    for (body, message) in bodies {
        let reply = Reply::json(200, body).header("x-request-id", "r-17");
        let server = Server::answering([reply]).await;
        let error = client(&server).create("door").await.expect_err("no thing");
        assert_eq!(error.kind(), ErrorKind::Unexpected);
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert_eq!(
            (&error.body()[..], error.request_id()),
            (body.as_bytes(), Some("r-17"))
        );
        assert!(error.may_have_run() && !error.is_transient());
        assert!(error.to_string().contains(message), "{error}");
        assert_silent(&error, &["hunter2"]);
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_refusal_is_all_there() {
    let refusal = Reply::json(
        400,
        r#"{"code": "-7", "description": "no\u001b[31m such\nthing"}"#,
    );
    let server = Server::answering([refusal.header("x-correlation-id", "c-1")]).await;
    let error = client(&server).get(5).await.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Refused);
    assert_eq!((error.code(), error.attempts()), (Some("-7"), 1));
    assert_eq!(error.message(), Some("no\u{1b}[31m such\nthing"));
    assert_eq!(error.request_id(), Some("c-1"));
    assert_eq!(error.headers()["content-type"], "application/json");
    assert_eq!(
        error.op().map(cert_core::client::Op::name),
        Some("thing_get")
    );
    let shown = r"test thing_get: refused, HTTP 400, code -7: no\u{1b}[31m such\nthing";
    assert_eq!(error.to_string(), shown);
}

#[tokio::test]
async fn a_refusal_with_200_is_one() {
    let server = Server::answering([Reply::json(200, r#"{"code": "-7"}"#)]).await;
    let error = client(&server).get(5).await.expect_err("refused");
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Refused, Some("-7"))
    );
    assert_eq!(error.status(), Some(StatusCode::OK));
}

#[tokio::test]
async fn a_gateways_page_is_text() {
    let page = "<html><title>502</title><style>x{y}</style><h1>Bad Gateway</h1></html>";
    let reply = Reply::new(502)
        .header("content-type", "text/html")
        .body(page);
    let server = Server::answering([reply]).await;
    let error = client(&server).create("door").await.expect_err("refused");
    assert_eq!(error.message(), Some("502 Bad Gateway"));
    assert_eq!(error.body(), page);
    assert!(error.may_have_run());
}

#[tokio::test]
async fn a_long_text_is_shown_in_part() {
    let server = Server::answering([Reply::new(400).body("x".repeat(100_000))]).await;
    let error = client(&server).get(5).await.expect_err("refused");
    assert!(error.to_string().len() < 400);
    assert!(format!("{error:?}").len() < 600);
    assert_eq!(error.body().len(), 100_000);
}

#[tokio::test]
async fn no_error_shows_the_query() {
    let cut = Reply::thing().cut();
    let replies = [
        Reply::closed(),
        cut,
        Reply::new(500),
        Reply::thing(),
        Reply::silence(),
    ];
    for reply in replies {
        let server = Server::answering([reply]).await;
        assert_silent(
            &failed(builder(&server)).await,
            &["t0ps3cret", "filter", PASSWORD],
        );
    }
    let error = failed(builder_at(&nobody().await)).await;
    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert_silent(&error, &["t0ps3cret", "filter", PASSWORD]);
}

async fn failed(builder: cert_core::client::Builder<Client>) -> Error {
    let mut limits = Limits::default();
    limits.attempt = Duration::from_millis(100);
    let client = builder
        .limits(limits)
        .retry(Retry::never())
        .build()
        .expect("a client");
    client
        .find(&[("filter", "t0ps3cret")])
        .await
        .expect_err("no list")
}

#[tokio::test]
async fn nothing_prints_its_secrets() {
    let server = Server::answering([Reply::thing()]).await;
    let headers = Headers::basic("admin", "hunter2").expect("a header");
    let grant = ClientCredentials::new("https://a.example", "id", "hunter2").expect("a URL");
    let client = client(&server);
    let printed = [
        format!(
            "{headers:?} {grant:?} {:?}",
            TokenExchange::new(grant.clone())
        ),
        format!(
            "{:?} {:?}",
            Digest::new("admin", "hunter2"),
            Token::new("hunter2")
        ),
        format!(
            "{:?} {:?}",
            ExternalUrl::from("https://a.example/hunter2"),
            builder(&server)
        ),
        format!(
            "{client:?} {:?} {:?}",
            client.create("hunter2"),
            client.get("hunter2").send()
        ),
        format!(
            "{:?}",
            client.create("hunter2").request().expect("a request")
        ),
        format!("{:?}", Headers::bearer("hunter2\n").expect_err("no header")),
        format!(
            "{:?}",
            Headers::basic("a:b", "hunter2").expect_err("no name")
        ),
    ]
    .concat();
    assert!(
        !printed.contains("hunter2") && !printed.contains(PASSWORD),
        "{printed}"
    );
    assert!(!printed.contains("aHVudGVyMg"), "{printed}");
}
