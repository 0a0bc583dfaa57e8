//! Any text as a fingerprint; what is well formed leads back.
#![no_main]

use cert_core::Fingerprint;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let fingerprint = Fingerprint::from(text);
    assert_eq!(fingerprint.as_str(), text);
    assert_eq!(fingerprint, fingerprint.clone());
    for form in [fingerprint.to_hex(), fingerprint.to_colon_hex()] {
        match form {
            Some(form) => assert_eq!(fingerprint, Fingerprint::from(form)),
            None => assert!(!fingerprint.is_well_formed()),
        }
    }
});
