//! The attempts of one call.

use std::pin::pin;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};
use tokio::time::Instant;

use super::caller::{Caller, Inner};
use super::pace::{PATIENCE, Turn};
use super::request::Draft;
use super::transport::{BoxFuture, collect};
use super::{
    Answer, Body, Epoch, Error, ErrorKind, Fault, Op, Repeatability, Retry, SignInStyle, Signing,
    trace,
};
use crate::values::Secret;

/// How a reply wants its answer.
#[derive(Clone, Copy)]
pub(crate) struct Wanted {
    /// The body is handed over while it arrives.
    pub(crate) streams: bool,
    /// Refusals are answers too.
    pub(crate) takes_faults: bool,
}

/// Sends the draft as often as needed and allowed.
pub(crate) fn exchange(
    caller: Caller,
    draft: Box<Draft>,
    wanted: Wanted,
) -> BoxFuture<'static, Result<Answer, Error>> {
    Box::pin(async move {
        let id = draft.path.told();
        let (exchange, request) = Exchange::new(caller, *draft, wanted)?;
        let run = pin!(exchange.run(&request));
        trace::call(&exchange.caller, exchange.op, &id, run).await
    })
}

/// The settings of one call.
struct Exchange {
    caller: Caller,
    op: &'static Op,
    wanted: Wanted,
    retry: Retry,
    deadline: Option<Instant>,
    time: Duration,
    size: usize,
    secrets: Vec<Secret>,
}

impl Exchange {
    fn new(
        caller: Caller,
        mut draft: Draft,
        wanted: Wanted,
    ) -> Result<(Self, http::Request<Body>), Error> {
        let (op, limits) = (draft.op, &caller.0.limits);
        let time = match op.is_slow() {
            true => limits.slow_attempt,
            false => limits.attempt,
        };
        let total = draft.timeout.or(limits.total);
        let (retry, size) = (draft.retry.unwrap_or(caller.0.retry), draft.body_limit);
        let (size, secrets) = (
            size.unwrap_or(limits.body),
            std::mem::take(&mut draft.secrets),
        );
        let request = draft.finish(&caller.0.origin)?;
        served(&caller, op)?;
        let exchange = Self {
            op,
            wanted,
            retry,
            deadline: total.and_then(|total| Instant::now().checked_add(total)),
            time,
            size,
            secrets,
            caller,
        };
        Ok((exchange, request))
    }

    async fn run(&self, request: &http::Request<Body>) -> Result<Answer, Error> {
        let (mut attempt, mut challenges, mut arrived) = (0, 0, false);
        let (mut refusal, mut tries) = (None, Tries::default());
        let mut turn = self.turn().await?;
        loop {
            attempt += 1;
            let outcome = match self.attempt(request, refusal.take()).await {
                Ok((answer, epoch)) => {
                    if self.meets_challenge(&answer, epoch, challenges) {
                        challenges += 1;
                        trace::attempt(attempt, Some(StatusCode::UNAUTHORIZED), None);
                        refusal = Some(Box::new(answer.headers));
                        continue;
                    }
                    self.judged(answer)
                }
                Err(error) => Outcome::Failed(error),
            };
            let (status, kind) = outcome.told();
            trace::attempt(attempt, status, kind);
            let (answer, error) = match outcome {
                Outcome::Answered(answer) => {
                    turn.served();
                    return Ok(answer.attempted(attempt));
                }
                Outcome::Refused(answer, fault) => {
                    let kept = self.wanted.takes_faults.then(|| answer.whole());
                    (kept, Error::refused(answer, fault))
                }
                Outcome::Failed(error) => (None, error),
            };
            arrived |= error.may_have_arrived();
            tries.count(&error);
            self.tell(&turn, &error);
            drop(turn);
            if let Some(wait) = self.wait(&error, &tries) {
                trace::repeated(&self.caller, self.op, attempt, wait, error.kind());
                // On the heap, as calls that fail are few.
                let again = Box::pin(self.turn_again(wait, &error, &tries));
                if let Some(next) = again.await {
                    turn = next;
                    continue;
                }
            }
            return match answer {
                Some(answer) => Ok(answer.attempted(attempt)),
                None => Err(self.masked(error).attempted(attempt, arrived)),
            };
        }
    }

    /// Signs the request in, sends it, and reads the answer.
    async fn attempt(
        &self,
        request: &http::Request<Body>,
        refusal: Option<Box<HeaderMap>>,
    ) -> Result<(Answer, Epoch), Error> {
        let mut request = request.clone();
        let epoch = self.signed_in(&mut request, refusal).await?;
        let answered = pin!(self.answered(request));
        let answer = collect::within(self.time(), answered).await?;
        let mut answer = answer.called(self.caller.vendor(), self.op);
        if answer.is_streaming() {
            answer = answer.hiding(self.secrets());
        }
        let deadline = self.deadline.map(Instant::into_std);
        Ok((answer.bounded(self.time, deadline), epoch))
    }

    async fn answered(&self, request: http::Request<Body>) -> Result<Answer, Error> {
        let transport = &*self.caller.0.channel.transport;
        let mut answer = collect::head(transport, request).await?;
        self.read(&mut answer).await?;
        Ok(answer)
    }

    async fn signed_in(
        &self,
        request: &mut http::Request<Body>,
        refusal: Option<Box<HeaderMap>>,
    ) -> Result<Epoch, Error> {
        if self.op.sign_in() == SignInStyle::None {
            return Ok(Epoch::default());
        }
        let Inner { auth, channel, .. } = &*self.caller.0;
        let time = self.left().unwrap_or(Duration::MAX).min(channel.patience());
        let mut signing = auth.apply(request, Signing::new(channel, refusal.as_deref()));
        let signed = collect::within(time, signing.as_mut()).await;
        signed.map_err(Error::before_sending)
    }

    /// Reads the body, unless it is streamed or there can be none. An error answer whose body
    /// breaks stays what its status says.
    async fn read(&self, answer: &mut Answer) -> Result<(), Error> {
        let success = answer.status.is_success();
        if self.op.method() == Method::HEAD {
            answer.rest = None;
        }
        if self.wanted.streams && success {
            return Ok(());
        }
        match collect::collect(answer, self.size).await {
            Err(error) if !success && error.kind() == ErrorKind::Interrupted => Ok(()),
            collected => collected,
        }
    }

    /// Whether a 401 can be met by the next attempt; asked as often as the sign-in wants it.
    fn meets_challenge(&self, answer: &Answer, epoch: Epoch, challenges: u32) -> bool {
        let auth = &self.caller.0.auth;
        if self.op.sign_in() == SignInStyle::None {
            return false;
        }
        if answer.status != StatusCode::UNAUTHORIZED {
            if lets_in(answer.status) {
                auth.accepted(epoch);
            }
            return false;
        }
        challenges < auth.challenges() && auth.challenged(epoch, answer)
    }

    fn judged(&self, answer: Answer) -> Outcome {
        match self.caller.vendor().fault_in(self.op, &answer) {
            None => Outcome::Answered(answer),
            Some(fault) => Outcome::Refused(answer, fault),
        }
    }

    /// How long the next step may take.
    fn time(&self) -> Duration {
        self.left().map_or(self.time, |left| left.min(self.time))
    }

    /// How long it is to the deadline, if there is one.
    fn left(&self) -> Option<Duration> {
        self.deadline
            .map(|end| end.saturating_duration_since(Instant::now()))
    }

    /// How long to wait before the next attempt, `None` where there is to be none.
    fn wait(&self, error: &Error, tries: &Tries) -> Option<Duration> {
        let harmless = match error.kind() {
            ErrorKind::NotSent | ErrorKind::SignIn => true,
            _ if error.status() == Some(StatusCode::TOO_MANY_REQUESTS) => true,
            _ => self.op.repeatability() != Repeatability::Once,
        };
        if !harmless || !error.is_transient() {
            return None;
        }
        if is_limit(error) {
            return self.wait_for_limit(tries);
        }
        let wait = self.retry.wait(tries.failed, error.retry_after())?;
        let in_time = wait < self.left().unwrap_or(self.time);
        // A failed sign-in is shared by all calls: repeating them does not multiply it.
        let shared = error.kind() == ErrorKind::SignIn;
        (in_time && (shared || self.caller.0.pace.pays_for_failure())).then_some(wait)
    }

    /// The same after a limit's refusal; how long the vendor asked to wait is for the pace.
    fn wait_for_limit(&self, tries: &Tries) -> Option<Duration> {
        let wait = self.retry.wait_for_limit(tries.limited)?;
        let patience = tries
            .since
            .map_or(PATIENCE, |since| PATIENCE.saturating_sub(since.elapsed()));
        (wait < self.left().unwrap_or(patience)).then_some(wait)
    }

    /// The first turn of the call.
    async fn turn(&self) -> Result<Turn, Error> {
        let end = self.deadline.unwrap_or_else(|| Instant::now() + PATIENCE);
        let turn = self.caller.0.pace.turn(end).await;
        turn.map_err(|refusal| held_back(refusal.as_deref()))
    }

    /// The turn to repeat the call after `error` and `wait`, unless the call's time ends before.
    async fn turn_again(&self, wait: Duration, error: &Error, tries: &Tries) -> Option<Turn> {
        tokio::time::sleep(wait).await;
        let since = tries.since.unwrap_or_else(Instant::now);
        let end = self.deadline.unwrap_or(since + PATIENCE);
        let pace = &self.caller.0.pace;
        match is_limit(error) {
            true => pace.turn_again(end).await.ok(),
            false => pace.turn(end).await.ok().map(Turn::paid),
        }
    }

    /// Lets the pace learn from what was refused.
    fn tell(&self, turn: &Turn, error: &Error) {
        if is_limit(error) {
            turn.refused(error.retry_after(), self.masked(error.copied()));
        } else if answered(error) {
            turn.served();
        }
    }

    /// The error without the secrets that its text may repeat.
    fn masked(&self, error: Error) -> Error {
        error.masking(self.secrets().iter().map(Secret::expose))
    }

    /// What was sent and is secret.
    fn secrets(&self) -> Vec<Secret> {
        let mut secrets = self.secrets.clone();
        let auth = &self.caller.0.auth;
        auth.secrets(&mut |secret| secrets.push(secret.into()));
        secrets
    }
}

/// Whether an answer other than 401 says that the credentials were looked at, and were right.
fn lets_in(status: StatusCode) -> bool {
    !status.is_server_error() && status != StatusCode::TOO_MANY_REQUESTS
}

/// Whether a limit on calls refused this one.
fn is_limit(error: &Error) -> bool {
    error.kind() == ErrorKind::Refused
        && match error.status() {
            Some(StatusCode::TOO_MANY_REQUESTS) => true,
            Some(StatusCode::SERVICE_UNAVAILABLE) => error.retry_after().is_some(),
            _ => false,
        }
}

/// Whether the server did its part, though it refused.
fn answered(error: &Error) -> bool {
    error
        .status()
        .is_some_and(|status| !status.is_server_error())
        && !matches!(error.kind(), ErrorKind::SignIn | ErrorKind::Interrupted)
}

/// The error of a call that had no turn: the last refusal of another one, or that time is over.
fn held_back(refusal: Option<&Error>) -> Error {
    let late = || {
        Error::new(
            ErrorKind::TimedOut,
            "the time was over before the call's turn came",
        )
    };
    refusal.map_or_else(late, Error::copied)
}

/// How often one call failed.
#[derive(Default)]
struct Tries {
    failed: u32,
    limited: u32,
    /// When a limit refused it first.
    since: Option<Instant>,
}

impl Tries {
    fn count(&mut self, error: &Error) {
        if is_limit(error) {
            self.limited += 1;
            self.since.get_or_insert_with(Instant::now);
        } else {
            self.failed += 1;
        }
    }
}

/// What became of one attempt.
enum Outcome {
    Answered(Answer),
    Refused(Answer, Fault),
    Failed(Error),
}

impl Outcome {
    fn told(&self) -> (Option<StatusCode>, Option<ErrorKind>) {
        match self {
            Self::Answered(answer) => (Some(answer.status), None),
            Self::Refused(answer, _) => (Some(answer.status), Some(ErrorKind::Refused)),
            Self::Failed(error) => (error.status(), Some(error.kind())),
        }
    }
}

/// Refuses a call whose operation asks for credentials of another kind.
fn served(caller: &Caller, op: &Op) -> Result<(), Error> {
    let wanted = match op.sign_in() {
        style if style == SignInStyle::None || caller.0.auth.serves(style) => return Ok(()),
        SignInStyle::Developer => "a developer",
        _ => "an administrator",
    };
    let reason = format!("the operation is for {wanted}, and the client has other credentials");
    Err(Error::argument(reason))
}
