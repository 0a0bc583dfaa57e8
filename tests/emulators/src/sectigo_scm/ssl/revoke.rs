use http::StatusCode;

use super::{SectigoScm, SslCertificate, Status, list::has_serial};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{
        self, no_parameters,
        problem::Problem,
        revocation::{self, Manual, Named},
    },
};

pub(super) fn by_id(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let code = revocation::asked(sectigo_scm::body(call)?)?;
    let id = scm.ssl(call)?.id;
    scm.revoke(id, code)
}

pub(super) fn by_serial(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let code = revocation::asked(sectigo_scm::body(call)?)?;
    let serial = call.argument("serialNumber");
    let found = scm.ssl.find(|certificate| has_serial(certificate, serial));
    let id = found.ok_or_else(no_such_certificate)?.id;
    scm.revoke(id, code)
}

/// Records a revocation without asking the authority.
pub(super) fn manual(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let asked = Manual::read(sectigo_scm::body(call)?)?;
    let now = scm.now();
    let id = match &asked.named {
        Named::Id(id) => scm.ssl.get(*id)?.id,
        Named::SerialAndIssuer(serial, issuer) => scm.by_serial_and_issuer(serial, issuer)?,
    };
    let certificate = scm.ssl.get_mut(id)?;
    refuse_revoked(certificate)?;
    certificate.revoke(asked.revoked.unwrap_or(now), asked.code);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

impl SectigoScm {
    fn revoke(&mut self, id: i64, code: i64) -> Result<Reply, Problem> {
        self.settle(id)?;
        let now = self.now();
        let certificate = self.ssl.get_mut(id)?;
        refuse_revoked(certificate)?;
        if certificate.status_at(now) != Status::Issued {
            return Err(Problem::bad(
                -102,
                "Only issued certificates could be revoked.",
            ));
        }
        certificate.revoke(now, code);
        Ok(Reply::empty(StatusCode::NO_CONTENT))
    }

    fn by_serial_and_issuer(&mut self, serial: &str, issuer: &str) -> Result<i64, Problem> {
        let found = self.ssl.find(|certificate| has_serial(certificate, serial));
        let id = found.ok_or_else(no_such_certificate)?.id;
        self.materialize(id)?;
        let issued = self.ssl.get(id)?.certificate.as_ref();
        let fits = issued.is_some_and(|issued| same_name(&issued.issuer, issuer));
        fits.then_some(id).ok_or_else(no_such_certificate)
    }
}

/// Names compare without regard to case and to the spaces between their parts.
fn same_name(one: &str, other: &str) -> bool {
    let parts = |name: &str| -> Vec<String> {
        name.split(',')
            .map(|part| part.trim().to_lowercase())
            .collect()
    };
    parts(one) == parts(other)
}

fn refuse_revoked(certificate: &SslCertificate) -> Result<(), Problem> {
    match certificate.status {
        Status::Revoked => Err(Problem::bad(-159, "Your certificate already revoked")),
        _ => Ok(()),
    }
}

fn no_such_certificate() -> Problem {
    let why = "Entered data doesn't match the certificate or no valid certificate found";
    Problem::bad(-166, why)
}
