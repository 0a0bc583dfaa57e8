//! The kind of an administrator, and the name at an identity provider.

use cert_core::{Payload, Violation};
use serde::Serialize;

use super::AdminType;
use crate::IdentityProviderId;

/// A request together with the kind of administrator that it is for.
#[derive(Serialize)]
pub(super) struct OfKind<'a, T> {
    #[serde(rename = "type")]
    kind: AdminType,
    #[serde(flatten)]
    request: &'a T,
}

impl<'a, T> OfKind<'a, T> {
    pub(super) fn new(kind: AdminType, request: &'a T) -> Self {
        Self { kind, request }
    }
}

impl<T: Payload> Payload for OfKind<'_, T> {
    fn check(&self) -> Result<(), Violation> {
        self.request.check()
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.request.secrets(name);
    }
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
