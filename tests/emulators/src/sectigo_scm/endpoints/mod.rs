//! The customer's endpoints, where certificates are enrolled, and the accounts of these.

mod account;
mod config;
pub(super) mod endpoint;
mod kind;
mod settings;

pub(super) use self::account::Account;
use self::{endpoint::Endpoint, kind::Kind};
use super::{
    customer::Customer,
    organizations::{ORGANIZATIONS, Organizations},
    problem::Problem,
};
use crate::frame::Table;

const BEFORE_FIRST: i64 = 5600;
const BEFORE_FIRST_ACCOUNT: i64 = 170;

/// All endpoints and all accounts; an endpoint knows its own.
#[derive(Debug)]
pub(super) struct Endpoints {
    table: Table<Endpoint>,
    accounts: Table<Account>,
}

impl Endpoints {
    /// One of each kind, for every organization; with an account of the first one where accounts
    /// have profiles.
    pub(super) fn made_up(customer: &Customer) -> Self {
        let mut endpoints = Self {
            table: Table::after(BEFORE_FIRST),
            accounts: Table::after(BEFORE_FIRST_ACCOUNT),
        };
        let (organization, _) = ORGANIZATIONS[0];
        for kind in kind::KINDS {
            let id = endpoints.table.next_id();
            endpoints.table.insert(id, Endpoint::made_up(id, kind));
            let profiles = kind.profile_ids(customer);
            if !profiles.is_empty() {
                let account = endpoints.accounts.next_id();
                let made_up = Account::made_up(account, id, kind, organization, profiles);
                endpoints.insert_account(made_up);
            }
        }
        endpoints
    }

    fn insert_account(&mut self, account: Account) {
        if let Some(endpoint) = self.table.get_mut(account.endpoint) {
            endpoint.accounts.push(account.id);
        }
        self.accounts.insert(account.id, account);
    }

    fn remove_account(&mut self, id: i64) {
        let Some(account) = self.accounts.remove(id) else {
            return;
        };
        if let Some(endpoint) = self.table.get_mut(account.endpoint) {
            endpoint.accounts.retain(|known| *known != id);
        }
    }

    /// Deletes an endpoint with its accounts.
    fn remove(&mut self, id: i64) {
        let removed = self.table.remove(id);
        for account in removed.into_iter().flat_map(|endpoint| endpoint.accounts) {
            self.accounts.remove(account);
        }
    }

    /// Takes deleted organizations from endpoints, and deletes their accounts.
    pub(super) fn forget(&mut self, organizations: &[i64]) {
        for id in self.table.ids().to_vec() {
            if let Some(endpoint) = self.table.get_mut(id) {
                endpoint.forget(organizations);
            }
        }
        let all = self.accounts.values();
        let theirs = all.filter(|account| organizations.contains(&account.organization));
        let theirs: Vec<_> = theirs.map(|account| account.id).collect();
        theirs.into_iter().for_each(|id| self.remove_account(id));
    }

    /// The forms for client certificates that a person of an organization can be invited to.
    pub(super) fn for_persons(
        &self,
        organization: i64,
        all: &Organizations,
    ) -> Result<Vec<&Endpoint>, Problem> {
        let above = all.with_parent(organization)?;
        let forms = self.table.values();
        let open = forms.filter(|form| form.kind.is_for_persons() && form.is_open_to(&above));
        Ok(open.collect())
    }

    /// The accounts of such a form.
    pub(super) fn accounts_for_persons(
        &self,
        form: &Endpoint,
        organization: i64,
        all: &Organizations,
    ) -> Result<Vec<&Account>, Problem> {
        let above = all.with_parent(organization)?;
        let accounts = form.accounts.iter().filter_map(|id| self.accounts.get(*id));
        let theirs = accounts.filter(|account| above.contains(&account.organization));
        Ok(theirs.collect())
    }
}
