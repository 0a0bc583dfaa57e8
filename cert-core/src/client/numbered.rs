use serde::{Serialize, Serializer};

use super::Window;
use crate::{Payload, Violation};

/// The part of a list to ask for, as query parameters of a vendor who counts pages in place of
/// entries. Made by [`Window::numbered`].
///
/// The first page is not named. A list that is resumed where no page begins is refused before
/// anything is sent.
#[derive(Debug, Clone, Copy)]
pub struct NumberedPage {
    window: Window,
    size: &'static str,
    number: &'static str,
}

impl Window {
    /// The page size and the number of the page, from 0, as parameters of these names.
    #[must_use]
    pub fn numbered(self, size: &'static str, number: &'static str) -> NumberedPage {
        NumberedPage {
            window: self,
            size,
            number,
        }
    }
}

impl Serialize for NumberedPage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let size = self.window.size.map(u64::from);
        let number = self.window.page.filter(|number| *number > 0);
        let parameters = [(self.size, size), (self.number, number)];
        let given = |(name, value): (&'static str, Option<u64>)| Some((name, value?));
        serializer.collect_map(parameters.into_iter().filter_map(given))
    }
}

impl Payload for NumberedPage {
    fn check(&self) -> Result<(), Violation> {
        let Window { position, page, .. } = self.window;
        match page {
            Some(_) => Ok(()),
            None => Err(Violation::new(format!(
                "is {position}: pages have numbers here, so it must be a multiple of the page size"
            ))
            .within("position")),
        }
    }
}
