//! Any text or content octets as a serial number; what is well formed leads back.
#![no_main]

use cert_core::SerialNumber;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    check(&SerialNumber::from_bytes(octets));
    let Ok(text) = str::from_utf8(octets) else { return };
    for serial in [SerialNumber::from(text), SerialNumber::from_decimal(text)] {
        assert_eq!(serial.as_str(), text);
        check(&serial);
    }
});

fn check(serial: &SerialNumber) {
    assert_eq!(serial, &serial.clone());
    let forms = (serial.to_hex(), serial.to_colon_hex(), serial.to_decimal());
    let (Some(hex), Some(colons), Some(decimal)) = forms else {
        assert!(!serial.is_well_formed());
        return;
    };
    assert_eq!(serial, &SerialNumber::from(hex));
    assert_eq!(serial, &SerialNumber::from(colons));
    assert_eq!(serial, &SerialNumber::from_decimal(decimal));
}
