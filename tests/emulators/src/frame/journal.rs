use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use http::StatusCode;

use super::Request;

const KEPT: usize = 1_000;

/// What arrived at an emulator, for tests that ask what a client really sent.
///
/// All requests are counted; the last 1,000 are kept whole.
#[derive(Debug, Default)]
pub struct Journal {
    entries: Mutex<Entries>,
}

#[derive(Debug, Default)]
struct Entries {
    connections: u64,
    arrived: u64,
    kept: VecDeque<Seen>,
}

/// One request and how it was answered.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Seen {
    /// The request's number, from 0.
    pub number: u64,
    /// The request.
    pub request: Request,
    /// The status it was answered with; `None` while, or if, there was no answer.
    pub status: Option<StatusCode>,
}

impl Journal {
    /// How many requests have arrived since the start (or since [`Journal::clear`]).
    pub fn count(&self) -> u64 {
        self.lock().arrived
    }

    /// How many connections have been accepted, TLS handshakes that failed included.
    pub fn connections(&self) -> u64 {
        self.lock().connections
    }

    /// The requests that are kept, oldest first.
    pub fn requests(&self) -> Vec<Seen> {
        self.lock().kept.iter().cloned().collect()
    }

    /// The requests that are kept and whose path, as sent, begins with a prefix.
    pub fn requests_to(&self, path: &str) -> Vec<Seen> {
        let mut requests = self.requests();
        requests.retain(|seen| seen.request.path.starts_with(path));
        requests
    }

    /// The last request, if any.
    pub fn last(&self) -> Option<Seen> {
        self.lock().kept.back().cloned()
    }

    /// Forgets everything and counts from zero again.
    pub fn clear(&self) {
        *self.lock() = Entries::default();
    }

    pub(super) fn connected(&self) {
        self.lock().connections += 1;
    }

    pub(super) fn arrived(&self, request: Request) -> u64 {
        let mut entries = self.lock();
        let number = entries.arrived;
        entries.arrived += 1;
        if entries.kept.len() == KEPT {
            entries.kept.pop_front();
        }
        entries.kept.push_back(Seen {
            number,
            request,
            status: None,
        });
        number
    }

    pub(super) fn answered(&self, number: u64, status: StatusCode) {
        let mut entries = self.lock();
        let seen = entries.kept.iter_mut().rfind(|seen| seen.number == number);
        if let Some(seen) = seen {
            seen.status = Some(status);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
