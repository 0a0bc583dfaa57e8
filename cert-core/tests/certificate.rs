//! Certificates, as OpenSSL writes them and as the field breaks them.

use cert_core::{
    Certificate, CertificateSigningRequest, Curve, DecodeErrorKind, Encodable, Encoded,
    GeneralName, HashAlgorithm, KeyKind, Name, PemBlock, SerialNumber, SignatureAlgorithm,
};

const ROOT: &str = include_str!("fixtures/certificate/root.pem");
const INTERMEDIATE: &str = include_str!("fixtures/certificate/intermediate.pem");
const LEAF: &str = include_str!("fixtures/certificate/leaf.pem");

#[test]
fn every_field_of_a_leaf_is_read() {
    let leaf = Certificate::from_pem(LEAF).expect("the leaf");
    assert_eq!(leaf.version(), 3);
    assert_eq!(
        leaf.serial(),
        &SerialNumber::from("0E11BBD70000000000000000000001")
    );
    assert_eq!(
        leaf.issuer(),
        &Name::from("/C=CA/O=Example Trust/CN=Example Issuing")
    );
    let subject = "CN=host-0001.example.com,O=Example\\, Inc.,L=Burnaby,ST=BC,C=CA";
    assert_eq!(leaf.subject(), &Name::from(subject));
    assert_eq!(leaf.subject().to_string(), subject);
    assert_eq!(leaf.key_kind(), &KeyKind::Rsa(2048));
    assert_eq!(
        leaf.signature_algorithm(),
        &SignatureAlgorithm::Ecdsa(HashAlgorithm::Sha256)
    );
    assert!(!leaf.is_ca());
    assert!(leaf.not_before().instant() < leaf.not_after().instant());
    assert_eq!(leaf.extensions().len(), 6);
}

#[test]
fn every_kind_of_alternative_name_is_read() {
    let leaf = Certificate::from_pem(LEAF).expect("the leaf");
    let names: Vec<_> = leaf
        .subject_alternative_names()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        names,
        [
            "DNS:host-0001.example.com",
            "DNS:*.host-0001.example.com",
            "IP:192.0.2.1",
            "IP:2001:db8::1",
            "email:user-0001@example.com",
            "URI:https://host-0001.example.com/",
            "Registered ID:1.3.6.1.4.1.99999.1",
            "UPN:user-0001@corp.example.com",
            "DirName:CN=host-0001,C=CA",
        ]
    );
    let hosts: Vec<_> = leaf.dns_names().collect();
    assert_eq!(hosts, ["host-0001.example.com", "*.host-0001.example.com"]);
}

#[test]
fn issuers_are_authorities() {
    let root = Certificate::from_pem(ROOT).expect("the root");
    let intermediate = Certificate::from_pem(INTERMEDIATE).expect("the intermediate");
    assert!(root.is_ca() && root.is_self_issued());
    assert!(intermediate.is_ca() && !intermediate.is_self_issued());
    assert_eq!(intermediate.key_kind(), &KeyKind::Ec(Curve::P384));
}

#[test]
fn every_encoding_gives_the_same_certificate() {
    let leaf = Certificate::from_pem(LEAF).expect("the leaf");
    let base64: String = LEAF.lines().filter(|line| !line.starts_with('-')).collect();
    let one_line = LEAF.replace('\n', " ");
    let windows = format!("\u{feff}subject=x\r\n{}", LEAF.replace('\n', "\r\n"));
    let renamed = LEAF.replace("CERTIFICATE", "X509 CERTIFICATE");
    for text in [LEAF, &base64, &one_line, &windows, &renamed] {
        assert_eq!(
            Certificate::parse(text.as_bytes()).as_ref(),
            Ok(&leaf),
            "{text}"
        );
    }
    assert_eq!(Certificate::parse(leaf.as_der()).as_ref(), Ok(&leaf));
    assert_eq!(leaf.to_pem(), LEAF);
    assert_eq!(
        leaf.sha256_fingerprint().bytes().map(|octets| octets.len()),
        Some(32)
    );
    assert_eq!(
        leaf.sha1_fingerprint().bytes().map(|octets| octets.len()),
        Some(20)
    );
}

#[test]
fn a_bundle_is_read_in_order_and_its_strangers_left_out() {
    let key = PemBlock::new("PRIVATE KEY", [0x30, 0]).to_string();
    let bundle = format!("Bag Attributes\n{LEAF}{key}issuer=x\n{INTERMEDIATE}\n\n{ROOT}");
    let all = Certificate::all_from_pem(&bundle).expect("the bundle");
    let names: Vec<_> = all
        .iter()
        .filter_map(|one| one.subject().common_name())
        .collect();
    assert_eq!(
        names,
        ["host-0001.example.com", "Example Issuing", "Example Root"]
    );
    let error = Certificate::from_pem(&bundle).expect_err("three are not one");
    assert_eq!(error.kind(), &DecodeErrorKind::Several(3));
}

#[test]
fn errors_say_what_and_where() {
    let said = |bytes: &[u8]| {
        Certificate::parse(bytes)
            .expect_err("this is no certificate")
            .to_string()
    };
    assert_eq!(
        said(b" \n"),
        "certificate: empty; nothing was given to decode"
    );
    assert!(said(b"####").starts_with("certificate: neither PEM, DER nor base64"));
    assert!(said(b"0").starts_with("certificate: neither PEM, DER nor base64"));
    assert!(said(b"\xff\xfe").starts_with("certificate: neither PEM, DER nor base64"));
    let request = include_str!("fixtures/csr/rsa.pem");
    assert_eq!(
        said(request.as_bytes()),
        "certificate: expected a PEM block labelled CERTIFICATE, found CERTIFICATE REQUEST"
    );
    let broken = format!("{ROOT}{}", INTERMEDIATE.replacen("MII", "!!!", 1));
    assert!(said(broken.as_bytes()).starts_with("certificate: PEM block 2: the text between"));
    let open = &LEAF[..LEAF.len() - 40];
    assert!(said(open.as_bytes()).contains("PEM block 1: the `BEGIN CERTIFICATE` line has no"));

    let der = Certificate::from_pem(LEAF)
        .expect("the leaf")
        .as_der()
        .to_vec();
    assert!(said(&der[..100]).contains("the value is cut short"));
    let longer = [&der[..], &[0, 0]].concat();
    assert!(said(&longer).ends_with("2 bytes follow after the end of the value"));
    let body = CertificateSigningRequest::from_pem(request).expect("a request");
    assert_eq!(
        said(body.as_der()),
        "certificate: validity at byte 376: expected SEQUENCE, found [0]"
    );
}

#[test]
fn an_encoded_blob_keeps_its_text() {
    for text in ["####", "", LEAF, " MIIB ", "not available"] {
        let json = serde_json::to_string(text).expect("a string");
        let blob: Encoded<Certificate> = serde_json::from_str(&json).expect("any string");
        assert_eq!(blob.as_str(), text);
        assert_eq!(serde_json::to_string(&blob).expect("a string"), json);
        assert_eq!(blob.decode().is_ok(), text == LEAF);
    }
    let leaf = Certificate::from_pem(LEAF).expect("the leaf");
    let blob = Encoded::from(&leaf);
    assert_eq!(blob, Encoded::from(LEAF));
    assert_eq!(blob.decode().as_ref(), Ok(&leaf));
    assert_eq!(
        format!("{blob:?}"),
        format!("Encoded(certificate, {} characters)", LEAF.len())
    );
    assert_eq!(leaf.to_text(), LEAF);
}

#[test]
fn requests_of_every_kind_of_key_are_read() {
    let read = |pem| CertificateSigningRequest::from_pem(pem).expect("a request");
    let rsa = read(include_str!("fixtures/csr/rsa.pem"));
    assert_eq!(rsa.key_kind(), &KeyKind::Rsa(2048));
    assert_eq!(
        rsa.subject_alternative_names(),
        [
            GeneralName::Dns("host-0001.example.com".to_owned()),
            GeneralName::Ip("192.0.2.1".parse().expect("an address")),
            GeneralName::Email("user-0001@example.com".to_owned()),
        ]
    );
    let p256 = read(include_str!("fixtures/csr/P-256.pem"));
    assert_eq!(p256.key_kind(), &KeyKind::Ec(Curve::P256));
    let p384 = read(include_str!("fixtures/csr/P-384.pem"));
    assert_eq!(p384.key_kind(), &KeyKind::Ec(Curve::P384));
    let ed25519 = read(include_str!("fixtures/csr/ed25519.pem"));
    assert_eq!(ed25519.key_kind(), &KeyKind::Ed25519);
    assert!(ed25519.subject().is_empty());
    assert_eq!(
        ed25519.dns_names().collect::<Vec<_>>(),
        ["host-0002.example.com"]
    );
    let pss = read(include_str!("fixtures/csr/pss-new-label.pem"));
    assert_eq!(
        pss.signature_algorithm(),
        &SignatureAlgorithm::RsaPss(HashAlgorithm::Sha384)
    );
}
