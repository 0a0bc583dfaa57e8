//! Any text as PEM: the blocks that are read are written and read again.
#![no_main]

use cert_core::PemBlock;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(blocks) = PemBlock::all(text) else {
        return;
    };
    let written: String = blocks.iter().map(ToString::to_string).collect();
    assert_eq!(PemBlock::all(&written), Ok(blocks));
});
