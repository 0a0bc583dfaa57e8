use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::{PoisonError, RwLock};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::uri::{Authority, Scheme};
use http::{HeaderValue, Method, Uri, header::CONTENT_LENGTH};
use http_body::{Frame, SizeHint};
use url::Url;

#[cfg(all(feature = "http2", feature = "rustls"))]
use super::first::{Firsts, Watching};
use super::{BoxFuture, ChunkSource, Chunks, Stage, Transport, TransportError, proxy};
#[cfg(feature = "rustls")]
use super::{Identity, Tls};
use crate::client::{Body, Error};

/// The [`Transport`] over the network: reqwest, with TLS by rustls.
///
/// It follows no redirect, sends no `Referer`, and repeats nothing by itself but one case that
/// cannot be switched off: a request on a pooled connection which the server had already closed
/// is put on a new connection, as long as none of its bytes were written.
///
/// Proxies are taken from the environment: `HTTPS_PROXY` and `HTTP_PROXY`, or else `ALL_PROXY`,
/// but for the hosts in `NO_PROXY`; capitals before small letters. They speak http or https. To
/// this machine (`localhost`, 127.0.0.0/8, `::1`) no proxy is ever asked, and a setting that
/// cannot be used is an error.
///
/// The first connection to a server over TLS is made once: other calls wait for it, as they all
/// go over it if the server speaks HTTP/2.
///
/// One `Http` can serve several clients; it is a pool of connections, and keeps one set of roots:
/// a thousand device clients are `builder.transport(Arc::clone(&http))` each.
pub struct Http {
    client: RwLock<reqwest::Client>,
    origin: RwLock<Option<KnownOrigin>>,
    connect: Duration,
    #[cfg(feature = "rustls")]
    tls: RwLock<Tls>,
    #[cfg(all(feature = "http2", feature = "rustls"))]
    firsts: Firsts,
}

impl Http {
    /// A transport with the default settings, which gives up connecting after `connect`. Without
    /// feature `rustls` it speaks plain HTTP alone.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::client::ErrorKind::Argument) when the proxies named in the environment
    /// cannot be used, or the machine has no CA certificates.
    pub fn new(connect: Duration) -> Result<Self, Error> {
        #[cfg(feature = "rustls")]
        return Self::with_tls(Tls::new(), connect);
        #[cfg(not(feature = "rustls"))]
        Ok(Self {
            client: RwLock::new(built(settings(connect)?)?),
            origin: RwLock::default(),
            connect,
        })
    }

    /// A transport with these TLS settings, which gives up connecting after `connect`.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::client::ErrorKind::Argument) when the roots, the pins or the identity cannot
    /// be used, or when the machine has no CA certificates and none were given.
    #[cfg(feature = "rustls")]
    pub fn with_tls(tls: Tls, connect: Duration) -> Result<Self, Error> {
        let client = RwLock::new(built(tls.apply(settings(connect)?)?)?);
        Ok(Self {
            client,
            origin: RwLock::default(),
            connect,
            tls: RwLock::new(tls),
            #[cfg(feature = "http2")]
            firsts: Firsts::default(),
        })
    }

    /// Replaces the client's own certificate. Calls under way finish on the old one; every call
    /// that starts after this returned uses the new one, on a new connection.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::client::ErrorKind::Argument) when the identity cannot be used; the old one
    /// then stays.
    #[cfg(feature = "rustls")]
    pub fn replace_identity(&self, identity: Identity) -> Result<(), Error> {
        let mut tls = self.tls.write().unwrap_or_else(PoisonError::into_inner);
        let renewed = tls.clone().identity(identity);
        let client = built(renewed.apply(settings(self.connect)?)?)?;
        *self.client.write().unwrap_or_else(PoisonError::into_inner) = client;
        *tls = renewed;
        #[cfg(feature = "http2")]
        self.firsts.clear();
        Ok(())
    }

    /// The URL of a request. Most requests go where the last one went, and parsing the host is
    /// most of what parsing a URL costs.
    fn url(&self, uri: &Uri) -> Result<Url, url::ParseError> {
        let known = self.origin.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.as_ref().filter(|known| known.is_of(uri)) {
            return Ok(known.with_target(uri));
        }
        drop(known);
        let url = Url::parse(&uri.to_string())?;
        let origin = KnownOrigin::of(uri, &url);
        *self.origin.write().unwrap_or_else(PoisonError::into_inner) = origin;
        Ok(url)
    }

    /// Sends the request; the first one to a server that may speak HTTP/2 before any other.
    #[cfg(all(feature = "http2", feature = "rustls"))]
    async fn execute(&self, request: reqwest::Request) -> reqwest::Result<reqwest::Response> {
        let client = self.client();
        if request.url().scheme() != "https" {
            return client.execute(request).await;
        }
        let server = &request.url()[..url::Position::BeforePath];
        if self.firsts.is_known(server) {
            return client.execute(request).await;
        }
        let server = server.to_owned();
        self.firsts.send(&server, client.execute(request)).await
    }

    #[cfg(not(all(feature = "http2", feature = "rustls")))]
    async fn execute(&self, request: reqwest::Request) -> reqwest::Result<reqwest::Response> {
        self.client().execute(request).await
    }

    fn client(&self) -> reqwest::Client {
        self.client
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Scheme, host and port that were parsed before.
struct KnownOrigin {
    scheme: Scheme,
    authority: Authority,
    url: Url,
}

impl KnownOrigin {
    fn of(uri: &Uri, url: &Url) -> Option<Self> {
        let mut url = url.clone();
        url.set_path("/");
        url.set_query(None);
        Some(Self {
            scheme: uri.scheme()?.clone(),
            authority: uri.authority()?.clone(),
            url,
        })
    }

    fn is_of(&self, uri: &Uri) -> bool {
        uri.authority() == Some(&self.authority) && uri.scheme() == Some(&self.scheme)
    }

    fn with_target(&self, uri: &Uri) -> Url {
        let mut url = self.url.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        url
    }
}

fn settings(connect: Duration) -> Result<reqwest::ClientBuilder, Error> {
    let builder = reqwest::Client::builder()
        .user_agent(concat!(
            env!("CARGO_PKG_NAME"),
            "/",
            env!("CARGO_PKG_VERSION")
        ))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(connect);
    #[cfg(all(feature = "http2", feature = "rustls"))]
    let builder = builder.connector_layer(Watching);
    proxy::applied(builder, &proxy::environment)
}

fn built(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, Error> {
    builder.build().map_err(|error| {
        Error::argument("the HTTP client cannot be set up").caused_by(boxed(error.without_url()))
    })
}

impl Transport for Http {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let url = self.url(&parts.uri);
            let url = url.map_err(|error| TransportError::new(Stage::NotSent, error))?;
            let mut request = reqwest::Request::new(parts.method, url);
            *request.headers_mut() = parts.headers;
            if body.is_empty() && expects_content(request.method()) {
                let nothing = HeaderValue::from_static("0");
                request.headers_mut().insert(CONTENT_LENGTH, nothing);
            }
            *request.body_mut() = Some(match body.segments() {
                [_, _, ..] => reqwest::Body::wrap(Segments { body, sent: 0 }),
                _ => body.to_bytes().into(),
            });
            let response = self.execute(request).await.map_err(classified)?;
            let mut answer = http::Response::new(());
            *answer.status_mut() = response.status();
            let mut response = response;
            *answer.headers_mut() = std::mem::take(response.headers_mut());
            Ok(answer.map(|()| Chunks::new(response)))
        })
    }
}

/// Whether a request without content has to say so (RFC 9110 section 8.6): some servers answer
/// 411 otherwise.
fn expects_content(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

impl ChunkSource for reqwest::Response {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Bytes, TransportError>>> {
        Box::pin(async { self.chunk().await.map_err(classified).transpose() })
    }
}

/// At which stage reqwest's error came up.
fn classified(error: reqwest::Error) -> TransportError {
    let unsent = error.is_connect() || error.is_builder();
    let stage = refused_by_tls(&error).unwrap_or(if unsent {
        Stage::NotSent
    } else {
        Stage::Interrupted
    });
    TransportError::new(stage, error.without_url())
}

fn boxed(error: impl StdError + Send + Sync + 'static) -> Box<dyn StdError + Send + Sync> {
    Box::new(error)
}

/// Owner of the certificate, where a certificate is the reason.
#[cfg(feature = "rustls")]
fn refused_by_tls(error: &reqwest::Error) -> Option<Stage> {
    let mut next: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
            return Some(Stage::ServerCertificate);
        }
        if tells_of_certificate(error) {
            return Some(Stage::ClientCertificate);
        }
        let wrapped = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        next = wrapped.map_or_else(|| error.source(), |wrapped| Some(wrapped as _));
    }
    None
}

/// Whether it is an alert of RFC 8446 section 6.2 about the certificate of its receiver.
#[cfg(feature = "rustls")]
fn tells_of_certificate(error: &(dyn StdError + 'static)) -> bool {
    use rustls::AlertDescription as Alert;

    const ALERTS: [Alert; 9] = [
        Alert::CertificateRequired,
        Alert::BadCertificate,
        Alert::UnsupportedCertificate,
        Alert::CertificateRevoked,
        Alert::CertificateExpired,
        Alert::CertificateUnknown,
        Alert::UnknownCA,
        Alert::AccessDenied,
        Alert::DecryptError,
    ];
    let alerts = ALERTS.map(rustls::Error::AlertReceived);
    match error.downcast_ref() {
        Some(error) => alerts.contains(error),
        // HTTP/2 hands its connection's error to every call, as text alone.
        None => {
            let text = error.to_string();
            alerts.iter().any(|alert| alert.to_string() == text)
        }
    }
}

#[cfg(not(feature = "rustls"))]
fn refused_by_tls(_: &reqwest::Error) -> Option<Stage> {
    None
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http")
            .field("connect", &self.connect)
            .finish_non_exhaustive()
    }
}

/// A body of several segments on its way out, with its exact length known.
struct Segments {
    body: Body,
    sent: usize,
}

impl http_body::Body for Segments {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let segment = self.body.segments().get(self.sent).cloned();
        self.sent += 1;
        Poll::Ready(segment.map(|segment| Ok(Frame::data(segment))))
    }

    fn is_end_stream(&self) -> bool {
        self.sent >= self.body.segments().len()
    }

    fn size_hint(&self) -> SizeHint {
        let rest = self
            .body
            .segments()
            .iter()
            .skip(self.sent)
            .map(Bytes::len)
            .sum::<usize>();
        SizeHint::with_exact(rest as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a path or a query may hold comes out as if all had been parsed.
    #[test]
    fn a_known_origin_makes_the_same_urls() {
        let origin = "https://[::1]:8443";
        let uri = |target: &str| -> Uri { format!("{origin}{target}").parse().expect("a URI") };
        let first = uri("/first?x=1");
        let parsed = Url::parse(&first.to_string()).expect("a URL");
        let known = KnownOrigin::of(&first, &parsed).expect("an origin");
        for target in [
            "/",
            "/things/5",
            "/a%2Fb/%2e/c%20d//e/",
            "/a|b^c{d}`e\"f'g@h:i;j=k!$&()*+,~-._",
            "/x?",
            "/x?a=b%20c&d=%C3%A4|^{}`'\"<>[]",
            "/x?y?z=/..",
        ] {
            let Ok(uri) = format!("{origin}{target}").parse::<Uri>() else {
                continue;
            };
            assert!(known.is_of(&uri));
            let whole = Url::parse(&uri.to_string()).expect("a URL");
            assert_eq!(known.with_target(&uri), whole, "{target}");
        }
        let others = [
            "http://[::1]:8443/",
            "https://[::1]/",
            "https://[::2]:8443/",
        ];
        assert!(
            others
                .iter()
                .all(|other| !known.is_of(&other.parse().expect("a URI")))
        );
    }
}
