use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use jiff::Timestamp;

use super::{
    certificate::Found,
    sighting::{Handshake, Location, Sighting},
};
use crate::sectigo_scm::certificates::Filed;

/// Everything that scans found, by its hash.
#[derive(Debug, Default)]
pub(super) struct Findings {
    all: HashMap<String, Known>,
}

/// A certificate that was found, wherever that was.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) found: Arc<Found>,
    pub(super) discovered: Timestamp,
    pub(super) locations: BTreeSet<Location>,
    /// Its place among the certificates of organizations, once it has one.
    pub(super) filed: Option<Filed>,
}

/// One line of a scan's results.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) hash: String,
    pub(super) location: Location,
    pub(super) handshake: Option<Handshake>,
}

impl Findings {
    pub(super) fn get(&self, hash: &str) -> Option<&Known> {
        self.all.get(hash)
    }

    pub(super) fn file(&mut self, hash: &str, filed: Filed) {
        if let Some(known) = self.all.get_mut(hash) {
            known.filed = Some(filed);
        }
    }

    /// Takes note of a certificate; none when it cannot be read.
    pub(super) fn see(&mut self, sighting: Sighting, now: Timestamp) -> Option<Finding> {
        let found = Found::parse(&sighting.der)?;
        let hash = found.hash();
        let known = self.all.entry(hash.clone()).or_insert_with(|| Known {
            found: Arc::new(found),
            discovered: now,
            locations: BTreeSet::new(),
            filed: None,
        });
        known.locations.insert(sighting.location.clone());
        Some(Finding {
            hash,
            location: sighting.location,
            handshake: sighting.handshake,
        })
    }
}
