use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{found::Known, matcher::Matcher, target::Target, unknown};
use crate::{
    frame::{Call, Object, Query, Reply, routes},
    sectigo_scm::{
        self, Route, SectigoScm, certificates::CERTIFICATE_TYPES, dates::DateFormat, no_parameters,
        ok, paging::Page, problem::Problem,
    },
};

/// Gives certificates that fit to an organization.
#[derive(Debug)]
pub(super) struct Rule {
    name: String,
    pub(super) organization: i64,
    pub(super) certificate_type: String,
    filters: Vec<Matcher>,
}

const PATH: &str = "/api/discovery/v1/assignmentrule";
const ONE: &str = "/api/discovery/v1/assignmentrule/{ruleId}";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    post("discovery_create_assignment_rule", PATH, create);
    put("discovery_update_assignment_rule", PATH, update);
    get("discovery_get_assignment_rule", ONE, get);
    get("discovery_count_assignment_rules", "/api/discovery/v1/assignmentrule/count", count);
    get("discovery_list_assignment_rule_ids", "/api/discovery/v1/assignmentrule/", list);
    delete("discovery_delete_assignment_rule", ONE, delete);
};

impl Rule {
    fn read(scm: &SectigoScm, mut body: Object) -> Result<Self, Problem> {
        let filters: Vec<Object> = body.required("filters")?;
        if filters.is_empty() {
            return Err(Problem::bad(-5002, "Assignment rules cannot be empty."));
        }
        let certificate_type = body.choice("certType", &CERTIFICATE_TYPES)?;
        let rule = Self {
            name: body.required_text("name", 1..=128)?,
            organization: body.required_integer("orgId", 1..)?,
            certificate_type: certificate_type.unwrap_or_else(|| "SSL".to_owned()),
            filters: filters
                .into_iter()
                .map(Matcher::read)
                .collect::<Result<_, _>>()?,
        };
        body.finish()?;
        scm.organizations.get(rule.organization)?;
        Ok(rule)
    }

    pub(super) fn accepts(&self, known: &Known, now: Timestamp) -> bool {
        let mut filters = self.filters.iter();
        filters.all(|filter| filter.accepts(known, now))
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name,
            "orgId": self.organization,
            "certType": self.certificate_type,
            "filters": self.filters.iter().map(Matcher::json).collect::<Vec<_>>(),
        })
    }
}

impl SectigoScm {
    fn assignment_rule(&self, call: &Call<'_>) -> Result<(i64, &Rule), Problem> {
        let id = sectigo_scm::id(call, "ruleId")?;
        let rule = self.discovery.rules.get(id);
        let rule = rule.ok_or_else(|| unknown("assignment rule", id))?;
        Ok((id, rule))
    }

    /// The network tasks whose bucket has a rule.
    fn tasks_with_rule(&self, rule: i64) -> Vec<String> {
        let buckets = &self.discovery.buckets;
        let uses = |bucket: &str| buckets.get(bucket).is_ok_and(|it| it.rules.contains(&rule));
        let tasks = self.discovery.tasks.values().filter(|task| {
            let is_network = matches!(task.settings.target, Target::Network { .. });
            is_network && uses(&task.settings.bucket)
        });
        tasks.map(|task| task.settings.name.clone()).collect()
    }
}

fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let rule = Rule::read(scm, sectigo_scm::body(call)?)?;
    let id = scm.discovery.rules.next_id();
    scm.discovery.rules.insert(id, rule);
    Ok(scm.created(&format!("{PATH}/{id}")))
}

fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let id = body.required_integer("ruleId", 1..)?;
    let new = Rule::read(scm, body)?;
    let known = scm.discovery.rules.get_mut(id);
    *known.ok_or_else(|| Problem::invalid_value("ruleId"))? = new;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    Ok(ok(&scm.assignment_rule(call)?.1.json()))
}

fn count(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    Ok(ok(&json!({"count": scm.discovery.rules.ids().len()})))
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let page = Page::take(&mut query)?;
    DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    Ok(ok(&json!(page.of(scm.discovery.rules.ids()))))
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    if !call.request.body.is_empty() {
        read_beside(sectigo_scm::body(call)?)?;
    }
    let (id, _) = scm.assignment_rule(call)?;
    let tasks = scm.tasks_with_rule(id);
    if !tasks.is_empty() {
        let why = format!(
            "Cannot delete. An assignment rule has been assigned to the Net Discovery Tasks {}",
            tasks.join(", ")
        );
        return Err(Problem::bad(-5003, why));
    }
    scm.discovery.rules.remove(id);
    scm.discovery.buckets.forget_rule(id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// The vendor's example sends the rule along; nothing hangs on what is in it.
fn read_beside(mut body: Object) -> Result<(), Problem> {
    for number in ["ruleId", "orgId"] {
        body.optional::<i64>(number)?;
    }
    for text in ["name", "certType"] {
        body.optional::<String>(text)?;
    }
    for mut filter in body
        .optional::<Vec<Object>>("filters")?
        .into_iter()
        .flatten()
    {
        for text in ["filterType", "matchType", "value"] {
            filter.optional::<String>(text)?;
        }
        filter.finish()?;
    }
    Ok(body.finish()?)
}
