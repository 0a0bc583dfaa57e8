#![doc = include_str!("../README.md")]

mod certificate;
mod certificate_ref;
mod client;
mod credentials;
mod envelope;
mod error_code;
mod operations;
mod system;
mod upload;

pub mod handles;

pub use cert_core;
pub use cert_core::api::{Builder, Call, Error, ErrorKind, Retry};

pub use crate::certificate::{CertificateId, DeviceCertificate, NameParts, UploadedCertificate};
pub use crate::certificate_ref::CertificateRef;
pub use crate::client::Client;
pub use crate::credentials::Credentials;
pub use crate::envelope::{Done, Info, Listed, Single};
pub use crate::error_code::{ErrorCode, Refusal};
pub use crate::operations::OPERATIONS;
pub use crate::system::{BuildType, SystemInfo};
pub use crate::upload::{CaCertificateUpload, UserCertificateUpload};
