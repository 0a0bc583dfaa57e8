use cert_core::client::Row;
use cert_core::{RevocationReason, SerialNumber, Time, open_enum};

use crate::{
    BackendCertId, CertificateDetails, CsrDetails, CustomField, OrganizationId, Profile, SmimeId,
};

open_enum! {
    /// Where a client certificate stands. The reference lists these for filters; answers are
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
        /// Its time is over.
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
    /// Over which way a client certificate was requested.
    pub enum SmimeRequestedVia {
        /// An administrator.
        Admin = "Admin Enroll",
        /// The person, in a web form.
        SelfService = "Self Enroll",
        /// The SOAP API.
        WebApi = "API Enroll",
        /// By itself.
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
    /// A row of the lists of client certificates; [`get`](super::Smime::get) tells the rest.
    pub struct SmimeSummary {
        /// Its number.
        pub id: SmimeId,
        /// What the certificate itself says.
        pub certificate_details: Option<CertificateDetails>,
        /// Where it stands.
        pub state: Option<SmimeState>,
        /// Number of the order at the CA. Deprecated by the vendor for `backend_cert_id`.
        pub order_number: Option<i64>,
        /// Its serial number, none before it is issued.
        pub serial_number: Option<SerialNumber>,
        /// Its name at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// When it ends.
        pub expires: Option<Time>,
        /// Remarks.
        pub comments: Option<String>,
    }
}

cert_core::response! {
    /// A client certificate, or the request for one.
    pub struct SmimeCertificate {
        /// Its number.
        pub id: SmimeId,
        /// The common name of its subject.
        pub common_name: Option<String>,
        /// Kind of certificate, such as `Private`.
        pub sub_type: Option<String>,
        /// Organization that owns the certificate.
        #[wire("orgId")]
        pub organization: Option<OrganizationId>,
        /// Where it stands.
        pub status: Option<SmimeState>,
        /// Its name at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// The profile it was ordered under.
        #[wire("certType")]
        pub profile: Option<Profile>,
        /// Ordered validity in days; 0 is seen where it is not known yet.
        pub term: Option<u32>,
        /// Over which way it was requested.
        pub requested_via: Option<SmimeRequestedVia>,
        /// When it was requested.
        pub requested: Option<Time>,
        /// When it was issued.
        pub issued: Option<Time>,
        /// When it ends.
        pub expires: Option<Time>,
        /// When it was revoked.
        pub revoked: Option<Time>,
        /// Why it was revoked.
        pub reason_code: Option<RevocationReason>,
        /// Its serial number, none before it is issued.
        pub serial_number: Option<SerialNumber>,
        /// The algorithm of its signature.
        pub signature_alg: Option<String>,
        /// The algorithm of its key. Deprecated by the vendor for `key_type`.
        pub key_algorithm: Option<String>,
        /// Size of its key in bits. Deprecated by the vendor for `key_type`.
        pub key_size: Option<u32>,
        /// Algorithm and size of its key, such as `RSA - 2048`.
        pub key_type: Option<String>,
        /// What its key may be used for (RFC 5280 section 4.2.1.3).
        pub key_usages: Vec<String>,
        /// What else its key may be used for (RFC 5280 section 4.2.1.12), as object identifiers.
        pub extended_key_usages: Vec<String>,
        /// Its alternative names.
        pub subject_alternative_names: Vec<String>,
        /// Its custom fields.
        pub custom_fields: Vec<CustomField>,
        /// What the certificate itself says.
        pub certificate_details: Option<CertificateDetails>,
        /// What its CSR says.
        pub csr_details: Option<CsrDetails>,
        /// Whether notifications about it are held back.
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
