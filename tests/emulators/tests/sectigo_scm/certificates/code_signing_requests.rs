use aws_lc_rs::{
    digest::{SHA256, SHA384, SHA512, digest},
    signature::{
        RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
        UnparsedPublicKey,
    },
};
use cert_emulators::{
    frame::x509::{self, Certificate},
    sectigo_scm::Builder,
};
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Answer, Api, plain_client};

const PATH: &str = "/api/csod/v1/requests";
const DEVELOPER: &str = "developer@example.com";
const BOUNDARY: &str = "--parts";

async fn start() -> Api {
    let small = |builder: Builder| builder.certificates(0).persons(0).devices(0);
    Api::start_with(|builder| small(builder).developer("ada@example.com", "secret")).await
}

async fn by(api: &Api, email: &str, method: Method, path: &str, body: Option<Value>) -> Answer {
    let url = format!("{}{PATH}/developer{path}", api.emulator.base_url());
    let client = plain_client().build().expect("a client");
    let request = client.request(method, url);
    let request = request
        .header("email", email)
        .header("password", "secret")
        .header("customerUri", "cst1");
    let request = match body {
        Some(body) => request
            .header("content-type", "application/json")
            .body(body.to_string()),
        None => request,
    };
    Answer::read(request.send().await.expect("an answer")).await
}

fn wanted(kind: &str, algorithms: &str) -> Value {
    json!({"organizationId": 9001, "version": "1", "algorithms": algorithms, "signingType": kind})
}

/// A new request: its number, and its link.
async fn create(api: &Api, kind: &str, algorithms: &str) -> (i64, String) {
    let created = by(
        api,
        DEVELOPER,
        Method::POST,
        "",
        Some(wanted(kind, algorithms)),
    )
    .await;
    let created = created.json();
    let link = created["uploadUrl"].as_str().expect("a link").to_owned();
    (created["requestId"].as_i64().expect("a number"), link)
}

/// Uploads files under the names of parts, without credentials.
async fn upload(link: &str, files: &[(&str, &str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (part, name, content) in files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{part}\"; \
             filename=\"{name}\"\r\n\r\n"
        );
        body.extend([head.as_bytes(), content, b"\r\n"].concat());
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    let client = plain_client().build().expect("a client");
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let request = client.post(link).header("content-type", kind).body(body);
    Answer::read(request.send().await.expect("an answer")).await
}

async fn submit(api: &Api, id: i64) -> Answer {
    by(
        api,
        DEVELOPER,
        Method::PUT,
        "",
        Some(json!({"requestId": id})),
    )
    .await
}

async fn decide(api: &Api, decision: &str, id: i64) -> Answer {
    let body = json!({"requestId": id, "comment": "Test"});
    api.post(&format!("{PATH}/admin/{decision}"), body).await
}

async fn details(api: &Api, id: i64) -> Value {
    by(api, DEVELOPER, Method::GET, &format!("/{id}"), None)
        .await
        .json()
}

/// Uploaded, submitted, approved and looked at until it is decided.
async fn signed(api: &Api, kind: &str, algorithms: &str, file: (&str, &[u8])) -> Value {
    let (id, link) = create(api, kind, algorithms).await;
    upload(&link, &[("one", file.0, file.1)])
        .await
        .is_empty(204);
    submit(api, id).await.is_empty(204);
    decide(api, "approve", id).await.is_empty(204);
    assert_eq!(details(api, id).await["state"], "IN_PROGRESS");
    details(api, id).await
}

/// Follows a link to a signed file to the agent that has it.
async fn download(details: &Value) -> Vec<u8> {
    let link = details["files"][0]["downloadUrl"].as_str().expect("a link");
    let client = plain_client().build().expect("a client");
    let first = Answer::read(client.get(link).send().await.expect("an answer")).await;
    assert_eq!(first.status, StatusCode::FOUND);
    let file = client
        .get(first.header("location"))
        .send()
        .await
        .expect("an answer");
    Answer::read(file).await.body
}

#[tokio::test]
async fn hashes_are_really_signed() {
    let api = start().await;
    let certificate = api.emulator.state().signing_certificate();
    let certificate = Certificate::parse(&certificate).expect("a certificate");
    let message = b"the program that is signed";
    for (name, algorithm, verification) in [
        ("SHA256", &SHA256, &RSA_PKCS1_2048_8192_SHA256),
        ("SHA384", &SHA384, &RSA_PKCS1_2048_8192_SHA384),
        ("SHA512", &SHA512, &RSA_PKCS1_2048_8192_SHA512),
    ] {
        let hash = digest(algorithm, message);
        let digits = x509::hex(hash.as_ref(), "");
        let file = format!("tool.exe.{}", name.to_lowercase());
        for content in [hash.as_ref(), digits.as_bytes()] {
            let done = signed(&api, "HASH_SUM", name, (&file, content)).await;
            assert_eq!(done["state"], "SIGNED", "{done}");
            let signature = download(&done).await;
            assert_eq!(done["files"][0]["size"], signature.len());
            let key = UnparsedPublicKey::new(verification, &certificate.public_key.der);
            key.verify(message, &signature)
                .expect("a signature by that key");
            assert!(key.verify(b"another program", &signature).is_err());
        }
    }
}

#[tokio::test]
async fn old_hashes_are_not_signed_any_more() {
    let api = start().await;
    for (name, length) in [("MD5", 16), ("SHA1", 20)] {
        let file = format!("tool.exe.{}", name.to_lowercase());
        let done = signed(&api, "HASH_SUM", name, (&file, &vec![7; length])).await;
        assert_eq!(
            (&done["state"], &done["files"]),
            (&json!("FAILED"), &json!([]))
        );
    }
}

#[tokio::test]
async fn other_files_come_back_as_they_were_sent() {
    let api = start().await;
    let done = signed(&api, "java", "sha384", ("tool.jar", b"PK content")).await;
    let file = &done["files"][0];
    assert_eq!(
        (&file["name"], &file["size"]),
        (&json!("tool.jar"), &json!(10))
    );
    assert_eq!(download(&done).await, b"PK content");
    let expected = json!({
        "developerEmail": DEVELOPER, "organization": "Example Corp", "approver": "Ada Example",
        "version": "1", "digestAlgorithms": ["SHA384"], "signingService": "JAVA",
        "created": done["created"], "state": "SIGNED", "files": done["files"],
    });
    assert_eq!(done, expected);
    assert!(
        done["created"]
            .as_str()
            .is_some_and(|date| date.ends_with(" GMT"))
    );
}

#[tokio::test]
async fn what_goes_together_is_demanded() {
    let api = start().await;
    for (kind, algorithms, code) in [
        ("JAVA", "SHA1,SHA256", -1601),
        ("HASH_SUM", "SHA256,SHA512", -1601),
        ("JAVA", "SHA3", -1601),
        ("MICROSOFT_AUTHENTICODE", "SHA256,SHA256", -1601),
        ("PDF", "SHA256", -1601),
        ("JAVA", "", -7),
    ] {
        let body = Some(wanted(kind, algorithms));
        let refused = by(&api, DEVELOPER, Method::POST, "", body).await;
        assert_eq!(refused.refusal(), (400, code), "{kind} {algorithms}");
    }
    create(&api, "MICROSOFT_AUTHENTICODE", "SHA1,SHA256").await;
    for (name, wrong, code) in [
        ("version", json!(""), -7),
        ("organizationId", json!(1), -639),
        ("organizationId", Value::Null, -7),
        ("signingType", json!(3), -1002),
        ("more", json!(3), -1002),
    ] {
        let mut body = wanted("JAVA", "SHA256");
        body[name] = wrong;
        let refused = by(&api, DEVELOPER, Method::POST, "", Some(body)).await;
        assert_eq!(refused.refusal(), (400, code), "{name}");
    }

    let (_, link) = create(&api, "HASH_SUM", "SHA256").await;
    for (name, length) in [
        ("a.txt", 32),
        ("a.sha512", 64),
        ("a.sha256", 20),
        ("sha256", 32),
    ] {
        let refused = upload(&link, &[("one", name, &vec![7; length])]).await;
        assert_eq!(refused.refusal(), (400, -1601), "{name}");
    }
    let both: [(&str, &str, &[u8]); 2] =
        [("one", "a.sha256", &[7; 32]), ("one", "b.sha256", &[7; 32])];
    assert_eq!(
        upload(&link, &both).await.refusal(),
        (400, -1002),
        "parts of one name"
    );
    let both = both.map(|(_, name, content)| (name, name, content));
    upload(&link, &both).await.is_empty(204);
}

#[tokio::test]
async fn a_link_has_its_token_its_number_and_its_time() {
    let api = start().await;
    let (id, link) = create(&api, "JAVA", "SHA256").await;
    let file: [(&str, &str, &[u8]); 1] = [("file", "a.jar", b"PK")];
    let (without, _) = link.split_once("&requestId=").expect("a number");
    assert_eq!(upload(without, &file).await.refusal(), (400, -7));
    let other = format!("{without}&requestId={}", id + 1);
    assert_eq!(upload(&other, &file).await.refusal(), (403, -1));
    let guessed = link.replace("token=", "token=A");
    assert_eq!(upload(&guessed, &file).await.refusal(), (403, -1));
    assert_eq!(
        submit(&api, id).await.refusal(),
        (400, -1),
        "there are no files yet"
    );
    upload(&link, &file).await.is_empty(204);
    submit(&api, id).await.is_empty(204);
    assert_eq!(
        upload(&link, &file).await.refusal(),
        (403, -1),
        "it is submitted"
    );
    assert_eq!(submit(&api, id).await.refusal(), (400, -1));
    let unknown = format!("{}/customer/cst1/csfile/none", api.emulator.base_url());
    let client = plain_client().build().expect("a client");
    let answer = client.get(unknown).send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn developers_and_administrators_have_doors_of_their_own() {
    let api = start().await;
    let (id, link) = create(&api, "JAVA", "SHA256").await;
    for path in ["", "/count", "/", "/1"] {
        let as_admin = api.get(&format!("{PATH}/developer{path}")).await;
        assert_eq!(as_admin.refusal(), (401, -16), "{path}");
    }
    let client = plain_client().build().expect("a client");
    let url = format!("{}{PATH}/admin/count", api.emulator.base_url());
    let request = client
        .get(url)
        .header("email", DEVELOPER)
        .header("password", "secret");
    let answer = request
        .header("customerUri", "cst1")
        .send()
        .await
        .expect("an answer");
    assert_eq!(Answer::read(answer).await.refusal(), (401, -16));

    let ada = "ada@example.com";
    let none = by(&api, "nobody@example.com", Method::GET, "/count", None).await;
    assert_eq!(none.refusal(), (401, -16));
    let foreign = by(&api, ada, Method::GET, &format!("/{id}"), None).await;
    assert_eq!(foreign.refusal(), (404, -1));
    let foreign = by(&api, ada, Method::PUT, "", Some(json!({"requestId": id}))).await;
    assert_eq!(foreign.refusal(), (400, -1601));

    let counts = async || {
        let own = by(&api, DEVELOPER, Method::GET, "/count", None)
            .await
            .json();
        let other = by(&api, ada, Method::GET, "/count", None).await.json();
        let all = api.get(&format!("{PATH}/admin/count")).await.json();
        [own, other, all].map(|counted| counted["count"].clone())
    };
    assert_eq!(counts().await, [0, 0, 0]);
    let admins = format!("{PATH}/admin/{id}");
    assert_eq!(
        api.get(&admins).await.refusal(),
        (404, -1),
        "it is not submitted"
    );
    upload(&link, &[("file", "a.jar", b"PK")])
        .await
        .is_empty(204);
    submit(&api, id).await.is_empty(204);
    assert_eq!(counts().await, [1, 0, 1]);
    assert_eq!(api.get(&admins).await.json()["state"], "CREATED");
    let own = by(&api, DEVELOPER, Method::GET, "/?size=1&position=0", None).await;
    assert_eq!(own.json(), json!([id]));
    let all = api.get(&format!("{PATH}/admin/?position=1")).await;
    assert_eq!(all.json(), json!([]));
}

#[tokio::test]
async fn a_request_is_decided_on_once_and_in_time() {
    let api = start().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let (id, link) = create(&api, "JAVA", "SHA256").await;
        assert_eq!(
            decide(&api, "approve", id).await.refusal(),
            (400, -1601),
            "not submitted"
        );
        upload(&link, &[("file", "a.jar", b"PK")])
            .await
            .is_empty(204);
        submit(&api, id).await.is_empty(204);
        ids.push(id);
    }
    decide(&api, "decline", ids[0]).await.is_empty(204);
    assert_eq!(details(&api, ids[0]).await["state"], "DECLINED");
    for decision in ["approve", "decline"] {
        assert_eq!(decide(&api, decision, ids[0]).await.refusal(), (400, -1));
        assert_eq!(decide(&api, decision, 99).await.refusal(), (400, -1601));
    }
    api.emulator.clock().advance_days(31);
    assert_eq!(details(&api, ids[1]).await["state"], "EXPIRED");
    assert_eq!(decide(&api, "approve", ids[2]).await.refusal(), (400, -1));
    assert_eq!(api.emulator.state().signing_state(ids[2]), Some("EXPIRED"));
}
