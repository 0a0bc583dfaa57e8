use cert_core::check::{range, within};
use cert_core::{CertificateSigningRequest, Encoded, Payload, Violation};
use serde::Serialize;

use crate::certificates::csr::armoured;

use crate::{AdminId, CustomField, OrganizationId, ProfileId, SslId};

/// Whether a certificate is renewed by itself before it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all_fields = "camelCase")]
pub enum AutoRenewal {
    /// No automatic renewal.
    #[serde(rename = "Not scheduled")]
    NotScheduled,
    /// Automatic renewal.
    #[serde(rename = "Scheduled")]
    Scheduled {
        /// Number of days before the end, at least 1; the vendor takes 30 without it.
        #[serde(skip_serializing_if = "Option::is_none")]
        days_before_expiration: Option<u32>,
    },
}

impl Payload for AutoRenewal {
    fn check(&self) -> Result<(), Violation> {
        match self {
            Self::Scheduled {
                days_before_expiration: Some(days),
            } => within("days_before_expiration", range(days, 1..)),
            _ => Ok(()),
        }
    }
}

cert_core::request! {
    /// Changes of an SSL certificate; what is not set stays.
    ///
    /// Organization, profile, term, names and CSR can be changed only while the certificate is
    /// `Requested`, `Declined`, `Rejected` or `Invalid`; the rest at any time.
    pub struct SslUpdate() {
        /// Validity in days, one of the profile's terms.
        #[range(1..)]
        term: u32,
        /// Profile of the certificate.
        #[id(1..)]
        #[wire("certTypeId")]
        profile: ProfileId,
        /// Organization that owns the certificate.
        #[id(1..)]
        #[wire("orgId")]
        organization: OrganizationId,
        /// Common name of the subject.
        common_name: String,
        /// CSR.
        #[length(1..=32_767)]
        #[valid(armoured)]
        csr: Encoded<CertificateSigningRequest>,
        /// E-mail addresses of people outside who asked for the certificate, separated by commas.
        external_requester: String,
        /// Comments.
        #[length(..=1_024)]
        comments: String,
        /// Subject alternative names.
        subject_alternative_names: Vec<String>,
        /// Custom fields.
        custom_fields: Vec<CustomField>,
        /// Automatic renewal of the certificate.
        #[wire("autoRenewDetails")]
        auto_renewal: AutoRenewal,
        /// Whether notifications about the certificate are held back.
        suspend_notifications: bool,
        /// Requester of the certificate.
        requester: String,
        /// Number of the requester.
        #[id(1..)]
        #[wire("requesterAdminId")]
        requester_id: AdminId,
        /// Number of the approver; -1 takes the approver away.
        #[id(-1..)]
        #[wire("approverAdminId")]
        approver_id: AdminId,
    }
}

cert_core::request! {
    /// Certificate that is updated.
    pub(super) struct Updated(
        /// Number of the certificate.
        #[id(1..)]
        #[wire("sslId")]
        id: SslId,
    ) {}
}
