use http::StatusCode;

use super::request::{Request, State};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{self, SectigoScm, no_parameters, problem::Problem},
};

/// Approves a request: signing then runs by itself.
pub(super) fn approve(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    decide(scm, call, State::InProgress)
}

pub(super) fn decline(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    decide(scm, call, State::Declined)
}

fn decide(scm: &mut SectigoScm, call: &Call<'_>, state: State) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let id = body.required_integer("requestId", 1..)?;
    body.text("comment", ..)?;
    body.finish()?;
    let (now, caller) = (scm.now(), scm.administrators.caller());
    let request = scm.submitted_request(id)?;
    if request.state != State::Created {
        let why = format!("The request has the state {}.", request.state.text());
        return Err(Problem::bad(-1, why));
    }
    request.advance(state, now);
    if state == State::InProgress {
        request.approver = Some(caller);
    }
    scm.settle_signing(id)?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

impl SectigoScm {
    /// A request that waits for a decision, or waited for one.
    fn submitted_request(&mut self, id: i64) -> Result<&mut Request, Problem> {
        let invalid = || Problem::invalid_value("requestId");
        if self.certificates.signing.table.get(id).is_some() {
            self.settle_signing(id)?;
        }
        let found = self.certificates.signing.table.get_mut(id);
        found
            .filter(|request| request.state != State::Init)
            .ok_or_else(invalid)
    }
}
