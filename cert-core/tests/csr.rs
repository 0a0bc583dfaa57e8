//! Requests: verified, and made so that OpenSSL accepts them.

#![cfg(feature = "csr")]

mod tool;

use cert_core::{
    Certificate, CertificateSigningRequest, CsrBuilder, Curve, Extension, GeneralName, KeyKind,
    Name, PrivateKey, SignatureError,
};
use tool::{Scratch, certificate_of, openssl, text_fixture, tlv};

#[test]
fn the_signature_of_every_kind_is_verified() {
    for name in ["rsa", "P-256", "P-384", "ed25519", "pss-new-label"] {
        let pem = text_fixture(&format!("csr/{name}.pem"));
        let request = CertificateSigningRequest::from_pem(&pem).expect(name);
        assert_eq!(request.verify_signature(), Ok(()), "{name}");

        let mut forged = request.as_der().to_vec();
        let subject = forged.windows(2).position(|two| two == [0x55, 0x04]);
        // The request without a subject is changed in its key instead.
        let place = subject.map_or(40, |place| place + 5);
        forged[place] ^= 1;
        let forged = CertificateSigningRequest::from_der(&forged).expect("still a request");
        let verified = forged.verify_signature();
        assert!(
            matches!(verified, Err(SignatureError::Invalid { .. })),
            "{name}"
        );
    }
}

#[test]
fn a_salt_of_another_length_is_unsupported_rather_than_wrong() {
    let pem = text_fixture("csr/pss-long-salt.pem");
    let request = CertificateSigningRequest::from_pem(&pem).expect("a request");
    let verified = request.verify_signature();
    assert!(
        matches!(verified, Err(SignatureError::Unsupported { .. })),
        "{verified:?}"
    );
}

#[test]
fn openssl_verifies_what_is_made() {
    let scratch = Scratch::new("openssl-verifies-requests");
    let kinds = [
        KeyKind::Rsa(2048),
        KeyKind::Ec(Curve::P256),
        KeyKind::Ec(Curve::P384),
        KeyKind::Ec(Curve::P521),
        KeyKind::Ed25519,
    ];
    for kind in kinds {
        let key = PrivateKey::generate(&kind).expect("a key");
        let request = CertificateSigningRequest::builder()
            .subject("C=CA, O=Müller\\, Inc., OU=a+OU=b, emailAddress=user-0001@example.com, CN=x")
            .dns("host-0001.example.com")
            .dns("*.example.com")
            .ip("192.0.2.1".parse().expect("an address"))
            .ip("2001:db8::1".parse().expect("an address"))
            .email("user-0001@example.com")
            .uri("https://example.com/")
            .alternative_name(GeneralName::UserPrincipalName("user-0001@corp".to_owned()))
            .alternative_name(GeneralName::Directory(Name::from("CN=x,C=CA")))
            // digitalSignature and keyEncipherment
            .extension(Extension::new(Extension::KEY_USAGE, true, [3, 2, 5, 0xa0]))
            .sign(&key)
            .expect("a request");
        assert_eq!(request.verify_signature(), Ok(()));
        assert_eq!(key.belongs_to_request(&request), Ok(true));

        let file = scratch.write("request.pem", request.to_pem().as_bytes());
        let arguments = [
            "req",
            "-in",
            &file,
            "-verify",
            "-noout",
            "-text",
            "-nameopt",
            "RFC2253,-esc_msb",
        ];
        let Some(output) = openssl(&arguments) else {
            return;
        };
        let text = output.expect("openssl verifies the request");
        // OpenSSL turns the order within a level round, too.
        let subject = "CN=x,emailAddress=user-0001@example.com,OU=b+OU=a,O=Müller\\, Inc.,C=CA";
        assert!(text.contains(subject), "{text}");
        for name in [
            "DNS:host-0001.example.com, DNS:*.example.com, IP Address:192.0.2.1",
            "IP Address:2001:DB8:0:0:0:0:0:1, email:user-0001@example.com",
            "URI:https://example.com/, othername: UPN::user-0001@corp",
            "Digital Signature, Key Encipherment",
        ] {
            assert!(text.contains(name), "{name} in {text}");
        }
    }
}

#[test]
fn a_request_without_subject_makes_its_names_critical() {
    let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256)).expect("a key");
    let request = CertificateSigningRequest::builder()
        .dns("example.org")
        .sign(&key);
    let request = request.expect("a request");
    assert!(request.subject().is_empty());
    assert!(request.extensions()[0].is_critical());
    let bare = CertificateSigningRequest::builder()
        .subject("CN=x")
        .sign(&key)
        .expect("a request");
    assert!(bare.extensions().is_empty());
}

#[test]
fn a_request_like_a_certificate_asks_for_every_part_of_it() {
    let names = [
        GeneralName::Dns("*.example.com".to_owned()),
        GeneralName::Email("user-0001@example.com".to_owned()),
        GeneralName::Ip("2001:db8::1".parse().expect("an address")),
        GeneralName::Uri("https://example.com/".to_owned()),
        GeneralName::Directory(Name::from("CN=x+OU=y,C=CA")),
        GeneralName::UserPrincipalName("user-0001@corp".to_owned()),
        GeneralName::RegisteredId("1.2.3".parse().expect("an identifier")),
        GeneralName::Other {
            kind: "1.3.6.1.5.5.7.8.9".parse().expect("an identifier"),
            value: vec![0x0c, 1, b'x'],
        },
        // An X.400 address, an EDI party name, and an address of two octets.
        unknown(3, &[0x30, 0]),
        unknown(5, &[0x81, 1, b'x']),
        unknown(7, &[10, 0]),
    ];
    let subject = Name::from("CN=a+UID=b,OU=c,OU=d,O=Müller\\, Inc.,1.2.3.4=#0c0178,C=CA");
    let encoded: Vec<_> = names
        .iter()
        .map(|name| name.to_der().expect("a name"))
        .collect();
    assert_eq!(
        [8, 9, 10].map(|index: usize| encoded[index][0]),
        [0xa3, 0xa5, 0x87]
    );
    let names_der = Extension::new(
        Extension::SUBJECT_ALTERNATIVE_NAME,
        false,
        tlv(0x30, &[&encoded.concat()]),
    );
    let old = certificate_of(
        &subject.to_der().expect("a name"),
        &[&names_der.to_der().expect("short")],
    );
    let old = Certificate::from_der(&old).expect("a certificate");
    assert_eq!(old.subject_alternative_names(), names);

    let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256)).expect("a key");
    let request = CsrBuilder::like(&old).sign(&key).expect("a request");
    assert_eq!(request.subject_alternative_names(), names);
    assert_eq!(request.subject().to_der(), old.subject().to_der());
    let san = |extensions: &[Extension]| {
        let id = Extension::SUBJECT_ALTERNATIVE_NAME;
        extensions.iter().find(|one| *one.id() == id).cloned()
    };
    assert_eq!(san(request.extensions()), san(old.extensions()));

    let more = CsrBuilder::like(&old).dns("more.example.com").sign(&key);
    let more = more.expect("a request");
    assert_eq!(more.subject_alternative_names().len(), names.len() + 1);
}

fn unknown(number: u8, content: &[u8]) -> GeneralName {
    GeneralName::Unknown {
        number,
        content: content.to_vec(),
    }
}

#[test]
fn bad_names_are_refused() {
    let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256)).expect("a key");
    for name in ["", "bücher.example", "two words"] {
        let error = CertificateSigningRequest::builder()
            .dns(name)
            .sign(&key)
            .expect_err(name);
        assert_eq!(error.field(), Some("subjectAltName"), "{name}");
    }
    for subject in ["external,", "madeUpKeyword=x"] {
        let request = CertificateSigningRequest::builder()
            .subject(subject)
            .sign(&key);
        assert_eq!(request.expect_err(subject).what(), "name", "{subject}");
    }
}
