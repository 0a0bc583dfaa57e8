use super::ValidationLevel;
use crate::{AdminId, CaBackendId};

cert_core::request! {
    /// Identity of an organization at an external CA, and for which level of validation.
    pub struct ExternalAssignment(
        /// Level of the validation.
        #[wire("validationLevel")]
        level: ValidationLevel,
    ) {
        /// Number of the CA backend.
        #[wire("caBackendId")]
        backend: CaBackendId,
        /// Identifier of the organization at the CA.
        #[wire("externalOrgId")]
        external_id: String,
        /// Name of the organization at the CA.
        #[wire("externalOrgName")]
        external_name: String,
        /// Whether the validation is of the secondary set of details, for accounts that have one.
        #[wire("alternative")]
        secondary: bool,
        /// Whether a validation that exists is overwritten; it is refused otherwise.
        #[wire("overwriteIfExists")]
        overwrite: bool,
    }
}

cert_core::request! {
    /// Changes of how an external CA knows an organization: what is not set is not sent.
    pub struct AssignmentChange() {
        /// Identifier of the organization at the CA.
        #[wire("externalOrgId")]
        external_id: String,
        /// Name of the organization at the CA.
        #[wire("externalOrgName")]
        external_name: String,
    }
}

cert_core::request! {
    /// Another administrator in charge of a validation.
    pub(super) struct ValidatorChange(
        /// Number of the administrator.
        #[wire("adminId")]
        administrator: AdminId,
    ) {}
}
