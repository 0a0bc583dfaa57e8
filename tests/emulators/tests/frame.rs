//! The frame under every emulator, tried with the smallest vendor there can be: one that repeats
//! what it was sent, and counts.

use std::{
    net::Ipv4Addr,
    time::{Duration, Instant},
};

use cert_emulators::{
    ClientCertificates, Emulator, Fault, Identity, StartError,
    frame::{Call, Reply, Route, Vendor, World},
};
use http::{Method, StatusCode};
use reqwest::{Certificate, Client, ClientBuilder, redirect};
use serde_json::json;

#[derive(Debug)]
struct Echo {
    answered: usize,
    world: World,
}

const ROUTES: &[Route<Echo>] = &[
    Route::post("echo", "/echo/{word}", echo),
    Route::put("echo_again", "/echo/{word}", echo),
    Route::put("echo_twice", "/echo/twice", echo),
];

fn echo(state: &mut Echo, call: &Call<'_>) -> Result<Reply, Reply> {
    state.answered += 1;
    let body = json!({
        "word": call.argument("word"),
        "sent": String::from_utf8_lossy(&call.request.body),
        "peer": call.request.peer.len(),
    });
    Ok(Reply::json(StatusCode::OK, &body))
}

impl Vendor for Echo {
    const NAME: &'static str = "echo";
    type Options = ();
    type Problem = Reply;
    const AREAS: &[&[Route<Self>]] = &[ROUTES];

    fn new((): (), world: World) -> Self {
        Self { answered: 0, world }
    }

    fn no_such_method(allowed: &str) -> Reply {
        Reply::bytes(
            StatusCode::METHOD_NOT_ALLOWED,
            "text/plain",
            allowed.to_owned(),
        )
    }

    fn no_such_path() -> Reply {
        Reply::empty(StatusCode::NOT_FOUND)
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        vec![("password", "secret".to_owned())]
    }
}

async fn start() -> Emulator<Echo> {
    Emulator::builder().start().await.expect("a free port")
}

fn client() -> ClientBuilder {
    Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
}

async fn post(client: &Client, base: &str) -> Result<reqwest::Response, reqwest::Error> {
    client
        .post(format!("{base}/echo/a%23b"))
        .body("text")
        .send()
        .await
}

async fn status(client: &Client, emulator: &Emulator<Echo>) -> StatusCode {
    post(client, emulator.base_url())
        .await
        .expect("an answer")
        .status()
}

#[tokio::test]
async fn it_answers_and_keeps_a_journal() {
    let emulator = start().await;
    let client = client().build().expect("a client");
    let reply = post(&client, emulator.base_url()).await.expect("an answer");
    assert_eq!(reply.headers()["content-type"], "application/json");
    let body = reply.text().await.expect("a body");
    assert_eq!(body, r##"{"peer":0,"sent":"text","word":"a#b"}"##);
    let seen = emulator.journal().last().expect("one request");
    assert_eq!(seen.request.path, "/echo/a%23b");
    assert_eq!(seen.request.body, "text");
    assert_eq!(seen.request.address, Some(Ipv4Addr::LOCALHOST.into()));
    assert_eq!(seen.status, Some(StatusCode::OK));
    assert_eq!(emulator.journal().count(), 1);
    assert_eq!(emulator.state().answered, 1);
    let line = format!("echo {} password=secret", emulator.base_url());
    assert_eq!(emulator.line(), line);
}

#[tokio::test]
async fn allow_names_each_method_of_a_path_once() {
    let emulator = start().await;
    let client = client().build().expect("a client");
    let url = format!("{}/echo/twice", emulator.base_url());
    let reply = client.delete(url).send().await.expect("an answer");
    assert_eq!(reply.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(reply.headers()["allow"], "POST, PUT");
    assert_eq!(reply.text().await.expect("the vendor's words"), "POST, PUT");
    let url = format!("{}/echo", emulator.base_url());
    let reply = client.delete(url).send().await.expect("an answer");
    assert_eq!(reply.status(), StatusCode::NOT_FOUND);
    assert!(!reply.headers().contains_key("allow"));
}

#[tokio::test]
async fn passwords_in_settings_stay_out_of_debug() {
    let builder = cert_emulators::bb_uem::Emulator::builder().credentials("t", "u", "hush-hush");
    let emulator = builder.start().await.expect("a free port");
    for shown in [format!("{emulator:?}"), format!("{:?}", emulator.state())] {
        assert!(!shown.contains("hush-hush"), "{shown}");
    }
    assert!(format!("{:?}", emulator.state()).contains("(hidden)"));
}

#[tokio::test]
async fn answers_to_head_have_no_body_in_either_version() {
    let emulator = start().await;
    let url = format!("{}/echo/twice", emulator.base_url());
    for builder in [client().http1_only(), client().http2_prior_knowledge()] {
        let client = builder.build().expect("a client");
        let reply = client.head(&url).send().await.expect("an answer");
        assert_eq!(reply.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(reply.headers()["content-length"], "9");
        let body = reply
            .bytes()
            .await
            .expect("an end, and no stray bytes before");
        assert!(body.is_empty());
    }
}

#[tokio::test]
async fn it_stops_when_dropped() {
    let emulator = start().await;
    let address = emulator.address();
    drop(emulator);
    let again = Emulator::<Echo>::builder().address(address).start().await;
    assert_eq!(again.expect("the port is free again").address(), address);
}

#[tokio::test]
async fn a_taken_address_is_named() {
    let emulator = start().await;
    let again = Emulator::<Echo>::builder()
        .address(emulator.address())
        .start()
        .await;
    let error = again.expect_err("the port is taken");
    assert!(matches!(error, StartError::Listen { .. }), "{error:?}");
    assert!(
        error.to_string().contains(&emulator.address().to_string()),
        "{error}"
    );
}

#[tokio::test]
async fn gateway_answers_are_counted_down() {
    let emulator = start().await;
    let client = client().build().expect("a client");
    let fault = Fault::status(StatusCode::SERVICE_UNAVAILABLE).retry_after("7");
    emulator.faults().add(fault.after(1).times(1));
    assert_eq!(status(&client, &emulator).await, StatusCode::OK);
    let reply = post(&client, emulator.base_url()).await.expect("an answer");
    assert_eq!(reply.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(reply.headers()["retry-after"], "7");
    assert_eq!(status(&client, &emulator).await, StatusCode::OK);
    assert_eq!(emulator.state().answered, 2);
}

#[tokio::test]
async fn faults_keep_to_their_method_and_path() {
    let emulator = start().await;
    let client = client().build().expect("a client");
    emulator
        .faults()
        .add(Fault::html(StatusCode::BAD_GATEWAY).method(Method::GET));
    emulator
        .faults()
        .add(Fault::html(StatusCode::BAD_GATEWAY).path("/other"));
    assert_eq!(status(&client, &emulator).await, StatusCode::OK);
    emulator
        .faults()
        .add(Fault::html(StatusCode::BAD_GATEWAY).path("/ec"));
    let reply = post(&client, emulator.base_url()).await.expect("an answer");
    assert_eq!(reply.headers()["content-type"], "text/html");
    emulator.faults().clear();
    assert_eq!(status(&client, &emulator).await, StatusCode::OK);
}

#[tokio::test]
async fn a_cut_body_follows_its_head_and_was_carried_out() {
    for http2 in [false, true] {
        let emulator = start().await;
        let builder = if http2 {
            client().http2_prior_knowledge()
        } else {
            client()
        };
        let client = builder.build().expect("a client");
        emulator.faults().add(Fault::cut_body());
        let mut reply = post(&client, emulator.base_url())
            .await
            .expect("the head arrives");
        assert_eq!(reply.status(), StatusCode::OK);
        let promised = reply.content_length().expect("a length");
        let mut arrived = 0;
        let broken = loop {
            match reply.chunk().await {
                Ok(Some(chunk)) => arrived += chunk.len() as u64,
                Ok(None) => break false,
                Err(_) => break true,
            }
        };
        assert!(
            broken && arrived < promised,
            "{arrived} of {promised}, http2 {http2}"
        );
        assert!(http2 || arrived == promised / 2, "{arrived} of {promised}");
        assert_eq!(emulator.state().answered, 1);
    }
}

#[tokio::test]
async fn closed_connections_differ_in_what_was_done() {
    let emulator = start().await;
    let client = client().build().expect("a client");
    emulator.faults().add(Fault::close_unheard().times(1));
    assert!(post(&client, emulator.base_url()).await.is_err());
    assert_eq!(
        (emulator.state().answered, emulator.journal().count()),
        (0, 1)
    );
    emulator.faults().add(Fault::close_unanswered().times(1));
    assert!(post(&client, emulator.base_url()).await.is_err());
    assert_eq!(
        (emulator.state().answered, emulator.journal().count()),
        (1, 2)
    );
    assert_eq!(emulator.journal().last().expect("kept").status, None);
}

#[tokio::test]
async fn delays_add_up_before_the_answer() {
    let emulator = start().await;
    let client = client().build().expect("a client");
    emulator
        .faults()
        .add(Fault::delay(Duration::from_millis(60)));
    emulator.faults().add(Fault::content_type("text/html"));
    emulator
        .faults()
        .add(Fault::delay(Duration::from_millis(60)));
    let begun = Instant::now();
    let reply = post(&client, emulator.base_url()).await.expect("an answer");
    assert!(begun.elapsed() >= Duration::from_millis(120));
    assert_eq!(reply.headers()["content-type"], "text/html");
    assert_eq!(reply.status(), StatusCode::OK);
}

#[tokio::test]
async fn redirects_name_their_target() {
    let emulator = start().await;
    let client = client().build().expect("a client");
    let target = format!("{}/elsewhere", emulator.state().world.other_url);
    emulator
        .faults()
        .add(Fault::redirect(StatusCode::TEMPORARY_REDIRECT, &target));
    let reply = post(&client, emulator.base_url()).await.expect("an answer");
    assert_eq!(reply.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(reply.headers()["location"], target);
    assert_eq!(emulator.state().answered, 0);
}

fn trusting(emulator: &Emulator<Echo>) -> ClientBuilder {
    let root = Certificate::from_pem(emulator.ca_pem().as_bytes()).expect("a root");
    client().tls_certs_only([root])
}

fn pem(identity: &Identity) -> reqwest::Identity {
    let pem = format!("{}{}", identity.certificates_pem, identity.private_key_pem);
    reqwest::Identity::from_pem(pem.as_bytes()).expect("an identity")
}

#[tokio::test]
async fn tls_is_served_and_verified() {
    let emulator = Emulator::<Echo>::builder()
        .tls()
        .start()
        .await
        .expect("a free port");
    assert!(emulator.base_url().starts_with("https://127.0.0.1:"));
    let trusting = trusting(&emulator).build().expect("a client");
    assert_eq!(status(&trusting, &emulator).await, StatusCode::OK);
    let other = post(&trusting, emulator.other_url())
        .await
        .expect("also as localhost");
    assert_eq!(other.status(), StatusCode::OK);
    let stranger = start().await;
    let root = Certificate::from_pem(stranger.ca_pem().as_bytes()).expect("a root");
    let doubting = client().tls_certs_only([root]).build().expect("a client");
    assert!(post(&doubting, emulator.base_url()).await.is_err());
}

#[tokio::test]
async fn client_certificates_are_verified() {
    let builder = Emulator::<Echo>::builder().client_certificates(ClientCertificates::Optional);
    let emulator = builder.start().await.expect("a free port");
    let without = trusting(&emulator).build().expect("a client");
    assert_eq!(status(&without, &emulator).await, StatusCode::OK);
    assert!(
        emulator
            .journal()
            .last()
            .expect("kept")
            .request
            .peer
            .is_empty()
    );

    let identity = emulator.client_identity("admin").expect("an identity");
    let with = trusting(&emulator)
        .identity(pem(&identity))
        .build()
        .expect("a client");
    assert_eq!(status(&with, &emulator).await, StatusCode::OK);
    let peer = emulator.journal().last().expect("kept").request.peer;
    let leaf = cert_emulators::frame::x509::Certificate::parse(&peer[0]).expect("a certificate");
    assert_eq!(leaf.common_name.as_deref(), Some("admin"));
    assert_eq!(leaf.serial, identity.serial);

    let stranger = start().await.client_identity("admin").expect("an identity");
    let forged = trusting(&emulator)
        .identity(pem(&stranger))
        .build()
        .expect("a client");
    assert!(post(&forged, emulator.base_url()).await.is_err());
}

#[tokio::test]
async fn required_client_certificates_are_required() {
    let builder = Emulator::<Echo>::builder().client_certificates(ClientCertificates::Required);
    let emulator = builder.start().await.expect("a free port");
    let without = trusting(&emulator).build().expect("a client");
    assert!(post(&without, emulator.base_url()).await.is_err());
    let identity = emulator.client_identity("admin").expect("an identity");
    let with = trusting(&emulator)
        .identity(pem(&identity))
        .build()
        .expect("a client");
    assert_eq!(status(&with, &emulator).await, StatusCode::OK);
    assert!(!format!("{identity:?}").contains("PRIVATE"));
}
