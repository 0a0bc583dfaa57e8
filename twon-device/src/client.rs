use cert_core::client::{Builder, Call, Caller, Error, Op, Vendor};

use crate::certificate_ref::{Asked, Deleted};
use crate::error_code::fault;
use crate::{CertificateRef, Credentials};

static VENDOR: Vendor = cert_core::vendor!("twon-device", fault);

/// A client of one device. Cheap to clone; it shares its connections.
///
/// A device has a small HTTP server: keep to one or two calls at a time.
///
/// ```no_run
/// use twon_device::{Client, Credentials};
///
/// # async fn demo() -> Result<(), twon_device::Error> {
/// let device = Client::new("https://192.0.2.7", Credentials::digest("admin", "secret"))?;
/// for certificate in device.user_certificates().list().await? {
///     println!("{:?} {:?}", certificate.fingerprint, certificate.end_date);
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias("2n", "intercom"))]
#[derive(Debug, Clone)]
pub struct Client {
    caller: Caller,
}

impl Client {
    /// A client of the device at `base_url` with the default settings.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) when the URL is not https (loopback excepted),
    /// the user's name has a colon in Basic, or the machine has no CA certificates.
    pub fn new(base_url: impl Into<String>, credentials: Credentials) -> Result<Self, Error> {
        Self::builder(base_url, credentials).build()
    }

    /// A client with settings of its own: the pin of the factory certificate, limits, retry,
    /// plain HTTP, a transport.
    pub fn builder(base_url: impl Into<String>, credentials: Credentials) -> Builder<Self> {
        credentials.builder(&VENDOR, base_url.into())
    }

    /// A call of an operation of your own, where this crate lacks one: signed in, retried and
    /// reported like any other.
    pub fn call<R>(&self, op: &'static Op) -> Call<'_, R> {
        self.caller.call(op)
    }

    pub(crate) fn asking<R>(&self, op: &'static Op, certificate: &CertificateRef) -> Call<'_, R> {
        self.call(op).query(&Asked(certificate))
    }

    pub(crate) fn deleting<R>(&self, op: &'static Op, certificate: &CertificateRef) -> Call<'_, R> {
        self.call(op).query(&Deleted(certificate))
    }
}

impl From<Caller> for Client {
    fn from(caller: Caller) -> Self {
        Self { caller }
    }
}
