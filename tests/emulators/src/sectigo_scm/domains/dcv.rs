use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    domain::Domain,
    lineage,
    order::{Mode, Order},
    unknown,
};
use crate::{
    frame::{Call, Object, Query, Reply, routes},
    sectigo_scm::{
        self, Route, SectigoScm,
        contact::is_email,
        dates::DateFormat,
        dns_connectors,
        filter::Filter,
        no_parameters, ok,
        paging::{self, Page},
        problem::Problem,
    },
};

const SUBMIT_MANY: &str = "/api/dcv/v1/validation/submit-bulk/domain/email";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("dcv_list", "/api/dcv/v1/validation", list);
    post("dcv_get_status_v2", "/api/dcv/v2/validation/status", status_v2);
    post("dcv_get_status_v1", "/api/dcv/v1/validation/status", status_v1);
    post("dcv_sync", "/api/dcv/v1/validation/sync", sync);
    post("dcv_clear", "/api/dcv/v1/validation/clear", clear);
    post("dcv_delete", "/api/dcv/v1/validation/delete", delete);
    post("dcv_start_http", "/api/dcv/v1/validation/start/domain/http", start_http);
    post("dcv_start_https", "/api/dcv/v1/validation/start/domain/https", start_https);
    post("dcv_submit_http", "/api/dcv/v1/validation/submit/domain/http", submit_http);
    post("dcv_submit_https", "/api/dcv/v1/validation/submit/domain/https", submit_https);
    post("dcv_start_cname", "/api/dcv/v1/validation/start/domain/cname", start_cname);
    post("dcv_submit_cname", "/api/dcv/v1/validation/submit/domain/cname", submit_cname);
    post("dcv_submit_txt", "/api/dcv/v1/validation/submit/domain/txt", submit_txt);
    post("dcv_start_email", "/api/dcv/v1/validation/start/domain/email", start_email);
    post("dcv_submit_email", "/api/dcv/v1/validation/submit/domain/email", submit_email);
    post("dcv_submit_bulk_email", SUBMIT_MANY, submit_many);
};

/// Who can answer for any domain.
const REGISTRANT: &str = "domain.admin@example.com";
const IN_DNS: &str = "dns.txt@example.com";
const MAILBOXES: [&str; 5] = [
    "admin",
    "administrator",
    "hostmaster",
    "postmaster",
    "webmaster",
];

const STATUSES: [&str; 3] = ["NOT_VALIDATED", "VALIDATED", "EXPIRED"];
const ORDER_STATUSES: [&str; 4] = [
    "NOT_INITIATED",
    "AWAITING_SUBMISSION",
    "SUBMITTED",
    "REJECTED",
];

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let asked = paging::asked(&query);
    let page = Page::take(&mut query)?;
    let filter = Asked::read(&mut query)?;
    let dates = DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    for id in scm.domains.ordered.clone() {
        scm.check_control(id);
    }
    let now = scm.now();
    let found = match filter.is_empty() {
        true => scm.domains.table.ids(),
        false => scm.listed(&asked, &filter),
    };
    let (ids, total) = (page.of(found).to_vec(), found.len());
    let domains = ids.into_iter().filter_map(|id| scm.domains.table.get(id));
    let entries =
        domains.map(|domain| entry(domain, scm.domains.decisive(domain, now), dates, now));
    Ok(paging::page(entries.collect(), total))
}

/// How far a domain is, and what control over it, or over the one above that decides, was shown.
fn entry(domain: &Domain, decisive: &Domain, dates: DateFormat, now: Timestamp) -> Value {
    let shown = &decisive.dcv;
    let mut entry = json!({
        "domain": domain.name,
        "dcvStatus": shown.status(now),
        "dcvOrderStatus": domain.dcv.order_status(),
    });
    if let Some(mode) = domain.dcv.mode() {
        entry["dcvOrderMethod"] = mode.text().into();
    }
    if let Some((_, until)) = shown.days(dates) {
        entry["dcvMethod"] = json!(shown.method());
        entry["expirationDate"] = until.into();
    }
    entry
}

/// The conditions of the list; an empty value is none, as in the vendor's sample.
type Asked = Filter<Domain, Seen>;

/// What a condition sees beside the domain.
struct Seen {
    status: &'static str,
    days_left: Option<i64>,
}

impl Asked {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        let mut filter = Self::default();
        filter.contains(given(query, "domain")?, |it, _| vec![it.name.clone()]);
        for name in ["org", "department"] {
            if let Some(id) = number(query, name)? {
                filter.when(move |it, _| it.delegations.iter().any(|one| one.organization == id));
            }
        }
        let status = one_of(query, "dcvStatus", &STATUSES)?;
        filter.equals(status, |_, seen| seen.status.to_owned());
        let status = one_of(query, "orderStatus", &ORDER_STATUSES)?;
        filter.equals(status, |it, _| it.dcv.order_status().to_owned());
        if let Some(days) = number(query, "expiresIn")? {
            filter.when(move |_, seen| {
                seen.days_left
                    .is_some_and(|left| (0..=days).contains(&left))
            });
        }
        Ok(filter)
    }
}

fn given(query: &mut Query, name: &str) -> Result<Option<String>, Problem> {
    Ok(query.text(name)?.filter(|text| !text.is_empty()))
}

fn number(query: &mut Query, name: &str) -> Result<Option<i64>, Problem> {
    let text = given(query, name)?;
    let number = text.map(|text| text.parse().ok().filter(|number| *number >= 0));
    number
        .map(|number| number.ok_or_else(|| Problem::invalid_value(name)))
        .transpose()
}

/// A value from a closed set, in the spelling of answers or of forms: `Not validated`.
fn one_of(query: &mut Query, name: &str, known: &[&str]) -> Result<Option<String>, Problem> {
    let text = given(query, name)?;
    let text = text.map(|text| text.replace(' ', "_").to_uppercase());
    match text.as_deref().is_none_or(|text| known.contains(&text)) {
        true => Ok(text),
        false => Err(Problem::invalid_value(name)),
    }
}

impl SectigoScm {
    fn listed(&mut self, asked: &str, filter: &Asked) -> &[i64] {
        let now = self.now();
        let super::Domains { table, by_name, .. } = &mut self.domains;
        table.found(asked, now, |table| {
            let fits = |domain: &&Domain| {
                let decisive = super::decisive(table, by_name, domain, now);
                let until = decisive.dcv.until();
                let left = until.map(|until| until.duration_since(now).as_hours().div_euclid(24));
                let seen = Seen {
                    status: decisive.dcv.status(now),
                    days_left: left,
                };
                filter.accepts(domain, &seen)
            };
            let ids = table.values().filter(fits).map(|domain| domain.id);
            // Days are counted anew with each list: nothing is kept beyond this instant.
            (ids.collect(), now)
        })
    }

    /// The domain that a body names alone.
    fn alone(&self, call: &Call<'_>) -> Result<i64, Problem> {
        let mut body = sectigo_scm::body(call)?;
        let id = self.take_domain(&mut body)?;
        body.finish()?;
        Ok(id)
    }

    fn take_domain(&self, body: &mut Object) -> Result<i64, Problem> {
        let name = body.required_text("domain", 3..=255)?;
        self.on_file(&name)
    }

    fn on_file(&self, name: &str) -> Result<i64, Problem> {
        self.domains.named(name).ok_or_else(|| unknown(name))
    }

    fn on_file_mut(&mut self, id: i64) -> Result<&mut Domain, Problem> {
        let found = self.domains.table.get_mut(id);
        found.ok_or_else(|| unknown(&id.to_string()))
    }

    /// The same for a call that is about to show control: only for the highest of its line.
    fn highest(&mut self, id: i64) -> Result<&mut Domain, Problem> {
        let name = &self.on_file_mut(id)?.name.clone();
        match lineage(&self.domains.by_name, name).len() {
            1 => self.on_file_mut(id),
            _ => {
                let why = "is not a high-level domain. Only high-level domains can be validated.";
                Err(Problem::bad(-723, format!("{name} {why}")))
            }
        }
    }

    fn start(&mut self, call: &Call<'_>, mode: Mode) -> Result<Value, Problem> {
        no_parameters(call)?;
        let id = self.alone(call)?;
        let domain = self.highest(id)?;
        let challenge = domain.dcv.start(&domain.name, mode);
        Ok(published(challenge, mode))
    }

    /// Orders the check; the answer is the order, and not yet what comes of it.
    fn order_check(
        &mut self,
        id: i64,
        mode: Mode,
        email: Option<String>,
    ) -> Result<Value, Problem> {
        let now = self.now();
        self.highest(id)?;
        self.domains.last_order += 1;
        let mut order = Order::new(mode, self.domains.last_order, now);
        order.reference = email.as_ref().map(|_| reference());
        order.email = email;
        let mut answer = json!({
            "orderStatus": "SUBMITTED",
            "message": "Submitted successfully",
            "orderBackendId": order.backend_id,
        });
        if let Some(reference) = &order.reference {
            answer["emailValidationReferenceNumber"] = reference.as_str().into();
        }
        let domain = self.highest(id)?;
        domain.dcv.challenge(&domain.name);
        domain.dcv.submit(order);
        answer["status"] = domain.dcv.status(now).into();
        self.domains.ordered.insert(id);
        Ok(answer)
    }
}

fn reference() -> String {
    fastrand::u32(100_000_000..1_000_000_000).to_string()
}

/// What is to be published, in the words of the mode.
fn published(challenge: &super::order::Challenge, mode: Mode) -> Value {
    match mode {
        Mode::Email => json!({}),
        Mode::Cname => {
            let (host, point) = challenge.alias();
            json!({"host": host, "point": point})
        }
        Mode::Txt => {
            let (host, point) = challenge.txt();
            json!({"host": host, "point": point})
        }
        Mode::Http | Mode::Https => {
            let (url, [first, second]) = challenge.file(mode);
            json!({"url": url, "firstLine": first, "secondLine": second})
        }
    }
}

fn start_http(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    Ok(ok(&scm.start(call, Mode::Http)?))
}

fn start_https(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    Ok(ok(&scm.start(call, Mode::Https)?))
}

fn start_cname(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    Ok(ok(&scm.start(call, Mode::Cname)?))
}

fn submit_http(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.alone(call)?;
    Ok(ok(&scm.order_check(id, Mode::Http, None)?))
}

fn submit_https(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.alone(call)?;
    Ok(ok(&scm.order_check(id, Mode::Https, None)?))
}

/// With a DNS connector the record is published at once.
fn submit_cname(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let id = scm.take_domain(&mut body)?;
    let connector = body.text("dnsAgentUUID", 1..)?;
    if let Some(connector) = &connector {
        let provider = body.required_text("dnsProviderName", 1..)?;
        dns_connectors::check_provider(connector, &provider)?;
    }
    body.finish()?;
    let answer = scm.order_check(id, Mode::Cname, None)?;
    if connector.is_some() {
        let domain = scm.highest(id)?;
        let (host, point) = domain.dcv.challenge(&domain.name).alias();
        scm.publish("CNAME", &host, &point);
    }
    Ok(ok(&answer))
}

/// There is no start: the answer says what to publish.
fn submit_txt(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.alone(call)?;
    let mut answer = scm.order_check(id, Mode::Txt, None)?;
    let domain = scm.highest(id)?;
    let (host, point) = domain.dcv.challenge(&domain.name).txt();
    answer["host"] = host.into();
    answer["point"] = point.into();
    Ok(ok(&answer))
}

fn start_email(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let one = body.text("domain", 3..=255)?;
    let many: Option<Vec<String>> = body.optional("domains")?;
    body.finish()?;
    let names = match (one, many) {
        (Some(name), None) => vec![name],
        (None, Some(names)) if !names.is_empty() => names,
        (Some(_), Some(_)) => return Err(Problem::invalid_value("domains")),
        (None, _) => return Err(Problem::missing("domain")),
    };
    for name in &names {
        let id = scm.on_file(name)?;
        let domain = scm.highest(id)?;
        domain.dcv.start(&domain.name, Mode::Email);
    }
    let each: Vec<_> = names.iter().map(|name| addresses(name)).collect();
    Ok(ok(&json!({"emails": common(&names), "dcvEmails": each})))
}

fn submit_email(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let name = body.required_text("domain", 1..=255)?;
    let email = take_email(&mut body)?;
    body.finish()?;
    let id = scm.on_file(&name)?;
    check_email(&[name], &email)?;
    Ok(ok(&scm.order_check(id, Mode::Email, Some(email))?))
}

fn submit_many(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let names: Vec<String> = body.required("domains")?;
    let email = take_email(&mut body)?;
    body.finish()?;
    if names.is_empty() {
        return Err(Problem::missing("domains"));
    }
    let ids = names.iter().map(|name| {
        let id = scm.on_file(name)?;
        Ok(scm.highest(id)?.id)
    });
    let ids: Vec<_> = ids.collect::<Result<_, Problem>>()?;
    check_email(&names, &email)?;
    let mut answer = Map::new();
    for id in ids {
        let Value::Object(submitted) = scm.order_check(id, Mode::Email, Some(email.clone()))?
        else {
            continue;
        };
        answer = submitted;
    }
    answer.retain(|name, _| ["message", "orderStatus", "orderBackendId"].contains(&name.as_str()));
    Ok(ok(&answer.into()))
}

fn take_email(body: &mut Object) -> Result<String, Problem> {
    let email = body.required_text("email", 1..)?;
    match is_email(&email) {
        true => Ok(email),
        false => Err(Problem::invalid_value("email")),
    }
}

/// Only an address out of the answer to the start will do.
fn check_email(names: &[String], email: &str) -> Result<(), Problem> {
    match common(names)
        .iter()
        .any(|known| known.eq_ignore_ascii_case(email))
    {
        true => Ok(()),
        false => Err(Problem::bad(-518, "Unknown email address")),
    }
}

fn addresses(name: &str) -> Value {
    json!({
        "domainName": name,
        "whoisEmails": [REGISTRANT],
        "adminEmails": mailboxes(name),
        "dnsTxtEmails": [IN_DNS],
    })
}

fn mailboxes(name: &str) -> Vec<String> {
    MAILBOXES
        .map(|mailbox| format!("{mailbox}@{name}"))
        .to_vec()
}

/// Those that will do for each of the domains.
fn common(names: &[String]) -> Vec<String> {
    let mut common = match names {
        [name] => mailboxes(name),
        _ => Vec::new(),
    };
    common.extend([IN_DNS, REGISTRANT].map(str::to_owned));
    common
}

fn status_v2(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let query = Query::parse(call.request.query.as_deref())?;
    scm.status(call, query)
}

/// Tells less than its successor: nothing of what is to be published, and no instants.
fn status_v1(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let days = DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    let id = scm.alone(call)?;
    scm.check_control(id);
    Ok(ok(&scm.state_of(id, days)?.into()))
}

fn sync(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    query.choice("force", &["true", "false"])?;
    scm.status(call, query)
}

impl SectigoScm {
    fn status(&mut self, call: &Call<'_>, mut query: Query) -> Result<Reply, Problem> {
        let mut again = query.clone();
        let days = DateFormat::take(&mut query, DateFormat::DAY)?;
        let instants = DateFormat::take(&mut again, DateFormat::INSTANT)?;
        query.finish()?;
        let id = self.alone(call)?;
        self.check_control(id);
        let mut body = self.state_of(id, days)?;
        let domain = self.on_file_mut(id)?;
        if let Some(mode) = domain.dcv.mode()
            && let Value::Object(more) = published(domain.dcv.challenge(&domain.name), mode)
        {
            body.extend(more);
        }
        if let Some(order) = domain.dcv.order() {
            let mut put = |name: &str, value: Option<&String>| {
                body.extend(value.map(|value| (name.to_owned(), value.as_str().into())));
            };
            put("orderBackendId", Some(&order.backend_id));
            put("validationEmail", order.email.as_ref());
            put("emailValidationReferenceNumber", order.reference.as_ref());
            for (name, at) in order.history(days, instants) {
                put(name, Some(&at));
            }
        }
        Ok(ok(&body.into()))
    }

    fn state_of(&self, id: i64, days: DateFormat) -> Result<Map<String, Value>, Problem> {
        let now = self.now();
        let found = self.domains.table.get(id);
        let domain = found.ok_or_else(|| unknown(&id.to_string()))?;
        let shown = &self.domains.decisive(domain, now).dcv;
        let mut body = Map::new();
        let mut put = |name: &str, value: &str| body.insert(name.to_owned(), value.into());
        put("status", shown.status(now));
        if let Some((on, until)) = shown.days(days) {
            put("validationDate", &on);
            put("expirationDate", &until);
        }
        put("orderStatus", domain.dcv.order_status());
        if let Some(mode) = domain.dcv.mode() {
            put("orderMode", mode.text());
        }
        Ok(body)
    }
}

fn clear(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let id = scm.reset(call)?;
    let now = scm.now();
    let dcv = &scm.on_file_mut(id)?.dcv;
    let (status, order) = (dcv.status(now), dcv.order_status());
    Ok(ok(&json!({
        "status": status,
        "orderStatus": order,
        "message": format!("DCV status: {status}; DCV order status: {order}"),
    })))
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    scm.reset(call)?;
    Ok(Reply::empty(StatusCode::OK))
}

impl SectigoScm {
    fn reset(&mut self, call: &Call<'_>) -> Result<i64, Problem> {
        no_parameters(call)?;
        let id = self.alone(call)?;
        self.on_file_mut(id)?.dcv.reset();
        self.domains.ordered.remove(&id);
        Ok(id)
    }
}
