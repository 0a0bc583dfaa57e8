//! Any text as a time: it is kept, its parts agree, and an instant leads back.
#![no_main]

use cert_core::{Time, TimeKind};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let time = Time::from(text);
    assert_eq!(time.as_str(), text);
    assert_eq!(time, time.clone());

    let dated = !matches!(time.kind(), TimeKind::Never | TimeKind::Malformed);
    assert_eq!(time.day().is_some(), dated);
    assert_eq!(time.days_until(Timestamp::UNIX_EPOCH).is_some(), dated);
    assert!(time.earliest() <= time.latest());
    if let Some(zone) = time.zone() {
        assert!(matches!(time.kind(), TimeKind::Local(_)));
        assert!(!zone.is_empty() && text.contains(zone));
    }
    if let Some(instant) = time.instant() {
        assert_eq!(time, Time::from(Time::from(instant).as_str()));
    }
});
