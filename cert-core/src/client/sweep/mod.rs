mod ahead;
mod details;
mod flat;
mod joint;
mod windows;

use std::error::Error as StdError;
use std::fmt;
#[cfg(feature = "stream")]
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use self::details::Details;
use self::flat::{Flat, Over};
use self::windows::Windows;
use super::{Call, Error, PageReply, Pages, Reply};

/// A long list read at speed and in constant memory: several pages at a time, or the details of
/// several entries.
///
/// ```
/// # use cert_core::client::{Call, Json, PageReply, Pages, SweepError};
/// # async fn demo<L: PageReply<Item = i64>>(
/// #     list: Pages<'_, L>,
/// #     get: impl Fn(i64) -> Call<'static, Json<String>> + Send + Sync,
/// # ) -> Result<(), SweepError> {
/// let mut names = list.windows(16).details(50, |id| get(*id));
/// while let Some(item) = names.next().await {
///     let (id, name) = item?;
///     println!("{id}: {name}");
/// }
/// let end = names.end().expect("all were read");
/// println!("{} vanished, whole: {}", end.vanished, end.is_whole());
/// # Ok(())
/// # }
/// ```
///
/// Stages follow each other: [`windows`](Pages::windows), then [`details`](Sweep::details) of
/// each entry, [`each`](Sweep::each) part of a detail, details of those, and so on.
/// [`over`](Sweep::over) begins with what is no list of a vendor's, such as many devices.
///
/// Calls are tasks of their own on the tokio runtime: they go on while the reader computes, but
/// no further ahead than the numbers given, and end when the sweep is dropped. Entries come in
/// the order of the list unless [`unordered`](Sweep::unordered).
///
/// What goes wrong is an item too, with its position in the list: see [`SweepError`].
#[must_use = "nothing is fetched before the sweep is read"]
pub struct Sweep<'c, T> {
    source: Box<dyn Source<T> + 'c>,
    ended: bool,
}

/// A stage of a sweep.
pub(crate) trait Source<T>: Send {
    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Found<T>>>;

    /// Hands out what comes first.
    fn unorder(&mut self);

    /// What became of this stage and those before it.
    fn end(&self) -> SweepEnd;
}

/// An entry and its position, or what went wrong.
pub(crate) type Found<T> = Result<(u64, T), SweepError>;

/// An error of a sweep, with its position in the list.
#[derive(Debug)]
#[non_exhaustive]
pub enum SweepError {
    /// The list changed while it was read: two of its pages do not join, or its total is another
    /// one. Entries around `position` may be missing; the sweep goes on.
    Moved {
        /// Number of entries before the page that does not join.
        position: u64,
    },
    /// A page could not be fetched, and the sweep is over, or the details of one entry could not,
    /// and it goes on.
    Failed {
        /// Position at which to [`resume`](Pages::resume): everything before was handed out,
        /// after a sweep in order.
        position: u64,
        /// The error of the call.
        error: Error,
    },
}

impl SweepError {
    /// Number of entries of the list that come before.
    #[must_use]
    pub fn position(&self) -> u64 {
        match self {
            Self::Moved { position } | Self::Failed { position, .. } => *position,
        }
    }
}

impl fmt::Display for SweepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Moved { position } => {
                write!(
                    f,
                    "the list changed at position {position} while it was read"
                )
            }
            Self::Failed { position, error } => write!(f, "at position {position}: {error}"),
        }
    }
}

impl StdError for SweepError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Moved { .. } => None,
            Self::Failed { error, .. } => error.source(),
        }
    }
}

/// Outcome of a sweep.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SweepEnd {
    /// Entries that were gone when their details were asked for; they were skipped.
    pub vanished: u64,
    /// Number of times that the list was seen to change.
    pub moved: u64,
    /// Pages and details that could not be fetched.
    pub failed: u64,
}

impl SweepEnd {
    /// Whether everything that was in the list all the time was handed out, as far as pages that
    /// join and a total that stays can tell.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.moved == 0 && self.failed == 0
    }

    fn count(&mut self, error: &SweepError) {
        match error {
            SweepError::Moved { .. } => self.moved += 1,
            SweepError::Failed { .. } => self.failed += 1,
        }
    }
}

impl<'c, L: PageReply> Pages<'c, L> {
    /// Reads up to `count` pages at a time, where the vendor counts entries and says how many
    /// there are; else one page ahead.
    ///
    /// Pages overlap by one entry where the entries have ids: a page whose first entry is not the
    /// last one of the page before is told as [`Moved`](SweepError::Moved), as is a total that
    /// changes. Entries of neighbouring pages are handed out once. Where entries have no ids only
    /// the total tells.
    pub fn windows(self, count: usize) -> Sweep<'c, L::Item> {
        Sweep::new(Windows::new(self, count))
    }

    /// The list one page ahead, and `get` of up to `count` entries at a time; see
    /// [`Sweep::details`].
    pub fn details<R>(
        self,
        count: usize,
        get: impl FnMut(&L::Item) -> Call<'c, R> + Send + 'c,
    ) -> Sweep<'c, (L::Item, R::Value)>
    where
        R: Reply<Value: Send + 'static> + 'static,
    {
        self.windows(1).details(count, get)
    }
}

impl<'c, T: Send + 'c> Sweep<'c, T> {
    /// A sweep over what is at hand; its positions count from 0.
    pub fn over<I>(entries: I) -> Self
    where
        I: IntoIterator<Item = T, IntoIter: Send + 'c>,
    {
        Self::new(Over::new(entries.into_iter()))
    }

    /// Makes the call that `get` gives for each entry, up to `count` at a time, and hands out
    /// entry and answer together.
    ///
    /// An entry whose call is answered with "not found" vanished since it was listed: it is
    /// skipped, and counted in [`SweepEnd::vanished`]. Any other error is an item, and the sweep
    /// goes on.
    pub fn details<R>(
        self,
        count: usize,
        get: impl FnMut(&T) -> Call<'c, R> + Send + 'c,
    ) -> Sweep<'c, (T, R::Value)>
    where
        R: Reply<Value: Send + 'static> + 'static,
    {
        Sweep::new(Details::new(self.source, count, get))
    }

    /// Hands out each of the parts that `split` finds in an entry, at the entry's position.
    pub fn each<I>(self, split: impl FnMut(T) -> I + Send + 'c) -> Sweep<'c, I::Item>
    where
        I: IntoIterator<Item: Send, IntoIter: Send> + 'c,
    {
        Sweep::new(Flat::new(self.source, split))
    }
}

impl<T> Sweep<'_, T> {
    /// Hands out entries as they come, not in the order of the list. After a failure it can be
    /// resumed as one in order; some entries then come again.
    pub fn unordered(mut self) -> Self {
        self.source.unorder();
        self
    }

    /// The next entry, `None` after the last one.
    ///
    /// # Errors
    ///
    /// The item is an error where the list changed or a call failed; the sweep is over when the
    /// next one is `None`.
    pub async fn next(&mut self) -> Option<Result<T, SweepError>> {
        std::future::poll_fn(|context| self.poll_entry(context)).await
    }

    /// The outcome of the sweep, once it is over.
    #[must_use]
    pub fn end(&self) -> Option<SweepEnd> {
        self.ended.then(|| self.source.end())
    }

    fn poll_entry(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, SweepError>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let found = ready!(self.source.poll_item(context));
        self.ended = found.is_none();
        Poll::Ready(found.map(|found| found.map(|(_, entry)| entry)))
    }
}

impl<'c, T> Sweep<'c, T> {
    fn new(source: impl Source<T> + 'c) -> Self {
        Self {
            source: Box::new(source),
            ended: false,
        }
    }
}

#[cfg(feature = "stream")]
impl<T> futures_core::Stream for Sweep<'_, T> {
    type Item = Result<T, SweepError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_entry(context)
    }
}

impl<T> Unpin for Sweep<'_, T> {}

impl<T> fmt::Debug for Sweep<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sweep")
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}
