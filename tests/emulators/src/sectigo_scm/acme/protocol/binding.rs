use aws_lc_rs::hmac;

use super::{jwk::Jwk, jws::Jws, problem::AcmeProblem};
use crate::{
    frame::{Call, Object},
    sectigo_scm::{
        SectigoScm,
        acme::{account::Account, server::Server},
    },
};

impl SectigoScm {
    /// The account that a client's key is bound to (RFC 8555, section 7.3.4).
    pub(super) fn bound_to(
        &self,
        server: &Server,
        binding: Object,
        key: &Jwk,
        call: &Call<'_>,
    ) -> Result<i64, AcmeProblem> {
        let mut jws = Jws::read(binding)?;
        if jws.header.required::<String>("alg")? != "HS256" {
            return Err(AcmeProblem::malformed("a binding's alg has to be HS256"));
        }
        if ["nonce", "jwk"].iter().any(|name| jws.header.has(name)) {
            return Err(AcmeProblem::malformed(
                "a binding has neither nonce nor jwk",
            ));
        }
        let kid: String = jws.header.required("kid")?;
        let account = self.holder_of(server, &kid).ok_or_else(unbound)?;
        let mac = hmac::Key::new(hmac::HMAC_SHA256, account.key.octets());
        if !jws.is_authentic(&mac) {
            return Err(unbound());
        }
        self.check_url(&jws.header.required::<String>("url")?, call.request)?;
        let bound = Jwk::read(jws.payload.object()?)?;
        match bound == *key {
            true => Ok(account.id),
            false => Err(AcmeProblem::malformed("the binding is for another key")),
        }
    }

    fn holder_of(&self, server: &Server, kid: &str) -> Option<&Account> {
        let mut accounts = self.acme.table(server.class).values();
        accounts.find(|it| it.server.path == server.path && it.key.id == kid)
    }
}

/// Whether key or code are wrong is nobody's business.
fn unbound() -> AcmeProblem {
    AcmeProblem::forbidden("the external account binding is not that of an account")
}
