//! Accounts at Azure, and the key vaults that they reach.

pub(super) mod account;
mod vault;

use self::account::Account;
use super::organizations::ORGANIZATIONS;
use crate::frame::Table;

/// All accounts.
#[derive(Debug)]
pub(super) struct AzureAccounts {
    table: Table<Account>,
}

impl AzureAccounts {
    pub(super) fn made_up() -> Self {
        let mut table = Table::default();
        let mut research = Account::made_up(208, "Emulated vaults of Example Research");
        research.delegate(Some(vec![ORGANIZATIONS[1].0]));
        for account in [Account::made_up(207, "Emulated vaults"), research] {
            table.insert(account.id, account);
        }
        Self { table }
    }

    pub(super) fn has(&self, id: i64) -> bool {
        self.table.get(id).is_some()
    }

    /// Takes deleted organizations from delegations.
    pub(super) fn forget(&mut self, organizations: &[i64]) {
        for id in self.table.ids().to_vec() {
            if let Some(account) = self.table.get_mut(id) {
                account.forget(organizations);
            }
        }
    }
}
