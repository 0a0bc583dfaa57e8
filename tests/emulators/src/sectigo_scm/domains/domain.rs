use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    delegation::{Delegation, status},
    order::Dcv,
    unknown,
};
use crate::{
    frame::{Call, Object, Query, Reply, routes},
    sectigo_scm::{
        self, Route, SectigoScm,
        dates::DateFormat,
        filter::Filter,
        no_parameters, ok,
        organizations::ORGANIZATIONS,
        paging::{self, Page},
        problem::Problem,
    },
};

/// A domain of the customer's.
#[derive(Clone, Debug)]
pub(super) struct Domain {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) active: bool,
    pub(super) delegations: Vec<Delegation>,
    monitoring: Option<Map<String, Value>>,
    pub(super) dcv: Dcv,
}

const PATH: &str = "/api/domain/v1";
const ONE: &str = "/api/domain/v1/{id}";
const DELEGATION: &str = "/api/domain/v1/{id}/delegation";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("domain_list", PATH, list);
    get("domain_count", "/api/domain/v1/count", count);
    get("domain_get", ONE, get);
    post("domain_create", PATH, create);
    put("domain_set_ct_monitoring", "/api/domain/v1/{id}/monitoring", set_monitoring);
    delete("domain_delete", ONE, delete);
    put("domain_activate", "/api/domain/v1/{id}/activate", activate);
    put("domain_suspend", "/api/domain/v1/{id}/suspend", suspend);
    post("domain_delegate", DELEGATION, delegate);
    post("domain_delegate_many", "/api/domain/v1/delegation", delegate_many);
    delete("domain_remove_delegation", DELEGATION, remove_delegation);
    post("domain_approve_delegation", "/api/domain/v1/{id}/delegation/approve", approve);
    post("domain_reject_delegation", "/api/domain/v1/{id}/delegation/reject", reject);
};

impl Domain {
    pub(super) fn made_up(id: i64, name: &str, now: Timestamp) -> Self {
        let delegations = ORGANIZATIONS.map(|(id, _)| Delegation::for_everything(id));
        Self {
            id,
            name: name.to_owned(),
            active: true,
            delegations: delegations.to_vec(),
            monitoring: None,
            dcv: Dcv::validated(now),
        }
    }

    pub(super) fn may_order(&self, organization: i64, name: &str) -> bool {
        let mut owned = self.delegations.iter();
        owned.any(|it| it.organization == organization && it.covers(&self.name, name))
    }

    pub(super) fn depends_on(&self, organizations: &[i64]) -> bool {
        let mut delegations = self.delegations.iter();
        delegations.all(|it| organizations.contains(&it.organization))
    }

    pub(super) fn forget(&mut self, organizations: &[i64]) {
        self.delegations
            .retain(|it| !organizations.contains(&it.organization));
    }

    fn is_approved(&self) -> bool {
        self.delegations.iter().any(|it| it.approved)
    }

    fn delegate(&mut self, new: Delegation) {
        let mut known = self.delegations.iter_mut();
        match known.find(|known| known.organization == new.organization) {
            Some(known) => known.merge(new),
            None => self.delegations.push(new),
        }
    }

    /// The place of what was delegated to an organization.
    fn delegation(&self, organization: i64) -> Result<usize, Problem> {
        let mut delegations = self.delegations.iter();
        let found = delegations.position(|it| it.organization == organization);
        let why = "This domain delegation request has already been deleted.";
        found.ok_or_else(|| Problem::bad(-707, why))
    }

    /// The place of a delegation that nobody has decided about.
    fn requested(&self, organization: i64) -> Result<usize, Problem> {
        let place = self.delegation(organization)?;
        let why = "This operation cannot be performed as the delegation status is other than \
                   'Requested'.";
        match self.delegations[place].approved {
            true => Err(Problem::bad(-705, why)),
            false => Ok(place),
        }
    }

    fn json(&self, dates: DateFormat, now: Timestamp) -> Value {
        let mut body = json!({
            "id": self.id,
            "name": self.name,
            "delegationStatus": status(self.is_approved()),
            "state": if self.active { "ACTIVE" } else { "SUSPENDED" },
            "delegations": self.delegations.iter().map(Delegation::json).collect::<Vec<_>>(),
        });
        self.dcv.describe(&mut body, dates, now);
        if let Some(monitoring) = &self.monitoring {
            body["ctLogMonitoring"] = json!(monitoring);
        }
        body
    }
}

impl SectigoScm {
    /// The domain that a path names, to be changed.
    fn domain(&mut self, call: &Call<'_>) -> Result<&mut Domain, Problem> {
        let id = sectigo_scm::id(call, "id")?;
        let why = format!("The domain '{id}' does not exist.");
        let found = self.domains.table.get_mut(id);
        found.ok_or_else(|| Problem::not_found(-727, why))
    }

    /// Whether SSL certificates were ordered for a domain or below it.
    fn has_certificates(&self, domain: &str) -> bool {
        self.certificates.name_below(domain)
    }
}

fn filter(query: &mut Query) -> Result<Filter<Domain>, Problem> {
    let mut filter = Filter::<Domain>::default();
    filter.contains(query.text("name")?, |it, ()| vec![it.name.clone()]);
    let state = query.choice("state", &["active", "inactive"])?;
    filter.equals(state.map(|state| state == "active"), |it, ()| it.active);
    let status = query.choice("status", &["requested", "approved"])?;
    let approved = status.map(|status| status == "approved");
    filter.equals(approved, |it, ()| it.is_approved());
    if let Some(organization) = query.integer("orgId", 1..)? {
        filter.when(move |it, ()| it.delegation(organization).is_ok());
    }
    Ok(filter)
}

/// One page of the domains that are asked for, and how many those are.
fn found(scm: &mut SectigoScm, call: &Call<'_>) -> Result<(Vec<i64>, usize), Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let asked = paging::asked(&query);
    let page = Page::take(&mut query)?;
    let filter = filter(&mut query)?;
    DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let now = scm.now();
    let domains = &mut scm.domains.table;
    let found = match filter.is_empty() {
        true => domains.ids(),
        false => domains.matching(&asked, now, |domain| filter.accepts(domain, &()), |_| None),
    };
    Ok((page.of(found).to_vec(), found.len()))
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let (ids, total) = found(scm, call)?;
    let domains = ids.into_iter().filter_map(|id| scm.domains.table.get(id));
    let entries = domains.map(|domain| json!({"id": domain.id, "name": domain.name}));
    Ok(paging::page(entries.collect(), total))
}

fn count(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let (_, total) = found(scm, call)?;
    Ok(ok(&json!({"count": total})))
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let id = scm.domain(call)?.id;
    scm.check_control(id);
    let now = scm.now();
    Ok(ok(&scm.domain(call)?.json(dates, now)))
}

fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let name: String = body.required("name")?;
    body.text("description", ..=255)?;
    let active = body.optional("active")?.unwrap_or(true);
    let wanted: Vec<Object> = body.required("delegations")?;
    let monitoring = body.optional("ctLogMonitoring")?.map(monitoring);
    let monitoring = monitoring.transpose()?;
    body.finish()?;
    let name = name.to_lowercase();
    check_name(&name)?;
    if scm.domains.named(&name).is_some() {
        return Err(Problem::bad(-700, "Such domain already exists"));
    }
    let mut domain = Domain {
        id: scm.domains.table.next_id(),
        name,
        active,
        delegations: Vec::new(),
        monitoring,
        dcv: Dcv::default(),
    };
    for mut wanted in wanted {
        domain.delegate(scm.read_delegation(&mut wanted)?);
        wanted.finish()?;
    }
    if domain.delegations.is_empty() {
        return Err(undelegated());
    }
    let id = domain.id;
    scm.domains.insert(domain);
    Ok(scm.created(&format!("{PATH}/{id}")))
}

impl SectigoScm {
    fn read_delegation(&self, body: &mut Object) -> Result<Delegation, Problem> {
        let approved = !self.options.requested_delegations;
        Delegation::read(body, &self.organizations, approved)
    }
}

fn set_monitoring(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let wanted = monitoring(sectigo_scm::body(call)?)?;
    scm.domain(call)?.monitoring = Some(wanted);
    Ok(done())
}

fn monitoring(mut body: Object) -> Result<Map<String, Value>, Problem> {
    let enabled = body.optional("enabled")?.unwrap_or(false);
    let subdomains = body.optional("includeSubdomains")?.unwrap_or(false);
    let bucket: Option<String> = body.optional("bucketId")?;
    let missing = body.name("bucketId");
    body.finish()?;
    if enabled && bucket.is_none() {
        return Err(Problem::missing(&missing));
    }
    let mut monitoring = Map::new();
    monitoring.insert("enabled".to_owned(), enabled.into());
    monitoring.insert("includeSubdomains".to_owned(), subdomains.into());
    if let Some(bucket) = bucket {
        monitoring.insert("bucketId".to_owned(), bucket.into());
    }
    Ok(monitoring)
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let domain = scm.domain(call)?;
    let (id, name) = (domain.id, domain.name.clone());
    if scm.has_certificates(&name) {
        let why = "This operation cannot be performed due to SSL certificates enrolled for this \
                   domain or its subdomains.";
        return Err(Problem::bad(-740, why));
    }
    scm.domains.remove(id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn activate(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    scm.domain(call)?.active = true;
    Ok(done())
}

fn suspend(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    scm.domain(call)?.active = false;
    Ok(done())
}

fn delegate(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let delegation = scm.read_delegation(&mut body)?;
    body.finish()?;
    scm.domain(call)?.delegate(delegation);
    Ok(done())
}

fn delegate_many(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let ids: Vec<i64> = body.required("domainIds")?;
    let restricted = body.has("domainCertificateRequestPrivileges");
    let delegation = scm.read_delegation(&mut body)?;
    body.finish()?;
    if restricted && delegation.privileges.is_empty() {
        return Err(Problem::invalid_value("domainCertificateRequestPrivileges"));
    }
    if !(1..=1000).contains(&ids.len()) {
        return Err(Problem::invalid_value("domainIds"));
    }
    let strange = |id: &&i64| scm.domains.table.get(**id).is_none();
    if let Some(id) = ids.iter().find(strange) {
        return Err(unknown(&id.to_string()));
    }
    for id in ids {
        if let Some(domain) = scm.domains.table.get_mut(id) {
            domain.delegate(delegation.clone());
        }
    }
    Ok(done())
}

/// Takes kinds of certificates from an organization; without any left it has no delegation.
fn remove_delegation(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let taken = scm.read_delegation(&mut body)?;
    body.finish()?;
    let domain = scm.domain(call)?;
    let place = domain.delegation(taken.organization)?;
    let mut left = domain.delegations[place].certificate_types.clone();
    left.retain(|kind| !taken.certificate_types.contains(kind));
    match (left.is_empty(), domain.delegations.len()) {
        (true, 1) => return Err(undelegated()),
        (true, _) => drop(domain.delegations.remove(place)),
        (false, _) => domain.delegations[place].certificate_types = left,
    }
    Ok(done())
}

fn approve(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let organization = named_organization(call)?;
    let domain = scm.domain(call)?;
    let place = domain.requested(organization)?;
    domain.delegations[place].approved = true;
    Ok(done())
}

/// What was only requested for one organization goes with that request.
fn reject(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let organization = named_organization(call)?;
    let domain = scm.domain(call)?;
    let place = domain.requested(organization)?;
    domain.delegations.remove(place);
    let (id, undelegated) = (domain.id, domain.delegations.is_empty());
    if undelegated {
        scm.domains.remove(id);
    }
    Ok(done())
}

fn named_organization(call: &Call<'_>) -> Result<i64, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let organization = body.required_integer("orgId", 1..)?;
    body.finish()?;
    Ok(organization)
}

fn check_name(name: &str) -> Result<(), Problem> {
    let length = name.chars().count();
    let refused =
        |code, why: &str| Err(Problem::bad(code, format!("The domain name should {why}")));
    if length < 4 {
        return refused(-712, "be at least 4 characters in length.");
    }
    if length > 255 {
        return refused(-713, "be at most 255 characters in length.");
    }
    if !name.contains('.') {
        return refused(-714, "have at least 1 dots.");
    }
    let label = |label: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (1..=63).contains(&label.len()) && label.chars().all(allowed)
    };
    match name.split('.').all(label) {
        true => Ok(()),
        false => Err(Problem::bad(-732, "Invalid domain name.")),
    }
}

fn undelegated() -> Problem {
    let why = "Please delegate domain to at least one organization or department.";
    Problem::bad(-709, why)
}

fn done() -> Reply {
    Reply::empty(StatusCode::OK)
}
