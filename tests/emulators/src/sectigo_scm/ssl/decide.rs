use http::StatusCode;

use super::{SectigoScm, Status};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{self, customer::Validation, no_parameters, problem::Problem},
};

/// Approves a request; for an extended validation profile somebody other than the requester has
/// to do it.
pub(super) fn approve(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    message(call)?;
    let now = scm.now();
    let caller = scm.customer.administrators[0].id;
    let certificate = scm.ssl(call)?;
    if certificate.status != Status::Requested {
        let state = certificate.status_at(now).text();
        let why = format!("Certificate can't be approved cause it has state = {state}");
        return Err(Problem::bad(-1112, why));
    }
    let (profile, requester) = (certificate.profile, certificate.requester_id);
    let extended = scm.customer.profile(profile)?.validation == Validation::Extended;
    if extended && requester == Some(caller) {
        return Err(Problem::bad(
            -1140,
            "Since you are a requester of this certificate you can't approve it. For EV \
             certificates the requester and the approver must not be the same person.",
        ));
    }
    scm.ssl(call)?.approve(Some(caller), now);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

pub(super) fn decline(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    message(call)?;
    let now = scm.now();
    let certificate = scm.ssl(call)?;
    if certificate.status != Status::Requested {
        let state = certificate.status_at(now).text();
        let why = format!(
            "SSL certificate is not ready to be applied. Current certificate state is {state}."
        );
        return Err(Problem::bad(-1113, why));
    }
    certificate.decline(now);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn message(call: &Call<'_>) -> Result<(), Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    body.required_text("message", 1..=512)?;
    Ok(body.finish()?)
}
