//! Brand indicator (BIMI) certificates: requested, validated, approved, issued and collected.

mod collect;
mod dcv;
mod description;
mod details;
mod life;
mod list;
mod record;
mod request;

use std::collections::BTreeSet;

use http::StatusCode;

use self::record::{Record, Status};
use super::{Route, SectigoScm, body, no_parameters, problem::Problem};
use crate::frame::{Call, Reply, Table, routes};

const PATH: &str = "/api/brand-indicator/v1";
const ONE: &str = "/api/brand-indicator/v1/{id}";
const RECHECK: &str = "/api/brand-indicator/v1/{id}/dcv/recheck";

pub(super) const ROUTES: &[Route] = routes! {
    get("brand_indicator_list", PATH, list::list);
    get("brand_indicator_get", ONE, description::get);
    post("brand_indicator_enroll", "/api/brand-indicator/v1/enroll", request::enroll);
    put("brand_indicator_update", ONE, request::update);
    get("brand_indicator_get_dcv", "/api/brand-indicator/v1/{id}/dcv", dcv::get);
    post("brand_indicator_recheck_dcv", RECHECK, dcv::recheck);
    post("brand_indicator_collect", "/api/brand-indicator/v1/collect/{id}", collect::collect);
    post("brand_indicator_approve", "/api/brand-indicator/v1/approve/{id}", approve);
    post("brand_indicator_revoke", "/api/brand-indicator/v1/revoke/{id}", revoke);
};

/// The only profile.
const PROFILE: i64 = 5501;
const PROFILE_NAME: &str = "Emulated brand indicator";
const TERM_DAYS: i64 = 365;
const BEFORE_FIRST: i64 = 60_000;
/// The reason codes that a caller may give.
const CODES: [i64; 5] = [0, 1, 3, 4, 5];

/// All brand indicator certificates.
#[derive(Debug)]
pub(super) struct BrandIndicators {
    table: Table<Record>,
    /// Those that somebody else still has to do something about.
    open: BTreeSet<i64>,
}

impl BrandIndicators {
    pub(super) fn new() -> Self {
        Self {
            table: Table::after(BEFORE_FIRST),
            open: BTreeSet::new(),
        }
    }

    /// Whether any of them belongs to one of these organizations.
    pub(super) fn belong_to(&self, organizations: &[i64]) -> bool {
        let mut all = self.table.values();
        all.any(|record| organizations.contains(&record.asked.organization))
    }

    fn get(&self, id: i64) -> Result<&Record, Problem> {
        self.table.get(id).ok_or_else(|| unknown(id))
    }

    fn get_mut(&mut self, id: i64) -> Result<&mut Record, Problem> {
        self.table.get_mut(id).ok_or_else(|| unknown(id))
    }
}

fn unknown(id: i64) -> Problem {
    Problem::not_found(-5101, format!("Certificate not found. {id}"))
}

fn approve(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = body(call)?;
    body.required_text("message", 1..=512)?;
    body.finish()?;
    let id = scm.brand_indicator_id(call)?;
    let (now, caller) = (scm.now(), scm.administrators.caller());
    let record = scm.brand_indicators.get_mut(id)?;
    if record.status != Status::Requested {
        let state = record.status_at(now);
        let why = format!("Certificate can't be approved cause it has state = {state}");
        return Err(Problem::bad(-1112, why));
    }
    record.approve(caller, now);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn revoke(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = body(call)?;
    body.required_text("reason", 1..=512)?;
    let code = body.integer("reasonCode", ..)?.unwrap_or(0);
    body.finish()?;
    if !CODES.contains(&code) {
        return Err(Problem::invalid_value("reasonCode"));
    }
    let id = scm.brand_indicator_id(call)?;
    let now = scm.now();
    let record = scm.brand_indicators.get_mut(id)?;
    match record.status {
        Status::Issued if record.status_at(now) == "Issued" => {
            record.status = Status::Revoked;
            record.revoked = Some(now);
            Ok(Reply::empty(StatusCode::NO_CONTENT))
        }
        Status::Revoked => Err(Problem::bad(-159, "Your certificate already revoked")),
        _ => Err(Problem::bad(
            -102,
            "Only issued certificates could be revoked.",
        )),
    }
}

impl SectigoScm {
    /// The id of the certificate that a path names, once everything that is due has happened.
    fn brand_indicator_id(&mut self, call: &Call<'_>) -> Result<i64, Problem> {
        let id = super::id(call, "id")?;
        self.brand_indicators.get(id)?;
        self.settle_brand_indicator(id)?;
        Ok(id)
    }

    /// The status of a brand indicator certificate.
    pub fn brand_indicator_status(&self, id: i64) -> Option<&'static str> {
        let record = self.brand_indicators.table.get(id)?;
        Some(record.status_at(self.now()))
    }

    /// Declines a request for a brand indicator certificate, as another administrator may; false
    /// where none waits for approval.
    pub fn decline_brand_indicator(&mut self, id: i64) -> bool {
        let now = self.now();
        let record = self.brand_indicators.table.get_mut(id);
        let waiting = record.filter(|record| record.status == Status::Requested);
        waiting.map(|record| record.decline(now)).is_some()
    }
}
