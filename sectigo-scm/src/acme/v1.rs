//! The calls for accounts of public CAs that the vendor has replaced.

use cert_core::client::{Call, Created, Empty, Enveloped, Json, Pages};

use super::account::Renaming;
use super::account_domains::DomainNames;
use super::operations as ops;
use super::{AcmeAccount, AcmeAccountFilter, AcmeAccounts, AcmeDomainsAnswer, NewAcmeAccount};
use crate::AcmeAccountId;
use crate::paging::List;

impl<'c> AcmeAccounts<'c> {
    /// Lists the accounts that match with the names of their domains, in the form that came
    /// before [`list`](AcmeAccounts::list).
    /// `GET /api/acme/v1/account`.
    #[deprecated(note = "the vendor has replaced it: use `list` and `list_domains`")]
    #[inline]
    pub fn list_v1(self, filter: &AcmeAccountFilter) -> Pages<'c, List<AcmeAccount>> {
        self.pages(&ops::LIST_V1, filter)
    }

    /// Everything about one account with the names of its domains, in the form that came before
    /// [`get`](AcmeAccounts::get).
    /// `GET /api/acme/v1/account/{id}`.
    #[deprecated(note = "the vendor has replaced it: use `get` and `list_domains`")]
    #[inline]
    pub fn get_v1(self, id: impl Into<AcmeAccountId>) -> Call<'c, Json<AcmeAccount>> {
        self.call(&ops::GET_V1).path(id.into())
    }

    /// Creates an account and tells its number, in the form that came before
    /// [`create`](AcmeAccounts::create).
    /// `POST /api/acme/v1/account`.
    ///
    /// # Errors
    ///
    /// As [`create`](AcmeAccounts::create).
    #[deprecated(note = "the vendor has replaced it: use `create`")]
    #[inline]
    pub fn create_v1(self, account: &NewAcmeAccount) -> Call<'c, Created<AcmeAccountId>> {
        self.call(&ops::CREATE_V1).json(account)
    }

    /// Renames an account, in the form that came before [`rename`](AcmeAccounts::rename).
    /// `PUT /api/acme/v1/account/{id}`.
    #[deprecated(note = "the vendor has replaced it: use `rename`")]
    #[inline]
    pub fn rename_v1(self, id: impl Into<AcmeAccountId>, name: &str) -> Call<'c, Empty> {
        self.call(&ops::RENAME_V1)
            .path(id.into())
            .json(&Renaming::new(name))
    }

    /// Deletes an account, in the form that came before [`delete`](AcmeAccounts::delete).
    /// `DELETE /api/acme/v1/account/{id}`.
    #[deprecated(note = "the vendor has replaced it: use `delete`")]
    #[inline]
    pub fn delete_v1(self, id: impl Into<AcmeAccountId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE_V1).path(id.into())
    }

    /// Adds domains to an account, in the form that came before
    /// [`add_domains`](AcmeAccounts::add_domains).
    /// `POST /api/acme/v1/account/{id}/domains`.
    ///
    /// # Errors
    ///
    /// As [`add_domains`](AcmeAccounts::add_domains).
    #[deprecated(note = "the vendor has replaced it: use `add_domains`")]
    #[inline]
    pub fn add_domains_v1(
        self,
        id: impl Into<AcmeAccountId>,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Call<'c, Enveloped<AcmeDomainsAnswer>> {
        self.call(&ops::ADD_DOMAINS_V1)
            .path(id.into())
            .json(&DomainNames::of(names))
    }

    /// Removes domains from an account, in the form that came before
    /// [`remove_domains`](AcmeAccounts::remove_domains).
    /// `DELETE /api/acme/v1/account/{id}/domains`.
    ///
    /// # Errors
    ///
    /// As [`remove_domains`](AcmeAccounts::remove_domains).
    #[deprecated(note = "the vendor has replaced it: use `remove_domains`")]
    #[inline]
    pub fn remove_domains_v1(
        self,
        id: impl Into<AcmeAccountId>,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Call<'c, Enveloped<AcmeDomainsAnswer>> {
        self.call(&ops::REMOVE_DOMAINS_V1)
            .path(id.into())
            .json(&DomainNames::of(names))
    }
}
