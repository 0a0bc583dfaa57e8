use cert_core::open_enum;

use super::{KeyRecovery, Webhook};
use crate::OrganizationId;

open_enum! {
    /// Kind of certificate that an organization may have.
    pub enum CertificateType {
        /// S/MIME.
        Smime = "SMIME",
        /// SSL.
        Ssl = "SSL",
        /// Code signing.
        CodeSigning = "CodeSign",
        /// Client certificates for authentication.
        SmimeAuthentication = "SMIMEAuth",
        /// Devices.
        Device = "Device",
    }
}

open_enum! {
    /// Kind of certificate that organizations are listed by.
    pub enum ReportType {
        /// SSL.
        Ssl = "SSL",
        /// S/MIME.
        Smime = "Client",
        /// Devices.
        Device = "Device",
        /// Code signing.
        CodeSigning = "CodeSign",
    }
}

cert_core::response! {
    /// An organization of a list; [`get`](super::Organizations::get) tells the rest.
    pub struct OrganizationSummary {
        /// Number of the organization.
        pub id: OrganizationId,
        /// Name of the organization.
        pub name: Option<String>,
        /// Departments of the organization.
        pub departments: Vec<Department>,
    }
}

cert_core::response! {
    /// A department; an organization where a list of both has one.
    pub struct Department {
        /// Number of the department.
        pub id: OrganizationId,
        /// Name of the department.
        pub name: Option<String>,
        /// Name of the organization that the department belongs to; an organization has none.
        pub parent_name: Option<String>,
    }
}

cert_core::response! {
    /// An organization or department.
    pub struct Organization {
        /// Number of the organization.
        pub id: OrganizationId,
        /// Name of the organization.
        pub name: Option<String>,
        /// Further name of the organization, for certificates under its secondary name.
        pub secondary_name: Option<String>,
        /// SCHAC home organization: a domain name that stands for the institution. Deprecated by
        /// the vendor for `alias`.
        pub schac_home_organization: Option<String>,
        /// Short name of the organization.
        pub alias: Option<String>,
        /// E-mail addresses of contacts, separated by commas.
        pub contact_emails: Option<String>,
        /// Webhook for notifications.
        pub contact_webhook: Option<Webhook>,
        /// Slack webhook for notifications.
        pub contact_slack: Option<Webhook>,
        /// Microsoft Teams webhook for notifications.
        pub contact_teams: Option<Webhook>,
        /// Street and number.
        pub address1: Option<String>,
        /// Second line of the address.
        pub address2: Option<String>,
        /// Third line of the address.
        pub address3: Option<String>,
        /// Town.
        pub city: Option<String>,
        /// State or province.
        pub state_or_province: Option<String>,
        /// Postal code.
        pub postal_code: Option<String>,
        /// Country, two letters (ISO 3166-1).
        pub country: Option<String>,
        /// Validation status. Deprecated by the vendor: list the organization's validations.
        pub validation_status: Option<String>,
        /// Validation status of the secondary name. Deprecated by the vendor likewise.
        pub secondary_validation_status: Option<String>,
        /// Whether SSL certificates can be managed over the Web and REST interfaces.
        #[wire("sslCertsApiEnabled")]
        pub ssl_api_enabled: Option<bool>,
        /// Whether client certificates can be managed over the Web and REST interfaces.
        #[wire("clientCertsApiEnabled")]
        pub smime_api_enabled: Option<bool>,
        /// Kinds of certificate that the organization may have.
        #[wire("certTypes")]
        pub certificate_types: Vec<CertificateType>,
        /// Departments of the organization.
        pub departments: Vec<Department>,
        /// Administrators who may recover private keys of client certificates.
        #[wire("clientCertificate")]
        pub key_recovery: Option<KeyRecovery>,
    }
}
