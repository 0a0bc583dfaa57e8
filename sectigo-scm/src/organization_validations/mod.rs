//! Validations of organizations, without which CAs do not name them in certificates.
//!
//! ```no_run
//! use sectigo_scm::organization_validations::ValidationStatus;
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! for validation in scm.organization_validations().list(9001).await? {
//!     if validation.status == Some(ValidationStatus::Expired) {
//!         println!("{:?} ended {:?}", validation.level, validation.expires);
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod assignment;
mod on_file;
mod operations;
mod submission;
mod validation;

use cert_core::client::{Call, Created, Empty, Json, Op};

use self::assignment::ValidatorChange;
pub use self::assignment::{AssignmentChange, ExternalAssignment};
pub use self::on_file::{
    ContractSignerOnFile, EvDetailsOnFile, GeneralDetailsOnFile, OrganizationOnFile,
    RegistrationAgencyOnFile,
};
use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::submission::{
    ContractSigner, EvDetails, GeneralDetails, OrganizationDetails, RegistrationAgency,
    ValidationResubmission, ValidationSubmission,
};
pub use self::validation::{
    BackgroundStatus, BusinessCategory, OrganizationValidation, ValidationLevel, ValidationStatus,
    ValidationSummary, Validator,
};
pub use crate::CaBackendType;
use crate::{AdminId, Client, OrganizationId, OrganizationValidationId};

impl Client {
    /// Validations of organizations.
    #[must_use]
    pub fn organization_validations(&self) -> OrganizationValidations<'_> {
        OrganizationValidations { client: self }
    }
}

/// The validations of organizations. Made by [`Client::organization_validations`].
///
/// Every call names the organization first. Every call can be refused with 401 and code -16
/// where the administrator lacks the permission, as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct OrganizationValidations<'c> {
    client: &'c Client,
}

impl<'c> OrganizationValidations<'c> {
    /// All validations of an organization, with few fields each.
    /// `GET /api/organization/v2/{orgId}/validations`.
    ///
    /// # Errors
    ///
    /// Code -1023 where the organization is unknown, which
    /// [`is_not_found`](crate::Error::is_not_found) tells.
    #[inline]
    pub fn list(
        self,
        organization: impl Into<OrganizationId>,
    ) -> Call<'c, Json<Vec<ValidationSummary>>> {
        self.call(&ops::LIST, organization)
    }

    /// Everything about one validation.
    /// `GET /api/organization/v2/{orgId}/validations/{validationId}`.
    ///
    /// # Errors
    ///
    /// As [`list`](OrganizationValidations::list).
    #[inline]
    pub fn get(
        self,
        organization: impl Into<OrganizationId>,
        id: impl Into<OrganizationValidationId>,
    ) -> Call<'c, Json<OrganizationValidation>> {
        self.call(&ops::GET, organization).path(id.into())
    }

    /// Submits details of an organization to a CA for validation, and tells the number of the
    /// validation.
    /// `POST /api/organization/v2/{orgId}/validations/submit`.
    ///
    /// ```no_run
    /// use sectigo_scm::organization_validations::{
    ///     GeneralDetails, OrganizationDetails, ValidationLevel, ValidationSubmission,
    /// };
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let general = GeneralDetails::new("Example Inc.", "US")
    ///     .address1("1 Main Street")
    ///     .city("Springfield");
    /// let details = OrganizationDetails::new(general);
    /// let submission = ValidationSubmission::new(ValidationLevel::OvSsl, 7674, details);
    /// let id = scm.organization_validations().submit(9001, &submission).await?;
    /// println!("validation {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Refused where such a validation exists, unless
    /// [`overwrite`](ValidationSubmission::overwrite) is set. Kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) where it was submitted and the answer does
    /// not tell its number.
    #[inline]
    pub fn submit(
        self,
        organization: impl Into<OrganizationId>,
        submission: &ValidationSubmission,
    ) -> Call<'c, Created<OrganizationValidationId>> {
        self.call(&ops::SUBMIT, organization).json(submission)
    }

    /// Resets a validation and submits it again, with new details or those on file, and returns
    /// it as it is then.
    /// `PUT /api/organization/v2/{orgId}/validations/{validationId}/revalidate`.
    ///
    /// ```no_run
    /// use sectigo_scm::organization_validations::ValidationResubmission;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let as_on_file = ValidationResubmission::new();
    /// let validation = scm.organization_validations().resubmit(9001, 1018, &as_on_file).await?;
    /// println!("{:?}", validation.status);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`list`](OrganizationValidations::list).
    #[inline]
    pub fn resubmit(
        self,
        organization: impl Into<OrganizationId>,
        id: impl Into<OrganizationValidationId>,
        resubmission: &ValidationResubmission,
    ) -> Call<'c, Json<OrganizationValidation>> {
        self.call(&ops::RESUBMIT, organization)
            .path(id.into())
            .json(resubmission)
    }

    /// Puts another administrator in charge of a validation.
    /// `PUT /api/organization/v2/{orgId}/validations/{validationId}/validator`.
    ///
    /// # Errors
    ///
    /// As [`list`](OrganizationValidations::list).
    #[inline]
    pub fn change_validator(
        self,
        organization: impl Into<OrganizationId>,
        id: impl Into<OrganizationValidationId>,
        administrator: impl Into<AdminId>,
    ) -> Call<'c, Empty> {
        self.call(&ops::CHANGE_VALIDATOR, organization)
            .path(id.into())
            .json(&ValidatorChange::new(administrator))
    }

    /// Resets a validation and removes it.
    /// `DELETE /api/organization/v2/{orgId}/validations/{validationId}`.
    ///
    /// # Errors
    ///
    /// As [`list`](OrganizationValidations::list).
    #[inline]
    pub fn reset(
        self,
        organization: impl Into<OrganizationId>,
        id: impl Into<OrganizationValidationId>,
    ) -> Call<'c, Empty> {
        self.call(&ops::RESET, organization).path(id.into())
    }

    /// Fetches the status of a validation from the CA, and returns the validation as it is then.
    /// `POST /api/organization/v2/{orgId}/validations/{validationId}/sync`.
    ///
    /// # Errors
    ///
    /// As [`list`](OrganizationValidations::list).
    #[inline]
    pub fn sync(
        self,
        organization: impl Into<OrganizationId>,
        id: impl Into<OrganizationValidationId>,
    ) -> Call<'c, Json<OrganizationValidation>> {
        self.call(&ops::SYNC, organization).path(id.into())
    }

    /// Notes under which name and number an external CA knows an organization, and tells the
    /// number of the validation.
    /// `POST /api/organization/v2/{orgId}/validations/assignment`.
    ///
    /// External are all CAs but Sectigo's.
    ///
    /// ```no_run
    /// use sectigo_scm::organization_validations::{ExternalAssignment, ValidationLevel};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let assignment = ExternalAssignment::new(ValidationLevel::OvSsl)
    ///     .backend(7664)
    ///     .external_id("809849576039");
    /// let id = scm.organization_validations().create_assignment(9001, &assignment).await?;
    /// println!("validation {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`submit`](OrganizationValidations::submit).
    #[inline]
    pub fn create_assignment(
        self,
        organization: impl Into<OrganizationId>,
        assignment: &ExternalAssignment,
    ) -> Call<'c, Created<OrganizationValidationId>> {
        self.call(&ops::CREATE_ASSIGNMENT, organization)
            .json(assignment)
    }

    /// Changes under which name and number an external CA knows an organization.
    /// `PUT /api/organization/v2/{orgId}/validations/assignment/{validationId}`.
    ///
    /// ```no_run
    /// use sectigo_scm::organization_validations::AssignmentChange;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let change = AssignmentChange::new().external_name("Example Inc.");
    /// scm.organization_validations().change_assignment(9001, 1014, &change).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`list`](OrganizationValidations::list).
    #[inline]
    pub fn change_assignment(
        self,
        organization: impl Into<OrganizationId>,
        id: impl Into<OrganizationValidationId>,
        change: &AssignmentChange,
    ) -> Call<'c, Empty> {
        self.call(&ops::CHANGE_ASSIGNMENT, organization)
            .path(id.into())
            .json(change)
    }

    fn call<R>(self, op: &'static Op, organization: impl Into<OrganizationId>) -> Call<'c, R> {
        self.client.call(op).path(organization.into())
    }
}
