use std::collections::HashSet;

use crate::client::Page;

/// What is kept of a page to hold its neighbours against it.
pub(super) struct Joint {
    /// Tells the page from any other.
    mark: u64,
    /// The position of the page after it.
    pub(super) next: u64,
    ids: Option<Ids>,
    /// How many of its neighbours are still to come.
    pub(super) open: u8,
}

struct Ids {
    first: u64,
    last: u64,
    all: HashSet<u64>,
}

impl Joint {
    /// Of a page with entries.
    pub(super) fn of<T>(page: &Page<T>, next: u64) -> Self {
        Self {
            mark: page.mark,
            next,
            ids: page.identify.and_then(|identify| {
                let ids = || page.items.iter().map(identify);
                Some(Ids {
                    first: ids().next()?,
                    last: ids().next_back()?,
                    all: ids().collect(),
                })
            }),
            open: 2,
        }
    }

    /// Whether the page is the same one.
    pub(super) fn repeats(&self, other: &Self) -> bool {
        self.mark == other.mark && self.ids.as_ref().is_none_or(|ids| ids.all.len() > 1)
    }

    /// Whether this page ends with the entry that `after` begins with; pages without ids always
    /// meet.
    pub(super) fn meets(&self, after: &Self) -> bool {
        match (&self.ids, &after.ids) {
            (Some(ids), Some(after)) => ids.last == after.first,
            _ => true,
        }
    }

    /// Whether the entry of this mark was handed out with the page.
    pub(super) fn has(&self, id: u64) -> bool {
        self.ids.as_ref().is_some_and(|ids| ids.all.contains(&id))
    }
}
