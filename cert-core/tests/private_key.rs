//! Private keys in every structure they come in.

mod tool;

use cert_core::{Certificate, Curve, DecodeErrorKind, KeyKind, PrivateKey};
use tool::{fixture, text_fixture};

fn key(name: &str) -> PrivateKey {
    PrivateKey::parse(&fixture(&format!("key/{name}"))).expect(name)
}

fn certificate(name: &str) -> Certificate {
    Certificate::parse(&fixture(&format!("certificate/{name}"))).expect(name)
}

#[test]
fn every_structure_gives_the_same_key() {
    let rsa = key("rsa-pkcs8.pem");
    assert_eq!(rsa.kind(), &KeyKind::Rsa(2048));
    assert_eq!(rsa.to_pem().expose(), text_fixture("key/rsa-pkcs8.pem"));
    assert_eq!(
        key("rsa-pkcs1.pem").expose_pkcs8_der(),
        rsa.expose_pkcs8_der()
    );
    assert_eq!(
        PrivateKey::parse(rsa.expose_pkcs8_der())
            .expect("DER")
            .kind(),
        rsa.kind()
    );

    for name in ["p256-sec1.pem", "p256-pkcs8.pem", "p256-sec1-no-public.pem"] {
        assert_eq!(key(name).kind(), &KeyKind::Ec(Curve::P256), "{name}");
    }
    assert_eq!(key("p384-pkcs8.pem").kind(), &KeyKind::Ec(Curve::P384));
    assert_eq!(key("ed25519.pem").kind(), &KeyKind::Ed25519);
}

#[test]
fn a_key_knows_its_certificate() {
    let rsa = key("rsa-pkcs1.pem");
    let leaf = certificate("leaf.pem");
    assert_eq!(rsa.belongs_to(&leaf), Ok(true));
    assert_eq!(
        rsa.public_key_der().expect("an RSA key"),
        leaf.public_key_der()
    );
    assert_eq!(rsa.belongs_to(&certificate("root.pem")), Ok(false));
    assert_eq!(rsa.belongs_to(&certificate("p256.pem")), Ok(false));

    let p256 = key("p256-sec1.pem");
    assert_eq!(p256.belongs_to(&certificate("p256.pem")), Ok(true));
    assert_eq!(
        p256.belongs_to(&certificate("p256-compressed.pem")),
        Ok(true)
    );
    assert_eq!(p256.belongs_to(&leaf), Ok(false));
    assert_eq!(
        key("p384-pkcs8.pem").belongs_to(&certificate("intermediate.pem")),
        Ok(true)
    );
}

#[cfg(feature = "crypto")]
#[test]
fn a_missing_public_half_is_computed() {
    let p256 = key("p256-sec1-no-public.pem");
    assert_eq!(p256.belongs_to(&certificate("p256.pem")), Ok(true));
    assert_eq!(p256.belongs_to(&certificate("leaf.pem")), Ok(false));
    let request = text_fixture("csr/ed25519.pem");
    let request = cert_core::CertificateSigningRequest::from_pem(&request).expect("a request");
    assert_eq!(key("ed25519.pem").belongs_to_request(&request), Ok(true));
}

#[cfg(not(feature = "crypto"))]
#[test]
fn a_missing_public_half_is_said_to_be_missing() {
    let error = key("p256-sec1-no-public.pem").belongs_to(&certificate("p256.pem"));
    let text = error.expect_err("it cannot be computed").to_string();
    assert!(text.contains("enable feature `crypto`"), "{text}");
}

#[test]
fn a_key_is_found_beside_certificates() {
    let both = text_fixture("certificate/leaf.pem") + &text_fixture("key/rsa-pkcs1.pem");
    let found = PrivateKey::parse(both.as_bytes()).expect("the key");
    assert_eq!(found.belongs_to(&certificate("leaf.pem")), Ok(true));
    let two = text_fixture("key/ed25519.pem") + &text_fixture("key/rsa-pkcs1.pem");
    let error = PrivateKey::parse(two.as_bytes()).expect_err("two keys");
    assert_eq!(error.kind(), &DecodeErrorKind::Several(2));
}

#[test]
fn nothing_prints_a_key() {
    let rsa = key("rsa-pkcs8.pem");
    assert_eq!(format!("{rsa:?}"), "PrivateKey(RSA 2048)");
    let broken = text_fixture("key/rsa-pkcs1.pem").replacen("MII", "MIJ", 1);
    let error = PrivateKey::parse(broken.as_bytes()).expect_err("broken");
    let secret = broken.lines().nth(3).expect("a line of the key");
    assert!(!format!("{error} {error:?}").contains(&secret[..16]));
}

#[test]
fn an_encrypted_key_says_so() {
    for name in [
        "rsa-encrypted.pem",
        "rsa-encrypted-3des.pem",
        "rsa-encrypted-scrypt.pem",
    ] {
        let error = PrivateKey::parse(&fixture(&format!("key/{name}"))).expect_err(name);
        assert_eq!(error.kind(), &DecodeErrorKind::Encrypted, "{name}");
    }
    let error = PrivateKey::parse(&fixture("key/rsa-dek-info.pem")).expect_err("the old way");
    assert!(
        error.to_string().contains("openssl pkcs8 -topk8"),
        "{error}"
    );
}
