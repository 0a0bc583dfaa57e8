use cert_core::{Payload, Violation, open_enum};
use serde::Serialize;

use crate::{UserCertificate, UserCertificateId, UserCertificateStatus};

open_enum! {
    /// Reason of a revocation, in the vendor's words; of all reasons only a hold can be
    /// lifted again.
    pub enum UserCertificateRevocationReason {
        /// No reason given (RFC 5280: `unspecified`).
        Unspecified = "Unspecified",
        /// The private key may be known to others.
        KeyCompromise = "Key Compromise",
        /// The CA's private key may be known to others.
        CaCompromise = "CA Compromise",
        /// The subject's name or affiliation is another now.
        AffiliationChanged = "Affiliation Changed",
        /// Another certificate took its place.
        Superseded = "Superseded",
        /// No longer needed.
        CessationOfOperation = "Cessation Of Operation",
        /// Only suspended.
        CertificateHold = "Certificate Hold",
    }
}

impl From<cert_core::RevocationReason> for UserCertificateRevocationReason {
    /// The vendor's word for a reason of RFC 5280, section 5.3.1; those it has no word for become
    /// unknown ones, and are refused before anything is sent.
    fn from(reason: cert_core::RevocationReason) -> Self {
        use cert_core::RevocationReason as Reason;
        match reason {
            Reason::Unspecified => Self::Unspecified,
            Reason::KeyCompromise => Self::KeyCompromise,
            Reason::CaCompromise => Self::CaCompromise,
            Reason::AffiliationChanged => Self::AffiliationChanged,
            Reason::Superseded => Self::Superseded,
            Reason::CessationOfOperation => Self::CessationOfOperation,
            Reason::CertificateHold => Self::CertificateHold,
            other => Self::Unknown(other.to_string()),
        }
    }
}

/// A revoked certificate that is to be made active again: by its number alone, or as it was read.
///
/// As it was read, it is looked at first: only a certificate on hold can come back.
#[derive(Debug, Clone)]
pub struct Revoked {
    id: Option<UserCertificateId>,
    obstacle: Option<String>,
}

impl Revoked {
    /// Its number as an argument of a path; an empty one is refused there.
    pub(crate) fn argument(&self) -> String {
        self.id.map(|id| id.to_string()).unwrap_or_default()
    }
}

impl From<UserCertificateId> for Revoked {
    fn from(id: UserCertificateId) -> Self {
        Self {
            id: Some(id),
            obstacle: None,
        }
    }
}

impl From<&UserCertificate> for Revoked {
    fn from(certificate: &UserCertificate) -> Self {
        let id = certificate.id;
        let obstacle = match (&certificate.status, &certificate.revocation_reason) {
            (
                _,
                Some(
                    UserCertificateRevocationReason::CertificateHold
                    | UserCertificateRevocationReason::Unknown(_),
                ),
            ) => None,
            (_, Some(reason)) => Some(format!("is revoked for good (`{reason}`)")),
            (Some(UserCertificateStatus::Revoked | UserCertificateStatus::Unknown(_)), None)
            | (None, None) => None,
            (Some(status), None) => Some(format!("is not revoked but `{status}`")),
        };
        let name = id.map(|id| id.to_string()).unwrap_or_default();
        let told =
            |why| format!("user certificate {name} {why}: only one on hold can be un-revoked");
        Self {
            id,
            obstacle: obstacle.map(told),
        }
    }
}

/// The body of a revocation, or of its opposite.
#[derive(Debug, Serialize)]
pub(crate) struct StatusChange {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation_reason: Option<UserCertificateRevocationReason>,
    #[serde(skip)]
    obstacle: Option<String>,
}

impl StatusChange {
    pub(crate) fn revoked(reason: UserCertificateRevocationReason) -> Self {
        Self {
            status: "revoked",
            revocation_reason: Some(reason),
            obstacle: None,
        }
    }

    pub(crate) fn unrevoked(certificate: Revoked) -> Self {
        Self {
            status: "active",
            revocation_reason: None,
            obstacle: certificate.obstacle,
        }
    }
}

impl Payload for StatusChange {
    fn check(&self) -> Result<(), Violation> {
        match (&self.obstacle, &self.revocation_reason) {
            (Some(obstacle), _) => Err(Violation::new(obstacle)),
            (None, Some(UserCertificateRevocationReason::Unknown(reason))) => {
                Err(Violation::new(format!(
                    "revocation reason `{}` is not taken: it must be one of {}",
                    reason.escape_debug(),
                    UserCertificateRevocationReason::KNOWN.join(", ")
                )))
            }
            (None, _) => Ok(()),
        }
    }
}
