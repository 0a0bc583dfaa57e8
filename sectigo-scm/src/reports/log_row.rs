//! Rows of the reports on domains, administrators and what was done: version 2.

use cert_core::Time;
use cert_core::client::CsvRow;

use crate::domain_validations::OrderStatus;
use crate::domains::ValidationStatus;
use crate::{AdminId, DcvMethod};

cert_core::response! {
    /// Domain in a report.
    pub struct DomainRow {
        /// Name of the domain.
        #[wire("Name")]
        pub name: String,
        /// Date until which the proof of control holds.
        #[wire("Expiration Date")]
        pub expires: Option<Time>,
        /// Whether control is proven.
        #[wire("Status")]
        pub status: Option<ValidationStatus>,
        /// Method by which control was proven last.
        #[wire("Method")]
        pub method: Option<DcvMethod>,
        /// State of the order that proves control.
        #[wire("Order Status")]
        pub order_status: Option<OrderStatus>,
        /// Method that the order asks for.
        #[wire("Order Method")]
        pub order_method: Option<DcvMethod>,
        /// First half of the record that proves control, an MD5 digest.
        #[wire("MD5")]
        pub md5: Option<String>,
        /// Second half of it, a SHA-256 digest.
        #[wire("SHA256")]
        pub sha256: Option<String>,
        /// Organizations and departments that it is delegated to, such as `Example;Example/Shop`.
        #[wire("Delegated To")]
        pub delegated_to: Option<String>,
        /// Authority that proves control.
        #[wire("Backend")]
        pub backend: Option<String>,
        /// Description, for people.
        #[wire("Description")]
        pub description: Option<String>,
    }
}

impl CsvRow for DomainRow {
    const COLUMNS: &'static [&'static str] = &["Name", "Status"];
}

cert_core::response! {
    /// An administrator in a report, or, in a row without a number, a further role of the one
    /// before. A row without a role names a further organization or department of the role before.
    pub struct AdministratorRow {
        /// Number of the administrator; none in a row that goes on with the one before.
        #[wire("Id")]
        pub id: Option<AdminId>,
        /// Full name.
        #[wire("Name")]
        pub name: Option<String>,
        /// Name at sign-in.
        #[wire("Login")]
        pub login: Option<String>,
        /// E-mail address.
        #[wire("Email")]
        pub email: Option<String>,
        /// Whether a client certificate is needed to sign in.
        #[wire("Certificate Auth")]
        pub certificate_sign_in: Option<bool>,
        /// Whether the account is in use.
        #[wire("Active")]
        pub active: Option<bool>,
        /// Whether administrators of the same level may be created.
        #[wire("Allow creation of peer admin users")]
        pub may_create_peers: Option<bool>,
        /// Whether administrators of the same level may be changed.
        #[wire("Allow editing of peer admin users")]
        pub may_edit_peers: Option<bool>,
        /// Whether administrators of the same level may be deleted.
        #[wire("Allow deleting of peer admin users")]
        pub may_delete_peers: Option<bool>,
        /// Whether control of domains may be proven.
        #[wire("Allow DCV")]
        pub may_validate_domains: Option<bool>,
        /// Whether details of SSL certificates may be changed.
        #[wire("Allow SSL details changing")]
        pub may_change_ssl_details: Option<bool>,
        /// Whether own requests count as approved.
        #[wire("Automatically approve certificate requests")]
        pub approves_own_requests: Option<bool>,
        /// Whether delegations of domains may be approved.
        #[wire("Approve domain delegation")]
        pub approves_delegations: Option<bool>,
        /// Whether Microsoft Active Directory may be searched.
        #[wire("MS AD Discovery")]
        pub may_discover_ad: Option<bool>,
        /// Whether keys may be downloaded from the vault.
        #[wire("Allow download keys from Key Vault")]
        pub may_download_keys: Option<bool>,
        /// Whether organizations and departments may be managed.
        #[wire("Allow to manage organizations / departments")]
        pub may_manage_organizations: Option<bool>,
        /// Whether certificates may be revoked.
        #[wire("Allow certificate revocation")]
        pub may_revoke: Option<bool>,
        /// Role, such as `RAO_SSL`.
        #[wire("Role")]
        pub role: Option<String>,
        /// Organization in which the role holds.
        #[wire("Organization")]
        pub organization_name: Option<String>,
        /// Department in which the role holds.
        #[wire("Department")]
        pub department_name: Option<String>,
    }
}

impl CsvRow for AdministratorRow {
    const COLUMNS: &'static [&'static str] = &["Login"];
}

cert_core::response! {
    /// Entry of the activity log in a report.
    pub struct ActivityRow {
        /// Kind of deed.
        #[wire("Action")]
        pub action: Option<String>,
        /// Login of the administrator who did it.
        #[wire("Admin")]
        pub administrator: Option<String>,
        /// Person that it was about.
        #[wire("Person")]
        pub person: Option<String>,
        /// Name of the organization.
        #[wire("Organization")]
        pub organization_name: Option<String>,
        /// Name of the department.
        #[wire("Department")]
        pub department_name: Option<String>,
        /// Subject of the client certificate that it was about.
        #[wire("Cert subject")]
        pub subject: Option<String>,
        /// SSL certificate that it was about.
        #[wire("SSL Certificate")]
        pub ssl_certificate: Option<String>,
        /// Notification that it was about.
        #[wire("Notification")]
        pub notification: Option<String>,
        /// Name of the customer.
        #[wire("Customer name")]
        pub customer_name: Option<String>,
        /// Description of the deed.
        #[wire("Description")]
        pub description: Option<String>,
        /// Way of access.
        #[wire("Access method")]
        pub access_method: Option<String>,
        /// Address that it came from.
        #[wire("IP address")]
        pub ip_address: Option<String>,
        /// Time of the deed; samples write the time of day twice.
        #[wire("Date")]
        pub date: Option<Time>,
    }
}

impl CsvRow for ActivityRow {
    const COLUMNS: &'static [&'static str] = &["Action", "Date"];
}

cert_core::response! {
    /// Notification in a report.
    pub struct NotificationRow {
        /// Kind of notification.
        #[wire("Notification Type")]
        pub notification: Option<String>,
        /// Recipient, with a name before the address where there is one.
        #[wire("Email")]
        pub email: Option<String>,
        /// Subject of the mail.
        #[wire("Subject")]
        pub subject: Option<String>,
        /// Time at which it was sent.
        #[wire("Date")]
        pub date: Option<Time>,
    }
}

impl CsvRow for NotificationRow {
    const COLUMNS: &'static [&'static str] = &["Notification Type", "Date"];
}

cert_core::response! {
    /// Deed of the private key agent in a report.
    pub struct KeyAgentRow {
        /// Number of the entry.
        #[wire("Id")]
        pub id: Option<i64>,
        /// Kind of deed.
        #[wire("Action")]
        pub action: Option<String>,
        /// Time of the deed.
        #[wire("Date/Time")]
        pub date: Option<Time>,
        /// SSL certificate that it was about.
        #[wire("SSL cert")]
        pub ssl_certificate: Option<String>,
        /// Description of the deed.
        #[wire("Description")]
        pub description: Option<String>,
    }
}

impl CsvRow for KeyAgentRow {
    const COLUMNS: &'static [&'static str] = &["Action", "Date/Time"];
}
