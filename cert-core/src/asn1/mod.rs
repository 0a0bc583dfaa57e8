//! Just enough ASN.1: a reader that borrows, a writer, and the step from BER to definite lengths.
//!
//! Certificates in the field break DER in many small ways, so the reader checks the structure it
//! walks and nothing more, and every part keeps the very bytes it was read from.

mod ber;
mod decode_error;
pub(crate) mod oid;
pub(crate) mod pem;
mod reader;
mod text;
pub(crate) mod writer;

pub use self::decode_error::{DecodeError, DecodeErrorKind};
pub use self::oid::ObjectIdentifier;
pub use self::pem::PemBlock;
pub(crate) use ber::to_definite;
pub(crate) use reader::{Element, Reader, first_inner_tag};
pub(crate) use text::{eight_bit, string_text};

/// Identifier octets (X.690, 8.1.2).
pub(crate) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const NULL: u8 = 0x05;
    pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
    pub(crate) const ENUMERATED: u8 = 0x0a;
    pub(crate) const UTF8_STRING: u8 = 0x0c;
    pub(crate) const NUMERIC_STRING: u8 = 0x12;
    pub(crate) const PRINTABLE_STRING: u8 = 0x13;
    pub(crate) const T61_STRING: u8 = 0x14;
    pub(crate) const IA5_STRING: u8 = 0x16;
    pub(crate) const UTC_TIME: u8 = 0x17;
    pub(crate) const GENERALIZED_TIME: u8 = 0x18;
    pub(crate) const VISIBLE_STRING: u8 = 0x1a;
    pub(crate) const UNIVERSAL_STRING: u8 = 0x1c;
    pub(crate) const BMP_STRING: u8 = 0x1e;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;

    /// `[number]`, primitive.
    pub(crate) const fn context(number: u8) -> u8 {
        0x80 | number
    }

    /// `[number]`, constructed.
    pub(crate) const fn context_constructed(number: u8) -> u8 {
        0xa0 | number
    }
}
