//! Version 1: codes in, JSON out.

use serde_json::Value;

use super::{
    Frame, Sink, activity,
    filter::{DateOf, Filter, Limits, code, organizations},
    rows, streamed,
};
use crate::{
    frame::{Call, Object, Query, Reply},
    sectigo_scm::{
        SectigoScm, body,
        certificates::{Facts, Reported},
        problem::Problem,
    },
};

type Statuses = &'static [&'static str];

const SSL_STATUSES: &[(i64, Statuses)] = &[
    (0, &[]),
    (1, &["Requested"]),
    (2, &["Issued"]),
    (3, &["Revoked"]),
    (4, &["Expired"]),
    (11, &["Issued"]),
];
const BRAND_STATUSES: &[(i64, Statuses)] = SSL_STATUSES.split_at(5).0;
const CLIENT_STATUSES: &[(i64, Statuses)] = &[
    (0, &[]),
    (2, &["Issued"]),
    (3, &["Revoked"]),
    (4, &["Expired"]),
    (5, &["Issued"]),
    (6, &["Requested", "Applied", "Declined"]),
];
const DEVICE_STATUSES: &[(i64, Statuses)] = &[
    (0, &[]),
    (1, &["Requested"]),
    (2, &["Issued"]),
    (3, &["Revoked"]),
    (4, &["Expired"]),
    (7, &["Requested"]),
    (8, &["Applied"]),
    (9, &["Applied"]),
    (10, &["Issued"]),
];
const DATES: &[(i64, DateOf)] = &[
    (1, DateOf::Download),
    (2, DateOf::Revocation),
    (3, DateOf::Expiry),
    (4, DateOf::Request),
    (5, DateOf::Issue),
];
const CLIENT_DATES: &[(i64, DateOf)] = &[
    (0, DateOf::Issue),
    (1, DateOf::Download),
    (2, DateOf::Revocation),
    (3, DateOf::Expiry),
];
const SSL_SOURCES: &[(i64, &str)] = &[
    (0, "WEB_FORM"),
    (1, "CLIENT_ADMIN"),
    (2, "API"),
    (3, "DISCOVERY"),
    (4, "IMPORTED"),
    (5, "SCEP"),
    (7, "MS_AGENT"),
    (9, "BULK_REQUEST"),
    (10, "ACME"),
    (11, "EST"),
    (12, "REST"),
];
const BRAND_SOURCES: &[(i64, &str)] = &[(0, "CLIENT_ADMIN"), (1, "REST"), (2, "IMPORTED")];

pub(super) fn activity(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    output_type(call)?;
    let mut body = body(call)?;
    let limits = Limits::take(&mut body)?;
    body.finish()?;
    let things = activity::things(scm);
    let write = move |scm: &SectigoScm, thing: &activity::Thing, sink: &mut Sink| {
        let deeds = activity::deeds(scm, *thing).into_iter();
        deeds
            .filter(|deed| limits.contain(Some(deed.at)))
            .for_each(|deed| sink.row(&deed.json(scm).to_string()));
    };
    Ok(streamed(frame("activity"), things, write))
}

pub(super) fn ssl(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    output_type(call)?;
    let mut body = body(call)?;
    let mut filter = Filter {
        common_name: pattern(&mut body)?,
        external_requester: body.text("externalRequester", ..=512)?,
        via: code(&mut body, "certificateRequestSource", SSL_SOURCES)?,
        ..Filter::default()
    };
    common(&mut filter, &mut body, SSL_STATUSES, DATES)?;
    let addresses = body
        .optional::<bool>("includeIpAddresses")?
        .unwrap_or_default();
    let zeros = serial_format(&mut body)?;
    body.finish()?;
    let row = move |scm: &SectigoScm, facts: &Facts| rows::ssl_json(scm, facts, addresses, zeros);
    Ok(certificates(
        scm,
        "ssl-certificates",
        Reported::Ssl,
        filter,
        row,
    ))
}

/// There are no brand indicator certificates.
pub(super) fn brand(_: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    output_type(call)?;
    let mut body = body(call)?;
    let mut filter = Filter {
        common_name: body.optional("commonName")?,
        external_requester: body.optional("externalRequester")?,
        via: code(&mut body, "certificateRequestSource", BRAND_SOURCES)?,
        ..Filter::default()
    };
    common(&mut filter, &mut body, BRAND_STATUSES, DATES)?;
    serial_format(&mut body)?;
    body.finish()?;
    let nothing = Vec::<()>::new();
    Ok(streamed(
        frame("brand-certificates"),
        nothing,
        |_, (), _| {},
    ))
}

pub(super) fn client(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    output_type(call)?;
    let mut body = body(call)?;
    let mut filter = Filter::default();
    common(&mut filter, &mut body, CLIENT_STATUSES, CLIENT_DATES)?;
    body.finish()?;
    let kind = Reported::Smime;
    Ok(certificates(
        scm,
        "client-certificates",
        kind,
        filter,
        rows::client_json,
    ))
}

pub(super) fn device(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    output_type(call)?;
    let mut body = body(call)?;
    let mut filter = Filter::default();
    common(&mut filter, &mut body, DEVICE_STATUSES, DATES)?;
    let zeros = serial_format(&mut body)?;
    body.finish()?;
    let row = move |scm: &SectigoScm, facts: &Facts| rows::device_json(scm, facts, zeros);
    Ok(certificates(
        scm,
        "device-certificates",
        Reported::Device,
        filter,
        row,
    ))
}

pub(super) fn domains(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    Query::parse(call.request.query.as_deref())?.finish()?;
    let write = |scm: &SectigoScm, id: &i64, sink: &mut Sink| {
        if let Some(facts) = scm.domain_facts(*id) {
            sink.row(&rows::domain_json(scm, &facts).to_string());
        }
    };
    Ok(streamed(frame("domains"), scm.reported_domains(), write))
}

/// What the reports on certificates have in common.
fn common(
    filter: &mut Filter,
    body: &mut Object,
    statuses: &[(i64, Statuses)],
    dates: &[(i64, DateOf)],
) -> Result<(), Problem> {
    filter.organizations = organizations(body, "organizationIds")?;
    filter.statuses = code(body, "certificateStatus", statuses)?.unwrap_or_default();
    filter.date = code(body, "certificateDateAttribute", dates)?.unwrap_or_default();
    filter.limits = Limits::take(body)?;
    Ok(())
}

fn pattern(body: &mut Object) -> Result<Option<String>, Problem> {
    let pattern = body.text("commonName", ..=256)?;
    match pattern
        .as_ref()
        .is_some_and(|text| text.contains(['<', '>', '\\']))
    {
        true => Err(Problem::invalid_value("commonName")),
        false => Ok(pattern),
    }
}

/// Whether serial numbers keep their leading zeros. Samples send a blank text.
fn serial_format(body: &mut Object) -> Result<bool, Problem> {
    let asked = body.choice("serialNumberFormat", &["", "HEXWithLeadingZeros"])?;
    Ok(asked.is_some_and(|format| !format.is_empty()))
}

fn certificates(
    scm: &mut SectigoScm,
    name: &str,
    kind: Reported,
    filter: Filter,
    row: impl Fn(&SectigoScm, &Facts) -> Value + Send + 'static,
) -> Reply {
    let write = move |scm: &SectigoScm, id: &i64, sink: &mut Sink| {
        let facts = scm.facts(kind, *id).filter(|facts| filter.fits(facts));
        if let Some(facts) = facts {
            sink.row(&row(scm, &facts).to_string());
        }
    };
    streamed(frame(name), scm.reported(kind), write)
}

/// `output_type` takes any text: its values are not documented.
fn output_type(call: &Call<'_>) -> Result<(), Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    query.text("output_type")?;
    Ok(query.finish()?)
}

fn frame(name: &str) -> Frame {
    Frame {
        media_type: "application/json;charset=UTF-8",
        file: format!("rest_api_{name}.json"),
        before: r#"{"statusCode":0,"reports":["#.to_owned(),
        between: ",",
        after: "]}",
    }
}
