//! Administrators, their roles and privileges.
//!
//! There are four kinds, each with a request of its own: the standard one, who signs in to the
//! web interface and, with a password or certificate, to the API; one who uses the API alone; one
//! who signs in by an identity provider, and not to the API; and one of Sectigo's own
//! authentication service.
//!
//! ```no_run
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! use sectigo_scm::administrators::{AdminFilter, AdminType};
//!
//! let mut admins = scm.administrators().list(&AdminFilter::new().kind(AdminType::Api));
//! while let Some(admin) = admins.next().await {
//!     println!("{:?}", admin?.login);
//! }
//! # Ok(())
//! # }
//! ```

mod administrator;
mod creation;
mod details;
mod identity;
mod operations;
mod password;
mod privilege;
pub(crate) mod role;
pub(crate) mod text;
mod update;

use cert_core::client::{Call, Created, Empty, Json, Op, Pages};
use cert_core::{Joined, Secret};

pub use self::administrator::{
    Admin, AdminFilter, AdminStatus, AdminSummary, AdminType, IdentityProvider,
};
pub use self::creation::{NewApiAdmin, NewIdpAdmin, NewSasAdmin, NewStandardAdmin};
pub use self::details::AdminDetails;
use self::identity::OfKind;
use self::operations as ops;
pub use self::operations::OPERATIONS;
use self::password::PasswordChange;
pub use self::password::{PasswordRule, PasswordState, PasswordStatus};
use self::privilege::PrivilegeQuery;
pub use self::privilege::{AdminPrivilege, PrivilegeDescription};
pub use self::role::{AssignedRole, RoleAssignment};
pub use self::update::{ApiAdminUpdate, IdpAdminUpdate, SasAdminUpdate, StandardAdminUpdate};
pub use crate::AdminRole;
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{AdminId, Client};

impl Client {
    /// Administrators, their roles and privileges.
    #[doc(alias = "admin")]
    #[must_use]
    pub fn administrators(&self) -> Administrators<'_> {
        Administrators { client: self }
    }
}

/// The administrators of an account. Made by [`Client::administrators`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct Administrators<'c> {
    client: &'c Client,
}

impl<'c> Administrators<'c> {
    /// The administrators that match, in pages of at most 200, without
    /// [templates](crate::administrator_templates).
    /// `GET /api/admin/v1`.
    ///
    /// ```no_run
    /// use sectigo_scm::administrators::{AdminFilter, AdminRole};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let masters = AdminFilter::new().role(AdminRole::Master);
    /// let mut admins = scm.administrators().list(&masters);
    /// while let Some(admin) = admins.next().await {
    ///     println!("{:?}", admin?.email);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn list(self, filter: &AdminFilter) -> Pages<'c, List<AdminSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Everything about one administrator.
    /// `GET /api/admin/v1/{id}`.
    #[inline]
    pub fn get(self, id: impl Into<AdminId>) -> Call<'c, Json<Admin>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Roles that the caller may give, to new administrators or, with `true`, to those that are
    /// changed; the vendor decides with `None`.
    /// `GET /api/admin/v1/roles`.
    #[inline]
    pub fn list_roles(self, for_edit: impl Into<Option<bool>>) -> Call<'c, Json<Vec<AdminRole>>> {
        self.call(&ops::LIST_ROLES)
            .query(&[("isForEdit", for_edit.into())])
    }

    /// Privileges that the caller may give to administrators of some roles, at least one.
    /// `GET /api/admin/v1/privileges`.
    ///
    /// ```no_run
    /// use sectigo_scm::administrators::AdminRole;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// for given in scm.administrators().list_privileges([AdminRole::OrganizationSsl]).await? {
    ///     println!("{:?}: {:?}", given.privilege, given.description);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn list_privileges(
        self,
        roles: impl Into<Vec<AdminRole>>,
    ) -> Call<'c, Json<Vec<PrivilegeDescription>>> {
        self.call(&ops::LIST_PRIVILEGES)
            .query(&PrivilegeQuery::new(roles))
    }

    /// Identity providers that administrators of the customer can sign in by.
    /// `GET /api/admin/v1/idp`.
    #[inline]
    pub fn list_identity_providers(self) -> Call<'c, Json<Vec<IdentityProvider>>> {
        self.call(&ops::LIST_IDENTITY_PROVIDERS)
    }

    /// Creates an administrator of the standard kind, and tells the number.
    /// `POST /api/admin/v1/`.
    ///
    /// ```no_run
    /// use sectigo_scm::administrators::{NewStandardAdmin, RoleAssignment};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let (login, email, roles) = ("ada", "ada@example.com", [RoleAssignment::master()]);
    /// let ada = NewStandardAdmin::new(login, "Correct-h0rse", "Ada", "Example", email, roles);
    /// let id = scm.administrators().create_standard(&ada).await?;
    /// println!("administrator {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Code -7306 where the password breaks the policy: [`PasswordRule::broken_by`] tells the
    /// rules; -976 where it is too short or longer than 32 characters, -982 where it contains
    /// the login. Code -233 where the caller may not create this administrator, -223 where a
    /// role takes one organization only, -255 where a privilege is for administrators of SSL
    /// certificates alone. After a lost answer [`may_have_run`](crate::Error::may_have_run) is
    /// true: then [`list`](Administrators::list) before creating the administrator again. Kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) where the administrator was made and the
    /// answer does not tell the number.
    #[inline]
    pub fn create_standard(self, admin: &NewStandardAdmin) -> Call<'c, Created<AdminId>> {
        self.call(&ops::CREATE)
            .json(&Joined(OfKind::new(AdminType::Standard), admin))
    }

    /// Creates an administrator who uses the API alone, and tells the number.
    /// `POST /api/admin/v1/`.
    ///
    /// ```no_run
    /// use sectigo_scm::administrators::{
    ///     AdminPrivilege, AdminRole, NewApiAdmin, RoleAssignment,
    /// };
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let role = RoleAssignment::new(AdminRole::OrganizationSsl).organization(9001);
    /// let email = "pki@example.com";
    /// let renewer = NewApiAdmin::new("renewer", "Correct-h0rse", "Rene", "Wer", email, [role])
    ///     .privileges([AdminPrivilege::RenewSsl]);
    /// let id = scm.administrators().create_api(&renewer).await?;
    /// println!("administrator {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`create_standard`](Administrators::create_standard).
    #[inline]
    pub fn create_api(self, admin: &NewApiAdmin) -> Call<'c, Created<AdminId>> {
        self.call(&ops::CREATE)
            .json(&Joined(OfKind::new(AdminType::Api), admin))
    }

    /// Creates an administrator who signs in by an identity provider, and tells the number. An
    /// invitation goes out by e-mail at once.
    /// `POST /api/admin/v1/`.
    ///
    /// ```no_run
    /// use sectigo_scm::administrators::{NewIdpAdmin, RoleAssignment};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let ada = NewIdpAdmin::new("ada@example.com", [RoleAssignment::master()]);
    /// let id = scm.administrators().create_idp(&ada.first_name("Ada")).await?;
    /// println!("administrator {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`create_standard`](Administrators::create_standard), those on passwords aside.
    #[inline]
    pub fn create_idp(self, admin: &NewIdpAdmin) -> Call<'c, Created<AdminId>> {
        self.call(&ops::CREATE)
            .json(&Joined(OfKind::new(AdminType::Idp), admin))
    }

    /// Creates an administrator of Sectigo's own authentication service, and tells the number.
    /// `POST /api/admin/v1/`.
    ///
    /// ```no_run
    /// use sectigo_scm::administrators::{NewSasAdmin, RoleAssignment};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let ada = NewSasAdmin::new("ada@example.com", [RoleAssignment::master()]);
    /// let id = scm.administrators().create_sas(&ada.first_name("Ada")).await?;
    /// println!("administrator {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`create_standard`](Administrators::create_standard), those on passwords aside.
    #[inline]
    pub fn create_sas(self, admin: &NewSasAdmin) -> Call<'c, Created<AdminId>> {
        self.call(&ops::CREATE)
            .json(&Joined(OfKind::new(AdminType::Sas), admin))
    }

    /// Changes an administrator of the standard kind; one of another kind becomes standard.
    /// `PUT /api/admin/v1/{id}`.
    ///
    /// Administrators of each other kind can become standard ones; they need a login and a
    /// password then. The vendor's table asks for the password each time, while its text lets
    /// what is left out stay.
    ///
    /// ```no_run
    /// use sectigo_scm::administrators::{AdminStatus, StandardAdminUpdate};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let update = StandardAdminUpdate::new().status(AdminStatus::Suspended);
    /// scm.administrators().update_standard(11626, &update).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Code -249 where the administrator was deleted, -219 where no other one has the role that
    /// is taken away, -253 and -234 where the caller may not change the roles or privileges.
    /// On passwords, as [`create_standard`](Administrators::create_standard).
    #[inline]
    pub fn update_standard(
        self,
        id: impl Into<AdminId>,
        update: &StandardAdminUpdate,
    ) -> Call<'c, Empty> {
        self.call(&ops::UPDATE)
            .path(id.into())
            .json(&Joined(OfKind::new(AdminType::Standard), update))
    }

    /// Changes an administrator who uses the API alone; a standard one becomes such.
    /// `PUT /api/admin/v1/{id}`.
    ///
    /// ```no_run
    /// use sectigo_scm::administrators::{AdminPrivilege, ApiAdminUpdate};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let update = ApiAdminUpdate::new()
    ///     .privileges([AdminPrivilege::RenewSsl, AdminPrivilege::RevokeSsl]);
    /// scm.administrators().update_api(11632, &update).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`update_standard`](Administrators::update_standard).
    #[inline]
    pub fn update_api(self, id: impl Into<AdminId>, update: &ApiAdminUpdate) -> Call<'c, Empty> {
        self.call(&ops::UPDATE)
            .path(id.into())
            .json(&Joined(OfKind::new(AdminType::Api), update))
    }

    /// Changes an administrator who signs in by an identity provider; a standard one becomes
    /// such.
    /// `PUT /api/admin/v1/{id}`.
    ///
    /// ```no_run
    /// use sectigo_scm::administrators::{AdminDetails, IdpAdminUpdate};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let update = IdpAdminUpdate::new()
    ///     .last_name("Lovelace")
    ///     .details(AdminDetails::new().phone("+1 555 0100"));
    /// scm.administrators().update_idp(11638, &update).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`update_standard`](Administrators::update_standard).
    #[inline]
    pub fn update_idp(self, id: impl Into<AdminId>, update: &IdpAdminUpdate) -> Call<'c, Empty> {
        self.call(&ops::UPDATE)
            .path(id.into())
            .json(&Joined(OfKind::new(AdminType::Idp), update))
    }

    /// Changes an administrator of Sectigo's own authentication service; a standard one, or one
    /// who signs in by an identity provider, becomes such.
    /// `PUT /api/admin/v1/{id}`.
    ///
    /// ```no_run
    /// use sectigo_scm::administrators::SasAdminUpdate;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let update = SasAdminUpdate::new().email("ada.lovelace@example.com");
    /// scm.administrators().update_sas(11642, &update).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`update_standard`](Administrators::update_standard).
    #[inline]
    pub fn update_sas(self, id: impl Into<AdminId>, update: &SasAdminUpdate) -> Call<'c, Empty> {
        self.call(&ops::UPDATE)
            .path(id.into())
            .json(&Joined(OfKind::new(AdminType::Sas), update))
    }

    /// Takes an administrator out of the template that it was made from; privileges, roles and
    /// identity provider can be changed from then on.
    /// `PUT /api/admin/v1/{id}/unlink`.
    #[inline]
    pub fn unlink(self, id: impl Into<AdminId>) -> Call<'c, Empty> {
        self.call(&ops::UNLINK).path(id.into())
    }

    /// Deletes an administrator, who stays the requester of certificates.
    /// `DELETE /api/admin/v1/{id}`.
    ///
    /// # Errors
    ///
    /// The caller, and a template, cannot be deleted here.
    #[inline]
    pub fn delete(self, id: impl Into<AdminId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    /// Deletes an administrator, and makes another one the requester of the certificates.
    /// `DELETE /api/admin/v1/{id}`.
    ///
    /// # Errors
    ///
    /// As [`delete`](Administrators::delete).
    #[inline]
    pub fn delete_replacing_requester(
        self,
        id: impl Into<AdminId>,
        requester: impl Into<AdminId>,
    ) -> Call<'c, Empty> {
        self.call(&ops::DELETE)
            .path(id.into())
            .query(&[("replacingRequesterId", requester.into())])
    }

    /// State of the password that the client signs in with, for standard administrators and
    /// those who use the API alone.
    /// `GET /api/admin/v1/password`.
    #[inline]
    pub fn password_state(self) -> Call<'c, Json<PasswordState>> {
        self.call(&ops::PASSWORD_STATE)
    }

    /// Changes the password that the client signs in with, for standard administrators and
    /// those who use the API alone.
    /// `POST /api/admin/v1/changepassword`.
    ///
    /// This client goes on with the old password, and is refused from then on: build another
    /// one.
    ///
    /// # Errors
    ///
    /// Code -7306 where the password breaks the policy: [`PasswordRule::broken_by`] tells the
    /// rules. Code -220 where it is the old one, -976 where it is too short or longer than 32
    /// characters, -982 where it contains the login.
    #[inline]
    pub fn change_password(self, password: impl Into<Secret>) -> Call<'c, Empty> {
        self.call(&ops::CHANGE_PASSWORD)
            .json(&PasswordChange::new(password))
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
