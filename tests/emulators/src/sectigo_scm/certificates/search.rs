use http::{HeaderName, StatusCode};
use jiff::Timestamp;
use serde_json::Value;

use super::{description, kind::Kind, record::Record};
use crate::{
    frame::{Call, Query, Reply, x509},
    sectigo_scm::{SectigoScm, dates::DateFormat, ok, problem::Problem},
};

const TOTAL: HeaderName = HeaderName::from_static("x-total-count");
const LARGEST_PAGE: i64 = 200;

/// A kind of certificate that can be listed and counted.
pub(super) trait Listed: Kind {
    /// Reads the parameters that lists and counts take.
    fn filter(query: &mut Query, filter: &mut Filter<Self>) -> Result<(), Problem>;

    /// Reads those that only lists take.
    fn list_filter(query: &mut Query, filter: &mut Filter<Self>) -> Result<(), Problem> {
        let _ = (query, filter);
        Ok(())
    }

    /// One entry of the list.
    fn entry(scm: &SectigoScm, record: &Record<Self>, dates: DateFormat) -> Value;
}

/// One page; sizes above the vendor's limit are cut down to it without a word.
pub(super) fn list<K: Listed>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let size = query
        .integer("size", 0..)?
        .unwrap_or(LARGEST_PAGE)
        .min(LARGEST_PAGE);
    let position = query.integer("position", 0..)?.unwrap_or(0);
    let mut filter = Filter::<K>::read(&mut query)?;
    K::list_filter(&mut query, &mut filter)?;
    let dates = end(query)?;
    let found = scm.filtered(&filter)?;
    let page = found.iter().skip(to_usize(position)).take(to_usize(size));
    let entries = page.map(|id| Ok(K::entry(scm, K::records(scm).get(*id)?, dates)));
    let entries: Value = entries.collect::<Result<_, Problem>>()?;
    Ok(ok(&entries).header(TOTAL, found.len().to_string()))
}

/// The number of matches in a header, without any of them.
pub(super) fn count<K: Listed>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let filter = Filter::<K>::read(&mut query)?;
    end(query)?;
    let total = scm.filtered(&filter)?.len();
    Ok(Reply::empty(StatusCode::OK).header(TOTAL, total.to_string()))
}

impl SectigoScm {
    fn filtered<K: Listed>(&mut self, filter: &Filter<K>) -> Result<Vec<i64>, Problem> {
        self.settle_all::<K>()?;
        if filter.reads_certificates {
            let ids: Vec<_> = K::records(self).all.keys().copied().collect();
            ids.into_iter()
                .try_for_each(|id| self.materialize::<K>(id))?;
        }
        let seen = Seen {
            now: self.now(),
            issuer: self.issuer(),
        };
        let accepted = K::records(self)
            .all
            .values()
            .filter(|record| filter.accepts(record, &seen));
        Ok(accepted.map(|record| record.id).collect())
    }
}

/// How an answer whose query holds nothing more writes its days.
pub(super) fn end(mut query: Query) -> Result<DateFormat, Problem> {
    let dates = DateFormat::take(&mut query, DateFormat::DAY)?;
    query.finish()?;
    Ok(dates)
}

/// What a filter may need beside the certificate.
pub(super) struct Seen {
    pub(super) now: Timestamp,
    pub(super) issuer: String,
}

type Condition<K> = Box<dyn Fn(&Record<K>, &Seen) -> bool>;

/// All conditions have to hold. Texts match anywhere and whatever their case; hashes, serial
/// numbers, ids and everything from a closed set match as a whole.
pub(super) struct Filter<K> {
    conditions: Vec<Condition<K>>,
    reads_certificates: bool,
}

impl<K: Listed> Filter<K> {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        let mut filter = Self {
            conditions: Vec::new(),
            reads_certificates: false,
        };
        K::filter(query, &mut filter)?;
        Ok(filter)
    }

    /// What filters of servers and devices know of names, owners and keys.
    pub(super) fn common(&mut self, query: &mut Query) -> Result<(), Problem> {
        self.contains(query.text("commonName")?, |it, _| {
            vec![it.common_name.clone()]
        });
        self.equals(query.integer("orgId", ..)?, |it, _| it.organization);
        self.keys(query)
    }

    /// What all of them know of serial numbers and keys.
    pub(super) fn keys(&mut self, query: &mut Query) -> Result<(), Problem> {
        if let Some(asked) = query.text("serialNumber")? {
            self.conditions
                .push(Box::new(move |it, _| it.has_serial(&asked)));
        }
        self.contains(query.text("signatureAlgorithm")?, |it, _| {
            let signed = it.serial.iter();
            signed
                .map(|_| description::SIGNATURE_ALGORITHM.to_owned())
                .collect()
        });
        self.contains(query.text("keyAlgorithm")?, |it, _| {
            vec![description::key_algorithm(&it.key).to_owned()]
        });
        self.equals(query.text("keyParam")?, |it, _| {
            description::key_parameter(&it.key).unwrap_or_default()
        });
        self.contains(query.text("keyUsage")?, |it, _| {
            description::key_usages(&it.key)
                .iter()
                .map(ToString::to_string)
                .collect()
        });
        Ok(())
    }

    pub(super) fn contains(
        &mut self,
        asked: Option<String>,
        texts: impl Fn(&Record<K>, &Seen) -> Vec<String> + 'static,
    ) {
        if let Some(asked) = asked.map(|asked| asked.to_lowercase()) {
            self.conditions.push(Box::new(move |certificate, seen| {
                let texts = texts(certificate, seen);
                texts
                    .iter()
                    .any(|text| text.to_lowercase().contains(&asked))
            }));
        }
    }

    pub(super) fn equals<T: PartialEq + 'static>(
        &mut self,
        asked: Option<T>,
        value: impl Fn(&Record<K>, &Seen) -> T + 'static,
    ) {
        if let Some(asked) = asked {
            let condition = move |it: &Record<K>, seen: &Seen| value(it, seen) == asked;
            self.conditions.push(Box::new(condition));
        }
    }

    pub(super) fn hash(
        &mut self,
        asked: Option<String>,
        digest: impl Fn(&[u8]) -> Vec<u8> + 'static,
    ) {
        if let Some(asked) = asked {
            self.reads_certificates = true;
            self.conditions.push(Box::new(move |it, _| {
                let hash = it.certificate.as_ref().map(|issued| digest(&issued.der));
                hash.is_some_and(|hash| x509::hex(&hash, "").eq_ignore_ascii_case(&asked))
            }));
        }
    }

    fn accepts(&self, certificate: &Record<K>, seen: &Seen) -> bool {
        self.conditions
            .iter()
            .all(|condition| condition(certificate, seen))
    }
}

fn to_usize(number: i64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
