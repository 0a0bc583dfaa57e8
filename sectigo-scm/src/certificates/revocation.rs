use cert_core::{RevocationReason, Violation};

cert_core::request! {
    /// Reason for which the CA shall revoke a certificate.
    pub struct Revocation() {
        /// Reason in words; the vendor lets it be empty.
        #[length(..=512)]
        reason: String,
        /// Reason for the revocation list: unspecified, key compromise, affiliation changed,
        /// superseded or cessation of operation.
        #[valid(taken)]
        #[wire("reasonCode")]
        code: RevocationReason,
    }
}

/// Refuses a reason that the vendor does not take: it takes those of Mozilla's root store policy
/// 2.8, section 6.1.1.
pub(crate) fn taken(reason: &RevocationReason) -> Result<(), Violation> {
    match reason {
        RevocationReason::Unspecified
        | RevocationReason::KeyCompromise
        | RevocationReason::AffiliationChanged
        | RevocationReason::Superseded
        | RevocationReason::CessationOfOperation => Ok(()),
        other => Err(Violation::new(format!(
            "is {other}: it must be one of 0, 1, 3, 4 and 5"
        ))),
    }
}
