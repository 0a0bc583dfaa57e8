use std::sync::Arc;

use cert_core::client::{Builder, Call, Caller, Error, Op, Text, Vendor};
use http::{HeaderValue, header};

use crate::authorization::{self, Authorization, AuthorizationRequest};
use crate::error_code::fault;
use crate::{Credentials, operations as ops};

static VENDOR: Vendor = cert_core::vendor!("bb-uem", fault);

/// Client of one tenant of a UEM server. Cheap to clone: clones share connections.
///
/// Servers listen on port 18084, often with a certificate of their own: give the client its root
/// by [`Client::builder`] and `tls`.
///
/// ```no_run
/// use bb_uem::cert_core::Certificate;
/// use bb_uem::cert_core::client::Tls;
/// use bb_uem::{Client, Credentials};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let root = Certificate::from_pem(&std::fs::read_to_string("uem-root.pem")?)?;
/// let credentials = Credentials::password("SRP00000", "admin", "secret");
/// let uem = Client::builder("https://uem.example.com:18084", credentials)
///     .tls(Tls::new().root(root))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[doc(alias("blackberry", "uem", "bws"))]
#[derive(Debug, Clone)]
pub struct Client {
    caller: Caller,
    tenant: Arc<str>,
}

impl Client {
    /// A client of the server at `base_url`, without the tenant, with the default settings.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) when the URL is not https (loopback excepted),
    /// the tenant cannot be one, or the machine has no CA certificates.
    pub fn new(base_url: impl Into<String>, credentials: Credentials) -> Result<Self, Error> {
        Self::builder(base_url, credentials).build()
    }

    /// A client with settings of its own: roots, limits, retry, transport.
    pub fn builder(base_url: impl Into<String>, credentials: Credentials) -> Builder<Self> {
        let tenant = Arc::from(credentials.tenant());
        let auth = |base_url: &str| credentials.auth(base_url);
        Builder::finished_by(&VENDOR, base_url, auth, |caller| Self { caller, tenant })
    }

    /// Exchanges a password for the value that calls sign in with, to be used in
    /// [`Credentials::authorization`]. The client's own credentials are not sent.
    ///
    /// `POST /{tenantGuid}/api/v1/util/authorization`.
    ///
    /// ```no_run
    /// # async fn demo(uem: bb_uem::Client, word: String) -> Result<(), bb_uem::Error> {
    /// use bb_uem::{AuthorizationRequest, Credentials};
    /// let request = AuthorizationRequest::local("admin", word);
    /// let authorization = uem.authorize(&request).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// A wrong name or password answers HTTP 400, not 401.
    #[doc(alias("login", "sign in", "token"))]
    #[inline]
    pub fn authorize(&self, request: &AuthorizationRequest) -> Call<'_, Authorization> {
        let media_type = HeaderValue::from_static(authorization::REQUEST);
        self.call(&ops::CREATE_AUTHORIZATION)
            .json(request)
            .header(header::CONTENT_TYPE, media_type)
    }

    /// Asks whether the server is up, without signing in; the answer is a text about its uptime.
    ///
    /// `GET /{tenantGuid}/api/v1/util/ping`.
    ///
    /// # Errors
    ///
    /// A server that is not available answers HTTP 404.
    #[doc(alias("health", "version"))]
    #[inline]
    pub fn ping(&self) -> Call<'_, Text> {
        self.call(&ops::PING)
    }

    /// A call of an operation of your own, where this crate lacks one: signed in, retried and
    /// reported like any other. Its path begins with the
    /// tenant.
    pub fn call<R>(&self, op: &'static Op) -> Call<'_, R> {
        self.caller.call(op).path(&self.tenant)
    }
}
