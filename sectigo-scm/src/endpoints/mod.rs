//! Endpoints, at which certificates are enrolled: web forms, SCEP, EST, ACME and REST; and the
//! accounts of web forms.
//!
//! ```no_run
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! use sectigo_scm::endpoints::{EndpointFilter, EndpointType};
//!
//! let filter = EndpointFilter::new().kinds([EndpointType::SslWebForm]);
//! for form in scm.endpoints().list(&filter).collect().await? {
//!     let form = scm.endpoints().get(form.id).await?;
//!     println!("{:?} {:?}", form.name, form.url);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Every endpoint can be read. Web forms alone can be created, changed and deleted, and so can
//! their accounts. What an account may have depends on its form:
//!
//! * [`SslForm`]: keys from the browser, from outside or from `SectigoGen`; automatic approval,
//!   which `SectigoGen` needs; automatic renewal.
//! * [`SmimeForm`]: keys from the server, too; no automatic approval, and no automatic renewal.
//! * [`DeviceForm`]: keys as for client certificates; automatic approval, which `SectigoGen` needs.
//! * [`CodeSigningForm`]: keys from the browser, the server, outside or a token; one profile;
//!   applicants are let in without a code or an identity provider.
//!
//! The types say so: [`NewAccount`] and [`AccountUpdate`] of a form have the methods of that form.

mod account;
mod account_update;
mod auth;
mod config;
mod endpoint;
mod form;
mod new_account;
mod operations;
mod web_form;

use cert_core::client::{Call, Created, Empty, Json, Op, Pages};

pub use self::account::{AccountOrganization, EndpointAccount, EndpointAccountSummary};
pub use self::account_update::{
    AccountUpdate, CodeSigningAccountUpdate, DeviceAccountUpdate, SmimeAccountUpdate,
    SslAccountUpdate,
};
pub use self::auth::{
    AccountAuth, AccountAuthMethod, IdpAttribute, IdpMappingRule, IdpMappingRuleDetails,
};
pub use self::config::{EndpointConfig, EndpointConfigUpdate};
pub use self::endpoint::{
    Endpoint, EndpointFilter, EndpointOrganization, EndpointSummary, EndpointType,
};
pub use self::form::{
    Approves, CodeSigningCsrGeneration, CodeSigningForm, CsrGenerationMethod, DeviceCsrGeneration,
    DeviceForm, Form, LetsIn, SmimeCsrGeneration, SmimeForm, SslCsrGeneration, SslForm,
};
pub use self::new_account::{
    NewAccount, NewCodeSigningAccount, NewDeviceAccount, NewSmimeAccount, NewSslAccount,
};
use self::operations as ops;
pub use self::operations::OPERATIONS;
use self::web_form::Delegates;
pub use self::web_form::{
    EndpointUpdate, NewEndpoint, WebFormAuthType, WebFormConfig, WebFormType,
};
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{Client, EndpointAccountId, EndpointId, OrganizationId};

impl Client {
    /// Endpoints, at which certificates are enrolled, and accounts of web forms.
    #[doc(alias("scep", "est", "web form"))]
    #[must_use]
    pub fn endpoints(&self) -> Endpoints<'_> {
        Endpoints { client: self }
    }
}

/// The endpoints at which certificates are enrolled, with their accounts. Made by
/// [`Client::endpoints`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password. The vendor documents no code for unknown endpoints and
/// accounts.
#[derive(Debug, Clone, Copy)]
pub struct Endpoints<'c> {
    client: &'c Client,
}

impl<'c> Endpoints<'c> {
    /// The endpoints that match, in pages of at most 200.
    /// `GET /api/endpoint/v1`.
    ///
    /// ```no_run
    /// use sectigo_scm::endpoints::{EndpointFilter, EndpointType};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let filter = EndpointFilter::new().kinds([EndpointType::SmimeScep]).name("phones");
    /// let mut endpoints = scm.endpoints().list(&filter);
    /// while let Some(endpoint) = endpoints.next().await {
    ///     println!("{:?}", endpoint?.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn list(self, filter: &EndpointFilter) -> Pages<'c, List<EndpointSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Everything about one endpoint, such as the address at which certificates are enrolled.
    /// `GET /api/endpoint/v1/{id}`.
    #[inline]
    pub fn get(self, id: impl Into<EndpointId>) -> Call<'c, Json<Endpoint>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Texts that an endpoint shows to applicants, and the contact for their questions.
    /// `GET /api/endpoint/v1/{id}/config`.
    ///
    /// # Errors
    ///
    /// As [`get`](Endpoints::get).
    #[inline]
    pub fn config(self, id: impl Into<EndpointId>) -> Call<'c, Json<EndpointConfig>> {
        self.call(&ops::CONFIG).path(id.into())
    }

    /// Creates a web form, and tells its number.
    /// `POST /api/endpoint/v1`.
    ///
    /// Every organization may use it unless some are named.
    ///
    /// ```no_run
    /// use sectigo_scm::OrganizationId;
    /// use sectigo_scm::endpoints::{NewEndpoint, WebFormConfig, WebFormType};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let config = WebFormConfig::new().help("Ask the help desk.");
    /// let form = NewEndpoint::new("Web servers", WebFormType::Ssl, "web-servers", config)
    ///     .organizations([OrganizationId::from(9001)]);
    /// let id = scm.endpoints().create(&form).await?;
    /// println!("{:?}", scm.endpoints().get(id).await?.url);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](Endpoints::list) by [`uri_extension`](EndpointFilter::uri_extension) before
    /// creating it again. Kind [`Unexpected`](crate::ErrorKind::Unexpected) where it was made and
    /// the answer does not tell its number.
    #[inline]
    pub fn create(self, endpoint: &NewEndpoint) -> Call<'c, Created<EndpointId>> {
        self.call(&ops::CREATE).json(endpoint)
    }

    /// Changes the name and the texts of a web form; its kind stays.
    /// `PUT /api/endpoint/v1/{id}`.
    ///
    /// ```no_run
    /// use sectigo_scm::endpoints::{EndpointUpdate, WebFormAuthType, WebFormConfig};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let config = WebFormConfig::new().auth_types([WebFormAuthType::IdentityProvider]);
    /// let update = EndpointUpdate::new().name("All web servers").config(config);
    /// scm.endpoints().update(5601, &update).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Endpoints::get). The call does not know the kind of form, so that the service
    /// alone refuses a [`WebFormAuthType`] that the form cannot have.
    #[inline]
    pub fn update(self, id: impl Into<EndpointId>, update: &EndpointUpdate) -> Call<'c, Empty> {
        self.call(&ops::UPDATE).path(id.into()).json(update)
    }

    /// Changes the texts of an endpoint, and the contact for questions.
    /// `PUT /api/endpoint/v1/{id}/config`.
    ///
    /// ```no_run
    /// use sectigo_scm::endpoints::EndpointConfigUpdate;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let update = EndpointConfigUpdate::new()
    ///     .contact_name("Help desk")
    ///     .contact_email("help@example.com");
    /// scm.endpoints().update_config(5601, &update).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`update`](Endpoints::update).
    #[inline]
    pub fn update_config(
        self,
        id: impl Into<EndpointId>,
        update: &EndpointConfigUpdate,
    ) -> Call<'c, Empty> {
        self.call(&ops::UPDATE_CONFIG).path(id.into()).json(update)
    }

    /// Deletes a web form.
    /// `DELETE /api/endpoint/v1/{id}`.
    ///
    /// # Errors
    ///
    /// As [`get`](Endpoints::get).
    #[inline]
    pub fn delete(self, id: impl Into<EndpointId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    /// Lets organizations and departments use an endpoint, besides those that may already.
    /// `PUT /api/endpoint/v1/{id}/delegations`.
    ///
    /// ```no_run
    /// use sectigo_scm::OrganizationId;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let organizations = [9001, 9002].map(OrganizationId::from);
    /// scm.endpoints().delegate(5601, &organizations).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Endpoints::get).
    #[inline]
    pub fn delegate(
        self,
        id: impl Into<EndpointId>,
        organizations: &[OrganizationId],
    ) -> Call<'c, Empty> {
        self.call(&ops::DELEGATE)
            .path(id.into())
            .json(&Delegates(organizations))
    }

    /// Deletes all delegations of an endpoint: every organization may use it then.
    /// `DELETE /api/endpoint/v1/{id}/delegations`.
    ///
    /// Master administrators alone may.
    ///
    /// # Errors
    ///
    /// As [`get`](Endpoints::get).
    #[inline]
    pub fn delete_delegations(self, id: impl Into<EndpointId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE_DELEGATIONS).path(id.into())
    }

    /// The accounts of an endpoint, in pages of at most 200.
    /// `GET /api/endpoint/v1/{eeid}/account`.
    ///
    /// # Errors
    ///
    /// As [`get`](Endpoints::get).
    #[inline]
    pub fn list_accounts(
        self,
        endpoint: impl Into<EndpointId>,
    ) -> Pages<'c, List<EndpointAccountSummary>> {
        let endpoint = endpoint.into();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_ACCOUNTS)
                .path(endpoint)
                .query(&PageQuery::from(window))
        })
    }

    /// Everything about one account of an endpoint, its access code included.
    /// `GET /api/endpoint/v1/{eeid}/account/{id}`.
    ///
    /// # Errors
    ///
    /// As [`get`](Endpoints::get).
    #[inline]
    pub fn account(
        self,
        endpoint: impl Into<EndpointId>,
        id: impl Into<EndpointAccountId>,
    ) -> Call<'c, Json<EndpointAccount>> {
        self.call(&ops::ACCOUNT)
            .path(endpoint.into())
            .path(id.into())
    }

    /// Creates an account of a web form, and tells its number.
    /// `POST /api/endpoint/v1/{eeid}/account`.
    ///
    /// The account is a [`NewSslAccount`], [`NewSmimeAccount`], [`NewDeviceAccount`] or
    /// [`NewCodeSigningAccount`], after the kind of the form.
    ///
    /// ```no_run
    /// use sectigo_scm::endpoints::{AccountAuth, NewSslAccount, SslCsrGeneration};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let (csr, auth) = (SslCsrGeneration::Provided, AccountAuth::access_code("1234"));
    /// let account = NewSslAccount::new("Web servers", 9001, [5101.into()], csr, auth)
    ///     .auto_renewal_allowed(true);
    /// let id = scm.endpoints().create_account(5602, &account).await?;
    /// println!("account {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Endpoints::get). After a lost answer
    /// [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list_accounts`](Endpoints::list_accounts) before creating it again. Kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) where it was made and the answer does not
    /// tell its number.
    #[inline]
    pub fn create_account<F: Form>(
        self,
        endpoint: impl Into<EndpointId>,
        account: &NewAccount<F>,
    ) -> Call<'c, Created<EndpointAccountId>> {
        self.call(&ops::CREATE_ACCOUNT)
            .path(endpoint.into())
            .json(account)
    }

    /// Changes an account of a web form; its kind stays, and has to be the one of the update.
    /// `PUT /api/endpoint/v1/{eeid}/account/{id}`.
    ///
    /// Profiles that are sent replace all that the account has, and so do rules on what an
    /// identity provider says.
    ///
    /// ```no_run
    /// use sectigo_scm::endpoints::{AccountAuth, SslAccountUpdate};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let update = SslAccountUpdate::new()
    ///     .name("All web servers")
    ///     .auth(AccountAuth::access_code("correct horse"));
    /// scm.endpoints().update_account(5602, 181, &update).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Endpoints::get).
    #[inline]
    pub fn update_account<F: Form>(
        self,
        endpoint: impl Into<EndpointId>,
        id: impl Into<EndpointAccountId>,
        update: &AccountUpdate<F>,
    ) -> Call<'c, Empty> {
        self.call(&ops::UPDATE_ACCOUNT)
            .path(endpoint.into())
            .path(id.into())
            .json(update)
    }

    /// Deletes an account of a web form.
    /// `DELETE /api/endpoint/v1/{eeid}/account/{id}`.
    ///
    /// # Errors
    ///
    /// As [`get`](Endpoints::get).
    #[inline]
    pub fn delete_account(
        self,
        endpoint: impl Into<EndpointId>,
        id: impl Into<EndpointAccountId>,
    ) -> Call<'c, Empty> {
        self.call(&ops::DELETE_ACCOUNT)
            .path(endpoint.into())
            .path(id.into())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
