use cert_core::{CertificateSigningRequest, Encoded};
use serde::Serialize;

use crate::{AdminId, CustomField, OrganizationId, ProfileId, SslId};

/// Whether a certificate is renewed by itself before it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all_fields = "camelCase")]
pub enum AutoRenewal {
    /// It is not.
    #[serde(rename = "Not scheduled")]
    NotScheduled,
    /// It is.
    #[serde(rename = "Scheduled")]
    Scheduled {
        /// How many days before the end, at least 1; the vendor takes 30 without it.
        #[serde(skip_serializing_if = "Option::is_none")]
        days_before_expiration: Option<u32>,
    },
}

cert_core::request! {
    /// What to change of an SSL certificate; what is not set stays.
    ///
    /// Organization, profile, term, names and CSR can be changed only while the certificate is
    /// `Requested`, `Declined`, `Rejected` or `Invalid`; the rest at any time.
    pub struct SslUpdate(
        /// The certificate.
        ssl_id: SslId,
    ) {
        /// Validity in days, one of the profile's terms.
        term: u32,
        /// The profile.
        #[serde(rename = "certTypeId")]
        profile: ProfileId,
        /// Whose it is.
        #[serde(rename = "orgId")]
        organization: OrganizationId,
        /// Common name of the subject.
        common_name: String,
        /// The CSR, at most 32,767 characters.
        csr: Encoded<CertificateSigningRequest>,
        /// Addresses of people outside who asked for it, separated by commas.
        external_requester: String,
        /// Remarks, at most 1,024 characters.
        comments: String,
        /// Alternative names.
        subject_alternative_names: Vec<String>,
        /// Custom fields.
        custom_fields: Vec<CustomField>,
        /// Whether it is renewed by itself.
        #[serde(rename = "autoRenewDetails")]
        auto_renewal: AutoRenewal,
        /// Whether notifications about it are held back.
        suspend_notifications: bool,
        /// Who requested it.
        requester: String,
        /// Number of its requester.
        #[serde(rename = "requesterAdminId")]
        requester_id: AdminId,
        /// Number of its approver; -1 takes the approver away.
        #[serde(rename = "approverAdminId")]
        approver_id: AdminId,
    }
}
