use cert_core::client::{Answer, Builder, Call, Caller, Error, Fault, FaultClass, Op, Vendor};
use http::StatusCode;

use crate::{Credentials, DateFormat, ErrorCode};

static VENDOR: Vendor = cert_core::vendor!("sectigo-scm", fault)
    .accepting("application/json")
    .refusing_paths(server_alone);

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

    /// A call of an operation of your own, where this crate lacks one: signed in, retried and
    /// reported like any other.
    ///
    /// ```no_run
    /// use sectigo_scm::cert_core::client::{Json, Op};
    ///
    /// static PING: Op = Op::get("my_ping", "/api/my/v1/{name}");
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let answer: Vec<String> = scm
    ///     .call::<Json<Vec<String>>>(&PING)
    ///     .path("door")
    ///     .query(&[("size", 10_u32)])
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn call<R>(&self, op: &'static Op) -> Call<'_, R> {
        let call = self.caller.call(op);
        match &self.date_format {
            Some(format) => call.query(&[("dateFormat", format)]),
            None => call,
        }
    }
}

#[cfg(feature = "certificates")]
impl Client {
    /// The vendor, for what goes to links.
    pub(crate) fn vendor(&self) -> &'static Vendor {
        self.caller.vendor()
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

cert_core::response! {
    /// Body of an error answer.
    struct Refusal {
        code: Option<i64>,
        description: Option<String>,
    }
}

fn fault(op: &Op, answer: &Answer) -> Option<Fault> {
    if answer.status.is_success() {
        return None;
    }
    let told = answer.json::<Refusal>().ok();
    match told.filter(|told| told.code.is_some() || told.description.is_some()) {
        Some(Refusal { code, description }) => Some(Fault {
            code: code.map(|code| code.to_string()),
            message: description,
            class: Some(code.map_or(FaultClass::Refused, |code| class(op, code))),
        }),
        None => Some(foreign(answer)),
    }
}

/// What a code means, whatever the status it comes with.
fn class(op: &Op, code: i64) -> FaultClass {
    // Of a renewal: there is no certificate that can be renewed.
    let renewal = op.name().contains("_renew");
    match ErrorCode::from(code) {
        ErrorCode::PERSON_NOT_FOUND if renewal => FaultClass::Refused,
        code => code.class(),
    }
}

/// An answer that is not in the vendor's form: of a gateway, or of another server.
fn foreign(answer: &Answer) -> Fault {
    let fault = Fault::from_text(answer);
    if answer.status != StatusCode::NOT_FOUND {
        return fault;
    }
    let words = fault
        .message
        .unwrap_or_else(|| "nothing is there".to_owned());
    Fault {
        message: Some(format!("{words} (is the base URL right?)")),
        class: Some(FaultClass::Refused),
        ..fault
    }
}

/// Refuses base URLs that are an address of the API instead of the server's.
fn server_alone(path: &str) -> Result<(), Error> {
    match ["/api", "/private"]
        .into_iter()
        .find(|end| path.ends_with(end))
    {
        None => Ok(()),
        Some(end) => Err(Error::argument(format!(
            "the base URL ends in `{end}`, which every call adds by itself: leave it out"
        ))),
    }
}
