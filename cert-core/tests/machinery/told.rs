//! What errors of every kind say, word for word, while a server repeats the secrets it was sent.

use std::path::Path;
use std::time::Duration;

use cert_core::client::{ClientCredentials, Error, ErrorKind, Limits, Retry};

use crate::reply::Reply;
use crate::server::{Server, nobody};
use crate::vendor::{Client, PASSWORD, builder, builder_at};

const RECORD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/machinery/told.txt");

/// An error in all its words, without what the moment decides or other crates say.
fn told(name: &str, error: &Error) -> String {
    let debug = format!("{error:?}");
    let debug = match debug.split_once("source: Some(reqwest") {
        Some((ours, _)) => format!("{ours}source: .. }}"),
        None => debug,
    };
    without_ports(&format!("{name}\n  {error}\n  {debug}\n"))
}

fn without_ports(text: &str) -> String {
    let mut parts = text.split("127.0.0.1:");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let rest = part.trim_start_matches(|digit: char| digit.is_ascii_digit());
        text + "127.0.0.1:PORT" + rest
    })
}

fn built(server: &Server) -> Client {
    let mut limits = Limits::default();
    (limits.attempt, limits.body) = (Duration::from_millis(200), 300);
    let builder = builder(server).retry(Retry::never()).limits(limits);
    builder.build().expect("a client")
}

async fn answered(reply: Reply) -> Error {
    let server = Server::answering([reply]).await;
    let call = built(&server)
        .create_with("door", Some("p4ss-phrase".into()))
        .send();
    call.await.expect_err("a failure")
}

async fn echoed(status: u16) -> Error {
    let server = Server::start(move |request| {
        let told = serde_json::to_string(&format!("{} {PASSWORD}", request.text())).expect("text");
        let body = format!(r#"{{"code": "p4ss-phrase", "description": {told}}}"#);
        Reply::json(status, &body)
    })
    .await;
    let call = built(&server)
        .create_with("door", Some("p4ss-phrase".into()))
        .send();
    call.await.expect_err("a failure")
}

async fn everything() -> Vec<(&'static str, ErrorKind, Error)> {
    let elsewhere = Reply::new(302).header("location", &format!("https://x.test/?{PASSWORD}"));
    let page = format!("<h1>Bad Gateway</h1><p>password: {PASSWORD}</p>");
    let wrong = Reply::json(
        200,
        &format!(r#"{{"id": "{PASSWORD}", "name": "p4ss-phrase"}}"#),
    );
    let unreachable = builder_at(&nobody().await).retry(Retry::never());
    let unreachable = unreachable.build().expect("a client");
    let never_sent = Server::answering([Reply::thing()]).await;
    let silent = Server::answering([Reply::silence()]).await;
    let refusing = Server::start(|request| {
        Reply::new(503).body(format!("no sign-in today with {}", request.text()))
    });
    let refusing = refusing.await;
    let grant = ClientCredentials::new(&format!("{}/token", refusing.url()), "id", PASSWORD);
    let auth = grant.expect("a URL").in_body().into_auth();
    let signed_in = builder(&refusing).auth(auth).retry(Retry::never());
    let signed_in = signed_in.build().expect("a client");
    use ErrorKind::{
        Argument, Interrupted, NotSent, Redirected, Refused, TimedOut, TooLarge, Unexpected,
    };
    vec![
        (
            "argument",
            Argument,
            built(&never_sent).get("..").await.expect_err("a failure"),
        ),
        (
            "sign-in",
            ErrorKind::SignIn,
            signed_in.create("door").await.expect_err("a failure"),
        ),
        (
            "not sent",
            NotSent,
            unreachable.create("door").await.expect_err("a failure"),
        ),
        ("closed", Interrupted, answered(Reply::closed()).await),
        ("cut", Interrupted, answered(Reply::thing().cut()).await),
        (
            "silent",
            TimedOut,
            built(&silent).create("door").await.expect_err("a failure"),
        ),
        (
            "too large",
            TooLarge,
            answered(Reply::new(200).body(vec![b'x'; 400])).await,
        ),
        ("redirected", Redirected, answered(elsewhere).await),
        ("echoed", Refused, echoed(400).await),
        ("echoed by a failing server", Refused, echoed(500).await),
        (
            "page of a gateway",
            Refused,
            answered(Reply::new(502).body(page)).await,
        ),
        ("other JSON", Unexpected, answered(wrong).await),
        (
            "no JSON",
            Unexpected,
            answered(Reply::new(200).body(PASSWORD)).await,
        ),
    ]
}

#[tokio::test]
async fn every_kind_of_error_says_what_it_said() {
    let all = everything().await;
    for (name, kind, error) in &all {
        assert_eq!(error.kind(), *kind, "{name}");
    }
    let now: String = all
        .iter()
        .map(|(name, _, error)| told(name, error))
        .collect();
    for secret in [PASSWORD, "p4ss-phrase"] {
        assert!(!now.contains(secret), "{now}");
    }
    if std::env::var_os("TOLD").is_some_and(|wanted| wanted == "write") {
        return std::fs::write(Path::new(RECORD), now).expect("the record can be written");
    }
    let before = std::fs::read_to_string(RECORD).expect("the record");
    assert_eq!(now, before, "TOLD=write takes it over, if it is meant");
}
