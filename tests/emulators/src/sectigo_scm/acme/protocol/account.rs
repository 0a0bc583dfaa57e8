use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{jwk::Jwk, problem::AcmeProblem, request::refuse_closed, server};
use crate::{
    frame::{Call, Field, Object, Reply},
    sectigo_scm::{
        SectigoScm,
        acme::{
            ClientKey,
            account::Class,
            client::{Client, Status},
            external_key::{padded_id, uuid},
            server::Server,
        },
        contact::is_email,
    },
};

/// RFC 8555, section 7.3: a new account, or the one that the key has already.
pub(super) fn register(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, AcmeProblem> {
    let server = server(call)?;
    let (key, payload) = scm.by_key(call)?;
    let mut payload = payload.object()?;
    let known = (server.path, key.thumbprint.clone());
    if let Some(known) = scm.acme.keys.get(&known).copied() {
        return scm.known_account(server, known);
    }
    if payload.optional("onlyReturnExisting")? == Some(true) {
        return Err(AcmeProblem::no_such_account());
    }
    let (account, mut client) = scm.new_client(server, key, payload, call)?;
    client.heard(call.request, scm.now());
    let reply = scm.account_reply(StatusCode::CREATED, server, &client);
    scm.acme.register(server.class, account, client);
    Ok(reply)
}

/// RFC 8555, sections 7.3.2 and 7.3.6: what changes, or the account as it is.
pub(super) fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, AcmeProblem> {
    let server = server(call)?;
    let (key, payload) = scm.by_client(call)?;
    scm.refuse_stranger(call, key)?;
    if !payload.is_empty() {
        let mut payload = payload.object()?;
        let contacts = contacts(&mut payload)?;
        let status = status(&mut payload)?;
        if let Some(client) = scm.acme.client_mut(key) {
            client.status = status.unwrap_or(client.status);
            client.contacts = contacts.unwrap_or_else(|| client.contacts.clone());
        }
    }
    let client = scm.known_client(key)?;
    Ok(scm.account_reply(StatusCode::OK, server, client))
}

impl SectigoScm {
    /// A client, and the account that it is bound to.
    fn new_client(
        &self,
        server: &Server,
        key: Jwk,
        mut payload: Object,
        call: &Call<'_>,
    ) -> Result<(i64, Client), AcmeProblem> {
        if payload.optional("termsOfServiceAgreed")? != Some(true) {
            return Err(AcmeProblem::malformed(
                "the terms of service are not agreed to",
            ));
        }
        let contacts = contacts(&mut payload)?.unwrap_or_default();
        let binding: Option<Map<String, Value>> = payload.optional("externalAccountBinding")?;
        let binding = Value::from(binding.ok_or_else(unbound)?);
        let bound = Object::read(binding.clone(), "externalAccountBinding")?;
        let account = self.bound_to(server, bound, &key, call)?;
        let id = match server.class {
            Class::Public => uuid(),
            Class::Universal => padded_id(),
        };
        Ok((account, Client::new(id, key, contacts, binding)))
    }

    fn known_account(&self, server: &Server, key: ClientKey) -> Result<Reply, AcmeProblem> {
        let client = self.known_client(key)?;
        refuse_closed(client)?;
        Ok(self.account_reply(StatusCode::OK, server, client))
    }

    fn account_reply(&self, status: StatusCode, server: &Server, client: &Client) -> Reply {
        let url = self.account_url(server, client);
        let body = json!({
            "status": client.status.text(),
            "contact": client.contacts,
            "termsOfServiceAgreed": true,
            "externalAccountBinding": client.binding,
            "orders": format!("{url}/orders"),
        });
        Reply::json(status, &body).location(&url)
    }

    pub(super) fn account_url(&self, server: &Server, client: &Client) -> String {
        self.acme_url(server, &format!("account/{}", client.id))
    }

    /// Refuses whoever asks for an account of somebody else's.
    pub(super) fn refuse_stranger(
        &self,
        call: &Call<'_>,
        key: ClientKey,
    ) -> Result<(), AcmeProblem> {
        match self.known_client(key)?.id == call.argument("id") {
            true => Ok(()),
            false => Err(AcmeProblem::forbidden("the account is not that of kid")),
        }
    }
}

fn unbound() -> AcmeProblem {
    let why = "accounts have to be bound to one of the customer's";
    AcmeProblem::new(StatusCode::FORBIDDEN, "externalAccountRequired", why)
}

/// Deactivation is the one change that a client may ask for.
fn status(payload: &mut Object) -> Result<Option<Status>, AcmeProblem> {
    let status: Option<String> = payload.optional("status")?;
    match status.as_deref() {
        None => Ok(None),
        Some("valid") => Ok(Some(Status::Valid)),
        Some("deactivated") => Ok(Some(Status::Deactivated)),
        Some(_) => Err(AcmeProblem::malformed("status can only become deactivated")),
    }
}

fn contacts(payload: &mut Object) -> Result<Option<Vec<String>>, AcmeProblem> {
    let contacts: Option<Vec<String>> = payload.optional("contact")?;
    contacts
        .iter()
        .flatten()
        .try_for_each(|url| check_contact(url))?;
    Ok(contacts)
}

/// One address without header fields.
fn check_contact(url: &str) -> Result<(), AcmeProblem> {
    let Some(address) = url.strip_prefix("mailto:") else {
        let why = format!("{url} is not a mailto: URL");
        return Err(AcmeProblem::bad("unsupportedContact", why));
    };
    match is_email(address) && !address.contains(['?', ',']) {
        true => Ok(()),
        false => Err(AcmeProblem::bad(
            "invalidContact",
            format!("{url} is not one address"),
        )),
    }
}
