//! DER, built inside out: each function takes the finished contents.

use super::oid::ObjectIdentifier;
use super::tag;

pub(crate) fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    constructed(tag, &[content])
}

/// Written into one allocation, so that no copy of a key stays behind.
pub(crate) fn constructed(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length = parts.iter().map(|part| part.len()).sum();
    let mut der = Vec::with_capacity(length + HEADER_LIMIT);
    der.push(tag);
    push_length(&mut der, length);
    for part in parts {
        der.extend_from_slice(part);
    }
    der
}

pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    constructed(tag::SEQUENCE, parts)
}

/// A SET OF: its parts in the order DER prescribes (X.690, 11.6).
pub(crate) fn set_of(mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    parts.sort();
    element(tag::SET, &parts.concat())
}

pub(crate) fn octet_string(content: &[u8]) -> Vec<u8> {
    element(tag::OCTET_STRING, content)
}

pub(crate) fn bit_string(content: &[u8]) -> Vec<u8> {
    constructed(tag::BIT_STRING, &[&[0], content])
}

pub(crate) fn oid(oid: &ObjectIdentifier) -> Vec<u8> {
    element(tag::OBJECT_IDENTIFIER, oid.as_der_content())
}

pub(crate) fn null() -> Vec<u8> {
    element(tag::NULL, &[])
}

/// A non-negative INTEGER from big-endian octets.
pub(crate) fn integer(big_endian: &[u8]) -> Vec<u8> {
    let significant = super::reader::trim_leading_zeros(big_endian);
    match significant.first() {
        None => element(tag::INTEGER, &[0]),
        Some(first) if first & 0x80 != 0 => constructed(tag::INTEGER, &[&[0], significant]),
        Some(_) => element(tag::INTEGER, significant),
    }
}

/// How many octets stand before so much content.
pub(crate) fn header_length(content: usize) -> usize {
    match content {
        0..0x80 => 2,
        long => 2 + (usize::BITS - long.leading_zeros()).div_ceil(8) as usize,
    }
}

/// Identifier, number of length octets, and eight of them at most.
const HEADER_LIMIT: usize = 10;

pub(super) fn push_length(der: &mut Vec<u8>, length: usize) {
    if length < 0x80 {
        der.push(length as u8);
        return;
    }
    let octets = length.to_be_bytes();
    let significant = super::reader::trim_leading_zeros(&octets);
    der.push(0x80 | significant.len() as u8);
    der.extend_from_slice(significant);
}
