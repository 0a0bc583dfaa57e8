//! Serial numbers in every spelling of the field, and in all others.

use std::collections::HashSet;

use cert_core::SerialNumber;
use proptest::prelude::*;

fn hex(text: &str) -> Option<String> {
    SerialNumber::from(text).to_hex()
}

#[test]
fn spellings_of_one_number_are_equal() {
    let spellings = [
        "E11BBD70D54B710D0C6F540B6B52CA4",
        "0e11bbd70d54b710d0c6f540b6b52ca4",
        "00:0E:11:BB:D7:0D:54:B7:10:D0:C6:F5:40:B6:B5:2C:A4",
        "E:11:BB:D7:0D:54:B7:10:D0:C6:F5:40:B6:B5:2C:A4",
        "0E11 BBD7 0D54 B710 D0C6 F540 B6B5 2CA4",
        " 0xe11bbd70d54b710d0c6f540b6b52ca4 ",
        "0e:11:bb:d7:0d:54:b7:10:\n    d0:c6:f5:40:b6:b5:2c:a4",
    ];
    let numbers: HashSet<SerialNumber> = spellings.map(SerialNumber::from).into();
    assert_eq!(numbers.len(), 1);
    let decimal = SerialNumber::from_decimal("18701270836360457119323544361555537060");
    assert!(numbers.contains(&decimal));
    assert_eq!(decimal.as_str(), "18701270836360457119323544361555537060");
}

#[test]
fn malformed_and_masked_ones_keep_their_text_and_equal_no_other() {
    let texts = [
        "00:0::11:2:2::33",
        "xxxx2385",
        "",
        " ",
        "N/A",
        "0x",
        "-",
        "--1",
        "1:2:3",
        "12-34",
        "####",
    ];
    let distinct: HashSet<SerialNumber> = texts.map(SerialNumber::from).into();
    assert_eq!(distinct.len(), texts.len());
    for text in texts {
        let serial = SerialNumber::from(text);
        assert!(!serial.is_well_formed(), "{text}");
        assert_eq!(
            (serial.value(), serial.to_hex(), serial.to_decimal()),
            (None, None, None)
        );
        assert_eq!(serial, SerialNumber::from(text.to_owned()));
        assert_eq!(
            serde_json::to_string(&serial).expect("a text"),
            format!("{text:?}")
        );
    }
}

#[test]
fn negative_numbers_are_never_taken_for_positive_ones() {
    let minus_one = SerialNumber::from_bytes(&[0xff]);
    assert!(minus_one.is_negative());
    assert_eq!(minus_one.as_str(), "-01");
    assert_eq!(minus_one, SerialNumber::from("-1"));
    assert_eq!(minus_one, SerialNumber::from_decimal("-1"));
    assert_ne!(minus_one, SerialNumber::from("FF"));
    assert_ne!(minus_one, SerialNumber::from("1"));
    assert_eq!(
        SerialNumber::from_bytes(&[0x00, 0xff]),
        SerialNumber::from("FF")
    );
    assert_eq!(
        SerialNumber::from_bytes(&[0x80, 0x00])
            .to_decimal()
            .as_deref(),
        Some("-32768")
    );
    assert_eq!(
        SerialNumber::from_bytes(&[0xff, 0x00])
            .to_colon_hex()
            .as_deref(),
        Some("-01:00")
    );
    assert_eq!(
        SerialNumber::from("-0x0a:bc").to_decimal().as_deref(),
        Some("-2748")
    );
}

#[test]
fn zero_is_one_octet_and_has_no_sign() {
    for zero in ["0", "00", "00:00", "0x0", "-0"] {
        assert_eq!(SerialNumber::from(zero).value(), Some(vec![0]), "{zero}");
        assert!(!SerialNumber::from(zero).is_negative());
    }
    assert_eq!(
        SerialNumber::from_bytes(&[0, 0]),
        SerialNumber::from_decimal("000")
    );
    assert_eq!(SerialNumber::from("0").to_decimal().as_deref(), Some("0"));
    assert_eq!(hex("0").as_deref(), Some("00"));
}

#[test]
fn limits_hold_on_both_sides() {
    let longest = "ff".repeat(SerialNumber::MAX_OCTETS);
    let serial = SerialNumber::from(longest.as_str());
    assert_eq!(
        serial.value().map(|octets| octets.len()),
        Some(SerialNumber::MAX_OCTETS)
    );
    let decimal = serial.to_decimal().expect("well formed");
    assert_eq!(SerialNumber::from_decimal(decimal.as_str()), serial);
    assert_eq!(SerialNumber::from_decimal(format!("000{decimal}")), serial);

    assert!(!SerialNumber::from(format!("1{longest}")).is_well_formed());
    assert!(!SerialNumber::from_decimal(format!("{decimal}0")).is_well_formed());
    assert!(!SerialNumber::from_decimal("9".repeat(100_000)).is_well_formed());
    assert!(SerialNumber::from(format!("{}{longest}", "0".repeat(9))).is_well_formed());
    assert!(!SerialNumber::from_bytes(&[1; SerialNumber::MAX_OCTETS + 1]).is_well_formed());
    assert!(!SerialNumber::from_bytes(&[]).is_well_formed());
}

#[test]
fn decimal_is_read_as_decimal_only_when_asked() {
    assert_eq!(SerialNumber::from_decimal(" 10 ").value(), Some(vec![10]));
    assert_eq!(SerialNumber::from("10").value(), Some(vec![16]));
    for text in ["", "-", "1a", "1:0", "1 0", "+1", "0x10", "１"] {
        let serial = SerialNumber::from_decimal(text);
        assert!(!serial.is_well_formed(), "{text}");
        assert_eq!(serial.as_str(), text);
    }
}

#[test]
fn json_numbers_are_decimal() {
    let read = |json| serde_json::from_str::<SerialNumber>(json).expect(json);
    assert_eq!(
        read("18446744073709551615").to_hex().as_deref(),
        Some("ffffffffffffffff")
    );
    assert_eq!(read("-16"), SerialNumber::from("-10"));
    assert_eq!(read(r#""0122A3""#).as_str(), "0122A3");
    assert_eq!(read(r#""\u0031\u0030""#), SerialNumber::from("10"));
    assert!(!read("18446744073709551616").is_well_formed());
    assert!(serde_json::from_str::<SerialNumber>("[]").is_err());
}

#[test]
fn shows_its_text() {
    let serial = SerialNumber::from("0A:1B");
    assert_eq!(format!("{serial:?}"), r#"SerialNumber("0A:1B")"#);
    assert_eq!(format!("{serial:>7}|"), "  0A:1B|");
}

proptest! {
    #[test]
    fn any_text_is_kept_and_equal_to_itself(text in ".*") {
        let decimal = SerialNumber::from_decimal(text.as_str());
        for serial in [SerialNumber::from(text.as_str()), decimal] {
            prop_assert_eq!(serial.as_str(), &text);
            prop_assert_eq!(&serial, &serial.clone());
            prop_assert_eq!(serial.is_well_formed(), serial.to_hex().is_some());
        }
    }

    #[test]
    fn nearly_hexadecimal_text_never_panics(text in "[-0-9a-fx: ]{0,40}") {
        let serial = SerialNumber::from(text.as_str());
        if let Some(hex) = serial.to_hex() {
            prop_assert_eq!(&SerialNumber::from(hex), &serial);
        }
    }

    #[test]
    fn every_spelling_of_octets_leads_back(
        octets in prop::collection::vec(any::<u8>(), 1..30),
        zeros in 0..4usize,
    ) {
        let serial = SerialNumber::from_bytes(&octets);
        let hex = serial.to_hex().expect("well formed");
        let colons = serial.to_colon_hex().expect("well formed");
        let decimal = serial.to_decimal().expect("well formed");
        let sign = if serial.is_negative() { "-" } else { "" };
        let digits = hex.trim_start_matches('-').trim_start_matches('0');
        let bare = if digits.is_empty() { "0" } else { digits };
        for text in [
            hex.to_uppercase(),
            colons.replace(':', " "),
            colons,
            format!("{sign}{}{bare}", "0".repeat(zeros)),
            format!("{sign}0x{bare}"),
        ] {
            prop_assert_eq!(&SerialNumber::from(text.as_str()), &serial, "{}", text);
        }
        prop_assert_eq!(SerialNumber::from_decimal(decimal), serial);
    }

    #[test]
    fn decimal_agrees_with_the_machine(number: i128) {
        let serial = SerialNumber::from_bytes(&number.to_be_bytes());
        prop_assert_eq!(serial.to_decimal(), Some(number.to_string()));
        prop_assert_eq!(SerialNumber::from_decimal(number.to_string()), serial.clone());
        prop_assert_eq!(serial.is_negative(), number < 0);
    }

    #[test]
    fn equal_exactly_when_the_numbers_are(left in -300i64..300, right in -300i64..300) {
        let serial = |number: i64| SerialNumber::from_bytes(&number.to_be_bytes());
        prop_assert_eq!(serial(left) == serial(right), left == right);
    }
}
