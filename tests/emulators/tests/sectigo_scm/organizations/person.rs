use base64::{Engine, engine::general_purpose::STANDARD};
use cert_emulators::frame::{
    pkcs12::{Encryption, KeyWithChain},
    x509,
};
use http::Method;
use rcgen::{CertificateParams, DnType, KeyPair};
use serde_json::{Value, json};

use crate::api::{Answer, Api, csr, number};

const PATH: &str = "/api/person/v1";

async fn start() -> Api {
    Api::start_with(|builder| builder.certificates(0).persons(20).devices(0)).await
}

fn person(email: &str) -> Value {
    json!({
        "firstName": "Ada", "middleName": "Quinn", "lastName": "Example", "email": email,
        "organizationId": 9001, "validationType": "HIGH", "phone": "+1 (555) 0100",
        "secondaryEmails": ["ada@example.net"], "eppn": "", "upn": null,
    })
}

async fn create(api: &Api, body: Value) -> i64 {
    let created = api.post(PATH, body).await;
    created.is_empty(201);
    number(created.header("location"))
}

async fn put(api: &Api, id: i64, body: Value) -> Answer {
    api.call(Method::PUT, &format!("{PATH}/{id}"), Some(body))
        .await
}

#[tokio::test]
async fn persons_come_change_and_go() {
    let api = start().await;
    let id = create(&api, person("ada@example.com")).await;
    let one = format!("{PATH}/{id}");
    let mut shown = api.get(&one).await.json();
    let created = shown["created"].as_str().expect("an instant");
    assert_eq!(created.len(), "2025-12-04T07:58:10.636Z".len());
    let mut expected = person("ada@example.com");
    for (name, value) in [
        ("id", json!(id)),
        ("commonName", json!("Ada Quinn Example")),
        ("upn", json!("")),
        ("created", shown["created"].clone()),
        ("modified", shown["modified"].clone()),
    ] {
        expected[name] = value;
    }
    assert_eq!(shown, expected);
    let found = api
        .get(&format!("{PATH}/id/byEmail/ADA%40example%2Ecom"))
        .await;
    assert_eq!(found.json(), json!({"personId": id}));
    let changed = json!({
        "email": "grace@example.com", "organizationId": 9002, "secondaryEmails": [],
        "validationType": "STANDARD", "middleName": "",
    });
    put(&api, id, changed.clone()).await.is_empty(200);
    shown = api.get(&one).await.json();
    for (name, value) in changed.as_object().expect("an object") {
        assert_eq!(&shown[name], value, "{name}");
    }
    assert_eq!(shown["firstName"], "Ada");
    let path = format!("{PATH}/id/byEmail/ada@example.com");
    assert_eq!(api.get(&path).await.refusal(), (400, -105));
    let path = format!("/api/person/v2/{id}");
    api.call(Method::DELETE, &path, None).await.is_empty(204);
    assert_eq!(api.get(&one).await.refusal(), (404, -105));
    let path = format!("{PATH}/id/byEmail/grace@example.com");
    assert_eq!(api.get(&path).await.refusal(), (400, -105));
    let other = create(&api, person("ada@example.com")).await;
    let path = format!("{PATH}/{other}");
    api.call(Method::DELETE, &path, None).await.is_empty(200);
}

#[tokio::test]
async fn persons_are_listed_in_pages_and_by_filters() {
    let api = start().await;
    let id = create(&api, person("ada@example.com")).await;
    let page = api.get(&format!("{PATH}?size=5&position=18")).await;
    assert_eq!(page.header("x-total-count"), "21");
    assert_eq!(page.json().as_array().map(Vec::len), Some(3));
    for query in [
        "name=quinn",
        "email=ADA@",
        "commonName=Quinn",
        "phone=0100",
        "secondaryEmail=example.net",
        "name=Ada&organizationId=9001&dateFormat=EU",
    ] {
        let found = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(found.header("x-total-count"), "1", "{query}");
        assert_eq!(found.json()[0]["id"], id, "{query}");
    }
    for query in [
        "name=nobody",
        "organizationId=7",
        "secondaryEmail=ada@example.com",
    ] {
        let found = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(found.json(), json!([]), "{query}");
    }
    for query in ["organizationId=x", "unknown=1", "size=-1"] {
        let refused = api.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.refusal(), (400, -1601), "{query}");
    }
}

#[tokio::test]
async fn creations_of_persons_are_read_strictly() {
    let api = start().await;
    let refused = [
        ("unknown", json!(1), -1002),
        ("firstName", Value::Null, -7),
        ("firstName", json!(" "), -1601),
        ("firstName", json!("x".repeat(65)), -1601),
        ("lastName", Value::Null, -7),
        ("email", json!("nobody"), -1601),
        ("email", Value::Null, -7),
        ("email", json!("user-0001@example.com"), -1601),
        ("validationType", json!("LOW"), -1601),
        ("validationType", Value::Null, -7),
        ("organizationId", Value::Null, -7),
        ("organizationId", json!(0), -1601),
        ("organizationId", json!(7), -639),
        ("organizationId", json!("9001"), -1002),
        ("phone", json!("one two"), -1601),
        ("commonName", json!(" "), -1601),
        ("secondaryEmails", json!(["nobody"]), -1601),
        ("secondaryEmails", json!("ada@example.net"), -1002),
        ("eppn", json!("x".repeat(129)), -1601),
        ("upn", json!("x".repeat(257)), -1601),
    ];
    for (field, value, code) in refused {
        let mut body = person("ada@example.com");
        body[field] = value;
        let answer = api.post(PATH, body).await;
        assert_eq!(answer.refusal(), (400, code), "{field}");
    }
    assert_eq!(
        put(&api, 40_501, json!({"lastName": ""})).await.refusal(),
        (400, -1601)
    );
    let taken = json!({"email": "user-0002@example.com"});
    assert_eq!(put(&api, 40_501, taken).await.refusal(), (400, -1601));
    assert_eq!(put(&api, 1, json!({})).await.refusal(), (404, -105));
    let total = api.get(&format!("{PATH}?size=1")).await;
    assert_eq!(total.header("x-total-count"), "20");
}

/// Whoever has client certificates is one of these persons, and the other way round.
#[tokio::test]
async fn persons_and_their_certificates_are_one() {
    let api = start().await;
    let first = api.get(&format!("{PATH}/40501")).await.json();
    assert_eq!(first["email"], "user-0001@example.com");
    let id = create(&api, person("ada@example.com")).await;
    let by_id = format!("/api/smime/v2/byPersonId/{id}");
    assert_eq!(
        api.get(&by_id).await.json(),
        json!([]),
        "known, and without any"
    );
    let mut order = json!({
        "orgId": 9001, "csr": csr("ignored"), "certType": 5201, "email": "ADA@example.com",
        "firstName": "Ada", "lastName": "Example",
    });
    let path = "/api/smime/v1/enroll";
    let hers = api.post(path, order.clone()).await.json()["id"].clone();
    assert_eq!(api.get(&by_id).await.json()[0]["id"], hers);
    order["email"] = json!("grace@example.com");
    order["phone"] = json!("1234");
    api.post(path, order).await.json();
    let grace = api
        .get(&format!("{PATH}/id/byEmail/grace@example.com"))
        .await;
    let grace = grace.json()["personId"].clone();
    let grace = api.get(&format!("{PATH}/{grace}")).await.json();
    assert_eq!(
        (&grace["phone"], &grace["organizationId"]),
        (&json!("1234"), &json!(9001))
    );
    put(&api, id, json!({"email": "moved@example.com"}))
        .await
        .is_empty(200);
    let moved = api
        .get("/api/smime/v2/byPersonEmail/moved@example.com")
        .await;
    assert_eq!(
        moved.json()[0]["id"],
        hers,
        "certificates stay with their person"
    );
    let old = api.get("/api/smime/v2/byPersonEmail/ada@example.com").await;
    assert_eq!(old.refusal(), (400, -105));
}

/// A key of its own with a certificate, as a PKCS#12 file in Base64.
fn key_store(name: &str, pass_phrase: &str) -> (Vec<u8>, String) {
    let key = KeyPair::generate().expect("a key");
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name.push(DnType::CommonName, name);
    let certificate = parameters.self_signed(&key).expect("a certificate");
    let file = KeyWithChain::new(name, &key.serialize_der(), &[certificate.der()]);
    let file = file.write(pass_phrase, Encryption::Aes256).expect("a file");
    (certificate.der().to_vec(), STANDARD.encode(file))
}

#[tokio::test]
async fn keys_come_into_the_vault() {
    let api = start().await;
    let id = create(&api, person("ada@example.com")).await;
    let (certificate, file) = key_store("ada", "secret");
    let path = format!("/api/person/v2/{id}/import-key");
    let body = json!({"p12": file, "password": "secret", "customFields": []});
    let imported = api.post(&path, body.clone()).await.json();
    let entry = &imported["entries"][0];
    assert_eq!(
        (&entry["alias"], &entry["message"]),
        (&json!("ada"), &json!("Imported successfully"))
    );
    let sha1 = sha1_hex(&certificate);
    assert_eq!(entry["sha1"], sha1.to_ascii_lowercase());
    let again = api.post(&path, body.clone()).await.json();
    assert_eq!(again["entries"][0]["clientCertId"], entry["clientCertId"]);
    assert_ne!(again["entries"][0]["message"], entry["message"]);
    let older = api
        .post(&format!("{PATH}/{id}/import-key"), body)
        .await
        .json();
    assert_eq!(older, json!({"id": entry["clientCertId"]}));
    let listed = api
        .get(&format!("/api/smime/v2/byPersonId/{id}"))
        .await
        .json();
    assert_eq!(listed[0]["id"], entry["clientCertId"]);
    let download = format!("/api/smime/v1/keystore/{}", entry["clientCertId"]);
    let download = api.post(&download, json!({"passphrase": "another"})).await;
    let stored = KeyWithChain::read(&download.body, "another").expect("a key store");
    assert_eq!(stored.chain[0], certificate);
    for (field, value, code) in [
        ("password", json!("wrong"), -1601),
        ("p12", json!("AAAA"), -1601),
        ("p12", json!("-"), -1601),
        ("p12", json!(""), -7),
        (
            "customFields",
            json!([{"name": "Nothing", "value": "x"}]),
            -135,
        ),
        ("unknown", json!(1), -1002),
    ] {
        let mut body = json!({"p12": file, "password": "secret"});
        body[field] = value;
        assert_eq!(
            api.post(&path, body).await.refusal(),
            (400, code),
            "{field}"
        );
    }
    let nobody = "/api/person/v2/1/import-key";
    let body = json!({"p12": file, "password": "secret"});
    assert_eq!(api.post(nobody, body).await.refusal(), (404, -105));
}

fn sha1_hex(der: &[u8]) -> String {
    use sha1::Digest;
    x509::hex(&sha1::Sha1::digest(der), "")
}

#[tokio::test]
async fn invitations_name_a_form_s_account_or_a_profile() {
    let api = start().await;
    let endpoints = "/api/person/v2/40501/invitation/endpoint";
    let endpoint = api.get(endpoints).await.json();
    let url = endpoint[0]["url"].as_str().expect("an address");
    assert!(url.starts_with(api.emulator.base_url()), "{url}");
    let accounts = format!("{endpoints}/{}/account", endpoint[0]["id"]);
    let account = api.get(&accounts).await.json();
    let profiles = json!(["Emulated person", "Emulated single use person"]);
    assert_eq!(account[0]["profiles"], profiles);
    let unknown = api.get(&format!("{endpoints}/1/account")).await;
    assert_eq!(unknown.refusal(), (404, -1));
    let send = "/api/person/v2/40501/invitation/send";
    let body = json!({"accountId": account[0]["id"]});
    api.post(send, body).await.is_empty(202);
    assert_eq!(
        api.post(send, json!({"accountId": 1})).await.refusal(),
        (400, -1601)
    );
    let send = format!("{PATH}/40501/invitation/send");
    let older = |profile: i64, term: i64, key: &str| {
        let (profile, term) = (json!(profile), json!(term));
        json!({"profileId": profile, "term": term, "keyType": key})
    };
    let sent = api.post(&send, older(5201, 365, "RSA - 2048")).await;
    sent.is_empty(202);
    assert_eq!(api.emulator.state().invitations(40_501), Some(2));
    for (body, code) in [
        (older(5101, 365, "RSA - 2048"), -172),
        (older(5201, 7, "RSA - 2048"), -36),
        (older(5202, 30, "EC - P-384"), -1601),
        (json!({"accountId": 171}), -1002),
    ] {
        assert_eq!(api.post(&send, body).await.refusal(), (400, code));
    }
    assert_eq!(api.emulator.state().invitations(40_501), Some(2));
}
