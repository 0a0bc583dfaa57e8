use cert_emulators::{ClientCertificates, Identity, sectigo_scm::Emulator};
use http::{Method, StatusCode};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{PASSWORD, PATH, administrator, call_as, create, start, update};
use crate::api::{Answer, Api, plain_client};

const STATE: &str = "/api/admin/v1/password";
const CHANGE: &str = "/api/admin/v1/changepassword";

async fn state_as(api: &Api, password: &str) -> Answer {
    call_as(api, ["ada", password], Method::GET, STATE, None).await
}

async fn change_to(api: &Api, password: &str) -> Answer {
    let body = json!({"newPassword": password});
    call_as(api, ["ada", PASSWORD], Method::POST, CHANGE, Some(body)).await
}

#[tokio::test]
async fn whoever_is_created_signs_in_as_long_as_active() {
    let api = start().await;
    for kind in ["STANDARD", "API"] {
        let id = create(&api, administrator(kind, "ada")).await;
        assert_eq!(
            state_as(&api, PASSWORD).await.status,
            StatusCode::OK,
            "{kind}"
        );
        assert_eq!(state_as(&api, "wrong").await.refusal(), (401, -16));
        let details = api.get(&format!("{PATH}/{id}")).await.json();
        assert_eq!(details["failedAttempts"], 1);
        assert!(details["failedDate"].is_string());

        update(&api, id, json!({"activeStatus": "SUSPENDED"}))
            .await
            .is_empty(200);
        assert_eq!(state_as(&api, PASSWORD).await.refusal(), (401, -16));
        update(
            &api,
            id,
            json!({"activeStatus": "ACTIVE", "password": "An0ther-horse"}),
        )
        .await
        .is_empty(200);
        assert_eq!(state_as(&api, PASSWORD).await.refusal(), (401, -16));
        assert_eq!(state_as(&api, "An0ther-horse").await.status, StatusCode::OK);

        api.call(Method::DELETE, &format!("{PATH}/{id}"), None)
            .await
            .is_empty(204);
        assert_eq!(state_as(&api, "An0ther-horse").await.refusal(), (401, -16));
    }
}

#[tokio::test]
async fn an_administrator_of_an_identity_provider_does_not_sign_in_here() {
    let api = start().await;
    let id = create(&api, administrator("STANDARD", "ada")).await;
    assert_eq!(state_as(&api, PASSWORD).await.status, StatusCode::OK);
    update(&api, id, json!({"type": "IDP"})).await.is_empty(200);
    assert_eq!(state_as(&api, PASSWORD).await.refusal(), (401, -16));
}

#[tokio::test]
async fn a_password_is_changed_within_the_policy() {
    let api = start().await;
    create(&api, administrator("API", "ada")).await;
    let weak = change_to(&api, "new").await;
    assert_eq!(weak.refusal(), (400, -7306));
    let told: Value = serde_json::from_slice(&weak.body).expect("JSON");
    assert_eq!(
        told["description"],
        "Password policy violated: Password must contain 1 or more uppercase characters. Password \
         must contain 1 or more digit characters. Password must be 8 or more characters in length."
    );
    assert_eq!(
        change_to(&api, &"Passw0rd".repeat(5)).await.refusal(),
        (400, -976)
    );
    assert_eq!(
        change_to(&api, "Passw0rd-of-ADA").await.refusal(),
        (400, -982)
    );
    assert_eq!(change_to(&api, PASSWORD).await.refusal(), (400, -220));
    change_to(&api, "An0ther-horse").await.is_empty(204);
    assert_eq!(state_as(&api, PASSWORD).await.refusal(), (401, -16));
    assert_eq!(state_as(&api, "An0ther-horse").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_password_expires_but_that_from_the_start() {
    let api = start().await;
    create(&api, administrator("API", "ada")).await;
    let state = state_as(&api, PASSWORD).await.json();
    assert_eq!(state["state"], "ALIVE");
    assert_eq!(state["expirationDate"].as_str().map(str::len), Some(10));
    api.emulator
        .clock()
        .advance(SignedDuration::from_hours(91 * 24));
    assert_eq!(state_as(&api, PASSWORD).await.json()["state"], "EXPIRED");
    assert_eq!(
        api.get(STATE).await.json(),
        json!({"state": "NEVER_EXPIRE"})
    );
}

async fn privately(emulator: &Emulator, identity: &Identity, login: &str) -> Answer {
    let root = reqwest::Certificate::from_pem(emulator.ca_pem().as_bytes()).expect("a root");
    let pem = format!("{}{}", identity.certificates_pem, identity.private_key_pem);
    let identity = reqwest::Identity::from_pem(pem.as_bytes()).expect("PEM");
    let client = plain_client().tls_certs_only([root]).identity(identity);
    let client = client.build().expect("a client");
    let request = client.get(format!("{}/private{STATE}", emulator.base_url()));
    let request = request.header("login", login).header("customerUri", "cst1");
    Answer::read(request.send().await.expect("an answer")).await
}

#[tokio::test]
async fn a_certificate_signs_in_by_its_serial_number() {
    let builder = Emulator::builder().client_certificates(ClientCertificates::Optional);
    let emulator = builder.certificates(0).start().await.expect("a free port");
    let theirs = emulator.client_identity("anything").expect("an identity");
    let other = emulator.client_identity("ada").expect("an identity");
    let octets = theirs.serial.iter().map(|octet| format!("{octet:02X}"));
    let mut body = administrator("API", "ada");
    body["certificateSerialNumber"] = octets.collect::<Vec<_>>().join(":").into();

    let root = reqwest::Certificate::from_pem(emulator.ca_pem().as_bytes()).expect("a root");
    let client = plain_client()
        .tls_certs_only([root])
        .build()
        .expect("a client");
    let create = client.post(format!("{}/api/admin/v1/", emulator.base_url()));
    let create = create.header("login", "admin").header("password", "secret");
    let create = create.header("customerUri", "cst1");
    let create = create
        .header("content-type", "application/json")
        .body(body.to_string());
    assert_eq!(
        create.send().await.expect("an answer").status(),
        StatusCode::CREATED
    );

    assert_eq!(
        privately(&emulator, &theirs, "ada").await.status,
        StatusCode::OK
    );
    assert_eq!(
        privately(&emulator, &other, "ada").await.refusal(),
        (401, -16)
    );
    assert_eq!(
        privately(&emulator, &theirs, "approver").await.refusal(),
        (401, -16)
    );
}
