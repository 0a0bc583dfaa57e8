//! Templates of administrators who sign in by an identity provider.
//!
//! Whoever signs in with attributes that match a template's rules becomes an administrator with
//! its roles and privileges.
//!
//! ```no_run
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! use sectigo_scm::administrators::AdminFilter;
//!
//! let made = AdminFilter::new().template(11757);
//! let mut admins = scm.administrators().list(&made);
//! while let Some(admin) = admins.next().await {
//!     println!("{:?}", admin?.email);
//! }
//! # Ok(())
//! # }
//! ```

mod operations;
mod rule;
mod template;

use cert_core::client::{Call, Created, Empty, Json, Op, Pages};

use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::rule::{MappingRule, MappingRuleDetails};
use self::template::Deletion;
pub use self::template::{
    AdminTemplate, AdminTemplateFilter, AdminTemplateSummary, AdminTemplateUpdate,
    NewAdminTemplate, RelatedAdmins,
};
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{AdminTemplateId, Client};

impl Client {
    /// Templates of administrators who sign in by an identity provider.
    #[must_use]
    pub fn administrator_templates(&self) -> AdministratorTemplates<'_> {
        AdministratorTemplates { client: self }
    }
}

/// The templates of administrators of an account. Made by [`Client::administrator_templates`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct AdministratorTemplates<'c> {
    client: &'c Client,
}

impl<'c> AdministratorTemplates<'c> {
    /// The templates that match, in pages of at most 200.
    /// `GET /api/admin-template/v1`.
    ///
    /// ```no_run
    /// use sectigo_scm::administrator_templates::AdminTemplateFilter;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let filter = AdminTemplateFilter::new().organization(9001);
    /// let mut templates = scm.administrator_templates().list(&filter);
    /// while let Some(template) = templates.next().await {
    ///     println!("{:?}", template?.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn list(self, filter: &AdminTemplateFilter) -> Pages<'c, List<AdminTemplateSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Everything about one template.
    /// `GET /api/admin-template/v1/{id}`.
    ///
    /// The vendor's reference has no more than the title: path and fields are those of a related
    /// document of the vendor.
    #[inline]
    pub fn get(self, id: impl Into<AdminTemplateId>) -> Call<'c, Json<AdminTemplate>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Creates a template, and tells its number.
    /// `POST /api/admin-template/v1/`.
    ///
    /// ```no_run
    /// use sectigo_scm::administrator_templates::{MappingRule, NewAdminTemplate};
    /// use sectigo_scm::administrators::{AdminRole, RoleAssignment};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let role = RoleAssignment::new(AdminRole::OrganizationSsl).organization(9001);
    /// let rule = MappingRule::groups(["PKI operators"]);
    /// let template = NewAdminTemplate::new("Operators", [role], [rule]).identity_provider(324);
    /// let id = scm.administrator_templates().create(&template).await?;
    /// println!("template {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](AdministratorTemplates::list) before creating it again. Kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) where it was made and the answer does not
    /// tell its number.
    #[inline]
    pub fn create(self, template: &NewAdminTemplate) -> Call<'c, Created<AdminTemplateId>> {
        self.call(&ops::CREATE).json(template)
    }

    /// Changes a template and, but for its name, the administrators who were made from it.
    /// `PUT /api/admin-template/v1/{id}`.
    ///
    /// ```no_run
    /// use sectigo_scm::administrator_templates::AdminTemplateUpdate;
    /// use sectigo_scm::administrators::AdminPrivilege;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let update = AdminTemplateUpdate::new().privileges([AdminPrivilege::ManageDomains]);
    /// scm.administrator_templates().update(11818, &update).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn update(
        self,
        id: impl Into<AdminTemplateId>,
        update: &AdminTemplateUpdate,
    ) -> Call<'c, Empty> {
        self.call(&ops::UPDATE).path(id.into()).json(update)
    }

    /// Deletes a template, and deletes or unlinks the administrators who were made from it.
    /// `DELETE /api/admin-template/v1/{id}`.
    ///
    /// ```no_run
    /// use sectigo_scm::administrator_templates::RelatedAdmins;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// scm.administrator_templates().delete(11792, RelatedAdmins::Unlink).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn delete(self, id: impl Into<AdminTemplateId>, admins: RelatedAdmins) -> Call<'c, Empty> {
        self.call(&ops::DELETE)
            .path(id.into())
            .query(&Deletion::from(admins))
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
