use std::collections::{BTreeMap, HashMap};

use http::{StatusCode, header::CONTENT_DISPOSITION};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{invitation, key_import};
use crate::{
    frame::{Call, Invalid, Object, Query, Reply, Table, routes},
    sectigo_scm::{
        self, Route, SectigoScm,
        contact::{is_email, is_phone},
        dates::DateFormat,
        filter::Filter,
        no_parameters, ok,
        paging::{self, Page},
        problem::Problem,
    },
};

/// Somebody who has client certificates, or is to have some.
#[derive(Clone, Debug)]
pub(in crate::sectigo_scm) struct Person {
    pub(in crate::sectigo_scm) id: i64,
    pub(in crate::sectigo_scm) organization: i64,
    pub(in crate::sectigo_scm) texts: Texts,
    pub(in crate::sectigo_scm) secondary_emails: Vec<String>,
    pub(in crate::sectigo_scm) created: Timestamp,
    pub(in crate::sectigo_scm) modified: Timestamp,
    pub(super) invitations: usize,
}

pub(in crate::sectigo_scm) type Texts = BTreeMap<&'static str, String>;

/// All persons, and who has which address.
#[derive(Debug)]
pub(in crate::sectigo_scm) struct Persons {
    table: Table<Person>,
    by_email: HashMap<String, i64>,
}

const PATH: &str = "/api/person/v1";
const ONE: &str = "/api/person/v1/{id}";
const IMPORT_KEY: &str = "/api/person/v1/{personId}/import-key";
const IMPORT_KEYS: &str = "/api/person/v2/{personId}/import-key";
const ENDPOINTS: &str = "/api/person/v2/{id}/invitation/endpoint";
const ACCOUNTS: &str = "/api/person/v2/{id}/invitation/endpoint/{endpointId}/account";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("person_list", PATH, list);
    get("person_find_by_email", "/api/person/v1/id/byEmail/{email}", find_by_email);
    get("person_get", ONE, get);
    post("person_create", PATH, create);
    put("person_update", ONE, update);
    delete("person_delete_v2", "/api/person/v2/{id}", delete_v2);
    delete("person_delete_v1", ONE, delete_v1);
    post("person_import_key_v2", IMPORT_KEYS, key_import::v2);
    post("person_import_key_v1", IMPORT_KEY, key_import::v1);
    post("person_send_invitation_v2", "/api/person/v2/{id}/invitation/send", invitation::send_v2);
    post("person_send_invitation_v1", "/api/person/v1/{id}/invitation/send", invitation::send_v1);
    get("person_list_invitation_endpoints", ENDPOINTS, invitation::endpoints);
    get("person_list_invitation_endpoint_accounts", ACCOUNTS, invitation::accounts);
};

/// Names with their greatest lengths.
const TEXTS: [(&str, usize); 8] = [
    ("firstName", 64),
    ("middleName", 64),
    ("lastName", 64),
    ("email", 128),
    ("phone", 32),
    ("commonName", 64),
    ("eppn", 128),
    ("upn", 256),
];
const REQUIRED: [&str; 3] = ["firstName", "lastName", "email"];
const NEVER_BLANK: [&str; 4] = ["firstName", "lastName", "email", "commonName"];
const VALIDATION: &str = "validationType";
const VALIDATIONS: [&str; 2] = ["STANDARD", "HIGH"];

/// Made-up persons are numbered after their certificates, from here.
pub(in crate::sectigo_scm) const BEFORE_FIRST: i64 = 40_000;

impl Persons {
    pub(super) fn new() -> Self {
        Self {
            table: Table::after(BEFORE_FIRST),
            by_email: HashMap::new(),
        }
    }

    pub(in crate::sectigo_scm) fn insert(&mut self, person: Person) {
        self.by_email.insert(key(person.email()), person.id);
        self.table.insert(person.id, person);
    }

    pub(in crate::sectigo_scm) fn by_email(&self, email: &str) -> Option<i64> {
        self.by_email.get(&key(email)).copied()
    }

    pub(in crate::sectigo_scm) fn next_id(&self) -> i64 {
        self.table.next_id()
    }

    pub(in crate::sectigo_scm) fn get(&self, id: i64) -> Option<&Person> {
        self.table.get(id)
    }

    pub(super) fn get_mut(&mut self, id: i64) -> Option<&mut Person> {
        self.table.get_mut(id)
    }

    pub(super) fn belong_to(&self, organizations: &[i64]) -> bool {
        let mut all = self.table.values();
        all.any(|person| organizations.contains(&person.organization))
    }

    fn remove(&mut self, id: i64) {
        if let Some(person) = self.table.remove(id) {
            self.by_email.remove(&key(person.email()));
        }
    }
}

impl Person {
    /// Somebody new, with a validation of the usual kind.
    pub(in crate::sectigo_scm) fn new(
        id: i64,
        organization: i64,
        mut texts: Texts,
        now: Timestamp,
    ) -> Self {
        if !texts.contains_key("commonName") {
            texts.insert("commonName", full_name(&texts));
        }
        let validation = VALIDATIONS[0].to_owned();
        texts.entry(VALIDATION).or_insert(validation);
        Self {
            id,
            organization,
            texts,
            secondary_emails: Vec::new(),
            created: now,
            modified: now,
            invitations: 0,
        }
    }

    pub(in crate::sectigo_scm) fn email(&self) -> &str {
        self.text("email")
    }

    pub(super) fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }

    /// Texts that were never set are empty, as in the vendor's samples.
    fn json(&self, dates: DateFormat) -> Value {
        let names = TEXTS.iter().map(|(name, _)| *name).chain([VALIDATION]);
        let mut body: Value = names
            .map(|name| (name.to_owned(), Value::from(self.text(name))))
            .collect();
        body["id"] = self.id.into();
        body["organizationId"] = self.organization.into();
        body["secondaryEmails"] = json!(self.secondary_emails);
        body["created"] = dates.write(self.created).into();
        body["modified"] = dates.write(self.modified).into();
        body
    }
}

impl SectigoScm {
    /// The id of the person that a path names.
    pub(super) fn person_id(&self, call: &Call<'_>) -> Result<i64, Problem> {
        let id = sectigo_scm::id(call, call.first_argument_name())?;
        match self.organizations.persons.get(id) {
            Some(_) => Ok(id),
            None => Err(Problem::not_found(-105, UNKNOWN)),
        }
    }

    pub(super) fn known_person(&self, id: i64) -> Result<&Person, Problem> {
        let person = self.organizations.persons.get(id);
        person.ok_or_else(not_found)
    }
}

const UNKNOWN: &str = "Person not found.";

/// Nobody has this address or, in a body or query, this number.
pub(in crate::sectigo_scm) fn not_found() -> Problem {
    Problem::bad(-105, UNKNOWN)
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let asked = paging::asked(&query);
    let page = Page::take(&mut query)?;
    let filter = filter(&mut query)?;
    let dates = DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let now = scm.now();
    let persons = &mut scm.organizations.persons.table;
    let found = match filter.is_empty() {
        true => persons.ids(),
        false => persons.matching(&asked, now, |person| filter.accepts(person, &()), |_| None),
    };
    let (ids, total) = (page.of(found).to_vec(), found.len());
    let entries = ids.into_iter().filter_map(|id| persons.get(id));
    let entries = entries.map(|person| person.json(dates)).collect();
    Ok(paging::page(entries, total))
}

fn filter(query: &mut Query) -> Result<Filter<Person>, Problem> {
    let mut filter = Filter::<Person>::default();
    filter.contains(query.text("name")?, |it, ()| vec![full_name(&it.texts)]);
    filter.equals(query.integer("organizationId", 1..)?, |it, ()| {
        it.organization
    });
    for name in ["email", "commonName", "phone"] {
        filter.contains(query.text(name)?, move |it, ()| {
            vec![it.text(name).to_owned()]
        });
    }
    filter.contains(query.text("secondaryEmail")?, |it, ()| {
        it.secondary_emails.clone()
    });
    Ok(filter)
}

fn find_by_email(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let email = call.argument("email");
    if !is_email(email) {
        return Err(Problem::invalid_value("email"));
    }
    let found = scm.organizations.persons.by_email(email);
    let body = json!({"personId": found.ok_or_else(not_found)?});
    Ok(ok(&body).header(CONTENT_DISPOSITION, "inline;filename=f.txt"))
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let id = scm.person_id(call)?;
    Ok(ok(&scm.known_person(id)?.json(dates)))
}

fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    for name in REQUIRED {
        if !body.has(name) {
            return Err(Problem::missing(name));
        }
    }
    let sent = Sent::read(&mut body)?;
    body.finish()?;
    let required = REQUIRED.iter().chain([&VALIDATION]);
    for name in required {
        if !sent.texts.contains_key(name) {
            return Err(Problem::missing(name));
        }
    }
    let organization = sent.organization;
    let organization = organization.ok_or_else(|| Problem::missing("organizationId"))?;
    scm.check_person(&sent, None)?;
    let id = scm.organizations.persons.next_id();
    let mut person = Person::new(id, organization, sent.texts, scm.now());
    person.secondary_emails = sent.secondary_emails.unwrap_or_default();
    scm.organizations.persons.insert(person);
    Ok(scm.created(&format!("{PATH}/{id}")))
}

/// Changes what is sent.
fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.person_id(call)?;
    let mut body = sectigo_scm::body(call)?;
    let sent = Sent::read(&mut body)?;
    body.finish()?;
    scm.check_person(&sent, Some(id))?;
    let mut person = scm.known_person(id)?.clone();
    scm.organizations.persons.remove(id);
    person.texts.extend(sent.texts);
    person.organization = sent.organization.unwrap_or(person.organization);
    if let Some(emails) = sent.secondary_emails {
        person.secondary_emails = emails;
    }
    person.modified = scm.now();
    scm.organizations.persons.insert(person);
    Ok(Reply::empty(StatusCode::OK))
}

fn delete_v2(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    delete(scm, call, StatusCode::NO_CONTENT)
}

fn delete_v1(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    delete(scm, call, StatusCode::OK)
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>, done: StatusCode) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.person_id(call)?;
    scm.organizations.persons.remove(id);
    Ok(Reply::empty(done))
}

/// What a body says of a person.
#[derive(Debug)]
struct Sent {
    texts: Texts,
    organization: Option<i64>,
    secondary_emails: Option<Vec<String>>,
}

impl Sent {
    fn read(body: &mut Object) -> Result<Self, Problem> {
        let mut texts = Texts::new();
        for (name, most) in TEXTS {
            if let Some(text) = body.text(name, ..=most)? {
                check(name, &text)?;
                texts.insert(name, text);
            }
        }
        if let Some(validation) = body.choice(VALIDATION, &VALIDATIONS)? {
            texts.insert(VALIDATION, validation);
        }
        let secondary_emails: Option<Vec<String>> = body.optional("secondaryEmails")?;
        if !secondary_emails
            .iter()
            .flatten()
            .all(|email| is_email(email))
        {
            return Err(Problem::invalid_value("secondaryEmails"));
        }
        Ok(Self {
            texts,
            organization: body.integer("organizationId", 1..)?,
            secondary_emails,
        })
    }
}

fn check(name: &'static str, text: &str) -> Result<(), Invalid> {
    let fine = match name {
        "email" => is_email(text),
        "phone" => is_phone(text),
        _ => !NEVER_BLANK.contains(&name) || !text.trim().is_empty(),
    };
    match fine {
        true => Ok(()),
        false => Err(Invalid::value(name, "is not allowed")),
    }
}

impl SectigoScm {
    /// Refuses an organization that there is not, and an address that somebody else has.
    fn check_person(&self, sent: &Sent, id: Option<i64>) -> Result<(), Problem> {
        if let Some(organization) = sent.organization {
            self.organizations.get(organization)?;
        }
        let email = sent.texts.get("email");
        let owner = email.and_then(|email| self.organizations.persons.by_email(email));
        match owner.is_none() || owner == id {
            true => Ok(()),
            false => Err(Problem::invalid_value("email")),
        }
    }
}

/// First, middle and last name with blanks between them.
pub(in crate::sectigo_scm) fn full_name(texts: &Texts) -> String {
    let parts = ["firstName", "middleName", "lastName"].map(|name| texts.get(name));
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.cloned().collect::<Vec<_>>().join(" ")
}

fn key(email: &str) -> String {
    email.to_lowercase()
}
