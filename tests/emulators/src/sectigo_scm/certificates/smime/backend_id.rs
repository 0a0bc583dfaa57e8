//! The calls that name a client certificate by the number that the authority knows it by.

use super::Smime;
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{
        self, SectigoScm,
        certificates::{collect, revoke},
        no_parameters,
        problem::Problem,
    },
};

pub(super) fn collect(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let format = collect::asked(call)?;
    let id = scm.by_backend_id(call)?;
    collect::collect::<Smime>(scm, id, &format)
}

pub(super) fn renew(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.by_backend_id(call)?;
    scm.renew_smime(id)
}

pub(super) fn revoke(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let code = revoke::asked::<Smime>(sectigo_scm::body(call)?)?;
    let id = scm.by_backend_id(call)?;
    scm.revoke::<Smime>(id, code)
}

impl SectigoScm {
    fn by_backend_id(&self, call: &Call<'_>) -> Result<i64, Problem> {
        let id = call.argument("backendCertId");
        let records = &self.certificates.smime;
        let found = records.by_backend_id(id);
        let why = || format!("No valid client certificates found for {id}.");
        Ok(found.ok_or_else(|| Problem::bad(-1108, why()))?.id)
    }
}
