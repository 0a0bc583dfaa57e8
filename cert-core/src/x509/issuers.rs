use std::collections::{HashMap, HashSet};

use super::certificate::Certificate;
use super::name::CanonicalPart;

/// How many issuers a chain has at most, as in OpenSSL; genuine ones have three.
const DEPTH_LIMIT: usize = 100;

/// Which certificates of a pool may have issued which.
///
/// Names and key identifiers are compared once, when the pool is taken in, and not for each chain.
pub(crate) struct Issuers<'a> {
    pool: Vec<&'a Certificate>,
    by_name: HashMap<Vec<CanonicalPart<'a>>, Namesakes<'a>>,
    /// Places in the pool, the preferred ones first.
    lists: Vec<Vec<usize>>,
    /// For each certificate of the pool.
    candidates: Vec<Candidates>,
}

/// The lists of those that have one subject.
struct Namesakes<'a> {
    all: usize,
    by_key: HashMap<Option<&'a [u8]>, usize>,
}

/// The lists of those that may have issued a certificate, the better one first.
type Candidates = [Option<usize>; 2];

impl<'a> Issuers<'a> {
    pub(crate) fn among(pool: impl IntoIterator<Item = &'a Certificate>) -> Self {
        let mut issuers = Self {
            pool: pool.into_iter().collect(),
            by_name: HashMap::new(),
            lists: Vec::new(),
            candidates: Vec::new(),
        };
        for place in 0..issuers.pool.len() {
            issuers.list(place);
        }
        let candidates = issuers.pool.iter().map(|one| issuers.candidates_of(one));
        issuers.candidates = candidates.collect();
        issuers.prefer_those_that_lead_on();
        issuers
    }

    /// The chain of those that vouch for a certificate, each followed by its own issuer. `own` is
    /// the place of the certificate in the pool, if it is there.
    ///
    /// An issuer that leads on is preferred to a root of the same name, and one whose key
    /// identifier fits to one that has none.
    pub(crate) fn chain(&self, certificate: &Certificate, own: Option<usize>) -> Vec<usize> {
        let mut used: HashSet<_> = own.into_iter().collect();
        let mut chain = Vec::new();
        let mut candidates = match own {
            Some(place) => self.candidates[place],
            None => self.candidates_of(certificate),
        };
        while let Some(next) = self.first_unused(&candidates, &used)
            && chain.len() < DEPTH_LIMIT
        {
            used.insert(next);
            chain.push(next);
            candidates = self.candidates[next];
        }
        chain
    }

    #[cfg(feature = "pkcs12")]
    pub(crate) fn at(&self, place: usize) -> &'a Certificate {
        self.pool[place]
    }

    fn list(&mut self, place: usize) {
        let certificate = self.pool[place];
        let lists = &mut self.lists;
        let mut new_list = || {
            lists.push(Vec::new());
            lists.len() - 1
        };
        let name = certificate.subject().in_order();
        let namesakes = self.by_name.entry(name).or_insert_with(|| Namesakes {
            all: new_list(),
            by_key: HashMap::new(),
        });
        let key = certificate.subject_key_identifier();
        let with_key = *namesakes.by_key.entry(key).or_insert_with(&mut new_list);
        self.lists[namesakes.all].push(place);
        self.lists[with_key].push(place);
    }

    /// By name, and by key identifier where both sides have one.
    fn candidates_of(&self, certificate: &Certificate) -> Candidates {
        if certificate.is_self_issued() {
            return [None, None];
        }
        let Some(namesakes) = self.by_name.get(&certificate.issuer().in_order()) else {
            return [None, None];
        };
        let with_key = |key| namesakes.by_key.get(&key).copied();
        match certificate.authority_key_identifier() {
            Some(key) => [with_key(Some(key)), with_key(None)],
            None => [Some(namesakes.all), None],
        }
    }

    fn first_unused(&self, candidates: &Candidates, used: &HashSet<usize>) -> Option<usize> {
        let places = candidates
            .iter()
            .flatten()
            .flat_map(|list| &self.lists[*list]);
        places.copied().find(|place| !used.contains(place))
    }

    /// Those that lead nowhere go to the end of their lists, which keep the order of the pool.
    fn prefer_those_that_lead_on(&mut self) {
        let leads_nowhere = |place: &usize| self.candidates[*place] == [None, None];
        for list in &mut self.lists {
            list.sort_by_key(leads_nowhere);
        }
    }
}
