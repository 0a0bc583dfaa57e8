use cert_core::open_enum;

use crate::{Link, MediaType};

open_enum! {
    /// Status of a certificate on the way to a place.
    pub enum EnrollmentStatus {
        /// Delivered.
        Delivered = "DELIVERED",
        /// Delivered and verified: the certificate works.
        Verified = "VERIFIED",
        /// Installation failed.
        Failed = "FAILED",
        /// Deleted from the place.
        Deleted = "DELETED",
        /// Duplicate: the place had the certificate already.
        Duplicate = "DUPLICATE",
        /// Validity is over.
        Expired = "EXPIRED",
        /// Validity is over, and the certificate is still in its place.
        ExpiredNotDeleted = "EXPIRED_NOT_DELETED",
        /// Sent, and not delivered yet.
        Sent = "SENT",
        /// Validity has not begun.
        NotYetValid = "NOT_YET_VALID",
        /// A second copy was deleted.
        DeletedDuplicate = "DELETED_DUPLICATE",
        /// The app has brought it from elsewhere.
        ImportedFromApp = "IMPORTED_FROM_APP",
        /// A migration changed it.
        MigrationUpdate = "MIGRATION_UPDATE",
        /// The user deleted it.
        DeletedByUser = "DELETED_BY_USER",
    }
}

cert_core::response! {
    /// A place that an embedded certificate was sent to.
    pub struct CertificateEnrollment {
        /// The place: a device, or an app on one.
        pub link: Option<Link>,
        /// Status; not told for other than Dynamics certificates.
        pub status: Option<EnrollmentStatus>,
    }
}

cert_core::response! {
    /// The places that an embedded certificate was sent to.
    pub struct CertificateEnrollmentList {
        /// The places; none before it is sent anywhere.
        pub certificate_enrollments: Vec<CertificateEnrollment>,
    }
}

impl MediaType for CertificateEnrollmentList {
    const MEDIA_TYPE: &'static str = "application/vnd.blackberry.certificateenrollments-v1+json";
}
