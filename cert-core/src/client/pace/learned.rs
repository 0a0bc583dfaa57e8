use std::time::Duration;

use tokio::time::Instant;

/// What is left of the rate after a wave of refusals.
const BETA: f64 = 0.7;
/// How fast the rate grows again.
const SCALE: f64 = 0.4;
/// Lowest rate, in calls a second.
const LOWEST: f64 = 0.5;
/// How long refusals belong to the wave that began with the first of them.
const WAVE: Duration = Duration::from_secs(1);

/// What refusals taught: a rate, and a cap on calls in flight.
pub(super) struct Learned {
    pub(super) rate: f64,
    pub(super) cap: u32,
    /// The rate at which the last wave came.
    refused_at: f64,
    /// When the rate began to grow again.
    since: Instant,
    wave_until: Instant,
    /// The last turn of the calls that the wave may refuse.
    wave: u64,
}

impl Learned {
    /// From the first refusal, with `measured` calls served a second.
    pub(super) fn new(now: Instant, measured: f64, in_flight: u32, turns: u64) -> Self {
        Self {
            rate: lowered(measured),
            cap: halved(in_flight),
            refused_at: measured,
            since: now,
            wave_until: now + WAVE,
            wave: turns,
        }
    }

    /// Whether the refusal of call `number` begins another wave.
    pub(super) fn is_new_wave(&self, now: Instant, number: u64) -> bool {
        number > self.wave && now >= self.wave_until
    }

    /// Takes in a wave of refusals.
    pub(super) fn shrink(&mut self, now: Instant, measured: f64, turns: u64) {
        let at = self.rate.min(measured);
        *self = Self {
            cap: halved(self.cap),
            ..Self::new(now, at, self.cap, turns)
        };
    }

    /// Takes in a call that was served.
    pub(super) fn grow(&mut self, now: Instant, measured: f64, in_flight: u32) {
        let cubic = self.cubic(now.saturating_duration_since(self.since));
        self.rate = cubic.min(2.0 * measured).max(self.rate);
        if in_flight.saturating_mul(2) >= self.cap {
            self.cap = self.cap.saturating_add(1);
        }
    }

    /// Grows from `start` on, as nothing is sent before.
    pub(super) fn hold_until(&mut self, start: Instant) {
        self.since = self.since.max(start);
        self.wave_until = self.wave_until.max(start);
    }

    /// RFC 9438 section 4.2: flat around the rate that was refused, steep away from it.
    fn cubic(&self, time: Duration) -> f64 {
        let back = (self.refused_at * (1.0 - BETA) / SCALE).cbrt();
        SCALE * (time.as_secs_f64() - back).powi(3) + self.refused_at
    }
}

fn lowered(rate: f64) -> f64 {
    (rate * BETA).max(LOWEST)
}

fn halved(calls: u32) -> u32 {
    (calls / 2).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    #[test]
    fn seven_tenths_of_what_was_measured_and_half_of_what_was_in_flight() {
        let learned = Learned::new(Instant::now(), 500.0, 200, 900);
        assert_eq!((learned.rate, learned.cap), (350.0, 100));
        let learned = Learned::new(Instant::now(), 0.0, 0, 0);
        assert_eq!((learned.rate, learned.cap), (0.5, 1));
    }

    #[test]
    fn the_rate_comes_back_and_goes_beyond() {
        let start = Instant::now();
        let mut learned = Learned::new(start, 500.0, 200, 0);
        let mut last = learned.rate;
        for second in 1..=7 {
            learned.grow(start + seconds(second), 400.0, 1);
            assert!(learned.rate > last && learned.rate < 500.0, "{second}");
            last = learned.rate;
        }
        learned.grow(start + seconds(12), 500.0, 1);
        assert!(learned.rate > 520.0 && learned.rate < 600.0);
        learned.grow(start + seconds(60), 500.0, 1);
        assert_eq!(learned.rate, 1000.0);
    }

    #[test]
    fn few_calls_do_not_lower_the_rate() {
        let start = Instant::now();
        let mut learned = Learned::new(start, 500.0, 200, 0);
        learned.grow(start + seconds(3), 1.0, 1);
        assert_eq!(learned.rate, 350.0);
    }

    #[test]
    fn the_cap_grows_while_at_least_half_of_it_is_used() {
        let now = Instant::now();
        let mut learned = Learned::new(now, 500.0, 20, 0);
        learned.grow(now, 500.0, 4);
        assert_eq!(learned.cap, 10);
        learned.grow(now, 500.0, 5);
        assert_eq!(learned.cap, 11);
    }

    #[test]
    fn refusals_of_a_second_and_of_calls_sent_before_are_one_wave() {
        let start = Instant::now();
        let mut learned = Learned::new(start, 500.0, 200, 900);
        assert!(!learned.is_new_wave(start, 901));
        assert!(!learned.is_new_wave(start + seconds(2), 900));
        assert!(learned.is_new_wave(start + seconds(2), 901));
        learned.shrink(start + seconds(2), 400.0, 1_000);
        assert_eq!((learned.rate, learned.cap), (350.0 * BETA, 50));
        assert!(!learned.is_new_wave(start + seconds(2), 1_001));
    }
}
