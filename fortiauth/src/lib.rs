#![doc = include_str!("../README.md")]

mod client;
mod credentials;
mod filter;
mod ids;
mod listing;
mod operations;
mod renewal;
mod revocation;
mod user_certificate;
mod user_certificates;

pub use cert_core;
pub use cert_core::client::{
    Backoff, Builder, Call, Error, ErrorKind, Limits, Op, Pace, Pages, Retry, Sweep, SweepEnd,
    SweepError,
};
#[cfg(feature = "rustls")]
pub use cert_core::client::{Identity, PublicKeyPin, Tls};
pub use cert_core::{bytes, http, jiff};

pub use crate::client::Client;
pub use crate::credentials::Credentials;
pub use crate::filter::UserCertificateFilter;
pub use crate::ids::{CertificateName, UserCertificateId};
pub use crate::listing::{CertificatePage, Entry, List, OneIfAny, OneOf};
pub use crate::operations::OPERATIONS;
pub use crate::renewal::Renewal;
pub use crate::revocation::{Revoked, UserCertificateRevocationReason};
pub use crate::user_certificate::{
    PageMeta, PemCertificate, UserCertificate, UserCertificateStatus,
};
pub use crate::user_certificates::UserCertificates;
