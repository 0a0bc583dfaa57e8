use cert_core::client::Row;
use cert_core::{RevocationReason, SerialNumber, Time, open_enum};

use crate::{
    AdminId, BackendCertId, CertificateDetails, CsrDetails, CustomField, OrganizationId, Profile,
    SslId,
};

open_enum! {
    /// Where an SSL certificate stands.
    pub enum SslStatus {
        /// The request cannot be carried out.
        Invalid = "Invalid",
        /// Waits for approval.
        Requested = "Requested",
        /// Approved, and not yet ordered.
        Approved = "Approved",
        /// Approval was refused.
        Declined = "Declined",
        /// Ordered from the CA.
        Applied = "Applied",
        /// Issued; collecting may still have to wait.
        Issued = "Issued",
        /// Revoked.
        Revoked = "Revoked",
        /// Its time is over.
        Expired = "Expired",
        /// Another certificate took its place.
        Replaced = "Replaced",
        /// The CA refused it.
        Rejected = "Rejected",
        /// Found, but not managed. Deprecated: finds nothing as a filter.
        Unmanaged = "Unmanaged",
        /// Approved by an agent of the subscriber.
        SubscriberApproved = "SAApproved" | "SA Approved",
        /// Just entered.
        Init = "Init",
    }
}

open_enum! {
    /// Over which way a certificate was requested. Filters and answers spell it differently.
    pub enum RequestedVia {
        /// A web form.
        WebForm = "WEB_FORM" | "Enrollment Form",
        /// An administrator.
        ClientAdmin = "CLIENT_ADMIN" | "Client Admin",
        /// The SOAP API.
        WebApi = "API" | "Web API",
        /// Found by discovery.
        Discovery = "DISCOVERY",
        /// Imported.
        Imported = "IMPORTED",
        /// SCEP.
        Scep = "SCEP",
        /// A discovery agent.
        DiscoveryAgent = "CD_AGENT" | "CD Agent",
        /// An agent for Microsoft CAs.
        MicrosoftAgent = "MS_AGENT" | "MS Agent",
        /// A Microsoft CA.
        MicrosoftCa = "MS_CA" | "MS CA",
        /// A bulk request.
        BulkRequest = "BULK_REQUEST" | "Bulk Request",
        /// ACME.
        Acme = "ACME",
        /// EST.
        Est = "EST",
        /// The REST API, as here.
        Rest = "REST" | "REST API",
    }
}

open_enum! {
    /// How far the automatic installation has come. Filters and answers spell it differently.
    pub enum InstallState {
        /// No installation is configured.
        NotConfigured = "NONE" | "Not configured",
        /// It has not begun.
        NotStarted = "NOT_STARTED" | "Not started",
        /// The key is being made.
        KeyProcessing = "KEY_PROCESSING" | "Key processing",
        /// Key and CSR are there.
        KeyReady = "KEY_READY" | "Key and CSR ready",
        /// The certificate is being issued.
        CertificateProcessing = "CERT_PROCESSING" | "Certificate processing",
        /// A time is set.
        Scheduled = "SCHEDULED" | "Installation scheduled",
        /// It goes on.
        Installing = "INSTALLING" | "Installation processing",
        /// Somebody has to do something.
        ActionRequired = "ACTION_REQUIRED" | "Action required",
        /// It can begin.
        ReadyForInstall = "READY_FOR_INSTALL" | "Ready for install",
        /// The server has to be restarted.
        NeedServerRestart = "NEED_SERVER_RESTART" | "Server restart required",
        /// It is done.
        Completed = "COMPLETED",
        /// The configuration is wrong.
        Invalid = "INVALID" | "Invalid configuration",
    }
}

open_enum! {
    /// How far the automatic renewal has come. Filters and answers spell it differently.
    pub enum RenewalState {
        /// None is planned.
        NotScheduled = "NOT_SCHEDULED" | "Not scheduled",
        /// It is planned.
        Scheduled = "SCHEDULED",
        /// It goes on.
        Started = "STARTED",
        /// It is done.
        Successful = "SUCCESSFUL",
        /// It failed.
        Failed = "FAILED",
    }
}

open_enum! {
    /// Whether a discovered certificate is in use. Deprecated by the vendor.
    pub enum DiscoveryStatus {
        /// Not found anywhere.
        NotDeployed = "NotDeployed",
        /// Found on a server.
        Deployed = "Deployed",
    }
}

cert_core::response! {
    /// A row of the list of SSL certificates; [`get`](super::Ssl::get) tells the rest.
    pub struct SslSummary {
        /// Number of the certificate.
        #[wire("sslId" | "id")]
        pub id: SslId,
        /// The common name of its subject.
        pub common_name: Option<String>,
        /// Its alternative names.
        pub subject_alternative_names: Vec<String>,
        /// Its serial number, none before it is issued.
        pub serial_number: Option<SerialNumber>,
    }
}

cert_core::response! {
    /// An SSL certificate, or the request for one.
    pub struct SslCertificate {
        /// Number of the certificate.
        #[wire("id" | "sslId")]
        pub id: SslId,
        /// The common name of its subject.
        pub common_name: Option<String>,
        /// Organization that owns the certificate.
        #[wire("orgId")]
        pub organization: Option<OrganizationId>,
        /// Where it stands.
        pub status: Option<SslStatus>,
        /// Number of the order at the CA. Deprecated by the vendor for `backend_cert_id`.
        pub order_number: Option<i64>,
        /// Its name at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// The CA.
        pub vendor: Option<String>,
        /// The profile it was ordered under.
        #[wire("certType")]
        pub profile: Option<Profile>,
        /// Kind of validation. Deprecated by the vendor.
        pub sub_type: Option<String>,
        /// Kind of validation, such as `Organization Validation (OV)`; managed certificates only.
        pub validation_type: Option<String>,
        /// Ordered validity in days.
        pub term: Option<u32>,
        /// Approver of the certificate: the vendor's `owner`.
        pub owner: Option<String>,
        /// Number of the approver.
        pub owner_id: Option<AdminId>,
        /// Who requested it.
        pub requester: Option<String>,
        /// Number of its requester.
        pub requester_id: Option<AdminId>,
        /// Over which way it was requested.
        pub requested_via: Option<RequestedVia>,
        /// Addresses of people outside who asked for it, separated by commas.
        pub external_requester: Option<String>,
        /// Remarks.
        pub comments: Option<String>,
        /// When it was requested.
        pub requested: Option<Time>,
        /// When it was approved.
        pub approved: Option<Time>,
        /// When it was issued.
        pub issued: Option<Time>,
        /// When it was declined.
        pub declined: Option<Time>,
        /// When it ends.
        pub expires: Option<Time>,
        /// When it was replaced.
        pub replaced: Option<Time>,
        /// When it was revoked.
        pub revoked: Option<Time>,
        /// Why it was revoked.
        pub reason_code: Option<RevocationReason>,
        /// Whether another certificate renews it.
        pub renewed: Option<bool>,
        /// When it was renewed.
        pub renewed_date: Option<Time>,
        /// Its serial number, none before it is issued.
        pub serial_number: Option<SerialNumber>,
        /// The algorithm of its signature.
        pub signature_alg: Option<String>,
        /// The algorithm of its key. Deprecated by the vendor for `key_type`.
        pub key_algorithm: Option<String>,
        /// Size of its key in bits, 0 where unknown. Deprecated by the vendor for `key_type`.
        pub key_size: Option<u32>,
        /// Algorithm and size of its key, such as `RSA - 2048`.
        pub key_type: Option<String>,
        /// What its key may be used for (RFC 5280 section 4.2.1.3).
        pub key_usages: Vec<String>,
        /// What else its key may be used for (RFC 5280 section 4.2.1.12).
        pub extended_key_usages: Vec<String>,
        /// Its alternative names.
        pub subject_alternative_names: Vec<String>,
        /// Its custom fields.
        pub custom_fields: Vec<CustomField>,
        /// What the certificate itself says.
        pub certificate_details: Option<CertificateDetails>,
        /// What its CSR says.
        pub csr_details: Option<CsrDetails>,
        /// Its automatic installation.
        pub auto_install_details: Option<AutoInstallDetails>,
        /// Its automatic renewal.
        pub auto_renew_details: Option<AutoRenewDetails>,
        /// Whether notifications about it are held back.
        pub suspend_notifications: Option<bool>,
    }
}

cert_core::response! {
    /// The automatic installation of a certificate.
    pub struct AutoInstallDetails {
        /// How far it has come.
        pub state: Option<InstallState>,
        /// Where to.
        pub nodes: Vec<InstallNode>,
    }
}

cert_core::response! {
    /// A place that a certificate is installed to.
    pub struct InstallNode {
        /// Its name.
        pub name: Option<String>,
        /// Its TCP port.
        pub port: Option<u16>,
    }
}

cert_core::response! {
    /// The automatic renewal of a certificate.
    pub struct AutoRenewDetails {
        /// How far it has come.
        pub state: Option<RenewalState>,
        /// How many days before the end it begins.
        pub days_before_expiration: Option<u32>,
    }
}

impl Row for SslSummary {
    type Id = SslId;

    fn id(&self) -> &SslId {
        &self.id
    }
}
