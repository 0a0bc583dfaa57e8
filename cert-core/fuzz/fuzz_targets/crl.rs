//! Any bytes as a revocation list: every entry is found by its serial number.
//! Seeds: `../tests/fixtures/crl`.
#![no_main]

use cert_core::CertificateRevocationList;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(list) = CertificateRevocationList::parse(bytes) else {
        return;
    };
    for entry in list.entries() {
        assert_eq!(
            list.find(entry.serial()).map(|found| found.serial()),
            Some(entry.serial())
        );
    }
    let again = CertificateRevocationList::parse(list.to_pem().as_bytes());
    assert_eq!(again.as_ref(), Ok(&list));
});
