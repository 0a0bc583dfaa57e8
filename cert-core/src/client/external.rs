use std::fmt;
use std::sync::Arc;

use http::{HeaderValue, Method, header};
use serde::{Deserialize, Deserializer};
use url::{Position, Url};

use super::reply::{Blob, Reply as _};
use super::transport::{Transport, collect, origin};
use super::{Answer, Body, Error, Fault, Limits, Multipart};
use crate::Secret;

/// A link to another host that a vendor handed out: whoever has it can use it, so it is a
/// secret.
///
/// It is fetched by an [`ExternalClient`], which knows no credentials of the vendor's.
#[derive(Clone)]
pub struct ExternalUrl(Secret);

impl ExternalUrl {
    /// The link's text, to be handed to some other HTTP client.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The host that the link leads to, if it is a URL.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        Url::parse(self.0.expose())
            .ok()?
            .host_str()
            .map(str::to_owned)
    }

    /// The link, and what of it may be enough to get in.
    fn telling_parts(&self) -> Vec<Secret> {
        const SHORTEST: usize = 6;

        let mut parts = vec![self.0.clone()];
        if let Ok(url) = Url::parse(self.0.expose()) {
            let values = url.query_pairs().map(|(_, value)| value.into_owned());
            let segments = url.path().split('/').map(str::to_owned);
            let long = values.chain(segments).filter(|part| part.len() >= SHORTEST);
            parts.extend(long.map(Secret::new));
            parts.push(url[Position::BeforePath..].into());
        }
        parts
    }

    fn checked(&self) -> Result<http::Uri, Error> {
        let refuse = |why| Error::argument(format!("the link handed out {why}"));
        let url = Url::parse(self.0.expose()).map_err(|_| refuse("is not a URL"))?;
        let mut base = url.clone();
        base.set_query(None);
        base.set_fragment(None);
        origin::checked(base.as_str(), false).map_err(|_| refuse("is not an https URL"))?;
        url.as_str().parse().map_err(|_| refuse("is not a URL"))
    }
}

impl<T: Into<Secret>> From<T> for ExternalUrl {
    fn from(link: T) -> Self {
        Self(link.into())
    }
}

impl<'de> Deserialize<'de> for ExternalUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Secret::deserialize(deserializer).map(Self)
    }
}

impl fmt::Debug for ExternalUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExternalUrl(***)")
    }
}

/// Fetches links to other hosts, without any credentials but what the link itself carries.
///
/// It has roots of its own: agents in a customer's network often have certificates that nobody
/// else knows, and trusting them there must not extend to the vendor.
#[derive(Clone)]
pub struct ExternalClient {
    transport: Arc<dyn Transport>,
    limits: Limits,
}

impl ExternalClient {
    /// A client over `transport`, such as an [`Http`](super::Http) with its own [`Tls`](super::Tls).
    pub fn new(transport: impl Transport) -> Self {
        Self {
            transport: Arc::new(transport),
            limits: Limits::default(),
        }
    }

    /// A client that recognizes hosts by `tls`.
    ///
    /// # Errors
    ///
    /// As [`Http::with_tls`](super::Http::with_tls).
    #[cfg(feature = "rustls")]
    pub fn with_tls(tls: super::Tls) -> Result<Self, Error> {
        let http = super::Http::with_tls(tls, Limits::default().connect)?;
        Ok(Self::new(http))
    }

    /// Bounds in time and size.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Downloads what the link leads to; once, as links may be good for one use only.
    ///
    /// # Errors
    ///
    /// As any call; the link is not repeated in them.
    pub async fn download(&self, url: &ExternalUrl) -> Result<Blob, Error> {
        let mut request = http::Request::new(Body::default());
        *request.uri_mut() = url.checked()?;
        Blob::decode(&mut self.exchange(url, request).await?)
    }

    /// Uploads a form to where the link leads; once.
    ///
    /// # Errors
    ///
    /// As any call; the link is not repeated in them.
    pub async fn upload(&self, url: &ExternalUrl, form: Multipart) -> Result<Answer, Error> {
        let media_type = HeaderValue::from_str(&form.content_type());
        let mut request = http::Request::new(Body::from(form));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = url.checked()?;
        let media_type = media_type.map_err(|_| Error::argument("the form has no media type"))?;
        request
            .headers_mut()
            .insert(header::CONTENT_TYPE, media_type);
        self.exchange(url, request).await
    }

    async fn exchange(
        &self,
        url: &ExternalUrl,
        request: http::Request<Body>,
    ) -> Result<Answer, Error> {
        let Limits { attempt, body, .. } = self.limits;
        let answer = collect::exchange(&*self.transport, request, attempt, body).await?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        let fault = Fault::from_text(&answer);
        let secrets = url.telling_parts();
        Err(Error::refused(answer, fault).masking(secrets.iter().map(Secret::expose)))
    }
}

impl fmt::Debug for ExternalClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExternalClient")
    }
}
