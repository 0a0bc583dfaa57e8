use http::StatusCode;

use super::{
    algorithm::Algorithm,
    jwk::Jwk,
    jws::{Jws, Payload, SignedBy},
    problem::AcmeProblem,
    server,
};
use crate::{
    frame::{Call, Request},
    sectigo_scm::{
        SectigoScm,
        acme::{
            ClientKey,
            client::{Client, Status},
            server::Server,
        },
    },
};

/// Who sent a request, now that the signature is verified.
#[derive(Debug)]
pub(super) enum Sender {
    Client(ClientKey),
    Key(Jwk),
}

impl SectigoScm {
    /// Reads a request that a client signed.
    pub(super) fn by_client(
        &mut self,
        call: &Call<'_>,
    ) -> Result<(ClientKey, Payload), AcmeProblem> {
        match self.by_anybody(call)? {
            (Sender::Client(client), payload) => Ok((client, payload)),
            (Sender::Key(_), _) => Err(AcmeProblem::malformed("kid has to name the account here")),
        }
    }

    /// Reads a request that is signed by a key that it brings along.
    pub(super) fn by_key(&mut self, call: &Call<'_>) -> Result<(Jwk, Payload), AcmeProblem> {
        match self.by_anybody(call)? {
            (Sender::Key(key), payload) => Ok((key, payload)),
            (Sender::Client(_), _) => Err(AcmeProblem::malformed("jwk has to be the key here")),
        }
    }

    /// Reads a request signed in either way (RFC 8555, sections 6.2 to 6.5).
    pub(super) fn by_anybody(&mut self, call: &Call<'_>) -> Result<(Sender, Payload), AcmeProblem> {
        require_jose(call.request)?;
        let mut jws = Jws::parse(&call.request.body)?;
        let algorithm = jws.algorithm()?;
        let signed_by = jws.signed_by()?;
        self.check_url(&jws.header.required::<String>("url")?, call.request)?;
        let nonce: Option<String> = jws.header.optional("nonce")?;
        let now = self.now();
        self.acme.protocol.nonces.redeem(nonce.as_deref(), now)?;
        let sender = match signed_by {
            SignedBy::Key(key) => {
                jws.verify(algorithm, &key)?;
                Sender::Key(key)
            }
            SignedBy::KeyId(url) => Sender::Client(self.client_at(call, &url, algorithm, &jws)?),
        };
        Ok((sender, jws.payload))
    }

    pub(super) fn check_url(&self, signed: &str, request: &Request) -> Result<(), AcmeProblem> {
        let query = request.query.as_ref();
        let query = query.map_or(String::new(), |query| format!("?{query}"));
        let called = format!("{}{}{query}", self.world.base_url, request.path);
        match signed == called {
            true => Ok(()),
            false => Err(AcmeProblem::forbidden(format!("url is not {called}"))),
        }
    }

    fn client_at(
        &mut self,
        call: &Call<'_>,
        url: &str,
        algorithm: Algorithm,
        jws: &Jws,
    ) -> Result<ClientKey, AcmeProblem> {
        let key = self.client_named(server(call)?, url);
        let key = key.ok_or_else(AcmeProblem::no_such_account)?;
        let now = self.now();
        let client = self.acme.client_mut(key);
        let client = client.ok_or_else(AcmeProblem::no_such_account)?;
        jws.verify(algorithm, &client.key)?;
        refuse_closed(client)?;
        client.heard(call.request, now);
        Ok(key)
    }

    /// The client of a server whose account has this address.
    fn client_named(&self, server: &Server, url: &str) -> Option<ClientKey> {
        let accounts = self.acme_url(server, "account/");
        let key = *self.acme.clients.get(url.strip_prefix(&accounts)?)?;
        let account = self.acme.table(key.class).get(key.account)?;
        (account.server.path == server.path).then_some(key)
    }

    pub(super) fn known_client(&self, key: ClientKey) -> Result<&Client, AcmeProblem> {
        let client = self.acme.client(key);
        client.ok_or_else(AcmeProblem::no_such_account)
    }
}

/// RFC 8555, section 7.3.6.
pub(super) fn refuse_closed(client: &Client) -> Result<(), AcmeProblem> {
    match client.status {
        Status::Valid => Ok(()),
        Status::Deactivated => {
            let why = "the account is deactivated";
            Err(AcmeProblem::new(
                StatusCode::UNAUTHORIZED,
                "unauthorized",
                why,
            ))
        }
    }
}

fn require_jose(request: &Request) -> Result<(), AcmeProblem> {
    if request.media_type().as_deref() == Some("application/jose+json") {
        return Ok(());
    }
    let why = "Content-Type has to be application/jose+json";
    Err(AcmeProblem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "malformed",
        why,
    ))
}
