//! PEM, as tools write it and as it is mangled on the way.

use cert_core::{Certificate, DecodeErrorKind, PemBlock};
use proptest::prelude::*;

const LEAF: &str = include_str!("fixtures/certificate/leaf.pem");

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blocks_are_read_back(
        blocks in prop::collection::vec(("[A-Z0-9 #]{0,20}", prop::collection::vec(any::<u8>(), 0..200)), 0..4),
        between in "[a-zA-Z0-9 =:\n]{0,40}",
    ) {
        let blocks: Vec<_> =
            blocks.into_iter().map(|(label, contents)| PemBlock::new(label, contents)).collect();
        let text: String = blocks.iter().map(|block| format!("{between}\n{block}")).collect();
        prop_assert_eq!(PemBlock::all(&text), Ok(blocks.clone()));
        let mangled = text.replace('\n', "\r\n  ");
        prop_assert_eq!(PemBlock::all(&mangled), Ok(blocks));
        prop_assert!(text.lines().all(|line| line.len() <= 64 || line == between));
    }

    #[test]
    fn no_text_panics(text in "(-----BEGIN |-----END |-----|[A-Z \n=:]|\\PC){0,40}") {
        if let Ok(blocks) = PemBlock::all(&text) {
            let written: String = blocks.iter().map(ToString::to_string).collect();
            prop_assert_eq!(PemBlock::all(&written), Ok(blocks));
        }
    }

    #[test]
    fn no_bytes_panic_a_certificate(
        place in any::<prop::sample::Index>(),
        value in any::<u8>(),
        length in any::<prop::sample::Index>(),
    ) {
        let leaf = Certificate::from_pem(LEAF).expect("the leaf");
        let mut der = leaf.as_der().to_vec();
        let place = place.index(der.len());
        der[place] = value;
        if let Ok(altered) = Certificate::from_der(&der) {
            prop_assert_eq!(altered.as_der(), &der[..]);
        }
        let cut = length.index(der.len());
        prop_assert!(Certificate::from_der(&leaf.as_der()[..cut]).is_err());
    }
}

#[test]
fn headers_of_the_older_form_are_kept() {
    let text = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\
                DEK-Info: AES-128-CBC,00\n\nMAA=\n-----END RSA PRIVATE KEY-----\n";
    let blocks = PemBlock::all(text).expect("a block");
    let headers: Vec<_> = blocks[0].headers().collect();
    assert_eq!(
        headers,
        [("Proc-Type", "4,ENCRYPTED"), ("DEK-Info", "AES-128-CBC,00")]
    );
    assert_eq!(blocks[0].to_string(), text);
}

#[test]
fn a_missing_end_is_told_from_bad_base64() {
    let kind = |text: &str| {
        let error = PemBlock::all(text).expect_err("broken");
        (error.block(), error.kind().clone())
    };
    let open = DecodeErrorKind::UnterminatedBlock("A".to_owned());
    assert_eq!(kind("-----BEGIN A-----\nMAA="), (Some(1), open.clone()));
    let next = "-----BEGIN A-----\nMAA=\n-----BEGIN A-----\nMAA=\n-----END A-----\n";
    assert_eq!(kind(next), (Some(1), open));
    let bad = format!("{LEAF}-----BEGIN A-----\nM*A=\n-----END A-----\n");
    assert_eq!(kind(&bad), (Some(2), DecodeErrorKind::NotBase64));
}

#[test]
fn remarks_in_any_encoding_do_no_harm() {
    let mut bytes = b"friendlyName: M\xfcller\r\n".to_vec();
    bytes.extend_from_slice(LEAF.as_bytes());
    let leaf = Certificate::parse(&bytes).expect("the leaf");
    assert_eq!(leaf.to_pem(), LEAF);
}

#[test]
fn nothing_prints_the_contents() {
    let block = PemBlock::new("PRIVATE KEY", *b"secret");
    assert_eq!(format!("{block:?}"), "PemBlock(PRIVATE KEY, 6 bytes)");
}
