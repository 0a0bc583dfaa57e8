//! X.509 and PKCS#10: certificates, requests, revocation lists and their parts.

pub(crate) mod algorithm;
mod certificate;
mod chain;
mod crl;
pub(crate) mod csr;
mod extension;
mod general_name;
pub(crate) mod issuers;
mod name;
mod time;

pub use self::algorithm::{Curve, KeyKind, SignatureAlgorithm};
pub use self::certificate::Certificate;
pub use self::chain::{CertificateChain, ChainError};
pub use self::crl::{CertificateRevocationList, RevokedCertificate};
pub use self::csr::CertificateSigningRequest;
pub use self::extension::Extension;
pub use self::general_name::GeneralName;
pub use self::name::{
    AttributeType, AttributeTypeAndValue, Name, NameSpelling, RelativeDistinguishedName,
};
