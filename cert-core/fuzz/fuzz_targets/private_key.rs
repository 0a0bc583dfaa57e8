//! Any bytes as a private key, also an encrypted one. Seeds: `../tests/fixtures/key`.
#![no_main]

use cert_core::PrivateKey;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(key) = PrivateKey::parse(bytes) else {
        return;
    };
    let again = PrivateKey::from_der(key.expose_pkcs8_der()).expect("our own PKCS#8");
    assert_eq!(again.kind(), key.kind());
    assert_eq!(again.expose_pkcs8_der(), key.expose_pkcs8_der());
    let _ = key.public_key_der();
});
