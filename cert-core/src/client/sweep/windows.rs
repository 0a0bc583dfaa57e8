use std::task::{Context, Poll, ready};

use super::ahead::Ahead;
use super::{Found, Source, SweepEnd, SweepError};
use crate::client::{PageReply, Pages};

/// The entries of a list, several pages at a time.
pub(super) struct Windows<'c, L: PageReply> {
    pages: Pages<'c, L>,
    count: usize,
    stage: Stage<L>,
    ordered: bool,
    own: SweepEnd,
}

enum Stage<L: PageReply> {
    /// The first page tells how large pages are, and how many entries there are.
    First,
    /// One page after the other, with the total that was last seen.
    InTurn(Option<u64>),
    Ahead(Box<Ahead<L::Item>>),
    Over,
}

impl<'c, L: PageReply> Windows<'c, L> {
    pub(super) fn new(pages: Pages<'c, L>, count: usize) -> Self {
        Self {
            pages,
            count: count.max(1),
            stage: Stage::First,
            ordered: true,
            own: SweepEnd::default(),
        }
    }

    fn begin(&mut self, context: &mut Context<'_>) -> Poll<Result<(), SweepError>> {
        if !self.pages.counts_entries() {
            return Poll::Ready(self.in_turn());
        }
        let start = self.pages.position();
        let page = ready!(self.pages.poll_page(context));
        let begun = page.and_then(|page| {
            let ahead = Ahead::after(&page, start, self.pages.window.size);
            self.pages.take(page).map(|()| ahead)
        });
        Poll::Ready(match begun {
            Err(error) => Err(self.failed(error)),
            Ok(Some(ahead)) if !self.pages.ended => self.go_ahead(ahead),
            Ok(_) => self.in_turn(),
        })
    }

    fn in_turn(&mut self) -> Result<(), SweepError> {
        self.pages.begin_prefetch();
        self.stage = Stage::InTurn(self.pages.total());
        Ok(())
    }

    fn go_ahead(&mut self, mut ahead: Ahead<L::Item>) -> Result<(), SweepError> {
        ahead.hand_out(&mut self.pages.ready);
        ahead.ordered = self.ordered;
        self.stage = Stage::Ahead(Box::new(ahead));
        Ok(())
    }

    fn poll_in_turn(&mut self, context: &mut Context<'_>) -> Poll<Option<Found<L::Item>>> {
        let before = self.pages.position();
        let item = ready!(self.pages.poll_item(context));
        Poll::Ready(item.map(|item| match item {
            Ok(item) => Ok((before, item)),
            Err(error) => Err(self.failed(error)),
        }))
    }

    /// Whether the total is another one than on the page before.
    fn moved(&mut self) -> Option<SweepError> {
        let Stage::InTurn(known) = &mut self.stage else {
            return None;
        };
        let total = self.pages.total().or(*known);
        let before = std::mem::replace(known, total);
        let position = self.pages.position();
        let moved = before.is_some() && total != before;
        moved.then_some(SweepError::Moved { position })
    }

    fn failed(&mut self, error: crate::client::Error) -> SweepError {
        self.stage = Stage::Over;
        let position = self.pages.position();
        SweepError::Failed { position, error }
    }
}

impl<L: PageReply> Source<L::Item> for Windows<'_, L> {
    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Found<L::Item>>> {
        if let Stage::First = self.stage
            && let Err(error) = ready!(self.begin(context))
        {
            self.own.count(&error);
            return Poll::Ready(Some(Err(error)));
        }
        let found = match &mut self.stage {
            Stage::First | Stage::Over => None,
            Stage::Ahead(ahead) => ready!(ahead.poll_item(&self.pages, self.count, context)),
            Stage::InTurn(_) => match self.moved() {
                Some(moved) => Some(Err(moved)),
                None => ready!(self.poll_in_turn(context)),
            },
        };
        if let Some(Err(error)) = &found {
            self.own.count(error);
        }
        Poll::Ready(found)
    }

    fn unorder(&mut self) {
        self.ordered = false;
        if let Stage::Ahead(ahead) = &mut self.stage {
            ahead.ordered = false;
        }
    }

    fn end(&self) -> SweepEnd {
        self.own
    }
}
