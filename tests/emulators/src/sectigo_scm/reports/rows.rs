//! Rows of reports on certificates and domains.

use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Map, Value, json};

use crate::sectigo_scm::{
    SectigoScm, certificates::Facts, dates::DateFormat, domains::DomainFacts,
};

/// Channel: as filters of SSL certificates, as SSL certificates, client certificates and device
/// certificates spell it.
const CHANNELS: [(&str, &str, &str, &str); 7] = [
    (
        "WEB_FORM",
        "Enrollment Form",
        "Self Enroll",
        "SELF_ENROLLMENT",
    ),
    ("CLIENT_ADMIN", "Client Admin", "Admin Enroll", "UI"),
    ("API", "Web API", "API Enroll", "API"),
    ("DISCOVERY", "Discovery", "Discovery", "DISCOVERY"),
    ("IMPORTED", "Imported", "Imported", "IMPORTED"),
    ("ACME", "ACME", "Auto Enroll", "API_APPROVAL"),
    ("REST", "REST API", "REST Enroll API", "REST_ENROLL"),
];

/// The spellings of a channel.
pub(super) fn channel(via: &str) -> (&'static str, &'static str, &'static str) {
    let found = CHANNELS.iter().find(|(name, ..)| *name == via);
    let (_, ssl, client, device) = found.unwrap_or(&CHANNELS[6]);
    (ssl, client, device)
}

/// The channel that a spelling of any report means.
pub(super) fn via(spelled: &str) -> Option<&'static str> {
    let is_it = |(name, _, client, device): &&(&str, &str, &str, &str)| {
        [*name, *client, *device].contains(&spelled)
    };
    CHANNELS.iter().find(is_it).map(|(name, ..)| *name)
}

/// A moment as CSV files have it.
pub(super) fn moment(at: Timestamp) -> String {
    let at = at.to_zoned(TimeZone::UTC);
    at.strftime("%m/%d/%Y %H:%M:%S GMT").to_string()
}

pub(super) fn ssl_json(scm: &SectigoScm, facts: &Facts, addresses: bool, zeros: bool) -> Value {
    let mut row = Map::new();
    identity(&mut row, facts, zeros);
    set(&mut row, "orgId", Some(facts.organization.into()));
    set(
        &mut row,
        "organizationName",
        text(scm.organization_name(facts.organization)),
    );
    set(&mut row, "type", facts.profile.map(|(_, name)| name.into()));
    set(&mut row, "typeId", facts.profile.map(|(id, _)| id.into()));
    set(&mut row, "status", Some(facts.status.into()));
    set(&mut row, "term", Some(facts.term.into()));
    set(&mut row, "requestedVia", Some(channel(facts.via).0.into()));
    set(&mut row, "requester", Some(facts.requester.clone().into()));
    set(&mut row, "approver", facts.approver.clone().map(Into::into));
    set(
        &mut row,
        "externalRequester",
        text(facts.external_requester.clone()),
    );
    set(
        &mut row,
        "subjAltNames",
        Some(facts.names.join(", ").into()),
    );
    set(&mut row, "publicKeyType", Some(key_type(facts).into()));
    set(&mut row, "requested", instant(Some(facts.requested)));
    set(&mut row, "approved", instant(facts.approved));
    set(&mut row, "declined", instant(facts.declined));
    set(&mut row, "expires", instant(Some(facts.expires)));
    set(&mut row, "revoked", instant(facts.revoked));
    set(&mut row, "replaced", instant(facts.replaced));
    set(&mut row, "customFields", custom_fields(facts));
    if addresses {
        set(&mut row, "ipAddresses", Some("127.0.0.1".into()));
    }
    Value::Object(row)
}

pub(super) fn client_json(scm: &SectigoScm, facts: &Facts) -> Value {
    let mut row = Map::new();
    identity(&mut row, facts, false);
    row.remove("commonName");
    row.remove("serialNumber");
    let email = facts.email.clone();
    set(&mut row, "subject", Some(facts.common_name.clone().into()));
    set(&mut row, "email", text(email.clone()));
    set(
        &mut row,
        "person",
        Some(json!({"name": facts.common_name, "email": email})),
    );
    set(&mut row, "organization", Some(organization(scm, facts)));
    set(&mut row, "enrolled", instant(facts.issued));
    set(&mut row, "revoked", instant(facts.revoked));
    set(
        &mut row,
        "expire",
        instant(facts.issued.map(|_| facts.expires)),
    );
    set(&mut row, "enrollType", Some(channel(facts.via).1.into()));
    set(&mut row, "customFields", custom_fields(facts));
    Value::Object(row)
}

pub(super) fn device_json(scm: &SectigoScm, facts: &Facts, zeros: bool) -> Value {
    let mut row = Map::new();
    identity(&mut row, facts, zeros);
    set(
        &mut row,
        "subject",
        Some(format!("CN={}", facts.common_name).into()),
    );
    set(&mut row, "organization", Some(organization(scm, facts)));
    set(&mut row, "deviceCertStatus", Some(facts.status.into()));
    set(&mut row, "approver", facts.approver.clone().map(Into::into));
    set(
        &mut row,
        "certTypeName",
        facts.profile.map(|(_, name)| name.into()),
    );
    set(&mut row, "enrolled", instant(facts.issued));
    set(
        &mut row,
        "expire",
        instant(facts.issued.map(|_| facts.expires)),
    );
    set(&mut row, "enrollType", Some(channel(facts.via).2.into()));
    set(&mut row, "keyType", Some(key_type(facts).into()));
    set(&mut row, "customFields", custom_fields(facts));
    Value::Object(row)
}

pub(super) fn domain_json(scm: &SectigoScm, facts: &DomainFacts) -> Value {
    let status = match (facts.status, facts.order_status) {
        ("VALIDATED", _) => "Validated",
        ("EXPIRED", _) => "Expired",
        (_, "NOT_INITIATED") => "Not Initiated",
        _ => "Action Required",
    };
    let mut row = Map::new();
    set(&mut row, "id", Some(facts.id.into()));
    set(&mut row, "name", Some(facts.name.clone().into()));
    set(
        &mut row,
        "status",
        Some(if facts.active { "Active" } else { "Suspended" }.into()),
    );
    set(&mut row, "requested", instant(Some(scm.started)));
    set(&mut row, "dcvStatus", Some(status.into()));
    set(&mut row, "stickyUntil", instant(facts.until));
    Value::Object(row)
}

fn identity(row: &mut Map<String, Value>, facts: &Facts, zeros: bool) {
    let serial = facts.serial.as_deref().map(|serial| written(serial, zeros));
    set(row, "id", Some(facts.id.into()));
    set(row, "commonName", Some(facts.common_name.clone().into()));
    set(row, "orderNumber", Some(facts.order_number.into()));
    set(row, "backendCertId", Some(facts.backend_id.clone().into()));
    set(row, "serialNumber", Some(serial.unwrap_or_default().into()));
    set(row, "comments", Some(facts.comments.clone().into()));
}

/// A serial number with or without the zeros that it begins with.
fn written(serial: &str, zeros: bool) -> String {
    let digits = serial.replace(':', "");
    match zeros {
        true => digits,
        false => digits.trim_start_matches('0').to_owned(),
    }
}

fn organization(scm: &SectigoScm, facts: &Facts) -> Value {
    let name = scm.organization_name(facts.organization);
    // As text, unlike everywhere else.
    json!({"id": facts.organization.to_string(), "name": name})
}

fn custom_fields(facts: &Facts) -> Option<Value> {
    let fields = facts.custom_fields.iter();
    let fields = fields.map(|(name, value)| json!({"name": name, "value": value}));
    Some(fields.collect())
}

pub(super) fn key_type(facts: &Facts) -> String {
    let parameter = facts.key_parameter.as_deref().unwrap_or_default();
    format!("{} - {parameter}", facts.key_algorithm)
}

fn set(row: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        row.insert(name.to_owned(), value);
    }
}

fn text(text: Option<String>) -> Option<Value> {
    text.map(Value::String)
}

fn instant(at: Option<Timestamp>) -> Option<Value> {
    at.map(|at| DateFormat::INSTANT.write(at).into())
}
