use http::StatusCode;

use super::{jws::octets, problem::AcmeProblem, request::Sender};
use crate::{
    frame::{
        Call, Object, Reply,
        x509::{Certificate, to_pem},
    },
    sectigo_scm::SectigoScm,
};

/// The reason codes that Mozilla's policy leaves of those in RFC 5280.
const REASONS: [i64; 5] = [0, 1, 3, 4, 5];

/// RFC 8555, section 7.4.2: the certificate, and what it was signed with below the root.
pub(super) fn download(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, AcmeProblem> {
    let (client, payload) = scm.by_client(call)?;
    payload.refuse_unless_empty()?;
    let id = scm.order_of(call, client)?;
    let issued = scm.order(id)?.certificate.as_ref();
    let issued = issued.ok_or_else(|| AcmeProblem::not_found("no such certificate"))?;
    let chain = [issued.as_slice(), scm.world.authority.intermediate()];
    let chain = chain.map(|der| to_pem("CERTIFICATE", der)).concat();
    let pem = "application/pem-certificate-chain";
    Ok(Reply::bytes(StatusCode::OK, pem, chain))
}

/// RFC 8555, section 7.6: by whoever has the certificate's key, or may order for its names.
pub(super) fn revoke(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, AcmeProblem> {
    let (sender, payload) = scm.by_anybody(call)?;
    let mut payload = payload.object()?;
    let reason = reason(&mut payload)?;
    let der = octets("certificate", &payload.required::<String>("certificate")?)?;
    let certificate = Certificate::parse(&der);
    let certificate = certificate.ok_or_else(|| AcmeProblem::malformed("not a certificate"))?;
    let order = scm.order_that_issued(&certificate)?;
    if !scm.may_revoke(sender, order, &certificate)? {
        return Err(AcmeProblem::forbidden("the certificate is somebody else's"));
    }
    match scm.revoke_acme_order(order, &der, reason)? {
        true => Ok(Reply::empty(StatusCode::OK)),
        false => {
            let why = "the certificate is not valid any more";
            Err(AcmeProblem::bad("alreadyRevoked", why))
        }
    }
}

impl SectigoScm {
    fn order_that_issued(&self, certificate: &Certificate) -> Result<i64, AcmeProblem> {
        let id = self.acme.protocol.issued.get(&certificate.serial).copied();
        let issued = |id: &i64| {
            let order = self.acme.protocol.orders.get(*id);
            order.is_some_and(|order| order.certificate.as_ref() == Some(&certificate.der))
        };
        let unknown = || AcmeProblem::not_found("the certificate was not issued here");
        id.filter(issued).ok_or_else(unknown)
    }

    fn may_revoke(
        &mut self,
        sender: Sender,
        order: i64,
        certificate: &Certificate,
    ) -> Result<bool, AcmeProblem> {
        let client = match sender {
            Sender::Key(key) => return Ok(key.info == certificate.public_key.der),
            Sender::Client(client) => client,
        };
        if self.order(order)?.client == client {
            return Ok(true);
        }
        let mut names = certificate.names.iter();
        Ok(names.all(|name| self.may_order_by_acme(client, name)))
    }

    /// False where it is revoked, expired or replaced.
    fn revoke_acme_order(
        &mut self,
        order: i64,
        der: &[u8],
        reason: i64,
    ) -> Result<bool, AcmeProblem> {
        let Some(ssl) = self.order(order)?.ssl else {
            return Ok(false);
        };
        Ok(self.revoke_by_acme(ssl, der, reason)?)
    }
}

fn reason(payload: &mut Object) -> Result<i64, AcmeProblem> {
    let reason: i64 = payload.optional("reason")?.unwrap_or(0);
    match REASONS.contains(&reason) {
        true => Ok(reason),
        false => {
            let why = format!("reason {reason} is not one of 0, 1, 3, 4 and 5");
            Err(AcmeProblem::bad("badRevocationReason", why))
        }
    }
}
