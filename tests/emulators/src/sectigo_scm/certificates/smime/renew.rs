use super::Smime;
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{
        SectigoScm, certificates::revoke::no_such_certificate, no_parameters, ok, problem::Problem,
    },
};

/// Requests a new certificate with parameters and signing request of an old one.
pub(super) fn by_id(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.record::<Smime>(call)?.id;
    scm.renew_smime(id)
}

pub(super) fn by_serial(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let found = scm.certificates.smime.by_serial(call.argument("serial"));
    let id = found.ok_or_else(no_such_certificate)?.id;
    scm.renew_smime(id)
}

impl SectigoScm {
    pub(super) fn renew_smime(&mut self, id: i64) -> Result<Reply, Problem> {
        self.settle::<Smime>(id)?;
        let mut new = self.renewal::<Smime>(id, None)?;
        new.own = self.certificates.smime.get(id)?.own.clone();
        Ok(ok(&self.apply_smime(new)))
    }
}
