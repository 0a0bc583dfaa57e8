use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::uri::PathAndQuery;
use http::{HeaderMap, StatusCode, Uri};
use url::Url;

use super::request::Draft;
use super::transport::{BoxFuture, Transport, collect};
use super::{
    Answer, Auth, Body, Epoch, Error, ErrorKind, Fault, Limits, Op, Repeatability, Retry, trace,
};
use crate::Secret;

/// What is peculiar to a vendor in every answer.
#[derive(Debug)]
pub struct Vendor {
    name: &'static str,
    fault: fn(&Answer) -> Option<Fault>,
}

impl Vendor {
    /// The vendor's name for errors and spans, and how its answers tell that they are errors.
    ///
    /// `fault` sees every whole answer, whatever its status: some vendors refuse with 200. An
    /// answer with an error status is a refusal also where `fault` finds nothing in it.
    #[must_use]
    pub const fn new(name: &'static str, fault: fn(&Answer) -> Option<Fault>) -> Self {
        Self { name, fault }
    }

    /// The vendor's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    fn fault_in(&self, answer: &Answer) -> Option<Fault> {
        if answer.is_streaming() {
            return None;
        }
        let fault = (self.fault)(answer);
        let refused = !answer.status.is_success();
        fault.or_else(|| refused.then(|| Fault::from_text(answer)))
    }
}

/// Makes a vendor's calls: where to, how signed in, within which limits. Cheap to clone.
#[derive(Clone)]
pub struct Caller(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) vendor: &'static Vendor,
    pub(crate) base_url: Url,
    /// Scheme and authority of the base URL.
    pub(crate) origin: Uri,
    pub(crate) base_path: String,
    pub(crate) auth: Arc<dyn Auth>,
    pub(crate) transport: Arc<dyn Transport>,
    /// The transport, where it is ours.
    #[cfg(feature = "rustls")]
    pub(crate) http: Option<Arc<super::Http>>,
    pub(crate) limits: Limits,
    pub(crate) retry: Retry,
}

/// A request that can be made any number of times.
pub(crate) struct Prepared {
    uri: Uri,
    op: &'static Op,
    headers: HeaderMap,
    body: Body,
}

impl Prepared {
    pub(crate) fn request(&self) -> http::Request<Body> {
        let mut request = http::Request::new(self.body.clone());
        *request.method_mut() = self.op.method().clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        request
    }
}

impl Caller {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// Whose calls these are.
    #[must_use]
    pub fn vendor(&self) -> &'static Vendor {
        self.0.vendor
    }

    /// Where the calls go.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        &self.0.base_url
    }

    /// Replaces the client's own certificate; see
    /// [`Http::replace_identity`](super::Http::replace_identity).
    ///
    /// # Errors
    ///
    /// As there; also when the client was built over a transport of its user's own.
    #[cfg(feature = "rustls")]
    pub fn replace_identity(&self, identity: super::Identity) -> Result<(), Error> {
        let http = self.0.http.as_ref().ok_or_else(|| {
            Error::argument("the client has a transport of your own: replace its identity there")
        })?;
        http.replace_identity(identity)
    }

    pub(crate) fn base_path(&self) -> &str {
        &self.0.base_path
    }

    pub(crate) fn prepared(&self, draft: Draft) -> Result<Prepared, Error> {
        if let Some(problem) = draft.problem {
            return Err(problem);
        }
        let mut target = draft.path.finish().map_err(Error::argument)?;
        if !draft.query.is_empty() {
            target.push('?');
            target.push_str(&draft.query);
        }
        let unusable = "the arguments do not make a URL";
        let mut parts = self.0.origin.clone().into_parts();
        let target = PathAndQuery::from_maybe_shared(Bytes::from(target));
        parts.path_and_query = Some(target.map_err(|_| Error::argument(unusable))?);
        let uri = Uri::from_parts(parts).map_err(|_| Error::argument(unusable))?;
        Ok(Prepared {
            uri,
            op: draft.op,
            headers: draft.headers,
            body: draft.body,
        })
    }

    /// Sends the draft as often as needed and allowed.
    pub(crate) fn exchange(
        self,
        mut draft: Box<Draft>,
        streams: bool,
        takes_faults: bool,
    ) -> BoxFuture<'static, Result<Answer, Error>> {
        Box::pin(async move {
            let op = draft.op;
            let limits = &self.0.limits;
            let time = if op.is_slow() {
                limits.slow_attempt
            } else {
                limits.attempt
            };
            let total = draft.timeout.or(limits.total);
            let exchange = Exchange {
                retry: draft.retry.unwrap_or(self.0.retry),
                deadline: total.and_then(|total| Instant::now().checked_add(total)),
                time,
                size: draft.body_limit.unwrap_or(limits.body),
                streams,
                takes_faults,
                secrets: std::mem::take(&mut draft.secrets),
                caller: self,
            };
            let vendor = exchange.caller.vendor().name;
            match exchange.caller.prepared(*draft) {
                Ok(prepared) => trace::call(&exchange.caller, op, exchange.run(&prepared)).await,
                Err(error) => Err(error.of(vendor, op, 0, false)),
            }
        })
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller")
            .field("vendor", &self.0.vendor.name)
            .field("base_url", &self.0.base_url.as_str())
            .finish_non_exhaustive()
    }
}

/// The settings of one call.
struct Exchange {
    caller: Caller,
    retry: Retry,
    deadline: Option<Instant>,
    time: Duration,
    size: usize,
    streams: bool,
    takes_faults: bool,
    secrets: Vec<Secret>,
}

impl Exchange {
    async fn run(&self, prepared: &Prepared) -> Result<Answer, Error> {
        let op = prepared.op;
        let (mut attempt, mut challenged, mut arrived) = (0, false, false);
        loop {
            attempt += 1;
            let outcome = self.attempt(prepared, &mut challenged).await;
            let Some(outcome) = outcome else {
                trace::attempt(attempt, Some(StatusCode::UNAUTHORIZED), None);
                continue;
            };
            let error = match outcome {
                Ok(mut answer) => {
                    trace::attempt(attempt, Some(answer.status), None);
                    answer.attempts = attempt;
                    return Ok(answer);
                }
                Err(error) => error,
            };
            trace::attempt(attempt, error.status(), Some(error.kind()));
            arrived |= error.may_have_arrived();
            match self.wait(op, &error, attempt) {
                Some(wait) => tokio::time::sleep(wait).await,
                None if self.takes_faults && error.kind() == ErrorKind::Refused => {
                    return Ok(error.into_answer(attempt));
                }
                None => return Err(self.told(error).of(self.vendor(), op, attempt, arrived)),
            }
        }
    }

    /// Makes one attempt; `None` after a challenge that the next attempt can meet.
    async fn attempt(
        &self,
        prepared: &Prepared,
        challenged: &mut bool,
    ) -> Option<Result<Answer, Error>> {
        let (answer, epoch) = match self.answer(prepared).await {
            Ok(answer) => answer,
            Err(error) => return Some(Err(error)),
        };
        if answer.status == StatusCode::UNAUTHORIZED && !std::mem::replace(challenged, true) {
            let met = self.caller.0.auth.challenged(epoch, &answer);
            if met {
                return None;
            }
        }
        Some(match self.caller.0.vendor.fault_in(&answer) {
            None => Ok(answer),
            Some(fault) => Err(Error::refused(answer, fault)),
        })
    }

    async fn answer(&self, prepared: &Prepared) -> Result<(Answer, Epoch), Error> {
        let Inner {
            auth, transport, ..
        } = &*self.caller.0;
        let mut request = prepared.request();
        let signing = auth.apply(&mut request, transport);
        let epoch = collect::within(self.time(), signing)
            .await
            .map_err(Error::before_sending)?;
        let answer = collect::within(self.time(), async {
            let answer = collect::head(transport, request).await?;
            let streams = self.streams && answer.status.is_success();
            if streams {
                Ok(answer)
            } else {
                collect::collected(answer, self.size).await
            }
        });
        Ok((answer.await?.idling_at_most(self.time), epoch))
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
    fn wait(&self, op: &Op, error: &Error, attempt: u32) -> Option<Duration> {
        let harmless = match error.kind() {
            ErrorKind::NotSent | ErrorKind::SignIn => true,
            _ if error.status() == Some(StatusCode::TOO_MANY_REQUESTS) => true,
            _ => op.repeatability() != Repeatability::Once,
        };
        if !harmless || !error.is_transient() {
            return None;
        }
        let wait = self.retry.wait(attempt, error.retry_after())?;
        (wait < self.left().unwrap_or(self.time)).then_some(wait)
    }

    /// The error without the secrets that its text may repeat.
    fn told(&self, error: Error) -> Error {
        let mut secrets = self.secrets.clone();
        self.caller
            .0
            .auth
            .secrets(&mut |secret| secrets.push(secret.into()));
        error.masking(secrets.iter().map(Secret::expose))
    }

    fn vendor(&self) -> &'static str {
        self.caller.0.vendor.name
    }
}
