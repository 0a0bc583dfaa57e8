#![doc = include_str!("../README.md")]

mod certificate_authorities;
mod certificate_list;
mod client;
mod credentials;
mod envelope;
mod error_code;
mod operations;
mod revocation_list;
mod user_provided;
mod user_provided_certificates;

pub use cert_core;
pub use cert_core::client::{
    Backoff, BrokenRow, Builder, Call, Error, ErrorKind, Limits, Op, Pace, Retry, Sweep, SweepEnd,
    SweepError,
};
#[cfg(feature = "rustls")]
pub use cert_core::client::{Identity, PublicKeyPin, Tls};
pub use cert_core::{bytes, http, jiff};

pub use crate::certificate_authorities::CertificateAuthorities;
pub use crate::certificate_list::{
    AuthorityId, CertificateList, CertificateState, ListedCertificate, TenantId,
};
pub use crate::client::{Client, PolicyAddress};
pub use crate::credentials::Credentials;
pub use crate::envelope::{Flag, Outcome};
pub use crate::error_code::{ErrorCode, FieldError, GlobalError, Refusal};
pub use crate::operations::OPERATIONS;
pub use crate::revocation_list::RevocationListFile;
pub use crate::user_provided::{
    AccountId, AccountPolicies, CertificateId, ClearedKeys, ClearedPolicyKeys, PolicyId,
    UserProvidedCertificate,
};
pub use crate::user_provided_certificates::UserProvidedCertificates;
