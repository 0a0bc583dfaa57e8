use std::collections::HashMap;
use std::iter;

use super::Pkcs12Certificate;
use crate::keys::{PrivateKey, PublicHalf};
use crate::x509::issuers::Issuers;
use crate::x509::{Certificate, CertificateChain};

/// What ties the keys of a store to its certificates, and these to each other.
pub(super) struct Ties<'a> {
    certificates: &'a [Pkcs12Certificate],
    /// Which certificates are the same, by the place of the first in the pool.
    places: Vec<usize>,
    issuers: Issuers<'a>,
    /// The number of each public key, and with it the first certificate that has it.
    halves: HashMap<PublicHalf, (usize, usize)>,
    /// The first certificate with this local key id.
    by_id: HashMap<&'a [u8], usize>,
    /// The first with this local key id and public key; no number where the key cannot be read.
    by_both: HashMap<(&'a [u8], Option<usize>), usize>,
}

impl<'a> Ties<'a> {
    pub(super) fn between(certificates: &'a [Pkcs12Certificate]) -> Self {
        let (pool, places) = pool(certificates);
        let mut ties = Self {
            certificates,
            places,
            issuers: Issuers::among(pool),
            halves: HashMap::new(),
            by_id: HashMap::new(),
            by_both: HashMap::new(),
        };
        for (index, one) in certificates.iter().enumerate() {
            ties.add(index, one);
        }
        ties
    }

    /// The certificate of the key, and those that vouch for it.
    pub(super) fn chain(&self, key: &PrivateKey, id: Option<&[u8]>) -> Option<CertificateChain> {
        let own = self.own_certificate(key, id)?;
        let leaf = &self.certificates[own].certificate;
        let issuers = self.issuers.chain(leaf, Some(self.places[own]));
        let issuers = issuers.into_iter().map(|place| self.issuers.at(place));
        let chain = iter::once(leaf).chain(issuers).cloned().collect();
        Some(CertificateChain::linked(chain))
    }

    /// By public key, the local key id deciding between several: writers there are that give one id
    /// to a whole chain. A key whose public half is not known has only the id.
    fn own_certificate(&self, key: &PrivateKey, id: Option<&[u8]>) -> Option<usize> {
        let Ok(half) = key.public_half() else {
            return self.by_id.get(id?).copied();
        };
        let known = self.halves.get(&half);
        let number = known.map(|(number, _)| *number);
        let with_id = |number| self.by_both.get(&(id?, number)).copied();
        let by_id = [
            number.and_then(|number| with_id(Some(number))),
            with_id(None),
        ];
        let by_id = by_id.into_iter().flatten().min();
        by_id.or(known.map(|(_, first)| *first))
    }

    fn add(&mut self, index: usize, one: &'a Pkcs12Certificate) {
        let number = self.halves.len();
        let half = PublicHalf::read(one.certificate.public_key_der());
        let number = half.map(|half| self.halves.entry(half).or_insert((number, index)).0);
        if let Some(id) = one.local_key_id() {
            self.by_id.entry(id).or_insert(index);
            self.by_both.entry((id, number.ok())).or_insert(index);
        }
    }
}

/// The certificates without duplicates, and where each stands among them.
fn pool(certificates: &[Pkcs12Certificate]) -> (Vec<&Certificate>, Vec<usize>) {
    let mut known = HashMap::new();
    let mut pool = Vec::new();
    let mut places = Vec::with_capacity(certificates.len());
    for one in certificates {
        let place = *known.entry(&one.certificate).or_insert(pool.len());
        if place == pool.len() {
            pool.push(&one.certificate);
        }
        places.push(place);
    }
    (pool, places)
}
