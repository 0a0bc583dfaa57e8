//! Code signing on demand: developers upload files, an administrator approves, Sectigo signs.

mod agent;
mod decision;
mod key;
mod request;

use std::collections::HashMap;

use http::StatusCode;
use serde_json::{Value, json};

use self::{
    key::SigningKey,
    request::{Request, State},
};
use crate::{
    frame::{Call, Query, Reply, Table, routes},
    sectigo_scm::{
        self, Route, SectigoScm, dates::DateFormat, no_parameters, ok, paging::Page,
        problem::Problem,
    },
};

/// Below here developers sign in, and nobody else.
pub(in crate::sectigo_scm) const OF_DEVELOPERS: &str = "/api/csod/v1/requests/developer";
const DEVELOPER_COUNT: &str = "/api/csod/v1/requests/developer/count";
const DEVELOPER_LIST: &str = "/api/csod/v1/requests/developer/";
const DEVELOPER_ONE: &str = "/api/csod/v1/requests/developer/{requestId}";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    post("csod_developer_create_request", OF_DEVELOPERS, request::create);
    post("csod_developer_upload_files", "{uploadUrl}", agent::upload);
    put("csod_developer_submit_request", OF_DEVELOPERS, submit);
    get("csod_developer_count_requests", DEVELOPER_COUNT, count_own);
    get("csod_developer_list_requests", DEVELOPER_LIST, list_own);
    get("csod_developer_get_request", DEVELOPER_ONE, get_own);
    post("csod_admin_approve_request", "/api/csod/v1/requests/admin/approve", decision::approve);
    post("csod_admin_decline_request", "/api/csod/v1/requests/admin/decline", decision::decline);
    get("csod_admin_count_requests", "/api/csod/v1/requests/admin/count", count_all);
    get("csod_admin_list_requests", "/api/csod/v1/requests/admin/", list_all);
    get("csod_admin_get_request", "/api/csod/v1/requests/admin/{requestId}", get_any);
};

/// All requests to sign files, what is behind links, and the key that signs.
#[derive(Debug, Default)]
pub(super) struct Signing {
    table: Table<Request>,
    /// Which file of which request is behind a link.
    links: HashMap<String, (i64, usize)>,
    key: Option<SigningKey>,
}

fn submit(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let id = body.required_integer("requestId", 1..)?;
    body.finish()?;
    let now = scm.now();
    let request = scm
        .own(call, id)
        .ok_or_else(|| Problem::invalid_value("requestId"))?;
    if request.state != State::Init {
        return Err(Problem::bad(-1, "The request is submitted already."));
    }
    if request.files.is_empty() {
        return Err(Problem::bad(-1, "No files are uploaded."));
    }
    request.advance(State::Created, now);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn count_own(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let count = scm.submitted_requests(Some(developer(call))).len();
    Ok(ok(&json!({"count": count})))
}

fn count_all(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let count = scm.submitted_requests(None).len();
    Ok(ok(&json!({"count": count})))
}

fn list_own(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let page = part(call)?;
    let found = scm.submitted_requests(Some(developer(call)));
    Ok(ok(&json!(page.of(found))))
}

fn list_all(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let page = part(call)?;
    let found = scm.submitted_requests(None);
    Ok(ok(&json!(page.of(found))))
}

fn part(call: &Call<'_>) -> Result<Page, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let page = Page::take(&mut query)?;
    DateFormat::take(&mut query, DateFormat::CODE_SIGNING)?;
    query.finish()?;
    Ok(page)
}

fn get_own(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let dates = dates(call)?;
    let id = sectigo_scm::id(call, "requestId")?;
    let found = scm.certificates.signing.table.get(id);
    let own = found.filter(|request| request.developer == developer(call));
    own.ok_or_else(unknown)?;
    Ok(ok(&scm.looked_at(id, dates)?))
}

fn get_any(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let dates = dates(call)?;
    let id = sectigo_scm::id(call, "requestId")?;
    let submitted = |request: &&Request| request.state != State::Init;
    let found = scm.certificates.signing.table.get(id).filter(submitted);
    found.ok_or_else(unknown)?;
    Ok(ok(&scm.looked_at(id, dates)?))
}

fn dates(call: &Call<'_>) -> Result<DateFormat, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::CODE_SIGNING)?;
    query.finish()?;
    Ok(dates)
}

fn unknown() -> Problem {
    Problem::not_found(-1, "The request is not known.")
}

/// Who signed in.
fn developer<'c>(call: &'c Call<'_>) -> &'c str {
    call.request.header("email").unwrap_or_default()
}

impl SectigoScm {
    /// A request of the developer who asks.
    fn own(&mut self, call: &Call<'_>, id: i64) -> Option<&mut Request> {
        let request = self.certificates.signing.table.get_mut(id);
        request.filter(|request| request.developer == developer(call))
    }

    /// The numbers of what was submitted: by one developer, or by all.
    fn submitted_requests(&mut self, developer: Option<&str>) -> &[i64] {
        let now = self.now();
        let wanted = |one: &Request| {
            one.state != State::Init && developer.is_none_or(|email| one.developer == email)
        };
        let asked = developer.unwrap_or_default();
        let table = &mut self.certificates.signing.table;
        table.matching(asked, now, wanted, |_| None)
    }

    /// A request in full; looking at it brings it on.
    fn looked_at(&mut self, id: i64, dates: DateFormat) -> Result<Value, Problem> {
        self.settle_signing(id)?;
        let now = self.now();
        let request = self
            .certificates
            .signing
            .table
            .get(id)
            .ok_or_else(unknown)?;
        let body = self.signing_request(request, dates);
        if let Some(request) = self.certificates.signing.table.unseen_mut(id) {
            request.waiting.look(now);
        }
        self.settle_signing(id)?;
        Ok(body)
    }

    /// The state of a request to sign files.
    pub fn signing_state(&self, id: i64) -> Option<&'static str> {
        Some(self.certificates.signing.table.get(id)?.state.text())
    }

    /// The certificate of the key that signs files on demand, DER.
    ///
    /// # Panics
    ///
    /// When no key can be made.
    pub fn signing_certificate(&mut self) -> Vec<u8> {
        self.make_signing_key()
            .expect("an RSA key and its certificate");
        let key = self.certificates.signing.key.as_ref();
        key.map(|key| key.certificate.clone()).unwrap_or_default()
    }
}
