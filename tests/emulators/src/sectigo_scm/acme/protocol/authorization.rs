use http::{StatusCode, header::LINK};
use serde_json::{Value, json};

use super::{
    order::{Authorization, identifier},
    problem::AcmeProblem,
    server,
};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{
        SectigoScm,
        acme::{ClientKey, server::Server},
        dates::DateFormat,
    },
};

/// RFC 8555, sections 7.5 and 7.5.2: an authorization, which a client can give back.
pub(super) fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, AcmeProblem> {
    let server = server(call)?;
    let (client, payload) = scm.by_client(call)?;
    let (order, place) = scm.authorization_of(call, client)?;
    if !payload.is_empty() {
        let status: String = payload.object()?.required("status")?;
        if status != "deactivated" {
            return Err(AcmeProblem::malformed("status can only become deactivated"));
        }
        scm.order_mut(order)?.authorizations[place].deactivated = true;
    }
    let body = scm.authorization_json(server, order, place)?;
    Ok(Reply::json(StatusCode::OK, &body))
}

/// RFC 8555, section 7.5.1: nothing is left to be done about a challenge.
pub(super) fn challenge(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, AcmeProblem> {
    let server = server(call)?;
    let (client, payload) = scm.by_client(call)?;
    if !payload.is_empty() {
        payload.object()?;
    }
    let (order, place) = scm.authorization_of(call, client)?;
    let up = scm.acme_url(server, &format!("authz/{order}/{place}"));
    let body = scm.challenge_json(server, order, place)?;
    let reply = Reply::json(StatusCode::OK, &body);
    Ok(reply.header(LINK, format!("<{up}>;rel=\"up\"")))
}

impl SectigoScm {
    /// The order and the place in it that a path names.
    fn authorization_of(
        &self,
        call: &Call<'_>,
        client: ClientKey,
    ) -> Result<(i64, usize), AcmeProblem> {
        let order = self.order_of(call, client)?;
        let place = call.argument("place").parse().ok();
        let places = self.order(order)?.authorizations.len();
        let place = place.filter(|place| *place < places);
        let unknown = || AcmeProblem::not_found("no such authorization");
        Ok((order, place.ok_or_else(unknown)?))
    }

    fn authorization_json(
        &self,
        server: &Server,
        order: i64,
        place: usize,
    ) -> Result<Value, AcmeProblem> {
        let authorization = &self.order(order)?.authorizations[place];
        let wildcard = authorization.name.strip_prefix("*.");
        let name = wildcard.unwrap_or(&authorization.name);
        let mut body = json!({
            "status": authorization.status(),
            "identifier": identifier(name),
            "challenges": [self.challenge_json(server, order, place)?],
        });
        if wildcard.is_some() {
            body["wildcard"] = true.into();
        }
        if let Some(until) = self.domains.valid_until(name, self.now()) {
            body["expires"] = DateFormat::INSTANT.write(until).into();
        }
        Ok(body)
    }

    fn challenge_json(
        &self,
        server: &Server,
        order: i64,
        place: usize,
    ) -> Result<Value, AcmeProblem> {
        let known = self.order(order)?;
        Ok(json!({
            "type": "dns-01",
            "url": self.acme_url(server, &format!("challenge/{order}/{place}")),
            "status": "valid",
            "validated": DateFormat::INSTANT.write(known.created),
            "token": known.authorizations[place].token,
        }))
    }
}

impl Authorization {
    fn status(&self) -> &'static str {
        match self.deactivated {
            true => "deactivated",
            false => "valid",
        }
    }
}
