use http::StatusCode;
use jiff::SignedDuration;

use super::{FortiAuth, certificate::UserCertificate, fleet, list, problem::Problem};
use crate::frame::{
    Call, Flaw, Invalid, Object, Query, Reply,
    multipart::{self, Part},
    x509::{Certificate, SigningRequest},
};

const REASONS: [&str; 7] = [
    "Unspecified",
    "Key Compromise",
    "CA Compromise",
    "Affiliation Changed",
    "Superseded",
    "Cessation Of Operation",
    HOLD,
];
const HOLD: &str = "Certificate Hold";
const LONGEST: i64 = 36_500;

/// Revokes a certificate, or lifts a hold: the body tells.
pub(super) fn status(state: &mut FortiAuth, call: &Call<'_>) -> Result<Reply, Problem> {
    Query::parse(call.request.query.as_deref())?.finish()?;
    let media_type = call.request.media_type().unwrap_or_default();
    if media_type != "application/json" {
        return Err(Problem::content_type(&media_type));
    }
    let id = state.named(call)?;
    let mut body = Object::parse(&call.request.body)?;
    let wanted = body.choice("status", &["active", "pending", "expired", "revoked"])?;
    let reason = body.choice("revocation_reason", &REASONS)?;
    body.finish()?;
    let certificate = state.certificate_mut(id)?;
    let reason = REASONS
        .into_iter()
        .find(|known| reason.as_deref() == Some(known));
    match (wanted.as_deref(), reason, certificate.revoked) {
        (None, ..) => return Err(Invalid::missing("status").into()),
        (Some("revoked"), None, _) => return Err(Invalid::missing("revocation_reason").into()),
        (Some("revoked"), Some(reason), None | Some(HOLD))
            if certificate.revoked != Some(reason) =>
        {
            certificate.revoked = Some(reason);
        }
        (Some("revoked"), ..) => return Err(Problem::bad("Certificate is already revoked.")),
        (Some("active"), Some(_), _) => {
            return Err(Problem::bad(
                "A reason is given, though nothing is to be revoked.",
            ));
        }
        (Some("active"), None, Some(HOLD)) => certificate.revoked = None,
        (Some("active"), ..) => {
            return Err(Problem::bad(
                "Only a certificate on hold can be un-revoked.",
            ));
        }
        (Some(_), ..) => return Err(Problem::bad("This status cannot be set.")),
    }
    let row = state.row(id)?;
    Ok(Reply::json(StatusCode::ACCEPTED, &row))
}

/// Issues a successor for the key of a signing request.
pub(super) fn renew(state: &mut FortiAuth, call: &Call<'_>) -> Result<Reply, Problem> {
    Query::parse(call.request.query.as_deref())?.finish()?;
    let Renewal {
        id,
        csr,
        days,
        revoke_old,
    } = Renewal::read(state, call)?;
    let old = state.certificates.unseen_mut(id);
    let old = old.ok_or_else(Problem::not_found)?;
    let content = old.content(&state.world.authority, &mut state.key)?;
    let subject = Certificate::parse(content).map(|old| old.subject);
    if subject.as_ref() != Some(&csr.subject) {
        return Err(Problem::bad(
            "The subject of the CSR is not the one of the certificate.",
        ));
    }
    let mut successor = successor(state, id, days)?;
    successor.issue(&state.world.authority, &csr.public_key.der)?;
    let new = successor.id;
    state.certificates.insert(new, successor);
    let old = state.certificate_mut(id)?;
    if revoke_old && old.revoked.is_none() {
        old.revoked = Some("Superseded");
    }
    let row = list::content(state, new)?;
    Ok(Reply::json(StatusCode::CREATED, &row))
}

/// The form of a renewal, read and checked.
struct Renewal {
    id: i64,
    csr: SigningRequest,
    days: i64,
    revoke_old: bool,
}

impl Renewal {
    fn read(state: &FortiAuth, call: &Call<'_>) -> Result<Self, Problem> {
        let mut parts = multipart::parse(call.request)?;
        let name = required(&mut parts, "cert_id")?;
        let csr = required(&mut parts, "csr")?;
        let days = required(&mut parts, "expiry")?;
        let revoke_old = match take(&mut parts, "revoke_old")?.as_deref() {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => return Err(Invalid::value("revoke_old", "is neither true nor false").into()),
        };
        if let Some(part) = parts.first() {
            return Err(Invalid::new(&part.name, Flaw::Unknown).into());
        }
        let days = days
            .parse()
            .ok()
            .filter(|days| (1..=LONGEST).contains(days));
        let days = days.ok_or_else(|| Invalid::value("expiry", "is no number of days"))?;
        let named = state.certificates.values().find(|one| one.name == name);
        let unknown = || Problem::bad_escaped(&format!("No certificate has the ID '{name}'."));
        let unreadable = |error| Problem::bad_escaped(&format!("Invalid CSR: {error}"));
        Ok(Self {
            id: named.ok_or_else(unknown)?.id,
            csr: SigningRequest::parse(&csr).map_err(unreadable)?,
            days,
            revoke_old,
        })
    }
}

fn required(parts: &mut Vec<Part>, name: &str) -> Result<String, Problem> {
    let text = take(parts, name)?.filter(|text| !text.is_empty());
    text.ok_or_else(|| Invalid::missing(name).into())
}

fn take(parts: &mut Vec<Part>, name: &str) -> Result<Option<String>, Problem> {
    let mut named: Vec<_> = parts.extract_if(.., |part| part.name == name).collect();
    let Some(part) = named.pop() else {
        return Ok(None);
    };
    if !named.is_empty() {
        return Err(Invalid::value(name, "is given more than once").into());
    }
    let text = String::from_utf8(part.content.to_vec());
    text.map(Some)
        .map_err(|_| Invalid::value(name, "is not text").into())
}

/// The certificate that follows upon another, still without content.
fn successor(state: &FortiAuth, id: i64, days: i64) -> Result<UserCertificate, Problem> {
    let old = state.certificate(id)?;
    let taken = |name: &String| state.certificates.values().any(|one| one.name == *name);
    let mut names = (2..).map(|number| format!("{}-{number}", old.name));
    let id = state.certificates.next_id();
    let not_before = jiff::Timestamp::from_second(state.now().as_second()).unwrap_or(state.now());
    Ok(UserCertificate {
        id,
        name: names
            .find(|name| !taken(name))
            .expect("one of endless names is free"),
        subject: old.subject.clone(),
        serial: fleet::serial(id),
        not_before,
        not_after: not_before + SignedDuration::from_hours(24 * days),
        revoked: None,
        der: None,
    })
}
