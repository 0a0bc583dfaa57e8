//! Any bytes as a key store, opened with few iterations. Seeds: `../tests/fixtures/pkcs12`.
#![no_main]

use cert_core::Pkcs12;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(store) = Pkcs12::parse(bytes) else {
        return;
    };
    if let Ok(contents) = store.open_within("secret", 10_000) {
        let _ = format!("{contents:?}");
    }
});
