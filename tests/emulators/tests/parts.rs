//! The parts of the frame that vendors build on: forms, bundles, certificates and revocation lists.

use cert_emulators::frame::{
    Authority, Flaw, Part, Profile, Request, Revoked,
    multipart::{self, parse},
    pkcs7,
    pkcs12::{Encryption, KeyWithChain, Pkcs12Error},
    x509::{self, Certificate, KeyKind, RequestError, SigningRequest},
};
use http::{HeaderMap, HeaderValue, Method, header::CONTENT_TYPE};
use jiff::{SignedDuration, Timestamp};
use rcgen::{
    DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P384_SHA384,
    PKCS_ED25519, PublicKeyData,
};

fn form(content_type: &'static str, body: &'static [u8]) -> Request {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    Request::new(Method::POST, "/", None, headers, body)
}

fn parts(body: &'static [u8]) -> Result<Vec<multipart::Part>, Flaw> {
    let parsed = parse(&form("multipart/form-data; boundary=\"b 1\"", body));
    parsed.map_err(|invalid| {
        assert_eq!(invalid.part, Part::Body);
        invalid.flaw
    })
}

#[test]
fn forms_are_read_part_by_part() {
    let body = b"preamble\r\n--b 1\r\n\
        content-disposition: form-data; name=\"a\"\r\n\r\nx--b 1 inside\r\n\
        --b 1\r\n\
        Content-Type: application/x-pkcs12\r\n\
        Content-Disposition: form-data; filename=\"a \\\"b\\\".p12\"; name=file\r\n\r\n\
        \x00\r\n\xff\r\n--b 1--\r\nepilogue";
    let parts = parts(body).expect("two parts");
    assert_eq!(parts.len(), 2);
    assert_eq!(
        (parts[0].name.as_str(), parts[0].content.as_ref()),
        ("a", &b"x--b 1 inside"[..])
    );
    assert_eq!(parts[0].file_name, None);
    assert_eq!(
        (parts[1].name.as_str(), parts[1].content.as_ref()),
        ("file", &b"\x00\r\n\xff"[..])
    );
    assert_eq!(parts[1].file_name.as_deref(), Some("a \"b\".p12"));
    assert_eq!(
        parts[1].content_type.as_deref(),
        Some("application/x-pkcs12")
    );
}

#[test]
fn broken_forms_are_refused() {
    let broken: [&[u8]; 6] = [
        b"",
        b"--other\r\n",
        b"--b 1\r\ncontent-disposition: form-data; name=a\r\n\r\nx\r\n",
        b"--b 1\r\ncontent-disposition: form-data\r\n\r\nx\r\n--b 1--",
        b"--b 1\r\nname: a\r\n\r\nx\r\n--b 1--",
        b"--b 1\r\n--b 1--",
    ];
    for body in broken {
        assert!(
            matches!(parts(body), Err(Flaw::Malformed(_))),
            "{}",
            body.escape_ascii()
        );
    }
    assert_eq!(parts(b"--b 1--"), Ok(Vec::new()));
    for content_type in [
        "multipart/form-data",
        "application/json",
        "multipart/mixed; boundary=b",
    ] {
        assert!(
            parse(&form(content_type, b"--b--")).is_err(),
            "{content_type}"
        );
    }
}

fn authority() -> Authority {
    Authority::new("test", Timestamp::now()).expect("an authority")
}

fn profile() -> Profile {
    let now = Timestamp::from_second(Timestamp::now().as_second()).expect("whole seconds");
    Profile {
        subject: vec![
            (DnType::CountryName, "XX".to_owned()),
            (DnType::CommonName, "a, \u{e4}".to_owned()),
        ],
        names: [
            "host.example.com",
            "192.0.2.1",
            "2001:db8::1",
            "user@example.com",
        ]
        .map(str::to_owned)
        .to_vec(),
        serial: vec![0x80, 0x01],
        not_before: now,
        not_after: now + SignedDuration::from_hours(24),
        key_usages: vec![KeyUsagePurpose::DigitalSignature],
        extended_key_usages: vec![ExtendedKeyUsagePurpose::ServerAuth],
    }
}

#[test]
fn what_is_issued_is_what_was_asked_for() {
    let profile = profile();
    for (algorithm, kind) in [
        (&rcgen::PKCS_ECDSA_P256_SHA256, KeyKind::Ec("P-256")),
        (&PKCS_ECDSA_P384_SHA384, KeyKind::Ec("P-384")),
        (&PKCS_ED25519, KeyKind::Ed25519),
    ] {
        let key = KeyPair::generate_for(algorithm).expect("a key");
        let public_key = key.subject_public_key_info();
        let der = authority()
            .issue(&public_key, &profile)
            .expect("a certificate");
        let certificate = Certificate::parse(&der).expect("X.509");
        assert_eq!(certificate.public_key.kind, kind);
        assert_eq!(certificate.public_key.der, public_key);
        assert_eq!(certificate.subject, "CN=a\\, \u{e4},C=XX");
        assert_eq!(certificate.names, profile.names);
        assert_eq!(certificate.not_before, profile.not_before);
        assert_eq!(certificate.not_after, profile.not_after);
        assert_eq!(x509::hex(&certificate.serial, ":"), "00:80:01");
        assert!(!certificate.is_ca);
    }
}

#[test]
fn signing_requests_are_verified() {
    let key = KeyPair::generate().expect("a key");
    let der = Authority::request(&key, &profile()).expect("a request");
    let pem = x509::to_pem("CERTIFICATE REQUEST", &der);
    let request = SigningRequest::parse(&pem).expect("PKCS#10");
    assert_eq!(request.common_name.as_deref(), Some("a, \u{e4}"));
    assert_eq!(request.names, profile().names);
    assert_eq!(request.public_key.der, key.subject_public_key_info());
    let bare: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    assert_eq!(SigningRequest::parse(&bare), Ok(request));
    let mut damaged = der.clone();
    *damaged.last_mut().expect("not empty") ^= 1;
    let damaged = x509::to_pem("CERTIFICATE REQUEST", &damaged);
    assert_eq!(
        SigningRequest::parse(&damaged),
        Err(RequestError::Signature)
    );
    assert!(SigningRequest::parse_unverified(&damaged).is_ok());
    assert_eq!(SigningRequest::parse("*"), Err(RequestError::NotBase64));
    assert_eq!(SigningRequest::parse(""), Err(RequestError::NotBase64));
    assert_eq!(
        SigningRequest::parse("MAA="),
        Err(RequestError::Undecodable)
    );
    let certificate = authority().root().to_vec();
    let certificate = x509::to_pem("CERTIFICATE", &certificate);
    assert_eq!(
        SigningRequest::parse(&certificate),
        Err(RequestError::Undecodable)
    );
}

#[test]
fn bundles_have_lengths_of_every_size() {
    for size in [0, 1, 127, 128, 255, 256, 70_000] {
        let bundle = pkcs7::bundle([vec![0; size]]);
        let header = match bundle[1] {
            short @ 0..0x80 => (2, usize::from(short)),
            long => {
                let octets = usize::from(long & 0x7f);
                let length = bundle[2..2 + octets].iter();
                (
                    2 + octets,
                    length.fold(0, |sum, octet| sum << 8 | usize::from(*octet)),
                )
            }
        };
        assert_eq!(header.0 + header.1, bundle.len(), "{size}");
    }
}

#[test]
fn revocation_lists_name_what_was_revoked() {
    let now = Timestamp::now();
    let revoked = [
        (vec![0x12, 0x34], Some(4)),
        (vec![0x56], Some(7)),
        (vec![0x78], None),
    ];
    let revoked = revoked.map(|(serial, reason)| Revoked {
        serial,
        revoked_at: now,
        reason,
    });
    let list = authority()
        .revocation_list(3, revoked, now)
        .expect("a list");
    let path = std::env::temp_dir().join(format!("list-{}.crl", std::process::id()));
    std::fs::write(&path, list).expect("a file");
    let mut openssl = std::process::Command::new("openssl");
    let printed = openssl
        .args(["crl", "-inform", "DER", "-noout", "-text", "-in"])
        .arg(&path)
        .output();
    std::fs::remove_file(&path).expect("just written");
    let Ok(printed) = printed else {
        eprintln!("skipped: openssl is not installed");
        return;
    };
    let printed = String::from_utf8_lossy(&printed.stdout);
    for expected in [
        "Serial Number: 1234",
        "Superseded",
        "Serial Number: 56",
        "Serial Number: 78",
    ] {
        assert!(printed.contains(expected), "{expected} in {printed}");
    }
    assert_eq!(printed.matches("CRL Reason Code").count(), 1, "{printed}");
}

#[test]
fn key_stores_come_back_whole() {
    let authority = authority();
    let key = KeyPair::generate().expect("a key");
    let leaf = authority
        .issue(&key.subject_public_key_info(), &profile())
        .expect("a leaf");
    let chain = [leaf.as_slice(), authority.intermediate(), authority.root()];
    let store = KeyWithChain::new("name", key.serialized_der(), &chain);
    for how in [Encryption::Aes256, Encryption::TripleDes] {
        let file = store.write("pass phrase", how).expect("PKCS#12");
        let read = KeyWithChain::read(&file, "pass phrase").expect("PKCS#12");
        assert_eq!(read, store);
        assert_eq!(
            KeyWithChain::read(&file, "other"),
            Err(Pkcs12Error::PassPhrase)
        );
    }
    let broken = KeyWithChain::read(b"x", "").expect_err("no PKCS#12");
    assert!(matches!(broken, Pkcs12Error::Unreadable(_)), "{broken}");
    assert!(!format!("{store:?}").contains("private_key"));
}
