use cert_emulators::{ClientCertificates, Identity, sectigo_scm::Emulator};
use http::StatusCode;

use crate::api::{Answer, Api, plain_client};

async fn answer(api: &Api, path: &str, headers: &[(&str, &str)]) -> Answer {
    let client = plain_client().build().expect("a client");
    let mut request = client.get(format!("{}{path}", api.emulator.base_url()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Answer::read(request.send().await.expect("an answer")).await
}

const TYPES: &str = "/api/ssl/v1/types";

#[tokio::test]
async fn three_headers_sign_in() {
    let api = Api::start().await;
    let right = [
        ("login", "admin"),
        ("password", "secret"),
        ("customerUri", "cst1"),
    ];
    assert_eq!(answer(&api, TYPES, &right).await.status, StatusCode::OK);
    for wrong in 0..right.len() {
        let mut headers = right;
        headers[wrong].1 = "wrong";
        assert_eq!(answer(&api, TYPES, &headers).await.refusal(), (401, -16));
        let mut fewer = right.to_vec();
        fewer.remove(wrong);
        assert_eq!(answer(&api, TYPES, &fewer).await.refusal(), (401, -16));
    }
    let extra = [
        right.as_slice(),
        &[("x-extra", "1"), ("accept", "application/json")],
    ]
    .concat();
    assert_eq!(answer(&api, TYPES, &extra).await.status, StatusCode::OK);
    let doubled = [right.as_slice(), &[("password", "secret")]].concat();
    assert_eq!(answer(&api, TYPES, &doubled).await.refusal(), (401, -16));
}

#[tokio::test]
async fn developers_do_not_sign_in_here() {
    let api = Api::start().await;
    let developer = [
        ("email", "admin"),
        ("password", "secret"),
        ("customerUri", "cst1"),
    ];
    assert_eq!(answer(&api, TYPES, &developer).await.refusal(), (401, -16));
}

#[tokio::test]
async fn a_stranger_learns_nothing_about_paths() {
    let api = Api::start().await;
    assert_eq!(
        answer(&api, "/api/nothing", &[]).await.refusal(),
        (401, -16)
    );
    assert_eq!(api.get("/api/nothing").await.refusal(), (404, -1));
    assert_eq!(api.get("/api/ssl/v1/").await.refusal(), (404, -1));
    let other = api.call(http::Method::PATCH, "/api/ssl/v1", None).await;
    assert_eq!(other.refusal(), (405, -1));
    assert_eq!(other.header("allow"), "GET, HEAD, PUT");
}

#[tokio::test]
async fn credentials_can_be_chosen() {
    let chosen = |builder: cert_emulators::sectigo_scm::Builder| {
        builder
            .certificates(0)
            .credentials("someone", "else", "cst2")
    };
    let api = Api::start_with(chosen).await;
    let headers = [
        ("login", "someone"),
        ("password", "else"),
        ("customerUri", "cst2"),
    ];
    assert_eq!(answer(&api, TYPES, &headers).await.status, StatusCode::OK);
    assert_eq!(api.get(TYPES).await.refusal(), (401, -16));
    let line = api.emulator.line();
    assert!(
        line.ends_with(" login=someone password=else customerUri=cst2"),
        "{line}"
    );
    assert!(!format!("{:?}", api.emulator.state()).contains("else"));
}

async fn privately(
    emulator: &Emulator,
    identity: Option<&Identity>,
    login: &str,
) -> Result<Answer, reqwest::Error> {
    let root = reqwest::Certificate::from_pem(emulator.ca_pem().as_bytes()).expect("a root");
    let mut builder = plain_client().tls_certs_only([root]);
    if let Some(identity) = identity {
        let pem = format!("{}{}", identity.certificates_pem, identity.private_key_pem);
        builder = builder.identity(reqwest::Identity::from_pem(pem.as_bytes()).expect("PEM"));
    }
    let client = builder.build().expect("a client");
    let request = client.get(format!("{}/private{TYPES}", emulator.base_url()));
    let request = request.header("login", login).header("customerUri", "cst1");
    Ok(Answer::read(request.send().await?).await)
}

#[tokio::test]
async fn certificates_sign_in_under_private() {
    let builder = Emulator::builder().client_certificates(ClientCertificates::Optional);
    let emulator = builder.start().await.expect("a free port");
    let admin = emulator.client_identity("admin").expect("an identity");
    let other = emulator.client_identity("other").expect("an identity");
    let accepted = privately(&emulator, Some(&admin), "admin")
        .await
        .expect("an answer");
    assert_eq!(accepted.status, StatusCode::OK);
    for (identity, login) in [
        (None, "admin"),
        (Some(&other), "admin"),
        (Some(&admin), "other"),
    ] {
        let refused = privately(&emulator, identity, login)
            .await
            .expect("an answer");
        assert_eq!(refused.refusal(), (401, -16), "{login}");
    }
}

#[tokio::test]
async fn certificates_of_others_do_not_connect() {
    let builder = Emulator::builder().client_certificates(ClientCertificates::Required);
    let emulator = builder.start().await.expect("a free port");
    let stranger = Emulator::builder()
        .certificates(0)
        .start()
        .await
        .expect("a free port");
    let stranger = stranger.client_identity("admin").expect("an identity");
    assert!(
        privately(&emulator, Some(&stranger), "admin")
            .await
            .is_err()
    );
    assert!(privately(&emulator, None, "admin").await.is_err());
}

#[tokio::test]
async fn without_tls_nobody_signs_in_under_private() {
    let api = Api::start().await;
    assert_eq!(
        api.get(&format!("/private{TYPES}")).await.refusal(),
        (401, -16)
    );
}
