use http::HeaderName;
use serde_json::Value;

use super::{ok, problem::Problem};
use crate::frame::{Query, Reply};

pub(super) const TOTAL: HeaderName = HeaderName::from_static("x-total-count");
const LARGEST_PAGE: i64 = 200;

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

    /// Reads `size` and `page`, which counts pages from 0.
    pub(super) fn numbered(query: &mut Query) -> Result<Self, Problem> {
        let size = query.integer("size", 1..)?.unwrap_or(LARGEST_PAGE);
        let size = to_usize(size.min(LARGEST_PAGE));
        let page = query.integer("page", 0..)?.unwrap_or(0);
        Ok(Self {
            position: to_usize(page).saturating_mul(size),
            size,
        })
    }

    pub(super) fn of<'i, T>(&self, all: &'i [T]) -> &'i [T] {
        let rest = all.get(self.position..).unwrap_or_default();
        &rest[..self.size.min(rest.len())]
    }

    /// The same of a list that begins with what came last.
    pub(super) fn newest<T: Copy>(&self, all: &[T]) -> Vec<T> {
        let rest = all.iter().rev().skip(self.position);
        rest.take(self.size).copied().collect()
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
    use super::*;

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

    #[test]
    fn the_newest_come_first() {
        let page = Page {
            position: 1,
            size: 2,
        };
        assert_eq!(page.newest(&[1, 2, 3, 4]), [3, 2]);
        assert_eq!(page.newest(&[1]), [] as [i64; 0]);
    }
}
