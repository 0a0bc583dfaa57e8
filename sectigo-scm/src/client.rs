use cert_core::client::{Answer, Builder, Call, Caller, Error, Fault, Op, Vendor};
use serde::Deserialize;

use crate::{Credentials, DateFormat};

/// Every operation of the compiled areas, one slice an area.
pub static OPERATIONS: &[&[&Op]] = &[
    #[cfg(feature = "certificates")]
    crate::ssl::OPERATIONS,
    #[cfg(feature = "certificates")]
    crate::smime::OPERATIONS,
    #[cfg(feature = "certificates")]
    crate::device::OPERATIONS,
    #[cfg(feature = "certificates")]
    crate::code_signing::OPERATIONS,
];

static VENDOR: Vendor = Vendor::new("sectigo-scm", fault);

/// A client of one Certificate Manager account. Cheap to clone; it shares its connections.
///
/// ```no_run
/// use sectigo_scm::{Client, Credentials};
///
/// # fn main() -> Result<(), sectigo_scm::Error> {
/// let credentials = Credentials::password("admin", "secret", "cst1");
/// let scm = Client::new(Client::CLOUD, credentials)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    caller: Caller,
    date_format: Option<DateFormat>,
}

impl Client {
    /// The vendor's cloud; `https://hard.cert-manager.com` is another of its hosts.
    pub const CLOUD: &'static str = "https://cert-manager.com";

    /// A client of the server at `base_url` with the default settings.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) when the URL is not https (loopback excepted),
    /// a credential cannot be sent as a header, or the machine has no CA certificates.
    pub fn new(base_url: impl Into<String>, credentials: Credentials) -> Result<Self, Error> {
        Self::builder(base_url, credentials).build()
    }

    /// A client with settings of its own: roots, limits, retry, transport.
    pub fn builder(base_url: impl Into<String>, credentials: Credentials) -> Builder<Self> {
        let builder = Builder::new(&VENDOR, base_url, credentials.headers());
        credentials.prepare(builder)
    }

    /// The same client, whose calls ask for dates in one format. Every format is understood
    /// without asking; only slash dates are ambiguous, between the US and the UK.
    #[must_use]
    pub fn date_format(mut self, format: DateFormat) -> Self {
        self.date_format = Some(format);
        self
    }

    /// Replaces the client's own certificate while calls are under way; see
    /// [`Http::replace_identity`](cert_core::client::Http::replace_identity).
    ///
    /// # Errors
    ///
    /// As there.
    #[cfg(feature = "rustls")]
    pub fn replace_identity(&self, identity: cert_core::client::Identity) -> Result<(), Error> {
        self.caller.replace_identity(identity)
    }

    /// SSL certificates.
    #[cfg(feature = "certificates")]
    #[must_use]
    pub fn ssl(&self) -> crate::ssl::Ssl<'_> {
        crate::ssl::Ssl::new(self)
    }

    /// Client certificates (S/MIME).
    #[cfg(feature = "certificates")]
    #[must_use]
    pub fn smime(&self) -> crate::smime::Smime<'_> {
        crate::smime::Smime::new(self)
    }

    /// Device certificates.
    #[cfg(feature = "certificates")]
    #[must_use]
    pub fn device(&self) -> crate::device::Device<'_> {
        crate::device::Device::new(self)
    }

    /// Code signing certificates.
    #[cfg(feature = "certificates")]
    #[must_use]
    pub fn code_signing(&self) -> crate::code_signing::CodeSigning<'_> {
        crate::code_signing::CodeSigning::new(self)
    }

    pub(crate) fn call<R>(&self, op: &'static Op) -> Call<'_, R> {
        let call = self.caller.call(op);
        match &self.date_format {
            Some(format) => call.query(&[("dateFormat", format)]),
            None => call,
        }
    }
}

impl From<Caller> for Client {
    fn from(caller: Caller) -> Self {
        Self {
            caller,
            date_format: None,
        }
    }
}

/// The body of an error answer.
#[derive(Deserialize)]
struct Refusal {
    code: Option<i64>,
    description: Option<String>,
}

fn fault(answer: &Answer) -> Option<Fault> {
    if answer.status.is_success() {
        return None;
    }
    let refusal: Refusal = answer.json().ok()?;
    Some(Fault {
        code: refusal.code.map(|code| code.to_string()),
        message: refusal.description,
    })
}
