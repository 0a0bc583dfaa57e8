use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::task::{Context, Poll, ready};

use tokio::task::{JoinError, JoinSet};

use super::joint::Joint;
use super::{Found, SweepError};
use crate::client::breath::Breath;
use crate::client::{Error, Page, PageReply, Pages, Window};

/// The pages of a list that counts its entries and says how many there are, from the second on.
pub(super) struct Ahead<T> {
    /// How many entries a page has.
    step: u64,
    /// How many entries a page has in common with the one before: one, if they have ids.
    overlap: u64,
    /// How many entries the list has.
    total: u64,
    /// The position of the first page.
    start: u64,
    /// The position of the next page to ask for, and how far those before it reach.
    next: u64,
    reach: u64,
    /// The position of the page to hand out next.
    due: u64,
    tasks: JoinSet<(u64, Result<Page<T>, Error>)>,
    /// The pages that are asked for and were not handed out.
    open: BTreeSet<u64>,
    arrived: BTreeMap<u64, Result<Page<T>, Error>>,
    joints: BTreeMap<u64, Joint>,
    ready: VecDeque<Found<T>>,
    breath: Breath,
    pub(super) ordered: bool,
    over: bool,
}

impl<T: Send + 'static> Ahead<T> {
    /// What comes after the first page at `start`, if it says how many entries there are; `asked`
    /// is the page size that was asked for.
    pub(super) fn after(page: &Page<T>, start: u64, asked: Option<u32>) -> Option<Self> {
        let length = page.items.len() as u64;
        let overlap = u64::from(page.identify.is_some());
        let total = page.total?;
        let reach = start.checked_add(length)?;
        let in_pages = length > overlap && asked.is_none_or(|asked| length <= u64::from(asked));
        if !in_pages || total <= reach {
            return None;
        }
        let next = reach - overlap;
        let mut joint = Joint::of(page, next);
        joint.open = 1;
        Some(Self {
            step: length,
            overlap,
            total,
            start,
            next,
            reach,
            due: next,
            tasks: JoinSet::new(),
            open: BTreeSet::new(),
            arrived: BTreeMap::new(),
            joints: BTreeMap::from([(start, joint)]),
            ready: VecDeque::new(),
            breath: Breath::new(),
            ordered: true,
            over: false,
        })
    }

    /// Hands out the entries of the first page.
    pub(super) fn hand_out(&mut self, items: impl Iterator<Item = T>) {
        self.ready.extend((self.start..).zip(items).map(Ok));
    }

    pub(super) fn poll_item<L: PageReply<Item = T>>(
        &mut self,
        pages: &Pages<'_, L>,
        count: usize,
        context: &mut Context<'_>,
    ) -> Poll<Option<Found<T>>> {
        loop {
            self.launch(pages, count);
            if !self.ready.is_empty() {
                ready!(self.breathe(context));
                return Poll::Ready(self.ready.pop_front());
            }
            if self.over {
                return Poll::Ready(None);
            }
            if let Some((position, page)) = self.next_arrived() {
                self.take(pages, position, page);
            } else {
                ready!(self.poll_arrived(context));
            }
        }
    }

    fn breathe(&mut self, context: &mut Context<'_>) -> Poll<()> {
        match self.tasks.is_empty() {
            true => Poll::Ready(()),
            false => self.breath.poll(context),
        }
    }

    /// Asks for pages until as many are under way as there may be.
    fn launch<L: PageReply<Item = T>>(&mut self, pages: &Pages<'_, L>, count: usize) {
        while !self.over && self.open.len() < count && self.reach < self.total {
            let position = self.next;
            let call = pages.ask_for(Window {
                position,
                size: pages.window.size,
                page: None,
            });
            self.tasks.spawn(async move { (position, call.await) });
            self.open.insert(position);
            self.plan(position, self.step);
            self.breath.owe();
        }
    }

    /// Goes on behind the page at `position`.
    fn plan(&mut self, position: u64, length: u64) {
        self.reach = position.saturating_add(length);
        self.next = self.reach - self.overlap;
    }

    fn next_arrived(&mut self) -> Option<(u64, Result<Page<T>, Error>)> {
        match self.ordered {
            true => self.arrived.remove_entry(&self.due),
            false => self.arrived.pop_first(),
        }
    }

    fn poll_arrived(&mut self, context: &mut Context<'_>) -> Poll<()> {
        match ready!(self.tasks.poll_join_next(context)) {
            Some(Ok((position, page))) => drop(self.arrived.insert(position, page)),
            Some(Err(stopped)) => self.fail(resume(stopped)),
            None => self.over = true,
        }
        Poll::Ready(())
    }

    fn take<L: PageReply<Item = T>>(
        &mut self,
        pages: &Pages<'_, L>,
        position: u64,
        page: Result<Page<T>, Error>,
    ) {
        match page {
            Err(error) => self.fail(error),
            Ok(page) => {
                let moved = self.compare_total(position, page.total);
                if let Err(message) = self.accept(position, page, moved) {
                    self.fail(pages.broken(message));
                }
            }
        }
        self.open.remove(&position);
    }

    /// Whether the list has another total than on the pages before.
    fn compare_total(&mut self, position: u64, total: Option<u64>) -> bool {
        // Zero is none, as some vendors send it.
        let Some(total) = total.filter(|total| *total > 0 && *total != self.total) else {
            return false;
        };
        self.total = total;
        self.moved(position);
        true
    }

    /// Hands out what is new of a page, with which the total `moved` or not.
    fn accept(&mut self, position: u64, page: Page<T>, moved: bool) -> Result<(), String> {
        let length = page.items.len() as u64;
        let reach = position.saturating_add(length);
        let cut = length < self.step && reach < self.total;
        if cut && length <= self.overlap {
            return Err(format!(
                "the page at position {position} has {length} entries, though the list has {}",
                self.total
            ));
        }
        self.due = position + self.step - self.overlap;
        if length == 0 {
            return Ok(());
        }
        match (cut, self.ordered) {
            (false, _) => {}
            (true, true) => self.plan_anew(position, length),
            (true, false) => self.moved(reach),
        }
        let joint = Joint::of(&page, self.due);
        let before = self.before(position);
        if !moved && before.is_some_and(|before| self.joints[&before].repeats(&joint)) {
            return Err(format!(
                "the page at position {position} was there before: the list cannot be read on"
            ));
        }
        self.join(position, joint, page, before);
        Ok(())
    }

    /// Smaller pages from here on, as the server cut this one.
    fn plan_anew(&mut self, position: u64, length: u64) {
        self.tasks = JoinSet::new();
        self.arrived.clear();
        self.open.clear();
        self.step = length;
        self.plan(position, length);
        self.due = self.next;
    }

    /// The position of the page before, if it has been handed out.
    fn before(&self, position: u64) -> Option<u64> {
        let (before, joint) = self.joints.range(..position).next_back()?;
        (joint.next == position).then_some(*before)
    }

    /// Holds a page against its neighbours, and hands out what they have not.
    fn join(&mut self, position: u64, mut joint: Joint, page: Page<T>, before: Option<u64>) {
        let after = Some(joint.next).filter(|after| self.joints.contains_key(after));
        if before.is_some_and(|before| !self.joints[&before].meets(&joint)) {
            self.moved(position);
        }
        if let Some(after) = after.filter(|after| !joint.meets(&self.joints[after])) {
            self.moved(after);
        }
        let neighbours: Vec<_> = before.into_iter().chain(after).collect();
        let joints = neighbours.iter().map(|at| &self.joints[at]);
        let identify = page.identify;
        let known =
            |item: &T| identify.is_some_and(|id| joints.clone().any(|joint| joint.has(id(item))));
        let items = (position..).zip(page.items);
        let new = items.filter(|(_, item)| !known(item)).map(Ok);
        self.ready.extend(new);
        joint.open -= neighbours.len() as u8;
        self.joints.insert(position, joint);
        self.forget(&neighbours);
    }

    /// Forgets the pages whose neighbours are all there.
    fn forget(&mut self, met: &[u64]) {
        for at in met {
            if let Some(joint) = self.joints.get_mut(at) {
                joint.open -= 1;
            }
        }
        self.joints.retain(|_, joint| joint.open > 0);
    }

    fn moved(&mut self, position: u64) {
        self.ready.push_back(Err(SweepError::Moved { position }));
    }

    /// Ends with an error where everything before was handed out.
    fn fail(&mut self, error: Error) {
        let first = self.open.first().copied().unwrap_or(self.next);
        let position = first + self.overlap;
        let failed = SweepError::Failed { position, error };
        self.ready.push_back(Err(failed));
        self.tasks = JoinSet::new();
        self.over = true;
    }
}

/// Goes on with the panic of a task; one that was stopped is an error.
pub(super) fn resume(stopped: JoinError) -> Error {
    match stopped.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => Error::unexpected("the task of a call was stopped with its runtime"),
    }
}
