use http::StatusCode;

use super::{
    jwk::Jwk,
    jws::{Jws, SignedBy},
    problem::AcmeProblem,
    server,
};
use crate::{
    frame::{Call, Object, Reply},
    sectigo_scm::{
        SectigoScm,
        acme::{ClientKey, server::Server},
    },
};

/// RFC 8555, section 7.3.5: signed by the old key, and inside by the new one.
pub(super) fn change(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, AcmeProblem> {
    let server = server(call)?;
    let (client, payload) = scm.by_client(call)?;
    let mut inner = Jws::read(payload.object()?)?;
    if inner.header.has("nonce") {
        return Err(AcmeProblem::malformed("the inner signature has no nonce"));
    }
    let algorithm = inner.algorithm()?;
    let SignedBy::Key(key) = inner.signed_by()? else {
        return Err(AcmeProblem::malformed(
            "the inner signature has to have jwk",
        ));
    };
    inner.verify(algorithm, &key)?;
    scm.check_url(&inner.header.required::<String>("url")?, call.request)?;
    scm.check_old_key(server, client, inner.payload.object()?)?;
    scm.refuse_taken(server, &key)?;
    scm.replace_key(server, client, key);
    Ok(Reply::empty(StatusCode::OK))
}

impl SectigoScm {
    fn check_old_key(
        &self,
        server: &Server,
        client: ClientKey,
        mut change: Object,
    ) -> Result<(), AcmeProblem> {
        let client = self.known_client(client)?;
        let account: String = change.required("account")?;
        let old = Jwk::read(change.required("oldKey")?)?;
        match account == self.account_url(server, client) && old == client.key {
            true => Ok(()),
            false => Err(AcmeProblem::malformed(
                "account or oldKey is not that of kid",
            )),
        }
    }

    /// The conflict says where the account is that has the key.
    fn refuse_taken(&self, server: &Server, key: &Jwk) -> Result<(), AcmeProblem> {
        let key = (server.path, key.thumbprint.clone());
        let Some(owner) = self.acme.keys.get(&key) else {
            return Ok(());
        };
        let url = self.account_url(server, self.known_client(*owner)?);
        let why = "another account has the key";
        Err(AcmeProblem::new(StatusCode::CONFLICT, "malformed", why).location(url))
    }

    fn replace_key(&mut self, server: &Server, key: ClientKey, new: Jwk) {
        let thumbprint = new.thumbprint.clone();
        if let Some(client) = self.acme.client_mut(key) {
            let old = std::mem::replace(&mut client.key, new);
            self.acme.keys.remove(&(server.path, old.thumbprint));
            self.acme.keys.insert((server.path, thumbprint), key);
        }
    }
}
