use std::collections::BTreeMap;

use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::{
    frame::{Call, Invalid, Object, Reply, routes},
    sectigo_scm::{self, Route, SectigoScm, no_parameters, ok, problem::Problem},
};

/// An organization, or a department of one.
#[derive(Clone, Debug)]
pub(in crate::sectigo_scm) struct Organization {
    pub(in crate::sectigo_scm) id: i64,
    pub(in crate::sectigo_scm) parent: Option<i64>,
    /// Names, addresses and contacts, under the names that answers have for them.
    texts: BTreeMap<&'static str, String>,
    ssl_interface: bool,
    client_interface: bool,
    key_recovery: [bool; 3],
}

/// One text of an organization: the answers have names of their own for some.
struct Text {
    sent: &'static str,
    answered: &'static str,
    least: usize,
    most: usize,
    /// Departments are created without it.
    of_organizations: bool,
}

const ONE: &str = "/api/organization/v1/{id}";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("organization_list", "/api/organization/v1", list);
    get("organization_list_by_role", "/api/organization/v1/managedBy/{role}", list_by_role);
    get("organization_list_by_certificate_type", "/api/organization/v1/report-type/{type}",
        list_by_certificate_type);
    get("organization_get", ONE, get);
    post("organization_create", "/api/organization/v1", create);
    put("organization_update", ONE, update);
    delete("organization_delete", ONE, delete);
};

const TEXTS: [Text; 15] = [
    text("name", 1, 128),
    Text {
        answered: "secondaryName",
        ..contact("alternativeName", 1024)
    },
    contact("schacHomeOrganization", 1024),
    contact("alias", 1024),
    contact("contactEmails", 512),
    contact("contactWebhook", 2048),
    contact("contactSlack", 2048),
    contact("contactTeams", 2048),
    text("address1", 1, 128),
    text("address2", 0, 128),
    text("address3", 0, 128),
    text("city", 0, 32),
    Text {
        answered: "stateOrProvince",
        ..text("stateProvince", 0, 32)
    },
    text("postalCode", 0, 10),
    text("country", 2, 2),
];

const RECOVERIES: [&str; 3] = [
    "allowKeyRecoveryByMasterAdmins",
    "allowKeyRecoveryByOrgAdmins",
    "allowKeyRecoveryByDepartmentAdmins",
];

const CERTIFICATE_TYPES: [&str; 4] = ["SSL", "SMIME", "CodeSign", "Device"];
const REPORTED_TYPES: [&str; 4] = ["SSL", "Client", "Device", "CodeSign"];
const OF_ORGANIZATIONS: [&str; 5] = ["MRAO", "RAO_SSL", "RAO_SMIME", "RAO_DEVICE", "RAO_CS"];
const OF_DEPARTMENTS: [&str; 4] = ["DRAO_SSL", "DRAO_SMIME", "DRAO_DEVICE", "DRAO_CS"];

const fn text(name: &'static str, least: usize, most: usize) -> Text {
    Text {
        sent: name,
        answered: name,
        least,
        most,
        of_organizations: false,
    }
}

const fn contact(name: &'static str, most: usize) -> Text {
    Text {
        of_organizations: true,
        ..text(name, 0, most)
    }
}

impl Organization {
    pub(super) fn made_up(id: i64, name: &str) -> Self {
        let texts = [
            ("name", name),
            ("address1", "1 Example Street"),
            ("city", "Exampleton"),
            ("country", "XX"),
        ];
        Self {
            id,
            parent: None,
            texts: texts.map(|(name, text)| (name, text.to_owned())).into(),
            ssl_interface: true,
            client_interface: true,
            key_recovery: [true; 3],
        }
    }

    pub(in crate::sectigo_scm) fn name(&self) -> &str {
        self.texts.get("name").map_or("", String::as_str)
    }

    fn json(&self, departments: Vec<Value>) -> Value {
        let recovery = RECOVERIES.into_iter().zip(self.key_recovery);
        let recovery: Map<_, _> = recovery
            .map(|(name, allowed)| (name.to_owned(), allowed.into()))
            .collect();
        let mut body = json!(self.texts);
        body["id"] = self.id.into();
        body["certTypes"] = json!(CERTIFICATE_TYPES);
        body["clientCertificate"] = recovery.into();
        body["sslCertsApiEnabled"] = self.ssl_interface.into();
        body["clientCertsApiEnabled"] = self.client_interface.into();
        if !departments.is_empty() {
            body["departments"] = departments.into();
        }
        body
    }
}

impl SectigoScm {
    /// The id of the organization that a path names.
    pub(in crate::sectigo_scm) fn organization_id(
        &self,
        call: &Call<'_>,
        argument: &str,
    ) -> Result<i64, Problem> {
        let id = sectigo_scm::id(call, argument)?;
        match self.organizations.organizations.get(id) {
            Some(_) => Ok(id),
            None => Err(Problem::not_found(-1023, unknown(&id.to_string()))),
        }
    }

    fn organization_json(&self, id: i64) -> Result<Value, Problem> {
        let organization = self.organizations.get(id)?;
        let departments = self.organizations.organizations.values();
        let departments = departments.filter(|one| one.parent == Some(id));
        let departments = departments.map(|one| department(one, organization.name()));
        Ok(organization.json(departments.collect()))
    }

    /// Top organizations with what is below them.
    fn tree(&self) -> Value {
        let mut below = BTreeMap::<_, Vec<_>>::new();
        let all = || self.organizations.organizations.values();
        for one in all() {
            below.entry(one.parent).or_default().push(one);
        }
        let top = |one: &Organization| {
            let departments = below.get(&Some(one.id)).into_iter().flatten();
            let departments = departments.map(|below| department(below, one.name()));
            let departments: Vec<_> = departments.collect();
            json!({"id": one.id, "name": one.name(), "departments": departments})
        };
        let tops = all().filter(|one| one.parent.is_none());
        tops.map(top).collect()
    }

    /// Refuses what somebody still needs.
    fn refuse_needed(&self, members: &[i64]) -> Result<(), Problem> {
        let named = members.first().map(|id| self.organizations.get(*id));
        let name = named.transpose()?.map_or("", Organization::name);
        let why = format!("This operation cannot be performed for Organization '{name}'.");
        let persons = &self.organizations.persons;
        let needed = self.certificates.belong_to(members)
            || persons.belong_to(members)
            || self.acme.belong_to(members)
            || self.brand_indicators.belong_to(members)
            || self.domains.depend_on(members)
            || self.discovery.assigns_to(members);
        match needed {
            true => Err(Problem::bad(-1021, why)),
            false => Ok(()),
        }
    }
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    Ok(ok(&scm.tree()))
}

/// All that an administrator with a role could look after.
fn list_by_role(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let role = call.argument("role");
    let departments = OF_DEPARTMENTS.contains(&role);
    if !departments && !OF_ORGANIZATIONS.contains(&role) {
        return Err(Problem::invalid_value("role"));
    }
    let all = scm.organizations.organizations.values();
    let fitting = all.filter(|one| one.parent.is_some() == departments);
    let entry = |one: &Organization| match one.parent {
        Some(parent) => Ok(department(one, scm.organizations.get(parent)?.name())),
        None => Ok(json!({"id": one.id, "name": one.name()})),
    };
    let entries: Result<Value, Problem> = fitting.map(entry).collect();
    Ok(ok(&entries?))
}

fn list_by_certificate_type(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    match REPORTED_TYPES.contains(&call.argument("type")) {
        true => Ok(ok(&scm.tree())),
        false => Err(Problem::invalid_value("type")),
    }
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.organization_id(call, "id")?;
    Ok(ok(&scm.organization_json(id)?))
}

/// Creates an organization or, where its parent is named, a department.
fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let parent = body.text("parentOrgName", 1..=128)?;
    let texts = TEXTS.iter();
    let texts = texts.filter(|text| parent.is_none() || !text.of_organizations);
    let texts = texts.filter_map(|text| text.take_first(&mut body).transpose());
    let texts = texts.collect::<Result<BTreeMap<_, _>, _>>()?;
    let recovery = key_recovery(body.required("clientCertificate")?)?;
    let ssl_interface = body.optional("sslCertsApiEnabled")?;
    let client_interface = body.optional("clientCertsApiEnabled")?;
    body.finish()?;
    if !texts.contains_key("city") && !texts.contains_key("stateOrProvince") {
        return Err(Problem::missing("city"));
    }
    let parent = parent.map(|name| scm.parent(&name)).transpose()?;
    let id = scm.organizations.organizations.next_id();
    let organization = Organization {
        id,
        parent,
        texts,
        ssl_interface: ssl_interface.unwrap_or_default(),
        client_interface: client_interface.unwrap_or_default(),
        key_recovery: recovery,
    };
    let table = &mut scm.organizations.organizations;
    table.insert(id, organization);
    Ok(scm.created(&format!("/api/organization/v1/{id}")))
}

/// Changes what is sent; answers the whole.
fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.organization_id(call, "id")?;
    let mut body = sectigo_scm::body(call)?;
    let texts = TEXTS.iter();
    let texts = texts.filter_map(|text| text.take(&mut body).transpose());
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    let ssl_interface = body.optional("sslCertsApiEnabled")?;
    let client_interface = body.optional("clientCertsApiEnabled")?;
    body.finish()?;
    if let Some(organization) = scm.organizations.organizations.get_mut(id) {
        organization.texts.extend(texts);
        organization.texts.retain(|_, text| !text.is_empty());
        organization.ssl_interface = ssl_interface.unwrap_or(organization.ssl_interface);
        organization.client_interface = client_interface.unwrap_or(organization.client_interface);
    }
    Ok(ok(&scm.organization_json(id)?))
}

/// Deletes an organization with its departments.
fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.organization_id(call, "id")?;
    let members = scm.organizations.with_departments(id);
    scm.refuse_needed(&members)?;
    scm.organizations.remove(&members);
    scm.domains.forget(&members);
    scm.endpoints.forget(&members);
    scm.discovery.forget(&members);
    scm.agents.forget(&members);
    scm.azure_accounts.forget(&members);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

impl SectigoScm {
    fn parent(&self, name: &str) -> Result<i64, Problem> {
        let mut all = self.organizations.organizations.values();
        let found = all.find(|one| one.parent.is_none() && one.name() == name);
        let found = found.ok_or_else(|| Problem::bad(-1023, unknown(name)));
        Ok(found?.id)
    }
}

impl Text {
    /// Takes it for an organization that is new: what has a least length is required.
    fn take_first(&self, body: &mut Object) -> Result<Option<(&'static str, String)>, Invalid> {
        if self.least > 0 {
            let text = body.required_text(self.sent, self.least..=self.most)?;
            return Ok(Some((self.answered, text)));
        }
        let text = self.take(body)?;
        Ok(text.filter(|(_, text)| !text.is_empty()))
    }

    fn take(&self, body: &mut Object) -> Result<Option<(&'static str, String)>, Invalid> {
        let text = body.text(self.sent, self.least..=self.most)?;
        if self.sent == "contactEmails" && text.as_deref().is_some_and(|text| !are_addresses(text))
        {
            let why = "is not a list of e-mail addresses";
            return Err(Invalid::value(self.sent, why));
        }
        Ok(text.map(|text| (self.answered, text)))
    }
}

fn key_recovery(mut body: Object) -> Result<[bool; 3], Invalid> {
    let mut allowed = [false; 3];
    for (name, allowed) in RECOVERIES.iter().zip(&mut allowed) {
        *allowed = body.optional(name)?.unwrap_or_default();
    }
    body.finish()?;
    Ok(allowed)
}

/// With commas between them; the vendor's own sample has hosts without a dot.
fn are_addresses(text: &str) -> bool {
    let is_address = |text: &str| {
        let parts = text.trim().split_once('@');
        parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
    };
    text.is_empty() || text.split(',').all(is_address)
}

fn department(one: &Organization, parent: &str) -> Value {
    json!({"id": one.id, "name": one.name(), "parentName": parent})
}

fn unknown(named: &str) -> String {
    format!("Organization '{named}' not found.")
}
