//! Certificates that break the rules and exist all the same.

mod tool;

use cert_core::{
    AttributeType, Certificate, GeneralName, HashAlgorithm, KeyKind, Name, SerialNumber,
    SignatureAlgorithm, Time, TimeKind,
};
use tool::{fixture, openssl};

fn odd(name: &str) -> Certificate {
    let certificate = Certificate::parse(&fixture(&format!("certificate/odd-{name}.der")));
    certificate.expect(name)
}

#[test]
fn version_1_is_read() {
    for name in ["v1", "explicit-v1"] {
        let certificate = odd(name);
        assert_eq!(certificate.version(), 1, "{name}");
        assert!(
            certificate.extensions().is_empty() && !certificate.is_ca(),
            "{name}"
        );
    }
}

#[test]
fn odd_serial_numbers_are_read() {
    assert_eq!(
        odd("serial-21-octets").serial(),
        &SerialNumber::from("F0".repeat(20))
    );
    assert_eq!(odd("serial-zero").serial(), &SerialNumber::from("0"));
    assert_eq!(odd("serial-negative").serial(), &SerialNumber::from("-80"));
    assert_eq!(odd("serial-padded").serial(), &SerialNumber::from("01"));
}

#[test]
fn strings_are_read_whatever_their_label() {
    let tricky = [
        "t61",
        "utf8-as-printable",
        "latin1-as-utf8",
        "bmp",
        "universal",
    ];
    for name in tricky {
        let certificate = odd(name);
        assert_eq!(
            certificate.subject().common_name(),
            Some("Müller"),
            "{name}"
        );
        assert_eq!(certificate.subject(), &Name::from("CN=MÜLLER"), "{name}");
        assert!(certificate.subject().to_der().expect("a name").len() > 10);
    }
    assert!(odd("empty-subject").subject().is_empty());
    assert_eq!(odd("empty-subject").subject().to_string(), "");
    let number = odd("integer-as-name");
    assert_eq!(number.subject().to_string(), "CN=#020105");
    assert_eq!(number.subject(), &Name::from("CN=#020105"));
    let unsorted = odd("unsorted-set");
    assert_eq!(unsorted.subject().to_string(), "OU=unit+CN=name");
    let unit = unsorted
        .subject()
        .value_of(&AttributeType::ORGANIZATIONAL_UNIT);
    assert_eq!(unit, Some("unit"));
}

#[test]
fn odd_times_are_read_or_kept() {
    let endless = odd("no-expiry");
    assert_eq!(endless.not_before(), &Time::from("2025-01-01T00:00:00Z"));
    assert_eq!(endless.not_after().kind(), TimeKind::Never);
    let old = odd("old-times");
    assert_eq!(old.not_before(), &Time::from("1950-01-01T00:00:00Z"));
    assert_eq!(old.not_after(), &Time::from("2049-12-31T22:29:59.5Z"));
    let none = odd("no-times");
    assert_eq!(none.not_before().kind(), TimeKind::Malformed);
    assert_eq!(none.not_after().as_str(), "later");
}

#[test]
fn odd_alternative_names_are_kept() {
    let certificate = odd("odd-names");
    let names = certificate.subject_alternative_names();
    assert_eq!(
        names,
        [
            GeneralName::Unknown {
                number: 7,
                content: vec![10, 0]
            },
            GeneralName::Dns("bücher.example".to_owned()),
            GeneralName::Unknown {
                number: 3,
                content: vec![5, 0]
            },
            GeneralName::Ip("192.0.2.1".parse().expect("an address")),
        ]
    );
}

#[test]
fn odd_flags_and_algorithms_are_read() {
    let flags = odd("critical-one");
    assert!(flags.is_ca() && flags.extensions()[0].is_critical());
    assert!(matches!(odd("unknown-key").key_kind(), KeyKind::Other(oid)
        if oid.to_string() == "1.3.6.1.4.1.99999.1"));
    let pss = odd("pss");
    assert_eq!(
        pss.signature_algorithm(),
        &SignatureAlgorithm::RsaPss(HashAlgorithm::Sha256)
    );
    let default = odd("pss-default");
    assert_eq!(
        default.signature_algorithm(),
        &SignatureAlgorithm::RsaPss(HashAlgorithm::Sha1)
    );
}

#[test]
fn hosts_are_matched_as_rfc_9525_says() {
    let leaf = Certificate::parse(&fixture("certificate/leaf.pem")).expect("the leaf");
    for host in [
        "host-0001.example.com",
        "HOST-0001.Example.com.",
        "one.host-0001.example.com",
        "192.0.2.1",
        "2001:db8:0:0::1",
        "[2001:db8::1]",
    ] {
        assert!(leaf.covers_host(host), "{host}");
    }
    for host in [
        "",
        "example.com",
        "a.b.host-0001.example.com",
        "192.0.2.2",
        ".host-0001.example.com",
    ] {
        assert!(!leaf.covers_host(host), "{host}");
    }
}

#[test]
fn names_and_serials_are_those_that_openssl_prints() {
    for name in [
        "leaf.pem",
        "intermediate.pem",
        "root.pem",
        "odd-unsorted-set.der",
        "odd-bmp.der",
    ] {
        let path = format!(
            "{}/tests/fixtures/certificate/{name}",
            env!("CARGO_MANIFEST_DIR")
        );
        let certificate = Certificate::parse(&fixture(&format!("certificate/{name}")));
        let certificate = certificate.expect(name);
        // Of a BMPString the oldest form prints octets rather than characters.
        let spellings = if name.contains("bmp") { 2 } else { 3 };
        for spelling in &["RFC2253", "oneline", "compat"][..spellings] {
            let arguments = [
                "x509",
                "-in",
                &path,
                "-noout",
                "-subject",
                "-serial",
                "-fingerprint",
                "-sha256",
                "-nameopt",
                spelling,
            ];
            let Some(output) = openssl(&arguments) else {
                return;
            };
            let text = output.expect("openssl reads the certificate");
            let line = |start: &str| {
                text.lines()
                    .find_map(|line| line.strip_prefix(start))
                    .map(str::to_owned)
            };
            let subject = line("subject=").expect("a subject");
            assert_eq!(
                certificate.subject(),
                &Name::from(subject),
                "{name} {spelling}"
            );
            let serial = line("serial=").expect("a serial number");
            assert_eq!(certificate.serial(), &SerialNumber::from(serial), "{name}");
            let fingerprint = line("sha256 Fingerprint=").expect("a fingerprint");
            assert_eq!(
                certificate.sha256_fingerprint(),
                fingerprint.as_str().into(),
                "{name}"
            );
        }
    }
}
