//! Generated private keys.

#![cfg(feature = "crypto")]

mod tool;

use cert_core::{Curve, KeyKind, PrivateKey};
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
