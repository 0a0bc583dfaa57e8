use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use crate::client::transport::{Transport, collect};
use crate::client::{Answer, Body, Error, Limits, Retry};

/// Largest answer to a sign-in call that is read, in bytes.
const SIZE: usize = 1 << 20;

/// The way to the server for sign-in calls: the client's transport and its bounds.
#[derive(Clone)]
pub(crate) struct Channel {
    pub(crate) transport: Arc<dyn Transport>,
    time: Duration,
    retry: Retry,
}

impl Channel {
    pub(crate) fn new(transport: Arc<dyn Transport>, limits: &Limits, retry: Retry) -> Self {
        Self {
            transport,
            time: limits.attempt,
            retry,
        }
    }

    /// Sends a sign-in request, once, and reads the whole answer.
    pub(crate) async fn exchange(&self, request: http::Request<Body>) -> Result<Answer, Error> {
        collect::exchange(&*self.transport, request, self.time, SIZE).await
    }

    /// How long signing in may take in all: a little longer than a sign-in call may, so that the
    /// call's own error is the one that is told.
    pub(crate) fn patience(&self) -> Duration {
        self.time.saturating_add(self.time / 8)
    }

    /// How long the outcome of failed sign-in number `failures` (from 1) stands for everybody.
    pub(crate) fn pause(&self, failures: u32, asked: Option<Duration>) -> Duration {
        self.retry.pause(failures, asked)
    }
}

/// The channel of a request that credentials are applied to, and the refusal that it answers.
#[derive(Clone, Copy)]
pub struct Signing<'a> {
    channel: &'a Channel,
    refusal: Option<&'a HeaderMap>,
}

impl<'a> Signing<'a> {
    pub(crate) fn new(channel: &'a Channel, refusal: Option<&'a HeaderMap>) -> Self {
        Self { channel, refusal }
    }

    pub(crate) fn channel(&self) -> &'a Channel {
        self.channel
    }

    /// The headers of the 401 that the same call was answered with before, where it is made
    /// again for it.
    #[must_use]
    pub fn refusal(&self) -> Option<&'a HeaderMap> {
        self.refusal
    }

    /// Sends a sign-in request, once and without further credentials, over the client's
    /// transport, and reads the answer whatever its status: at most 1 MiB, within
    /// [`Limits::attempt`].
    ///
    /// # Errors
    ///
    /// When there is no whole answer.
    pub async fn send(&self, request: http::Request<Body>) -> Result<Answer, Error> {
        self.channel.exchange(request).await
    }
}

impl fmt::Debug for Signing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signing")
            .field("challenged", &self.refusal.is_some())
            .finish_non_exhaustive()
    }
}
