use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{kind::Kind, record::Record};
use crate::{
    frame::Table,
    sectigo_scm::{problem::Problem, progress::Steps},
};

/// All certificates of a kind.
///
/// Whichever is handed out to be changed, others may have to take its next step: that is looked
/// after when the next list is read, and nothing else is then.
#[derive(Debug)]
pub(super) struct Records<K> {
    table: Table<Record<K>>,
    touched: Vec<i64>,
    due: BTreeSet<(Timestamp, i64)>,
    pub(super) last_location: i64,
}

impl<K> Default for Records<K> {
    fn default() -> Self {
        Self {
            table: Table::default(),
            touched: Vec::new(),
            due: BTreeSet::new(),
            last_location: 0,
        }
    }
}

impl<K: Kind> Records<K> {
    /// Adds a certificate under its own id.
    pub(super) fn insert(&mut self, record: Record<K>) {
        if record.waits() {
            self.touched.push(record.id);
        }
        self.table.insert(record.id, record);
    }

    pub(super) fn remove(&mut self, id: i64) {
        self.table.remove(id);
    }

    pub(super) fn next_id(&self) -> i64 {
        self.table.next_id()
    }

    /// The ids, lowest first.
    pub(super) fn ids(&self) -> &[i64] {
        self.table.ids()
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &Record<K>> {
        self.table.values()
    }

    pub(super) fn get(&self, id: i64) -> Result<&Record<K>, Problem> {
        self.table.get(id).ok_or_else(|| K::unknown(id))
    }

    pub(super) fn get_mut(&mut self, id: i64) -> Result<&mut Record<K>, Problem> {
        if self.touched.last() != Some(&id) {
            self.touched.push(id);
        }
        self.table.get_mut(id).ok_or_else(|| K::unknown(id))
    }

    /// The same for what is made up when somebody first looks: it was there all the time.
    pub(super) fn made_up_mut(&mut self, id: i64) -> Result<&mut Record<K>, Problem> {
        self.table.unseen_mut(id).ok_or_else(|| K::unknown(id))
    }

    pub(super) fn find(&self, fits: impl Fn(&Record<K>) -> bool) -> Option<&Record<K>> {
        self.values().find(|record| fits(record))
    }

    pub(super) fn by_backend_id(&self, id: &str) -> Option<&Record<K>> {
        self.find(|record| record.backend_id() == id)
    }

    pub(super) fn by_serial(&self, serial: &str) -> Option<&Record<K>> {
        self.find(|record| record.has_serial(serial))
    }

    /// The same for the number itself, which compares faster than its text.
    pub(super) fn by_serial_number(&self, serial: &[u8]) -> Option<&Record<K>> {
        self.find(|record| record.has_serial_number(serial))
    }

    pub(super) fn belong_to(&self, organizations: &[i64]) -> bool {
        self.values()
            .any(|record| organizations.contains(&record.organization))
    }

    /// Makes one administrator the requester of what another one requested.
    pub(super) fn hand_over(&mut self, from: i64, to: i64, requester: &str) {
        let all = self.table.values();
        let theirs = all.filter(|record| record.requester_id == Some(from));
        let theirs: Vec<_> = theirs.map(|record| record.id).collect();
        for record in theirs {
            if let Ok(record) = self.get_mut(record) {
                record.requester = requester.to_owned();
                record.requester_id = Some(to);
            }
        }
    }

    /// The ids of those that fit what is asked for.
    pub(super) fn matching(
        &mut self,
        asked: &str,
        now: Timestamp,
        fits: impl Fn(&Record<K>) -> bool,
    ) -> &[i64] {
        let expiry = |record: &Record<K>| Some(record.expires);
        self.table.matching(asked, now, fits, expiry)
    }

    /// Moves one certificate on as far as others have worked on it by now.
    pub(super) fn settle(&mut self, id: i64, steps: &Steps) -> Result<(), Problem> {
        if self.get(id)?.is_due(steps) {
            self.get_mut(id)?.settle(steps);
        }
        Ok(())
    }

    /// Moves all of them on.
    pub(super) fn settle_due(&mut self, steps: &Steps) {
        self.note_touched(steps);
        let later = self.due.split_off(&(steps.now, i64::MAX));
        let due = std::mem::replace(&mut self.due, later);
        for (_, id) in due {
            // One that was deleted in the meantime needs nothing.
            let _ = self.settle(id, steps);
        }
        self.note_touched(steps);
    }

    fn note_touched(&mut self, steps: &Steps) {
        for id in std::mem::take(&mut self.touched) {
            let record = self.table.get(id);
            if let Some(at) = record.and_then(|record| record.next_step(steps)) {
                self.due.insert((at, id));
            }
        }
    }
}
