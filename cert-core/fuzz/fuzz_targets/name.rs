//! Any text as a distinguished name: it is kept, and its spellings say the same.
#![no_main]

use cert_core::{Name, NameSpelling};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let name = Name::from(text);
    assert_eq!(name.to_string(), text);
    for spelling in [NameSpelling::Rfc4514, NameSpelling::Forward] {
        assert_eq!(Name::from(name.display(spelling).to_string()), name);
    }
    if let Ok(der) = name.to_der() {
        assert_eq!(Name::from_der(&der).as_ref(), Ok(&name));
    }
});
