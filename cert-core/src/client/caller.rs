use std::fmt;
use std::sync::Arc;

use http::Uri;
use url::Url;

use super::auth::Channel;
use super::{Auth, Limits, Pace, Retry, Vendor};
#[cfg(feature = "rustls")]
use super::{Error, Http, Identity};

/// Makes a vendor's calls: where to, how signed in, within which limits. Cheap to clone.
///
/// A vendor crate's client wraps one; [`call`](Caller::call) begins every call.
#[doc(alias = "client")]
#[derive(Clone)]
pub struct Caller(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) vendor: &'static Vendor,
    pub(crate) base_url: Url,
    /// Scheme and authority of the base URL.
    pub(crate) origin: Uri,
    pub(crate) base_path: String,
    pub(crate) auth: Arc<dyn Auth>,
    pub(crate) channel: Channel,
    /// The transport, where it is ours.
    #[cfg(feature = "rustls")]
    pub(crate) http: Option<Arc<Http>>,
    pub(crate) limits: Limits,
    pub(crate) retry: Retry,
    pub(crate) pace: Pace,
}

impl Caller {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// The vendor that is called.
    #[must_use]
    pub fn vendor(&self) -> &'static Vendor {
        self.0.vendor
    }

    /// The URL below which the calls go.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        &self.0.base_url
    }

    /// The pace of the calls, to share it with another client of the same account.
    #[must_use]
    pub fn pace(&self) -> &Pace {
        &self.0.pace
    }

    /// Replaces the client's own certificate; see
    /// [`Http::replace_identity`](super::Http::replace_identity).
    ///
    /// # Errors
    ///
    /// As there; also when the client was built over a transport of its user's own.
    #[cfg(feature = "rustls")]
    pub fn replace_identity(&self, identity: Identity) -> Result<(), Error> {
        let http = self.0.http.as_ref().ok_or_else(|| {
            Error::argument("the client has a transport of your own: replace its identity there")
        })?;
        http.replace_identity(identity)
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller")
            .field("vendor", &self.0.vendor.name())
            .field("base_url", &self.0.base_url.as_str())
            .finish_non_exhaustive()
    }
}
