use std::net::IpAddr;

use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    Acme, ClientKey, DAY,
    account::{Class, Form},
    days, found,
    protocol::jwk::Jwk,
    today,
};
use crate::{
    frame::{Call, Query, Reply, Request},
    sectigo_scm::{
        SectigoScm,
        dates::DateFormat,
        filter::Filter,
        no_parameters,
        paging::{self, Page},
        problem::Problem,
    },
};

/// A client that registered with an account: an account in the sense of RFC 8555.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) id: String,
    pub(super) key: Jwk,
    /// As the client said them: `mailto:admin@example.com`.
    pub(super) contacts: Vec<String>,
    /// What bound it to the account, as it came.
    pub(super) binding: Value,
    pub(super) orders: Vec<i64>,
    pub(super) status: Status,
    user_agent: Option<String>,
    address: Option<IpAddr>,
    last_activity: Timestamp,
}

/// Whether the ACME server listens to a client.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Status {
    Valid,
    Deactivated,
}

impl Status {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Deactivated => "deactivated",
        }
    }
}

impl Client {
    pub(super) fn new(id: String, key: Jwk, contacts: Vec<String>, binding: Value) -> Self {
        Self {
            id,
            key,
            contacts,
            binding,
            orders: Vec::new(),
            status: Status::Valid,
            user_agent: None,
            address: None,
            last_activity: Timestamp::MIN,
        }
    }

    /// Notes who was heard of, and when.
    pub(super) fn heard(&mut self, request: &Request, now: Timestamp) {
        self.user_agent = request.header("user-agent").map(str::to_owned);
        self.address = request.address;
        self.last_activity = now;
    }

    /// Addresses alone, with commas between them.
    fn contacts_text(&self) -> String {
        let addresses = self.contacts.iter();
        let addresses = addresses.map(|contact| contact.strip_prefix("mailto:").unwrap_or(contact));
        addresses.collect::<Vec<_>>().join(",")
    }

    fn user_agent(&self) -> Vec<String> {
        self.user_agent.iter().cloned().collect()
    }

    fn address(&self) -> Vec<String> {
        self.address.iter().map(ToString::to_string).collect()
    }

    fn json(&self, dates: DateFormat) -> Value {
        let contacts = Some(self.contacts_text()).filter(|text| !text.is_empty());
        let mut body = Map::new();
        body.insert("accountId".to_owned(), json!(self.id));
        body.insert("status".to_owned(), json!(self.status.text()));
        body.insert(
            "lastActivity".to_owned(),
            json!(dates.write(self.last_activity)),
        );
        let known = [
            ("ipAddress", self.address().pop()),
            ("userAgent", self.user_agent.clone()),
            ("contacts", contacts),
        ];
        for (name, text) in known {
            body.extend(text.map(|text| (name.to_owned(), text.into())));
        }
        body.into()
    }
}

impl Acme {
    /// Registers a client with an account.
    pub(super) fn register(&mut self, class: Class, account: i64, client: Client) {
        let Some(holder) = self.table_mut(class).unseen_mut(account) else {
            return;
        };
        let number = holder.clients.next_id();
        let id = client.id.clone();
        let public_key = (holder.server.path, client.key.thumbprint.clone());
        holder.clients.insert(number, client);
        let key = ClientKey {
            class,
            account,
            client: number,
        };
        self.clients.insert(id, key);
        self.keys.insert(public_key, key);
    }

    /// Forgets the clients of an account that is no more.
    pub(super) fn forget_clients(&mut self, class: Class, account: i64) {
        let other = |key: &ClientKey| (key.class, key.account) != (class, account);
        self.clients.retain(|_, key| other(key));
        self.keys.retain(|_, key| other(key));
    }
}

pub(super) fn list<F: Form>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let id = scm.acme_account_id(call, F::CLASS)?;
    let now = scm.now();
    let mut query = Query::parse(call.request.query.as_deref())?;
    let asked = format!("{}{}", paging::asked(&query), today(now));
    let page = Page::take(&mut query)?;
    let filter = filter(&mut query, now)?;
    let dates = DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let Some(account) = scm.acme.table_mut(F::CLASS).unseen_mut(id) else {
        return Ok(paging::page(Vec::new(), 0));
    };
    let found = found(&mut account.clients, &asked, &filter, &());
    let (ids, total) = (page.of(found).to_vec(), found.len());
    let page = ids.into_iter().filter_map(|id| account.clients.get(id));
    Ok(paging::page(page.map(|it| it.json(dates)).collect(), total))
}

fn filter(query: &mut Query, now: Timestamp) -> Result<Filter<Client>, Problem> {
    let mut filter = Filter::<Client>::default();
    filter.contains(query.text("userAgent")?, |it, ()| it.user_agent());
    filter.contains(query.text("ipAddress")?, |it, ()| it.address());
    filter.contains(query.text("contacts")?, |it, ()| vec![it.contacts_text()]);
    let statuses = query.all("status");
    if !statuses.is_empty() {
        filter.when(move |it, ()| statuses.iter().any(|status| status == it.status.text()));
    }
    if let Some(days) = days(query, "lastActivityWithinPrevDays")? {
        // Back from the end of today.
        let earliest = today(now) + DAY * (1 - days);
        filter.when(move |it, ()| it.last_activity >= earliest);
    }
    Ok(filter)
}

/// Closes a client to the ACME server; one that is closed stays so.
pub(super) fn deactivate<F: Form>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let account = scm.acme_account_id(call, F::CLASS)?;
    let found = scm.acme.clients.get(call.argument("clientId")).copied();
    let found = found.filter(|key| (key.class, key.account) == (F::CLASS, account));
    let client = found.and_then(|key| scm.acme.client_mut(key));
    let unknown = || Problem::not_found(-1, "ACME account client not found.");
    client.ok_or_else(unknown)?.status = Status::Deactivated;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}
