use std::collections::{HashMap, HashSet};

use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{found::Finding, operation::Dates, sighting::Sighting, unknown};
use crate::{
    frame::{Call, Object, Query, Reply, Table, routes},
    sectigo_scm::{
        self, Route, SectigoScm,
        certificates::CERTIFICATE_TYPES,
        dates::DateFormat,
        filter::Filter,
        no_parameters, ok,
        paging::{self, Page},
        problem::Problem,
    },
};

/// All buckets, under the ids that they are known by.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    table: Table<Bucket>,
    numbers: HashMap<String, i64>,
}

/// What scans found, and who may see it.
#[derive(Debug)]
pub(super) struct Bucket {
    id: String,
    pub(super) name: String,
    pub(super) rules: Vec<i64>,
    /// None for every organization.
    organizations: Option<Vec<i64>>,
    /// Where anybody may sign in for it. Nothing is done with the secret, so that it is not kept.
    client: Option<String>,
    hashes: Vec<String>,
    seen: HashSet<String>,
}

/// What is to be given to whom, as certificates of which type.
struct Assignment {
    hashes: Vec<String>,
    certificate_type: String,
    organization: i64,
}

const PATH: &str = "/api/discovery/v1/bucket";
const ONE: &str = "/api/discovery/v1/bucket/{bucketId}";
const MODES: [&str; 2] = ["GLOBAL_FOR_CUSTOMER", "CUSTOMIZED"];

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    post("discovery_create_bucket", PATH, create);
    put("discovery_update_bucket", ONE, update);
    put("discovery_reset_bucket_client_secret",
        "/api/discovery/v1/bucket/{bucketId}/reset-client-secret", reset);
    put("discovery_delegate_bucket", "/api/discovery/v1/bucket/{bucketId}/delegations", delegate);
    get("discovery_get_bucket", ONE, get);
    get("discovery_list_buckets", PATH, list);
    delete("discovery_delete_bucket", ONE, delete);
    get("discovery_list_bucket_certificates", "/api/discovery/v1/bucket/{id}/certificates",
        certificates);
    post("discovery_run_bucket_rules", "/api/discovery/v1/bucket/{id}/runrules", run_rules);
    post("discovery_assign_bucket_certificates", "/api/discovery/v1/bucket/{id}/assign", assign);
};

impl Buckets {
    pub(super) fn get(&self, id: &str) -> Result<&Bucket, Problem> {
        let number = self.numbers.get(id);
        let bucket = number.and_then(|number| self.table.get(*number));
        bucket.ok_or_else(|| unknown("certificate bucket", id))
    }

    fn get_mut(&mut self, id: &str) -> Result<&mut Bucket, Problem> {
        let number = self.numbers.get(id);
        let bucket = number.and_then(|number| self.table.get_mut(*number));
        bucket.ok_or_else(|| unknown("certificate bucket", id))
    }

    fn insert(&mut self, bucket: Bucket) {
        let number = self.table.next_id();
        self.numbers.insert(bucket.id.clone(), number);
        self.table.insert(number, bucket);
    }

    fn remove(&mut self, id: &str) {
        if let Some(number) = self.numbers.remove(id) {
            self.table.remove(number);
        }
    }

    /// A rule is gone.
    pub(super) fn forget_rule(&mut self, rule: i64) {
        self.each(|bucket| bucket.rules.retain(|known| *known != rule));
    }

    pub(super) fn forget_organizations(&mut self, gone: &[i64]) {
        self.each(|bucket| {
            let delegations = bucket.organizations.iter_mut();
            delegations.for_each(|all| all.retain(|known| !gone.contains(known)));
        });
    }

    fn each(&mut self, change: impl Fn(&mut Bucket)) {
        for number in self.table.ids().to_vec() {
            if let Some(bucket) = self.table.get_mut(number) {
                change(bucket);
            }
        }
    }
}

impl Bucket {
    fn put(&mut self, hash: &str) {
        if self.seen.insert(hash.to_owned()) {
            self.hashes.push(hash.to_owned());
        }
    }

    /// New credentials where there were none; they are told only now.
    fn switch(&mut self, on: bool) -> Option<Value> {
        if !on {
            self.client = None;
        }
        let is_new = on && self.client.is_none();
        is_new.then(|| self.new_credentials())
    }

    fn new_credentials(&mut self) -> Value {
        let client = self.client.get_or_insert_with(uuid);
        json!({"clientId": client, "clientSecret": uuid()})
    }

    fn is_open_to(&self, organization: i64) -> bool {
        let organizations = self.organizations.as_ref();
        organizations.is_none_or(|known| known.contains(&organization))
    }

    fn mode(&self) -> &'static str {
        MODES[usize::from(self.organizations.is_some())]
    }

    fn json(&self) -> Value {
        let mut body = json!({
            "id": self.id,
            "name": self.name,
            "assignmentRules": self.rules,
            "orgDelegations": self.organizations.iter().flatten().collect::<Vec<_>>(),
            "authenticationEnabled": self.client.is_some(),
        });
        if let Some(client) = &self.client {
            body["clientId"] = client.as_str().into();
        }
        body
    }
}

impl SectigoScm {
    /// Keeps what a scan found; none when the bucket is gone.
    pub(super) fn keep_found(
        &mut self,
        bucket: &str,
        sightings: Vec<Sighting>,
        now: Timestamp,
    ) -> Option<Vec<Finding>> {
        let discovery = &mut self.discovery;
        let bucket = discovery.buckets.get_mut(bucket).ok()?;
        let findings = sightings.into_iter();
        let findings = findings.filter_map(|sighting| discovery.findings.see(sighting, now));
        let findings: Vec<_> = findings.collect();
        findings
            .iter()
            .for_each(|finding| bucket.put(&finding.hash));
        Some(findings)
    }

    /// Gives what belongs to nobody to the organization of the first rule that accepts it.
    pub(super) fn run_bucket_rules(&mut self, bucket: &str, now: Timestamp) {
        let Ok(bucket) = self.discovery.buckets.get(bucket) else {
            return;
        };
        let (rules, hashes) = (bucket.rules.clone(), bucket.hashes.clone());
        for hash in hashes {
            if !self.is_managed_finding(&hash) {
                self.apply_bucket_rules(&rules, &hash, now);
            }
        }
    }

    fn apply_bucket_rules(&mut self, rules: &[i64], hash: &str, now: Timestamp) {
        for rule in rules {
            let rule = self.discovery.rules.get(*rule);
            let known = self.discovery.findings.get(hash);
            let Some((rule, known)) = rule.zip(known) else {
                continue;
            };
            if rule.accepts(known, now) {
                let (kind, organization) = (rule.certificate_type.clone(), rule.organization);
                if self.assign_finding(hash, &kind, organization) {
                    return;
                }
            }
        }
    }

    /// Whether a certificate was issued here, or belongs to an organization already.
    fn is_managed_finding(&mut self, hash: &str) -> bool {
        let Some(known) = self.discovery.findings.get(hash) else {
            return false;
        };
        if known.filed.is_some_and(|filed| self.is_filed(filed)) {
            return true;
        }
        let found = known.found.clone();
        let filed = self.place_of(&found.certificate);
        if let Some(filed) = filed {
            self.discovery.findings.file(hash, filed);
        }
        filed.is_some()
    }

    /// False when the certificate cannot be of that type.
    fn assign_finding(&mut self, hash: &str, certificate_type: &str, organization: i64) -> bool {
        let known = self.discovery.findings.get(hash);
        let Some(found) = known.map(|known| known.found.clone()) else {
            return false;
        };
        let filed = self.file_found(&found.certificate, certificate_type, organization);
        if let Some(filed) = filed {
            self.discovery.findings.file(hash, filed);
        }
        filed.is_some()
    }

    /// The rules that a body names.
    fn named_rules(&self, body: &mut Object) -> Result<Option<Vec<i64>>, Problem> {
        let rules: Option<Vec<i64>> = body.optional("assignmentRules")?;
        let mut all = rules.iter().flatten();
        match all.all(|rule| self.discovery.rules.get(*rule).is_some()) {
            true => Ok(rules),
            false => Err(Problem::invalid_value("assignmentRules")),
        }
    }

    /// The organizations that a body names.
    fn bucket_delegations(&self, body: &mut Object) -> Result<Option<Vec<i64>>, Problem> {
        let organizations: Option<Vec<i64>> = body.optional("orgDelegations")?;
        for organization in organizations.iter().flatten() {
            self.organizations.get(*organization)?;
        }
        Ok(organizations)
    }

    fn bucket_named(&mut self, call: &Call<'_>) -> Result<&mut Bucket, Problem> {
        let id = call.argument(call.first_argument_name());
        self.discovery.buckets.get_mut(id)
    }
}

fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let mut bucket = Bucket {
        id: uuid(),
        name: body.required_text("name", 1..=128)?,
        rules: scm.named_rules(&mut body)?.unwrap_or_default(),
        organizations: scm.bucket_delegations(&mut body)?,
        client: None,
        hashes: Vec::new(),
        seen: HashSet::new(),
    };
    let authenticated = body.optional("authenticationEnabled")?.unwrap_or(false);
    body.finish()?;
    let credentials = bucket.switch(authenticated);
    let path = format!("{PATH}/{}", bucket.id);
    scm.discovery.buckets.insert(bucket);
    let Some(credentials) = credentials else {
        return Ok(scm.created(&path));
    };
    let url = format!("{}{path}", scm.world.base_url);
    let told = ok(&credentials).status_instead(StatusCode::CREATED);
    Ok(told.location(&url))
}

fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    scm.bucket_named(call)?;
    let mut body = sectigo_scm::body(call)?;
    let name = body.required_text("name", 1..=128)?;
    let rules = scm.named_rules(&mut body)?;
    let authenticated: Option<bool> = body.optional("authenticationEnabled")?;
    body.finish()?;
    let bucket = scm.bucket_named(call)?;
    bucket.name = name;
    if let Some(rules) = rules {
        bucket.rules = rules;
    }
    let credentials = authenticated.and_then(|on| bucket.switch(on));
    let mut answer = bucket.json();
    if let Some(credentials) = credentials {
        answer["clientSecret"] = credentials["clientSecret"].clone();
    }
    Ok(ok(&answer))
}

fn reset(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let bucket = scm.bucket_named(call)?;
    match bucket.client.is_some() {
        true => Ok(ok(&bucket.new_credentials())),
        false => {
            let why = "REST authentication is not enabled for this certificate bucket.";
            Err(Problem::bad(-1, why))
        }
    }
}

fn delegate(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    scm.bucket_named(call)?;
    let mut body = sectigo_scm::body(call)?;
    let mode = body.choice("delegationMode", &MODES)?;
    let mode = mode.ok_or_else(|| Problem::missing("delegationMode"))?;
    let organizations = scm.bucket_delegations(&mut body)?;
    body.finish()?;
    let organizations = match (mode == MODES[1], organizations) {
        (true, None) => return Err(Problem::missing("orgDelegations")),
        (false, Some(_)) => return Err(Problem::invalid_value("orgDelegations")),
        (_, organizations) => organizations,
    };
    let bucket = scm.bucket_named(call)?;
    bucket.organizations = organizations;
    Ok(ok(&bucket.json()))
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    Ok(ok(&scm.bucket_named(call)?.json()))
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let asked = paging::asked(&query);
    let page = Page::take(&mut query)?;
    let mut filter = Filter::<Bucket>::default();
    filter.contains(query.text("name")?, |it, ()| vec![it.name.clone()]);
    if let Some(organization) = query.integer("orgId", 1..)? {
        filter.when(move |it, ()| it.is_open_to(organization));
    }
    filter.equals(query.choice("delegationMode", &MODES)?, |it, ()| {
        it.mode().to_owned()
    });
    DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let now = scm.now();
    let table = &mut scm.discovery.buckets.table;
    let found = table.matching(&asked, now, |it| filter.accepts(it, &()), |_| None);
    let (ids, total) = (page.of(found).to_vec(), found.len());
    let entries = ids.into_iter().filter_map(|id| {
        let bucket = table.get(id)?;
        Some(json!({"id": bucket.id, "name": bucket.name}))
    });
    Ok(paging::page(entries.collect(), total))
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.bucket_named(call)?.id.clone();
    let mut tasks = scm.discovery.tasks.values();
    if tasks.any(|task| task.settings.bucket == id) {
        let why = "The certificate bucket is used by discovery tasks.";
        return Err(Problem::bad(-1, why));
    }
    scm.discovery.buckets.remove(&id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn certificates(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let page = Page::take(&mut query)?;
    let dates = Dates::take(&mut query)?;
    query.finish()?;
    let bucket = scm.discovery.buckets.get(call.argument("id"))?;
    let entry = |hash: &String| {
        let known = scm.discovery.findings.get(hash)?;
        Some(json!({"hash": hash, "details": known.found.json(dates.validity)}))
    };
    let data: Vec<_> = page.of(&bucket.hashes).iter().filter_map(entry).collect();
    Ok(ok(&json!({"total": bucket.hashes.len(), "data": data})))
}

fn run_rules(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.bucket_named(call)?.id.clone();
    let now = scm.now();
    scm.run_bucket_rules(&id, now);
    Ok(Reply::empty(StatusCode::OK))
}

/// Ends at the first certificate that cannot be of that type.
fn assign(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    scm.bucket_named(call)?;
    let wanted = Assignment::read(sectigo_scm::body(call)?)?;
    scm.organizations.get(wanted.organization)?;
    let bucket = scm.bucket_named(call)?;
    if !wanted.hashes.iter().all(|hash| bucket.seen.contains(hash)) {
        return Err(Problem::invalid_value("hashes"));
    }
    let mut hashes = wanted.hashes.iter();
    hashes.try_for_each(|hash| scm.assign_finding_by_hand(hash, &wanted))?;
    Ok(Reply::empty(StatusCode::OK))
}

impl Assignment {
    fn read(mut body: Object) -> Result<Self, Problem> {
        let hashes: Vec<String> = body.required("hashes")?;
        let certificate_type = body.choice("certType", &CERTIFICATE_TYPES)?;
        let assignment = Self {
            hashes: hashes.iter().map(|hash| hash.to_lowercase()).collect(),
            certificate_type: certificate_type.ok_or_else(|| Problem::missing("certType"))?,
            organization: body.required_integer("organizationId", 1..)?,
        };
        body.finish()?;
        match assignment.hashes.is_empty() {
            true => Err(Problem::missing("hashes")),
            false => Ok(assignment),
        }
    }
}

impl SectigoScm {
    /// What an organization has already goes to the other one; what was issued here stays.
    fn assign_finding_by_hand(&mut self, hash: &str, wanted: &Assignment) -> Result<(), Problem> {
        let (kind, organization) = (&wanted.certificate_type, wanted.organization);
        let is_managed = self.is_managed_finding(hash);
        let known = self.discovery.findings.get(hash);
        match known.and_then(|known| known.filed).filter(|_| is_managed) {
            Some(filed) => self.move_filed(filed, organization),
            None if self.assign_finding(hash, kind, organization) => {}
            None => return Err(Problem::invalid_value("certType")),
        }
        Ok(())
    }
}

/// A random UUID (RFC 9562, version 4).
fn uuid() -> String {
    let bits = fastrand::u128(..);
    let bits = bits & !(0xf << 76 | 0b11 << 62) | 4 << 76 | 0b10 << 62;
    let text = format!("{bits:032x}");
    let parts = [
        &text[..8],
        &text[8..12],
        &text[12..16],
        &text[16..20],
        &text[20..],
    ];
    parts.join("-")
}
