//! Any bytes as a signing request: what is read gives itself back.
//! Seeds: `../tests/fixtures/csr`.
#![no_main]

use cert_core::CertificateSigningRequest;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(request) = CertificateSigningRequest::parse(bytes) else {
        return;
    };
    let again = CertificateSigningRequest::from_pem(&request.to_pem());
    assert_eq!(again.as_ref(), Ok(&request));
    let _ = format!("{request:?}");
});
