//! What a certificate is, and how a vendor's system is called.

#[cfg(feature = "client")]
pub mod api;

mod algorithm;
mod asn1;
mod certificate;
mod csr;
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
mod request;
mod revocation;
mod secret;
mod serial;
mod time;
mod x509_time;

pub use crate::algorithm::{Curve, KeyKind, SignatureAlgorithm};
#[cfg(feature = "client")]
pub use crate::api::{Error, ErrorKind};
pub use crate::certificate::Certificate;
pub use crate::csr::CertificateSigningRequest;
pub use crate::decode_error::{DecodeError, DecodeErrorKind};
pub use crate::encoded::{Blob, Encoded};
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
pub use crate::revocation::{ParseRevocationReasonError, RevocationReason};
pub use crate::secret::Secret;
pub use crate::serial::SerialNumber;
pub use crate::time::{Time, TimeKind};

/// What the exported macros expand to; no part of the API.
#[doc(hidden)]
pub mod __private {
    pub use serde;

    pub use crate::id::{number, parse_number};
    pub use crate::open_enum::{position, text};
}
