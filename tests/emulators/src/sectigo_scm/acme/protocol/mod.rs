//! The ACME server behind the accounts (RFC 8555).

mod account;
mod algorithm;
mod authorization;
mod binding;
mod certificate;
mod directory;
mod finalize;
pub(super) mod jwk;
mod jws;
mod key_change;
mod nonce;
mod order;
mod problem;
mod request;

use std::collections::HashMap;

use http::{
    HeaderName, Method, StatusCode,
    header::{ALLOW, LINK},
};

use self::{nonce::Nonces, order::Order, problem::AcmeProblem};
use super::server::Server;
use crate::{
    frame::{self, Call, Found, Precedence, Reply, Request, Table, find, routes},
    sectigo_scm::SectigoScm,
};

/// What all paths of ACME servers begin with.
pub(in crate::sectigo_scm) const PREFIX: &str = "/acme/v2/";
const REPLAY_NONCE: HeaderName = HeaderName::from_static("replay-nonce");
const NEW_NONCE: &str = "newNonce";

/// What ACME servers keep beside their accounts.
#[derive(Debug, Default)]
pub(super) struct Protocol {
    nonces: Nonces,
    orders: Table<Order>,
    /// Orders by the serial numbers of their certificates.
    issued: HashMap<Vec<u8>, i64>,
}

type Route = frame::Route<SectigoScm, AcmeProblem>;

const ROUTES: &[Route] = routes! {
    get("directory", "/acme/v2/{server}", directory::get);
    head("newNonce", "/acme/v2/{server}/newNonce", directory::nonce);
    get("newNonce", "/acme/v2/{server}/newNonce", directory::nonce);
    post("newAccount", "/acme/v2/{server}/newAccount", account::register);
    post("account", "/acme/v2/{server}/account/{id}", account::update);
    post("orders", "/acme/v2/{server}/account/{id}/orders", order::list);
    post("keyChange", "/acme/v2/{server}/keyChange", key_change::change);
    post("newOrder", "/acme/v2/{server}/newOrder", order::create);
    post("order", "/acme/v2/{server}/order/{order}", order::get);
    post("finalize", "/acme/v2/{server}/order/{order}/finalize", finalize::finalize);
    post("authorization", "/acme/v2/{server}/authz/{order}/{place}", authorization::update);
    post("challenge", "/acme/v2/{server}/challenge/{order}/{place}", authorization::challenge);
    post("certificate", "/acme/v2/{server}/certificate/{order}", certificate::download);
    post("revokeCert", "/acme/v2/{server}/revokeCert", certificate::revoke);
};

impl SectigoScm {
    /// Answers a request to an ACME server. Whoever posts gets a nonce for the next time.
    pub(in crate::sectigo_scm) fn answer_acme(&mut self, request: &Request) -> Reply {
        let reply = self.acme_reply(request).unwrap_or_else(Reply::from);
        let Some((server, resource)) = below_directory(&request.path) else {
            return reply;
        };
        let index = format!("<{}>;rel=\"index\"", server.url(&self.world.base_url));
        let reply = reply.header(LINK, index);
        match request.method == Method::POST || resource == NEW_NONCE {
            true => {
                let now = self.now();
                reply.header(REPLAY_NONCE, self.acme.protocol.nonces.issue(now))
            }
            false => reply,
        }
    }

    fn acme_reply(&mut self, request: &Request) -> Result<Reply, AcmeProblem> {
        match find(ROUTES, Precedence::Method, request, &request.path) {
            Found::Route(route, call) => (route.handler)(self, &call),
            Found::OtherMethods(methods) => Ok(other_method(&methods)),
            Found::Nothing => Err(AcmeProblem::not_found("no such resource")),
        }
    }

    /// The address of a resource.
    fn acme_url(&self, server: &Server, resource: &str) -> String {
        format!("{}/{resource}", server.url(&self.world.base_url))
    }
}

/// The server whose resource a path names, and the resource.
fn below_directory(path: &str) -> Option<(&'static Server, &str)> {
    let (server, resource) = path.strip_prefix(PREFIX)?.split_once('/')?;
    Some((Server::at(server)?, resource))
}

fn other_method(methods: &[Method]) -> Reply {
    let names: Vec<_> = methods.iter().map(Method::as_str).collect();
    let why = "resources other than the directory are read by POST-as-GET";
    let problem = AcmeProblem::new(StatusCode::METHOD_NOT_ALLOWED, "malformed", why);
    Reply::from(problem).header(ALLOW, names.join(", "))
}

/// The server that a path names.
fn server(call: &Call<'_>) -> Result<&'static Server, AcmeProblem> {
    let found = Server::at(call.argument("server"));
    found.ok_or_else(|| AcmeProblem::not_found("no such server"))
}
