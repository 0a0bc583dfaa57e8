use std::{collections::HashMap, ops::Range};

use jiff::Timestamp;
use regex::RegexBuilder;
use serde_json::{Value, json};

use super::{
    DAY,
    account::{Account, Class, filled},
    days, found, today,
};
use crate::{
    frame::{Call, Object, Query, Reply, Table},
    sectigo_scm::{
        self, SectigoScm,
        dates::DateFormat,
        domains::Domains,
        filter::Filter,
        no_parameters, ok,
        paging::{self, Page},
        problem::Problem,
    },
};

/// A domain that an account's clients get certificates for.
#[derive(Clone, Debug)]
struct AccountDomain {
    name: String,
    added: Timestamp,
}

/// The domains of an account, in the order they were added.
#[derive(Debug, Default)]
pub(super) struct AccountDomains {
    table: Table<AccountDomain>,
    by_name: HashMap<String, i64>,
}

/// How long the authority keeps to what it found when a domain was added.
const STICKY_DAYS: i32 = 398;

type DomainFilter = Filter<AccountDomain, Domains>;

impl AccountDomain {
    fn sticky_until(&self) -> Timestamp {
        self.added + DAY * STICKY_DAYS
    }

    fn json(
        &self,
        account: &Account,
        domains: &Domains,
        now: Timestamp,
        dates: DateFormat,
    ) -> Value {
        let mut body = json!({
            "name": self.name,
            "stickyUntil": dates.write(self.sticky_until()),
        });
        account.describe_anchor(&mut body, "ovAnchorOrderNumber");
        if let Some(until) = domains.valid_until(&self.name, now) {
            body["validUntil"] = dates.write(until).into();
        }
        body
    }
}

impl AccountDomains {
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.table.values().map(|domain| domain.name.as_str())
    }

    /// Whether a name, perhaps with a wildcard, is or lies below one of the domains.
    pub(super) fn cover(&self, name: &str) -> bool {
        let bare = without_wildcard(name);
        let above = bare.match_indices('.').map(|(dot, _)| &bare[dot + 1..]);
        let mut line = std::iter::once(bare).chain(above);
        line.any(|name| self.by_name.contains_key(name))
    }

    /// Nothing changes where it is there already.
    fn add(&mut self, name: &str, added: Timestamp) {
        let bare = without_wildcard(name);
        if self.by_name.contains_key(bare) {
            return;
        }
        let id = self.table.next_id();
        let name = bare.to_owned();
        self.by_name.insert(name.clone(), id);
        self.table.insert(id, AccountDomain { name, added });
    }

    /// False where it is not there.
    fn remove(&mut self, name: &str) -> bool {
        let id = self.by_name.remove(without_wildcard(name));
        id.and_then(|id| self.table.remove(id)).is_some()
    }
}

/// Adds what the account's organization may order for at once; names the rest.
pub(super) fn add(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let (id, names) = wanted(scm, call)?;
    let now = scm.now();
    let mut refused = Vec::new();
    for name in names {
        match scm.add_acme_domain(id, &name.to_lowercase(), now) {
            true => {}
            false => refused.push(name),
        }
    }
    Ok(done("notAddedDomains", &refused))
}

/// Removes what is there; names the rest.
pub(super) fn remove(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let (id, mut names) = wanted(scm, call)?;
    if let Some(account) = scm.acme.public.unseen_mut(id) {
        names.retain(|name| !account.domains.remove(&name.to_lowercase()));
    }
    Ok(done("notRemovedDomains", &names))
}

impl SectigoScm {
    fn add_acme_domain(&mut self, account: i64, name: &str, now: Timestamp) -> bool {
        let Some(account) = self.acme.public.get(account) else {
            return false;
        };
        let (id, organization) = (account.id, account.organization);
        if !self.may_order_at_once(organization, name) {
            return false;
        }
        if let Some(account) = self.acme.public.unseen_mut(id) {
            account.domains.add(name, now);
        }
        true
    }
}

/// The account and the names that a call is about.
fn wanted(scm: &SectigoScm, call: &Call<'_>) -> Result<(i64, Vec<String>), Problem> {
    no_parameters(call)?;
    let id = scm.acme_account_id(call, Class::Public)?;
    let mut body = sectigo_scm::body(call)?;
    let domains: Vec<Object> = body.required("domains")?;
    body.finish()?;
    if domains.is_empty() {
        return Err(Problem::missing("domains"));
    }
    let name = |mut domain: Object| {
        let name = filled(&mut domain, "name", 1024)?;
        domain.finish()?;
        Ok(name)
    };
    let names: Result<_, Problem> = domains.into_iter().map(name).collect();
    Ok((id, names?))
}

/// An object that is empty when nothing was left.
fn done(name: &str, left: &[String]) -> Reply {
    match left {
        [] => ok(&json!({})),
        left => ok(&json!({name: left})),
    }
}

pub(super) fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let id = scm.acme_account_id(call, Class::Public)?;
    let now = scm.now();
    let mut query = Query::parse(call.request.query.as_deref())?;
    let asked = paging::asked(&query);
    // What fits changes with the validations and with the day, too.
    let asked = format!("{asked}{} {}", scm.domains.version(), today(now));
    let page = Page::take(&mut query)?;
    let filter = filter(&mut query, now)?;
    let dates = DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let domains = &scm.domains;
    let Some(account) = scm.acme.public.unseen_mut(id) else {
        return Ok(paging::page(Vec::new(), 0));
    };
    let found = found(&mut account.domains.table, &asked, &filter, domains);
    let (ids, total) = (page.of(found).to_vec(), found.len());
    let page = ids.into_iter();
    let page = page.filter_map(|id| account.domains.table.get(id));
    let entries = page.map(|domain| domain.json(account, domains, now, dates));
    Ok(paging::page(entries.collect(), total))
}

fn filter(query: &mut Query, now: Timestamp) -> Result<DomainFilter, Problem> {
    let mut filter = DomainFilter::default();
    if let Some(pattern) = query.text("name")? {
        let pattern = RegexBuilder::new(&pattern).case_insensitive(true).build();
        let pattern = pattern.map_err(|_| Problem::invalid_value("name"))?;
        filter.when(move |it, _| pattern.is_match(&it.name));
    }
    let today = today(now);
    if let Some(days) = days(query, "expiresWithinNextDays")? {
        let days = window(today, days);
        filter.when(move |it, domains| {
            let until = domains.valid_until(&it.name, now);
            until.is_some_and(|until| days.contains(&until))
        });
    }
    if let Some(days) = days(query, "stickyExpiresWithinNextDays")? {
        let days = window(today, days);
        filter.when(move |it, _| days.contains(&it.sticky_until()));
    }
    Ok(filter)
}

/// From today on for so many days, today included; or, where they are negative, before today.
fn window(today: Timestamp, days: i32) -> Range<Timestamp> {
    match days {
        ..0 => today + DAY * days..today,
        _ => today..today + DAY * (days + 1),
    }
}

fn without_wildcard(name: &str) -> &str {
    name.strip_prefix("*.").unwrap_or(name)
}
