use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::PATIENCE;
use super::learned::Learned;
use super::recent::Recent;
use crate::client::Error;

/// Most tokens for repetitions.
const BUDGET: u32 = 500;
/// Longest time between two calls, in seconds: 30 years.
const LONGEST: f64 = 1e9;
/// How much of an even rate may be made up for when timers are late.
const LATE: Duration = Duration::from_millis(20);

pub(super) struct State {
    ceiling: Option<f64>,
    learned: Option<Learned>,
    recent: Recent,
    in_flight: u32,
    turns: u64,
    /// When the next call may go.
    next: Instant,
    gate: Option<Gate>,
    budget: u32,
    refusal: Option<Arc<Error>>,
}

/// The server asked everybody to wait.
struct Gate {
    until: Instant,
    /// Longer than anybody waits.
    hopeless: bool,
}

/// What the first in line does.
pub(super) enum Step {
    /// It goes, as turn of this number.
    Go(u64),
    /// It waits until then.
    At(Instant),
    /// It waits for a call to end.
    Full,
    /// It ends with the last refusal.
    Never,
}

impl State {
    pub(super) fn new(ceiling: Option<f64>, now: Instant) -> Self {
        Self {
            ceiling,
            learned: None,
            recent: Recent::new(now),
            in_flight: 0,
            turns: 0,
            next: now,
            gate: None,
            budget: BUDGET,
            refusal: None,
        }
    }

    pub(super) fn rate(&self) -> Option<f64> {
        let learned = self.learned.as_ref().map(|learned| learned.rate);
        learned.into_iter().chain(self.ceiling).reduce(f64::min)
    }

    pub(super) fn refusal(&self) -> Option<Arc<Error>> {
        self.refusal.clone()
    }

    /// A turn at once, where nothing is limited.
    pub(super) fn free(&mut self) -> Option<u64> {
        let unlimited = self.learned.is_none() && self.ceiling.is_none();
        unlimited.then(|| self.begin())
    }

    pub(super) fn step(&mut self, now: Instant, cost: u32) -> Step {
        if let Some(gate) = self.gate.as_ref().filter(|gate| gate.until > now) {
            return match gate.hopeless {
                true => Step::Never,
                false => Step::At(gate.until),
            };
        }
        if self.is_full(cost) {
            return Step::Full;
        }
        if self.next > now {
            return Step::At(self.next);
        }
        self.space(now);
        self.budget = self.budget.saturating_sub(cost);
        Step::Go(self.begin())
    }

    pub(super) fn pay(&mut self, cost: u32) -> bool {
        let left = self.budget.checked_sub(cost);
        self.budget = left.unwrap_or(self.budget);
        left.is_some()
    }

    pub(super) fn served(&mut self, now: Instant, cost: u32) {
        self.budget = (self.budget + cost.max(1)).min(BUDGET);
        self.recent.count(now);
        if let Some(learned) = &mut self.learned {
            let measured = self.recent.rate(now);
            learned.grow(now, measured, self.in_flight);
        }
    }

    pub(super) fn refused(
        &mut self,
        now: Instant,
        number: u64,
        asked: Option<Duration>,
        refusal: Arc<Error>,
    ) {
        self.refusal = Some(refusal);
        self.learn(now, number);
        if let Some(asked) = asked.filter(|asked| !asked.is_zero()) {
            self.close(now, asked);
        }
    }

    /// One call less is in flight; whether somebody may wait for that.
    pub(super) fn ended(&mut self) -> bool {
        self.in_flight -= 1;
        self.learned.is_some()
    }

    fn begin(&mut self) -> u64 {
        self.in_flight += 1;
        self.turns += 1;
        self.turns
    }

    fn is_full(&self, cost: u32) -> bool {
        let cap = self
            .learned
            .as_ref()
            .map_or(u32::MAX, |learned| learned.cap);
        let cap = if cost > self.budget { 1 } else { cap };
        self.in_flight >= cap
    }

    /// Spaces the next call from this one, evenly on the whole.
    fn space(&mut self, now: Instant) {
        let Some(rate) = self.rate() else { return };
        let apart = Duration::from_secs_f64(((0.5 + fastrand::f64()) / rate).min(LONGEST));
        let late = now.checked_sub(LATE).unwrap_or(now);
        self.next = self.next.max(late) + apart;
    }

    fn learn(&mut self, now: Instant, number: u64) {
        let measured = self.recent.rate(now);
        match &mut self.learned {
            None => {
                let learned = Learned::new(now, measured, self.in_flight, self.turns);
                self.learned = Some(learned);
            }
            Some(learned) if learned.is_new_wave(now, number) => {
                learned.shrink(now, measured, self.turns);
            }
            Some(_) => {}
        }
    }

    /// Lets nobody go for the time asked and some more at random; a gate is never opened earlier.
    fn close(&mut self, now: Instant, asked: Duration) {
        let hopeless = asked > PATIENCE;
        let asked = asked.min(PATIENCE);
        let until = now + asked.mul_f64(1.0 + fastrand::f64() / 4.0);
        let earlier = self.gate.take().filter(|gate| gate.until > now);
        let gate = match earlier {
            Some(gate) if gate.until >= until => gate,
            _ => Gate { until, hopeless },
        };
        self.recent.restart(gate.until);
        self.next = self.next.max(gate.until);
        if let Some(learned) = &mut self.learned {
            learned.hold_until(gate.until);
        }
        self.gate = Some(gate);
    }
}
