#![doc = include_str!("../README.md")]

mod ca_certificates;
mod certificate;
mod certificate_ref;
mod client;
mod credentials;
mod envelope;
mod error_code;
mod operations;
mod system;
mod upload;
mod user_certificates;

pub use cert_core;
pub use cert_core::client::{
    Backoff, Builder, Call, Error, ErrorKind, Limits, Op, Pace, Retry, Sweep, SweepEnd, SweepError,
};
#[cfg(feature = "rustls")]
pub use cert_core::client::{Identity, PublicKeyPin, Tls};
pub use cert_core::{bytes, http, jiff};

pub use crate::ca_certificates::CaCertificates;
pub use crate::certificate::{CertificateId, DeviceCertificate, NameParts, UploadedCertificate};
pub use crate::certificate_ref::CertificateRef;
pub use crate::client::Client;
pub use crate::credentials::Credentials;
pub use crate::envelope::{Done, Info, Listed, Single};
pub use crate::error_code::{ErrorCode, Refusal};
pub use crate::operations::OPERATIONS;
pub use crate::system::{BuildType, System, SystemInfo};
pub use crate::upload::{CaCertificateUpload, UserCertificateUpload};
pub use crate::user_certificates::UserCertificates;
