//! The certificates of one person.

use http::StatusCode;

use super::Smime;
use crate::{
    frame::{Call, Query, Reply},
    sectigo_scm::{
        self, SectigoScm,
        certificates::{
            record::Status,
            revoke,
            search::{Listed, end},
        },
        dates::DateFormat,
        no_parameters, ok,
        problem::Problem,
    },
};

pub(super) fn list_by_id(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let dates = end(Query::parse(call.request.query.as_deref())?)?;
    let person = sectigo_scm::id(call, "pid")?;
    scm.of_person(dates, |own| own.person == person)
}

pub(super) fn list_by_email(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let dates = end(Query::parse(call.request.query.as_deref())?)?;
    let email = call.argument("email");
    scm.of_person(dates, |own| own.has_email(email))
}

/// Everything that the person has and that can be revoked.
pub(super) fn revoke(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let email = body.required_text("email", 1..=256)?;
    let code = revoke::asked::<Smime>(body)?;
    let steps = scm.steps();
    scm.certificates.smime.settle_due(&steps);
    let now = scm.now();
    let records = &mut scm.certificates.smime;
    let owned = records.values().filter(|it| it.own.has_email(&email));
    let owned: Vec<_> = owned.map(|it| (it.id, it.status_at(now))).collect();
    if owned.is_empty() {
        return Err(person_not_found());
    }
    for (id, status) in owned {
        if status == Status::Issued {
            records.get_mut(id)?.revoke(now, code);
        }
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

impl SectigoScm {
    /// Somebody unknown is an error, not an empty list.
    fn of_person(
        &mut self,
        dates: DateFormat,
        fits: impl Fn(&Smime) -> bool,
    ) -> Result<Reply, Problem> {
        let steps = self.steps();
        self.certificates.smime.settle_due(&steps);
        let records = self
            .certificates
            .smime
            .values()
            .filter(|record| fits(&record.own));
        let entries: Vec<_> = records
            .map(|record| Smime::entry(self, record, dates))
            .collect();
        match entries.is_empty() {
            true => Err(person_not_found()),
            false => Ok(ok(&entries.into())),
        }
    }
}

fn person_not_found() -> Problem {
    Problem::bad(-105, "Person not found.")
}
