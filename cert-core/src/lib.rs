#![doc = include_str!("../README.md")]

#[cfg(feature = "client")]
pub mod client;

mod algorithm;
mod asn1;
mod certificate;
mod chain;
mod crl;
mod csr;
#[cfg(feature = "csr")]
mod csr_builder;
mod decode_error;
mod encoded;
mod extension;
mod fingerprint;
mod general_name;
mod hex;
mod id;
pub mod lenient;
mod name;
mod oid;
mod open_enum;
mod patch;
mod pem;
#[cfg(feature = "pkcs12")]
mod pkcs12;
mod pkcs7;
mod private_key;
mod request;
mod revocation;
mod secret;
mod serial;
#[cfg(feature = "crypto")]
mod signature;
#[cfg(feature = "crypto")]
mod signing;
mod time;
mod x509_time;

pub use crate::algorithm::{Curve, KeyKind, SignatureAlgorithm};
pub use crate::certificate::Certificate;
pub use crate::chain::{CertificateChain, ChainError};
#[cfg(feature = "client")]
pub use crate::client::{Error, ErrorKind};
pub use crate::crl::{CertificateRevocationList, RevokedCertificate};
pub use crate::csr::CertificateSigningRequest;
#[cfg(feature = "csr")]
pub use crate::csr_builder::CsrBuilder;
pub use crate::decode_error::{DecodeError, DecodeErrorKind};
pub use crate::encoded::{Encodable, Encoded};
pub use crate::extension::Extension;
pub use crate::fingerprint::{Fingerprint, HashAlgorithm};
pub use crate::general_name::GeneralName;
pub use crate::id::ParseIdError;
pub use crate::name::{
    AttributeType, AttributeTypeAndValue, Name, NameSpelling, RelativeDistinguishedName,
};
pub use crate::oid::ObjectIdentifier;
pub use crate::patch::Patch;
pub use crate::pem::PemBlock;
pub use crate::pkcs7::Pkcs7;
#[cfg(feature = "pkcs12")]
pub use crate::pkcs12::{Pkcs12, Pkcs12Builder, Pkcs12Certificate, Pkcs12Contents, Pkcs12Key};
pub use crate::private_key::PrivateKey;
pub use crate::revocation::{ParseRevocationReasonError, RevocationReason};
pub use crate::secret::Secret;
pub use crate::serial::SerialNumber;
#[cfg(feature = "crypto")]
pub use crate::signature::SignatureError;
pub use crate::time::{Time, TimeKind};

/// What the exported macros expand to; no part of the API.
#[doc(hidden)]
pub mod __private {
    pub use serde;

    pub use crate::id::{number, parse_number};
    pub use crate::open_enum::{position, text};
}
