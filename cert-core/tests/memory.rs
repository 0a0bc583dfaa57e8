//! What reading blobs costs in memory, hostile ones too.

mod tool;

use allocation_counter::measure;
use cert_core::{Certificate, CertificateRevocationList, CertificateSigningRequest};
use tool::{certificate_of, tlv};

const SIZE: usize = 400_000;
const SUBJECT_ALTERNATIVE_NAME: &[u8] = &[6, 3, 0x55, 0x1d, 17];
const COMMON_NAME: &[u8] = &[6, 3, 0x55, 4, 3];

#[test]
fn hostile_certificates_take_at_most_twenty_times_their_size() {
    for (what, subject, extensions) in hostile(SIZE) {
        let der = certificate_of(&subject, &[&extensions]);
        let read = measure(|| drop(Certificate::from_der(&der)));
        assert_modest(what, read.bytes_max, &der);
    }
}

#[test]
fn hostile_requests_take_at_most_twenty_times_their_size() {
    for (what, subject, extensions) in hostile(SIZE) {
        let der = request_of(&subject, &extensions);
        let read = measure(|| drop(CertificateSigningRequest::from_der(&der)));
        assert_modest(what, read.bytes_max, &der);
    }
}

#[test]
fn hostile_revocation_lists_take_at_most_twenty_times_their_size() {
    let entry = [0x30, 6, 2, 1, 1, 0x18, 1, b'x'];
    let der = list_of(&entry.repeat(SIZE / entry.len()));
    assert!(CertificateRevocationList::from_der(&der).is_ok());
    let read = measure(|| drop(CertificateRevocationList::from_der(&der)));
    assert_modest("small entries", read.bytes_max, &der);
}

#[test]
fn certificates_with_many_genuine_names_are_read() {
    let names: Vec<u8> = (0..50_000_u32)
        .flat_map(|number| tlv(0x82, &[format!("{number}.example").as_bytes()]))
        .collect();
    let value = tlv(4, &[&tlv(0x30, &[&names])]);
    let extension = tlv(0x30, &[SUBJECT_ALTERNATIVE_NAME, &value]);
    let certificate = Certificate::from_der(&certificate_of(&[0x30, 0], &[&extension]));
    assert_eq!(certificate.expect("read").dns_names().count(), 50_000);
}

#[track_caller]
fn assert_modest(what: &str, memory: u64, der: &[u8]) {
    let limit = 20 * der.len() as u64;
    assert!(memory <= limit, "{what}: {memory} for {}", der.len());
}

fn request_of(subject: &[u8], extensions: &[u8]) -> Vec<u8> {
    let algorithm = tlv(0x30, &[&[6, 3, 0x2b, 0x65, 0x70]]);
    let key = tlv(0x30, &[&algorithm, &tlv(3, &[&[0; 33]])]);
    let extension_request = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 9, 14];
    let values = tlv(0x31, &[&tlv(0x30, &[extensions])]);
    let attributes = tlv(0xa0, &[&tlv(0x30, &[&extension_request, &values])]);
    let info = tlv(0x30, &[&[2, 1, 0], subject, &key, &attributes]);
    tlv(0x30, &[&info, &algorithm, &tlv(3, &[&[0; 65]])])
}

fn list_of(entries: &[u8]) -> Vec<u8> {
    let algorithm = tlv(0x30, &[&[6, 3, 0x2b, 0x65, 0x70]]);
    let time = tlv(0x18, &[b"20240710143000Z"]);
    let list = tlv(
        0x30,
        &[&algorithm, &[0x30, 0], &time, &tlv(0x30, &[entries])],
    );
    tlv(0x30, &[&list, &algorithm, &tlv(3, &[&[0; 65]])])
}

/// Subjects and extensions that are as many small values as fit.
fn hostile(size: usize) -> Vec<(&'static str, Vec<u8>, Vec<u8>)> {
    let name = |levels: &[u8]| tlv(0x30, &[levels]);
    let empty_name = name(&[]);
    let extension = |id: &[u8], value: &[u8]| tlv(0x30, &[id, &tlv(4, &[value])]);
    let many = |piece: &[u8]| piece.repeat(size / piece.len());
    let names = |names: &[u8]| extension(SUBJECT_ALTERNATIVE_NAME, &tlv(0x30, &[names]));
    let attribute = |value: &[u8]| tlv(0x30, &[COMMON_NAME, value]);
    let level = tlv(0x31, &[&[0x30, 5, 6, 1, 1, 5, 0]]);
    let some_names = names(&[0x82, 0].repeat(5_000));
    let directory = tlv(0xa4, &[&name(&level.repeat(100))]);
    vec![
        ("empty levels", name(&many(&[0x31, 0])), Vec::new()),
        ("small levels", name(&many(&level)), Vec::new()),
        (
            "one level",
            name(&tlv(0x31, &[&many(&level[2..])])),
            Vec::new(),
        ),
        (
            "a long text",
            name(&tlv(0x31, &[&attribute(&tlv(0x0c, &[&many(b"x")]))])),
            Vec::new(),
        ),
        (
            "a long Latin-1",
            name(&tlv(0x31, &[&attribute(&tlv(0x14, &[&many(&[0xe4])]))])),
            Vec::new(),
        ),
        (
            "a long UTF-32",
            name(&tlv(
                0x31,
                &[&attribute(&tlv(0x1c, &[&many(&[0, 0, 0, 97])]))],
            )),
            Vec::new(),
        ),
        (
            "a long value",
            name(&tlv(0x31, &[&attribute(&tlv(4, &[&many(b"x")]))])),
            Vec::new(),
        ),
        (
            "small extensions",
            empty_name.clone(),
            many(&[0x30, 5, 6, 1, 1, 4, 0]),
        ),
        ("empty names", empty_name.clone(), names(&many(&[0x82, 0]))),
        (
            "unknown names",
            empty_name.clone(),
            names(&many(&[0x8f, 1, 0])),
        ),
        (
            "names in many extensions",
            empty_name.clone(),
            many(&some_names),
        ),
        (
            "directory names",
            empty_name.clone(),
            names(&many(&directory)),
        ),
        (
            "directory names in many",
            empty_name,
            many(&names(&directory.repeat(10))),
        ),
    ]
}

#[test]
fn a_certificate_takes_forty_allocations_at_most() {
    for name in ["leaf.pem", "intermediate.pem", "p256.pem"] {
        let pem = tool::text_fixture(&format!("certificate/{name}"));
        let der = Certificate::from_pem(&pem).expect(name).as_der().to_vec();
        let read = measure(|| drop(Certificate::from_der(&der)));
        assert!(read.count_total <= 40, "{name}: {}", read.count_total);
    }
}
