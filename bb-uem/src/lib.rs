#![doc = include_str!("../README.md")]

mod authorization;
mod bundles;
mod certificates;
mod client;
mod credentials;
mod embedded_certificate;
mod embedded_certificates;
mod enrollment;
mod error_code;
mod ids;
mod link;
mod media_type;
mod methods;
mod operations;
mod user;
mod users;

pub use cert_core;
pub use cert_core::client::{
    Backoff, Builder, Call, Error, ErrorKind, Limits, Op, Pace, Pages, Retry, Sweep, SweepEnd,
    SweepError,
};
#[cfg(feature = "rustls")]
pub use cert_core::client::{Identity, PublicKeyPin, Tls};
pub use cert_core::{bytes, http, jiff};

pub use crate::authorization::{Authorization, AuthorizationRequest, Provider};
pub use crate::bundles::{Bundles, CertificateBundle};
pub use crate::certificates::Certificates;
pub use crate::client::Client;
pub use crate::credentials::Credentials;
pub use crate::embedded_certificate::{EmbeddedCertificate, EmbeddedCertificateList};
pub use crate::embedded_certificates::EmbeddedCertificates;
pub use crate::enrollment::{CertificateEnrollment, CertificateEnrollmentList, EnrollmentStatus};
pub use crate::error_code::ErrorCode;
pub use crate::ids::{
    ApplicationId, BundleId, CertificateId, DirectoryId, EmbeddedCertificateId, ProfileId,
    UserDeviceId, UserId,
};
pub use crate::link::{Link, LinkRelation, LinkTarget};
pub use crate::media_type::{CertificateFile, MediaType, Typed};
pub use crate::methods::{AllowedMethods, NotAllowed};
pub use crate::operations::OPERATIONS;
pub use crate::user::{User, UserPage, UserSearch};
pub use crate::users::{UserList, Users};
