//! Rows of the activity log of version 1.

use cert_core::Time;

use super::RowPerson;
use crate::BackendCertId;

cert_core::response! {
    /// An entry of the activity log.
    pub struct ActivityRow {
        /// Number of the entry.
        pub id: Option<i64>,
        /// Globally unique id of the entry.
        pub guid: Option<String>,
        /// Way of access.
        pub access_method: Option<String>,
        /// Time of the deed.
        pub date: Option<Time>,
        /// IP address that it came from.
        #[wire("address")]
        pub ip_address: Option<String>,
        /// Description of the deed.
        pub description: Option<String>,
        /// Kind of deed.
        pub action: Option<Action>,
        /// Organization that it was about.
        #[wire("org")]
        pub organization: Option<ActivityOrganization>,
        /// Person that it was about.
        pub person: Option<RowPerson>,
        /// Administrator who did it.
        #[wire("admin")]
        pub administrator: Option<ActivityAdministrator>,
        /// Client certificate that it was about.
        pub smime: Option<ActivitySmime>,
        /// SSL certificate that it was about.
        pub ssl: Option<ActivitySsl>,
        /// Notification that it was about.
        #[wire("notif")]
        pub notification: Option<ActivityNotification>,
    }
}

cert_core::response! {
    /// Kind of deed.
    pub struct Action {
        /// Number of the kind of deed.
        pub id: Option<i64>,
        /// Name of the kind of deed.
        #[wire("actionName")]
        pub name: Option<String>,
    }
}

cert_core::response! {
    /// Organization that a deed was about.
    pub struct ActivityOrganization {
        /// Name of the organization.
        pub name: Option<String>,
        /// First line of the address.
        pub address1: Option<String>,
        /// Second line of the address.
        pub address2: Option<String>,
        /// Third line of the address.
        pub address3: Option<String>,
    }
}

cert_core::response! {
    /// Administrator who did something.
    pub struct ActivityAdministrator {
        /// Name at sign-in.
        pub login: Option<String>,
        /// Full name.
        pub full_name: Option<String>,
        /// E-mail address.
        pub email: Option<String>,
    }
}

cert_core::response! {
    /// Client certificate that a deed was about.
    pub struct ActivitySmime {
        /// Subject of the certificate.
        pub subject: Option<String>,
        /// Number of the order at the CA. Deprecated by the vendor for `backend_cert_id`.
        pub order_number: Option<i64>,
        /// Name of the certificate at the CA.
        pub backend_cert_id: Option<BackendCertId>,
    }
}

cert_core::response! {
    /// SSL certificate that a deed was about.
    pub struct ActivitySsl {
        /// Common name of the subject.
        pub common_name: Option<String>,
        /// Number of the order at the CA. Deprecated by the vendor for `backend_cert_id`.
        pub order_number: Option<i64>,
        /// Name of the certificate at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// Validity in days.
        pub term: Option<i64>,
        /// Name of the profile.
        #[wire("type")]
        pub profile_name: Option<String>,
    }
}

cert_core::response! {
    /// Notification that a deed was about.
    pub struct ActivityNotification {
        /// Description of the notification.
        pub description: Option<String>,
    }
}
