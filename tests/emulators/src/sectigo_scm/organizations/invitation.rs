use http::StatusCode;
use serde_json::{Value, json};

use crate::{
    frame::{Call, Reply},
    sectigo_scm::{self, SectigoScm, no_parameters, ok, problem::Problem},
};

/// The one web form for client certificates, and the one account of it.
const ENDPOINT: i64 = 5601;
const ACCOUNT: i64 = 171;

/// Invites a person to fill in the form of an account.
pub(super) fn send_v2(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.person_id(call)?;
    let mut body = sectigo_scm::body(call)?;
    let account: i64 = body.required("accountId")?;
    body.finish()?;
    match account {
        ACCOUNT => scm.invite(id),
        _ => Err(Problem::invalid_value("accountId")),
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
    scm.person_id(call)?;
    let (base, customer) = (&scm.world.base_url, &scm.options.customer_uri);
    let endpoint = json!({
        "id": ENDPOINT,
        "name": "Emulated client certificate form",
        "url": format!("{base}/customer/{customer}/smime/emulated"),
    });
    Ok(ok(&json!([endpoint])))
}

pub(super) fn accounts(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    scm.person_id(call)?;
    if sectigo_scm::id(call, "endpointId")? != ENDPOINT {
        return Err(Problem::not_found(-1, "Endpoint not found."));
    }
    let profiles = scm.customer.smime_profiles.iter();
    let profiles: Value = profiles.map(|profile| profile.name).collect();
    let account = json!({
        "id": ACCOUNT,
        "name": "Emulated client certificate form account",
        "profiles": profiles,
    });
    Ok(ok(&json!([account])))
}

impl SectigoScm {
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
