use cert_core::client::Row;
use cert_core::{RevocationReason, SerialNumber, Time, open_enum};

use crate::{
    AdminId, BackendCertId, CertificateDetails, CsrDetails, CustomField, OrganizationId, Profile,
    SslId,
};

open_enum! {
    /// Status of an SSL certificate.
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
        /// Validity is over.
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
    /// Origin of the request for a certificate. Filters and answers spell it differently.
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
    /// State of the automatic installation. Filters and answers spell it differently.
    pub enum InstallState {
        /// No installation is configured.
        NotConfigured = "NONE" | "Not configured",
        /// Installation not begun.
        NotStarted = "NOT_STARTED" | "Not started",
        /// The key is being made.
        KeyProcessing = "KEY_PROCESSING" | "Key processing",
        /// Key and CSR are there.
        KeyReady = "KEY_READY" | "Key and CSR ready",
        /// The certificate is being issued.
        CertificateProcessing = "CERT_PROCESSING" | "Certificate processing",
        /// A time is set.
        Scheduled = "SCHEDULED" | "Installation scheduled",
        /// Installation goes on.
        Installing = "INSTALLING" | "Installation processing",
        /// Somebody has to do something.
        ActionRequired = "ACTION_REQUIRED" | "Action required",
        /// Ready to be installed.
        ReadyForInstall = "READY_FOR_INSTALL" | "Ready for install",
        /// The server has to be restarted.
        NeedServerRestart = "NEED_SERVER_RESTART" | "Server restart required",
        /// Installation done.
        Completed = "COMPLETED",
        /// The configuration is wrong.
        Invalid = "INVALID" | "Invalid configuration",
    }
}

open_enum! {
    /// State of the automatic renewal. Filters and answers spell it differently.
    pub enum RenewalState {
        /// None is planned.
        NotScheduled = "NOT_SCHEDULED" | "Not scheduled",
        /// Renewal planned.
        Scheduled = "SCHEDULED",
        /// Renewal goes on.
        Started = "STARTED",
        /// Renewal done.
        Successful = "SUCCESSFUL",
        /// Renewal failed.
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
    /// SSL certificate in a list; [`get`](super::Ssl::get) tells the rest.
    pub struct SslSummary {
        /// Number of the certificate.
        #[wire("sslId" | "id")]
        pub id: SslId,
        /// Common name of the subject.
        pub common_name: Option<String>,
        /// Subject alternative names.
        pub subject_alternative_names: Vec<String>,
        /// Serial number, none before the certificate is issued.
        pub serial_number: Option<SerialNumber>,
    }
}

cert_core::response! {
    /// An SSL certificate, or the request for one.
    pub struct SslCertificate {
        /// Number of the certificate.
        #[wire("id" | "sslId")]
        pub id: SslId,
        /// Common name of the subject.
        pub common_name: Option<String>,
        /// Organization that owns the certificate.
        #[wire("orgId")]
        pub organization: Option<OrganizationId>,
        /// Current status.
        pub status: Option<SslStatus>,
        /// Number of the order at the CA. Deprecated by the vendor for `backend_cert_id`.
        pub order_number: Option<i64>,
        /// Name of the certificate at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// Name of the CA.
        pub vendor: Option<String>,
        /// Profile of the certificate.
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
        /// Requester of the certificate.
        pub requester: Option<String>,
        /// Number of the requester.
        pub requester_id: Option<AdminId>,
        /// Origin of the request.
        pub requested_via: Option<RequestedVia>,
        /// E-mail addresses of people outside who asked for the certificate, separated by commas.
        pub external_requester: Option<String>,
        /// Remarks.
        pub comments: Option<String>,
        /// Time of the request.
        pub requested: Option<Time>,
        /// Time of the approval.
        pub approved: Option<Time>,
        /// Time of the issuance.
        pub issued: Option<Time>,
        /// Time at which the request was declined.
        pub declined: Option<Time>,
        /// End of the validity.
        pub expires: Option<Time>,
        /// Time of the replacement.
        pub replaced: Option<Time>,
        /// Time of the revocation.
        pub revoked: Option<Time>,
        /// Reason of the revocation.
        pub reason_code: Option<RevocationReason>,
        /// Whether another certificate renews it.
        pub renewed: Option<bool>,
        /// Time of the renewal.
        pub renewed_date: Option<Time>,
        /// Serial number, none before the certificate is issued.
        pub serial_number: Option<SerialNumber>,
        /// Algorithm of the signature.
        pub signature_alg: Option<String>,
        /// Algorithm of the key. Deprecated by the vendor for `key_type`.
        pub key_algorithm: Option<String>,
        /// Size of the key in bits, 0 where unknown. Deprecated by the vendor for `key_type`.
        pub key_size: Option<u32>,
        /// Algorithm and size of the key, such as `RSA - 2048`.
        pub key_type: Option<String>,
        /// Key usages (RFC 5280 section 4.2.1.3).
        pub key_usages: Vec<String>,
        /// Extended key usages (RFC 5280 section 4.2.1.12).
        pub extended_key_usages: Vec<String>,
        /// Subject alternative names.
        pub subject_alternative_names: Vec<String>,
        /// Custom fields of the certificate.
        pub custom_fields: Vec<CustomField>,
        /// Names and fingerprints of the certificate.
        pub certificate_details: Option<CertificateDetails>,
        /// CSR of the certificate, with its fingerprints.
        pub csr_details: Option<CsrDetails>,
        /// Automatic installation of the certificate.
        pub auto_install_details: Option<AutoInstallDetails>,
        /// Automatic renewal of the certificate.
        pub auto_renew_details: Option<AutoRenewDetails>,
        /// Whether notifications about the certificate are held back.
        pub suspend_notifications: Option<bool>,
    }
}

cert_core::response! {
    /// The automatic installation of a certificate.
    pub struct AutoInstallDetails {
        /// State of the installation.
        pub state: Option<InstallState>,
        /// Places that the certificate is installed to.
        pub nodes: Vec<InstallNode>,
    }
}

cert_core::response! {
    /// A place that a certificate is installed to.
    pub struct InstallNode {
        /// Name of the place.
        pub name: Option<String>,
        /// TCP port of the place.
        pub port: Option<u16>,
    }
}

cert_core::response! {
    /// The automatic renewal of a certificate.
    pub struct AutoRenewDetails {
        /// State of the renewal.
        pub state: Option<RenewalState>,
        /// Number of days before the end at which the renewal begins.
        pub days_before_expiration: Option<u32>,
    }
}

impl Row for SslSummary {
    type Id = SslId;

    fn id(&self) -> &SslId {
        &self.id
    }
}
