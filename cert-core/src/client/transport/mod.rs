pub(crate) mod collect;
#[cfg(all(feature = "http2", feature = "rustls"))]
mod first;
mod http;
pub(crate) mod origin;
mod place;
mod proxy;
#[cfg(feature = "rustls")]
mod tls;

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;

pub use self::http::Http;
pub(crate) use self::place::Place;
#[cfg(feature = "rustls")]
pub use self::tls::{Identity, PublicKeyPin, Tls};
use crate::client::Body;

/// A boxed future that may be sent between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries one request to a server and brings back its answer.
///
/// [`Http`] does it over the network. An implementation of your own can record,
/// replay or route calls; it sends what it is given, once, with credentials already in place:
/// it must neither follow redirects nor repeat a request.
///
/// ```
/// use cert_core::client::{Body, BoxFuture, Chunks, Transport, TransportError};
///
/// struct Canned(&'static str);
///
/// impl Transport for Canned {
///     fn send(
///         &self,
///         _request: http::Request<Body>,
///     ) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
///         let body = Chunks::from(bytes::Bytes::from_static(self.0.as_bytes()));
///         Box::pin(async { Ok(http::Response::new(body)) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` and resolves when the head of the answer is there.
    fn send(
        &self,
        request: ::http::Request<Body>,
    ) -> BoxFuture<'_, Result<::http::Response<Chunks>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: ::http::Request<Body>,
    ) -> BoxFuture<'_, Result<::http::Response<Chunks>, TransportError>> {
        (**self).send(request)
    }
}

/// The body of an answer, as it arrives.
pub struct Chunks {
    source: Source,
    idle: Option<Duration>,
    deadline: Option<Instant>,
}

enum Source {
    Whole(Option<Bytes>),
    Stream(Box<dyn ChunkSource>),
    Broken(Stage),
}

/// Source of the chunks of a streamed body.
pub trait ChunkSource: Send {
    /// The next chunk, `None` after the last one.
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Bytes, TransportError>>>;
}

impl Chunks {
    /// Chunks that are still to arrive.
    #[must_use]
    pub fn new(source: impl ChunkSource + 'static) -> Self {
        Self {
            source: Source::Stream(Box::new(source)),
            idle: None,
            deadline: None,
        }
    }

    /// Bounds the wait for each chunk, and for all of them.
    pub(crate) fn bounded(mut self, idle: Duration, deadline: Option<Instant>) -> Self {
        (self.idle, self.deadline) = (Some(idle), deadline);
        self
    }

    /// How long the next chunk may take.
    fn time(&self) -> Option<Duration> {
        let left = |end: Instant| end.saturating_duration_since(Instant::now());
        let left = self.deadline.map(left);
        self.idle.into_iter().chain(left).min()
    }

    /// The next chunk, `None` after the last one. After an error there is nothing but errors.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        let time = self.time();
        let chunk = match &mut self.source {
            Source::Whole(bytes) => return bytes.take().map(Ok),
            Source::Broken(stage) => Some(Err(TransportError::new(*stage, "it broke before"))),
            Source::Stream(stream) => match time {
                None => stream.next().await,
                // What has arrived already would be handed out on and on.
                Some(Duration::ZERO) => Some(Err(TransportError::new(
                    Stage::TimedOut,
                    "the time of the call is over",
                ))),
                Some(time) => tokio::time::timeout(time, stream.next())
                    .await
                    .unwrap_or_else(|late| Some(Err(TransportError::new(Stage::TimedOut, late)))),
            },
        };
        if let Some(Err(error)) = &chunk {
            self.source = Source::Broken(error.stage());
        }
        chunk
    }
}

impl From<Bytes> for Chunks {
    fn from(whole: Bytes) -> Self {
        Self {
            source: Source::Whole((!whole.is_empty()).then_some(whole)),
            idle: None,
            deadline: None,
        }
    }
}

impl fmt::Debug for Chunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chunks")
    }
}

/// Stage that a request had come to when it failed; what may be repeated is decided on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// There was no connection: nothing of the request left.
    NotSent,
    /// The server did not prove to be the one it should be: nothing of the request left.
    ServerCertificate,
    /// The server refused the client's certificate, or asked for one that was not there. Over
    /// TLS 1.3 this shows only once the request is on its way, but nothing of it was read.
    ClientCertificate,
    /// Some of the request may have arrived, and the answer did not come, or not whole.
    Interrupted,
    /// The same, because the answer did not come in time.
    TimedOut,
}

impl Stage {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "the server cannot be reached",
            Self::ServerCertificate => {
                "the server's certificate is not trusted: give its root, or pin its key"
            }
            Self::ClientCertificate => "the server wants another client certificate",
            Self::Interrupted => "the connection broke before the answer was whole",
            Self::TimedOut => "the answer stopped coming before it was whole",
        }
    }
}

/// A request that got no whole answer.
#[derive(Debug)]
pub struct TransportError {
    stage: Stage,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// A failure at `stage`; `source` must not contain the URL's query.
    pub fn new(stage: Stage, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            stage,
            source: source.into(),
        }
    }

    /// Stage that the request had come to.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.stage
    }

    pub(crate) fn into_parts(self) -> (Stage, Box<dyn StdError + Send + Sync>) {
        (self.stage, self.source)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.stage.as_str())
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
