//! The universal accounts, which are those of private CAs.

use cert_core::Secret;
use cert_core::client::{Call, Created, Empty, Json, Op, Pages, Row};

use super::account::Renaming;
use super::operations as ops;
use super::{AcmeClient, BindingError, ExternalAccountBinding, UniversalAcmeClientFilter, written};
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{AcmeClientId, Client, OrganizationId, UniversalAcmeAccountId};

cert_core::request! {
    /// Filter of universal accounts to list; empty, all that the administrator may see.
    pub struct UniversalAcmeAccountFilter() {
        /// Organization or department of the account.
        #[wire("organizationId")]
        organization: OrganizationId,
        /// Name of the account.
        name: String,
        /// Name of the ACME server.
        #[wire("acmeServer")]
        server: String,
    }
}

cert_core::request! {
    /// Universal account to be created.
    ///
    /// ```
    /// use sectigo_scm::acme::NewUniversalAcmeAccount;
    ///
    /// let server = "Universal ACME Server";
    /// let account = NewUniversalAcmeAccount::new(9001, "intranet", server, "Intranet SSL");
    /// ```
    pub struct NewUniversalAcmeAccount(
        /// Organization or department of the account.
        #[id(1..)]
        #[wire("organizationId")]
        organization: OrganizationId,
        /// Name of the account.
        #[length(1..=128)]
        #[valid(written)]
        name: String,
        /// Name of the ACME server.
        #[length(1..=1_024)]
        #[valid(written)]
        #[wire("acmeServer")]
        server: String,
        /// Name of the certificate profile.
        #[length(1..)]
        #[wire("profileName")]
        profile: String,
    ) {}
}

cert_core::response! {
    /// A universal account.
    pub struct UniversalAcmeAccount {
        /// Number of the account.
        pub id: UniversalAcmeAccountId,
        /// Name of the account.
        pub name: Option<String>,
        /// Key identifier of the external account binding.
        #[wire("macId")]
        pub key_id: Option<Secret>,
        /// Key of the external account binding.
        pub mac_key: Option<Secret>,
        /// Identifier of the account at the CA; a secret, as that of
        /// [`AcmeAccount`](super::AcmeAccount).
        #[wire("accountId")]
        pub ca_account: Option<Secret>,
        /// Name of the ACME server.
        #[wire("acmeServer")]
        pub server: Option<String>,
        /// Organization or department of the account.
        #[wire("organizationId")]
        pub organization: Option<OrganizationId>,
        /// Name of the certificate profile.
        #[wire("profileName")]
        pub profile: Option<String>,
    }
}

impl UniversalAcmeAccount {
    /// Settings with which an ACME client registers under this account at the directory of its
    /// server.
    ///
    /// # Errors
    ///
    /// Where the vendor told no key identifier or no key, and for an address that is no URL.
    pub fn external_account_binding(
        &self,
        directory_url: &str,
    ) -> Result<ExternalAccountBinding, BindingError> {
        ExternalAccountBinding::of(directory_url, self.key_id.as_ref(), self.mac_key.as_ref())
    }
}

impl Row for UniversalAcmeAccount {
    type Id = UniversalAcmeAccountId;

    fn id(&self) -> &UniversalAcmeAccountId {
        &self.id
    }
}

impl Client {
    /// Universal ACME accounts, which are those of private CAs.
    #[must_use]
    pub fn universal_acme_accounts(&self) -> UniversalAcmeAccounts<'_> {
        UniversalAcmeAccounts { client: self }
    }
}

/// The universal ACME accounts with their clients. Made by [`Client::universal_acme_accounts`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct UniversalAcmeAccounts<'c> {
    client: &'c Client,
}

impl<'c> UniversalAcmeAccounts<'c> {
    /// Lists the accounts that match, in pages of at most 200.
    /// `GET /api/acme/v1/pca/account`.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::acme::UniversalAcmeAccountFilter;
    /// let own = UniversalAcmeAccountFilter::new().organization(9001);
    /// for account in scm.universal_acme_accounts().list(&own).collect().await? {
    ///     println!("{} {:?}", account.id, account.profile);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(
        self,
        filter: &UniversalAcmeAccountFilter,
    ) -> Pages<'c, List<UniversalAcmeAccount>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_UNIVERSAL)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Everything about one account.
    /// `GET /api/acme/v1/pca/account/{id}`.
    #[inline]
    pub fn get(
        self,
        id: impl Into<UniversalAcmeAccountId>,
    ) -> Call<'c, Json<UniversalAcmeAccount>> {
        self.call(&ops::GET_UNIVERSAL).path(id.into())
    }

    /// Creates an account, and tells its number.
    /// `POST /api/acme/v1/pca/account`.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::acme::NewUniversalAcmeAccount;
    ///
    /// let server = "Universal ACME Server";
    /// let account = NewUniversalAcmeAccount::new(9001, "intranet", server, "Intranet SSL");
    /// let id = scm.universal_acme_accounts().create(&account).await?;
    /// println!("account {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](UniversalAcmeAccounts::list) by the name before creating it again. Kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) where it was made and the answer does not
    /// tell its number.
    #[inline]
    pub fn create(
        self,
        account: &NewUniversalAcmeAccount,
    ) -> Call<'c, Created<UniversalAcmeAccountId>> {
        self.call(&ops::CREATE_UNIVERSAL).json(account)
    }

    /// Renames an account: nothing else of it can be changed.
    /// `PUT /api/acme/v1/pca/account/{id}`.
    #[inline]
    pub fn rename(self, id: impl Into<UniversalAcmeAccountId>, name: &str) -> Call<'c, Empty> {
        self.call(&ops::RENAME_UNIVERSAL)
            .path(id.into())
            .json(&Renaming::new(name))
    }

    /// Deletes an account.
    /// `DELETE /api/acme/v1/pca/account/{id}`.
    #[inline]
    pub fn delete(self, id: impl Into<UniversalAcmeAccountId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE_UNIVERSAL).path(id.into())
    }

    /// Lists the clients of an account that match, in pages of at most 200.
    /// `GET /api/acme/v1/pca/account/{id}/client`.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::acme::UniversalAcmeClientFilter;
    /// let certbots = UniversalAcmeClientFilter::new().user_agent("certbot");
    /// let accounts = scm.universal_acme_accounts();
    /// for client in accounts.list_clients(334, &certbots).collect().await? {
    ///     println!("{} {:?}", client.id, client.last_activity);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list_clients(
        self,
        id: impl Into<UniversalAcmeAccountId>,
        filter: &UniversalAcmeClientFilter,
    ) -> Pages<'c, List<AcmeClient>> {
        let (id, filter) = (id.into(), filter.clone());
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_UNIVERSAL_CLIENTS)
                .path(id)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Deactivates a client of an account: its key gets no more certificates.
    /// `PUT /api/acme/v1/pca/account/{id}/client/{clientId}`.
    ///
    /// Clients cannot be deleted: the vendor no longer supports it.
    #[inline]
    pub fn deactivate_client(
        self,
        id: impl Into<UniversalAcmeAccountId>,
        client: impl Into<AcmeClientId>,
    ) -> Call<'c, Empty> {
        self.call(&ops::DEACTIVATE_UNIVERSAL_CLIENT)
            .path(id.into())
            .path(client.into())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
