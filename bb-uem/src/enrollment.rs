use cert_core::open_enum;

use crate::{Link, MediaType};

open_enum! {
    /// How far a certificate has come on its way to a place.
    pub enum EnrollmentStatus {
        /// It arrived.
        Delivered = "DELIVERED",
        /// It arrived, and works.
        Verified = "VERIFIED",
        /// It could not be installed.
        Failed = "FAILED",
        /// It was deleted there.
        Deleted = "DELETED",
        /// It was there already.
        Duplicate = "DUPLICATE",
        /// Its time is over.
        Expired = "EXPIRED",
        /// Its time is over, and it is still there.
        ExpiredNotDeleted = "EXPIRED_NOT_DELETED",
        /// It is under way.
        Sent = "SENT",
        /// Its time has not begun.
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
        /// How far it has come; not told for other than Dynamics certificates.
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
