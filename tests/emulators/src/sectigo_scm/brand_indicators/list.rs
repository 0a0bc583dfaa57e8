use std::cmp::Ordering;

use jiff::Timestamp;

use super::{PROFILE_NAME, record::Record};
use crate::{
    frame::{Call, Query, Reply, x509},
    sectigo_scm::{
        SectigoScm,
        administrators::{Administrator, Administrators},
        dates::DateFormat,
        paging,
        problem::Problem,
    },
};

/// The fields that conditions and orders take; `comments` has no order, `id` no condition.
const FIELDS: [&str; 15] = [
    "profile",
    "organizationId",
    "sha1Fingerprint",
    "serialNumber",
    "verificationType",
    "expires",
    "requested",
    "status",
    "orderNumber",
    "approverName",
    "subjectAlternativeNames",
    "comments",
    "issuer",
    "commonName",
    "id",
];
const LARGEST_PAGE: i64 = 200;

pub(super) fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let conditions = query.all("filter");
    let orders = query.all("sort");
    let asked = format!("{conditions:?} {orders:?}");
    let conditions: Vec<_> = conditions
        .iter()
        .map(|text| Condition::read(text))
        .collect::<Result<_, _>>()?;
    let orders: Vec<_> = orders
        .iter()
        .map(|text| Order::read(text))
        .collect::<Result<_, _>>()?;
    let size = query
        .integer("size", 1..)?
        .unwrap_or(LARGEST_PAGE)
        .min(LARGEST_PAGE);
    let page = query.integer("page", 0..)?.unwrap_or(0);
    let dates = DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    for id in scm.brand_indicators.open.clone() {
        scm.settle_brand_indicator(id)?;
    }
    let found = scm.found_brand_indicators(&asked, &conditions, &orders);
    let total = found.len();
    let (size, page) = (to_usize(size), to_usize(page));
    let ids = found.into_iter().skip(page.saturating_mul(size)).take(size);
    let records = ids.filter_map(|id| scm.brand_indicators.table.get(id));
    let entries = records.map(|record| scm.brand_indicator_entry(record, dates));
    Ok(paging::page(entries.collect(), total))
}

impl SectigoScm {
    fn found_brand_indicators(
        &mut self,
        asked: &str,
        conditions: &[Condition],
        orders: &[Order],
    ) -> Vec<i64> {
        let now = self.now();
        let administrators = &self.administrators;
        let seen = Seen {
            now,
            administrators,
        };
        let table = &mut self.brand_indicators.table;
        let found = table.found(asked, now, |table| {
            let accepted =
                |record: &&Record| conditions.iter().all(|one| one.accepts(record, &seen));
            let mut records: Vec<_> = table.values().filter(accepted).collect();
            records.sort_by(|one, other| compare(orders, one, other, &seen));
            let ids = records.iter().map(|record| record.id).collect();
            (ids, table.next_change(now, Record::expires))
        });
        found.to_vec()
    }
}

/// What conditions see beside the certificate.
struct Seen<'s> {
    now: Timestamp,
    administrators: &'s Administrators,
}

/// A value of a field.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Time(Option<Timestamp>),
    Text(String),
}

/// `field`, an operator, and a value.
struct Condition {
    field: &'static str,
    operator: char,
    value: String,
}

/// `field`, perhaps with `,asc` or `,desc` behind it.
struct Order {
    field: &'static str,
    descending: bool,
}

impl Condition {
    fn read(text: &str) -> Result<Self, Problem> {
        let invalid = || Problem::invalid_value("filter");
        let place = text.find(['=', '>', '<']).ok_or_else(invalid)?;
        let (field, rest) = text.split_at(place);
        let field = known(field)
            .filter(|field| *field != "id")
            .ok_or_else(invalid)?;
        let mut characters = rest.chars();
        let operator = characters.next().ok_or_else(invalid)?;
        let value = characters.as_str().to_owned();
        let condition = Self {
            field,
            operator,
            value,
        };
        match condition.is_readable() {
            true => Ok(condition),
            false => Err(invalid()),
        }
    }

    fn is_readable(&self) -> bool {
        match self.field {
            "organizationId" => self.value.parse::<i64>().is_ok(),
            "expires" | "requested" => instant(&self.value).is_some(),
            _ => true,
        }
    }

    fn accepts(&self, record: &Record, seen: &Seen<'_>) -> bool {
        let found = match key(self.field, record, seen) {
            Key::Number(number) => self.value.parse().ok().map(|value| number.cmp(&value)),
            Key::Time(at) => at.and_then(|at| self.compared(at)),
            Key::Text(text) => Some(text.to_lowercase().cmp(&self.value.to_lowercase())),
        };
        found
            == Some(match self.operator {
                '>' => Ordering::Greater,
                '<' => Ordering::Less,
                _ => Ordering::Equal,
            })
    }

    /// A day counts from its beginning, and is equal to all that happens on it.
    fn compared(&self, at: Timestamp) -> Option<Ordering> {
        let is_that_day = DateFormat::DAY.write(at) == self.value;
        match (self.operator, is_that_day) {
            ('=', true) => Some(Ordering::Equal),
            _ => instant(&self.value).map(|value| at.cmp(&value)),
        }
    }
}

impl Order {
    fn read(text: &str) -> Result<Self, Problem> {
        let (field, direction) = text.split_once(',').unwrap_or((text, "asc"));
        let field = known(field).filter(|field| *field != "comments");
        match (field, direction) {
            (Some(field), "asc" | "desc") => Ok(Self {
                field,
                descending: direction == "desc",
            }),
            _ => Err(Problem::invalid_value("sort")),
        }
    }
}

fn compare(orders: &[Order], one: &Record, other: &Record, seen: &Seen<'_>) -> Ordering {
    let by = |order: &Order| {
        let found = key(order.field, one, seen).cmp(&key(order.field, other, seen));
        match order.descending {
            true => found.reverse(),
            false => found,
        }
    };
    let different = orders.iter().map(by).find(|found| found.is_ne());
    different.unwrap_or_else(|| one.id.cmp(&other.id))
}

fn key(field: &str, record: &Record, seen: &Seen<'_>) -> Key {
    let issued = record.issued.as_ref();
    let certificate = issued.map(|issued| &issued.certificate);
    let name = |id| seen.administrators.get(id).map(Administrator::name);
    Key::Text(match field {
        "id" => return Key::Number(record.id),
        "organizationId" => return Key::Number(record.asked.organization),
        "expires" => return Key::Time(record.expires()),
        "requested" => return Key::Time(Some(record.requested)),
        "profile" => PROFILE_NAME.to_owned(),
        "sha1Fingerprint" => issued.map(|one| one.sha1.clone()).unwrap_or_default(),
        "serialNumber" => certificate
            .map(|one| x509::hex(&one.serial, ":"))
            .unwrap_or_default(),
        "verificationType" => "COMMON".to_owned(),
        "status" => record.status_at(seen.now).to_owned(),
        "orderNumber" => record.order.clone(),
        "approverName" => {
            let approver = record.approver.and_then(name);
            approver.unwrap_or_default()
        }
        "subjectAlternativeNames" => certificate
            .map(|one| one.names.join(","))
            .unwrap_or_default(),
        "issuer" => certificate
            .map(|one| one.issuer.clone())
            .unwrap_or_default(),
        "commonName" => record.domain.clone(),
        _ => String::new(),
    })
}

fn known(field: &str) -> Option<&'static str> {
    FIELDS.into_iter().find(|known| *known == field)
}

/// An instant, or the beginning of a day.
fn instant(text: &str) -> Option<Timestamp> {
    let midnight = format!("{text}T00:00:00Z");
    text.parse().or_else(|_| midnight.parse()).ok()
}

fn to_usize(number: i64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
