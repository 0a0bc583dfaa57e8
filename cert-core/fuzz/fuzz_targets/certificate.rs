//! Any bytes as a certificate: what is read gives itself back.
//! Seeds: `../tests/fixtures/certificate`.
#![no_main]

use cert_core::{Certificate, Name};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(certificate) = Certificate::parse(bytes) else {
        return;
    };
    assert_eq!(
        Certificate::from_der(certificate.as_der()).as_ref(),
        Ok(&certificate)
    );
    assert_eq!(
        Certificate::from_pem(&certificate.to_pem()).as_ref(),
        Ok(&certificate)
    );
    let der = certificate
        .subject()
        .to_der()
        .expect("a name from a certificate");
    assert_eq!(Name::from_der(&der).as_ref(), Ok(certificate.subject()));
    let _ = format!("{certificate:?} {}", certificate.key_kind());
    let _ = certificate.covers_host("host-0001.example.com");
    for name in certificate.subject_alternative_names() {
        let _ = name.to_string();
    }
});
