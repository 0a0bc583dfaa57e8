use std::collections::BTreeMap;

use jiff::Timestamp;

/// Things under their numbers. A page of them costs a page, however many there are: the order is
/// at hand, and what a filter found stays at hand until something changes.
#[derive(Debug)]
pub struct Table<T> {
    all: BTreeMap<i64, T>,
    order: Vec<i64>,
    last_id: i64,
    version: u64,
    found: Option<Found>,
}

/// What a filter found, and how long that is so.
#[derive(Debug)]
struct Found {
    asked: String,
    version: u64,
    until: Timestamp,
    ids: Vec<i64>,
}

impl<T> Table<T> {
    /// An empty one, for numbers after this one.
    pub fn after(last_id: i64) -> Self {
        Self {
            last_id,
            ..Self::default()
        }
    }

    /// Adds something under its own number.
    pub fn insert(&mut self, id: i64, thing: T) {
        self.version += 1;
        self.last_id = self.last_id.max(id);
        if self.all.insert(id, thing).is_none() {
            let place = self.order.partition_point(|known| *known < id);
            self.order.insert(place, id);
        }
    }

    /// Takes something out, if it is there.
    pub fn remove(&mut self, id: i64) -> Option<T> {
        self.version += 1;
        if let Ok(place) = self.order.binary_search(&id) {
            self.order.remove(place);
        }
        self.all.remove(&id)
    }

    /// The number after the highest that there ever was.
    pub fn next_id(&self) -> i64 {
        self.last_id + 1
    }

    /// The thing with this number.
    pub fn get(&self, id: i64) -> Option<&T> {
        self.all.get(&id)
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, id: i64) -> Option<&mut T> {
        self.version += 1;
        self.all.get_mut(&id)
    }

    /// The same, to be changed in a way that no filter can see.
    pub fn unseen_mut(&mut self, id: i64) -> Option<&mut T> {
        self.all.get_mut(&id)
    }

    /// Counts the changes that a filter may see: for filters that see more than one table.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The numbers, lowest first.
    pub fn ids(&self) -> &[i64] {
        &self.order
    }

    /// Everything, by its number.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.all.values()
    }

    /// The numbers of what fits a filter, which `asked` tells from others. `changes` says when time
    /// alone may change a thing.
    pub fn matching(
        &mut self,
        asked: &str,
        now: Timestamp,
        fits: impl Fn(&T) -> bool,
        changes: impl Fn(&T) -> Option<Timestamp>,
    ) -> &[i64] {
        let search = |table: &Self| {
            let fitting = table.all.iter().filter(|(_, thing)| fits(thing));
            let ids = fitting.map(|(id, _)| *id).collect();
            (ids, table.next_change(now, changes))
        };
        self.found(asked, now, search)
    }

    /// What a search finds, in its own order, and until when: it is searched again only then, or
    /// after a change, or when something else is asked for.
    pub fn found(
        &mut self,
        asked: &str,
        now: Timestamp,
        search: impl FnOnce(&Self) -> (Vec<i64>, Timestamp),
    ) -> &[i64] {
        let known = self.found.take();
        let known = known.filter(|known| known.is_still(asked, self.version, now));
        let found = known.unwrap_or_else(|| {
            let (ids, until) = search(self);
            Found {
                asked: asked.to_owned(),
                version: self.version,
                until,
                ids,
            }
        });
        &self.found.insert(found).ids
    }

    /// When time alone changes something for the first time.
    pub fn next_change(
        &self,
        now: Timestamp,
        changes: impl Fn(&T) -> Option<Timestamp>,
    ) -> Timestamp {
        let to_come = self.values().filter_map(changes).filter(|at| *at >= now);
        to_come.min().unwrap_or(Timestamp::MAX)
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            all: BTreeMap::new(),
            order: Vec::new(),
            last_id: 0,
            version: 0,
            found: None,
        }
    }
}

impl Found {
    fn is_still(&self, asked: &str, version: u64, now: Timestamp) -> bool {
        self.version == version && now <= self.until && self.asked == asked
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn table() -> Table<i64> {
        let mut table = Table::default();
        for id in [3, 1, 2] {
            table.insert(id, id * 10);
        }
        table
    }

    #[test]
    fn the_order_is_that_of_the_numbers() {
        let mut table = table();
        assert_eq!(table.ids(), [1, 2, 3]);
        assert_eq!(table.remove(2), Some(20));
        assert_eq!(table.ids(), [1, 3]);
        assert_eq!(table.next_id(), 4);
    }

    #[test]
    fn what_was_found_is_not_searched_for_again_until_something_changes() {
        let mut table = table();
        let looked_at = Cell::new(0);
        let now: Timestamp = "2024-01-01T00:00:00Z".parse().expect("an instant");
        let later: Timestamp = "2024-01-02T00:00:00Z".parse().expect("an instant");
        let find = |table: &mut Table<i64>, asked: &str, at| {
            let fits = |value: &i64| {
                looked_at.set(looked_at.get() + 1);
                *value > 10
            };
            let ids = table.matching(asked, at, fits, |_| Some(now)).to_vec();
            (ids, looked_at.replace(0))
        };
        assert_eq!(find(&mut table, "a", now), (vec![2, 3], 3));
        assert_eq!(find(&mut table, "a", now), (vec![2, 3], 0));
        assert_eq!(find(&mut table, "b", now), (vec![2, 3], 3));
        *table.unseen_mut(1).expect("there") = 11;
        assert_eq!(find(&mut table, "b", now), (vec![2, 3], 0));
        let version = table.version();
        *table.get_mut(1).expect("there") = 12;
        assert_ne!(table.version(), version);
        assert_eq!(find(&mut table, "b", now), (vec![1, 2, 3], 3));
        assert_eq!(find(&mut table, "b", later), (vec![1, 2, 3], 3));
    }
}
