//! Times as the vendors' systems write them, and as nobody should.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::time::{Duration, SystemTime};

use cert_core::{Time, TimeKind};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use proptest::prelude::*;

fn instant(text: &str) -> Timestamp {
    text.parse().expect("RFC 3339")
}

fn day(text: &str) -> Date {
    text.parse().expect("ISO 8601")
}

fn assert_kinds(kind: TimeKind, texts: &[&str]) {
    for text in texts {
        let time = Time::from(*text);
        assert_eq!(time.kind(), kind, "{text}");
        assert_eq!(time.as_str(), *text);
    }
}

#[test]
fn every_instant_of_the_catalogues_is_read() {
    let cases = [
        ("2019-01-01T00:00:00.000Z", "2019-01-01T00:00:00Z"),
        ("2021-11-08T07:50:36Z", "2021-11-08T07:50:36Z"),
        ("2017-01-14T16:40:03.54Z", "2017-01-14T16:40:03.54Z"),
        ("2023-02-16T12:15:48.604401Z", "2023-02-16T12:15:48.604401Z"),
        ("2019-08-15T01:02:07+00:00", "2019-08-15T01:02:07Z"),
        ("12/04/2025 07:46:57 GMT", "2025-12-04T07:46:57Z"),
        ("Fri Dec 08 10:14:47 UTC 2023", "2023-12-08T10:14:47Z"),
    ];
    for (text, expected) in cases {
        assert_eq!(
            Time::from(text).instant(),
            Some(instant(expected)),
            "{text}"
        );
    }
}

#[test]
fn spellings_of_one_instant_are_equal() {
    let texts = [
        "2024-07-10T14:30:00Z",
        "2024-07-10T14:30:00.0Z",
        "2024-07-10t14:30:00.000000000z",
        "2024-07-10T14:30Z",
        "2024-07-10 14:30:00 UTC",
        " 2024-07-10 14:30:00,0+0000 ",
        "2024-07-10T09:00:00-05:30",
        "2024-07-10T16:30:00+02",
        "2024-07-10T16:30:00 +0200",
        "07/10/2024 14:30:00 GMT",
        "10.07.2024 14:30:00 gmt",
        "Wed Jul 10 14:30:00 GMT 2024",
        "Wed Jul 10 20:00:00 GMT+05:30 2024",
        "Wed Jul 10 20:00:00 UTC+5:30 2024",
        "Jul 10 14:30:00 2024 GMT",
        "Wed, 10 Jul 2024 14:30:00 GMT",
        "20240710143000Z",
        "20240710143000.0Z",
        "20240710163000+0200",
        "240710143000Z",
        "2407101430Z",
        "1720621800000",
    ];
    for text in texts {
        assert_eq!(
            Time::from(text).instant(),
            Some(instant("2024-07-10T14:30:00Z")),
            "{text}"
        );
    }
    assert_eq!(HashSet::from(texts.map(Time::from)).len(), 1);
}

#[test]
fn days_are_read_in_the_order_of_their_separator() {
    let texts = [
        "2024-07-10",
        "07/10/2024",
        "7/10/2024",
        "10.07.2024",
        "10-07-2024",
        "2024/07/10",
        "20240710",
        "Jul 10, 2024",
    ];
    assert_kinds(TimeKind::Day(day("2024-07-10")), &texts);
    assert_eq!(HashSet::from(texts.map(Time::from)).len(), 1);
    assert_kinds(TimeKind::Day(day("2021-12-09")), &["09-12-2021"]);
    assert_kinds(
        TimeKind::Day(day("2025-04-13")),
        &[
            "13/04/2025",
            "04/13/2025",
            "13-04-2025",
            "04-13-2025",
            "13.04.2025",
        ],
    );
    assert_eq!(Time::from(day("2024-07-10")).as_str(), "2024-07-10");
}

#[test]
fn times_without_a_certain_zone_are_no_instants() {
    let local: DateTime = "2024-07-10T14:30:00".parse().expect("ISO 8601");
    let texts = [
        "2024-07-10 14:30:00",
        "2024-07-10T14:30",
        "07/10/2024 14:30:00",
        "10.07.2024 14:30:00",
        "2024/07/10 14:30:00",
        "20240710143000",
        "Wed Jul 10 14:30:00 2024",
    ];
    assert_kinds(TimeKind::Local(local), &texts);
    assert!(texts.iter().all(|text| Time::from(*text).zone().is_none()));

    let zoned = [
        "Wed Jul 10 14:30:00 IST 2024",
        " 2024-07-10 14:30:00 IST",
        "07/10/2024 14:30:00 IST",
    ];
    assert_kinds(TimeKind::Local(local), &zoned);
    assert!(
        zoned
            .iter()
            .all(|text| Time::from(*text).zone() == Some("IST"))
    );
    assert_ne!(Time::from(zoned[0]), Time::from(texts[0]));
    assert_ne!(
        Time::from(zoned[0]),
        Time::from("Wed Jul 10 14:30:00 PST 2024")
    );
    assert_eq!(
        Time::from("2024-07-10 14:30:00 Asia/Kolkata").zone(),
        Some("Asia/Kolkata")
    );
    // The name stands twice in the text; the second is the zone.
    assert_eq!(Time::from("Mon Aug 12 14:30:00 A 2024").zone(), Some("A"));
}

#[test]
fn no_expiry_in_every_form() {
    assert_kinds(
        TimeKind::Never,
        &[
            "99991231235959Z",
            "9999-12-31",
            "9999-12-31T23:59:59Z",
            "12/31/9999",
            "31.12.9999 23:59:59",
            "Fri Dec 31 23:59:59 IST 9999",
            "9999-12-30T23:30:00Z",
            "9999-12-31T00:00:00+14:00",
        ],
    );
    assert_eq!(Time::from(day("9999-12-31")).kind(), TimeKind::Never);
    let never = Time::from("9999-12-31");
    assert_eq!(
        (
            never.day(),
            never.instant(),
            never.earliest(),
            never.latest()
        ),
        (None, None, None, None)
    );
    assert_eq!(never.has_passed(Timestamp::MAX), Some(false));
    assert_eq!(never.days_until(Timestamp::UNIX_EPOCH), None);
}

#[test]
fn what_is_no_time_is_kept_and_malformed() {
    assert_kinds(
        TimeKind::Malformed,
        &[
            "",
            " ",
            "####",
            "never",
            "0000-00-00",
            "2024-13-01",
            "2024-02-30",
            "32/01/2024",
            "1/2/24",
            "2024-07",
            "2024-07-10T",
            "2024-07-10T14",
            "2024-07-10T25:00:00Z",
            "2024-07-10T14:60:00Z",
            "2024-07-10T14:30:5Z",
            "2024-07-10T14:30:00.Z",
            "2024-07-10T14:30:00.1234567890Z",
            "2024-07-10T14:30:00+25:00",
            "2024-07-10T14:30:00+05:60",
            "2024-07-10T14:30:00+",
            "2024-07-10T14:30:00Z!",
            "2024-07-10Z",
            "07/10/2024 02:30:00 PM",
            "Jul 10, 2024 2:30:00 PM",
            "+2024-07-10",
            "2024-+7-10",
            "2024-07-10-11",
            "2024-07/10",
            "Wed Jul 10 IST 2024",
            "Wed Jul 10 14:30:00 IST GMT 2024",
            "Jul Jul 10 2024",
            "10 Jul 24",
            "240710143000",
            "1720621800",
            "17206218000000000",
            "202407101430",
            "20241310143000Z",
            "２０２４-07-10",
            "2024-07-10\u{0}",
        ],
    );
    assert_eq!(
        Time::from("2024-07-10T14:30:60Z").instant(),
        Some(instant("2024-07-10T14:30:59Z"))
    );
    assert_ne!(Time::from("never"), Time::from("Never"));
    assert_eq!(Time::from("x").has_passed(Timestamp::UNIX_EPOCH), None);
}

#[test]
fn two_digit_years_follow_rfc_5280() {
    assert_eq!(Time::from("491231235959Z").day(), Some(day("2049-12-31")));
    assert_eq!(Time::from("500101000000Z").day(), Some(day("1950-01-01")));
}

#[test]
fn json_numbers_are_milliseconds() {
    let read = |json| serde_json::from_str::<Time>(json).expect(json);
    assert_eq!(
        read("1720621800123").instant(),
        Some(instant("2024-07-10T14:30:00.123Z"))
    );
    assert_eq!(
        read("-1000").instant(),
        Some(instant("1969-12-31T23:59:59Z"))
    );
    assert_eq!(read("253402300799000").kind(), TimeKind::Never);
    assert_eq!(read("9223372036854775807").kind(), TimeKind::Never);
    assert_eq!(read("18446744073709551615").kind(), TimeKind::Never);
    assert_eq!(read("-9223372036854775808").kind(), TimeKind::Malformed);
    assert_eq!(read("1.5").kind(), TimeKind::Malformed);
    assert!(serde_json::from_str::<Time>("{}").is_err());
}

#[test]
fn its_own_text_is_sent() {
    for json in [
        r#""""#,
        r#""07/10/2024""#,
        r#""Tue Jun 08 14:20:15 IST 2049""#,
        r#""a\"b""#,
    ] {
        let time: Time = serde_json::from_str(json).expect(json);
        assert_eq!(serde_json::to_string(&time).expect("a text"), json);
    }
    let time = Time::from(instant("2024-07-10T14:30:00.5+02:00"));
    assert_eq!(time.as_str(), "2024-07-10T12:30:00.5Z");
    assert_eq!(format!("{time:?}"), r#"Time("2024-07-10T12:30:00.5Z")"#);
}

#[test]
fn the_soonest_comes_first() {
    let sorted = [
        "1950-01-01",
        "2024-07-09T23:59:59Z",
        "07/10/2024",
        "2024-07-10 00:00:00",
        "2024-07-10 00:00:00 IST",
        "2024-07-10T00:00:00Z",
        "2024-07-10T00:00:00.1Z",
        "Thu Jul 11 2024",
        "9999-12-30",
        "9999-12-31",
        "",
        "unknown",
    ];
    for (left, left_text) in sorted.iter().enumerate() {
        for (right, right_text) in sorted.iter().enumerate() {
            let order = Time::from(*left_text).cmp(&Time::from(*right_text));
            assert_eq!(order, left.cmp(&right), "{left_text} {right_text}");
        }
    }
}

#[test]
fn bounds_hold_wherever_the_clock_hangs() {
    let time = Time::from("2024-07-10");
    assert_eq!(time.earliest(), Some(instant("2024-07-09T10:00:00Z")));
    assert_eq!(
        time.latest(),
        Some(instant("2024-07-11T11:59:59.999999999Z"))
    );
    assert_eq!(
        time.has_passed(instant("2024-07-09T10:00:00Z")),
        Some(false)
    );
    assert_eq!(time.has_passed(instant("2024-07-10T12:00:00Z")), None);
    assert_eq!(time.has_passed(instant("2024-07-11T12:00:00Z")), Some(true));

    let time = Time::from("Tue Jun 08 14:20:15 IST 2049");
    assert_eq!(time.earliest(), Some(instant("2049-06-08T00:20:15Z")));
    assert_eq!(time.latest(), Some(instant("2049-06-09T02:20:15Z")));
    assert_eq!(Time::from("9999-12-30").latest(), Some(Timestamp::MAX));

    let time = Time::from("2024-07-10T14:30:00Z");
    assert_eq!(
        time.has_passed(instant("2024-07-10T14:30:00Z")),
        Some(false)
    );
    assert_eq!(time.has_passed(instant("2024-07-10T14:30:01Z")), Some(true));
}

#[test]
fn days_left_are_calendar_days() {
    let now = instant("2024-07-10T23:00:00Z");
    let cases = [
        ("2024-07-10", 0),
        ("2024-07-11T00:00:00Z", 1),
        ("07/09/2024", -1),
        ("2025-07-10", 365),
        ("Wed Jul 10 01:00:00 IST 2024", 0),
    ];
    for (text, days) in cases {
        assert_eq!(Time::from(text).days_until(now), Some(days), "{text}");
    }
    assert_eq!(Time::from("").days_until(now), None);
}

fn dates() -> impl Strategy<Value = Date> {
    (1i16..=9999, 1i8..=12, 1i8..=31)
        .prop_filter_map("a day of the calendar", |(year, month, day)| {
            Date::new(year, month, day).ok()
        })
}

#[test]
fn what_was_read_once_means_the_same_afterwards() {
    for text in [
        "-009999-01-02T01:59:59.000000001Z",
        "0001-01-01",
        "1969-12-31T23:59:58.5Z",
        "1969-12-31 23:59:58.999999999",
        "2024-07-10",
        "2024-07-10 14:30:00 IST",
        "9999-12-30",
        "9999-12-30 23:59:59",
        "9999-12-30T21:59:59.999999999Z",
        "99991231235959Z",
        "soon",
    ] {
        let (fresh, read) = (Time::from(text), Time::from(text));
        let kind = read.kind();
        assert_eq!((read.kind(), read.zone()), (kind, fresh.zone()), "{text}");
        assert_eq!(read.cmp(&Time::from(text)), Ordering::Equal, "{text}");
        assert_eq!(read.clone().kind(), Time::from(text).kind(), "{text}");
        if let TimeKind::Instant(timestamp) = kind {
            assert_eq!(Time::from(timestamp).instant(), Some(timestamp), "{text}");
        }
        if let TimeKind::Local(datetime) = kind {
            let plain = datetime.strftime("%Y-%m-%d %H:%M:%S.%N").to_string();
            assert!(
                text.starts_with(plain.trim_end_matches(['0', '.'])),
                "{text}"
            );
        }
    }
    assert!(size_of::<Time>() <= 48);
}

#[test]
fn slashes_are_read_day_first_on_request() {
    for (text, meant) in [
        ("10/07/2024", "2024-07-10"),
        (" 1/2/2024 ", "2024-02-01"),
        ("31/12/2024 23:59:58 GMT", "2024-12-31T23:59:58Z"),
        ("10/07/2024 14:30:00", "2024-07-10T14:30:00"),
        ("04/13/2025", "2025-04-13"),
        ("2024/07/10", "2024-07-10"),
        ("10.07.2024", "2024-07-10"),
        ("2024-07-10T14:30:00Z", "2024-07-10T14:30:00Z"),
        ("Jun  8 14:20:15 2049 GMT", "2049-06-08T14:20:15Z"),
    ] {
        let time = Time::from(text).day_first();
        assert_eq!(time, Time::from(meant), "{text}");
        assert_eq!(time.as_str(), text);
    }
    let named = Time::from("10/07/2024 14:30:00 IST").day_first();
    assert_eq!(
        (named.day(), named.zone()),
        (Some(day("2024-07-10")), Some("IST"))
    );
    assert_eq!(Time::from("31/12/9999").day_first().kind(), TimeKind::Never);
    for text in ["", "soon", "32/13/2024"] {
        assert_eq!(
            Time::from(text).day_first().kind(),
            TimeKind::Malformed,
            "{text}"
        );
    }
    let number: Time = serde_json::from_str("1720621800000").expect("milliseconds");
    assert_eq!(number.clone().day_first(), number);
}

#[test]
fn system_times_lead_back_and_beyond_the_range_nothing_breaks() {
    let early = SystemTime::UNIX_EPOCH - Duration::from_millis(1_500);
    assert_eq!(Time::from(early), Time::from("1969-12-31T23:59:58.5Z"));
    assert_eq!(SystemTime::try_from(Time::from(early)), Ok(early));
    for text in [
        "2024-07-10",
        "2024-07-10 14:30:00",
        "99991231235959Z",
        "soon",
    ] {
        assert!(SystemTime::try_from(Time::from(text)).is_err(), "{text}");
    }
    let age = Duration::from_secs(1_000_000_000_000);
    assert_eq!(
        Time::from(SystemTime::UNIX_EPOCH + age).kind(),
        TimeKind::Never
    );
    let before = Time::from(SystemTime::UNIX_EPOCH - age);
    assert_eq!(
        (before.kind(), before.as_str()),
        (TimeKind::Malformed, "-1000000000000000")
    );
}

proptest! {
    #[test]
    fn any_text_is_kept(text in ".*") {
        let time = Time::from(text.as_str());
        prop_assert_eq!(time.as_str(), &text);
        prop_assert_eq!(time.cmp(&time.clone()), Ordering::Equal);
    }

    #[test]
    fn nearly_a_time_never_panics(
        date in "[0-9]{0,4}[-/. ]?[0-9A-Za-z]{0,3}[-/. ]?[0-9]{0,4}[T ]?",
        time in "[0-9:]{0,8}[.,]?[0-9]{0,10} ?[A-Za-z+-]{0,5}[0-9:]{0,5}",
    ) {
        let time = Time::from(date + &time);
        let dated = !matches!(time.kind(), TimeKind::Malformed | TimeKind::Never);
        prop_assert_eq!(time.day().is_some(), dated);
        if let (Some(earliest), Some(latest)) = (time.earliest(), time.latest()) {
            prop_assert!(earliest <= latest);
        }
    }

    #[test]
    fn every_spelling_of_a_day_leads_back(date in dates()) {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let expected = Time::from(date);
        for text in [
            format!("{year:04}-{month:02}-{day:02}"),
            format!("{year:04}/{month:02}/{day:02}"),
            format!("{month:02}/{day:02}/{year:04}"),
            format!("{day:02}.{month:02}.{year:04}"),
            format!("{day:02}-{month:02}-{year:04}"),
            date.strftime("%Y%m%d").to_string(),
            date.strftime("%a %b %d %Y").to_string(),
        ] {
            prop_assert_eq!(&Time::from(text.as_str()), &expected, "{}", text);
        }
    }

    #[test]
    fn every_spelling_of_an_instant_leads_back(
        seconds in -2_000_000_000i64..250_000_000_000,
        nanosecond in 0i32..1_000_000_000,
    ) {
        let timestamp = Timestamp::new(seconds, nanosecond).expect("in range");
        let whole = Timestamp::from_second(seconds).expect("in range");
        prop_assert_eq!(Time::from(timestamp.to_string()).instant(), Some(timestamp));
        for format in [
            "%Y-%m-%dT%H:%M:%SZ",
            "%Y-%m-%d %H:%M:%S +0000",
            "%m/%d/%Y %H:%M:%S GMT",
            "%d.%m.%Y %H:%M:%S UTC",
            "%a %b %d %H:%M:%S UTC %Y",
            "%b %e %H:%M:%S %Y GMT",
            "%a, %d %b %Y %H:%M:%S GMT",
            "%Y%m%d%H%M%SZ",
        ] {
            let text = whole.strftime(format).to_string();
            prop_assert_eq!(Time::from(text.as_str()).instant(), Some(whole), "{}", text);
        }
    }

    #[test]
    fn order_is_total(
        texts in prop::collection::vec(
            "[0-9/ IST:-]{0,12}|2024-07-1[0-9]( 0[01]:00( [AZ])?)?",
            3,
        ),
    ) {
        let [a, b, c] = [0, 1, 2].map(|index| Time::from(texts[index].as_str()));
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
    }
}
