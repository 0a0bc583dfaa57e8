//! What reports say of domains.

use jiff::Timestamp;

use super::{Domain, order::Mode};
use crate::sectigo_scm::SectigoScm;

/// What a report can say of one domain.
#[derive(Debug)]
pub(in crate::sectigo_scm) struct DomainFacts {
    pub(in crate::sectigo_scm) id: i64,
    pub(in crate::sectigo_scm) name: String,
    pub(in crate::sectigo_scm) active: bool,
    /// `VALIDATED`, `EXPIRED` or `NOT_VALIDATED`.
    pub(in crate::sectigo_scm) status: &'static str,
    pub(in crate::sectigo_scm) order_status: &'static str,
    pub(in crate::sectigo_scm) until: Option<Timestamp>,
    pub(in crate::sectigo_scm) method: Option<&'static str>,
    pub(in crate::sectigo_scm) order_method: Option<&'static str>,
    pub(in crate::sectigo_scm) organizations: Vec<i64>,
}

impl SectigoScm {
    /// The numbers of all domains.
    pub(in crate::sectigo_scm) fn reported_domains(&self) -> Vec<i64> {
        self.domains.table.ids().to_vec()
    }

    /// What there is to say of one of them, unless it is gone.
    pub(in crate::sectigo_scm) fn domain_facts(&self, id: i64) -> Option<DomainFacts> {
        let domain = self.domains.table.get(id)?;
        Some(facts(domain, self.now()))
    }
}

fn facts(domain: &Domain, now: Timestamp) -> DomainFacts {
    let organizations = domain.delegations.iter().map(|it| it.organization);
    DomainFacts {
        id: domain.id,
        name: domain.name.clone(),
        active: domain.active,
        status: domain.dcv.status(now),
        order_status: domain.dcv.order_status(),
        until: domain.dcv.until(),
        method: domain.dcv.method(),
        order_method: domain.dcv.mode().map(Mode::text),
        organizations: organizations.collect(),
    }
}
