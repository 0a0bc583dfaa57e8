use cert_core::client::Row;
use cert_core::{SerialNumber, Time, open_enum};

use crate::{
    BackendCertId, CertificateDetails, CsrDetails, CustomField, DeviceId, OrganizationId, Profile,
};

open_enum! {
    /// Where a device certificate stands. Answers write it in other cases than filters.
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
        /// Its time is over.
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
    /// A row of the list of device certificates; [`get`](super::DeviceCertificates::get) tells the rest.
    pub struct DeviceSummary {
        /// Its number.
        pub id: DeviceId,
        /// Its name at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// Where it stands.
        pub status: Option<DeviceStatus>,
        /// What the certificate itself says.
        pub certificate_details: Option<CertificateDetails>,
    }
}

cert_core::response! {
    /// A device certificate, or the request for one.
    pub struct DeviceCertificate {
        /// Its number.
        pub id: DeviceId,
        /// The common name of its subject.
        pub common_name: Option<String>,
        /// Whose it is.
        #[wire("orgId")]
        pub organization: Option<OrganizationId>,
        /// Where it stands.
        pub status: Option<DeviceStatus>,
        /// Number of the order at the CA. Deprecated by the vendor for `backend_cert_id`.
        pub order_number: Option<i64>,
        /// Its name at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// The profile it was ordered under.
        #[wire("certType")]
        pub profile: Option<Profile>,
        /// Ordered validity in days, 0 where unknown.
        pub term: Option<u32>,
        /// Who approved it.
        pub owner: Option<String>,
        /// E-mail address of who requested it.
        pub requester: Option<String>,
        /// Remarks.
        pub comments: Option<String>,
        /// When it was requested.
        pub requested: Option<Time>,
        /// When it was approved.
        pub approved: Option<Time>,
        /// When it ends.
        pub expires: Option<Time>,
        /// The algorithm of its key. Deprecated by the vendor for `key_type`.
        pub key_algorithm: Option<String>,
        /// Size of its key in bits, 0 where unknown. Deprecated by the vendor for `key_type`.
        pub key_size: Option<u32>,
        /// Algorithm and size of its key, such as `RSA - 2048`.
        pub key_type: Option<String>,
        /// Its serial number, none before it is issued.
        pub serial_number: Option<SerialNumber>,
        /// Its custom fields.
        pub custom_fields: Vec<CustomField>,
        /// What the certificate itself says; empty where nothing is known.
        pub certificate_details: Option<CertificateDetails>,
        /// What its CSR says.
        pub csr_details: Option<CsrDetails>,
    }
}

impl Row for DeviceSummary {
    type Id = DeviceId;

    fn id(&self) -> &DeviceId {
        &self.id
    }
}
