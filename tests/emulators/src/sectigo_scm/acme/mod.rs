//! Accounts that ACME clients register with, and the ACME server that those clients talk to.

pub(super) mod account;
mod client;
mod domain;
mod external_key;
pub(super) mod protocol;
mod server;

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use self::{
    account::{Account, Class},
    client::Client,
    protocol::Protocol,
};
use super::{filter::Filter, problem::Problem};
use crate::frame::{Query, Table};

const BEFORE_FIRST_PUBLIC: i64 = 400;
const BEFORE_FIRST_UNIVERSAL: i64 = 300;
/// So many days lie within what a timestamp can hold.
const CENTURY: i64 = 36_525;
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// All ACME accounts, and what their clients have ordered.
#[derive(Debug)]
pub(super) struct Acme {
    public: Table<Account>,
    universal: Table<Account>,
    /// The clients by the ids that they have for answers and for the ACME server.
    clients: HashMap<String, ClientKey>,
    /// The same by the server's path and the thumbprint of the client's key.
    keys: HashMap<(&'static str, String), ClientKey>,
    protocol: Protocol,
}

/// Where a client is kept.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct ClientKey {
    class: Class,
    account: i64,
    client: i64,
}

impl Acme {
    pub(super) fn new() -> Self {
        Self {
            public: Table::after(BEFORE_FIRST_PUBLIC),
            universal: Table::after(BEFORE_FIRST_UNIVERSAL),
            clients: HashMap::new(),
            keys: HashMap::new(),
            protocol: Protocol::default(),
        }
    }

    /// Whether any account belongs to one of these organizations.
    pub(super) fn belong_to(&self, organizations: &[i64]) -> bool {
        let mut all = self.public.values().chain(self.universal.values());
        all.any(|account| organizations.contains(&account.organization))
    }

    fn table(&self, class: Class) -> &Table<Account> {
        match class {
            Class::Public => &self.public,
            Class::Universal => &self.universal,
        }
    }

    fn table_mut(&mut self, class: Class) -> &mut Table<Account> {
        match class {
            Class::Public => &mut self.public,
            Class::Universal => &mut self.universal,
        }
    }

    fn client(&self, key: ClientKey) -> Option<&Client> {
        let account = self.table(key.class).get(key.account)?;
        account.clients.get(key.client)
    }

    /// A client to be changed: no filter of accounts sees its clients.
    fn client_mut(&mut self, key: ClientKey) -> Option<&mut Client> {
        let account = self.table_mut(key.class).unseen_mut(key.account)?;
        account.clients.get_mut(key.client)
    }
}

/// The numbers of what fits; everything where nothing is asked for.
fn found<'t, T, S>(
    table: &'t mut Table<T>,
    asked: &str,
    filter: &Filter<T, S>,
    seen: &S,
) -> &'t [i64] {
    if filter.is_empty() {
        return table.ids();
    }
    let search = |table: &Table<T>| {
        let ids = table.ids().iter().copied();
        let fits = |id: &i64| table.get(*id).is_some_and(|one| filter.accepts(one, seen));
        (ids.filter(fits).collect(), Timestamp::MAX)
    };
    table.found(asked, Timestamp::MIN, search)
}

/// A number of days from today, ahead or back.
fn days(query: &mut Query, name: &str) -> Result<Option<i32>, Problem> {
    let days = query.integer(name, -CENTURY..=CENTURY)?;
    Ok(days.and_then(|days| i32::try_from(days).ok()))
}

/// The beginning of the day, in UTC.
fn today(now: Timestamp) -> Timestamp {
    let passed = now.as_second().rem_euclid(DAY.as_secs());
    now - SignedDuration::new(passed, now.subsec_nanosecond())
}
