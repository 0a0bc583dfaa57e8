//! The kind of an administrator, and the name at an identity provider.

use cert_core::Violation;

use super::AdminType;
use crate::IdentityProviderId;

cert_core::request! {
    /// Kind of the administrator that a request is for.
    pub(super) struct OfKind(
        /// Kind of the administrator.
        #[wire("type")]
        kind: AdminType,
    ) {}
}

/// Refuses an identity provider without the name that the administrator has there.
pub(super) fn check_identity(
    provider: Option<IdentityProviderId>,
    principal: &Option<String>,
) -> Result<(), Violation> {
    match provider.is_some() && principal.is_none() {
        true => Err(
            Violation::new("is missing: signing in by an identity provider needs it")
                .within("edu_person_principal_name"),
        ),
        false => Ok(()),
    }
}
