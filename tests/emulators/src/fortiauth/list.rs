use http::StatusCode;
use serde_json::{Value, json};

use super::{FortiAuth, certificate::UserCertificate, problem::Problem};
use crate::frame::{Call, Query, Reply, x509};

const USUAL: usize = 20;
const MOST: usize = 1_000;

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
    order: Option<String>,
}

pub(super) fn rows(state: &mut FortiAuth, call: &Call<'_>) -> Result<Reply, Problem> {
    let asked = Asked::read(call)?;
    let chosen = chosen(state, &asked)?;
    let row = |position: &usize| state.certificates[*position].row(&state.world);
    let rows: Vec<_> = asked.window(&chosen).iter().map(row).collect();
    Ok(page(&asked, call, chosen.len(), &rows))
}

pub(super) fn contents(state: &mut FortiAuth, call: &Call<'_>) -> Result<Reply, Problem> {
    let asked = Asked::read(call)?;
    let chosen = chosen(state, &asked)?;
    let shape = state.options.pem_list;
    let window = match shape {
        PemList::Page => asked.window(&chosen),
        PemList::Array => &chosen,
        PemList::Object => chosen.get(..1).unwrap_or_default(),
    };
    let mut rows = Vec::new();
    for position in window {
        rows.push(content(state, *position)?);
    }
    Ok(match shape {
        PemList::Page => page(&asked, call, chosen.len(), &rows),
        PemList::Array => Reply::json(StatusCode::OK, &Value::Array(rows)),
        PemList::Object => Reply::json(StatusCode::OK, &rows.pop().unwrap_or(json!([]))),
    })
}

pub(super) fn row(state: &mut FortiAuth, call: &Call<'_>) -> Result<Reply, Problem> {
    Query::parse(call.request.query.as_deref())?.finish()?;
    let position = state.position(call)?;
    Ok(Reply::json(
        StatusCode::OK,
        &state.certificates[position].row(&state.world),
    ))
}

pub(super) fn content(state: &mut FortiAuth, position: usize) -> Result<Value, Problem> {
    let certificate = &mut state.certificates[position];
    let der = certificate.content(&state.world.authority, &mut state.key)?;
    let pem = x509::to_pem("CERTIFICATE", der);
    Ok(json!({ "cert_id": certificate.name, "certificate": pem }))
}

impl Asked {
    fn read(call: &Call<'_>) -> Result<Self, Problem> {
        let mut query = Query::parse(call.request.query.as_deref())?;
        if query.choice("format", &["json", "xml"])?.as_deref() == Some("xml") {
            return Err(Problem::bad("This emulator answers JSON only."));
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

    fn window<'c>(&self, chosen: &'c [usize]) -> &'c [usize] {
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
    let fields = [
        "id",
        "cert_id",
        "expiry",
        "issuer",
        "revocation_reason",
        "serial",
        "status",
    ];
    for name in query.names() {
        let (field, lookup) = name.split_once("__").unwrap_or((name, "exact"));
        if field == "subject" {
            let why = format!("'{lookup}' is not an allowed filter on the 'subject' field.");
            return Err(Problem::bad_escaped(&why));
        }
        if fields.contains(&field) {
            let why = format!("The '{field}' field does not allow filtering ('{lookup}').");
            return Err(Problem::bad_escaped(&why));
        }
    }
    Ok(())
}

/// The places of the certificates that match, in the order asked for.
fn chosen(state: &FortiAuth, asked: &Asked) -> Result<Vec<usize>, Problem> {
    let matches = |certificate: &UserCertificate| {
        let subject = certificate.slashed_subject();
        asked
            .filters
            .iter()
            .all(|(name, value)| fits(&subject, name, value))
    };
    let all = state.certificates.iter().enumerate();
    let mut chosen: Vec<_> = all
        .filter(|(_, one)| matches(one))
        .map(|(position, _)| position)
        .collect();
    let Some(order) = &asked.order else {
        return Ok(chosen);
    };
    let (field, backwards) = match order.strip_prefix('-') {
        Some(field) => (field, true),
        None => (order.as_str(), false),
    };
    let key = |position: &usize| -> Option<(i64, String)> {
        let value = state.certificates[*position]
            .row(&state.world)
            .get(field)?
            .clone();
        let text = value.as_str().map(str::to_owned).unwrap_or_default();
        Some((value.as_i64().unwrap_or_default(), text))
    };
    if chosen.iter().any(|position| key(position).is_none()) {
        return Err(Problem::bad_escaped(&format!(
            "No matching '{field}' field for ordering on."
        )));
    }
    chosen.sort_by_cached_key(key);
    if backwards {
        chosen.reverse();
    }
    Ok(chosen)
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
