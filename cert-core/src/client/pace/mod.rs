mod learned;
mod recent;
mod state;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use self::state::{State, Step};
use super::Error;

/// Longest wait of a call without a total time for its turn.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// What repeating a call costs that a limit refused.
const LIMITED: u32 = 5;
/// What repeating a call costs that failed in another way.
const FAILED: u32 = 14;

/// The rate at which calls are sent, learned from the server's refusals.
///
/// Every client has one of its own; clients of one account share one, as vendors limit accounts:
///
/// ```
/// # use cert_core::client::{Builder, Caller, Error, Pace};
/// # fn demo(one: Builder<Caller>, other: Builder<Caller>) -> Result<(), Error> {
/// let pace = Pace::new();
/// let (one, other) = (one.pace(pace.clone()).build()?, other.pace(pace).build()?);
/// # Ok(())
/// # }
/// ```
///
/// Nothing is held back before the first refusal by a limit: an answer 429, or 503 with
/// `Retry-After`. From then on calls wait for their turn, first come, first served:
///
/// - **Rate.** Calls are sent evenly at 0.7 of the rate that the server was seen to serve in the
///   second before. The rate grows again by CUBIC towards the one at which it was refused and
///   beyond, to at most twice the rate that is served meanwhile, and never falls below one call
///   in two seconds.
/// - **Calls in flight.** Half of those that were in flight may be, at least one; one more with
///   each answer while at least half of them are.
/// - **Waves.** Refusals of one second are one wave: they lower rate and cap once.
/// - **`Retry-After`** closes one gate for all calls, and up to a quarter of it at random on top,
///   at most 15 minutes; behind it they go at the rate. Where more is asked for, calls end with
///   the refusal meanwhile.
/// - **Budget.** 500 tokens: repeating a call costs 5 after a limit's refusal and 14 after any
///   other failure; a success returns what its repetition had cost, or 1. Without tokens, what a
///   limit refused goes alone, and other failures are not repeated: an outage is not multiplied.
///
/// Waiting for a turn is no attempt of [`Retry`](super::Retry), and neither is what a limit
/// refused: such a call is made again until its total time is over, or for 15 minutes where
/// there is none, and ends with the last refusal. A call that acts anew at every arrival is
/// repeated after 429 alone, as any other answer may mean that it has run.
///
/// Sources: 0.7, CUBIC's factor 0.4, twice, one call in two seconds, and the budget's 500, 5 and
/// 14 are those of the adaptive and standard modes of Amazon's SDKs (smithy-rs,
/// `rate_limiting` and `token_bucket`), with CUBIC of RFC 9438 section 4.2; halving, and one
/// more while half is used, is `AIMDLimit` of Netflix's concurrency-limits. A second, 15 minutes
/// and the quarter are our own.
#[derive(Clone)]
pub struct Pace(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    /// The first in line holds it while it waits.
    line: tokio::sync::Mutex<()>,
    room: Notify,
}

impl Pace {
    /// Unlimited until the first refusal.
    #[must_use]
    pub fn new() -> Self {
        Self::with(None)
    }

    /// At most `calls` in each `time`, sent evenly from the start; below that as learned.
    ///
    /// No calls at all are taken for one.
    #[must_use]
    pub fn at_most(calls: u32, time: Duration) -> Self {
        let rate = f64::from(calls.max(1)) / time.as_secs_f64();
        Self::with(Some(rate).filter(|rate| rate.is_finite()))
    }

    /// The limit on calls a second at present, if there is one.
    #[must_use]
    pub fn calls_per_second(&self) -> Option<f64> {
        self.lock().rate()
    }

    fn with(ceiling: Option<f64>) -> Self {
        Self(Arc::new(Shared {
            state: Mutex::new(State::new(ceiling, Instant::now())),
            line: tokio::sync::Mutex::default(),
            room: Notify::new(),
        }))
    }

    /// Waits for a turn until `end`; after that, or where there is none before, the error is
    /// the last refusal of any call.
    pub(crate) async fn turn(&self, end: Instant) -> Result<Turn, Option<Arc<Error>>> {
        let free = self.lock().free();
        match free {
            Some(number) => Ok(self.begun(number, 0)),
            None => self.in_line(0, end).await,
        }
    }

    /// The same for the repetition of a call that a limit refused.
    pub(crate) async fn turn_again(&self, end: Instant) -> Result<Turn, Option<Arc<Error>>> {
        self.in_line(LIMITED, end).await
    }

    /// Pays for a repetition after a failure of another kind; false where nothing is left.
    pub(crate) fn pays_for_failure(&self) -> bool {
        self.lock().pay(FAILED)
    }

    async fn in_line(&self, cost: u32, end: Instant) -> Result<Turn, Option<Arc<Error>>> {
        let waiting = Box::pin(tokio::time::timeout_at(end, self.first_in_line(cost, end)));
        let turn = waiting.await;
        turn.unwrap_or_else(|_| Err(self.lock().refusal()))
    }

    async fn first_in_line(&self, cost: u32, end: Instant) -> Result<Turn, Option<Arc<Error>>> {
        let _first = self.0.line.lock().await;
        loop {
            let step = self.lock().step(Instant::now(), cost);
            match step {
                Step::Go(number) => return Ok(self.begun(number, cost)),
                Step::Full => self.0.room.notified().await,
                Step::At(time) if time <= end => tokio::time::sleep_until(time).await,
                Step::At(_) | Step::Never => return Err(self.lock().refusal()),
            }
        }
    }

    fn begun(&self, number: u64, cost: u32) -> Turn {
        Turn {
            pace: self.clone(),
            number,
            cost,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pace")
            .field("calls_per_second", &self.calls_per_second())
            .finish_non_exhaustive()
    }
}

/// The right to be in flight, given back when it is dropped.
pub(crate) struct Turn {
    pace: Pace,
    /// Counts the turns, so that waves of refusals can be told apart.
    number: u64,
    cost: u32,
}

impl Turn {
    /// The call repeats one that failed, and this was paid for.
    pub(crate) fn paid(mut self) -> Self {
        self.cost = FAILED;
        self
    }

    /// The server served the call.
    pub(crate) fn served(&self) {
        let now = Instant::now();
        self.pace.lock().served(now, self.cost);
    }

    /// A limit refused the call, and the server asked to wait so long.
    pub(crate) fn refused(&self, asked: Option<Duration>, refusal: Error) {
        let refusal = Arc::new(refusal);
        let now = Instant::now();
        self.pace.lock().refused(now, self.number, asked, refusal);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.pace.lock().ended() {
            self.pace.0.room.notify_one();
        }
    }
}
