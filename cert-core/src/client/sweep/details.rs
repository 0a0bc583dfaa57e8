use std::collections::{BTreeMap, VecDeque};
use std::task::{Context, Poll};

use tokio::task::{JoinError, JoinSet};

use super::ahead::resume;
use super::{Found, Source, SweepEnd, SweepError};
use crate::client::{Call, Error, Reply};

/// The details of entries, several calls at a time.
pub(super) struct Details<'c, T, R: Reply> {
    source: Box<dyn Source<T> + 'c>,
    get: Get<'c, T, R>,
    /// Most entries that are under way or wait to be handed out.
    count: usize,
    tasks: JoinSet<(u64, Result<R::Value, Error>)>,
    /// What is under way, by the order of the list.
    slots: BTreeMap<u64, Slot<T, R::Value>>,
    /// The slots that are done, as they came.
    done: VecDeque<u64>,
    next: u64,
    ordered: bool,
    exhausted: bool,
    own: SweepEnd,
}

type Get<'c, T, R> = Box<dyn FnMut(&T) -> Call<'c, R> + Send + 'c>;

enum Slot<T, V> {
    Asked(u64, T),
    Done(Found<(T, V)>),
    Vanished,
}

impl<'c, T, R: Reply> Details<'c, T, R> {
    pub(super) fn new(
        source: Box<dyn Source<T> + 'c>,
        count: usize,
        get: impl FnMut(&T) -> Call<'c, R> + Send + 'c,
    ) -> Self {
        Self {
            source,
            get: Box::new(get),
            count: count.max(1),
            tasks: JoinSet::new(),
            slots: BTreeMap::new(),
            done: VecDeque::new(),
            next: 0,
            ordered: true,
            exhausted: false,
            own: SweepEnd::default(),
        }
    }
}

impl<T: Send, R> Details<'_, T, R>
where
    R: Reply<Value: Send + 'static> + 'static,
{
    /// Begins calls until as many are under way as there may be.
    fn fill(&mut self, context: &mut Context<'_>) {
        while !self.exhausted && self.slots.len() < self.count {
            match self.source.poll_item(context) {
                Poll::Pending => return,
                Poll::Ready(None) => self.exhausted = true,
                Poll::Ready(Some(Ok((position, entry)))) => self.ask(position, entry),
                Poll::Ready(Some(Err(error))) => {
                    self.done.push_back(self.next);
                    self.keep(Slot::Done(Err(error)));
                }
            }
        }
    }

    fn ask(&mut self, position: u64, entry: T) {
        let call = (self.get)(&entry).send();
        let number = self.next;
        self.tasks.spawn(async move { (number, call.await) });
        self.keep(Slot::Asked(position, entry));
    }

    fn keep(&mut self, slot: Slot<T, R::Value>) {
        self.slots.insert(self.next, slot);
        self.next += 1;
    }

    /// The slot that is to be handed out next, if it is done.
    fn due(&mut self) -> Option<Slot<T, R::Value>> {
        if !self.ordered {
            let number = self.done.pop_front()?;
            return self.slots.remove(&number);
        }
        self.done.clear();
        let first = self.slots.first_entry()?;
        let done = !matches!(first.get(), Slot::Asked(..));
        done.then(|| first.remove())
    }

    fn settle(&mut self, number: u64, outcome: Result<R::Value, Error>) {
        let Some(Slot::Asked(position, entry)) = self.slots.remove(&number) else {
            return;
        };
        let slot = match outcome {
            Ok(value) => Slot::Done(Ok((position, (entry, value)))),
            Err(error) if error.is_not_found() => Slot::Vanished,
            Err(error) => {
                self.own.failed += 1;
                Slot::Done(Err(SweepError::Failed { position, error }))
            }
        };
        self.slots.insert(number, slot);
        self.done.push_back(number);
    }

    /// Whether a slot is to be handed out.
    fn is_due(&self) -> bool {
        if !self.ordered {
            return !self.done.is_empty();
        }
        let first = self.slots.first_key_value();
        first.is_some_and(|(_, slot)| !matches!(slot, Slot::Asked(..)))
    }

    /// Ends with an error, as a task was stopped.
    fn stop(&mut self, stopped: JoinError) {
        let error = resume(stopped);
        let asked = self.slots.values().find_map(|slot| match slot {
            Slot::Asked(position, _) => Some(*position),
            Slot::Done(_) | Slot::Vanished => None,
        });
        let position = asked.unwrap_or(self.next);
        self.own.failed += 1;
        self.exhausted = true;
        self.slots
            .retain(|_, slot| !matches!(slot, Slot::Asked(..)));
        self.done.push_back(self.next);
        self.keep(Slot::Done(Err(SweepError::Failed { position, error })));
    }

    /// Waits for a call to end; pending where none is under way.
    fn poll_settled(&mut self, context: &mut Context<'_>) -> Poll<()> {
        match self.tasks.poll_join_next(context) {
            Poll::Ready(Some(Ok((number, outcome)))) => {
                self.settle(number, outcome);
                Poll::Ready(())
            }
            Poll::Ready(Some(Err(stopped))) => {
                self.stop(stopped);
                Poll::Ready(())
            }
            Poll::Ready(None) | Poll::Pending => Poll::Pending,
        }
    }
}

impl<T: Send, R> Source<(T, R::Value)> for Details<'_, T, R>
where
    R: Reply<Value: Send + 'static> + 'static,
{
    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Found<(T, R::Value)>>> {
        loop {
            match self.due() {
                Some(Slot::Done(found)) => return Poll::Ready(Some(found)),
                Some(_) => {
                    self.own.vanished += 1;
                    continue;
                }
                None => {}
            }
            self.fill(context);
            if self.exhausted && self.slots.is_empty() {
                return Poll::Ready(None);
            }
            if self.poll_settled(context).is_pending() && !self.is_due() {
                return Poll::Pending;
            }
        }
    }

    fn unorder(&mut self) {
        self.ordered = false;
        self.source.unorder();
    }

    fn end(&self) -> SweepEnd {
        let before = self.source.end();
        SweepEnd {
            vanished: before.vanished + self.own.vanished,
            moved: before.moved,
            failed: before.failed + self.own.failed,
        }
    }
}
