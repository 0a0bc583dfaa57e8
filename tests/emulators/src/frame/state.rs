use std::{
    sync::{Mutex, MutexGuard, TryLockError},
    time::{Duration, Instant},
};

/// Longer than any request takes, and short enough to end a test that hangs.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(1);

/// A vendor's state behind a lock that gives up: a test that holds a guard while it waits for an
/// answer, or takes a second one, is told so instead of hanging.
#[derive(Debug)]
pub(super) struct State<V> {
    state: Mutex<V>,
    patience: Duration,
}

impl<V> State<V> {
    pub(super) fn new(state: V) -> Self {
        Self {
            state: Mutex::new(state),
            patience: PATIENCE,
        }
    }

    /// The state, or nothing when somebody has been holding it for too long.
    pub(super) fn lock(&self) -> Option<MutexGuard<'_, V>> {
        let begun = Instant::now();
        loop {
            match self.state.try_lock() {
                Ok(guard) => return Some(guard),
                // A panic in one request is that request's; the next one finds what it left.
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) if begun.elapsed() > self.patience => return None,
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_guard_is_refused_while_the_first_one_lives() {
        let mut state = State::new(1);
        state.patience = Duration::from_millis(5);
        let guard = state.lock().expect("free");
        assert!(state.lock().is_none());
        drop(guard);
        assert_eq!(state.lock().as_deref(), Some(&1));
    }

    #[test]
    fn a_panic_does_not_lock_the_next_one_out() {
        let state = State::new(1);
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            *state.lock().expect("free") = 2;
            let _guard = state.lock().expect("free");
            panic!("while it is held");
        }));
        assert!(panicked.is_err());
        assert_eq!(state.lock().as_deref(), Some(&2));
    }
}
