use cert_core::client::Window;
use cert_core::{Payload, Violation};
use serde::{Serialize, Serializer};

/// The part of a list to ask for, where pages are counted in place of entries, from 0; the first
/// one is not named.
pub(crate) struct NumberedPageQuery(Window);

impl From<Window> for NumberedPageQuery {
    fn from(window: Window) -> Self {
        Self(window)
    }
}

impl Serialize for NumberedPageQuery {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let size = self.0.size.map(u64::from).map(|size| ("size", size));
        let page = self.0.page.filter(|page| *page > 0);
        let page = page.map(|page| ("page", page));
        serializer.collect_map(size.into_iter().chain(page))
    }
}

impl Payload for NumberedPageQuery {
    fn check(&self) -> Result<(), Violation> {
        let Window { position, page, .. } = self.0;
        match page {
            Some(_) => Ok(()),
            None => Err(Violation::new(format!(
                "is {position}: pages have numbers here, so it must be a multiple of the page size"
            ))
            .within("position")),
        }
    }
}
