use cert_emulators::frame::{
    pkcs12::{KeyWithChain, Pkcs12Error},
    x509,
};
use http::StatusCode;
use rcgen::{KeyPair, PublicKeyData};
use serde_json::{Value, json};

use crate::api::{Answer, Api, plain_client, run};

const KEYGEN: &str = "/api/ssl/v1/enroll-keygen";
const PASS: &str = "correct horse";

fn wanted() -> Value {
    json!({"orgId": 9001, "commonName": "host.example.com", "algorithm": "EC", "keyParam": "P-256"})
}

async fn issued(api: &Api, body: Value) -> i64 {
    let id = api.post(KEYGEN, body).await.json()["sslId"]
        .as_i64()
        .expect("an id");
    let mut state = api.emulator.state();
    assert!(state.approve_ssl(id) && state.issue_ssl(id));
    id
}

async fn link(api: &Api, id: i64, format: &str) -> String {
    let path = format!("/api/ssl/v1/keystore/{id}/{format}");
    let answer = api.post(&path, json!({"passphrase": PASS})).await.json();
    answer["link"].as_str().expect("a link").to_owned()
}

/// Follows a link as its holder would: another host, no credentials.
async fn download(link: &str) -> Answer {
    let client = plain_client().build().expect("a client");
    Answer::read(client.get(link).send().await.expect("an answer")).await
}

#[tokio::test]
async fn the_agent_makes_keys_and_hands_them_out() {
    let api = Api::start().await;
    let id = issued(&api, wanted()).await;
    let leaf = api.emulator.state().ssl_certificate(id).expect("issued");
    let public_key = x509::Certificate::parse(&leaf)
        .expect("X.509")
        .public_key
        .der;
    for format in ["p12", "p12aes"] {
        let link = link(&api, id, format).await;
        assert!(
            !link.starts_with(api.emulator.base_url()),
            "another origin: {link}"
        );
        assert!(link.ends_with(&format!("&keyformat={format}")), "{link}");
        let file = download(&link).await;
        assert_eq!(file.status, StatusCode::OK);
        let store = KeyWithChain::read(&file.body, PASS).expect("PKCS#12");
        assert_eq!((&store.chain[0], store.chain.len()), (&leaf, 3));
        let key = KeyPair::try_from(store.private_key).expect("a key");
        assert_eq!(key.subject_public_key_info(), public_key);
        assert_eq!(
            KeyWithChain::read(&file.body, "wrong"),
            Err(Pkcs12Error::PassPhrase)
        );
    }
    let bare = download(&link(&api, id, "key").await).await;
    let key = KeyPair::from_pem(bare.text()).expect("a key");
    assert_eq!(key.subject_public_key_info(), public_key);
}

#[tokio::test]
async fn tools_read_every_key_store() {
    let api = Api::start().await;
    let id = issued(&api, wanted()).await;
    let directory = std::env::temp_dir().join(format!("key-stores-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a directory");
    let password = format!("pass:{PASS}");
    for format in ["p12", "p12aes"] {
        let file = download(&link(&api, id, format).await).await;
        let options = ["pkcs12", "-passin", &password, "-noenc", "-info"];
        let legacy: &[&str] = if format == "p12" { &["-legacy"] } else { &[] };
        let Some(printed) = run("openssl", &[&options[..], legacy].concat(), &file.body) else {
            return;
        };
        assert_eq!(printed.matches("BEGIN CERTIFICATE").count(), 3, "{printed}");
        assert_eq!(printed.matches("BEGIN PRIVATE KEY").count(), 1, "{printed}");
    }
    let pem = download(&link(&api, id, "pem").await).await;
    assert!(pem.text().contains("BEGIN ENCRYPTED PRIVATE KEY"));
    let decrypt = ["pkey", "-passin", &password, "-pubout"];
    let public = run("openssl", &decrypt, &pem.body).expect("still installed");
    assert!(public.starts_with("-----BEGIN PUBLIC KEY-----"), "{public}");

    let store = directory.join("store.jks");
    std::fs::write(&store, download(&link(&api, id, "jks").await).await.body).expect("a file");
    let new = directory.join("new.p12");
    let (store, new) = (store.display().to_string(), new.display().to_string());
    let convert = [
        "-importkeystore",
        "-noprompt",
        "-srckeystore",
        &store,
        "-srcstoretype",
        "JKS",
        "-srcstorepass",
        PASS,
        "-destkeystore",
        &new,
        "-deststoretype",
        "PKCS12",
        "-deststorepass",
        PASS,
    ];
    if run("keytool", &convert, b"").is_some() {
        let converted = std::fs::read(&new).expect("keytool wrote it");
        let leaf = api.emulator.state().ssl_certificate(id).expect("issued");
        let listed = run(
            "openssl",
            &["pkcs12", "-passin", &password, "-noenc"],
            &converted,
        );
        let listed = listed.expect("still installed");
        assert!(
            listed.contains(&x509::to_pem("CERTIFICATE", &leaf)),
            "{listed}"
        );
    }
    std::fs::remove_dir_all(&directory).expect("still there");
}

#[tokio::test]
async fn only_held_keys_of_issued_certificates_are_linked() {
    let api = Api::start().await;
    let outside = api.issue("host.example.com").await;
    let path = format!("/api/ssl/v1/keystore/{outside}/p12");
    assert_eq!(
        api.post(&path, json!({"passphrase": PASS})).await.refusal(),
        (400, -169)
    );
    let requested = api.post(KEYGEN, wanted()).await.json()["sslId"].clone();
    let path = format!("/api/ssl/v1/keystore/{requested}/p12");
    assert_eq!(
        api.post(&path, json!({"passphrase": PASS})).await.refusal(),
        (400, -130)
    );
    let id = issued(&api, wanted()).await;
    let path = format!("/api/ssl/v1/keystore/{id}");
    let post = async |format: &str, body| api.post(&format!("{path}/{format}"), body).await;
    assert_eq!(
        post("pfx", json!({"passphrase": PASS})).await.refusal(),
        (400, -1450)
    );
    assert_eq!(post("p12", json!({})).await.refusal(), (400, -7));
    assert_eq!(
        post("p12", json!({"passPhrase": PASS})).await.refusal(),
        (400, -1002)
    );
    let long = json!({"passphrase": "x".repeat(33)});
    assert_eq!(post("p12", long).await.refusal(), (400, -1601));
    post("key", json!({})).await.json();
    let wrong = format!(
        "{}/download?token=X&keyformat=p12",
        api.emulator.other_url()
    );
    download(&wrong).await.is_empty(404);
    let mismatch = link(&api, id, "p12")
        .await
        .replace("keyformat=p12", "keyformat=key");
    download(&mismatch).await.is_empty(404);
}

#[tokio::test]
async fn some_of_the_fleet_keeps_its_keys_with_the_agent() {
    let api = Api::start().await;
    let file = download(&link(&api, 2010, "p12aes").await).await;
    let store = KeyWithChain::read(&file.body, PASS).expect("PKCS#12");
    let leaf = api.emulator.state().ssl_certificate(2010).expect("issued");
    assert_eq!(store.chain[0], leaf);
}

#[tokio::test]
async fn key_generation_is_read_strictly() {
    let api = Api::start().await;
    let vault = json!({"azureAccountId": 206, "vaultKey": "/subscriptions/x"});
    let mut azure = wanted();
    azure["keyGenerationMethod"] = json!("AZURE_KEY_VAULT");
    assert_eq!(api.post(KEYGEN, azure.clone()).await.refusal(), (400, -7));
    azure["azureKeyVault"] = vault;
    for flag in ["reuseKey", "exportableKey", "hsmOnly"] {
        azure[flag] = json!(false);
    }
    let id = issued(&api, azure).await;
    let path = format!("/api/ssl/v1/keystore/{id}/p12");
    assert_eq!(
        api.post(&path, json!({"passphrase": PASS})).await.refusal(),
        (400, -169)
    );

    let both = json!({
        "orgId": 9001, "commonName": "host.example.com", "algorithm": "RSA", "keySize": 2048,
        "keyParam": "2048", "keyGenerationMethod": "PK_AGENT", "passPhrase": "password",
    });
    let id = issued(&api, both).await;
    assert_eq!(api.details(id).await["keyType"], "RSA - 2048");
    let refused = [
        ("commonName", Value::Null, -7),
        ("commonName", json!("x".repeat(65)), -1601),
        ("commonName", json!("no host"), -732),
        ("algorithm", json!("DSA"), -1601),
        ("keyParam", json!("2048"), -1601),
        ("keyParam", json!("P-999"), -1601),
        ("algorithm", Value::Null, -1601),
        ("keyGenerationMethod", json!("HERE"), -1601),
        ("passPhrase", json!("short"), -1601),
        ("reuseKey", json!("no"), -1002),
        ("csr", json!("x"), -1002),
    ];
    for (field, value, code) in refused {
        let mut body = wanted();
        body[field] = value.clone();
        let answer = api.post(KEYGEN, body).await;
        assert_eq!(answer.refusal(), (400, code), "{field} {value}");
    }
}
