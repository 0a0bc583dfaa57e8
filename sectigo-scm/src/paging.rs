use std::marker::PhantomData;

use cert_core::client::{Answer, Error, Page, PageReply, Reply, Row, Window};
#[cfg(feature = "brand_indicators")]
use cert_core::{Payload, Violation};
use serde::de::DeserializeOwned;
#[cfg(feature = "brand_indicators")]
use serde::ser::{Serialize, SerializeMap as _, Serializer};

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

/// The part of a list that is asked for by the number of its page, counted from 0.
#[cfg(feature = "brand_indicators")]
pub(crate) struct NumberedPage(pub(crate) Window);

#[cfg(feature = "brand_indicators")]
impl NumberedPage {
    /// The number of the page, where the window is the whole page.
    fn number(&self) -> Option<u64> {
        let Window { position, size, .. } = self.0;
        match size.map(u64::from) {
            _ if position == 0 => Some(0),
            Some(size) if size > 0 && position.is_multiple_of(size) => Some(position / size),
            _ => None,
        }
    }
}

#[cfg(feature = "brand_indicators")]
impl Serialize for NumberedPage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut query = serializer.serialize_map(None)?;
        if let Some(size) = self.0.size {
            query.serialize_entry("size", &size)?;
        }
        if let Some(number) = self.number().filter(|number| *number > 0) {
            query.serialize_entry("page", &number)?;
        }
        query.end()
    }
}

#[cfg(feature = "brand_indicators")]
impl Payload for NumberedPage {
    fn check(&self) -> Result<(), Violation> {
        let position = self.0.position;
        self.number().map(drop).ok_or_else(|| {
            Violation::new(format!(
                "is {position}: pages have numbers here, so it must be a multiple of the page size"
            ))
            .within("position")
        })
    }
}
