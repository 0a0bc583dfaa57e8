use http::StatusCode;

use super::{Smime, list::person_not_found};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{
        self, SectigoScm,
        certificates::{record::Status, revocation},
        no_parameters,
        problem::Problem,
    },
};

pub(super) fn by_backend_id(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let code = revocation::asked(sectigo_scm::body(call)?)?;
    let id = scm.by_backend_id(call.argument("backendCertId"))?;
    scm.revoke::<Smime>(id, code)
}

/// Everything that the person has and that can be revoked.
pub(super) fn by_email(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let email = body.required_text("email", 1..=256)?;
    let code = revocation::asked(body)?;
    scm.settle_all::<Smime>()?;
    let now = scm.now();
    let records = scm.certificates.smime.all.values_mut();
    let owned: Vec<_> = records.filter(|it| it.own.has_email(&email)).collect();
    if owned.is_empty() {
        return Err(person_not_found());
    }
    for record in owned {
        if record.status_at(now) == Status::Issued {
            record.revoke(now, code);
        }
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}
