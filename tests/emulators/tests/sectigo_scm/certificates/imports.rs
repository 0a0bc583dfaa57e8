use std::io::{Cursor, Write};

use http::Method;
use rcgen::{CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use serde_json::{Value, json};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::api::{Answer, Api, csr};
use cert_emulators::frame::x509::{hex, to_pem};

/// A certificate from elsewhere, DER.
fn foreign(host: &str) -> Vec<u8> {
    let key = KeyPair::generate().expect("a key");
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().expect("a key"));
    let mut parameters = CertificateParams::new([host.to_owned()]).expect("a name");
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    parameters.distinguished_name.push(DnType::CommonName, host);
    parameters.serial_number = Some(vec![0x0e, 0x11, 0xbb].into());
    let certificate = parameters.signed_by(&key, &authority.expect("an authority"));
    certificate.expect("a certificate").der().to_vec()
}

fn base64(der: &[u8]) -> String {
    let pem = to_pem("X", der);
    pem.lines()
        .filter(|line| !line.starts_with("-----"))
        .collect()
}

async fn import(api: &Api, entries: Value) -> Value {
    api.post("/api/ssl/v2/import", entries).await.json()
}

#[tokio::test]
async fn every_entry_has_its_own_result() {
    let api = Api::start().await;
    let certificate = foreign("foreign.example.com");
    let issued = api.issue("host.example.com").await;
    let own = api
        .emulator
        .state()
        .ssl_certificate(issued)
        .expect("issued");
    let root = cert_emulators::frame::x509::from_text(&api.emulator.issuing_root_pem());
    let results = import(
        &api,
        json!([
            {"orgID": 9001, "cert": base64(&certificate), "backendCertId": "abc", "comments": "in"},
            {"orgID": 9001, "cert": base64(&own)},
            {"orgID": 9001, "cert": "AAAA", "backendCertId": "broken"},
            {"orgID": 9001, "cert": base64(&root.expect("PEM"))},
            {"orgID": 1, "cert": base64(&certificate)},
            {"orgID": 9001, "cert": base64(&certificate), "csr": "AAAA"},
        ]),
    )
    .await;
    assert_eq!(results[0]["successful"], true);
    assert_eq!(
        (&results[0]["created"], &results[0]["backendCertId"]),
        (&json!(true), &json!("abc"))
    );
    assert_eq!(results[0]["cert"]["subject"], "CN=foreign.example.com");
    assert_eq!(results[0]["cert"]["serialNumber"], "E11BB");
    let imported = api
        .details(results[0]["cert"]["id"].as_i64().expect("an id"))
        .await;
    assert_eq!(imported["requestedVia"], "Imported");
    assert_eq!(
        (&imported["comments"], &imported["status"]),
        (&json!("in"), &json!("Issued"))
    );
    assert_eq!(imported.get("certType"), None);
    assert_eq!(results[1]["created"], false);
    assert_eq!(results[1]["cert"]["id"], issued);
    for failed in 2..6 {
        assert_eq!(results[failed]["successful"], false, "{failed}");
        assert!(results[failed]["errorMessage"].is_string(), "{failed}");
        assert_eq!(results[failed]["cert"].get("id"), None);
    }
    assert_eq!(results[2]["backendCertId"], "broken");
}

#[tokio::test]
async fn force_changes_what_is_known() {
    let api = Api::start().await;
    let certificate = base64(&foreign("foreign.example.com"));
    let entry = |comments: &str, force: bool| {
        json!([{
            "orgID": 9002, "cert": certificate, "comments": comments, "force": force,
            "owner": "owner@example.com", "externalRequester": "one@example.com, two@example.com",
            "customFields": [{"name": "Cost center", "value": "1"}],
            "csr": csr("foreign.example.com"),
        }])
    };
    let first = import(&api, entry("first", false)).await;
    let id = first[0]["cert"]["id"].as_i64().expect("an id");
    assert_eq!(api.details(id).await["requester"], "owner@example.com");
    let second = import(&api, entry("second", false)).await;
    assert_eq!(
        (&second[0]["created"], &second[0]["cert"]["id"]),
        (&json!(false), &json!(id))
    );
    assert_eq!(api.details(id).await["comments"], "first");
    import(&api, entry("third", true)).await;
    assert_eq!(api.details(id).await["comments"], "third");
    api.call(Method::DELETE, &format!("/api/ssl/v1/{id}"), None)
        .await
        .is_empty(204);
}

#[tokio::test]
async fn import_bodies_are_read_strictly() {
    let api = Api::start().await;
    let cert = base64(&foreign("foreign.example.com"));
    let good = json!({"orgID": 9001, "cert": cert});
    let refused = [
        (json!([]), -1002),
        (json!({}), -1002),
        (json!(vec![&good; 129]), -1002),
        (json!([good, {"orgID": 9001}]), -7),
        (json!([{"orgId": 9001, "cert": cert}]), -7),
        (json!([{"orgID": 9001, "cert": cert, "surprise": 1}]), -1002),
        (
            json!([{"orgID": 9001, "cert": cert, "owner": "nobody"}]),
            -1601,
        ),
        (
            json!([{"orgID": 9001, "cert": cert, "backendCertId": "x".repeat(256)}]),
            -1601,
        ),
    ];
    let before = api.emulator.state().ssl_ids();
    for (body, code) in refused {
        let answer = api.post("/api/ssl/v2/import", body.clone()).await;
        assert_eq!(answer.refusal(), (400, code), "{body}");
    }
    assert_eq!(api.emulator.state().ssl_ids(), before);
}

async fn upload(api: &Api, query: &str, part: &str, content: &[u8]) -> Answer {
    let mut body = b"--frontier\r\n".to_vec();
    let disposition =
        format!("Content-Disposition: form-data; name=\"{part}\"; filename=\"c.zip\"");
    body.extend(disposition.as_bytes());
    body.extend(b"\r\nContent-Type: application/zip\r\n\r\n");
    body.extend(content);
    body.extend(b"\r\n--frontier--\r\n");
    let request = api.request(Method::POST, &format!("/api/ssl/v1/import{query}"));
    let request = request.header("content-type", "multipart/form-data; boundary=frontier");
    Answer::read(request.body(body).send().await.expect("an answer")).await
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .expect("an entry");
        archive.write_all(content).expect("its content");
    }
    archive.finish().expect("an archive").into_inner()
}

#[tokio::test]
async fn archives_name_the_files_that_failed() {
    let api = Api::start().await;
    let (one, two) = (foreign("one.example.com"), foreign("two.example.com"));
    let issued = api.issue("host.example.com").await;
    let own = api
        .emulator
        .state()
        .ssl_certificate(issued)
        .expect("issued");
    let two_pem = to_pem("CERTIFICATE", &two);
    let files = archive(&[
        ("one.crt", &one),
        ("two.cer", two_pem.as_bytes()),
        ("again.cer", &one),
        ("own.der", &own),
        ("store.p12", b"x"),
        ("broken.pem", b"-----BEGIN CERTIFICATE-----"),
        ("root.crt", api.emulator.issuing_root_pem().as_bytes()),
    ]);
    let answer = upload(&api, "?orgId=9002", "file", &files).await.json();
    assert_eq!(answer["processedCount"], 7);
    let order = 7_000_000 + issued;
    let broken = "Failed to parse certificate: Certificate is corrupted or subject basic \
                  constraint is not met";
    let expected = json!([
        "[again.cer] - SSL certificate already exists. Order number: N/A",
        format!("[own.der] - SSL certificate already exists. Order number: {order}"),
        "store.p12 - Unsupported file extension",
        format!("broken.pem - {broken}"),
        format!("root.crt - {broken}"),
    ]);
    assert_eq!(answer["errors"], expected);
    let listed = api.get("/api/ssl/v1?requestedVia=IMPORTED").await.json();
    let names: Vec<_> = listed.as_array().expect("an array").iter().collect();
    assert_eq!(names.len(), 2);
    assert_eq!(names[1]["commonName"], "two.example.com");
    assert_eq!(names[0]["serialNumber"], hex(&[0x0e, 0x11, 0xbb], ":"));
}

#[tokio::test]
async fn uploads_are_read_strictly() {
    let api = Api::start().await;
    let files = archive(&[("one.crt", &foreign("one.example.com"))]);
    assert_eq!(upload(&api, "", "file", &files).await.refusal(), (400, -7));
    assert_eq!(
        upload(&api, "?orgId=1", "file", &files).await.refusal(),
        (400, -639)
    );
    assert_eq!(
        upload(&api, "?orgId=9001", "zip", &files).await.refusal(),
        (400, -7)
    );
    assert_eq!(
        upload(&api, "?orgId=9001", "file", b"no zip")
            .await
            .refusal(),
        (400, -1002)
    );
    assert_eq!(
        upload(&api, "?orgId=9001&x=1", "file", &files)
            .await
            .refusal(),
        (400, -1601)
    );
    let plain = api.request(Method::POST, "/api/ssl/v1/import?orgId=9001");
    let plain = plain.header("content-type", "application/zip").body(files);
    let answer = Answer::read(plain.send().await.expect("an answer")).await;
    assert_eq!(answer.refusal(), (400, -1002));
}
