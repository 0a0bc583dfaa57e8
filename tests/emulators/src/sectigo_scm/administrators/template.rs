use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    body::{check_provider, is_name},
    manage::REQUESTER,
    not_found, privilege,
    role::{self, Role},
};
use crate::{
    frame::{Call, Object, Query, Reply, routes},
    sectigo_scm::{
        self, Route, SectigoScm,
        dates::DateFormat,
        filter::Filter,
        no_parameters, ok,
        paging::{self, Page},
        problem::Problem,
    },
};

/// What administrators are made from who sign in by an identity provider.
#[derive(Clone, Debug)]
pub(super) struct Template {
    pub(super) id: i64,
    name: String,
    pub(super) roles: Vec<Role>,
    pub(super) privileges: Vec<String>,
    identity_provider: Option<i64>,
    rules: Vec<Rule>,
    created: Timestamp,
    modified: Timestamp,
}

/// A rule on an attribute.
#[derive(Clone, Debug)]
struct Rule {
    attribute: String,
    whole: bool,
    values: Vec<String>,
}

const PATH: &str = "/api/admin-template/v1";
const ONE: &str = "/api/admin-template/v1/{id}";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("admin_template_list", PATH, list);
    get("admin_template_get", ONE, get);
    post("admin_template_create", "/api/admin-template/v1/", create);
    put("admin_template_update", ONE, update);
    delete("admin_template_delete", ONE, delete);
};

/// A privilege that is documented for templates alone.
const BESIDES: [&str; 1] = ["externalClm"];
const MATCH_TYPES: [&str; 2] = ["MATCHES", "CONTAINS"];

impl Template {
    fn new(id: i64, now: Timestamp) -> Self {
        Self {
            id,
            name: String::new(),
            roles: Vec::new(),
            privileges: Vec::new(),
            identity_provider: None,
            rules: Vec::new(),
            created: now,
            modified: now,
        }
    }

    /// Whether somebody with these attributes becomes an administrator of it.
    pub(super) fn fits(&self, provider: i64, attributes: &[(&str, &[&str])]) -> bool {
        let ours = self.identity_provider.is_none_or(|known| known == provider);
        ours && self.rules.iter().all(|rule| rule.holds(attributes))
    }

    fn summary(&self) -> Value {
        let mut body = json!({"id": self.id, "name": self.name});
        if let Some(provider) = self.identity_provider {
            body["identityProviderId"] = provider.into();
        }
        body
    }

    fn json(&self, dates: DateFormat) -> Value {
        let mut body = self.summary();
        body["privileges"] = json!(self.privileges);
        body["credentials"] = self.roles.iter().map(Role::json).collect();
        body["idpMappingRules"] = self.rules.iter().map(Rule::json).collect();
        body["created"] = dates.write(self.created).into();
        body["modified"] = dates.write(self.modified).into();
        body
    }
}

impl Rule {
    fn read(mut entry: Object) -> Result<Self, Problem> {
        let rule = Self {
            attribute: entry.required_text("attribute", 1..)?,
            whole: entry.choice("matchType", &MATCH_TYPES)?.as_deref() != Some(MATCH_TYPES[1]),
            values: entry.required("values")?,
        };
        entry.finish()?;
        Ok(rule)
    }

    /// Of an attribute that is a list, one entry that matches is enough.
    fn holds(&self, attributes: &[(&str, &[&str])]) -> bool {
        let told = attributes
            .iter()
            .filter(|(name, _)| *name == self.attribute);
        let mut told = told.flat_map(|(_, values)| values.iter());
        told.any(|told| self.values.iter().any(|value| self.matches(told, value)))
    }

    fn matches(&self, told: &str, value: &str) -> bool {
        match self.whole {
            true => told == value,
            false => told.contains(value),
        }
    }

    fn json(&self) -> Value {
        let kind = MATCH_TYPES[usize::from(!self.whole)];
        json!({"attribute": self.attribute, "matchType": kind, "values": self.values})
    }
}

/// What a body says of a template.
#[derive(Debug)]
struct Sent {
    name: Option<String>,
    roles: Option<Vec<Role>>,
    privileges: Option<Vec<String>>,
    identity_provider: Option<i64>,
    rules: Option<Vec<Rule>>,
}

impl Sent {
    fn read(mut body: Object) -> Result<Self, Problem> {
        let sent = Self {
            name: body.text("name", 1..=64)?,
            roles: role::read(&mut body)?,
            privileges: body.optional("privileges")?,
            identity_provider: body.integer("identityProviderId", 1..)?,
            rules: rules(&mut body)?,
        };
        body.finish()?;
        match sent.name.iter().all(|name| is_name(name)) {
            true => Ok(sent),
            false => Err(Problem::invalid_value("name")),
        }
    }

    fn demand_all(&self) -> Result<(), Problem> {
        let there = [
            ("name", self.name.is_some()),
            ("credentials", self.roles.is_some()),
            ("idpMappingRules", self.rules.is_some()),
        ];
        match there.iter().find(|(_, there)| !there) {
            Some((name, _)) => Err(Problem::missing(name)),
            None => Ok(()),
        }
    }
}

/// Reads `idpMappingRules`, which are not empty.
fn rules(body: &mut Object) -> Result<Option<Vec<Rule>>, Problem> {
    let Some(entries) = body.optional::<Vec<Object>>("idpMappingRules")? else {
        return Ok(None);
    };
    if entries.is_empty() {
        return Err(Problem::missing("idpMappingRules"));
    }
    let rules = entries.into_iter().map(Rule::read);
    rules.collect::<Result<_, _>>().map(Some)
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let asked = paging::asked(&query);
    let page = Page::take(&mut query)?;
    let filter = filter(&mut query)?;
    DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let now = scm.now();
    let table = &mut scm.administrators.templates;
    let found = match filter.is_empty() {
        true => table.ids(),
        false => table.matching(&asked, now, |one| filter.accepts(one, &()), |_| None),
    };
    let (ids, total) = (page.of(found).to_vec(), found.len());
    let entries = ids.into_iter().filter_map(|id| table.get(id));
    let entries = entries.map(Template::summary).collect();
    Ok(paging::page(entries, total))
}

fn filter(query: &mut Query) -> Result<Filter<Template>, Problem> {
    let mut filter = Filter::<Template>::default();
    filter.contains(query.text("name")?, |it, ()| vec![it.name.clone()]);
    if let Some(id) = query.integer("orgId", 1..)? {
        filter.when(move |it, ()| it.roles.iter().any(|role| role.organization == Some(id)));
    }
    let provider = query.integer("identityProviderId", 1..)?;
    filter.equals(provider.map(Some), |it, ()| it.identity_provider);
    Ok(filter)
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    Ok(ok(&scm.template(call)?.json(dates)))
}

fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let sent = Sent::read(sectigo_scm::body(call)?)?;
    sent.demand_all()?;
    scm.check_template(&sent, &[])?;
    let id = scm.administrators.templates.next_id();
    let template = Template::new(id, scm.now());
    scm.file_template(template, sent);
    Ok(scm.created(&format!("{PATH}/{id}")))
}

/// Changes what is sent, and with it the administrators that were made from the template.
fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let old = scm.template(call)?.clone();
    let sent = Sent::read(sectigo_scm::body(call)?)?;
    scm.check_template(&sent, &old.roles)?;
    let id = old.id;
    scm.file_template(old, sent);
    scm.hand_down(id);
    Ok(Reply::empty(StatusCode::OK))
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let actions = ["delete", "unlink", "DELETE", "UNLINK"];
    let action = query.choice("relatedAdminsAction", &actions)?;
    let requester = query.integer(REQUESTER, 1..)?;
    DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let id = scm.template(call)?.id;
    let related = scm.made_from(id);
    match action.is_some_and(|action| action.eq_ignore_ascii_case("delete")) {
        true => scm.delete_all(&related, requester)?,
        false => scm.unlink_all(&related),
    }
    scm.administrators.templates.remove(id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

impl SectigoScm {
    /// The template that a path names.
    fn template(&self, call: &Call<'_>) -> Result<&Template, Problem> {
        let id = sectigo_scm::id(call, "id")?;
        self.administrators.templates.get(id).ok_or_else(not_found)
    }

    fn check_template(&self, sent: &Sent, old: &[Role]) -> Result<(), Problem> {
        if let Some(roles) = &sent.roles {
            self.check_roles(roles)?;
        }
        let roles = sent.roles.as_deref().unwrap_or(old);
        let privileges = sent.privileges.as_deref().unwrap_or_default();
        privilege::check(privileges, roles, &BESIDES)?;
        check_provider(sent.identity_provider)
    }

    fn file_template(&mut self, mut template: Template, sent: Sent) {
        template.name = sent.name.unwrap_or(template.name);
        template.roles = sent.roles.unwrap_or(template.roles);
        template.privileges = sent.privileges.unwrap_or(template.privileges);
        template.identity_provider = sent.identity_provider.or(template.identity_provider);
        template.rules = sent.rules.unwrap_or(template.rules);
        template.modified = self.now();
        let templates = &mut self.administrators.templates;
        templates.insert(template.id, template);
    }

    /// The administrators that were made from a template.
    fn made_from(&self, template: i64) -> Vec<i64> {
        let all = self.administrators.table.values();
        let made = all.filter(|one| one.template == Some(template));
        made.map(|one| one.id).collect()
    }

    fn hand_down(&mut self, template: i64) {
        let made = self.made_from(template);
        let administrators = &mut self.administrators;
        let Some(template) = administrators.templates.get(template) else {
            return;
        };
        for id in made {
            if let Some(one) = administrators.table.get_mut(id) {
                one.roles.clone_from(&template.roles);
                one.privileges.clone_from(&template.privileges);
                let provider = template.identity_provider.or(one.identity_provider);
                one.identity_provider = provider;
            }
        }
    }

    fn delete_all(&mut self, related: &[i64], requester: Option<i64>) -> Result<(), Problem> {
        self.check_requester(requester, related)?;
        for id in related {
            self.delete_administrator(*id, requester);
        }
        Ok(())
    }

    fn unlink_all(&mut self, related: &[i64]) {
        for id in related {
            if let Some(one) = self.administrators.table.get_mut(*id) {
                one.template = None;
            }
        }
    }
}
