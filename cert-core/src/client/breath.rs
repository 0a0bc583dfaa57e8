use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use super::transport::BoxFuture;

/// Longest time for which a reader that computes keeps the runtime from other tasks.
const LONGEST: Duration = Duration::from_millis(1);
/// How often tasks have to run until a new request is on its way: its own task, and the one that
/// writes to the connection.
const TURNS: u32 = 3;

/// Lets the runtime breathe while entries are handed out that are there already.
///
/// A reader that computes between them never waits, and on the thread that it keeps to itself no
/// request is written and no answer read: what is fetched ahead would begin when it is wanted.
pub(crate) struct Breath {
    last: Instant,
    owed: u32,
    pausing: Option<BoxFuture<'static, ()>>,
}

impl Breath {
    pub(crate) fn new() -> Self {
        Self {
            last: Instant::now(),
            owed: 0,
            pausing: None,
        }
    }

    /// A request was begun, and is to be on its way before more is computed.
    pub(crate) fn owe(&mut self) {
        self.owed = TURNS;
    }

    /// Pauses where a pause is due.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        loop {
            if let Some(pause) = &mut self.pausing {
                ready!(pause.as_mut().poll(context));
                self.pausing = None;
                self.last = Instant::now();
            }
            if self.owed == 0 && self.last.elapsed() < LONGEST {
                return Poll::Ready(());
            }
            self.owed = self.owed.saturating_sub(1);
            self.pausing = Some(Box::pin(tokio::task::yield_now()));
        }
    }
}
