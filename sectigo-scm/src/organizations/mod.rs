//! Organizations and departments, which every certificate belongs to.
//!
//! ```no_run
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! for organization in scm.organizations().list().await? {
//!     println!("{} {:?}", organization.id, organization.name);
//!     for department in organization.departments {
//!         println!("  {} {:?}", department.id, department.name);
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod key_recovery;
mod operations;
mod organization;
mod request;
mod webhook;

use cert_core::client::{Call, Created, Empty, Json, Op};

pub use self::key_recovery::KeyRecovery;
use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::organization::{
    CertificateType, Department, Organization, OrganizationSummary, ReportType,
};
pub use self::request::{NewDepartment, NewOrganization, OrganizationUpdate};
pub use self::webhook::Webhook;
pub use crate::AdminRole;
use crate::{Client, OrganizationId};

impl Client {
    /// Organizations and their departments.
    #[must_use]
    pub fn organizations(&self) -> Organizations<'_> {
        Organizations { client: self }
    }
}

/// The organizations of an account, with their departments. Made by [`Client::organizations`].
///
/// A department is found, changed and deleted like an organization: both have numbers of the
/// same kind. Every call can be refused with 401 and code -16 where the administrator lacks the
/// permission, as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct Organizations<'c> {
    client: &'c Client,
}

impl<'c> Organizations<'c> {
    /// All organizations with their departments, in one answer.
    /// `GET /api/organization/v1`.
    ///
    /// What is listed depends on the administrator's roles: whoever manages departments alone
    /// sees these, below their organization.
    #[inline]
    pub fn list(self) -> Call<'c, Json<Vec<OrganizationSummary>>> {
        self.call(&ops::LIST)
    }

    /// Organizations or departments that administrators of a role can manage.
    /// `GET /api/organization/v1/managedBy/{role}`.
    ///
    /// Roles of departments list departments, side by side.
    #[inline]
    pub fn list_by_role(self, role: AdminRole) -> Call<'c, Json<Vec<Department>>> {
        self.call(&ops::LIST_BY_ROLE).path(role)
    }

    /// Organizations with their departments that a kind of certificate can be reported of.
    /// `GET /api/organization/v1/report-type/{type}`.
    #[inline]
    pub fn list_by_certificate_type(
        self,
        kind: ReportType,
    ) -> Call<'c, Json<Vec<OrganizationSummary>>> {
        self.call(&ops::LIST_BY_CERTIFICATE_TYPE).path(kind)
    }

    /// Everything about one organization or department.
    /// `GET /api/organization/v1/{id}`.
    ///
    /// # Errors
    ///
    /// Code -1023 where it is unknown, which [`is_not_found`](crate::Error::is_not_found) tells.
    #[inline]
    pub fn get(self, id: impl Into<OrganizationId>) -> Call<'c, Json<Organization>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Creates an organization, and tells its number.
    /// `POST /api/organization/v1`.
    ///
    /// ```no_run
    /// use sectigo_scm::organizations::{KeyRecovery, NewOrganization};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let recovery = KeyRecovery::new().by_master_admins(true);
    /// let organization = NewOrganization::new("Example Inc.", "1 Main Street", "US", recovery)
    ///     .city("Springfield")
    ///     .contact_emails("pki@example.com,security@example.com");
    /// let id = scm.organizations().create(&organization).await?;
    /// println!("organization {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](Organizations::list) before creating it again. Kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) where it was made and the answer does not
    /// tell its number.
    #[inline]
    pub fn create(self, organization: &NewOrganization) -> Call<'c, Created<OrganizationId>> {
        self.call(&ops::CREATE).json(organization)
    }

    /// Creates a department of an organization, and tells its number.
    /// `POST /api/organization/v1`.
    ///
    /// ```no_run
    /// use sectigo_scm::organizations::{KeyRecovery, NewDepartment};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let recovery = KeyRecovery::new().by_department_admins(true);
    /// let department =
    ///     NewDepartment::new("Example Inc.", "Research", "2 Main Street", "US", recovery)
    ///         .city("Springfield");
    /// let id = scm.organizations().create_department(&department).await?;
    /// println!("department {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`create`](Organizations::create).
    #[inline]
    pub fn create_department(
        self,
        department: &NewDepartment,
    ) -> Call<'c, Created<OrganizationId>> {
        self.call(&ops::CREATE).json(department)
    }

    /// Changes an organization or department, and returns it as it is then.
    /// `PUT /api/organization/v1/{id}`.
    ///
    /// ```no_run
    /// use sectigo_scm::organizations::OrganizationUpdate;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let update = OrganizationUpdate::new().name("Example Ltd.").postal_code("62701");
    /// let organization = scm.organizations().update(9001, &update).await?;
    /// assert_eq!(organization.name.as_deref(), Some("Example Ltd."));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Organizations::get).
    #[inline]
    pub fn update(
        self,
        id: impl Into<OrganizationId>,
        update: &OrganizationUpdate,
    ) -> Call<'c, Json<Organization>> {
        self.call(&ops::UPDATE).path(id.into()).json(update)
    }

    /// Deletes an organization or department.
    /// `DELETE /api/organization/v1/{id}`.
    ///
    /// # Errors
    ///
    /// As [`get`](Organizations::get).
    #[inline]
    pub fn delete(self, id: impl Into<OrganizationId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
