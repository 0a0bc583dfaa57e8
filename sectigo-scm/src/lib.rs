#![doc = include_str!("../README.md")]

#[cfg(feature = "certificates")]
mod certificates;
mod client;
mod credentials;
mod error_code;
mod ids;
mod paging;

pub use cert_core;
pub use cert_core::client::{Builder, Call, Error, ErrorKind, Pages, Retry};

#[cfg(feature = "certificates")]
pub use crate::certificates::*;
pub use crate::client::{Client, OPERATIONS};
pub use crate::credentials::Credentials;
pub use crate::error_code::ErrorCode;
pub use crate::ids::{
    AdminId, AzureAccountId, BackendCertId, CodeSigningId, CustomFieldId, DeviceId, LocationId,
    OrganizationId, PersonId, ProfileId, RenewId, SmimeId, SslId,
};
pub use crate::paging::{List, Total};
