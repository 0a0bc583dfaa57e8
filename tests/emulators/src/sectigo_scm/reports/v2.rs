//! Version 2: words in, CSV out.

use jiff::{SignedDuration, Timestamp};

use super::{
    Frame, Sink, activity,
    cells::{self, Cells},
    columns::{
        ACTIVITY, ADMINISTRATORS, BRAND, CLIENT, CODE_SIGNING, DEVICE, DOMAINS, KEY_AGENT,
        NOTIFICATIONS, SSL,
    },
    filter::{DateOf, Filter, Limits, organizations},
    rows::via,
    streamed,
};
use crate::{
    frame::{Call, Object, Query, Reply},
    sectigo_scm::{
        SectigoScm, body,
        certificates::{Facts, Reported},
        problem::Problem,
    },
};

const STATUSES: &[(&str, &[&str])] = &[
    ("ANY", &[]),
    ("REQUESTED", &["Requested"]),
    ("ISSUED", &["Issued"]),
    ("REVOKED", &["Revoked"]),
    ("EXPIRED", &["Expired"]),
    ("PENDING_DOWNLOAD", &["Issued"]),
    ("NOT_ENROLLED", &["Requested", "Applied", "Declined"]),
    ("AWAITING_APPROVAL", &["Requested"]),
    ("APPROVED", &["Applied"]),
    ("APPLIED", &["Applied"]),
    ("DOWNLOADED", &["Issued"]),
    ("EXTERNAL", &["Issued"]),
];
const SSL_SOURCES: &[&str] = &[
    "WEB_FORM",
    "CLIENT_ADMIN",
    "API",
    "DISCOVERY",
    "IMPORTED",
    "SCEP",
    "CD_AGENT",
    "MS_AGENT",
    "MS_CA",
    "BULK_REQUEST",
    "ACME",
    "EST",
    "REST",
];
/// `REST` stands in the vendor's sample alone.
const CLIENT_SOURCES: &[&str] = &[
    "Admin Enroll",
    "Self Enroll",
    "API Enroll",
    "Auto Enroll",
    "CSV Enroll",
    "SCEP Enroll",
    "IdP Enroll",
    "MS Agent Enroll",
    "Discovery",
    "MS CA Enroll",
    "Imported",
    "EST Enroll",
    "REST Enroll API",
    "REST",
];
const DEVICE_SOURCES: &[&str] = &[
    "API",
    "DISCOVERY",
    "API_APPROVAL",
    "SELF_ENROLLMENT",
    "SCEP_ENROLL",
    "MS_CA",
    "MS_CA_ENROLL_ON_BEHALF",
    "UI",
    "EST_ENROLL",
    "REST_ENROLL",
    "IMPORTED",
];
const CODE_SIGNING_SOURCES: &[&str] = &["WEB_FORM", "WEB_SERVICES"];

pub(super) fn stream(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    Query::parse(call.request.query.as_deref())?.finish()?;
    let mut body = body(call)?;
    match body.required::<String>("type")?.as_str() {
        "SSL_CERTS" => certificates(scm, body, Reported::Ssl, SSL_SOURCES, SSL, cells::ssl),
        "CLIENT_CERTS" => certificates(
            scm,
            body,
            Reported::Smime,
            CLIENT_SOURCES,
            CLIENT,
            cells::client,
        ),
        "DEVICE_CERTS" => certificates(
            scm,
            body,
            Reported::Device,
            DEVICE_SOURCES,
            DEVICE,
            cells::device,
        ),
        "CS_CERTS" => {
            let (sources, columns) = (CODE_SIGNING_SOURCES, CODE_SIGNING);
            certificates(
                scm,
                body,
                Reported::CodeSigning,
                sources,
                columns,
                cells::code_signing,
            )
        }
        "BRAND_CERTS" => {
            certificate_filter(scm, &mut body, SSL_SOURCES)?;
            nothing(scm, body, BRAND)
        }
        "ACTIVITY_LOG" => activity_log(scm, body),
        "NOTIFICATION_ACTIVITY_LOG" => {
            limits(scm, &mut body)?;
            nothing(scm, body, NOTIFICATIONS)
        }
        "PK_CONTROLLER_ACTIVITY_LOG" => {
            limits(scm, &mut body)?;
            nothing(scm, body, KEY_AGENT)
        }
        "ADMINS" => administrators(scm, body),
        "DOMAINS" => domains(scm, body),
        _ => Err(Problem::invalid_value("type")),
    }
}

fn certificates(
    scm: &mut SectigoScm,
    mut body: Object,
    kind: Reported,
    sources: &[&str],
    columns: &[&'static str],
    written: fn(&SectigoScm, &Facts, &str) -> Cells,
) -> Result<Reply, Problem> {
    let filter = certificate_filter(scm, &mut body, sources)?;
    body.finish()?;
    let fields = scm.customer.custom_fields.of(kind.fields());
    let fields: Vec<_> = fields.map(|field| field.name.clone()).collect();
    // The custom fields stand where the samples have them: last, or before the remarks.
    let header = columns
        .iter()
        .map(|name| (*name).to_owned())
        .chain(fields.iter().cloned());
    let frame = frame(scm, header);
    let issuer = scm.issuer();
    let write = move |scm: &SectigoScm, id: &i64, sink: &mut Sink| {
        if let Some(facts) = scm.facts(kind, *id).filter(|facts| filter.fits(facts)) {
            let own = fields.iter().map(|name| {
                let mut set = facts.custom_fields.iter();
                set.find(|(known, _)| known == name)
                    .and_then(|(_, value)| value.clone())
            });
            sink.row(&line(written(scm, &facts, &issuer).into_iter().chain(own)));
        }
    };
    Ok(streamed(frame, scm.reported(kind), write))
}

fn certificate_filter(
    scm: &SectigoScm,
    body: &mut Object,
    sources: &[&str],
) -> Result<Filter, Problem> {
    let date = match body.optional::<String>("certificateStatus")?.as_deref() {
        None | Some("REQUESTED") => DateOf::Request,
        Some("ENROLLED" | "ISSUED") => DateOf::Issue,
        Some("REVOKED") => DateOf::Revocation,
        Some("EXPIRED") => DateOf::Expiry,
        Some("DOWNLOADED") => DateOf::Download,
        Some(_) => return Err(Problem::invalid_value("certificateStatus")),
    };
    let names: Vec<_> = STATUSES.iter().map(|(name, _)| *name).collect();
    let status = body.choice("currentStatus", &names)?.unwrap_or_default();
    let status = STATUSES.iter().find(|(name, _)| *name == status);
    let source = body.choice("requestVia", sources)?;
    Ok(Filter {
        date,
        limits: limits(scm, body)?,
        statuses: status.map_or(&[], |(_, wanted)| wanted),
        // What nobody does here matches nothing.
        via: source.map(|source| via(&source).unwrap_or("NOBODY")),
        organizations: organizations(body, "orgs")?,
        ..Filter::default()
    })
}

/// Takes `dates`: `BEFORE` goes by `to` or else `from`, `AFTER` by `from` or else `to`.
fn limits(scm: &SectigoScm, body: &mut Object) -> Result<Limits, Problem> {
    let Some(mut dates) = body.optional::<Object>("dates")? else {
        return Ok(Limits::default());
    };
    let kind = dates.choice("type", &["LAST", "NEXT", "BEFORE", "AFTER", "RANGE"])?;
    let days = dates.integer("days", 0..=100_000)?;
    let given = Limits::take(&mut dates)?;
    dates.finish()?;
    let span = SignedDuration::from_hours(24 * days.unwrap_or_default());
    let now = scm.now();
    Ok(match kind.as_deref() {
        Some("LAST") => between(Some(now - span), Some(now)),
        Some("NEXT") => between(Some(now), Some(now + span)),
        Some("BEFORE") => between(None, given.to.or(given.from)),
        Some("AFTER") => between(given.from.or(given.to), None),
        _ => given,
    })
}

fn between(from: Option<Timestamp>, to: Option<Timestamp>) -> Limits {
    Limits { from, to }
}

fn activity_log(scm: &mut SectigoScm, mut body: Object) -> Result<Reply, Problem> {
    let limits = limits(scm, &mut body)?;
    body.finish()?;
    let write = move |scm: &SectigoScm, thing: &activity::Thing, sink: &mut Sink| {
        let deeds = activity::deeds(scm, *thing).into_iter();
        deeds
            .filter(|deed| limits.contain(Some(deed.at)))
            .for_each(|deed| sink.row(&line(deed.cells(scm))));
    };
    let frame = named(scm, ACTIVITY);
    Ok(streamed(frame, activity::things(scm), write))
}

/// A line for each administrator, and one for each role below it.
fn administrators(scm: &mut SectigoScm, body: Object) -> Result<Reply, Problem> {
    body.finish()?;
    let write = |scm: &SectigoScm, id: &i64, sink: &mut Sink| {
        let Some(facts) = scm.administrator_facts(*id) else {
            return;
        };
        let blank = |count| std::iter::repeat_n(String::new(), count);
        let identity = [facts.id.to_string(), facts.name, facts.login, facts.email];
        let flags = facts.flags.iter().map(ToString::to_string);
        let known = identity.into_iter().chain(flags).chain(blank(3));
        sink.row(&line(known.map(Some)));
        for (role, organization) in facts.roles {
            let [organization, department] = scm.organization_and_department(organization);
            let cells = blank(17).chain([role, organization, department]);
            sink.row(&line(cells.map(Some)));
        }
    };
    let ids = scm.administrator_ids();
    Ok(streamed(named(scm, ADMINISTRATORS), ids, write))
}

fn domains(scm: &mut SectigoScm, mut body: Object) -> Result<Reply, Problem> {
    const CONTROL: [&str; 6] = [
        "Not validated",
        "Validated",
        "Expired",
        "NOT_VALIDATED",
        "VALIDATED",
        "EXPIRED",
    ];
    let limits = limits(scm, &mut body)?;
    let status = body.choice("status", &CONTROL)?;
    let status = status.map(|status| status.to_uppercase().replace(' ', "_"));
    let organizations = organizations(&mut body, "orgs")?;
    body.finish()?;
    let write = move |scm: &SectigoScm, id: &i64, sink: &mut Sink| {
        let Some(facts) = scm.domain_facts(*id) else {
            return;
        };
        let owned = organizations.is_empty()
            || facts
                .organizations
                .iter()
                .any(|one| organizations.contains(one));
        let in_state = status.as_ref().is_none_or(|status| status == facts.status);
        if owned && in_state && limits.contain(facts.until) {
            sink.row(&line(cells::domain(scm, &facts)));
        }
    };
    Ok(streamed(named(scm, DOMAINS), scm.reported_domains(), write))
}

/// A report on what does not happen here.
fn nothing(scm: &SectigoScm, body: Object, columns: &[&str]) -> Result<Reply, Problem> {
    body.finish()?;
    Ok(streamed(
        named(scm, columns),
        Vec::<()>::new(),
        |_, (), _| {},
    ))
}

fn named(scm: &SectigoScm, columns: &[&str]) -> Frame {
    frame(scm, columns.iter().map(|name| (*name).to_owned()))
}

/// The header in front of the rows; the file is named by the time.
fn frame(scm: &SectigoScm, columns: impl Iterator<Item = String>) -> Frame {
    let now = scm.now().strftime("%Y-%m-%d-%H-%M-%S");
    Frame {
        media_type: "application/octet-stream;charset=UTF-8",
        file: format!("report-{now}.csv"),
        before: line(columns.map(Some)),
        between: "",
        after: "",
    }
}

/// A line: every cell in quotation marks, what is not there without them.
fn line(cells: impl IntoIterator<Item = Option<String>>) -> String {
    let cells = cells.into_iter().map(|cell| {
        let quoted = |text: String| format!("\"{}\"", text.replace('"', "\"\""));
        cell.map_or_else(String::new, quoted)
    });
    let mut line = cells.collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}
