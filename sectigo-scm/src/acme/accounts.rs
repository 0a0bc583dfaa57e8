//! The accounts of public CAs.

use cert_core::client::{Call, Created, Empty, Json, Op, Pages};

use super::account::Renaming;
use super::operations as ops;
use super::{AcmeAccount, AcmeAccountFilter, NewAcmeAccount};
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{AcmeAccountId, Client};

impl Client {
    /// ACME accounts of public CAs.
    #[doc(alias = "eab")]
    #[must_use]
    pub fn acme_accounts(&self) -> AcmeAccounts<'_> {
        AcmeAccounts { client: self }
    }
}

/// The ACME accounts of public CAs, with their domains and clients. Made by
/// [`Client::acme_accounts`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct AcmeAccounts<'c> {
    client: &'c Client,
}

impl<'c> AcmeAccounts<'c> {
    /// Lists the accounts that match, in pages of at most 200.
    /// `GET /api/acme/v2/account`.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::acme::{AcmeAccountFilter, OrganizationScope};
    /// let own = OrganizationScope::new(9001).without_departments();
    /// let mut accounts = scm.acme_accounts().list(&AcmeAccountFilter::new().organization(own));
    /// while let Some(account) = accounts.next().await {
    ///     println!("{:?}", account?.name);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(self, filter: &AcmeAccountFilter) -> Pages<'c, List<AcmeAccount>> {
        self.pages(&ops::LIST, filter)
    }

    /// Everything about one account, with the key that its ACME clients register with.
    /// `GET /api/acme/v2/account/{id}`.
    #[inline]
    pub fn get(self, id: impl Into<AcmeAccountId>) -> Call<'c, Json<AcmeAccount>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Creates an account, and tells its number.
    /// `POST /api/acme/v2/account`.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use sectigo_scm::acme::NewAcmeAccount;
    ///
    /// let account = NewAcmeAccount::new(9001, "web servers", "OV ACME Server");
    /// let id = scm.acme_accounts().create(&account).await?;
    /// let account = scm.acme_accounts().get(id).await?;
    /// let binding = account.external_account_binding("https://acme.example/v2/OV")?;
    /// println!("{}", binding.certbot());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](AcmeAccounts::list) by the name before creating it again. Kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) where it was made and the answer does not
    /// tell its number.
    #[inline]
    pub fn create(self, account: &NewAcmeAccount) -> Call<'c, Created<AcmeAccountId>> {
        self.call(&ops::CREATE).json(account)
    }

    /// Renames an account: nothing else of it can be changed.
    /// `PUT /api/acme/v2/account/{id}`.
    #[inline]
    pub fn rename(self, id: impl Into<AcmeAccountId>, name: &str) -> Call<'c, Empty> {
        self.call(&ops::RENAME)
            .path(id.into())
            .json(&Renaming::new(name))
    }

    /// Deletes an account.
    /// `DELETE /api/acme/v2/account/{id}`.
    #[inline]
    pub fn delete(self, id: impl Into<AcmeAccountId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    pub(super) fn pages(
        self,
        op: &'static Op,
        filter: &AcmeAccountFilter,
    ) -> Pages<'c, List<AcmeAccount>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(op).query(&PageQuery::from(window)).query(&filter)
        })
    }

    pub(super) fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
