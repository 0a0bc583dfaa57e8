use http::StatusCode;
use jiff::Timestamp;

use super::{
    kind::Kind,
    record::{Record, Status},
};
use crate::{
    frame::{Call, Object, Reply},
    sectigo_scm::{SectigoScm, body, no_parameters, problem::Problem},
};

/// The reason codes that a caller may give; Mozilla's policy leaves out the others of RFC 5280.
const CODES: [i64; 5] = [0, 1, 3, 4, 5];

/// The reason of a certificate that another one has replaced (RFC 5280, `superseded`).
pub(super) const REPLACED: i64 = 4;

pub(super) fn by_id<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let code = asked::<K>(body(call)?)?;
    let id = scm.record::<K>(call)?.id;
    scm.revoke::<K>(id, code)
}

pub(super) fn by_serial<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let code = asked::<K>(body(call)?)?;
    let serial = call.argument("serialNumber");
    let found = K::records(scm).by_serial(serial);
    let id = found.ok_or_else(no_such_certificate)?.id;
    scm.revoke::<K>(id, code)
}

/// Records a revocation without asking the authority.
pub(super) fn manual<K: Kind>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let asked = Manual::read(body(call)?)?;
    let now = scm.now();
    let id = match &asked.named {
        Named::Id(id) => K::records(scm).get(*id)?.id,
        Named::SerialAndIssuer(serial, issuer) => scm.by_serial_and_issuer::<K>(serial, issuer)?,
    };
    let certificate = K::records_mut(scm).get_mut(id)?;
    refuse_revoked(certificate)?;
    certificate.revoke(asked.revoked.unwrap_or(now), asked.code);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

impl SectigoScm {
    pub(super) fn revoke<K: Kind>(&mut self, id: i64, code: i64) -> Result<Reply, Problem> {
        self.settle::<K>(id)?;
        let now = self.now();
        let certificate = K::records_mut(self).get_mut(id)?;
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

    fn by_serial_and_issuer<K: Kind>(
        &mut self,
        serial: &str,
        issuer: &str,
    ) -> Result<i64, Problem> {
        let found = K::records(self).by_serial(serial);
        let id = found.ok_or_else(no_such_certificate)?.id;
        self.materialize::<K>(id)?;
        let issued = K::records(self).get(id)?.certificate.as_ref();
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

fn refuse_revoked<K>(certificate: &Record<K>) -> Result<(), Problem> {
    match certificate.status {
        Status::Revoked => Err(Problem::bad(-159, "Your certificate already revoked")),
        _ => Ok(()),
    }
}

pub(super) fn no_such_certificate() -> Problem {
    let why = "Entered data doesn't match the certificate or no valid certificate found";
    Problem::bad(-166, why)
}

/// A revocation that the authority is asked for: a reason in words, and perhaps its code.
///
/// Without a code it counts as 0, unspecified: older clients send none.
pub(super) fn asked<K: Kind>(mut body: Object) -> Result<i64, Problem> {
    match K::REVOKED_FOR_A_REASON {
        true => drop(body.required_text("reason", 1..=512)?),
        false => drop(body.text("reason", ..=512)?),
    }
    let code = reason_code(&mut body)?;
    body.finish()?;
    Ok(code)
}

/// A revocation that is only recorded.
#[derive(Debug)]
struct Manual {
    named: Named,
    revoked: Option<Timestamp>,
    code: i64,
}

/// Which certificate a manual revocation means.
#[derive(Debug)]
enum Named {
    Id(i64),
    SerialAndIssuer(String, String),
}

impl Manual {
    fn read(mut body: Object) -> Result<Self, Problem> {
        let id = body.optional("certId")?;
        let serial = body.optional("serialNumber")?;
        let issuer = body.optional("issuer")?;
        let revoked = body.optional::<String>("revokeDate")?;
        let code = reason_code(&mut body)?;
        body.finish()?;
        let named = match (id, serial, issuer) {
            (Some(id), _, _) => Named::Id(id),
            (None, Some(serial), Some(issuer)) => Named::SerialAndIssuer(serial, issuer),
            _ => return Err(nothing_named()),
        };
        let revoked = revoked
            .map(|text| instant("revokeDate", &text))
            .transpose()?;
        Ok(Self {
            named,
            revoked,
            code,
        })
    }
}

fn reason_code(body: &mut Object) -> Result<i64, Problem> {
    let code = body.integer("reasonCode", ..)?.unwrap_or(0);
    match CODES.contains(&code) {
        true => Ok(code),
        false => Err(Problem::invalid_value("reasonCode")),
    }
}

/// An ISO instant, or a day that counts from its beginning in UTC.
fn instant(field: &str, text: &str) -> Result<Timestamp, Problem> {
    let midnight = format!("{text}T00:00:00Z");
    let parsed = text.parse().or_else(|_| midnight.parse());
    parsed.map_err(|_| Problem::invalid_value(field))
}

fn nothing_named() -> Problem {
    let fields = "certId, serialNumber and issuer";
    Problem::bad(
        -951,
        format!("'At least one of the following fields must be filled in: {fields}."),
    )
}
