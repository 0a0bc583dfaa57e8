use std::collections::BTreeMap;

use cert_core::{Time, open_enum};

use super::OrganizationOnFile;
use crate::{AdminId, CaBackendId, CaBackendType, OrganizationValidationId};

open_enum! {
    /// Level of a validation: what certificates may name the organization after it.
    pub enum ValidationLevel {
        /// SSL certificates with organization validation.
        OvSsl = "OV_SSL",
        /// S/MIME certificates with organization validation.
        OvSmime = "OV_SMIME",
        /// SSL certificates with extended validation.
        EvSsl = "EV_SSL",
    }
}

open_enum! {
    /// Current status of a validation.
    pub enum ValidationStatus {
        /// Never validated.
        NotValidated = "NOT_VALIDATED",
        /// Under way.
        Pending = "PENDING",
        /// No longer valid.
        Expired = "EXPIRED",
        /// Refused by the CA.
        Failed = "FAILED",
        /// Valid.
        Validated = "VALIDATED",
    }
}

open_enum! {
    /// Status of a validation that is under way beside one that is still valid.
    pub enum BackgroundStatus {
        /// Under way.
        Pending = "PENDING",
        /// Refused by the CA.
        Failed = "FAILED",
    }
}

open_enum! {
    /// Kind of business, as extended validation tells them apart.
    pub enum BusinessCategory {
        /// Private organization.
        PrivateOrganization = "PrivateOrganization",
        /// Government entity.
        GovernmentEntity = "GovernmentEntity",
        /// Business entity.
        BusinessEntity = "BusinessEntity",
        /// Non-commercial entity.
        NonCommercialEntity = "NonCommercialEntity",
    }
}

cert_core::response! {
    /// A validation of a list; [`get`](super::OrganizationValidations::get) tells the rest.
    pub struct ValidationSummary {
        /// Number of the validation.
        pub id: OrganizationValidationId,
        /// Level of the validation.
        #[wire("validationLevel")]
        pub level: Option<ValidationLevel>,
        /// Current status.
        pub status: Option<ValidationStatus>,
        /// Status of a further validation that is under way; none after success.
        pub background_status: Option<BackgroundStatus>,
        /// Time of submission.
        pub submitted: Option<Time>,
        /// End of validity.
        pub expires: Option<Time>,
        /// Whether the validation is of the secondary set of details.
        #[wire("alternative")]
        pub secondary: Option<bool>,
        /// Number of the CA backend.
        #[wire("backendId")]
        pub backend: Option<CaBackendId>,
        /// Kind of CA.
        pub backend_type: Option<CaBackendType>,
    }
}

cert_core::response! {
    /// A validation of an organization.
    pub struct OrganizationValidation {
        /// Number of the validation.
        pub id: OrganizationValidationId,
        /// Level of the validation.
        #[wire("validationLevel")]
        pub level: Option<ValidationLevel>,
        /// Current status.
        pub status: Option<ValidationStatus>,
        /// Status of a further validation that is under way; none after success.
        pub background_status: Option<BackgroundStatus>,
        /// Time of submission.
        pub submitted: Option<Time>,
        /// End of validity.
        pub expires: Option<Time>,
        /// Whether the validation is of the secondary set of details.
        #[wire("alternative")]
        pub secondary: Option<bool>,
        /// Number of the CA backend.
        #[wire("backendId")]
        pub backend: Option<CaBackendId>,
        /// Kind of CA.
        pub backend_type: Option<CaBackendType>,
        /// Administrator in charge.
        pub validator: Option<Validator>,
        /// Settings of the CA: its names of the validation and the organization, and its last
        /// error, by name: `TRACKING_ID`, `BACKGROUND_TRACKING_ID`, `LEGACY_TRACKING_ID`,
        /// `LEGACY_BACKGROUND_TRACKING_ID`, `EXTERNAL_ORG_NAME`, `EXTERNAL_ORG_ID`,
        /// `LAST_ERR_MSG_FROM_CA`.
        pub settings: BTreeMap<String, String>,
        /// Details on file; for validations at Sectigo alone.
        #[wire("organizationDetails")]
        pub details: Option<OrganizationOnFile>,
    }
}

cert_core::response! {
    /// Administrator in charge of a validation.
    pub struct Validator {
        /// Number of the administrator.
        pub id: Option<AdminId>,
        /// Name of the administrator.
        pub name: Option<String>,
    }
}
