//! Java key stores in Sun's own format `JKS`, written only: one private key with its chain.

use sha1::{Digest, Sha1};

const MAGIC: u32 = 0xfeed_feed;
const VERSION: u32 = 2;
const PRIVATE_KEY_ENTRY: u32 = 1;

/// What Sun's key protector calls itself: an `AlgorithmIdentifier` with null parameters.
const KEY_PROTECTOR: &[u8] = &[
    0x30, 0x0e, 0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x2a, 0x02, 0x11, 0x01, 0x01, 0x05, 0x00,
];

const SEQUENCE: u8 = 0x30;
const OCTET_STRING: u8 = 0x04;

/// Writes a store with one entry; store and key have the same pass phrase. `alias` is lower case
/// by custom, `created_millis` counts from 1970, the chain is leaf first.
pub fn write(
    alias: &str,
    private_key: &[u8],
    chain: &[&[u8]],
    pass_phrase: &str,
    created_millis: i64,
) -> Vec<u8> {
    let password: Vec<u8> = pass_phrase
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let mut store = Vec::new();
    for number in [MAGIC, VERSION, 1, PRIVATE_KEY_ENTRY] {
        store.extend(number.to_be_bytes());
    }
    text(&mut store, alias);
    store.extend(created_millis.to_be_bytes());
    sized(&mut store, &protected(private_key, &password));
    store.extend(count(chain.len()).to_be_bytes());
    for certificate in chain {
        text(&mut store, "X.509");
        sized(&mut store, certificate);
    }
    let seal = Sha1::new()
        .chain_update(&password)
        .chain_update(b"Mighty Aphrodite")
        .chain_update(&store)
        .finalize();
    store.extend_from_slice(&seal);
    store
}

/// The key, hidden behind a stream of chained digests, between its salt and its own digest.
fn protected(private_key: &[u8], password: &[u8]) -> Vec<u8> {
    let salt: [u8; 20] = std::array::from_fn(|_| fastrand::u8(..));
    let mut hidden = salt.to_vec();
    let mut link = salt.to_vec();
    for block in private_key.chunks(20) {
        let digest = Sha1::new()
            .chain_update(password)
            .chain_update(&link)
            .finalize();
        link = digest.to_vec();
        hidden.extend(block.iter().zip(&link).map(|(byte, mask)| byte ^ mask));
    }
    let digest = Sha1::new()
        .chain_update(password)
        .chain_update(private_key)
        .finalize();
    hidden.extend_from_slice(&digest);
    let content = [KEY_PROTECTOR, &super::pkcs7::element(OCTET_STRING, &hidden)].concat();
    super::pkcs7::element(SEQUENCE, &content)
}

/// Java's modified UTF-8 is plain UTF-8 for the ASCII that is written here.
fn text(store: &mut Vec<u8>, text: &str) {
    let length = u16::try_from(text.len()).expect("a short name");
    store.extend(length.to_be_bytes());
    store.extend_from_slice(text.as_bytes());
}

fn sized(store: &mut Vec<u8>, bytes: &[u8]) {
    store.extend(count(bytes.len()).to_be_bytes());
    store.extend_from_slice(bytes);
}

fn count(length: usize) -> u32 {
    u32::try_from(length).expect("less than 4 GiB")
}
