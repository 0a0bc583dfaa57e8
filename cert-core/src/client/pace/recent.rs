use std::time::Duration;

use tokio::time::Instant;

const SLOTS: usize = 8;
const SLOT: Duration = Duration::from_millis(125);
/// Shortest time over which a rate is measured, in seconds.
const SHORTEST: f64 = 0.25;

/// How many calls were served in the last second.
pub(super) struct Recent {
    counts: [u32; SLOTS],
    /// The slot counted last, from the beginning of time.
    slot: u64,
    begun: Instant,
    /// Since when calls can have been served at an even rate; a burst counts for its second.
    even_since: Option<Instant>,
}

impl Recent {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            counts: [0; SLOTS],
            slot: 0,
            begun: now,
            even_since: None,
        }
    }

    pub(super) fn count(&mut self, now: Instant) {
        self.advance(now);
        self.counts[index(self.slot)] += 1;
    }

    /// Calls a second.
    pub(super) fn rate(&mut self, now: Instant) -> f64 {
        self.advance(now);
        let served = self.counts.iter().copied().map(f64::from).sum::<f64>();
        let since = self.even_since.map(|since| now.duration_since(since));
        served / since.map_or(1.0, |since| since.as_secs_f64().clamp(SHORTEST, 1.0))
    }

    /// Forgets what was served: calls go on at `start`, evenly.
    pub(super) fn restart(&mut self, start: Instant) {
        self.counts = [0; SLOTS];
        self.even_since = Some(start);
    }

    fn advance(&mut self, now: Instant) {
        let slot = (now.duration_since(self.begun).as_nanos() / SLOT.as_nanos()) as u64;
        let passed = slot.saturating_sub(self.slot).min(SLOTS as u64);
        for ago in 0..passed {
            self.counts[index(slot - ago)] = 0;
        }
        self.slot = self.slot.max(slot);
    }
}

fn index(slot: u64) -> usize {
    (slot % SLOTS as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_served_counts_for_a_second() {
        let start = Instant::now();
        let mut recent = Recent::new(start);
        (0..500).for_each(|_| recent.count(start));
        assert_eq!(recent.rate(start + Duration::from_millis(900)), 500.0);
        assert_eq!(recent.rate(start + Duration::from_millis(1100)), 0.0);
    }

    #[test]
    fn a_restart_counts_from_there() {
        let start = Instant::now();
        let mut recent = Recent::new(start);
        recent.count(start);
        recent.restart(start + Duration::from_secs(5));
        let mut now = start + Duration::from_secs(5);
        for _ in 0..50 {
            now += Duration::from_millis(10);
            recent.count(now);
        }
        assert_eq!(recent.rate(now), 100.0);
    }
}
