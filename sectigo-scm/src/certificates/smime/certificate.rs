use cert_core::client::Row;
use cert_core::{RevocationReason, SerialNumber, Time, open_enum};

use crate::{
    BackendCertId, CertificateDetails, CsrDetails, CustomField, OrganizationId, Profile, SmimeId,
};

open_enum! {
    /// Status of a client certificate. The reference lists these for filters; answers are
    /// seen to use the same.
    pub enum SmimeState {
        /// Not requested yet.
        Blank = "blank",
        /// Entered, and not yet ordered.
        Created = "created",
        /// Ordered from the CA.
        Requested = "requested",
        /// Issued; collecting may still have to wait.
        Issued = "issued",
        /// Issued and collected. Deprecated by the vendor.
        Downloaded = "downloaded",
        /// Validity is over.
        Expired = "expired",
        /// Revoked.
        Revoked = "revoked",
        /// The CA refused it.
        Rejected = "rejected",
        /// About to be revoked.
        PreRevoked = "pre_revoked",
    }
}

open_enum! {
    /// Origin of the request for a client certificate.
    pub enum SmimeRequestedVia {
        /// An administrator.
        Admin = "Admin Enroll",
        /// The person, in a web form.
        SelfService = "Self Enroll",
        /// The SOAP API.
        WebApi = "API Enroll",
        /// Automatic enrolment.
        Auto = "Auto Enroll",
        /// A table of persons.
        Csv = "CSV Enroll",
        /// SCEP.
        Scep = "SCEP Enroll",
        /// An identity provider.
        IdentityProvider = "IdP Enroll",
        /// An agent for Microsoft CAs.
        MicrosoftAgent = "MS Agent Enroll",
        /// Found by discovery.
        Discovery = "Discovery",
        /// A Microsoft CA.
        MicrosoftCa = "MS CA Enroll",
        /// Imported.
        Imported = "Imported",
        /// EST.
        Est = "EST Enroll",
        /// The REST API, as here.
        Rest = "REST Enroll API",
    }
}

cert_core::response! {
    /// Client certificate in a list; [`get`](super::Smime::get) tells the rest.
    pub struct SmimeSummary {
        /// Number of the certificate.
        pub id: SmimeId,
        /// Names and fingerprints of the certificate.
        pub certificate_details: Option<CertificateDetails>,
        /// Current status.
        pub state: Option<SmimeState>,
        /// Number of the order at the CA. Deprecated by the vendor for `backend_cert_id`.
        pub order_number: Option<i64>,
        /// Serial number, none before the certificate is issued.
        pub serial_number: Option<SerialNumber>,
        /// Name of the certificate at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// End of the validity.
        pub expires: Option<Time>,
        /// Remarks.
        pub comments: Option<String>,
    }
}

cert_core::response! {
    /// A client certificate, or the request for one.
    pub struct SmimeCertificate {
        /// Number of the certificate.
        pub id: SmimeId,
        /// Common name of the subject.
        pub common_name: Option<String>,
        /// Kind of certificate, such as `Private`.
        pub sub_type: Option<String>,
        /// Organization that owns the certificate.
        #[wire("orgId")]
        pub organization: Option<OrganizationId>,
        /// Current status.
        pub status: Option<SmimeState>,
        /// Name of the certificate at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// Profile of the certificate.
        #[wire("certType")]
        pub profile: Option<Profile>,
        /// Ordered validity in days; 0 is seen where it is not known yet.
        pub term: Option<u32>,
        /// Origin of the request.
        pub requested_via: Option<SmimeRequestedVia>,
        /// Time of the request.
        pub requested: Option<Time>,
        /// Time of the issuance.
        pub issued: Option<Time>,
        /// End of the validity.
        pub expires: Option<Time>,
        /// Time of the revocation.
        pub revoked: Option<Time>,
        /// Reason of the revocation.
        pub reason_code: Option<RevocationReason>,
        /// Serial number, none before the certificate is issued.
        pub serial_number: Option<SerialNumber>,
        /// Algorithm of the signature.
        pub signature_alg: Option<String>,
        /// Algorithm of the key. Deprecated by the vendor for `key_type`.
        pub key_algorithm: Option<String>,
        /// Size of the key in bits. Deprecated by the vendor for `key_type`.
        pub key_size: Option<u32>,
        /// Algorithm and size of the key, such as `RSA - 2048`.
        pub key_type: Option<String>,
        /// Key usages (RFC 5280 section 4.2.1.3).
        pub key_usages: Vec<String>,
        /// Extended key usages (RFC 5280 section 4.2.1.12), as object identifiers.
        pub extended_key_usages: Vec<String>,
        /// Subject alternative names.
        pub subject_alternative_names: Vec<String>,
        /// Custom fields of the certificate.
        pub custom_fields: Vec<CustomField>,
        /// Names and fingerprints of the certificate.
        pub certificate_details: Option<CertificateDetails>,
        /// CSR of the certificate, with its fingerprints.
        pub csr_details: Option<CsrDetails>,
        /// Whether notifications about the certificate are held back.
        pub suspend_notifications: Option<bool>,
        /// Remarks.
        pub comments: Option<String>,
    }
}

impl Row for SmimeSummary {
    type Id = SmimeId;

    fn id(&self) -> &SmimeId {
        &self.id
    }
}
