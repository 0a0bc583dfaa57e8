//! Certificates of every kind, and what the kinds share.

mod csr;
mod dcv;
mod details;
mod format;
mod import;
pub(crate) mod issuance;
mod locations;
mod manual_revocation;
mod profile;
mod profile_check;
pub(crate) mod remark;
pub(crate) mod revocation;

pub mod code_signing;
pub mod code_signing_requests;
pub mod device;
pub mod smime;
pub mod ssl;

pub use self::dcv::{
    DcvDetails, DcvFault, DcvInstruction, DcvLog, DcvLogEntry, DcvMethod, DcvMode,
};
pub use self::details::{CertificateDetails, CertificateUpdate, CsrDetails};
pub use self::format::{CertificateFile, CertificateFormat, Pkcs12Encryption};
pub use self::import::{ArchiveImport, ImportResult, ImportedCertificate};
pub use self::issuance::{Issuance, IssuanceError, IssuanceProgress, Look};
pub use self::locations::{Location, LocationDetails, LocationType, Locations};
pub use self::manual_revocation::ManualRevocation;
pub use self::profile::Profile;
pub use self::profile_check::{Enrollment, EnrollmentFlaw, UnfitEnrollment};
pub use self::revocation::Revocation;
