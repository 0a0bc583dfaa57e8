use std::collections::BTreeMap;

use http::HeaderName;
use jiff::Timestamp;
use serde_json::Value;

use super::{ok, problem::Problem};
use crate::frame::{Query, Reply};

pub(super) const TOTAL: HeaderName = HeaderName::from_static("x-total-count");
const LARGEST_PAGE: i64 = 200;

/// Things under their numbers. A page of them costs a page, however many there are: the order is
/// at hand, and what a filter found stays at hand until something changes.
#[derive(Debug)]
pub(super) struct Table<T> {
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
    /// Adds something under its own number.
    pub(super) fn insert(&mut self, id: i64, thing: T) {
        self.version += 1;
        self.last_id = self.last_id.max(id);
        if self.all.insert(id, thing).is_none() {
            let place = self.order.partition_point(|known| *known < id);
            self.order.insert(place, id);
        }
    }

    pub(super) fn remove(&mut self, id: i64) -> Option<T> {
        self.version += 1;
        if let Ok(place) = self.order.binary_search(&id) {
            self.order.remove(place);
        }
        self.all.remove(&id)
    }

    pub(super) fn next_id(&self) -> i64 {
        self.last_id + 1
    }

    pub(super) fn get(&self, id: i64) -> Option<&T> {
        self.all.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: i64) -> Option<&mut T> {
        self.version += 1;
        self.all.get_mut(&id)
    }

    /// The same for a change that no filter can see.
    pub(super) fn unseen_mut(&mut self, id: i64) -> Option<&mut T> {
        self.all.get_mut(&id)
    }

    /// The numbers, lowest first.
    pub(super) fn ids(&self) -> &[i64] {
        &self.order
    }

    /// Everything, by its number.
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.all.values()
    }

    /// The numbers of what fits a filter, which `asked` tells from others. `changes` says when time
    /// alone may change a thing.
    pub(super) fn matching(
        &mut self,
        asked: &str,
        now: Timestamp,
        fits: impl Fn(&T) -> bool,
        changes: impl Fn(&T) -> Option<Timestamp>,
    ) -> &[i64] {
        let known = self.found.take();
        let known = known.filter(|known| known.is_still(asked, self.version, now));
        let found = known.unwrap_or_else(|| self.search(asked, now, fits, changes));
        &self.found.insert(found).ids
    }

    fn search(
        &self,
        asked: &str,
        now: Timestamp,
        fits: impl Fn(&T) -> bool,
        changes: impl Fn(&T) -> Option<Timestamp>,
    ) -> Found {
        let fitting = self.all.iter().filter(|(_, thing)| fits(thing));
        let to_come = self.all.values().filter_map(changes);
        Found {
            asked: asked.to_owned(),
            version: self.version,
            ids: fitting.map(|(id, _)| *id).collect(),
            until: to_come
                .filter(|at| *at >= now)
                .min()
                .unwrap_or(Timestamp::MAX),
        }
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

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    position: usize,
    size: usize,
}

impl Page {
    /// Reads `size` and `position`; sizes above the vendor's limit are cut down to it without a
    /// word.
    pub(super) fn take(query: &mut Query) -> Result<Self, Problem> {
        let size = query.integer("size", 0..)?.unwrap_or(LARGEST_PAGE);
        let position = query.integer("position", 0..)?.unwrap_or(0);
        Ok(Self {
            position: to_usize(position),
            size: to_usize(size.min(LARGEST_PAGE)),
        })
    }

    pub(super) fn of<'i, T>(&self, all: &'i [T]) -> &'i [T] {
        let rest = all.get(self.position..).unwrap_or_default();
        &rest[..self.size.min(rest.len())]
    }
}

/// What a query asks beside which part of the list, and how to write it.
pub(super) fn asked(query: &Query) -> String {
    let pairs = query.clone().pairs();
    let asked = pairs.filter(|(name, _)| !BESIDE.contains(&name.as_str()));
    asked
        .map(|(name, value)| format!("{name}={value}\n"))
        .collect()
}

const BESIDE: [&str; 3] = ["size", "position", "dateFormat"];

/// The answer with one page, of so many entries in all.
pub(super) fn page(entries: Vec<Value>, total: usize) -> Reply {
    ok(&entries.into()).header(TOTAL, total.to_string())
}

fn to_usize(number: i64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
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
        *table.get_mut(1).expect("there") = 12;
        assert_eq!(find(&mut table, "b", now), (vec![1, 2, 3], 3));
        assert_eq!(find(&mut table, "b", later), (vec![1, 2, 3], 3));
    }

    #[test]
    fn pages_end_where_the_list_ends() {
        let page = |query: &str| {
            let mut query = Query::parse(Some(query)).expect("a query");
            Page::take(&mut query)
                .expect("a page")
                .of(&[1, 2, 3])
                .to_vec()
        };
        assert_eq!(page("size=2"), [1, 2]);
        assert_eq!(page("size=2&position=2"), [3]);
        assert_eq!(page("position=9"), [] as [i64; 0]);
        assert_eq!(page("size=0"), [] as [i64; 0]);
    }
}
