use std::marker::PhantomData;

use cert_core::client::{Answer, Error, Page, PageReply, Reply, Row, Window};
use serde::de::DeserializeOwned;

const TOTAL: &str = "x-total-count";

/// Most entries that a page of a list has; the vendor cuts larger requests down to it.
pub const PAGE_SIZE: u32 = 200;

/// Page of a list: a JSON array, with the size of the whole list in `X-Total-Count`.
#[derive(Debug)]
pub struct List<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned + Row + Send + 'static> PageReply for List<T> {
    type Item = T;

    fn page(answer: &Answer) -> Result<Page<T>, Error> {
        Ok(Page::new(answer.json()?, total(answer)))
    }
}

/// Count: `X-Total-Count` alone.
#[derive(Debug)]
pub struct Total;

impl Reply for Total {
    type Value = u64;
    const ACCEPT: Option<&'static str> = Some("application/json");

    fn decode(answer: &mut Answer) -> Result<u64, Error> {
        total(answer)
            .ok_or_else(|| Error::unexpected("the answer has no number in `X-Total-Count`"))
    }
}

/// The size of the whole list, where the answer has it in a header.
pub(crate) fn total(answer: &Answer) -> Option<u64> {
    answer.header(TOTAL).and_then(|text| text.parse().ok())
}

cert_core::request! {
    /// The part of a list to ask for.
    pub(crate) struct PageQuery() {
        /// Most entries of the page.
        #[range(..)]
        size: u32,
        /// Entries before the page.
        #[range(..)]
        position: u64,
    }
}

impl From<Window> for PageQuery {
    fn from(window: Window) -> Self {
        let stated = window.size.is_some() || window.position > 0;
        Self {
            size: window.size,
            position: stated.then_some(window.position),
        }
    }
}
