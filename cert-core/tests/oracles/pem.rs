use cert_core::PemBlock;
use pem_rfc7468::LineEnding;

use crate::differences::Differences;
use crate::tool::text_fixture;

type Blocks = Vec<(String, Vec<u8>)>;

#[test]
fn what_others_read_of_a_pem_text_we_read_alike() {
    let mut differences = Differences::default();
    for (name, text) in texts() {
        compare(&mut differences, &name, &text);
    }
    let leaf = text_fixture("certificate/leaf.pem");
    for place in 0..leaf.len() {
        let (before, after) = (&leaf[..place], &leaf[place + 1..]);
        for letter in ["", "-", "=", " ", "\n", "\\", ":", "A"] {
            compare(
                &mut differences,
                "an altered letter",
                &format!("{before}{letter}{after}"),
            );
        }
    }
    differences.check(&["pem", "pem-rfc7468"]);
}

#[test]
fn texts_that_others_refuse_we_read() {
    let refused_by = |read: fn(&str) -> Option<Blocks>| {
        let refused = texts().into_iter().filter(|(_, text)| {
            PemBlock::all(text).is_ok_and(|blocks| !blocks.is_empty()) && read(text).is_none()
        });
        refused.map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(
        refused_by(with_pem),
        ["empty lines", "an empty label", "no padding"]
    );
    let strict = [
        "written with headers",
        "several",
        "remarks",
        "lines of 76",
        "one line of base64",
        "all on one line",
        "indented",
        "blanks at line ends",
        "empty lines",
        "no line end between",
        "an empty block",
        "a dash in the label",
        "no padding",
    ];
    assert_eq!(refused_by(with_pem_rfc7468), strict);
}

#[test]
fn what_we_write_others_read() {
    let contents: Vec<u8> = (0..=255).cycle().take(400).collect();
    // From 1, as pem-rfc7468 takes no empty block.
    for length in 1..contents.len() {
        let contents = &contents[..length];
        let text = PemBlock::new("X509 CRL", contents).to_string();
        let wanted = vec![("X509 CRL".to_owned(), contents.to_vec())];
        assert_eq!(with_pem_rfc7468(&text).as_ref(), Some(&wanted), "{length}");
        assert_eq!(with_pem(&text), Some(wanted), "{length}");
    }
}

fn compare(differences: &mut Differences, name: &str, text: &str) {
    let ours = PemBlock::all(text).ok().map(|blocks| {
        let parts = |block: &PemBlock| (block.label().to_owned(), block.contents().to_vec());
        blocks.iter().map(parts).collect::<Blocks>()
    });
    for (oracle, read) in [
        ("pem", with_pem(text)),
        ("pem-rfc7468", with_pem_rfc7468(text)),
    ] {
        match (&ours, read) {
            (None, Some(_)) => differences.add(oracle, name, "we refuse it"),
            (Some(ours), Some(theirs)) if *ours != theirs => {
                differences.add(oracle, name, "other blocks");
            }
            _ => {}
        }
    }
}

/// `None` also where it finds nothing, for nothing is what it says of any other text.
fn with_pem(text: &str) -> Option<Blocks> {
    let blocks = pem::parse_many(text).ok()?;
    let parts = |block: &pem::Pem| (block.tag().to_owned(), block.contents().to_vec());
    Some(blocks.iter().map(parts).collect()).filter(|blocks: &Blocks| !blocks.is_empty())
}

fn with_pem_rfc7468(text: &str) -> Option<Blocks> {
    let (label, contents) = pem_rfc7468::decode_vec(text.as_bytes()).ok()?;
    Some(vec![(label.to_owned(), contents)])
}

fn texts() -> Vec<(String, String)> {
    let leaf = text_fixture("certificate/leaf.pem");
    let root = text_fixture("certificate/root.pem");
    let mut texts: Vec<_> = [
        "certificate/p256.pem",
        "crl/list.pem",
        "csr/rsa.pem",
        "key/rsa-pkcs1.pem",
    ]
    .map(|name| (name.to_owned(), text_fixture(name)))
    .into();
    let body: String = leaf.lines().filter(|line| !line.starts_with('-')).collect();
    let wrapped = |width: usize, end: &str| {
        let lines: Vec<_> = body
            .as_bytes()
            .chunks(width)
            .map(String::from_utf8_lossy)
            .collect();
        ["-----BEGIN A-----", &lines.join(end), "-----END A-----", ""].join(end)
    };
    let contents = [0x30, 0x80, 7, 7];
    let ends = [
        ("LF", LineEnding::LF),
        ("CRLF", LineEnding::CRLF),
        ("CR", LineEnding::CR),
    ];
    for (name, end) in ends {
        let text = pem_rfc7468::encode_string("A B", end, &contents).expect("short");
        texts.push((format!("written with {name}"), text));
    }
    let block = pem::Pem::new("A", contents);
    let old = pem::Pem::new("A", contents);
    let with_headers = {
        let mut old = old;
        old.headers_mut()
            .add("Proc-Type", "4,ENCRYPTED")
            .expect("a header");
        old.headers_mut()
            .add("DEK-Info", "AES-128-CBC,00")
            .expect("a header");
        old
    };
    texts.extend([
        ("written by pem".to_owned(), pem::encode(&block)),
        (
            "written with headers".to_owned(),
            pem::encode(&with_headers),
        ),
        ("several".to_owned(), format!("{leaf}{root}{leaf}")),
        (
            "remarks".to_owned(),
            format!("a remark\n{leaf}another: one\n\n{root}the end"),
        ),
        ("lines of 76".to_owned(), wrapped(76, "\n")),
        ("lines of 64 with CRLF".to_owned(), wrapped(64, "\r\n")),
        ("one line of base64".to_owned(), wrapped(10_000, "\n")),
        ("all on one line".to_owned(), wrapped(10_000, " ")),
        ("indented".to_owned(), wrapped(64, "\n  ")),
        ("blanks at line ends".to_owned(), wrapped(64, " \t\n")),
        ("empty lines".to_owned(), wrapped(64, "\n\n")),
        (
            "no line end at the end".to_owned(),
            leaf.trim_end().to_owned(),
        ),
        ("no line end between".to_owned(), leaf.trim_end().repeat(2)),
        (
            "an empty block".to_owned(),
            "-----BEGIN A-----\n-----END A-----\n".to_owned(),
        ),
        (
            "an empty label".to_owned(),
            "-----BEGIN -----\nMAA=\n-----END -----\n".to_owned(),
        ),
        (
            "a dash in the label".to_owned(),
            "-----BEGIN A-B-----\nMAA=\n-----END A-B-----\n".to_owned(),
        ),
        (
            "another label at the end".to_owned(),
            format!("-----BEGIN A-----\nMAA=\n-----END B-----\n{leaf}"),
        ),
        (
            "four dashes beside a whole block".to_owned(),
            format!("-{}{leaf}", &leaf[2..]),
        ),
        (
            "no padding".to_owned(),
            "-----BEGIN A-----\nMAA\n-----END A-----\n".to_owned(),
        ),
        (
            "bits left over".to_owned(),
            "-----BEGIN A-----\nMAB=\n-----END A-----\n".to_owned(),
        ),
        (
            "too much padding".to_owned(),
            "-----BEGIN A-----\nMAA==\n-----END A-----\n".to_owned(),
        ),
    ]);
    texts
}
