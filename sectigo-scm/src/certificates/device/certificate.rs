use cert_core::client::Row;
use cert_core::{SerialNumber, Time, open_enum};

use crate::{
    BackendCertId, CertificateDetails, CsrDetails, CustomField, DeviceId, OrganizationId, Profile,
};

open_enum! {
    /// Status of a device certificate. Answers write it in other cases than filters.
    pub enum DeviceStatus {
        /// Waits for approval.
        Requested = "REQUESTED",
        /// Approved, and not yet ordered.
        Approved = "APPROVED",
        /// Approval was refused.
        Declined = "DECLINED",
        /// Ordered from the CA.
        Applied = "APPLIED",
        /// Issued; collecting may still have to wait.
        Issued = "ISSUED",
        /// Issued and collected. Deprecated by the vendor.
        Downloaded = "DOWNLOADED",
        /// Validity is over.
        Expired = "EXPIRED",
        /// Revoked.
        Revoked = "REVOKED",
        /// The CA refused it.
        Rejected = "REJECTED",
        /// Waits for approval. Deprecated by the vendor for `Requested`.
        AwaitingApproval = "AWAITING_APPROVAL",
    }
}

cert_core::response! {
    /// Device certificate in a list; [`get`](super::DeviceCertificates::get) tells the rest.
    pub struct DeviceSummary {
        /// Number of the certificate.
        pub id: DeviceId,
        /// Name of the certificate at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// Current status.
        pub status: Option<DeviceStatus>,
        /// Names and fingerprints of the certificate.
        pub certificate_details: Option<CertificateDetails>,
    }
}

cert_core::response! {
    /// A device certificate, or the request for one.
    pub struct DeviceCertificate {
        /// Number of the certificate.
        pub id: DeviceId,
        /// Common name of the subject.
        pub common_name: Option<String>,
        /// Organization that owns the certificate.
        #[wire("orgId")]
        pub organization: Option<OrganizationId>,
        /// Current status.
        pub status: Option<DeviceStatus>,
        /// Number of the order at the CA. Deprecated by the vendor for `backend_cert_id`.
        pub order_number: Option<i64>,
        /// Name of the certificate at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// Profile of the certificate.
        #[wire("certType")]
        pub profile: Option<Profile>,
        /// Ordered validity in days, 0 where unknown.
        pub term: Option<u32>,
        /// Approver of the certificate: the vendor's `owner`.
        pub owner: Option<String>,
        /// E-mail address of the requester.
        pub requester: Option<String>,
        /// Remarks.
        pub comments: Option<String>,
        /// Time of the request.
        pub requested: Option<Time>,
        /// Time of the approval.
        pub approved: Option<Time>,
        /// End of the validity.
        pub expires: Option<Time>,
        /// Algorithm of the key. Deprecated by the vendor for `key_type`.
        pub key_algorithm: Option<String>,
        /// Size of the key in bits, 0 where unknown. Deprecated by the vendor for `key_type`.
        pub key_size: Option<u32>,
        /// Algorithm and size of the key, such as `RSA - 2048`.
        pub key_type: Option<String>,
        /// Serial number, none before the certificate is issued.
        pub serial_number: Option<SerialNumber>,
        /// Custom fields of the certificate.
        pub custom_fields: Vec<CustomField>,
        /// Names and fingerprints of the certificate; empty where nothing is known.
        pub certificate_details: Option<CertificateDetails>,
        /// CSR of the certificate, with its fingerprints.
        pub csr_details: Option<CsrDetails>,
    }
}

impl Row for DeviceSummary {
    type Id = DeviceId;

    fn id(&self) -> &DeviceId {
        &self.id
    }
}
