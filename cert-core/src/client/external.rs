use std::fmt;
use std::sync::Arc;

use http::{HeaderValue, Method, header};
use serde::{Deserialize, Deserializer};
use url::{Position, Url};

use super::reply::{Blob, Reply as _};
use super::transport::{Place, Transport, collect, origin};
use super::{Answer, Body, Error, ErrorKind, Fault, Limits, Multipart, Op, Vendor};
use crate::Secret;

/// A link to another host that a vendor handed out: whoever has it can use it, so it is a
/// secret.
///
/// It is fetched by an [`ExternalClient`], which knows no credentials of the vendor's.
#[doc(alias("presigned url", "link"))]
#[derive(Clone)]
pub struct ExternalUrl(Secret);

impl ExternalUrl {
    /// The link's text, to be handed to some other HTTP client.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The same link with `name=value` in its query, unless the query has something of that name.
    #[must_use]
    pub fn with_query(&self, name: &str, value: &str) -> Self {
        let Ok(mut url) = Url::parse(self.0.expose()) else {
            return self.clone();
        };
        if url.query_pairs().any(|(known, _)| known == name) {
            return self.clone();
        }
        url.query_pairs_mut().append_pair(name, value);
        Self(Secret::new(String::from(url)))
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

    /// Where a redirect from here leads.
    fn joined(&self, redirect: &Error) -> Option<Self> {
        let location = redirect.headers().get(header::LOCATION)?.to_str().ok()?;
        let url = Url::parse(self.0.expose()).ok()?.join(location).ok()?;
        Some(Self(Secret::new(String::from(url))))
    }

    fn checked(&self, allowed: &[Place]) -> Result<http::Uri, Error> {
        let refuse = |why: &str| Error::argument(format!("the link handed out {why}"));
        let url = Url::parse(self.0.expose()).map_err(|_| refuse("is not a URL"))?;
        let mut base = url.clone();
        base.set_query(None);
        base.set_fragment(None);
        origin::checked(base.as_str(), false).map_err(|_| refuse("is not an https URL"))?;
        match Place::of(&url) {
            Place::Public => {}
            place if allowed.contains(&place) => {}
            place => return Err(refuse(place.refusal())),
        }
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

static DOWNLOAD: Op = Op::get("download", "");
static UPLOAD: Op = Op::post("upload", "");
/// What errors name in the place of a vendor.
const NAME: &str = "external";

/// Fetches links to other hosts, without any credentials but what the link itself carries.
///
/// It has roots of its own: agents in a customer's network often have certificates that nobody
/// else knows, and trusting them there must not extend to the vendor.
///
/// A link whose host is an IP address of this machine (also `localhost`), of its link or of a
/// private network is refused unless it is allowed: whoever can write a link would else reach
/// what only this machine can. A host's name is not resolved beforehand: a name that leads to
/// such an address is followed, and only its certificate tells who is there.
#[doc(alias = "presigned url")]
#[derive(Clone)]
pub struct ExternalClient {
    transport: Arc<dyn Transport>,
    limits: Limits,
    allowed: Vec<Place>,
    redirects: u32,
    errand: Option<(&'static Vendor, &'static Op)>,
}

impl ExternalClient {
    /// A client over `transport`, such as an [`Http`](super::Http) with its own [`Tls`](super::Tls).
    pub fn new(transport: impl Transport) -> Self {
        Self {
            transport: Arc::new(transport),
            limits: Limits::default(),
            allowed: Vec::new(),
            redirects: 0,
            errand: None,
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

    /// Allows links into private networks: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16,
    /// 100.64.0.0/10 and `fc00::/7`. Key stores and agents stand there, in the customer's own
    /// network.
    #[must_use]
    pub fn allowing_private(self) -> Self {
        self.allowing(Place::Private)
    }

    /// Allows links to this machine: `localhost`, 127.0.0.0/8, `::1` and the unspecified address.
    /// Without TLS, too.
    #[must_use]
    pub fn allowing_loopback(self) -> Self {
        self.allowing(Place::Loopback).allowing(Place::Unspecified)
    }

    /// Allows links to the network segment of this machine: 169.254.0.0/16 and `fe80::/10`. In
    /// clouds that is where a machine is given its credentials.
    #[must_use]
    pub fn allowing_link_local(self) -> Self {
        self.allowing(Place::LinkLocal)
    }

    /// For the links that the server at `base_url` hands out: allows those to this machine when
    /// the server itself is on it. See [`Caller::base_url`](super::Caller::base_url).
    #[must_use]
    pub fn handed_out_by(self, base_url: &Url) -> Self {
        match Place::of(base_url) {
            Place::Loopback => self.allowing_loopback(),
            _ => self,
        }
    }

    /// Follows a download that is redirected, at most so often; without this call not at all. The
    /// same rules hold for where it leads as for the link itself. An upload is never redirected.
    #[must_use]
    pub fn following_redirects(mut self, most: u32) -> Self {
        self.redirects = most;
        self
    }

    /// The same client, whose errors name a vendor's operation: one that goes to a link.
    #[must_use]
    pub fn carrying_out(mut self, vendor: &'static Vendor, op: &'static Op) -> Self {
        self.errand = Some((vendor, op));
        self
    }

    fn allowing(mut self, place: Place) -> Self {
        self.allowed.push(place);
        self
    }

    /// Downloads what the link leads to; once, as links may be good for one use only.
    ///
    /// # Errors
    ///
    /// As any call; the link is not repeated in them. [`Argument`](super::ErrorKind::Argument)
    /// when its host is not allowed.
    pub async fn download(&self, url: &ExternalUrl) -> Result<Blob, Error> {
        let answer = self.followed(url).await;
        Blob::decode(&mut self.told(&DOWNLOAD, answer)?)
    }

    /// Uploads a form to where the link leads; once.
    ///
    /// # Errors
    ///
    /// As any call; the link is not repeated in them. [`Argument`](super::ErrorKind::Argument)
    /// when its host is not allowed. After a lost answer
    /// [`may_have_run`](Error::may_have_run) is true: the form may have arrived.
    pub async fn upload(&self, url: &ExternalUrl, form: Multipart) -> Result<Answer, Error> {
        let media_type = HeaderValue::from_str(&form.content_type());
        let mut request = http::Request::new(Body::from(form));
        *request.method_mut() = Method::POST;
        let media_type = media_type.map_err(|_| Error::argument("the form has no media type"))?;
        request
            .headers_mut()
            .insert(header::CONTENT_TYPE, media_type);
        let answer = self.attempt(url, request).await;
        self.told(&UPLOAD, answer)
    }

    /// The answer, or the error in the name of what was asked for.
    fn told(&self, op: &'static Op, answer: Result<Answer, Error>) -> Result<Answer, Error> {
        let (vendor, op) = self
            .errand
            .map_or((NAME, op), |(vendor, op)| (vendor.name(), op));
        answer.map_err(|error| error.of(vendor, op))
    }

    async fn followed(&self, url: &ExternalUrl) -> Result<Answer, Error> {
        let mut url = url.clone();
        for _ in 0..self.redirects {
            match self.attempt(&url, http::Request::default()).await {
                Err(error) if error.kind() == ErrorKind::Redirected => {
                    url = url.joined(&error).ok_or(error)?;
                }
                answer => return answer,
            }
        }
        self.attempt(&url, http::Request::default()).await
    }

    async fn attempt(
        &self,
        url: &ExternalUrl,
        mut request: http::Request<Body>,
    ) -> Result<Answer, Error> {
        let Limits { attempt, body, .. } = self.limits;
        *request.uri_mut() = url.checked(&self.allowed)?;
        let answer = collect::exchange(&*self.transport, request, attempt, body).await;
        let success = answer.and_then(|answer| match answer.status.is_success() {
            true => Ok(answer),
            false => Err(refused(url, answer)),
        });
        success.map_err(|error| {
            let arrived = error.may_have_arrived();
            error.attempted(1, arrived)
        })
    }
}

fn refused(url: &ExternalUrl, answer: Answer) -> Error {
    let fault = Fault::from_text(&answer);
    let secrets = url.telling_parts();
    Error::refused(answer, fault).masking(secrets.iter().map(Secret::expose))
}

impl fmt::Debug for ExternalClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExternalClient")
    }
}
