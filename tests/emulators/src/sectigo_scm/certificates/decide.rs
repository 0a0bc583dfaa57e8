use http::StatusCode;

use super::{kind::Kind, record::Status};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{SectigoScm, body, no_parameters, problem::Problem},
};

/// Approves a request.
pub(super) fn approve<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    message(call)?;
    let now = scm.now();
    let caller = scm.administrators.caller();
    let record = scm.record::<K>(call)?;
    if record.status != Status::Requested {
        let state = record.status_at(now).text();
        let why = format!("Certificate can't be approved cause it has state = {state}");
        return Err(Problem::bad(-1112, why));
    }
    let id = record.id;
    let record = K::records(scm).get(id)?;
    let profile = K::profile(&scm.customer, record.profile)?;
    K::check_approver(record, profile, caller)?;
    scm.record::<K>(call)?.approve(Some(caller), now);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

pub(super) fn decline<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    message(call)?;
    let now = scm.now();
    let record = scm.record::<K>(call)?;
    if record.status != Status::Requested {
        let (name, state) = (K::NAME, record.status_at(now).text());
        let why = format!(
            "{name} certificate is not ready to be applied. Current certificate state is {state}."
        );
        return Err(Problem::bad(-1113, why));
    }
    record.decline(now);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn message(call: &Call<'_>) -> Result<(), Problem> {
    no_parameters(call)?;
    let mut body = body(call)?;
    body.required_text("message", 1..=512)?;
    Ok(body.finish()?)
}
