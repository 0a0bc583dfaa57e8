//! Generated private keys.

#![cfg(feature = "crypto")]

mod tool;

use cert_core::{Certificate, Curve, KeyKind, PrivateKey};
use tool::{Scratch, openssl};

#[test]
fn openssl_reads_what_is_generated() {
    let scratch = Scratch::new("openssl-reads-keys");
    let kinds = [
        (KeyKind::Rsa(2048), "Private-Key: (2048 bit"),
        (KeyKind::Ec(Curve::P256), "prime256v1"),
        (KeyKind::Ec(Curve::P384), "secp384r1"),
        (KeyKind::Ec(Curve::P521), "secp521r1"),
        (KeyKind::Ed25519, "ED25519 Private-Key"),
    ];
    for (kind, said) in kinds {
        let key = PrivateKey::generate(&kind).expect("a key");
        assert_eq!(key.kind(), &kind);
        let file = scratch.write("key.pem", key.to_pem().expose().as_bytes());
        let Some(output) = openssl(&["pkey", "-in", &file, "-noout", "-text"]) else {
            return;
        };
        let text = output.expect("openssl reads the key");
        assert!(text.contains(said), "{text}");
    }
    assert!(PrivateKey::generate(&KeyKind::Rsa(1000)).is_err());
}

#[test]
fn keys_of_version_2_are_written_as_version_1() {
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).expect("a key");
    let key = PrivateKey::from_der(pair.serialized_der()).expect("PKCS#8, version 2");
    assert_eq!(key.kind(), &KeyKind::Ed25519);
    assert!(
        key.public_key_der()
            .expect("it is in the file")
            .ends_with(pair.public_key_raw())
    );
    assert_eq!(
        key.expose_pkcs8_der().len(),
        48,
        "neither attributes nor public key"
    );
    let scratch = Scratch::new("openssl-reads-version-1");
    let file = scratch.write("key.pem", key.to_pem().expose().as_bytes());
    let Some(output) = openssl(&["pkey", "-in", &file, "-noout", "-text"]) else {
        return;
    };
    assert!(
        output
            .expect("openssl reads the key")
            .contains("ED25519 Private-Key")
    );
}

#[test]
fn certificates_that_rcgen_makes_are_verified() {
    for algorithm in [
        &rcgen::PKCS_ED25519,
        &rcgen::PKCS_ECDSA_P256_SHA256,
        &rcgen::PKCS_ECDSA_P384_SHA384,
        &rcgen::PKCS_ECDSA_P521_SHA512,
    ] {
        let pair = rcgen::KeyPair::generate_for(algorithm).expect("a key");
        let parameters = rcgen::CertificateParams::new(["host-0001.example.com".to_owned()]);
        let made = parameters
            .and_then(|one| one.self_signed(&pair))
            .expect("a certificate");
        let certificate = Certificate::from_der(made.der()).expect("a certificate");
        assert_eq!(certificate.verify_signature(&certificate), Ok(()));
        assert!(certificate.covers_host("host-0001.example.com"));
        let key = PrivateKey::from_der(pair.serialized_der()).expect("a key");
        assert_eq!(key.belongs_to(&certificate), Ok(true));
    }
}
