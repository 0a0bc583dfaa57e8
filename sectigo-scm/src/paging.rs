use std::marker::PhantomData;

use cert_core::client::{Answer, Error, Listing, Page, Reply, Window};
use serde::Serialize;
use serde::de::DeserializeOwned;

const TOTAL: &str = "x-total-count";

/// How many entries a page has at most; the vendor cuts larger requests down to it.
pub(crate) const PAGE_SIZE: u32 = 200;

/// A page of a list: a JSON array, with the size of the whole list in `X-Total-Count`.
#[derive(Debug)]
pub struct List<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned + Send + 'static> Reply for List<T> {
    type Value = Page<T>;

    fn decode(answer: &mut Answer) -> Result<Page<T>, Error> {
        let total = answer.header(TOTAL).and_then(|text| text.parse().ok());
        Ok(Page::new(answer.json()?, total, answer))
    }
}

impl<T: DeserializeOwned + Send + 'static> Listing for List<T> {
    type Item = T;
}

/// A count: `X-Total-Count` alone.
#[derive(Debug)]
pub struct Total;

impl Reply for Total {
    type Value = u64;

    fn decode(answer: &mut Answer) -> Result<u64, Error> {
        answer
            .header(TOTAL)
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Error::unexpected("the answer has no number in `X-Total-Count`"))
    }
}

/// The part of a list to ask for, as query parameters.
#[derive(Debug, Serialize)]
pub(crate) struct PageQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<u64>,
}

impl From<Window> for PageQuery {
    fn from(window: Window) -> Self {
        let stated = window.size.is_some() || window.position > 0;
        let position = stated.then_some(window.position);
        Self {
            size: window.size,
            position,
        }
    }
}
