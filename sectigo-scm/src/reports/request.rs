//! Reports of version 2, and their limits.

use cert_core::client::CsvRow;
use cert_core::{Joined, Members, open_enum};
use serde::Serialize;

use super::{
    ActivityRow, AdministratorRow, BrandRow, ClientRow, CodeSigningRow, CodeSigningSource,
    DeviceRow, DeviceSource, DomainRow, KeyAgentRow, NotificationRow, Period, SslRow,
};
use crate::OrganizationId;
use crate::smime::SmimeRequestedVia;
use crate::ssl::RequestedVia;

/// A report that the vendor streams as a CSV file.
pub trait Report: Members + Serialize + sealed::Sealed {
    /// A row of the report.
    type Row: CsvRow;
}

mod sealed {
    pub trait Sealed {
        /// What the vendor calls the report.
        const TYPE: &'static str;
    }
}

cert_core::request! {
    /// Report that is asked for.
    pub(super) struct Named(
        /// Report, as the vendor calls it.
        #[wire("type")]
        kind: &'static str,
    ) {}
}

/// A report under the vendor's name for it.
pub(super) fn named<R: Report>(report: &R) -> Joined<Named, &R> {
    Joined(Named::new(R::TYPE), report)
}

open_enum! {
    /// Event whose date a report goes by. The vendor lists no values.
    pub enum DatedEvent {
        /// Issue of the certificate.
        Enrolled = "ENROLLED",
    }
}

open_enum! {
    /// Present status of a certificate.
    pub enum CurrentStatus {
        /// Any.
        Any = "ANY",
        /// Waits for approval.
        Requested = "REQUESTED",
        /// Issued.
        Issued = "ISSUED",
        /// Revoked.
        Revoked = "REVOKED",
        /// Validity is over.
        Expired = "EXPIRED",
        /// Issued, and not downloaded yet.
        PendingDownload = "PENDING_DOWNLOAD",
        /// Not requested yet.
        NotEnrolled = "NOT_ENROLLED",
        /// Waits for approval.
        AwaitingApproval = "AWAITING_APPROVAL",
        /// Approved, and not yet ordered.
        Approved = "APPROVED",
        /// Ordered from the CA.
        Applied = "APPLIED",
        /// Issued and downloaded.
        Downloaded = "DOWNLOADED",
        /// Of another CA.
        External = "EXTERNAL",
    }
}

open_enum! {
    /// Whether control of a domain is proven, as the sample of the report spells it; the
    /// vendor's table has `Not validated`, `Validated`, `Expired`.
    pub enum DomainControl {
        /// Not yet.
        NotValidated = "NOT_VALIDATED",
        /// Control is proven.
        Validated = "VALIDATED",
        /// Control was proven, and has to be proven again.
        Expired = "EXPIRED",
    }
}

macro_rules! report {
    ($name:ident: $type:literal, $row:ty) => {
        impl sealed::Sealed for $name {
            const TYPE: &'static str = $type;
        }

        impl Report for $name {
            type Row = $row;
        }
    };
}

/// Reports on certificates, which differ in the origins that they can be limited to.
macro_rules! certificate_report {
    ($(#[$meta:meta])* $name:ident: $type:literal, $source:ty, $row:ty) => {
        cert_core::request! {
            $(#[$meta])*
            pub struct $name() {
                /// Event whose date `period` limits.
                #[wire("certificateStatus")]
                event: DatedEvent,
                /// Limits of the date.
                #[wire("dates")]
                period: Period,
                /// Present status.
                #[wire("currentStatus")]
                status: CurrentStatus,
                /// Origin of the request.
                #[wire("requestVia")]
                source: $source,
                /// Organizations and departments that own the certificates.
                #[wire("orgs")]
                organizations: Vec<OrganizationId>,
            }
        }

        report!($name: $type, $row);
    };
}

/// Reports on what was done, limited by its date alone.
macro_rules! log_report {
    ($(#[$meta:meta])* $name:ident: $type:literal, $row:ty) => {
        cert_core::request! {
            $(#[$meta])*
            pub struct $name() {
                /// Limits of the date.
                #[wire("dates")]
                period: Period,
            }
        }

        report!($name: $type, $row);
    };
}

certificate_report! {
    /// Report on SSL certificates.
    ///
    /// ```
    /// use sectigo_scm::reports::{CurrentStatus, Period, SslReport};
    ///
    /// let report = SslReport::new().status(CurrentStatus::Issued).period(Period::next(30));
    /// ```
    SslReport: "SSL_CERTS", RequestedVia, SslRow
}

certificate_report! {
    /// Report on client certificates.
    ClientReport: "CLIENT_CERTS", SmimeRequestedVia, ClientRow
}

certificate_report! {
    /// Report on device certificates.
    DeviceReport: "DEVICE_CERTS", DeviceSource, DeviceRow
}

certificate_report! {
    /// Report on code signing certificates.
    CodeSigningReport: "CS_CERTS", CodeSigningSource, CodeSigningRow
}

certificate_report! {
    /// Report on brand indicator certificates.
    BrandReport: "BRAND_CERTS", RequestedVia, BrandRow
}

log_report! {
    /// Report on what was done, and by whom.
    ActivityReport: "ACTIVITY_LOG", ActivityRow
}

log_report! {
    /// Report on the notifications that were sent.
    NotificationReport: "NOTIFICATION_ACTIVITY_LOG", NotificationRow
}

log_report! {
    /// Report on what the private key agent did.
    KeyAgentReport: "PK_CONTROLLER_ACTIVITY_LOG", KeyAgentRow
}

cert_core::request! {
    /// Report on the administrators, their privileges and roles.
    pub struct AdministratorReport() {}
}

report!(AdministratorReport: "ADMINS", AdministratorRow);

cert_core::request! {
    /// Report on domains.
    pub struct DomainReport() {
        /// Limits of the date on which the proof of control ends.
        #[wire("dates")]
        period: Period,
        /// Whether control is proven.
        status: DomainControl,
        /// Organizations that the domains are delegated to.
        #[wire("orgs")]
        organizations: Vec<OrganizationId>,
    }
}

report!(DomainReport: "DOMAINS", DomainRow);
