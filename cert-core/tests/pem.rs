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

#[test]
fn nothing_in_a_pem_file_is_lost_silently() {
    let begin = "-----BEGIN CERTIFICATE-----";
    let end = "-----END CERTIFICATE-----";
    for (what, broken) in [
        (
            "four dashes",
            LEAF.replace(begin, "----BEGIN CERTIFICATE-----"),
        ),
        (
            "four at the end",
            LEAF.replace(begin, "-----BEGIN CERTIFICATE----"),
        ),
        (
            "none at the end",
            LEAF.replace(begin, "-----BEGIN CERTIFICATE"),
        ),
        (
            "dashes of a word processor",
            LEAF.replace(begin, "\u{2014}--BEGIN CERTIFICATE-----"),
        ),
        (
            "a space",
            LEAF.replace(begin, "----- BEGIN CERTIFICATE-----"),
        ),
        (
            "no space",
            LEAF.replace(begin, "-----BEGIN-CERTIFICATE-----"),
        ),
        ("no BEGIN", LEAF.replace(begin, "")),
        (
            "END with four dashes",
            LEAF.replace(end, "----END CERTIFICATE-----"),
        ),
        (
            "END with four at the end",
            LEAF.replace(end, "-----END CERTIFICATE----"),
        ),
        ("no END", LEAF.replace(end, "")),
        (
            "neither BEGIN nor a whole END",
            LEAF.replace(begin, "").replace(end, "--END--"),
        ),
        ("BEGIN without contents", format!("{begin}\n")),
    ] {
        for (number, text) in [
            (1, format!("{broken}{LEAF}")),
            (2, format!("{LEAF}{broken}{LEAF}")),
            (3, format!("{LEAF}\nsome words\n{LEAF}{broken}")),
        ] {
            let error = Certificate::all_from_pem(&text).expect_err(what);
            assert_eq!(error.block(), Some(number), "{what}: {error}");
        }
    }
}

#[test]
fn remarks_that_read_like_markers_are_skipped_and_what_follows_is_found() {
    for remark in [
        "-----BEGIN of the chain",
        "-----BEGIN of the chain, at /etc/ssl/certs:",
        "-- BEGIN --",
        "----- END of nothing",
        "# --END--",
        "----------",
    ] {
        for text in [
            format!("{LEAF}{remark}\n{LEAF}{remark}\n{LEAF}"),
            format!("{remark}\n{LEAF}{LEAF}{LEAF}{remark}"),
        ] {
            let found = Certificate::all_from_pem(&text).map(|all| all.len());
            assert_eq!(found, Ok(3), "{remark}");
        }
    }
}

#[test]
fn blocks_without_a_line_end_between_them_are_read() {
    let joined = LEAF.trim_end().repeat(3);
    assert_eq!(
        Certificate::all_from_pem(&joined).map(|all| all.len()),
        Ok(3)
    );
}

#[test]
fn utf_16_and_spelled_out_line_ends_are_told() {
    let kind = |bytes: &[u8]| {
        Certificate::parse(bytes)
            .expect_err("broken")
            .kind()
            .clone()
    };
    let units: Vec<u16> = LEAF.encode_utf16().collect();
    let little: Vec<u8> = units.iter().copied().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = units.iter().copied().flat_map(u16::to_be_bytes).collect();
    for text in [&little, &big] {
        assert_eq!(kind(text), DecodeErrorKind::Utf16);
    }
    let marked = [&[0xff, 0xfe], &little[..]].concat();
    assert_eq!(kind(&marked), DecodeErrorKind::Utf16);

    let escaped = LEAF.replace('\n', "\\n");
    assert_eq!(kind(escaped.as_bytes()), DecodeErrorKind::EscapedLineEnds);
    let windows = LEAF.replace('\n', "\\r\\n");
    assert_eq!(kind(windows.as_bytes()), DecodeErrorKind::EscapedLineEnds);
    let bare: Vec<_> = LEAF.lines().filter(|line| !line.contains("---")).collect();
    assert_eq!(
        kind(bare.join("\\n").as_bytes()),
        DecodeErrorKind::EscapedLineEnds
    );
}

#[test]
fn der_followed_by_a_line_end_is_read() {
    let leaf = Certificate::from_pem(LEAF).expect("the leaf");
    for end in ["\n", "\r\n", "\n\n", " "] {
        let der = [leaf.as_der(), end.as_bytes()].concat();
        assert_eq!(Certificate::parse(&der).as_ref(), Ok(&leaf), "{end:?}");
    }
    let more = [leaf.as_der(), b"\nx"].concat();
    let error = Certificate::parse(&more).expect_err("more than a line end");
    assert_eq!(error.kind(), &DecodeErrorKind::TrailingData(2));
}

#[cfg(feature = "pkcs12")]
#[test]
fn key_stores_followed_by_a_line_end_are_read() {
    for bytes in [
        &include_bytes!("fixtures/pkcs12/openssl-3.p12")[..],
        include_bytes!("fixtures/pkcs12/bouncycastle-ber.p12"),
    ] {
        let ended = [bytes, b"\r\n"].concat();
        let store = cert_core::Pkcs12::parse(&ended).expect("a store");
        assert_eq!(store.as_der(), bytes);
    }
}

#[test]
fn reading_a_text_of_markers_takes_time_as_it_is_long() {
    for piece in [
        "-----BEGIN x\n",
        "-BEGIN ",
        "-",
        "----- \t",
        "-----END",
        "- BEGIN\n- END of x\n",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        // Nothing measured: a quadratic way through takes minutes.
        assert!(
            PemBlock::all(&text).is_ok_and(|blocks| blocks.is_empty()),
            "{piece}"
        );
    }
}
