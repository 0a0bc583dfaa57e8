use std::iter::Enumerate;
use std::task::{Context, Poll, ready};

use super::{Found, Source, SweepEnd};

/// Entries at hand.
pub(super) struct Over<I>(Enumerate<I>);

impl<I: Iterator> Over<I> {
    pub(super) fn new(entries: I) -> Self {
        Self(entries.enumerate())
    }
}

impl<I: Iterator + Send> Source<I::Item> for Over<I> {
    fn poll_item(&mut self, _: &mut Context<'_>) -> Poll<Option<Found<I::Item>>> {
        let next = self.0.next();
        Poll::Ready(next.map(|(position, entry)| Ok((position as u64, entry))))
    }

    fn unorder(&mut self) {}

    fn end(&self) -> SweepEnd {
        SweepEnd::default()
    }
}

/// The parts of each entry.
pub(super) struct Flat<'c, T, F, I: IntoIterator> {
    source: Box<dyn Source<T> + 'c>,
    split: F,
    current: Option<(u64, I::IntoIter)>,
}

impl<'c, T, F: FnMut(T) -> I, I: IntoIterator> Flat<'c, T, F, I> {
    pub(super) fn new(source: Box<dyn Source<T> + 'c>, split: F) -> Self {
        Self {
            source,
            split,
            current: None,
        }
    }
}

impl<T, F, I> Source<I::Item> for Flat<'_, T, F, I>
where
    F: FnMut(T) -> I + Send,
    I: IntoIterator<IntoIter: Send>,
{
    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Found<I::Item>>> {
        loop {
            if let Some((position, parts)) = &mut self.current
                && let Some(part) = parts.next()
            {
                return Poll::Ready(Some(Ok((*position, part))));
            }
            match ready!(self.source.poll_item(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok((position, entry))) => {
                    self.current = Some((position, (self.split)(entry).into_iter()));
                }
            }
        }
    }

    fn unorder(&mut self) {
        self.source.unorder();
    }

    fn end(&self) -> SweepEnd {
        self.source.end()
    }
}
