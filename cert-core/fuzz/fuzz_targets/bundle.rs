//! Any bytes as a PKCS#7 bundle and as a chain. Seeds: `../tests/fixtures/pkcs7`.
#![no_main]

use cert_core::{CertificateChain, Pkcs7};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(bundle) = Pkcs7::parse(bytes) {
        let written = Pkcs7::from_certificates(bundle.certificates()).expect("a bundle");
        let read = Pkcs7::from_der(written.as_der()).expect("our own bundle");
        assert_eq!(read.certificates().len(), bundle.certificates().len());
    }
    if let Ok(chain) = CertificateChain::parse(bytes) {
        let given = chain.certificates().len() + chain.strangers().len();
        assert!(given > 0);
        let again = CertificateChain::parse(chain.to_pem().as_bytes()).expect("our own chain");
        assert_eq!(again.certificates(), chain.certificates());
    }
});
