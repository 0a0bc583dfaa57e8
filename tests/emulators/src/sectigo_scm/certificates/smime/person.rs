//! The certificates of one person.

use std::sync::Arc;

use http::StatusCode;
use rcgen::KeyPair;

use super::Smime;
use crate::{
    frame::{Call, Query, Reply, x509},
    sectigo_scm::{
        self, SectigoScm,
        certificates::{
            Certificates,
            kind::Kind,
            record::{HeldKey, Status},
            revoke,
            search::{Listed, end},
        },
        customer::CustomFieldValues,
        dates::DateFormat,
        no_parameters, ok,
        organizations::person::{Person, Texts, not_found},
        problem::Problem,
    },
};

pub(super) fn list_by_id(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let dates = end(Query::parse(call.request.query.as_deref())?)?;
    let person = sectigo_scm::id(call, "pid")?;
    scm.list_of_person(person, dates)
}

pub(super) fn list_by_email(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let dates = end(Query::parse(call.request.query.as_deref())?)?;
    let person = scm.person_with(call.argument("email"))?;
    scm.list_of_person(person, dates)
}

/// Everything that the person has and that can be revoked.
pub(super) fn revoke(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let email = body.required_text("email", 1..=256)?;
    let code = revoke::asked::<Smime>(body)?;
    let person = scm.person_with(&email)?;
    let now = scm.now();
    for id in scm.of_person(person)? {
        let records = &mut scm.certificates.smime;
        if records.get(id)?.status_at(now) == Status::Issued {
            records.get_mut(id)?.revoke(now, code);
        }
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// The texts that are known of somebody by a certificate alone.
pub(super) fn named(email: &str, common_name: Option<&str>) -> Texts {
    let name = common_name.unwrap_or(email);
    let texts = [("email", email), ("commonName", name), ("firstName", name)];
    texts.map(|(name, text)| (name, text.to_owned())).into()
}

impl SectigoScm {
    /// The id of the person with an address; somebody new becomes known by it.
    pub(super) fn person(&mut self, organization: i64, texts: Texts, others: &[String]) -> i64 {
        let now = self.now();
        let persons = &mut self.organizations.persons;
        let email = texts.get("email").map_or("", String::as_str);
        if let Some(known) = persons.by_email(email) {
            return known;
        }
        let id = persons.next_id();
        let mut person = Person::new(id, organization, texts, now);
        person.secondary_emails = others.to_vec();
        persons.insert(person);
        id
    }

    /// Files a certificate of a person with its key, and tells its number and whether the key was
    /// here before.
    pub(in crate::sectigo_scm) fn take_key(
        &mut self,
        person: i64,
        certificate: &x509::Certificate,
        key: Arc<KeyPair>,
        custom_fields: CustomFieldValues,
    ) -> Result<(i64, bool), Problem> {
        let known = self.known::<Smime>(certificate);
        let id = match known {
            Some(id) => id,
            None => {
                let owner = self
                    .organizations
                    .persons
                    .get(person)
                    .ok_or_else(not_found)?;
                let email = owner.email().to_owned();
                let organization = owner.organization;
                let own = Smime { person, email };
                self.import(certificate.clone(), organization, own)
            }
        };
        let record = self.certificates.smime.get_mut(id)?;
        let held = !matches!(record.private_key, HeldKey::None);
        record.private_key = HeldKey::Own(key);
        if !custom_fields.is_empty() {
            let fields = &self.customer.custom_fields;
            record.custom_fields = fields.filed(Smime::FIELDS, custom_fields);
        }
        Ok((id, held))
    }

    /// Somebody unknown is an error.
    fn person_with(&self, email: &str) -> Result<i64, Problem> {
        let found = self.organizations.persons.by_email(email);
        found.ok_or_else(not_found)
    }

    fn list_of_person(&mut self, person: i64, dates: DateFormat) -> Result<Reply, Problem> {
        let ids = self.of_person(person)?;
        let entry = |id| Ok(Smime::entry(self, self.certificates.smime.get(id)?, dates));
        let entries: Result<_, Problem> = ids.into_iter().map(entry).collect();
        Ok(ok(&entries?))
    }

    fn of_person(&mut self, person: i64) -> Result<Vec<i64>, Problem> {
        let known = self.organizations.persons.get(person);
        known.ok_or_else(not_found)?;
        let steps = self.steps();
        let records = &mut self.certificates.smime;
        records.settle_due(&steps);
        let owned = records.values().filter(|it| it.own.person == person);
        Ok(owned.map(|record| record.id).collect())
    }
}

impl Certificates {
    /// Those for whom certificates were made up.
    pub(in crate::sectigo_scm) fn persons(&self) -> impl Iterator<Item = Person> {
        self.smime.values().map(|record| {
            let (first, last) = record.common_name.split_once(' ').unwrap_or_default();
            let texts = [
                ("email", record.own.email.as_str()),
                ("commonName", &record.common_name),
                ("firstName", first),
                ("lastName", last),
            ];
            let texts = texts.map(|(name, text)| (name, text.to_owned()));
            let (id, organization) = (record.own.person, record.organization);
            Person::new(id, organization, texts.into(), record.requested)
        })
    }
}
