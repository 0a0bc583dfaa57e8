//! The customer's domains, to whom they are delegated, and whether control over them was shown.

pub(super) mod dcv;
mod delegation;
mod dns;
pub(super) mod domain;
mod facts;
pub(super) mod order;

pub(super) use self::dns::PATH as DNS;
pub(super) use self::facts::DomainFacts;

use std::{
    collections::{BTreeSet, HashMap},
    net::IpAddr,
};

use jiff::Timestamp;

use self::{
    dns::Published,
    domain::Domain,
    order::{Challenge, Mode},
};
use super::{SectigoScm, problem::Problem};
use crate::frame::Table;

/// The domains that there are at the start: delegated to both organizations, and validated.
const DOMAINS: [&str; 3] = ["example.com", "example.net", "example.org"];
const BEFORE_FIRST: i64 = 3000;
const BEFORE_FIRST_ORDER: i64 = 600_000;

/// All domains, and what they publish.
#[derive(Debug)]
pub(super) struct Domains {
    table: Table<Domain>,
    by_name: HashMap<String, i64>,
    /// Those that the authority is to check.
    ordered: BTreeSet<i64>,
    last_order: i64,
    published: Published,
}

impl Domains {
    pub(super) fn made_up(now: Timestamp) -> Self {
        let mut domains = Self {
            table: Table::after(BEFORE_FIRST),
            by_name: HashMap::new(),
            ordered: BTreeSet::new(),
            last_order: BEFORE_FIRST_ORDER,
            published: Published::default(),
        };
        for name in DOMAINS {
            let id = domains.table.next_id();
            domains.insert(Domain::made_up(id, name, now));
        }
        domains
    }

    fn insert(&mut self, domain: Domain) {
        self.by_name.insert(domain.name.clone(), domain.id);
        self.table.insert(domain.id, domain);
    }

    fn remove(&mut self, id: i64) {
        self.ordered.remove(&id);
        if let Some(domain) = self.table.remove(id) {
            self.by_name.remove(&domain.name);
        }
    }

    fn named(&self, name: &str) -> Option<i64> {
        self.by_name.get(&name.to_lowercase()).copied()
    }

    /// The one whose validation counts for a domain: its own, unless only one above is valid.
    fn decisive<'d>(&'d self, domain: &'d Domain, now: Timestamp) -> &'d Domain {
        decisive(&self.table, &self.by_name, domain, now)
    }

    /// Whether what an authority asked for is published.
    pub(super) fn has_published(&self, challenge: &Challenge, mode: Mode) -> bool {
        challenge.is_met(mode, &self.published)
    }

    /// Until when control over a name counts; in the past where it counts no more.
    pub(super) fn valid_until(&self, name: &str, now: Timestamp) -> Option<Timestamp> {
        let line = lineage(&self.by_name, name);
        let mut line = line.into_iter().filter_map(|id| self.table.get(id));
        let nearest = line.clone().find_map(|domain| domain.dcv.until());
        let valid = line.find(|domain| domain.dcv.is_valid(now));
        valid.and_then(|domain| domain.dcv.until()).or(nearest)
    }

    /// Counts what may have changed a domain.
    pub(super) fn version(&self) -> u64 {
        self.table.version()
    }

    /// Organizations that a domain would lose its last delegation with.
    pub(super) fn depend_on(&self, organizations: &[i64]) -> bool {
        let mut all = self.table.values();
        all.any(|domain| domain.depends_on(organizations))
    }

    /// Takes from domains what was delegated to organizations that are no more.
    pub(super) fn forget(&mut self, organizations: &[i64]) {
        for id in self.table.ids().to_vec() {
            if let Some(domain) = self.table.get_mut(id) {
                domain.forget(organizations);
            }
        }
    }
}

impl SectigoScm {
    /// Refuses an order for names whose domains are not validated, suspended, or not delegated.
    pub(super) fn check_domains(
        &mut self,
        organization: i64,
        names: &[String],
    ) -> Result<(), Problem> {
        let parent = self.organizations.get(organization)?.parent;
        for name in names {
            if name.parse::<IpAddr>().is_err() && !self.is_shown(organization, parent, name)? {
                self.unvalidated(name)?;
            }
        }
        Ok(())
    }

    /// Whether an organization may order for a name whose domain is validated.
    pub(super) fn may_order_at_once(&mut self, organization: i64, name: &str) -> bool {
        let organization = self.organizations.get(organization);
        let Ok((id, parent)) = organization.map(|it| (it.id, it.parent)) else {
            return false;
        };
        self.is_shown(id, parent, name).unwrap_or(false)
    }

    /// Whether control over a name was shown; refuses one that an organization may not order for.
    fn is_shown(
        &mut self,
        organization: i64,
        parent: Option<i64>,
        name: &str,
    ) -> Result<bool, Problem> {
        let bare = name.strip_prefix("*.").unwrap_or(name);
        let line = lineage(&self.domains.by_name, bare);
        let Some(id) = line.first().copied() else {
            return Ok(false);
        };
        let domain = self.domains.table.get(id).ok_or_else(|| unknown(bare))?;
        if !domain.active {
            let why = format!("The domain '{}' is inactive.", domain.name);
            return Err(Problem::bad(-715, why));
        }
        let owners = [Some(organization), parent];
        let mut owners = owners.into_iter().flatten();
        if !owners.any(|owner| domain.may_order(owner, name)) {
            return Err(Problem::bad(
                -1010,
                format!("Domain '{name}' is not allowed."),
            ));
        }
        Ok(self.is_validated(bare))
    }

    fn unvalidated(&self, name: &str) -> Result<(), Problem> {
        match self.options.pre_validation {
            true => Err(Problem::bad(
                -107,
                format!(
                    "Domain Control Validation is either incomplete or expired for {name}. Please \
                     complete it before requesting a certificate."
                ),
            )),
            false => Ok(()),
        }
    }

    /// Whether control over a name, or over what it lies below, was shown and counts today.
    fn is_validated(&mut self, name: &str) -> bool {
        let lineage = lineage(&self.domains.by_name, name);
        for id in &lineage {
            self.check_control(*id);
        }
        let now = self.now();
        let mut domains = lineage.iter().filter_map(|id| self.domains.table.get(*id));
        domains.any(|domain| domain.dcv.is_valid(now))
    }
}

/// The domains that a name is or lies below, the nearest first.
fn lineage(by_name: &HashMap<String, i64>, name: &str) -> Vec<i64> {
    let above = name.match_indices('.').map(|(dot, _)| &name[dot + 1..]);
    let names = std::iter::once(name).chain(above);
    let known = names.filter_map(|name| by_name.get(&name.to_lowercase()));
    known.copied().collect()
}

fn decisive<'d>(
    table: &'d Table<Domain>,
    by_name: &HashMap<String, i64>,
    domain: &'d Domain,
    now: Timestamp,
) -> &'d Domain {
    let line = lineage(by_name, &domain.name);
    let mut line = line.into_iter().filter_map(|id| table.get(id));
    line.find(|one| one.dcv.is_valid(now)).unwrap_or(domain)
}

fn unknown(name: &str) -> Problem {
    Problem::bad(-727, format!("The domain '{name}' does not exist."))
}
