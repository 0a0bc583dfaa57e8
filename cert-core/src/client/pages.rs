use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::task::JoinHandle;

use super::{Answer, Call, Error, Reply, Sending};

/// Which part of a list a page call asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Window {
    /// How many entries come before it.
    pub position: u64,
    /// How many entries it has at most; the vendor's own page size where `None`.
    pub size: Option<u32>,
}

/// One page of a list, as a reply reads it.
pub struct Page<T> {
    items: Vec<T>,
    total: Option<u64>,
    body: Bytes,
}

impl<T> Page<T> {
    /// The page that `answer` holds: its entries, and how many there are in the whole list if
    /// the vendor says so.
    pub fn new(items: Vec<T>, total: Option<u64>, answer: &Answer) -> Self {
        Self {
            items,
            total,
            body: answer.body.clone(),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}

/// A reply that is a page of a list.
pub trait Listing: Reply<Value = Page<Self::Item>> + 'static {
    /// An entry of the list.
    type Item: Send + 'static;
}

/// A list that is fetched page by page while it is read, in constant memory.
///
/// It goes on until the vendor's total is reached or, where there is no total to rely on, until
/// a page comes back empty: a short page is not taken for the last one, as servers cut pages
/// down to sizes of their own. After an error the same page is fetched again by the next call;
/// [`position`](Pages::position) tells where a later list can [`resume`](Pages::resume).
///
/// With feature `stream` it is a [`futures_core::Stream`] too.
#[must_use = "nothing is fetched before the list is read"]
pub struct Pages<'c, L: Listing> {
    fetch: Box<dyn Fn(Window) -> Call<'c, L> + Send + Sync + 'c>,
    window: Window,
    ready: std::vec::IntoIter<L::Item>,
    total: Option<u64>,
    last_body: Bytes,
    fetching: Option<Fetching<L>>,
    prefetch: bool,
    ended: bool,
}

enum Fetching<L: Listing> {
    Here(Sending<L>),
    Ahead(Task<Result<Page<L::Item>, Error>>),
}

/// A task that ends with its owner.
struct Task<T>(JoinHandle<T>);

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<'c, L: Listing> Pages<'c, L> {
    /// For vendor crates: the list whose pages `fetch` asks for, `size` entries each.
    #[doc(hidden)]
    pub fn new(size: u32, fetch: impl Fn(Window) -> Call<'c, L> + Send + Sync + 'c) -> Self {
        Self {
            fetch: Box::new(fetch),
            window: Window {
                position: 0,
                size: Some(size),
            },
            ready: Vec::new().into_iter(),
            total: None,
            last_body: Bytes::new(),
            fetching: None,
            prefetch: false,
            ended: false,
        }
    }

    /// Asks for pages of `size` entries; the vendor may give fewer.
    pub fn page_size(mut self, size: u32) -> Self {
        self.window.size = Some(size.max(1));
        self
    }

    /// Asks for no page size: the vendor's own applies.
    pub fn vendor_page_size(mut self) -> Self {
        self.window.size = None;
        self
    }

    /// Skips the first `position` entries, as a list that broke off there.
    pub fn resume(mut self, position: u64) -> Self {
        self.window.position = position;
        self
    }

    /// Fetches the next page while the current one is read, in a task of its own.
    pub fn prefetch(mut self) -> Self {
        self.prefetch = true;
        self
    }

    /// How many entries of the whole list have been handed out or skipped.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.window.position - self.ready.len() as u64
    }

    /// How many entries the whole list has, as the last page said.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// The next entry, `None` after the last one.
    ///
    /// # Errors
    ///
    /// The item is an error when its page could not be fetched; entries handed out before are
    /// then not the whole list.
    pub async fn next(&mut self) -> Option<Result<L::Item, Error>> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    /// All entries that are left.
    ///
    /// # Errors
    ///
    /// The first error of any page; use [`next`](Pages::next) to keep what came before.
    pub async fn collect(mut self) -> Result<Vec<L::Item>, Error> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
            all.extend(self.ready.by_ref());
        }
        Ok(all)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<L::Item, Error>>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            let page = ready!(self.poll_page(context));
            self.fetching = None;
            if let Err(error) = page.and_then(|page| self.take(page)) {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Result<Page<L::Item>, Error>> {
        let window = self.window;
        let fetch = || Fetching::Here((self.fetch)(window).send());
        match self.fetching.get_or_insert_with(fetch) {
            Fetching::Here(call) => Pin::new(call).poll(context),
            Fetching::Ahead(task) => Pin::new(&mut task.0).poll(context).map(|page| {
                page.unwrap_or_else(|_| Err(Error::unexpected("the prefetching task was stopped")))
            }),
        }
    }

    /// Takes a fetched page over, and decides whether it was the last one.
    fn take(&mut self, page: Page<L::Item>) -> Result<(), Error> {
        let Page { items, total, body } = page;
        let start = self.window.position;
        let end = start + items.len() as u64;
        // A total below what is already there is none: some vendors send 0.
        self.total = total.filter(|&total| total >= end);
        if items.is_empty() {
            self.ended = true;
            return match self.total {
                Some(total) if total > end => {
                    self.ended = false;
                    Err(Error::unexpected(format!(
                        "the page at position {start} is empty, though the list has {total} entries"
                    )))
                }
                _ => Ok(()),
            };
        }
        if start > 0 && body == self.last_body && !body.is_empty() {
            return self.repeated(start, items.len());
        }
        self.ended = self.total == Some(end);
        self.window.position = end;
        self.last_body = body;
        self.ready = items.into_iter();
        if self.prefetch && !self.ended {
            let ahead = tokio::spawn((self.fetch)(self.window).send());
            self.fetching = Some(Fetching::Ahead(Task(ahead)));
        }
        Ok(())
    }

    /// The same page again: a server that knows no positions has given all it has, unless the
    /// page is full or the total says otherwise.
    fn repeated(&mut self, start: u64, length: usize) -> Result<(), Error> {
        let short = self.window.size.is_some_and(|size| length < size as usize);
        if short && self.total.is_none() {
            self.ended = true;
            return Ok(());
        }
        Err(Error::unexpected(format!(
            "the page at position {start} is the one before it again: the list cannot be read on"
        )))
    }
}

#[cfg(feature = "stream")]
impl<L: Listing> futures_core::Stream for Pages<'_, L> {
    type Item = Result<L::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<L: Listing> Unpin for Pages<'_, L> {}

impl<L: Listing> fmt::Debug for Pages<'_, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("position", &self.position())
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}
