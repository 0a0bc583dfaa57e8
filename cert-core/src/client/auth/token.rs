use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::Secret;
use crate::client::Error;
use crate::client::transport::{BoxFuture, Transport};

/// How long before its end a token is renewed, while the old one is still served; one that
/// lives less than ten times as long, in its last tenth.
const EARLY: Duration = Duration::from_secs(60);
/// How long after a failed early renewal the next one is tried.
const PAUSE: Duration = Duration::from_secs(10);

/// A value that signs calls in for some time.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Token {
    /// The value.
    pub value: Secret,
    /// When it ends, if that is known.
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

/// Where tokens come from: a sign-in call.
pub(crate) trait TokenSource: Send + Sync + 'static {
    /// Fetches a new token over `transport`.
    fn fetch(
        self: Arc<Self>,
        transport: Arc<dyn Transport>,
    ) -> BoxFuture<'static, Result<Token, Error>>;
}

/// Keeps a token and renews it: one renewal at a time, however many calls wait for it.
///
/// The renewal is a task of its own on the tokio runtime: it goes on when the call that caused
/// it is dropped. Shortly before a token ends it is renewed in the background, and the old one
/// is served until it really ends, also when the early renewal fails.
pub(crate) struct TokenCache {
    source: Arc<dyn TokenSource>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    token: Option<Arc<Token>>,
    /// The one before it, with which calls may still be under way.
    retired: Option<Arc<Token>>,
    /// Counts the tokens, so that a call can say which one was refused.
    epoch: u64,
    renewal: Option<watch::Receiver<Outcome>>,
    renew_from: Option<Instant>,
}

impl State {
    fn retire(&mut self) {
        if let Some(token) = self.token.take() {
            self.retired = Some(token);
        }
    }
}

type Outcome = Option<Result<(Arc<Token>, u64), Arc<Error>>>;

impl TokenCache {
    /// An empty cache over `source`; the first call fetches.
    pub(crate) fn new(source: Arc<dyn TokenSource>) -> Self {
        Self {
            source,
            state: Arc::default(),
        }
    }

    /// A token that has not ended, and its epoch.
    ///
    /// # Errors
    ///
    /// The error of the sign-in call, as kind [`SignIn`](crate::client::ErrorKind::SignIn).
    pub(crate) async fn token(
        &self,
        transport: &Arc<dyn Transport>,
    ) -> Result<(Arc<Token>, u64), Error> {
        let mut renewal = 'wait: {
            let mut state = self.lock();
            let token = state.token.clone().filter(|token| !token.is_expired());
            let Some(token) = token else {
                break 'wait self.renew(&mut state, transport);
            };
            if state.renew_from.is_some_and(|at| Instant::now() >= at) {
                self.renew(&mut state, transport);
            }
            return Ok((token, state.epoch));
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
        let tokens = state.token.iter().chain(&state.retired);
        tokens.for_each(|token| name(token.value.expose()));
    }

    /// Joins the renewal under way, or starts one.
    fn renew(&self, state: &mut State, transport: &Arc<dyn Transport>) -> watch::Receiver<Outcome> {
        if let Some(renewal) = state
            .renewal
            .as_ref()
            .filter(|renewal| renewal.has_changed().is_ok())
        {
            return renewal.clone();
        }
        let (sender, receiver) = watch::channel(None);
        state.renewal = Some(receiver.clone());
        let fetching = Arc::clone(&self.source).fetch(Arc::clone(transport));
        let shared = Arc::clone(&self.state);
        tokio::spawn(async move {
            let outcome = fetching.await;
            let mut state = shared.lock().unwrap_or_else(PoisonError::into_inner);
            state.renewal = None;
            let outcome = match outcome {
                Ok(token) => {
                    let token = Arc::new(token);
                    state.retire();
                    state.renew_from = token.renew_from();
                    state.token = Some(Arc::clone(&token));
                    state.epoch += 1;
                    Ok((token, state.epoch))
                }
                Err(error) => {
                    state.renew_from = Some(Instant::now() + PAUSE);
                    Err(Arc::new(error))
                }
            };
            sender.send_replace(Some(outcome));
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
