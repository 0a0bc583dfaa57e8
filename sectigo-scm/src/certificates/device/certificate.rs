use cert_core::lenient::{blank_as_none, null_as_empty};
use cert_core::{SerialNumber, Time, open_enum};
use serde::Deserialize;

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

/// A row of the list of device certificates; [`get`](super::Device::get) tells the rest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DeviceSummary {
    /// Its number.
    pub id: DeviceId,
    /// Its name at the CA.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub backend_cert_id: Option<BackendCertId>,
    /// Where it stands.
    pub status: Option<DeviceStatus>,
    /// What the certificate itself says.
    pub certificate_details: Option<CertificateDetails>,
}

/// A device certificate, or the request for one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DeviceCertificate {
    /// Its number.
    pub id: DeviceId,
    /// The common name of its subject.
    pub common_name: Option<String>,
    /// Whose it is.
    #[serde(rename = "orgId")]
    pub organization: Option<OrganizationId>,
    /// Where it stands.
    pub status: Option<DeviceStatus>,
    /// Number of the order at the CA. Deprecated by the vendor for `backend_cert_id`.
    pub order_number: Option<i64>,
    /// Its name at the CA.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub backend_cert_id: Option<BackendCertId>,
    /// The profile it was ordered under.
    #[serde(rename = "certType")]
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
    #[serde(default, deserialize_with = "blank_as_none")]
    pub requested: Option<Time>,
    /// When it was approved.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub approved: Option<Time>,
    /// When it ends.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub expires: Option<Time>,
    /// The algorithm of its key. Deprecated by the vendor for `key_type`.
    pub key_algorithm: Option<String>,
    /// Size of its key in bits, 0 where unknown. Deprecated by the vendor for `key_type`.
    pub key_size: Option<u32>,
    /// Algorithm and size of its key, such as `RSA - 2048`.
    pub key_type: Option<String>,
    /// Its serial number, none before it is issued.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub serial_number: Option<SerialNumber>,
    /// Its custom fields.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub custom_fields: Vec<CustomField>,
    /// What the certificate itself says; empty where nothing is known.
    pub certificate_details: Option<CertificateDetails>,
    /// What its CSR says.
    pub csr_details: Option<CsrDetails>,
}
