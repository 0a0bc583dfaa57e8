//! Certificate bundles as PKCS#7: a degenerate `SignedData` that signs nothing (RFC 2315, section
//! 9.1), the form that `openssl crl2pkcs7 -nocrl` writes.

const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];

const INTEGER: u8 = 0x02;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const CONTEXT_0: u8 = 0xa0;

/// Bundles DER certificates in the given order; the answer is DER.
pub fn bundle<C: AsRef<[u8]>>(certificates: impl IntoIterator<Item = C>) -> Vec<u8> {
    let mut concatenated = Vec::new();
    for certificate in certificates {
        concatenated.extend_from_slice(certificate.as_ref());
    }
    let signed_data = [
        element(INTEGER, &[1]),
        element(SET, &[]),
        element(SEQUENCE, &element(OBJECT_IDENTIFIER, DATA)),
        element(CONTEXT_0, &concatenated),
        element(SET, &[]),
    ];
    let content = element(CONTEXT_0, &element(SEQUENCE, &signed_data.concat()));
    element(
        SEQUENCE,
        &[element(OBJECT_IDENTIFIER, SIGNED_DATA), content].concat(),
    )
}

/// One DER element (X.690, section 8.1) with its length in the shortest form.
pub(crate) fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut encoded = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short) if short < 0x80 => encoded.push(short),
        _ => {
            let length = content.len().to_be_bytes();
            let zeros = length.iter().take_while(|octet| **octet == 0).count();
            let count = u8::try_from(length.len() - zeros).expect("at most eight octets");
            encoded.push(0x80 | count);
            encoded.extend_from_slice(&length[zeros..]);
        }
    }
    encoded.extend_from_slice(content);
    encoded
}
