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
#[cfg(any(feature = "ssl", feature = "smime", feature = "device"))]
mod issuance;
#[cfg(any(feature = "ssl", feature = "smime", feature = "device"))]
mod listing;
mod location;
#[cfg(any(feature = "ssl", feature = "smime", feature = "device"))]
mod locations;
mod manual_revocation;
mod profile;
#[cfg(any(feature = "ssl", feature = "smime", feature = "device"))]
mod remark;
#[cfg(any(feature = "ssl", feature = "smime", feature = "device"))]
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
pub use cert_core::api::{Builder, Call, Error, ErrorKind, Pages, Retry};

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
#[cfg(any(feature = "ssl", feature = "smime", feature = "device"))]
pub use crate::issuance::{IssuanceError, IssuanceProgress, Patience};
#[cfg(any(feature = "ssl", feature = "smime", feature = "device"))]
pub use crate::listing::{List, Total};
pub use crate::location::{Location, LocationDetails, LocationType};
#[cfg(any(feature = "ssl", feature = "smime", feature = "device"))]
pub use crate::locations::Locations;
pub use crate::manual_revocation::ManualRevocation;
pub use crate::profile::Profile;
#[cfg(any(feature = "ssl", feature = "smime", feature = "device"))]
pub use crate::revocation::Revocation;
