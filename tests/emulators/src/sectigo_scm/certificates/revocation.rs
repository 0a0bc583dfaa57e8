use jiff::Timestamp;

use crate::{frame::Object, sectigo_scm::problem::Problem};

/// The reason codes that a caller may give; Mozilla's policy leaves out the others of RFC 5280.
const CODES: [i64; 5] = [0, 1, 3, 4, 5];

/// A revocation that the authority is asked for: a reason in words, and perhaps its code.
///
/// Without a code it counts as 0, unspecified: older clients send none.
pub(super) fn asked(mut body: Object) -> Result<i64, Problem> {
    body.required_text("reason", 1..=512)?;
    let code = reason_code(&mut body)?;
    body.finish()?;
    Ok(code)
}

/// A revocation that is only recorded.
#[derive(Debug)]
pub(super) struct Manual {
    pub(super) named: Named,
    pub(super) revoked: Option<Timestamp>,
    pub(super) code: i64,
}

/// Which certificate a manual revocation means.
#[derive(Debug)]
pub(super) enum Named {
    Id(i64),
    SerialAndIssuer(String, String),
}

impl Manual {
    pub(super) fn read(mut body: Object) -> Result<Self, Problem> {
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
