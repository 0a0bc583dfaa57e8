use http::{Method, StatusCode, header};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{BbUem, accept, estate::Certificate, no_content, problem::Problem};
use crate::frame::{Call, Reply};

const EMBEDDED: &str = "application/vnd.blackberry.embeddedcertificate-v1+json";
const EMBEDDED_LIST: &str = "application/vnd.blackberry.embeddedcertificates-v1+json";
const ENROLLMENTS: &str = "application/vnd.blackberry.certificateenrollments-v1+json";
const BUNDLE: &str = "application/vnd.blackberry.certificatebundle-v1+json";
const CERTIFICATE: &str = "application/pkix-cert";

pub(super) fn embedded(state: &mut BbUem, call: &Call<'_>) -> Result<Reply, Problem> {
    no_content(call)?;
    accept(call, &[EMBEDDED])?;
    let position = position(
        state,
        call.argument("embeddedCertificateGuid"),
        "Embedded certificate",
    )?;
    let body = embedded_json(state, &state.estate.certificates[position]);
    Ok(Reply::json(StatusCode::OK, &body).content_type(EMBEDDED))
}

pub(super) fn of_user(state: &mut BbUem, call: &Call<'_>) -> Result<Reply, Problem> {
    no_content(call)?;
    accept(call, &[EMBEDDED_LIST, "application/json"])?;
    let user = call.argument("userGuid");
    if !state.estate.users.iter().any(|known| known.guid == user) {
        return Err(Problem::not_found("User"));
    }
    let owned = state
        .estate
        .certificates
        .iter()
        .filter(|certificate| certificate.user == user);
    let list: Vec<_> = owned
        .map(|certificate| embedded_json(state, certificate))
        .collect();
    let body = json!({ "embeddedCertificates": list });
    Ok(Reply::json(StatusCode::OK, &body).content_type(EMBEDDED_LIST))
}

pub(super) fn enrollments(state: &mut BbUem, call: &Call<'_>) -> Result<Reply, Problem> {
    no_content(call)?;
    accept(call, &[ENROLLMENTS])?;
    let position = position(
        state,
        call.argument("embeddedCertificateGuid"),
        "Embedded certificate",
    )?;
    let certificate = &state.estate.certificates[position];
    let entry = certificate.place.as_ref().map(|place| {
        let device = format!("users/{}/userDevices/{}", certificate.user, place.device);
        match &place.application {
            None => json!({ "link": link(state, "userDevice", &device) }),
            Some((application, status)) => {
                let path = format!("{device}/applications/{application}");
                let status = if certificate.ends.is_some() {
                    "DELETED"
                } else {
                    status
                };
                json!({ "link": link(state, "userDeviceApplication", &path), "status": status })
            }
        }
    });
    let body = json!({ "certificateEnrollments": entry.into_iter().collect::<Vec<_>>() });
    Ok(Reply::json(StatusCode::OK, &body).content_type(ENROLLMENTS))
}

pub(super) fn certificate(state: &mut BbUem, call: &Call<'_>) -> Result<Reply, Problem> {
    no_content(call)?;
    let position = position(state, call.argument("certificateGuid"), "Certificate")?;
    let allow = state.estate.certificates[position].allowed();
    let permit = |message| permitted(&call.request.method, &allow, message);
    match call.request.method {
        Method::OPTIONS => return Ok(allow_reply(&allow)),
        Method::DELETE => {
            permit("Certificate delete not allowed.")?;
            delete(state, &[position]);
        }
        Method::PATCH => {
            permit("Certificate renew not allowed.")?;
            renew(state, &[position]);
        }
        _ => {
            permit("Certificate download not allowed.")?;
            accept(call, &[CERTIFICATE])?;
            return download(state, position);
        }
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

pub(super) fn bundle(state: &mut BbUem, call: &Call<'_>) -> Result<Reply, Problem> {
    no_content(call)?;
    let guid = call.argument("certificateBundleGuid");
    let members = state.estate.members(guid);
    if members.is_empty() {
        return Err(Problem::not_found("Bundle"));
    }
    match call.request.method {
        Method::OPTIONS => return Ok(allow_reply(&["GET", "HEAD", "DELETE", "PATCH", "OPTIONS"])),
        Method::DELETE => delete(state, &members),
        Method::PATCH => renew(state, &members),
        _ => {
            accept(call, &[BUNDLE])?;
            let links: Vec<_> = members
                .iter()
                .map(|position| &state.estate.certificates[*position].guid)
                .map(|guid| link(state, "certificate", &format!("pki/certificates/{guid}")))
                .collect();
            let body = json!({ "links": links, "guid": guid });
            return Ok(Reply::json(StatusCode::OK, &body).content_type(BUNDLE));
        }
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn position(state: &BbUem, guid: &str, what: &str) -> Result<usize, Problem> {
    state
        .estate
        .position(guid)
        .ok_or_else(|| Problem::not_found(what))
}

fn permitted(method: &Method, allow: &[&str], message: &str) -> Result<(), Problem> {
    match allow.contains(&method.as_str()) {
        true => Ok(()),
        false => Err(Problem::not_allowed(&allow.join(", "), message)),
    }
}

fn allow_reply(allow: &[&str]) -> Reply {
    Reply::empty(StatusCode::OK).header(header::ALLOW, allow.join(", "))
}

/// Deletes them: at once, or when the devices that have them have done so.
fn delete(state: &mut BbUem, positions: &[usize]) {
    let (now, later) = (state.now(), state.later());
    for position in positions {
        let on_a_device = state.estate.certificates[*position].place.is_some();
        let at = if on_a_device { later } else { now };
        state.estate.end(*position, at);
    }
    state.estate.settle(now);
}

fn renew(state: &mut BbUem, positions: &[usize]) {
    let later = state.later();
    for position in positions {
        state.estate.renew(*position, later);
    }
}

fn download(state: &mut BbUem, position: usize) -> Result<Reply, Problem> {
    let BbUem {
        estate, world, key, ..
    } = state;
    let certificate = &mut estate.certificates[position];
    let der = certificate.content(&world.authority, key)?;
    let disposition = format!("attachment; filename=\"{}\"", certificate.file_name());
    let reply = Reply::bytes(StatusCode::OK, CERTIFICATE, der);
    Ok(reply.header(header::CONTENT_DISPOSITION, disposition))
}

fn embedded_json(state: &BbUem, certificate: &Certificate) -> Value {
    let Certificate {
        guid,
        user,
        profile,
        bundle,
        place,
        ..
    } = certificate;
    let owner = format!("users/{user}");
    let enrollments = format!("{owner}/embeddedCertificates/{guid}/certificateEnrollments");
    let mut links = vec![link(state, "user", &owner)];
    if place.is_some() {
        links.push(link(state, "certificateEnrollments", &enrollments));
    }
    links.push(link(
        state,
        "profile",
        &format!("{owner}/profiles/{profile}"),
    ));
    links.push(link(
        state,
        "certificate",
        &format!("pki/certificates/{guid}"),
    ));
    if let Some(bundle) = bundle {
        links.push(link(state, "bundle", &format!("pki/bundles/{bundle}")));
    }
    json!({
        "links": links,
        "guid": guid,
        "name": certificate.name(),
        "created": time(certificate.created),
    })
}

/// A link as the server sees itself, which is not how the client sees it.
fn link(state: &BbUem, relation: &str, path: &str) -> Value {
    let tenant = &state.options.tenant;
    json!({ "rel": relation, "href": format!("https://server01:18084/{tenant}/api/v1/{path}") })
}

fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}
