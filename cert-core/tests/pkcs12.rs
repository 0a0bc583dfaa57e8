//! Key stores of every writer, and our own read back by theirs.

#![cfg(feature = "pkcs12")]

mod tool;

use cert_core::{
    Certificate, CertificateChain, DecodeErrorKind, KeyKind, Pkcs12, Pkcs12Contents, PrivateKey,
    Secret,
};
use tool::{Scratch, certificate_with_key, fixture, issued_certificate, openssl, tlv};

fn store(name: &str) -> Pkcs12 {
    Pkcs12::parse(&fixture(&format!("pkcs12/{name}"))).expect(name)
}

fn open(name: &str, passphrase: &str) -> Pkcs12Contents {
    store(name).open(passphrase).expect(name)
}

fn certificate(name: &str) -> Certificate {
    Certificate::parse(&fixture(&format!("certificate/{name}"))).expect(name)
}

#[track_caller]
fn holds_the_leaf(contents: &Pkcs12Contents, name: &str) {
    let key = contents.key().expect(name);
    assert_eq!(key.private_key().kind(), &KeyKind::Rsa(2048), "{name}");
    let chain = key.chain().expect(name);
    assert_eq!(chain.leaf(), &certificate("leaf.pem"), "{name}");
    assert_eq!(chain.root(), Some(&certificate("root.pem")), "{name}");
    assert_eq!(chain.certificates().len(), 3, "{name}");
    assert!(
        key.private_key().belongs_to(chain.leaf()).expect(name),
        "{name}"
    );
}

#[track_caller]
fn all_hold_the_leaf(names: &[&str]) {
    for name in names {
        let contents = open(name, "secret");
        holds_the_leaf(&contents, name);
        assert!(contents.has_mac(), "{name}");
        assert_eq!(contents.keys()[0].friendly_name(), Some("web"), "{name}");
    }
}

#[test]
fn every_scheme_of_openssl_is_read() {
    all_hold_the_leaf(&[
        "openssl-3.p12",
        "openssl-1.1-rc2-40.p12",
        "rc4.p12",
        "2des-rc2-128.p12",
        "3des.p12",
        "aes-128-192-sha384.p12",
        "pbes2-3des-rc2-sha512.p12",
        "sha224.p12",
        "certificates-in-the-clear.p12",
        "all-in-the-clear.p12",
        "many-iterations.p12",
    ]);
}

// NSS goes round 600,000 times for each part: the slowest of these tests.
#[test]
fn nss_with_pbes2_is_read() {
    all_hold_the_leaf(&["nss.p12"]);
}

#[test]
fn nss_with_the_older_schemes_is_read() {
    all_hold_the_leaf(&["nss-3des.p12"]);
}

#[test]
fn other_writers_are_read() {
    all_hold_the_leaf(&["bouncycastle-ber.p12", "pbmac1.p12", "python.p12"]);
}

#[test]
fn a_store_without_mac_is_read_and_says_so() {
    let contents = open("no-mac.p12", "secret");
    holds_the_leaf(&contents, "no-mac.p12");
    assert!(!contents.has_mac());
}

#[test]
fn the_public_key_decides_where_ids_are_missing_or_say_nothing() {
    for name in ["no-ids.p12", "one-id-for-all.p12"] {
        holds_the_leaf(&open(name, ""), name);
    }
}

#[test]
fn pass_phrases_beyond_ascii_are_read() {
    holds_the_leaf(&open("empty-passphrase.p12", ""), "empty");
    holds_the_leaf(&open("utf8-passphrase.p12", "Grüße-秘密"), "utf8");
    holds_the_leaf(&open("non-bmp-passphrase.p12", "key-🔑"), "non-BMP");
}

#[test]
fn several_keys_find_their_own_certificates() {
    let contents = open("java-several-keys.p12", "secret");
    let subjects: Vec<_> = contents
        .keys()
        .iter()
        .map(|key| {
            let leaf = key.chain().expect("its certificate").leaf();
            (key.friendly_name(), leaf.subject().common_name())
        })
        .collect();
    let expected = ["first", "second", "third"].map(|name| (Some(name), Some(name)));
    assert_eq!(subjects, expected);
    assert_eq!(contents.unread_entries().len(), 1, "Java's secret key");
    let error = contents.key().expect_err("three are not one");
    assert_eq!(error.kind(), &DecodeErrorKind::Several(3));
}

#[test]
fn stores_of_certificates_alone_or_keys_alone_are_read() {
    for name in ["java-truststore.p12", "java-legacy-truststore.p12"] {
        let contents = open(name, "secret");
        assert_eq!(contents.keys().len(), 0, "{name}");
        let [only] = contents.certificates() else {
            panic!("{name}: one certificate")
        };
        assert_eq!(only.certificate(), &certificate("root.pem"), "{name}");
        assert_eq!(only.friendly_name(), Some("root"), "{name}");
    }
    let contents = open("certificates-only.p12", "secret");
    assert_eq!(
        (contents.keys().len(), contents.certificates().len()),
        (0, 2)
    );
    let contents = open("key-only.p12", "secret");
    assert!(contents.key().expect("the key").chain().is_none());
}

#[test]
fn wrong_pass_phrase_truncation_and_unknown_scheme_are_told_apart() {
    for name in [
        "openssl-3.p12",
        "rc4.p12",
        "no-mac.p12",
        "nss.p12",
        "pbmac1.p12",
    ] {
        for wrong in ["Secret", ""] {
            let error = store(name).open(wrong).expect_err(name);
            assert_eq!(error.kind(), &DecodeErrorKind::WrongPassphrase, "{name}");
            assert_eq!(error.what(), "PKCS#12");
        }
    }

    let whole = fixture("pkcs12/openssl-3.p12");
    for length in [5, 100, whole.len() - 1] {
        let error = Pkcs12::from_der(&whole[..length]).expect_err("cut short");
        assert!(
            matches!(error.kind(), DecodeErrorKind::Truncated { .. }),
            "{error}"
        );
    }
    let nss = fixture("pkcs12/nss.p12");
    let error = Pkcs12::from_der(&nss[..nss.len() - 1]).expect_err("cut short");
    assert!(
        matches!(error.kind(), DecodeErrorKind::Truncated { .. }),
        "{error}"
    );

    let longer = [whole.as_slice(), b"\r\n"].concat();
    let error = Pkcs12::from_der(&longer).expect_err("something follows");
    assert_eq!(error.kind(), &DecodeErrorKind::TrailingData(2));

    // AES-256-CBC becomes an identifier that nobody knows.
    let aes: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a];
    let mut unknown = fixture("pkcs12/no-mac.p12");
    let place = unknown
        .windows(aes.len())
        .position(|window| window == aes)
        .expect("AES");
    unknown[place + 8] = 0x7f;
    let opened = Pkcs12::from_der(&unknown).and_then(|store| store.open("secret"));
    let kind = opened.expect_err("an unknown scheme").kind().clone();
    let text = "encryption scheme 2.16.840.1.101.3.4.1.127".to_owned();
    assert_eq!(kind, DecodeErrorKind::Unsupported(text));
}

#[test]
fn an_altered_store_is_refused() {
    let mut altered = fixture("pkcs12/all-in-the-clear.p12");
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let opened = Pkcs12::from_der(&altered).and_then(|store| store.open("secret"));
    assert_eq!(
        opened.expect_err("altered").kind(),
        &DecodeErrorKind::WrongPassphrase
    );
}

#[test]
fn iterations_are_bounded() {
    let passphrase = Secret::new("secret");
    let error = store("million-iterations.p12").open_within(&passphrase, 1_000_000);
    let kind = error
        .expect_err("three derivations of a million")
        .kind()
        .clone();
    let DecodeErrorKind::TooManyIterations { asked, limit } = kind else {
        panic!("{kind:?}")
    };
    assert!(asked > limit && limit == 1_000_000, "{asked}");
}

#[test]
fn key_derivation_is_counted_by_what_it_costs_and_once_for_all_spellings() {
    // A MAC, the certificates, the key: one block each for AES-256 under SHA-256. Under SHA-1 a
    // key for 3DES takes two blocks, its initialization vector one.
    for (builder, blocks) in [
        (leaf_builder(), 1 + 1 + 1),
        (leaf_builder().legacy(), 1 + 3 + 3),
    ] {
        for passphrase in ["secret", "", "Müller"] {
            let store = written(builder.clone(), passphrase);
            let price = blocks * 1_000;
            holds_the_leaf(
                &store.open_within(passphrase, price).expect("enough"),
                "price",
            );
            let error = store
                .open_within(passphrase, price - 1)
                .expect_err("too little");
            let (asked, limit) = (price, price - 1);
            let kind = DecodeErrorKind::TooManyIterations { asked, limit };
            assert_eq!(error.kind(), &kind);
            for wrong in ["wrong", "fälsch", "x"] {
                let error = store
                    .open_within(wrong, 1_000)
                    .expect_err("the MAC says no");
                assert_eq!(error.kind(), &DecodeErrorKind::WrongPassphrase);
            }
        }
    }
}

#[test]
fn long_keys_are_priced() {
    // RC2 with a key of 128 octets takes seven blocks of SHA-1.
    let key = rc2_encrypted_key(2_000_000, 128);
    let error = PrivateKey::parse_encrypted(&key, "secret").expect_err("too much");
    let (asked, limit) = (14_000_000, Pkcs12::ITERATION_LIMIT);
    assert_eq!(
        error.kind(),
        &DecodeErrorKind::TooManyIterations { asked, limit }
    );

    let key = rc2_encrypted_key(2, 128);
    let error = PrivateKey::parse_encrypted(&key, "secret").expect_err("no key in it");
    assert_eq!(error.kind(), &DecodeErrorKind::WrongPassphrase);
}

/// PBES2 with PBKDF2 (SHA-1) and RC2; nothing in it.
fn rc2_encrypted_key(iterations: u32, length: u8) -> Vec<u8> {
    let parameters = tlv(
        0x30,
        &[
            &tlv(4, &[b"saltsalt"]),
            &tlv(2, &[&iterations.to_be_bytes()]),
            &tlv(2, &[&[0, length]]),
        ],
    );
    let pbkdf2 = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 5, 12];
    let pbes2 = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 5, 13];
    let rc2 = [6, 8, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 3, 2];
    let iv = tlv(0x30, &[&tlv(2, &[&[58]]), &tlv(4, &[&[0; 8]])]);
    let scheme = tlv(
        0x30,
        &[
            &tlv(0x30, &[&pbkdf2, &parameters]),
            &tlv(0x30, &[&rc2, &iv]),
        ],
    );
    tlv(
        0x30,
        &[&tlv(0x30, &[&pbes2, &scheme]), &tlv(4, &[&[0; 16]])],
    )
}

#[test]
fn base64_and_pem_are_read_too() {
    let der = store("openssl-3.p12");
    let base64 = der.to_base64();
    assert_eq!(Pkcs12::parse(base64.as_bytes()), Ok(der.clone()));
    let pem = cert_core::PemBlock::new("PKCS12", der.as_der()).to_string();
    assert_eq!(Pkcs12::parse(pem.as_bytes()), Ok(der));
}

fn written(builder: cert_core::Pkcs12Builder, passphrase: &str) -> Pkcs12 {
    builder
        .iterations(1_000)
        .build(passphrase)
        .expect("a store")
}

fn leaf_builder() -> cert_core::Pkcs12Builder {
    let key = PrivateKey::parse(&fixture("key/rsa-pkcs8.pem")).expect("the key");
    let issuers = [certificate("root.pem"), certificate("intermediate.pem")];
    let chain = CertificateChain::for_leaf(certificate("leaf.pem"), issuers);
    Pkcs12::builder().key(&key, &chain).friendly_name("web")
}

#[test]
fn what_is_written_is_read_back() {
    for passphrase in ["secret", "", "Grüße-秘密", "key-🔑"] {
        for builder in [leaf_builder(), leaf_builder().legacy()] {
            let store = written(builder, passphrase);
            let contents = store.open(passphrase).expect("our own store");
            holds_the_leaf(&contents, passphrase);
            assert_eq!(contents.keys()[0].friendly_name(), Some("web"));
            assert_eq!(contents.certificates().len(), 3);
        }
    }
    let trust = written(
        Pkcs12::builder().certificate(&certificate("root.pem")),
        "secret",
    );
    let contents = trust.open("secret").expect("certificates alone");
    assert_eq!(
        (contents.keys().len(), contents.certificates().len()),
        (0, 1)
    );
}

#[test]
fn a_key_that_does_not_fit_is_not_written() {
    let key = PrivateKey::parse(&fixture("key/p256-pkcs8.pem")).expect("the key");
    let chain = CertificateChain::for_leaf(certificate("leaf.pem"), []);
    let error = Pkcs12::builder().key(&key, &chain).build("secret");
    let text = error.expect_err("another key").to_string();
    assert!(
        text.starts_with("PKCS#12: the key does not belong to the first"),
        "{text}"
    );
}

#[test]
fn openssl_reads_what_is_written() {
    let scratch = Scratch::new("openssl-reads-pkcs12");
    for (passphrase, builder, legacy) in [
        ("secret", leaf_builder(), false),
        ("", leaf_builder(), false),
        ("Grüße-🔑", leaf_builder(), false),
        ("secret", leaf_builder().legacy(), true),
    ] {
        let file = scratch.write("store.p12", written(builder, passphrase).as_der());
        let pass = format!("pass:{passphrase}");
        let mut arguments = vec!["pkcs12", "-in", &file, "-passin", &pass, "-nodes"];
        arguments.extend(legacy.then_some("-legacy"));
        let Some(output) = openssl(&arguments) else {
            return;
        };
        let text = output.expect("openssl reads the store");
        assert_eq!(
            text.matches("-----BEGIN CERTIFICATE-----").count(),
            3,
            "{passphrase}"
        );
        assert!(text.contains("-----BEGIN PRIVATE KEY-----"), "{passphrase}");
        assert!(text.contains("friendlyName: web"), "{passphrase}");
    }
}

const PYTHON: &str = "
import sys
from cryptography.hazmat.primitives.serialization import pkcs12
store = pkcs12.load_pkcs12(open(sys.argv[1], 'rb').read(), b'secret')
print(store.cert.friendly_name, 1 + len(store.additional_certs))
";

#[test]
fn keytool_nss_and_python_read_what_is_written() {
    let scratch = Scratch::new("others-read-pkcs12");
    for builder in [leaf_builder(), leaf_builder().legacy()] {
        let file = scratch.write("store.p12", written(builder, "secret").as_der());
        let arguments = [
            "-list",
            "-v",
            "-storetype",
            "PKCS12",
            "-storepass",
            "secret",
            "-keystore",
            &file,
        ];
        if let Some(output) = tool::run("keytool", &arguments) {
            let text = output.expect("keytool reads the store");
            assert!(text.contains("Alias name: web"), "{text}");
            assert!(text.contains("Certificate chain length: 3"), "{text}");
        }
        if let Some(output) = tool::run("pk12util", &["-l", &file, "-W", "secret"]) {
            let text = output.expect("pk12util reads the store");
            assert!(text.contains("Friendly Name: web"), "{text}");
        }
        if let Some(output) = tool::run("python3", &["-c", PYTHON, &file]) {
            match output {
                Ok(text) => assert_eq!(text.trim(), "b'web' 3"),
                Err(text) if text.contains("No module named") => eprintln!("skipped: {text}"),
                Err(text) => panic!("Python does not read the store: {text}"),
            }
        }
    }
}

#[test]
fn tying_keys_to_certificates_takes_time_as_there_are_many() {
    let count = 3_000_u32;
    let mut bags = Vec::new();
    for number in 0..count {
        let id = number.to_be_bytes();
        let public_key = [&[0; 29][..], &id].concat();
        bags.push(bag(1, &ed25519_key(&public_key), Some(&id)));
        let certificate = certificate_with_key(&[0x30, 0], &[], &public_key);
        bags.push(bag(3, &certificate_bag(&certificate), Some(b"one for all")));
    }
    // Nothing measured: comparing each key with each certificate takes minutes.
    let contents = Pkcs12::parse(&store_in_the_clear(&bags)).expect("a store");
    let contents = contents.open("").expect("in the clear");
    assert_eq!(contents.keys().len(), count as usize);
    for (key, certificate) in contents.keys().iter().zip(contents.certificates()) {
        let chain = key.chain().expect("a certificate of its own");
        assert_eq!(chain.certificates(), [certificate.certificate().clone()]);
    }
}

#[test]
fn chains_of_a_store_are_bounded() {
    let name = |number: u32| {
        let value = tlv(0x0c, &[number.to_string().as_bytes()]);
        tlv(
            0x30,
            &[&tlv(0x31, &[&tlv(0x30, &[&[6, 3, 0x55, 4, 3], &value])])],
        )
    };
    let public_key = [0; 33];
    let mut bags = vec![bag(1, &ed25519_key(&public_key), None)];
    for number in 0..1_000 {
        let certificate = issued_certificate(&name(number), &name(number + 1), &[], &public_key);
        bags.push(bag(3, &certificate_bag(&certificate), None));
    }
    bags.extend_from_within(..1);
    let store = Pkcs12::parse(&store_in_the_clear(&bags)).expect("a store");
    let contents = store.open("").expect("in the clear");
    for key in contents.keys() {
        let chain = key.chain().expect("the first certificate");
        assert_eq!(chain.issuers().len(), 100);
        assert_eq!(chain.leaf().subject().common_name(), Some("0"));
        assert_eq!(chain.issuers()[99].subject().common_name(), Some("100"));
    }
}

/// `Pfx` without MAC, with one safe that is not encrypted.
fn store_in_the_clear(bags: &[Vec<u8>]) -> Vec<u8> {
    let data = |content: &[u8]| {
        let content = tlv(0xa0, &[&tlv(4, &[content])]);
        tlv(
            0x30,
            &[&[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 7, 1], &content],
        )
    };
    let safe = data(&tlv(0x30, &[&bags.concat()]));
    tlv(0x30, &[&[2, 1, 3], &data(&tlv(0x30, &[&safe]))])
}

fn bag(kind: u8, value: &[u8], id: Option<&[u8]>) -> Vec<u8> {
    let attributes = id.map(|id| {
        let value = tlv(0x31, &[&tlv(4, &[id])]);
        let kind = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 9, 21];
        tlv(0x31, &[&tlv(0x30, &[&kind, &value])])
    });
    let kind = [6, 11, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 12, 10, 1, kind];
    tlv(
        0x30,
        &[&kind, &tlv(0xa0, &[value]), &attributes.unwrap_or_default()],
    )
}

fn certificate_bag(certificate: &[u8]) -> Vec<u8> {
    let kind = [6, 10, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 9, 22, 1];
    tlv(0x30, &[&kind, &tlv(0xa0, &[&tlv(4, &[certificate])])])
}

/// A key whose halves do not belong together, which nobody looks at here.
fn ed25519_key(public_key: &[u8]) -> Vec<u8> {
    let key = tlv(4, &[&tlv(4, &[&[7; 32]])]);
    let algorithm = tlv(0x30, &[&[6, 3, 0x2b, 0x65, 0x70]]);
    tlv(
        0x30,
        &[&[2, 1, 1], &algorithm, &key, &tlv(0x81, &[public_key])],
    )
}
