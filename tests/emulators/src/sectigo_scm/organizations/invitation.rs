use http::StatusCode;
use serde_json::{Value, json};

use crate::{
    frame::{Call, Reply},
    sectigo_scm::{
        self, SectigoScm,
        endpoints::{
            Account,
            endpoint::{self, Endpoint},
        },
        no_parameters, ok,
        problem::Problem,
    },
};

/// Invites a person to fill in the form of an account.
pub(super) fn send_v2(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.person_id(call)?;
    let mut body = sectigo_scm::body(call)?;
    let account: i64 = body.required("accountId")?;
    body.finish()?;
    let mut offered = scm.offered_accounts(id)?.into_iter();
    match offered.any(|offered| offered.id == account) {
        true => scm.invite(id),
        false => Err(Problem::invalid_value("accountId")),
    }
}

/// The same without an account: profile, term and kind of key are named instead.
pub(super) fn send_v1(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.person_id(call)?;
    let mut body = sectigo_scm::body(call)?;
    let profile = body.integer("profileId", 1..)?;
    let term = body.integer("term", 1..)?;
    let key_type = body.optional::<String>("keyType")?;
    body.finish()?;
    let mut profiles = scm.customer.smime_profiles.iter();
    let found = profiles.find(|known| profile.is_none_or(|id| known.id == id));
    let unknown = || Problem::bad(-172, "The Client Certificate Profile is invalid!");
    let profile = found.ok_or_else(unknown)?;
    profile.term(term)?;
    if key_type.is_some_and(|wanted| !profile.key_types().contains(&wanted)) {
        return Err(Problem::invalid_value("keyType"));
    }
    scm.invite(id)
}

pub(super) fn endpoints(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.person_id(call)?;
    let entry = |form: &Endpoint| {
        let url = scm.endpoint_url(form);
        json!({"id": form.id, "name": form.name, "url": url})
    };
    let entries: Value = scm.offered_forms(id)?.into_iter().map(entry).collect();
    Ok(ok(&entries))
}

pub(super) fn accounts(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.person_id(call)?;
    let form = sectigo_scm::id(call, "endpointId")?;
    let mut forms = scm.offered_forms(id)?.into_iter();
    let found = forms.find(|known| known.id == form);
    let found = found.ok_or_else(|| Problem::not_found(-1, endpoint::UNKNOWN))?;
    let accounts = scm.accounts_at(id, found)?.into_iter();
    let entries: Value = accounts.map(|account| scm.account_entry(account)).collect();
    Ok(ok(&entries))
}

impl SectigoScm {
    /// The forms for client certificates that a person's organization may use.
    fn offered_forms(&self, person: i64) -> Result<Vec<&Endpoint>, Problem> {
        let organization = self.known_person(person)?.organization;
        let endpoints = &self.endpoints;
        endpoints.for_persons(organization, &self.organizations)
    }

    /// The accounts of such a form that belong to the person's organization.
    fn accounts_at(&self, person: i64, form: &Endpoint) -> Result<Vec<&Account>, Problem> {
        let organization = self.known_person(person)?.organization;
        let endpoints = &self.endpoints;
        endpoints.accounts_for_persons(form, organization, &self.organizations)
    }

    fn offered_accounts(&self, person: i64) -> Result<Vec<&Account>, Problem> {
        let forms = self.offered_forms(person)?.into_iter();
        let accounts = forms.map(|form| self.accounts_at(person, form));
        Ok(accounts.collect::<Result<Vec<_>, _>>()?.concat())
    }

    fn account_entry(&self, account: &Account) -> Value {
        let known = self.customer.smime_profiles.iter();
        let profiles = known.filter(|profile| account.profiles.contains(&profile.id));
        let profiles: Value = profiles.map(|profile| profile.name).collect();
        json!({"id": account.id, "name": account.name, "profiles": profiles})
    }

    fn invite(&mut self, id: i64) -> Result<Reply, Problem> {
        if let Some(person) = self.organizations.persons.get_mut(id) {
            person.invitations += 1;
        }
        Ok(Reply::empty(StatusCode::ACCEPTED))
    }

    /// For tests: how often a person was invited; `None` for an unknown id.
    pub fn invitations(&self, person: i64) -> Option<usize> {
        Some(self.organizations.persons.get(person)?.invitations)
    }
}
