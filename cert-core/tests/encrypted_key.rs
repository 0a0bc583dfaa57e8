//! Private keys under a pass phrase.

#![cfg(feature = "pkcs12")]

mod tool;

use cert_core::{DecodeErrorKind, KeyKind, PrivateKey, Secret};
use tool::{Scratch, fixture, openssl, text_fixture};

fn plain() -> PrivateKey {
    PrivateKey::parse(&fixture("key/rsa-pkcs1.pem")).expect("a key")
}

#[test]
fn encrypted_keys_are_decrypted() {
    let passphrase = Secret::new("secret");
    let plain = plain();
    for name in [
        "rsa-encrypted.pem",
        "rsa-encrypted-sha512.pem",
        "rsa-encrypted-3des.pem",
    ] {
        let bytes = fixture(&format!("key/{name}"));
        let key = PrivateKey::parse_encrypted(&bytes, &passphrase).expect(name);
        assert_eq!(key.expose_pkcs8_der(), plain.expose_pkcs8_der(), "{name}");
        let wrong = PrivateKey::parse_encrypted(&bytes, "wrong").expect_err(name);
        assert_eq!(wrong.kind(), &DecodeErrorKind::WrongPassphrase, "{name}");
    }
    let scrypt = fixture("key/rsa-encrypted-scrypt.pem");
    let error = PrivateKey::parse_encrypted(&scrypt, &passphrase).expect_err("scrypt");
    assert!(
        matches!(error.kind(), DecodeErrorKind::Unsupported(_)),
        "{error}"
    );
    let clear = PrivateKey::parse_encrypted(&fixture("key/ed25519.pem"), &passphrase);
    assert_eq!(clear.expect("a key in the clear").kind(), &KeyKind::Ed25519);
}

#[test]
fn openssl_decrypts_what_is_encrypted() {
    let scratch = Scratch::new("openssl-decrypts");
    let passphrase = Secret::new("Grüße");
    let pem = plain().to_encrypted_pem(&passphrase).expect("encrypted");
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    let read = PrivateKey::parse_encrypted(pem.as_bytes(), &passphrase).expect("our own");
    assert_eq!(read.kind(), &KeyKind::Rsa(2048));
    let file = scratch.write("key.pem", pem.as_bytes());
    let Some(output) = openssl(&["pkey", "-in", &file, "-passin", "pass:Grüße"]) else {
        return;
    };
    assert_eq!(
        output.expect("openssl reads it"),
        text_fixture("key/rsa-pkcs8.pem")
    );
}
