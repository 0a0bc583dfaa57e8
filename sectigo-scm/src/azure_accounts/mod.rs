//! Azure accounts: applications at Azure with which Certificate Manager reaches key vaults.
//!
//! ```no_run
//! use sectigo_scm::azure_accounts::{AzureEnvironment, NewAzureAccount};
//! use sectigo_scm::cert_core::Secret;
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let (application, directory) = (
//!     "6f0c2d3e-58a1-4b56-9f6c-0f6f3b3f7a11",
//!     "0f8fad5b-d9cb-469f-a165-70867728950e",
//! );
//! let secret = Secret::from(std::env::var("AZURE_CLIENT_SECRET")?);
//! let environment = AzureEnvironment::Azure;
//! let account = NewAzureAccount::new("vaults", application, directory, environment, secret);
//!
//! let accounts = scm.azure_accounts();
//! let id = accounts.create(&account).await?;
//! for check in accounts.check(id).await? {
//!     println!("{:?}: {:?}", check.name, check.message);
//! }
//! for group in accounts.list_resource_groups(id).await? {
//!     let (Some(subscription), Some(name)) = (group.subscription, group.name) else { continue };
//!     println!("{:?}", accounts.list_vaults(id, &subscription, &name).await?);
//! }
//! # Ok(())
//! # }
//! ```

mod account;
mod operations;
mod vault;

use cert_core::client::{Call, Created, Empty, Json, Op, Pages};

pub use self::account::{
    AzureAccount, AzureAccountCheck, AzureAccountSummary, AzureAccountUpdate,
    AzureDelegatedOrganizations, AzureEnvironment, NewAzureAccount,
};
use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::vault::{AzureResourceGroup, AzureVault};
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{AzureAccountId, Client, OrganizationDelegation};

impl Client {
    /// Accounts at Azure, with which key vaults are reached.
    #[must_use]
    pub fn azure_accounts(&self) -> AzureAccounts<'_> {
        AzureAccounts { client: self }
    }
}

/// The Azure accounts of a customer, with the key vaults that they reach. Made by
/// [`Client::azure_accounts`].
#[derive(Debug, Clone, Copy)]
pub struct AzureAccounts<'c> {
    client: &'c Client,
}

impl<'c> AzureAccounts<'c> {
    /// Lists the accounts that the administrator may see, in pages of at most 200.
    ///
    /// `GET /api/azure/v1/accounts`
    #[inline]
    pub fn list(self) -> Pages<'c, List<AzureAccountSummary>> {
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST).query(&PageQuery::from(window))
        })
    }

    /// Details of an account; the secret of its application is never told.
    ///
    /// `GET /api/azure/v1/accounts/{accountId}`
    #[inline]
    pub fn get(self, id: impl Into<AzureAccountId>) -> Call<'c, Json<AzureAccount>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Creates an account, and tells its number.
    ///
    /// `POST /api/azure/v1/accounts`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, secret: String) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::azure_accounts::{AzureEnvironment, NewAzureAccount};
    /// use sectigo_scm::cert_core::Secret;
    ///
    /// let (cloud, secret) = (AzureEnvironment::Azure, Secret::from(secret));
    /// let account = NewAzureAccount::new("vaults", "application", "directory", cloud, secret);
    /// let id = scm.azure_accounts().create(&account).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](AzureAccounts::list) before creating it again. Kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) where it was created and the answer does not
    /// tell its number.
    #[inline]
    pub fn create(self, account: &NewAzureAccount) -> Call<'c, Created<AzureAccountId>> {
        self.call(&ops::CREATE).json(account)
    }

    /// Changes an account.
    ///
    /// `PUT /api/azure/v1/accounts/{accountId}`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, secret: String) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::azure_accounts::AzureAccountUpdate;
    /// use sectigo_scm::cert_core::Secret;
    ///
    /// let update = AzureAccountUpdate::new().application_secret(Secret::from(secret));
    /// scm.azure_accounts().update(42, &update).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn update(
        self,
        id: impl Into<AzureAccountId>,
        account: &AzureAccountUpdate,
    ) -> Call<'c, Empty> {
        self.call(&ops::UPDATE).path(id.into()).json(account)
    }

    /// Delegates an account to all organizations, or to some.
    ///
    /// `PUT /api/azure/v1/accounts/{accountId}/delegations`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::{OrganizationDelegation, OrganizationId};
    ///
    /// let some = OrganizationDelegation::Customized(vec![OrganizationId::from(9001)]);
    /// scm.azure_accounts().delegate(42, &some).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn delegate(
        self,
        id: impl Into<AzureAccountId>,
        delegation: &OrganizationDelegation,
    ) -> Call<'c, Json<AzureDelegatedOrganizations>> {
        self.call(&ops::DELEGATE).path(id.into()).json(delegation)
    }

    /// Deletes an account.
    ///
    /// `DELETE /api/azure/v1/accounts/{accountId}`
    #[inline]
    pub fn delete(self, id: impl Into<AzureAccountId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    /// Checks the configuration of an account: one entry a check, with the vendor's words on its
    /// outcome. A check that fails is no error.
    ///
    /// `GET /api/azure/v1/accounts/{accountId}/check`
    #[inline]
    pub fn check(self, id: impl Into<AzureAccountId>) -> Call<'c, Json<Vec<AzureAccountCheck>>> {
        self.call(&ops::CHECK).path(id.into())
    }

    /// Lists the resource groups that an account can see, all in one answer.
    ///
    /// `GET /api/azure/v1/accounts/{accountId}/resource-groups`
    #[inline]
    pub fn list_resource_groups(
        self,
        id: impl Into<AzureAccountId>,
    ) -> Call<'c, Json<Vec<AzureResourceGroup>>> {
        self.call(&ops::LIST_RESOURCE_GROUPS).path(id.into())
    }

    /// Lists the key vaults of a resource group, all in one answer. `subscription` is the UUID of
    /// the Azure subscription, `resource_group` a name; [`AzureResourceGroup`] has both.
    ///
    /// `GET /api/azure/v1/accounts/{accountId}/subscriptions/{subscriptionId}/resource-groups/{resourceGroups}/vaults`
    #[inline]
    pub fn list_vaults(
        self,
        id: impl Into<AzureAccountId>,
        subscription: &str,
        resource_group: &str,
    ) -> Call<'c, Json<Vec<AzureVault>>> {
        self.call(&ops::LIST_VAULTS)
            .path(id.into())
            .path(subscription)
            .path(resource_group)
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
