#![doc = include_str!("../README.md")]

mod certificate;
mod client;
mod credentials;
mod custom_field;
mod dcv;
mod error_code;
mod format;
mod ids;
mod import;
#[cfg(feature = "_orders")]
mod issuance;
#[cfg(feature = "_orders")]
mod listing;
mod location;
#[cfg(feature = "_orders")]
mod locations;
mod manual_revocation;
mod profile;
#[cfg(feature = "_orders")]
mod remark;
#[cfg(feature = "_orders")]
mod revocation;

#[cfg(feature = "cscert")]
pub mod cscert;
#[cfg(feature = "device")]
pub mod device;
#[cfg(feature = "smime")]
pub mod smime;
#[cfg(feature = "ssl")]
pub mod ssl;

pub use cert_core;
pub use cert_core::client::{Builder, Call, Error, ErrorKind, Pages, Retry};

pub use crate::certificate::{CertificateDetails, CertificateUpdate, CsrDetails};
pub use crate::client::{Client, OPERATIONS};
pub use crate::credentials::Credentials;
pub use crate::custom_field::{CustomField, CustomFieldDefinition};
pub use crate::dcv::{
    DcvDetails, DcvFault, DcvInstruction, DcvLog, DcvLogEntry, DcvMethod, DcvMode,
};
pub use crate::error_code::ErrorCode;
pub use crate::format::{CertificateFile, CertificateFormat, DateFormat, Pkcs12Encryption};
pub use crate::ids::{
    AdminId, AzureAccountId, BackendCertId, CodeSigningId, CustomFieldId, DeviceId, LocationId,
    OrganizationId, PersonId, ProfileId, RenewId, SmimeId, SslId,
};
pub use crate::import::{ArchiveImport, ImportResult, ImportedCertificate};
#[cfg(feature = "_orders")]
pub use crate::issuance::{IssuanceError, IssuanceProgress, Patience};
#[cfg(feature = "_orders")]
pub use crate::listing::{List, Total};
pub use crate::location::{Location, LocationDetails, LocationType};
#[cfg(feature = "_orders")]
pub use crate::locations::Locations;
pub use crate::manual_revocation::ManualRevocation;
pub use crate::profile::Profile;
#[cfg(feature = "_orders")]
pub use crate::revocation::Revocation;
