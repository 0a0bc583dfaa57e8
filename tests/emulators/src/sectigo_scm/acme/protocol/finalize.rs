use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::STANDARD};
use http::StatusCode;

use super::{
    jws::{Payload, octets},
    order::{Order, OrderStatus},
    problem::AcmeProblem,
    server,
};
use crate::{
    frame::{
        Call, Reply,
        x509::{Certificate, SigningRequest},
    },
    sectigo_scm::{SectigoScm, acme::ClientKey, certificates::ssl::AcmeOrder},
};

/// RFC 8555, section 7.4: the order goes to the authority.
pub(super) fn finalize(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, AcmeProblem> {
    let server = server(call)?;
    let (client, payload) = scm.by_client(call)?;
    let id = scm.order_of(call, client)?;
    if scm.order(id)?.status(scm.now()) != OrderStatus::Ready {
        let why = "the order is not ready";
        return Err(AcmeProblem::new(
            StatusCode::FORBIDDEN,
            "orderNotReady",
            why,
        ));
    }
    let request = signing_request(&payload)?;
    scm.check_request(client, id, &request)?;
    let order = scm.acme_order(client, id, request)?;
    let placed = scm.place_acme_order(order);
    let ssl = placed.map_err(|problem| AcmeProblem::bad_csr(problem.description()))?;
    scm.order_mut(id)?.ssl = Some(ssl);
    scm.refresh_order(id, false)?;
    scm.order_reply(server, id)
}

impl SectigoScm {
    fn check_request(
        &self,
        client: ClientKey,
        order: i64,
        request: &SigningRequest,
    ) -> Result<(), AcmeProblem> {
        if names(request) != self.order(order)?.names().map(str::to_owned).collect() {
            return Err(AcmeProblem::bad_csr("the names are not those of the order"));
        }
        match request.public_key.der == self.known_client(client)?.key.info {
            true => Err(AcmeProblem::bad_csr("the key is that of the account")),
            false => Ok(()),
        }
    }

    fn acme_order(
        &self,
        client: ClientKey,
        order: i64,
        request: SigningRequest,
    ) -> Result<AcmeOrder, AcmeProblem> {
        let account = self.acme.table(client.class).get(client.account);
        let account = account.ok_or_else(AcmeProblem::no_such_account)?;
        Ok(AcmeOrder {
            organization: account.organization,
            profile: account.profile,
            requester: account.name.clone(),
            names: self.order(order)?.names().map(str::to_owned).collect(),
            request,
        })
    }

    /// Takes over what the authority has done by now; who looks may have to look again.
    pub(super) fn refresh_order(&mut self, id: i64, looked: bool) -> Result<(), AcmeProblem> {
        let Order {
            ssl, certificate, ..
        } = self.order(id)?;
        let (Some(ssl), None) = (*ssl, certificate) else {
            return Ok(());
        };
        if let Some(issued) = self.ordered_by_acme(ssl, looked)? {
            if let Some(read) = Certificate::parse(&issued) {
                self.acme.protocol.issued.insert(read.serial, id);
            }
            self.order_mut(id)?.certificate = Some(issued);
        }
        Ok(())
    }
}

fn signing_request(payload: &Payload) -> Result<SigningRequest, AcmeProblem> {
    let csr: String = payload.object()?.required("csr")?;
    let der = octets("csr", &csr)?;
    let request = SigningRequest::parse(&STANDARD.encode(der));
    request.map_err(|error| AcmeProblem::bad_csr(error.to_string()))
}

/// All that the request asks for, in one case.
fn names(request: &SigningRequest) -> BTreeSet<String> {
    let names = request.names.iter().chain(&request.common_name);
    names.map(|name| name.to_lowercase()).collect()
}
