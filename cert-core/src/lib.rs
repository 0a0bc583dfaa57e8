#![doc = include_str!("../README.md")]

mod asn1;
mod bundles;
#[cfg(feature = "client")]
pub mod client;
mod keys;
mod values;
mod wire;
mod x509;

pub use crate::asn1::{DecodeError, DecodeErrorKind, ObjectIdentifier, PemBlock};
pub use crate::bundles::Pkcs7;
#[cfg(feature = "pkcs12")]
pub use crate::bundles::{Pkcs12, Pkcs12Builder, Pkcs12Certificate, Pkcs12Contents, Pkcs12Key};
#[cfg(feature = "client")]
pub use crate::client::{Error, ErrorKind};
#[cfg(feature = "csr")]
pub use crate::keys::CsrBuilder;
pub use crate::keys::PrivateKey;
#[cfg(feature = "crypto")]
pub use crate::keys::SignatureError;
pub use crate::values::{
    Encodable, Encoded, Fingerprint, HashAlgorithm, NoInstantError, ParseRevocationReasonError,
    RevocationReason, Secret, SerialNumber, Time, TimeKind,
};
pub use crate::wire::{
    Field, Joined, Members, ParseIdError, Patch, Payload, Violation, check, lenient,
};
pub use crate::x509::{
    AttributeType, AttributeTypeAndValue, Certificate, CertificateChain, CertificateRevocationList,
    CertificateSigningRequest, ChainError, Curve, Extension, GeneralName, KeyKind, Name,
    NameSpelling, RelativeDistinguishedName, RevokedCertificate, SignatureAlgorithm,
};
pub use jiff;
#[cfg(feature = "client")]
pub use {bytes, http};

/// Items that the exported macros expand to; no part of the API.
#[doc(hidden)]
pub mod __private {
    pub use serde;
    #[cfg(feature = "tracing")]
    pub use tracing;

    pub use crate::values::wired::Exposed;
    pub use crate::wire::id::{number, parse_number};
    pub use crate::wire::names::{camel, camel_length, text as text_of};
    pub use crate::wire::open_enum::{position, text};
    pub use crate::wire::request::sent;
    pub use crate::wire::response::{Key, fill, filled, number as whole, said};
}
