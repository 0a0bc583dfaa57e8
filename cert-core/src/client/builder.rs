use std::fmt;
use std::sync::Arc;

use super::auth::Channel;
use super::caller::{Caller, Inner};
use super::transport::{Transport, origin};
use super::{Auth, Error, Http, Limits, Pace, Retry, Vendor};
#[cfg(feature = "rustls")]
use super::{Identity, Tls};

type MakesAuth = Box<dyn FnOnce(&str) -> Result<Arc<dyn Auth>, Error> + Send + Sync>;

/// Sets up the client `C` of a vendor crate.
///
/// ```no_run
/// # use cert_core::client::{Builder, Error, Limits, Retry, Tls};
/// # fn demo<C: 'static>(builder: Builder<C>) -> Result<C, Error> {
/// builder.tls(Tls::new().own_roots_only()).retry(Retry::attempts(5)).build()
/// # }
/// ```
#[must_use]
pub struct Builder<C> {
    vendor: &'static Vendor,
    base_url: String,
    prefix: &'static str,
    plain_http: bool,
    auth: MakesAuth,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "rustls")]
    tls: Tls,
    #[cfg(feature = "rustls")]
    identity: Option<Identity>,
    limits: Limits,
    retry: Retry,
    pace: Pace,
    finish: Box<dyn FnOnce(Caller) -> C + Send + Sync>,
}

impl<C: 'static> Builder<C> {
    /// For vendor crates: calls below `base_url`, signed in by `auth`.
    ///
    /// Errors in either are kept until [`build`](Builder::build).
    #[doc(hidden)]
    pub fn new<A: Auth>(
        vendor: &'static Vendor,
        base_url: impl Into<String>,
        auth: Result<A, Error>,
    ) -> Self
    where
        C: From<Caller>,
    {
        Self::finished_by(vendor, base_url, |_| auth, C::from)
    }

    /// The same for clients that need more than their caller, and for sign-ins below the base
    /// URL, which they are given as it was checked, without a slash at its end.
    #[doc(hidden)]
    pub fn finished_by<A: Auth>(
        vendor: &'static Vendor,
        base_url: impl Into<String>,
        auth: impl FnOnce(&str) -> Result<A, Error> + Send + Sync + 'static,
        finish: impl FnOnce(Caller) -> C + Send + Sync + 'static,
    ) -> Self {
        Self {
            vendor,
            base_url: base_url.into(),
            prefix: "",
            plain_http: false,
            auth: Box::new(|base_url| auth(base_url).map(|auth| Arc::new(auth) as _)),
            transport: None,
            #[cfg(feature = "rustls")]
            tls: Tls::new(),
            #[cfg(feature = "rustls")]
            identity: None,
            limits: Limits::default(),
            retry: Retry::default(),
            pace: Pace::new(),
            finish: Box::new(finish),
        }
    }

    /// For vendor crates: a path between the base URL's own and that of every operation.
    #[doc(hidden)]
    pub fn prefix(mut self, path: &'static str) -> Self {
        self.prefix = path;
        self
    }

    /// TLS settings: roots, pinned keys, and the client's own certificate.
    #[doc(alias("ssl", "rustls"))]
    #[cfg(feature = "rustls")]
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = tls;
        self
    }

    /// The client's own certificate, whatever the other TLS settings are.
    #[doc(alias("client certificate", "mtls"))]
    #[cfg(feature = "rustls")]
    pub fn identity(mut self, identity: Identity) -> Self {
        self.identity = Some(identity);
        self
    }

    /// Bounds in time and size.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Retry settings: how often failed attempts are repeated.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// The pace of the calls: that of another client of the same account, or one with a ceiling.
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    /// Another way of signing in than the credentials given.
    pub fn auth(mut self, auth: impl Auth) -> Self {
        self.auth = Box::new(|_| Ok(Arc::new(auth)));
        self
    }

    /// Sends over this transport; TLS settings and the connect limit are then its own affair.
    #[doc(alias("proxy", "reqwest"))]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Allows plain `http` to other hosts than loopback. Credentials can then be read on the
    /// way.
    #[doc(alias("insecure", "http"))]
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// The client. No connection is made yet.
    ///
    /// # Errors
    ///
    /// [`Argument`](super::ErrorKind::Argument) when the base URL, the credentials or the TLS
    /// settings cannot be used.
    pub fn build(self) -> Result<C, Error> {
        let base_url = origin::checked(&self.base_url, self.plain_http)?;
        self.vendor
            .check_base_path(base_url.path().trim_end_matches('/'))?;
        let base_path = [base_url.path().trim_end_matches('/'), self.prefix].concat();
        let auth = (self.auth)(base_url.as_str().trim_end_matches('/'))?;
        #[cfg(feature = "rustls")]
        let (transport, http): (Arc<dyn Transport>, _) = match self.transport {
            Some(transport) => (transport, None),
            None => {
                let tls = match self.identity {
                    Some(identity) => self.tls.identity(identity),
                    None => self.tls,
                };
                let tls = tls.used_by(&base_url);
                let http = Arc::new(Http::with_tls(tls, self.limits.connect)?);
                (http.clone(), Some(http))
            }
        };
        #[cfg(not(feature = "rustls"))]
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(Http::new(self.limits.connect)?),
        };
        let (vendor, limits, retry) = (self.vendor, self.limits, self.retry);
        Ok((self.finish)(Caller::new(Inner {
            vendor,
            origin: origin::uri(&base_url)?,
            base_url,
            base_path,
            auth,
            channel: Channel::new(transport, &limits, retry),
            #[cfg(feature = "rustls")]
            http,
            limits,
            retry,
            pace: self.pace,
        })))
    }
}

impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("vendor", &self.vendor.name())
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
