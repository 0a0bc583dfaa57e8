use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::task::JoinHandle;

use super::breath::Breath;
use super::{Answer, Call, Error, Op, Reply, Sending};

/// The part of a list that a call for a page asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Window {
    /// Number of entries before the page.
    pub position: u64,
    /// Number of entries on the page at most; the vendor's own page size where `None`.
    pub size: Option<u32>,
    /// Number of the page, from 0, for vendors that count pages in place of entries; none where
    /// no page begins at the position.
    pub page: Option<u64>,
}

/// One page of a list, as a reply reads it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// Entries in the order of the list.
    pub items: Vec<T>,
    /// Number of entries of the whole list, where the vendor says it.
    pub total: Option<u64>,
    /// Tells this page from any other.
    pub(crate) mark: u64,
    /// Tells an entry from any other.
    pub(crate) identify: Option<fn(&T) -> u64>,
}

impl<T: Row> Page<T> {
    /// A page of rows that the vendor names by ids.
    pub fn new(items: Vec<T>, total: Option<u64>) -> Self {
        let mark = mark(|hasher| items.iter().for_each(|item| item.id().hash(hasher)));
        Self {
            items,
            total,
            mark,
            identify: Some(|item| self::mark(|hasher| item.id().hash(hasher))),
        }
    }
}

impl<T> Page<T> {
    /// A page of rows without ids: two answers of the same bytes are the same page.
    pub fn without_ids(items: Vec<T>, total: Option<u64>, answer: &Answer) -> Self {
        let mark = mark(|hasher| answer.body.hash(hasher));
        Self {
            items,
            total,
            mark,
            identify: None,
        }
    }
}

fn mark(hash: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut hasher = DefaultHasher::new();
    hash(&mut hasher);
    hasher.finish()
}

/// An entry of a list that the vendor names by an id.
pub trait Row {
    /// Type of the id.
    type Id: Hash;

    /// The entry's id.
    fn id(&self) -> &Self::Id;
}

/// Reads an answer as a page of a list.
pub trait PageReply: 'static {
    /// An entry of the list.
    type Item: Send + 'static;

    /// The media type that is asked for.
    const ACCEPT: Option<&'static str> = Some("application/json");

    /// Reads the page.
    ///
    /// # Errors
    ///
    /// [`Error::unexpected`] when the answer is no such page.
    fn page(answer: &Answer) -> Result<Page<Self::Item>, Error>;
}

/// The reply of a call for one page.
#[derive(Debug)]
pub struct InPages<L>(PhantomData<fn() -> L>);

impl<L: PageReply> Reply for InPages<L> {
    type Value = Page<L::Item>;
    const ACCEPT: Option<&'static str> = L::ACCEPT;

    fn decode(answer: &mut Answer) -> Result<Page<L::Item>, Error> {
        L::page(answer)
    }
}

/// A list that is fetched page by page while it is read, in constant memory.
///
/// It goes on until the vendor's total is reached or, where there is no total to rely on, until
/// a page comes back empty: a short page is not taken for the last one, as servers cut pages
/// down to sizes of their own. A page that was there before is an error. After a failure that
/// may pass, the same page is fetched again by the next call; after any other the list is over,
/// and [`position`](Pages::position) tells where a later one can [`resume`](Pages::resume).
///
/// Long ones are read faster as a [`Sweep`](super::Sweep): [`windows`](Pages::windows) and
/// [`details`](Pages::details). With feature `stream` it is a [`futures_core::Stream`] too.
#[must_use = "nothing is fetched before the list is read"]
pub struct Pages<'c, L: PageReply> {
    fetch: Box<dyn Fn(Window) -> Call<'c, InPages<L>> + Send + Sync + 'c>,
    pub(crate) window: Window,
    pub(crate) ready: std::vec::IntoIter<L::Item>,
    total: Option<u64>,
    /// The marks of the pages that were handed out.
    seen: HashSet<u64>,
    call: Option<(&'static str, &'static Op)>,
    fetching: Option<Fetching<L>>,
    prefetch: bool,
    pub(crate) ended: bool,
    breath: Breath,
}

enum Fetching<L: PageReply> {
    Here(Sending<InPages<L>>),
    Ahead(Task<Result<Page<L::Item>, Error>>),
}

/// A task that ends with its owner.
struct Task<T>(JoinHandle<T>);

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<'c, L: PageReply> Pages<'c, L> {
    /// The list whose pages `fetch` asks for, `size` entries each.
    pub fn new(
        size: u32,
        fetch: impl Fn(Window) -> Call<'c, InPages<L>> + Send + Sync + 'c,
    ) -> Self {
        Self {
            fetch: Box::new(fetch),
            window: Window {
                position: 0,
                size: Some(size),
                page: Some(0),
            },
            ready: Vec::new().into_iter(),
            total: None,
            seen: HashSet::new(),
            call: None,
            fetching: None,
            prefetch: false,
            ended: false,
            breath: Breath::new(),
        }
    }

    /// Asks for pages of `size` entries; the vendor may give fewer. Some vendors take 0 for their
    /// own size; where one takes it at its word, the list is an error, not an empty one.
    pub fn page_size(mut self, size: u32) -> Self {
        self.window.size = Some(size);
        self.numbered()
    }

    /// Asks for no page size: the vendor's own applies.
    pub fn vendor_page_size(mut self) -> Self {
        self.window.size = None;
        self.numbered()
    }

    /// Skips the first `position` entries, as a list that broke off there. Where the vendor counts
    /// pages, `position` has to be a multiple of the page size.
    pub fn resume(mut self, position: u64) -> Self {
        self.window.position = position;
        self.numbered()
    }

    /// Fetches the next page while the current one is read, in a task of its own.
    ///
    /// That holds for readers that compute too: [`next`](Pages::next) lets the runtime run other
    /// tasks until the request is on its way, and once in a millisecond. See
    /// [`windows`](Pages::windows) for more pages than one.
    pub fn prefetch(mut self) -> Self {
        self.prefetch = true;
        self
    }

    /// Position in the whole list: the number of entries handed out or skipped.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.window.position - self.ready.len() as u64
    }

    /// Total number of entries in the whole list, as the last page said.
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

    /// The next page: the entries that are there already, or else those of the next call; `None`
    /// after the last one.
    ///
    /// # Errors
    ///
    /// As [`next`](Pages::next).
    pub async fn next_page(&mut self) -> Option<Result<Vec<L::Item>, Error>> {
        let first = match self.next().await? {
            Ok(first) => first,
            Err(error) => return Some(Err(error)),
        };
        let rest = self.ready.by_ref();
        Some(Ok(std::iter::once(first).chain(rest).collect()))
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

    /// Numbers the first page by what is skipped; later ones are counted, as servers cut pages
    /// down.
    fn numbered(mut self) -> Self {
        let (position, size) = (self.window.position, self.window.size.map(u64::from));
        self.window.page = match size.filter(|size| *size > 0) {
            Some(size) => position.is_multiple_of(size).then_some(position / size),
            None => (position == 0).then_some(0),
        };
        self
    }

    pub(crate) fn poll_item(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<L::Item, Error>>> {
        loop {
            if !self.ready.as_slice().is_empty() {
                if let Some(Fetching::Ahead(_)) = &self.fetching {
                    ready!(self.breath.poll(context));
                }
                return Poll::Ready(self.ready.next().map(Ok));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            let page = ready!(self.poll_page(context));
            if let Err(error) = page.and_then(|page| self.take(page)) {
                self.ended = !error.is_transient();
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    pub(crate) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Page<L::Item>, Error>> {
        let mut fetching = match self.fetching.take() {
            Some(fetching) => fetching,
            None => Fetching::Here(self.ask()),
        };
        let page = match &mut fetching {
            Fetching::Here(call) => Pin::new(call).poll(context),
            Fetching::Ahead(task) => Pin::new(&mut task.0).poll(context).map(|page| {
                page.unwrap_or_else(|_| Err(Error::unexpected("the prefetching task was stopped")))
            }),
        };
        if page.is_pending() {
            self.fetching = Some(fetching);
        }
        page
    }

    fn ask(&mut self) -> Sending<InPages<L>> {
        let call = (self.fetch)(self.window);
        self.call = Some((call.vendor(), call.op()));
        call.send()
    }

    /// The call for some page.
    pub(crate) fn ask_for(&self, window: Window) -> Sending<InPages<L>> {
        (self.fetch)(window).send()
    }

    /// Whether the vendor counts entries: a page that begins one entry later is another request.
    pub(crate) fn counts_entries(&self) -> bool {
        let at = |position| {
            let call = (self.fetch)(Window {
                position,
                ..self.window
            });
            call.request().ok().map(|request| request.uri().clone())
        };
        let start = self.window.position;
        at(start) != at(start.saturating_add(1))
    }

    /// Fetches ahead from now on.
    pub(crate) fn begin_prefetch(&mut self) {
        self.prefetch = true;
        if !self.ready.as_slice().is_empty() && !self.ended && self.fetching.is_none() {
            self.fetch_ahead();
        }
    }

    fn fetch_ahead(&mut self) {
        let ahead = tokio::spawn(self.ask());
        self.fetching = Some(Fetching::Ahead(Task(ahead)));
        self.breath.owe();
    }

    /// Takes a fetched page over, and decides whether it was the last one.
    pub(crate) fn take(&mut self, page: Page<L::Item>) -> Result<(), Error> {
        let Page {
            items, total, mark, ..
        } = page;
        let (start, length) = (self.window.position, items.len() as u64);
        let Some(end) = start.checked_add(length) else {
            return Err(self.broken(format!("there is no position {start}")));
        };
        // A total below what is already there is none: some vendors send 0.
        self.total = total.filter(|&total| total >= end);
        if items.is_empty() {
            return self.finish(start);
        }
        if !self.seen.insert(mark) {
            return self.repeated(start, length);
        }
        self.ended = self.total == Some(end) || self.ignores_positions(start, length);
        self.window.position = end;
        self.window.page = self.window.page.map(|page| page + 1);
        self.ready = items.into_iter();
        if self.prefetch && !self.ended {
            self.fetch_ahead();
        }
        Ok(())
    }

    /// Ends the list at an empty page, unless the vendor has announced more.
    fn finish(&mut self, start: u64) -> Result<(), Error> {
        match self.total {
            Some(total) if total > start => Err(self.broken(format!(
                "the page at position {start} is empty, though the list has {total} entries"
            ))),
            None if self.window.size == Some(0) => {
                Err(self
                    .broken("the page is empty, as pages of 0 entries were asked for".to_owned()))
            }
            _ => {
                self.ended = true;
                Ok(())
            }
        }
    }

    /// Whether the first page, without a total, has more entries than were asked for: the server
    /// knows no pages, and this is the whole list.
    fn ignores_positions(&self, start: u64, length: u64) -> bool {
        let asked = self.window.size.map(u64::from);
        start == 0 && self.total.is_none() && asked.is_some_and(|asked| length > asked)
    }

    /// A page that was there before: a server that knows no positions has given all it has,
    /// unless the page is full or the total says otherwise.
    fn repeated(&mut self, start: u64, length: u64) -> Result<(), Error> {
        let short = self
            .window
            .size
            .is_some_and(|size| length < u64::from(size));
        if short && self.total.is_none() && self.seen.len() == 1 {
            self.ended = true;
            return Ok(());
        }
        Err(self.broken(format!(
            "the page at position {start} was there before: the list cannot be read on"
        )))
    }

    pub(crate) fn broken(&self, message: String) -> Error {
        let error = Error::unexpected(message);
        match self.call {
            Some((vendor, op)) => error.of(vendor, op),
            None => error,
        }
    }
}

#[cfg(feature = "stream")]
impl<L: PageReply> futures_core::Stream for Pages<'_, L> {
    type Item = Result<L::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<L: PageReply> Unpin for Pages<'_, L> {}

impl<L: PageReply> fmt::Debug for Pages<'_, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("position", &self.position())
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}
