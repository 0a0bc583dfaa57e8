use cert_emulators::frame::x509;
use http::StatusCode;

use crate::api::{Api, run};

/// The common names in a PEM file, in order.
fn names(pem: &str) -> Vec<String> {
    let blocks = pem.split_inclusive("-----END CERTIFICATE-----\n");
    let name = |block: &str| {
        let der = x509::from_text(block).expect("PEM");
        x509::Certificate::parse(&der)
            .expect("a certificate")
            .common_name
            .expect("a name")
    };
    blocks.map(name).collect()
}

const LEAF: &str = "host.example.com";
const ISSUER: &str = "sectigo-scm emulator Issuing CA";
const ROOT: &str = "sectigo-scm emulator Root CA";

#[tokio::test]
async fn pem_formats_keep_their_order() {
    let api = Api::start().await;
    let id = api.issue(LEAF).await;
    let orders: [(&str, &[&str]); 8] = [
        ("x509", &[ROOT, ISSUER, LEAF]),
        ("pem", &[ROOT, ISSUER, LEAF]),
        ("x509R", &[LEAF, ISSUER, ROOT]),
        ("pemia", &[LEAF, ISSUER]),
        ("x509CO", &[LEAF]),
        ("pemco", &[LEAF]),
        ("x509IO", &[ROOT, ISSUER]),
        ("x509IOR", &[ISSUER, ROOT]),
    ];
    for (format, order) in orders {
        let documented = api
            .get(&format!("/api/ssl/v1/collect/{id}?format={format}"))
            .await;
        assert_eq!(
            documented.header("content-type"),
            "application/octet-stream;charset=UTF-8"
        );
        let disposition = documented.header("content-disposition");
        assert_eq!(
            disposition,
            "attachment; filename=\"host_example_com.cert\""
        );
        assert_eq!(names(documented.text()), order, "{format}");
        let older = api.get(&format!("/api/ssl/v1/collect/{id}/{format}")).await;
        assert_eq!(older.body, documented.body, "{format}");
    }
}

#[tokio::test]
async fn pkcs7_is_the_default() {
    let api = Api::start().await;
    let id = api.issue(LEAF).await;
    let default = api.get(&format!("/api/ssl/v1/collect/{id}")).await;
    assert!(default.text().starts_with("-----BEGIN PKCS7-----\n"));
    let binary = api
        .get(&format!("/api/ssl/v1/collect/{id}?format=bin"))
        .await;
    assert_eq!(x509::from_text(default.text()).as_ref(), Some(&binary.body));
}

#[tokio::test]
async fn openssl_reads_what_is_collected() {
    let api = Api::start().await;
    let id = api.issue(LEAF).await;
    let collect = async |format: &str| {
        let answer = api
            .get(&format!("/api/ssl/v1/collect/{id}?format={format}"))
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.body
    };
    let leaf = collect("x509CO").await;
    let Some(text) = run("openssl", &["x509", "-noout", "-text"], &leaf) else {
        return;
    };
    assert!(text.contains("DNS:host.example.com"), "{text}");
    assert!(text.contains("TLS Web Server Authentication"), "{text}");
    let pem = collect("base64").await;
    let print = ["pkcs7", "-print_certs", "-noout"];
    let printed = run("openssl", &print, &pem).expect("still installed");
    assert_eq!(printed.matches("subject=").count(), 3, "{printed}");
    let der = collect("bin").await;
    let arguments = ["pkcs7", "-inform", "DER", "-print_certs", "-noout"];
    assert_eq!(
        run("openssl", &arguments, &der).expect("still installed"),
        printed
    );

    let directory = std::env::temp_dir().join(format!("collect-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a directory");
    let (root, chain) = (directory.join("root.pem"), directory.join("chain.pem"));
    std::fs::write(&root, api.emulator.issuing_root_pem()).expect("a file");
    std::fs::write(&chain, collect("x509IO").await).expect("a file");
    let (root, chain) = (root.display().to_string(), chain.display().to_string());
    let verify = [
        "verify",
        "-CAfile",
        &root,
        "-untrusted",
        &chain,
        "-purpose",
        "sslserver",
    ];
    let verified = run("openssl", &verify, &leaf).expect("still installed");
    assert!(verified.contains("OK"), "{verified}");
    std::fs::remove_dir_all(&directory).expect("still there");
}

#[tokio::test]
async fn unknown_formats_and_ids_are_refused() {
    let api = Api::start().await;
    let id = api.issue(LEAF).await;
    let collect = format!("/api/ssl/v1/collect/{id}");
    assert_eq!(
        api.get(&format!("{collect}?format=p12")).await.refusal(),
        (400, -126)
    );
    assert_eq!(
        api.get(&format!("{collect}/PEM")).await.refusal(),
        (400, -126)
    );
    assert_eq!(
        api.get(&format!("{collect}/pem?format=pem"))
            .await
            .refusal(),
        (400, -1601)
    );
    assert_eq!(
        api.get("/api/ssl/v1/collect/1").await.refusal(),
        (404, -124)
    );
    assert_eq!(
        api.get("/api/ssl/v1/collect/x").await.refusal(),
        (400, -1601)
    );
}
