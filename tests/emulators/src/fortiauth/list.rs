use http::StatusCode;
use serde_json::{Value, json};

use super::{FortiAuth, certificate::UserCertificate, problem::Problem};
use crate::frame::{Call, Query, Reply, x509};

const USUAL: usize = 20;
const MOST: usize = 1_000;
const MEMBERS: [&str; 8] = [
    "cert_id",
    "expiry",
    "id",
    "issuer",
    "revocation_reason",
    "serial",
    "status",
    "subject",
];

/// In which wrapping the PEM list comes, which nobody has recorded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PemList {
    /// `{meta, objects}`.
    Page,
    /// The rows alone, all of them.
    Array,
    /// The first row alone, as the vendor's page prints it.
    Object,
}

/// What a list was asked for.
struct Asked {
    limit: usize,
    offset: usize,
    filters: Vec<(String, String)>,
    order: Option<(&'static str, bool)>,
}

pub(super) fn rows(state: &mut FortiAuth, call: &Call<'_>) -> Result<Reply, Problem> {
    let asked = Asked::read(call)?;
    let chosen = chosen(state, &asked);
    let (ids, total) = (asked.window(chosen).to_vec(), chosen.len());
    let rows = ids.into_iter().map(|id| state.row(id));
    let rows: Result<Vec<_>, Problem> = rows.collect();
    Ok(page(&asked, call, total, &rows?))
}

pub(super) fn contents(state: &mut FortiAuth, call: &Call<'_>) -> Result<Reply, Problem> {
    let asked = Asked::read(call)?;
    let shape = state.options.pem_list;
    let chosen = chosen(state, &asked);
    let total = chosen.len();
    let window = match shape {
        PemList::Page => asked.window(chosen),
        PemList::Array => chosen,
        PemList::Object => chosen.get(..1).unwrap_or_default(),
    };
    let ids = window.to_vec();
    let mut rows = Vec::new();
    for id in ids {
        rows.push(content(state, id)?);
    }
    Ok(match shape {
        PemList::Page => page(&asked, call, total, &rows),
        PemList::Array => Reply::json(StatusCode::OK, &Value::Array(rows)),
        PemList::Object => Reply::json(StatusCode::OK, &rows.pop().unwrap_or(json!([]))),
    })
}

pub(super) fn row(state: &mut FortiAuth, call: &Call<'_>) -> Result<Reply, Problem> {
    Query::parse(call.request.query.as_deref())?.finish()?;
    let id = state.named(call)?;
    let row = state.row(id)?;
    Ok(Reply::json(StatusCode::OK, &row))
}

pub(super) fn content(state: &mut FortiAuth, id: i64) -> Result<Value, Problem> {
    let certificate = state.certificates.unseen_mut(id);
    let certificate = certificate.ok_or_else(Problem::not_found)?;
    let der = certificate.content(&state.world.authority, &mut state.key)?;
    let pem = x509::to_pem("CERTIFICATE", der);
    Ok(json!({ "cert_id": certificate.name, "certificate": pem }))
}

impl Asked {
    fn read(call: &Call<'_>) -> Result<Self, Problem> {
        let mut query = Query::parse(call.request.query.as_deref())?;
        if query.choice("format", &["json", "xml"])?.as_deref() == Some("xml") {
            return Err(Problem::bad("The resource has no XML representation."));
        }
        let limit = number(&mut query, "limit", "Please provide a positive integer.")?;
        let offset = number(
            &mut query,
            "offset",
            "Please provide a positive integer >= 0.",
        )?;
        let mut filters = Vec::new();
        for name in [
            "subject",
            "subject__exact",
            "subject__iexact",
            "subject__contains",
            "subject__icontains",
        ] {
            filters.extend(
                query
                    .all(name)
                    .into_iter()
                    .map(|value| (name.to_owned(), value)),
            );
        }
        let order = query.text("order_by")?;
        let order = order.as_deref().map(order_of).transpose()?;
        refuse_filters(&query)?;
        query.finish()?;
        Ok(Self {
            limit: match limit {
                None => USUAL,
                Some(0) => MOST,
                Some(limit) => limit.min(MOST),
            },
            offset: offset.unwrap_or(0),
            filters,
            order,
        })
    }

    fn accepts(&self, certificate: &UserCertificate) -> bool {
        let subject = certificate.slashed_subject();
        let mut filters = self.filters.iter();
        filters.all(|(name, value)| fits(&subject, name, value))
    }

    fn window<'c>(&self, chosen: &'c [i64]) -> &'c [i64] {
        let start = self.offset.min(chosen.len());
        let end = (start + self.limit).min(chosen.len());
        &chosen[start..end]
    }

    /// Path and query of the page that starts at `offset`.
    fn link(&self, call: &Call<'_>, offset: usize) -> String {
        let mut link = format!("{}?limit={}&offset={offset}", call.request.path, self.limit);
        for pair in call.request.query.iter().flat_map(|query| query.split('&')) {
            if !pair.is_empty() && !pair.starts_with("limit=") && !pair.starts_with("offset=") {
                link.push('&');
                link.push_str(pair);
            }
        }
        link
    }
}

fn number(query: &mut Query, name: &str, advice: &str) -> Result<Option<usize>, Problem> {
    let Some(text) = query.text(name)? else {
        return Ok(None);
    };
    let bad = |_| Problem::bad_escaped(&format!("Invalid {name} '{text}' provided. {advice}"));
    text.parse().map(Some).map_err(bad)
}

/// Filters on other fields, and other ways to filter by subject.
fn refuse_filters(query: &Query) -> Result<(), Problem> {
    for name in query.names() {
        let (field, lookup) = name.split_once("__").unwrap_or((name, "exact"));
        if field == "subject" {
            let why = format!("'{lookup}' is not an allowed filter on the 'subject' field.");
            return Err(Problem::bad_escaped(&why));
        }
        if MEMBERS.contains(&field) {
            let why = format!("The '{field}' field does not allow filtering ('{lookup}').");
            return Err(Problem::bad_escaped(&why));
        }
    }
    Ok(())
}

/// The numbers of the certificates that match, in the order asked for.
fn chosen<'s>(state: &'s mut FortiAuth, asked: &Asked) -> &'s [i64] {
    if asked.filters.is_empty() && asked.order.is_none() {
        return state.certificates.ids();
    }
    let (issuer, now) = (&state.issuer, state.world.clock.now());
    let key = format!("{:?} {:?}", asked.filters, asked.order);
    state.certificates.found(&key, now, |all| {
        let mut chosen: Vec<_> = all.values().filter(|one| asked.accepts(one)).collect();
        if let Some((field, backwards)) = asked.order {
            chosen.sort_by_cached_key(|one| sort_key(&one.row(issuer, now), field));
            if backwards {
                chosen.reverse();
            }
        }
        let expiry = |one: &UserCertificate| Some(one.not_after);
        let ids = chosen.into_iter().map(|one| one.id).collect();
        (ids, all.next_change(now, expiry))
    })
}

fn sort_key(row: &Value, field: &str) -> (i64, String) {
    let text = row[field].as_str().map(str::to_owned);
    (
        row[field].as_i64().unwrap_or_default(),
        text.unwrap_or_default(),
    )
}

/// A member of a row, and whether the last comes first.
fn order_of(text: &str) -> Result<(&'static str, bool), Problem> {
    let (field, backwards) = match text.strip_prefix('-') {
        Some(field) => (field, true),
        None => (text, false),
    };
    let known = MEMBERS.iter().find(|known| **known == field);
    let unknown = || format!("No matching '{field}' field for ordering on.");
    let known = known.ok_or_else(|| Problem::bad_escaped(&unknown()))?;
    Ok((known, backwards))
}

fn fits(subject: &str, name: &str, value: &str) -> bool {
    let lower = |text: &str| text.to_lowercase();
    match name {
        "subject__iexact" => lower(subject) == lower(value),
        "subject__contains" => subject.contains(value),
        "subject__icontains" => lower(subject).contains(&lower(value)),
        _ => subject == value,
    }
}

fn page(asked: &Asked, call: &Call<'_>, total: usize, rows: &[Value]) -> Reply {
    let after = asked.offset + asked.limit;
    let before = asked.offset.checked_sub(asked.limit);
    let body = json!({
        "meta": {
            "limit": asked.limit,
            "next": (after < total).then(|| asked.link(call, after)),
            "offset": asked.offset,
            "previous": before.map(|offset| asked.link(call, offset)),
            "total_count": total,
        },
        "objects": rows,
    });
    Reply::json(StatusCode::OK, &body)
}
