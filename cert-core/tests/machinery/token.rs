//! Tokens: fetched once, kept, renewed, given up.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cert_core::Secret;
use cert_core::client::{
    Answer, Backoff, Body, ClientCredentials, Error, ErrorKind, Limits, Retry, SignIn, Token,
    TokenExchange,
};
use http::{HeaderValue, Method, StatusCode, header};

use crate::reply::Reply;
use crate::request::Request;
use crate::server::{Server, nobody};
use crate::vendor::{Client, builder, client_with};

const SECRET: &str = "s3cr&t +";

/// The sign-in call of a made-up vendor, whose first token lasts `lifetime`, and all others for days.
struct Door {
    url: String,
    lifetime: Duration,
}

impl SignIn for Door {
    fn request(&self) -> Result<http::Request<Body>, Error> {
        let mut request = http::Request::new(Body::from(SECRET.to_owned()));
        *request.method_mut() = Method::POST;
        let uri = format!("{}/sign-in", self.url).parse();
        *request.uri_mut() = uri.map_err(|_| Error::argument("the URL is none"))?;
        Ok(request)
    }

    fn token(&self, answer: &Answer) -> Result<Token, Error> {
        let text = str::from_utf8(&answer.body).map_err(|_| Error::unexpected("no token"))?;
        if text.is_empty() {
            return Err(Error::unexpected("the token is empty"));
        }
        let days = Duration::from_secs(1_000_000);
        Ok(Token::new(text).lasting(if text == "t1" { self.lifetime } else { days }))
    }

    fn authorization(&self, token: &Secret) -> String {
        format!("Door {}", token.expose())
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        name(SECRET);
    }
}

/// A client whose first token lasts so many milliseconds.
fn client(server: &Server, lifetime: u64) -> Client {
    let (url, lifetime) = (server.url().to_owned(), Duration::from_millis(lifetime));
    client_with(server, TokenExchange::new(Door { url, lifetime }))
}

/// A door whose sign-in waits between its attempts as given.
fn waiting(server: &Server, first: Duration, longest: Duration) -> Client {
    let (url, lifetime) = (server.url().to_owned(), Duration::from_secs(3600));
    let retry = Retry::attempts(3).backoff(Backoff::new(first, longest));
    let auth = TokenExchange::new(Door { url, lifetime });
    let builder = builder(server).auth(auth).retry(retry);
    builder.build().expect("a client")
}

/// Hands out tokens `t1`, `t2`, ... and otherwise answers as `script` says.
fn doors(
    script: impl Fn(&Request, usize) -> Reply + Send + Sync,
) -> impl Fn(&Request) -> Reply + Send + Sync {
    let handed_out = AtomicUsize::new(0);
    move |request| {
        if request.target() != "/sign-in" {
            return script(request, handed_out.load(Ordering::Relaxed));
        }
        let number = handed_out.fetch_add(1, Ordering::Relaxed) + 1;
        Reply::new(200).body(format!("t{number}"))
    }
}

/// Lets the last token in, and no older one.
fn newest(request: &Request, handed_out: usize) -> Reply {
    if request.header("authorization") == Some(&format!("Door t{handed_out}")) {
        return Reply::thing();
    }
    Reply::new(401)
}

#[tokio::test]
async fn a_token_is_fetched_at_the_first_call_and_kept() {
    let server = Server::start(doors(newest)).await;
    let client = client(&server, 60_000_000);
    assert_eq!(server.connections(), 0);
    for _ in 0..3 {
        client.create("door").await.expect("a thing");
    }
    let targets: Vec<_> = server
        .requests()
        .iter()
        .map(|r| r.target().to_owned())
        .collect();
    assert_eq!(targets, ["/sign-in", "/things", "/things", "/things"]);
    let sign_in = server.requests().remove(0);
    assert_eq!(sign_in.text(), SECRET);
    assert!(sign_in.header("authorization").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_callers_with_an_expired_token_cause_one_refresh() {
    let server = Server::start(doors(newest)).await;
    let client = client(&server, 200);
    client.get(5).await.expect("a thing");
    tokio::time::sleep(Duration::from_millis(210)).await;
    let calls: Vec<_> = (0..100)
        .map(|id| tokio::spawn(client.get(id).send()))
        .collect();
    for call in calls {
        call.await.expect("no panic").expect("a thing");
    }
    assert_eq!(server.count("/sign-in"), 2);
    assert_eq!(server.requests().len(), 103);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_callers_with_a_refused_token_cause_one_refresh() {
    let revoked = AtomicUsize::new(0);
    let server = Server::start(doors(move |request, _| {
        let first = request.header("authorization") == Some("Door t1");
        if first && revoked.fetch_add(1, Ordering::Relaxed) > 0 {
            return Reply::new(401);
        }
        Reply::thing()
    }))
    .await;
    let client = client(&server, 60_000_000);
    client.get(5).await.expect("a thing");
    let calls: Vec<_> = (0..100)
        .map(|id| tokio::spawn(client.get(id).send()))
        .collect();
    for call in calls {
        call.await.expect("no panic").expect("a thing");
    }
    assert_eq!(server.count("/sign-in"), 2);
}

#[tokio::test]
async fn the_refresh_goes_on_when_its_first_caller_is_dropped() {
    let server = Server::start(|request| match request.target() {
        "/sign-in" => Reply::new(200).body("t1").after(Duration::from_millis(300)),
        _ => newest(request, 1),
    })
    .await;
    let client = client(&server, 60_000_000);
    let first = tokio::spawn(client.get(1).send());
    server.heard(1).await;
    let others: Vec<_> = (2..100)
        .map(|id| tokio::spawn(client.get(id).send()))
        .collect();
    tokio::task::yield_now().await;
    first.abort();
    for call in others {
        call.await.expect("no panic").expect("a thing");
    }
    assert_eq!(server.count("/sign-in"), 1);
    assert_eq!(server.count("/things/1"), 0);
}

#[tokio::test]
async fn the_old_token_is_served_while_an_early_refresh_runs() {
    let server = Server::start(|request| match (request.target(), request.number) {
        ("/sign-in", 0) => Reply::new(200).body("t1"),
        ("/sign-in", _) => Reply::silence(),
        _ => newest(request, 1),
    })
    .await;
    let client = client(&server, 3000);
    client.get(5).await.expect("a thing");
    tokio::time::sleep(Duration::from_millis(2720)).await;
    client.get(5).await.expect("a thing");
    server.heard(4).await;
    client.get(5).await.expect("a thing");
    assert_eq!(server.count("/sign-in"), 2);
}

#[tokio::test]
async fn and_when_an_early_refresh_fails() {
    let server = Server::start(|request| match (request.target(), request.number) {
        ("/sign-in", 0) => Reply::new(200).body("t1"),
        ("/sign-in", _) => Reply::new(503),
        _ => newest(request, 1),
    })
    .await;
    let client = client(&server, 3000);
    client.get(5).await.expect("a thing");
    tokio::time::sleep(Duration::from_millis(2720)).await;
    client.get(5).await.expect("a thing");
    server.heard(4).await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    client.get(5).await.expect("a thing");
    // Not again with every call.
    assert_eq!(server.count("/sign-in"), 2);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(
        client.get(5).await.expect_err("it ended").kind(),
        ErrorKind::SignIn
    );
}

#[tokio::test]
async fn a_token_of_seconds_is_not_renewed_with_every_call() {
    let server = Server::start(doors(newest)).await;
    let client = client(&server, 5000);
    for _ in 0..5 {
        client.get(5).await.expect("a thing");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(server.count("/sign-in"), 1);
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_call_made_again_whatever_it_does() {
    let server = Server::start(doors(|request, handed_out| match handed_out {
        1 if request.method() == "POST" => Reply::new(401),
        _ => newest(request, handed_out),
    }))
    .await;
    let client = client(&server, 60_000_000);
    client.get(5).await.expect("a thing");
    let reply = client.create("door").detailed().await.expect("a thing");
    assert_eq!(reply.attempts, 2);
    let requests = server.requests();
    let sent: Vec<_> = requests
        .iter()
        .map(|r| (r.target(), r.header("authorization")))
        .collect();
    let (old, new) = (Some("Door t1"), Some("Door t2"));
    let expected = [("/sign-in", None), ("/things/5", old), ("/things", old)];
    assert_eq!(sent[..3], expected);
    assert_eq!(sent[3..], [("/sign-in", None), ("/things", new)]);
    assert_eq!(requests[2].body, requests[4].body);
}

#[tokio::test]
async fn a_token_refused_again_is_a_refusal() {
    let server = Server::start(doors(|_, _| Reply::json(401, r#"{"code": "-16"}"#))).await;
    let error = client(&server, 60_000_000)
        .create("door")
        .await
        .expect_err("refused");
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Refused, Some("-16"))
    );
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert!(!error.may_have_run() && !error.is_transient());
    assert_eq!((server.count("/sign-in"), server.count("/things")), (2, 2));
}

#[tokio::test]
async fn a_failed_sign_in_is_told_apart() {
    let refusals = [
        (
            Reply::new(403).body("wrong s3cr&t +!"),
            Some(403),
            "wrong ***!",
            false,
        ),
        (Reply::new(404), Some(404), "", false),
        (Reply::new(200), Some(200), "the token is empty", false),
        (Reply::new(503).body("later"), Some(503), "later", true),
        (Reply::closed(), None, "the connection broke", true),
    ];
    for (reply, status, message, transient) in refusals {
        let server = Server::answering([reply]).await;
        let error = client(&server, 1)
            .create("door")
            .await
            .expect_err("no token");
        assert_eq!(error.kind(), ErrorKind::SignIn);
        assert_eq!(error.status().map(|status| status.as_u16()), status);
        assert!(
            error.message().unwrap_or_default().starts_with(message),
            "{error}"
        );
        assert!(!error.may_have_run() && !error.is_not_found());
        assert_eq!(error.is_transient(), transient);
        // Nothing was sent, so the call may be made again even though it creates.
        assert_eq!(error.attempts(), if transient { 3 } else { 1 });
        assert_eq!(server.count("/things"), 0);
    }
}

#[tokio::test]
async fn a_sign_in_that_comes_right_goes_on_with_the_call() {
    let server = Server::start(|request| match request.number {
        0 => Reply::closed(),
        1 => Reply::new(200).body("t1"),
        _ => newest(request, 1),
    })
    .await;
    client(&server, 60_000_000)
        .create("door")
        .await
        .expect("a thing");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn the_calls_time_covers_its_sign_in() {
    let server = Server::answering([Reply::silence()]).await;
    let client = client(&server, 1);
    let error = client
        .create("door")
        .timeout(Duration::from_millis(100))
        .await;
    let error = error.expect_err("silence");
    assert_eq!(error.kind(), ErrorKind::SignIn);
    assert!(
        error.to_string().contains("no whole answer within"),
        "{error}"
    );
    assert!(!error.may_have_run());
}

#[tokio::test]
async fn a_header_cannot_replace_the_token() {
    let server = Server::start(doors(newest)).await;
    let client = client(&server, 60_000_000);
    let mine = HeaderValue::from_static("Door mine");
    client
        .get(5)
        .header(header::AUTHORIZATION, mine)
        .await
        .expect("a thing");
    assert_eq!(
        server.requests()[1].header("authorization"),
        Some("Door t1")
    );
}

fn grant(server: &Server) -> ClientCredentials {
    let url = format!("{}/token", server.url());
    ClientCredentials::new(&url, "client:1", SECRET).expect("a URL")
}

/// An authorization server that hands out `t0ken`, and a vendor that wants it.
async fn oauth() -> Server {
    Server::start(|request| match request.header("authorization") {
        _ if request.target() == "/token" => {
            let granted = r#"{"access_token": "t0ken", "token_type": "Bearer", "expires_in": 60}"#;
            Reply::json(200, granted)
        }
        Some("Bearer t0ken") => Reply::thing(),
        _ => Reply::new(401),
    })
    .await
}

#[tokio::test]
async fn client_credentials_are_sent_as_basic() {
    let server = oauth().await;
    let client = client_with(&server, grant(&server).scope("a b").into_auth());
    client.get(5).await.expect("a thing");
    let request = server.requests().remove(0);
    assert_eq!(request.line(), "POST /token HTTP/1.1");
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(request.text(), "grant_type=client_credentials&scope=a+b");
    // `client%3A1:s3cr%26t+%2B`, form-encoded first (RFC 6749 section 2.3.1).
    let basic = "Basic Y2xpZW50JTNBMTpzM2NyJTI2dCslMkI=";
    assert_eq!(request.header("authorization"), Some(basic));
}

#[tokio::test]
async fn or_in_the_body() {
    let server = oauth().await;
    client_with(&server, grant(&server).in_body().into_auth())
        .get(5)
        .await
        .expect("a thing");
    let request = server.requests().remove(0);
    assert_eq!(request.header("authorization"), None);
    let form = "grant_type=client_credentials&client_id=client%3A1&client_secret=s3cr%26t+%2B";
    assert_eq!(request.text(), form);
}

#[tokio::test]
async fn an_oauth_error_is_read() {
    let refusal = r#"{"error": "invalid_client", "error_description": "no s3cr&t + of client:1"}"#;
    let server = Server::answering([Reply::json(401, refusal)]).await;
    let client = client_with(&server, grant(&server).into_auth());
    let error = client.get(5).await.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::SignIn);
    assert_eq!(error.code(), Some("invalid_client"));
    assert_eq!(error.message(), Some("no *** of client:1"));
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}

#[tokio::test]
async fn an_answer_without_a_token_is_no_sign_in() {
    for answer in [
        "{}",
        "[]",
        "<html>",
        r#"{"access_token": null}"#,
        r#"{"access_token": "a\n"}"#,
    ] {
        let server = Server::answering([Reply::json(200, answer)]).await;
        let client = client_with(&server, grant(&server).into_auth());
        let error = client.get(5).await.expect_err("no token");
        assert_eq!(error.kind(), ErrorKind::SignIn, "{answer}");
        assert_eq!(server.count("/things/5"), 0);
    }
}

#[tokio::test]
async fn an_authorization_server_that_is_not_there_is_a_failed_sign_in() {
    let server = oauth().await;
    let url = format!("{}/token", nobody().await);
    let grant = ClientCredentials::new(&url, "id", SECRET)
        .expect("a URL")
        .into_auth();
    let error = client_with(&server, grant)
        .create("door")
        .await
        .expect_err("nobody");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::SignIn, 3));
    assert!(!error.may_have_run() && error.is_transient());
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_token_endpoint_without_tls_is_refused() {
    let error = ClientCredentials::new("http://auth.example/token", "id", SECRET);
    assert_eq!(error.expect_err("plain http").kind(), ErrorKind::Argument);
}

/// Refuses the first call late, when its token is no longer the current one.
#[tokio::test]
async fn a_retired_token_is_masked_too() {
    let server = Server::start(doors(|request, handed_out| match request.target() {
        "/things/1" => Reply::new(400).body("bad Door t1.").held_until(5),
        _ => newest(request, handed_out.max(2)),
    }))
    .await;
    let client = client(&server, 60_000_000);
    let late = tokio::spawn(client.get(1).send());
    server.heard(2).await;
    client.get(2).await.expect("a thing");
    assert_eq!(server.count("/sign-in"), 2);
    let error = late.await.expect("no panic").expect_err("refused");
    let told = error.message().expect("words");
    assert!(told.starts_with("***") && !told.contains("t1"), "{told}");
}

#[tokio::test]
async fn a_sign_in_that_hangs_ends_with_the_attempt() {
    let server = Server::start(|request| match (request.target(), request.number) {
        ("/sign-in", 0) => Reply::silence(),
        ("/sign-in", _) => Reply::new(200).body("t1"),
        _ => Reply::thing(),
    })
    .await;
    let (url, lifetime) = (server.url().to_owned(), Duration::from_secs(3600));
    let mut limits = Limits::default();
    limits.attempt = Duration::from_millis(500);
    let auth = TokenExchange::new(Door { url, lifetime });
    let client = builder(&server).auth(auth).limits(limits);
    let client = client.build().expect("a client");
    // The call itself, also a slow one, goes on with another sign-in.
    client.enroll().await.expect("enrolled");
    client.get(5).await.expect("a thing");
    assert_eq!(server.count("/sign-in"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_callers_share_the_failures_of_a_sign_in() {
    let server = Server::answering([Reply::new(503).body("later")]).await;
    let second = Duration::from_secs(1);
    let client = waiting(&server, second, second);
    let calls: Vec<_> = (0..100)
        .map(|id| tokio::spawn(client.get(id).send()))
        .collect();
    for call in calls {
        let error = call.await.expect("no panic").expect_err("no token");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::SignIn, 3));
        assert_eq!(error.message(), Some("later"));
    }
    let sign_ins = server.requests().len();
    assert!((3..=30).contains(&sign_ins), "{sign_ins}");
}

#[tokio::test]
async fn refused_credentials_are_not_tried_again_for_one_call_after_the_other() {
    let server = Server::answering([Reply::new(401).body("wrong")]).await;
    let hour = Duration::from_secs(3600);
    let client = waiting(&server, hour, hour);
    for _ in 0..5 {
        let error = client.get(5).await.expect_err("refused");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::SignIn, 1));
        assert_eq!(error.message(), Some("wrong"));
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_vendors_wait_after_a_failed_sign_in_holds_for_every_call() {
    let later = Reply::new(503).header("retry-after", "3600");
    let server = Server::answering([later]).await;
    let client = client(&server, 1);
    for _ in 0..3 {
        client.get(5).await.expect_err("no token");
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_token_that_no_header_can_carry_is_not_kept() {
    let server = Server::start(|request| match (request.target(), request.number) {
        ("/sign-in", 0) => Reply::new(200).body("t1\r\nx-admin: yes"),
        ("/sign-in", _) => Reply::new(200).body("t2"),
        _ => newest(request, 2),
    })
    .await;
    let client = waiting(&server, Duration::from_micros(2), Duration::from_micros(2));
    let error = client.get(5).await.expect_err("no header");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::SignIn, 1));
    assert!(
        error.to_string().contains("cannot be sent in a header"),
        "{error}"
    );
    assert!(!format!("{error:?}").contains("x-admin"));
    client.get(5).await.expect("a thing");
    assert_eq!(server.count("/sign-in"), 2);
}

#[tokio::test]
async fn the_type_of_a_token_is_respected() {
    for (kind, taken) in [
        (r#""token_type": "BEARER", "#, true),
        (r#""token_type": "bearer", "#, true),
        (r#""token_type": null, "#, true),
        ("", true),
        (r#""token_type": "mac", "#, false),
        (r#""token_type": "DPoP", "#, false),
    ] {
        let granted = format!("{{{kind}\"access_token\": \"t0ken\"}}");
        let server = Server::start(move |request| match request.target() {
            "/token" => Reply::json(200, &granted),
            _ => Reply::thing(),
        })
        .await;
        let client = client_with(&server, grant(&server).into_auth());
        let outcome = client.get(5).await;
        assert_eq!(outcome.is_ok(), taken, "{kind}");
        if let Err(error) = outcome {
            assert_eq!(error.kind(), ErrorKind::SignIn);
            let named = ["`mac`", "`DPoP`"]
                .iter()
                .any(|n| error.to_string().contains(n));
            assert!(named && !error.is_transient(), "{error}");
            assert_eq!(server.count("/things/5"), 0);
        }
    }
}

#[tokio::test]
async fn a_type_that_repeats_the_secret_is_masked() {
    let granted = format!(r#"{{"access_token": "t", "token_type": "{SECRET}"}}"#);
    let server = Server::answering([Reply::json(200, &granted)]).await;
    let client = client_with(&server, grant(&server).into_auth());
    let error = client.get(5).await.expect_err("no bearer");
    assert!(error.to_string().contains("`***`"), "{error}");
}

#[tokio::test]
async fn a_lifetime_is_a_number_or_a_text() {
    for (lifetime, sign_ins) in [
        (r#""3600""#, 1),
        ("3600", 1),
        (r#"" 60 ""#, 1),
        (r#""0""#, 2),
    ] {
        let granted = format!(r#"{{"access_token": "t0ken", "expires_in": {lifetime}}}"#);
        let server = Server::start(move |request| match request.target() {
            "/token" => Reply::json(200, &granted),
            _ => Reply::thing(),
        })
        .await;
        let client = client_with(&server, grant(&server).into_auth());
        for _ in 0..2 {
            client.get(5).await.expect("a thing");
        }
        assert_eq!(server.count("/token"), sign_ins, "{lifetime}");
    }
    let granted = Reply::json(200, r#"{"access_token": "t", "expires_in": "an hour"}"#);
    let server = Server::answering([granted]).await;
    let client = client_with(&server, grant(&server).into_auth());
    let error = client.get(5).await.expect_err("no number");
    assert_eq!(error.kind(), ErrorKind::SignIn);
}
