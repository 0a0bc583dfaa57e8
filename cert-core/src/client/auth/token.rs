use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::HeaderValue;
use tokio::sync::watch;

use super::Channel;
use crate::Secret;
use crate::client::Error;
use crate::client::transport::BoxFuture;

/// How long before its end a token is renewed, while the old one is still served; one that
/// lives less than ten times as long, in its last tenth.
const EARLY: Duration = Duration::from_secs(60);
/// How long after a failed early renewal the next one is tried.
const PAUSE: Duration = Duration::from_secs(10);
/// Longest time for which a failure stands, whatever the server asks for.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// A value that signs calls in for some time.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Token {
    /// The value.
    pub value: Secret,
    /// End of the token's life, if that is known.
    pub expires: Option<Instant>,
}

impl Token {
    /// A token without a known end.
    #[must_use]
    pub fn new(value: impl Into<Secret>) -> Self {
        Self {
            value: value.into(),
            expires: None,
        }
    }

    /// A token that ends `lifetime` from now.
    #[must_use]
    pub fn lasting(mut self, lifetime: Duration) -> Self {
        self.expires = Instant::now().checked_add(lifetime);
        self
    }

    fn is_expired(&self) -> bool {
        self.expires.is_some_and(|end| Instant::now() >= end)
    }

    /// When it should be renewed, though it has not ended yet.
    fn renew_from(&self) -> Option<Instant> {
        let end = self.expires?;
        let left = end.saturating_duration_since(Instant::now());
        end.checked_sub(EARLY.min(left / 10))
    }
}

/// A token, and the header that it goes into.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(crate) token: Token,
    pub(crate) header: HeaderValue,
}

/// Where tokens come from: a sign-in call.
pub(crate) trait TokenSource: Send + Sync + 'static {
    /// Fetches a new token over `channel`.
    fn fetch(self: Arc<Self>, channel: Channel) -> BoxFuture<'static, Result<Signed, Error>>;
}

/// Keeps a token and renews it: one renewal at a time, however many calls wait for it.
///
/// The renewal is a task of its own on the tokio runtime: it goes on when the call that caused
/// it is dropped, for as long as an attempt may take. Shortly before a token ends it is renewed
/// in the background, and the old one is served until it really ends, also when the early
/// renewal fails. A failure stands for every call of one back-off, which doubles from failure to
/// failure, so that many callers do not try in each other's stead; credentials that were refused
/// are not tried again in the background.
pub(crate) struct TokenCache {
    source: Arc<dyn TokenSource>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    current: Option<Signed>,
    /// The one before it, with which calls may still be under way.
    retired: Option<Signed>,
    /// Counts the tokens, so that a call can say which one was refused.
    epoch: u64,
    renewal: Option<watch::Receiver<Outcome>>,
    renew_from: Option<Instant>,
    /// How many sign-ins failed since the last one that did not.
    failures: u32,
    failure: Option<Failure>,
}

/// The last failure, and until when it stands for everybody.
struct Failure {
    error: Arc<Error>,
    until: Instant,
}

impl State {
    fn retire(&mut self) {
        if let Some(signed) = self.current.take() {
            self.retired = Some(signed);
        }
    }

    fn standing_failure(&self) -> Option<Arc<Error>> {
        let failure = self.failure.as_ref()?;
        (Instant::now() < failure.until).then(|| Arc::clone(&failure.error))
    }

    /// Takes in how a renewal ended.
    fn settle(&mut self, outcome: Result<Signed, Error>, channel: &Channel) -> Shared {
        self.renewal = None;
        match outcome {
            Ok(signed) => Ok(self.keep(signed)),
            Err(error) => Err(self.fail(error, channel)),
        }
    }

    fn keep(&mut self, signed: Signed) -> (HeaderValue, u64) {
        self.retire();
        (self.failures, self.failure) = (0, None);
        self.renew_from = signed.token.renew_from();
        self.epoch += 1;
        let header = signed.header.clone();
        self.current = Some(signed);
        (header, self.epoch)
    }

    fn fail(&mut self, error: Error, channel: &Channel) -> Arc<Error> {
        self.failures = self.failures.saturating_add(1);
        let pause = channel.pause(self.failures, error.retry_after());
        let pause = pause.min(LONGEST);
        let now = Instant::now();
        let again = error.is_transient().then(|| now + pause.max(PAUSE));
        self.renew_from = again;
        let error = Arc::new(error);
        self.failure = Some(Failure {
            error: Arc::clone(&error),
            until: now + pause,
        });
        error
    }
}

type Shared = Result<(HeaderValue, u64), Arc<Error>>;
type Outcome = Option<Shared>;

impl TokenCache {
    /// An empty cache over `source`; the first call fetches.
    pub(crate) fn new(source: Arc<dyn TokenSource>) -> Self {
        Self {
            source,
            state: Arc::default(),
        }
    }

    /// The header of a token that has not ended, and its epoch.
    ///
    /// # Errors
    ///
    /// The error of the sign-in call, as kind [`SignIn`](crate::client::ErrorKind::SignIn).
    pub(crate) async fn header(&self, channel: &Channel) -> Result<(HeaderValue, u64), Error> {
        let mut renewal = match self.kept_or_renewed(channel)? {
            Ok(kept) => return Ok(kept),
            Err(renewal) => renewal,
        };
        let outcome = renewal
            .wait_for(Option::is_some)
            .await
            .map_err(|_| stopped())?;
        match outcome.as_ref() {
            Some(Ok(renewed)) => Ok(renewed.clone()),
            Some(Err(error)) => Err(Error::sign_in_failed(Arc::clone(error))),
            None => Err(stopped()),
        }
    }

    /// What is kept, or else a renewal to wait for.
    fn kept_or_renewed(
        &self,
        channel: &Channel,
    ) -> Result<Result<(HeaderValue, u64), watch::Receiver<Outcome>>, Error> {
        let mut state = self.lock();
        let kept = state
            .current
            .as_ref()
            .filter(|kept| !kept.token.is_expired());
        let Some(header) = kept.map(|kept| kept.header.clone()) else {
            return match state.standing_failure() {
                Some(error) => Err(Error::sign_in_failed(error)),
                None => Ok(Err(self.renew(&mut state, channel))),
            };
        };
        if state.renew_from.is_some_and(|at| Instant::now() >= at) {
            self.renew(&mut state, channel);
        }
        Ok(Ok((header, state.epoch)))
    }

    /// Gives up the token of `epoch`, which the server refused; a newer one is kept.
    pub(crate) fn give_up(&self, epoch: u64) {
        let mut state = self.lock();
        if state.epoch == epoch {
            state.retire();
        }
    }

    /// Names the tokens that calls under way may carry.
    pub(crate) fn secrets(&self, name: &mut dyn FnMut(&str)) {
        let state = self.lock();
        let kept = state.current.iter().chain(&state.retired);
        kept.for_each(|kept| name(kept.token.value.expose()));
    }

    /// Joins the renewal under way, or starts one.
    fn renew(&self, state: &mut State, channel: &Channel) -> watch::Receiver<Outcome> {
        if let Some(renewal) = state
            .renewal
            .as_ref()
            .filter(|renewal| renewal.has_changed().is_ok())
        {
            return renewal.clone();
        }
        let (sender, receiver) = watch::channel(None);
        state.renewal = Some(receiver.clone());
        let fetching = Arc::clone(&self.source).fetch(channel.clone());
        let (shared, channel) = (Arc::clone(&self.state), channel.clone());
        tokio::spawn(async move {
            let outcome = fetching.await;
            let mut state = shared.lock().unwrap_or_else(PoisonError::into_inner);
            sender.send_replace(Some(state.settle(outcome, &channel)));
        });
        receiver
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenCache")
    }
}

fn stopped() -> Error {
    Error::sign_in("the sign-in call was stopped before it ended")
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::client::transport::{Chunks, Transport, TransportError};
    use crate::client::{Answer, Body, Fault, Limits, Retry};

    struct Unused;

    impl Transport for Unused {
        fn send(
            &self,
            _: http::Request<Body>,
        ) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
            unreachable!("nothing is sent")
        }
    }

    #[test]
    fn refused_credentials_are_not_tried_again_in_the_background() {
        let channel = Channel::new(Arc::new(Unused), &Limits::default(), Retry::default());
        let refused = |status| {
            let answer = Answer::new(status, HeaderMap::new(), bytes::Bytes::new());
            Error::refused(answer, Fault::default())
        };
        let mut state = State::default();
        state.fail(refused(StatusCode::SERVICE_UNAVAILABLE), &channel);
        assert!(state.renew_from.is_some_and(|at| at > Instant::now()));
        state.fail(refused(StatusCode::UNAUTHORIZED), &channel);
        assert!(state.renew_from.is_none() && state.standing_failure().is_some());
    }
}
