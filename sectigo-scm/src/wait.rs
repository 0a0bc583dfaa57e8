//! Pace of a wait: its looks, and its end.

use std::time::Duration;

use cert_core::client::Backoff;
use tokio::time::{Instant, sleep};

/// What a request of a look may take, its repetitions included.
pub(crate) const REQUEST: Duration = Duration::from_secs(60);

/// The pace of a wait: its bound, and the time between two looks.
#[derive(Debug)]
pub(crate) struct Wait {
    pub(crate) longest: Duration,
    pub(crate) backoff: Backoff,
    start: Option<Instant>,
    looks: u32,
    next_look: Duration,
}

/// How far a wait has come after a look in vain.
#[derive(Debug)]
pub(crate) struct Turn {
    pub(crate) looks: u32,
    pub(crate) elapsed: Duration,
    /// Time until the next look; `None` where the time of the wait is over.
    pub(crate) next_look: Option<Duration>,
}

impl Wait {
    pub(crate) fn new() -> Self {
        Self {
            longest: Duration::from_secs(3600),
            backoff: Backoff::new(Duration::from_secs(2), Duration::from_secs(60)),
            start: None,
            looks: 0,
            next_look: Duration::ZERO,
        }
    }

    /// Sleeps until the next look is due: the first at once.
    pub(crate) async fn due(&mut self) {
        self.start.get_or_insert_with(Instant::now);
        sleep(self.next_look).await;
        self.looks += 1;
    }

    /// Plans the next look, no sooner than after the time that the vendor `asked` for.
    pub(crate) fn turn(&mut self, asked: Option<Duration>) -> Turn {
        let elapsed = self.start.map_or(Duration::ZERO, |start| start.elapsed());
        let left = self.longest.saturating_sub(elapsed);
        let over = left.is_zero() || asked.is_some_and(|asked| asked > left);
        self.next_look = self.backoff.wait(self.looks, asked).min(left);
        Turn {
            looks: self.looks,
            elapsed,
            next_look: (!over).then_some(self.next_look),
        }
    }
}
