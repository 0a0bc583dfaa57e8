//! Administrators with their roles and privileges, who of them signs in, and the templates that
//! they are made from.

mod administrator;
mod body;
mod facts;
mod identity;
pub(super) mod manage;
mod offer;
mod password;
mod privilege;
mod role;
pub(super) mod template;

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

pub(super) use self::administrator::Administrator;
use self::{administrator::Kind, privilege::needed, role::Role, template::Template};
use super::{Options, SectigoScm, problem::Problem};
use crate::frame::{Request, Table, x509};

/// All administrators, and their templates.
#[derive(Debug)]
pub(super) struct Administrators {
    table: Table<Administrator>,
    by_login: HashMap<String, i64>,
    deleted: BTreeMap<i64, Administrator>,
    templates: Table<Template>,
    /// Who makes the present call.
    caller: i64,
}

const BEFORE_FIRST: i64 = 10_000;
const BEFORE_FIRST_TEMPLATE: i64 = 11_700;

/// Who signs in at the start, by the settings.
const FIRST: i64 = BEFORE_FIRST + 1;
/// Who approves what others leave lying.
const COLLEAGUE: i64 = BEFORE_FIRST + 2;

impl Administrators {
    pub(super) fn made_up(options: &Options, now: Timestamp) -> Self {
        let mut all = Self {
            table: Table::after(BEFORE_FIRST),
            by_login: HashMap::new(),
            deleted: BTreeMap::new(),
            templates: Table::after(BEFORE_FIRST_TEMPLATE),
            caller: FIRST,
        };
        let mut first = Administrator::made_up(FIRST, ["Ada", "ada@example.com"], now);
        first.set_login(&options.login);
        first.password = Some(options.password.clone());
        all.insert(first);
        let mut colleague = Administrator::made_up(COLLEAGUE, ["Grace", "grace@example.com"], now);
        colleague.set_login("approver");
        all.insert(colleague);
        all
    }

    fn insert(&mut self, administrator: Administrator) {
        if let Some(login) = administrator.login() {
            self.by_login.insert(login.to_owned(), administrator.id);
        }
        self.table.insert(administrator.id, administrator);
    }

    fn remove(&mut self, id: i64) -> Option<Administrator> {
        let removed = self.table.remove(id)?;
        if let Some(login) = removed.login() {
            self.by_login.remove(login);
        }
        Some(removed)
    }

    /// The one with this number, also after a deletion.
    pub(super) fn get(&self, id: i64) -> Option<&Administrator> {
        self.table.get(id).or_else(|| self.deleted.get(&id))
    }

    /// The one with this number who has not been deleted.
    pub(super) fn present(&self, id: i64) -> Option<&Administrator> {
        self.table.get(id)
    }

    /// The one who signs in under a login.
    pub(super) fn named(&self, login: &str) -> Option<&Administrator> {
        self.table.get(*self.by_login.get(login)?)
    }

    /// Whoever approves what others leave lying.
    pub(super) fn colleague(&self) -> Option<i64> {
        Some(COLLEAGUE)
    }

    /// The number of whoever makes the present call.
    pub(super) fn caller(&self) -> i64 {
        self.caller
    }

    /// First and last name of whoever makes the present call.
    pub(super) fn caller_name(&self) -> String {
        let caller = self.get(self.caller);
        caller.map_or_else(String::new, Administrator::name)
    }

    /// The name under which certificates are requested by whoever makes the present call.
    pub(super) fn requester(&self) -> String {
        let caller = self.get(self.caller);
        caller.map_or_else(String::new, Administrator::requester)
    }

    /// Whether no other administrator has a role.
    fn is_only(&self, id: i64, role: &str) -> bool {
        let mut others = self.table.values().filter(|other| other.id != id);
        !others.any(|other| other.has_role(role))
    }
}

impl SectigoScm {
    /// Who a request comes from: an administrator who is active and may use the interface.
    pub(super) fn signed_in(&self, request: &Request) -> Option<&Administrator> {
        let customer = request.header("customerUri")?;
        let named = self.administrators.named(request.header("login")?)?;
        let proven = match request.path.starts_with("/private") {
            true => certified(named, request),
            false => named.has_password(request.header("password")?),
        };
        let admitted = proven && named.active && customer == self.options.customer_uri;
        admitted.then_some(named)
    }

    /// Whether the caller, whom we remember, may carry out an operation.
    pub(super) fn admit_caller(
        &mut self,
        request: &Request,
        operation: &str,
    ) -> Result<(), Problem> {
        let caller = self.signed_in(request);
        let caller = caller.ok_or_else(Problem::unknown_user)?;
        let allowed = needed(operation).is_none_or(|needed| caller.may(needed));
        let id = caller.id;
        self.administrators.caller = id;
        match allowed {
            true => Ok(()),
            false => Err(Problem::unknown_user()),
        }
    }

    /// Counts a sign-in that failed, if it is known whose.
    pub(super) fn note_failed_sign_in(&mut self, request: &Request) {
        let now = self.now();
        let named = request.header("login");
        let id = named.and_then(|login| Some(self.administrators.named(login)?.id));
        let named = id.and_then(|id| self.administrators.table.unseen_mut(id));
        if let Some(administrator) = named {
            administrator.failed_sign_ins += 1;
            administrator.failed = Some(now);
        }
    }
}

/// Whether the TLS client certificate, already verified, is the administrator's: by its serial
/// number, or by the common name of whoever is there from the start.
fn certified(administrator: &Administrator, request: &Request) -> bool {
    let leaf = request.peer.first();
    let Some(leaf) = leaf.and_then(|leaf| x509::Certificate::parse(leaf)) else {
        return false;
    };
    match administrator.text(administrator::CERTIFICATE) {
        Some(serial) => digits(serial) == digits(&x509::hex(&leaf.serial, "")),
        None => administrator.id == FIRST && leaf.common_name.as_deref() == administrator.login(),
    }
}

/// The digits of a serial number, however it is written.
fn digits(serial: &str) -> String {
    let digits = serial.strip_prefix("0x").unwrap_or(serial).replace(':', "");
    digits.trim_start_matches('0').to_lowercase()
}

/// No administrator has the number in a path.
fn not_found() -> Problem {
    Problem::not_found(-1601, "Field 'id' has invalid value.")
}
