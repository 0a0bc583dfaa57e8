use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;

use super::{description, kind::Kind, record::Record};
use crate::{
    frame::{Call, Query, Reply, x509},
    sectigo_scm::{
        SectigoScm,
        dates::DateFormat,
        filter,
        paging::{self, Page, TOTAL},
        problem::Problem,
    },
};

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

/// One page.
pub(super) fn list<K: Listed>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let mut search = Search::<K>::read(&mut query)?;
    let page = Page::take(&mut query)?;
    K::list_filter(&mut query, &mut search.filter)?;
    let dates = end(query)?;
    let found = scm.found(&search)?;
    let (ids, total) = (page.of(found).to_vec(), found.len());
    let entry = |id| Ok(K::entry(scm, K::records(scm).get(id)?, dates));
    let entries: Result<_, Problem> = ids.into_iter().map(entry).collect();
    Ok(paging::page(entries?, total))
}

/// The number of matches in a header, without any of them.
pub(super) fn count<K: Listed>(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let search = Search::<K>::read(&mut query)?;
    end(query)?;
    let total = scm.found(&search)?.len();
    Ok(Reply::empty(StatusCode::OK).header(TOTAL, total.to_string()))
}

/// What a list is asked for.
struct Search<K> {
    asked: String,
    filter: Filter<K>,
    /// Whether a hash is asked for: those are the certificates' own.
    reads_certificates: bool,
}

impl<K: Listed> Search<K> {
    fn read(query: &mut Query) -> Result<Self, Problem> {
        let mut search = Self {
            asked: paging::asked(query),
            filter: Filter::default(),
            reads_certificates: query.names().any(|name| name.ends_with("Hash")),
        };
        K::filter(query, &mut search.filter)?;
        Ok(search)
    }
}

impl SectigoScm {
    fn found<K: Listed>(&mut self, search: &Search<K>) -> Result<&[i64], Problem> {
        let steps = self.steps();
        K::records_mut(self).settle_due(&steps);
        if search.filter.is_empty() {
            return Ok(K::records(self).ids());
        }
        if search.reads_certificates {
            let ids = K::records(self).ids().to_vec();
            ids.into_iter()
                .try_for_each(|id| self.materialize::<K>(id))?;
        }
        let seen = Seen {
            now: self.now(),
            issuer: self.issuer(),
        };
        let fits = |record: &Record<K>| search.filter.accepts(record, &seen);
        Ok(K::records_mut(self).matching(&search.asked, seen.now, fits))
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

/// The conditions of a list of certificates.
pub(super) type Filter<K> = filter::Filter<Record<K>, Seen>;

impl<K: Listed> Filter<K> {
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
            self.when(move |it, _| it.has_serial(&asked));
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

    pub(super) fn hash(
        &mut self,
        asked: Option<String>,
        digest: impl Fn(&[u8]) -> Vec<u8> + 'static,
    ) {
        if let Some(asked) = asked {
            self.when(move |it, _| {
                let hash = it.certificate.as_ref().map(|issued| digest(&issued.der));
                hash.is_some_and(|hash| x509::hex(&hash, "").eq_ignore_ascii_case(&asked))
            });
        }
    }
}
