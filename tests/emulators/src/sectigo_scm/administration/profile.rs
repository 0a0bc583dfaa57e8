use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use crate::{
    frame::{Call, Query, Reply, routes},
    sectigo_scm::{
        self, Route, SectigoScm,
        customer::Profile,
        dates::DateFormat,
        no_parameters, ok,
        paging::{self, Page},
        problem::Problem,
    },
};

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("profile_list", "/api/profile/v1", list);
    get("profile_get", "/api/profile/v1/{id}", get);
};

/// A profile, and the kind of certificates that are enrolled under it.
type Listed<'a> = (&'a Profile, &'static str);

/// One condition of a list, `name=Server`.
#[derive(Debug)]
struct Condition {
    field: String,
    comparison: Ordering,
    value: String,
}

/// One field that a list is sorted by.
#[derive(Debug)]
struct Order {
    by_name: bool,
    descending: bool,
}

impl SectigoScm {
    fn profiles(&self) -> impl Iterator<Item = Listed<'_>> {
        let customer = &self.customer;
        let kinds = [
            (&customer.ssl_profiles, "SSL"),
            (&customer.smime_profiles, "SMIME"),
            (&customer.device_profiles, "Device"),
        ];
        let listed = kinds
            .into_iter()
            .map(|(all, kind)| all.iter().map(move |one| (one, kind)));
        listed.flatten()
    }

    /// Whether there is a profile with this number.
    pub(super) fn check_profile(&self, id: i64) -> Result<(), Problem> {
        match self.profiles().any(|(profile, _)| profile.id == id) {
            true => Ok(()),
            false => Err(Problem::bad(-111, unknown(id))),
        }
    }
}

impl Condition {
    /// A field, `=`, `>` or `<`, and a value; the last two are for names alone.
    fn read(text: &str) -> Result<Self, Problem> {
        let end = text.find(['=', '>', '<']).ok_or_else(refused)?;
        let condition = Self {
            field: text[..end].to_owned(),
            comparison: comparison(&text[end..]),
            value: text[end + 1..].to_owned(),
        };
        match condition.field.as_str() {
            "name" => Ok(condition),
            "delegationMode" | "certType" | "orgId" if condition.comparison.is_eq() => {
                Ok(condition)
            }
            _ => Err(refused()),
        }
    }

    fn accepts(&self, (profile, kind): Listed<'_>) -> bool {
        match self.field.as_str() {
            "name" => profile.name.cmp(&self.value) == self.comparison,
            "certType" => kind == self.value,
            "delegationMode" => delegation_mode(profile) == self.value,
            _ => self
                .value
                .parse()
                .is_ok_and(|id| profile.is_open_to(Some(id))),
        }
    }
}

impl Order {
    fn read(text: &str) -> Result<Self, Problem> {
        let refused = || Problem::invalid_value("sort");
        let (field, direction) = text.split_once(',').unwrap_or((text, "asc"));
        if !["name", "id"].contains(&field) || !["asc", "desc"].contains(&direction) {
            return Err(refused());
        }
        Ok(Self {
            by_name: field == "name",
            descending: direction == "desc",
        })
    }

    fn compare(&self, one: &Profile, other: &Profile) -> Ordering {
        let order = match self.by_name {
            true => one.name.cmp(other.name),
            false => one.id.cmp(&other.id),
        };
        match self.descending {
            true => order.reverse(),
            false => order,
        }
    }
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let conditions = query.all("filter");
    let conditions = conditions.iter().map(|text| Condition::read(text));
    let conditions = conditions.collect::<Result<Vec<_>, _>>()?;
    let orders = query.all("sort");
    let orders = orders.iter().map(|text| Order::read(text));
    let orders = orders.collect::<Result<Vec<_>, _>>()?;
    let page = Page::numbered(&mut query)?;
    DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let all = scm.profiles();
    let fitting = all.filter(|listed| conditions.iter().all(|one| one.accepts(*listed)));
    let mut fitting: Vec<_> = fitting.collect();
    fitting.sort_by(|one, other| {
        let orders = orders.iter().map(|order| order.compare(one.0, other.0));
        orders.fold(Ordering::Equal, Ordering::then)
    });
    let entries = page.of(&fitting).iter().map(|listed| summary(*listed));
    Ok(paging::page(entries.collect(), fitting.len()))
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = sectigo_scm::id(call, "id")?;
    let mut all = scm.profiles();
    let found = all.find(|(profile, _)| profile.id == id);
    let listed = found.ok_or_else(|| Problem::not_found(-111, unknown(id)))?;
    let mut body = summary(listed);
    body["attributes"] = attributes(listed.0);
    Ok(ok(&body))
}

fn summary((profile, kind): Listed<'_>) -> Value {
    json!({
        "id": profile.id,
        "name": profile.name,
        "description": profile.description(),
        "certType": kind,
        "backendType": "sectigo",
        "delegationMode": delegation_mode(profile),
    })
}

fn delegation_mode(profile: &Profile) -> &'static str {
    match profile.organization {
        Some(_) => "CUSTOMIZED",
        None => "GLOBAL_FOR_CUSTOMER",
    }
}

fn attributes(profile: &Profile) -> Value {
    let terms = profile.terms.iter();
    let terms: Map<_, _> = terms
        .map(|days| (days.to_string(), in_words(*days).into()))
        .collect();
    let keys = [("RSA", profile.rsa_sizes), ("EC", profile.curves)];
    let keys = keys.into_iter().filter(|(_, values)| !values.is_empty());
    let keys: Map<_, _> = keys
        .map(|(name, values)| (name.to_owned(), json!({"allowedValues": values})))
        .collect();
    json!({"TERM": terms, "KEY_TYPE_CONFIG": keys})
}

fn in_words(days: i64) -> String {
    match (days / 365, days % 365) {
        (1, 0) => "1 year".to_owned(),
        (years, 0) => format!("{years} years"),
        _ => format!("{days} days"),
    }
}

fn comparison(operator: &str) -> Ordering {
    match operator.as_bytes().first() {
        Some(b'>') => Ordering::Greater,
        Some(b'<') => Ordering::Less,
        _ => Ordering::Equal,
    }
}

fn refused() -> Problem {
    Problem::invalid_value("filter")
}

fn unknown(id: i64) -> String {
    format!("No certificate profile found by id {id}")
}
