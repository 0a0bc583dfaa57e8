use cert_core::client::{Builder, Call, Caller, Error, Op, Vendor};

use crate::Credentials;
use crate::error_code::fault;
use crate::operations::{CLEAR_BY_POLICY, CLEAR_BY_POLICY_AS_TITLED};

static VENDOR: Vendor = cert_core::vendor!("ivanti-mdm", fault);

/// A client of one tenant. Cheap to clone; it shares its connections.
///
/// ```no_run
/// use ivanti_mdm::{Client, Credentials};
///
/// # async fn demo() -> Result<(), Box<dyn std::error::Error>> {
/// let credentials = Credentials::basic("admin@example.com", "secret");
/// let mdm = Client::new("https://eu1.mobileiron.com", credentials)?;
/// let mut certificates = mdm.certificate_authorities().to_revoke("attca").await?;
/// while let Some(certificate) = certificates.next().await {
///     println!("{:?}", certificate?.serial_number);
/// }
/// # Ok(())
/// # }
/// ```
#[doc(alias("mobileiron", "neurons for mdm"))]
#[derive(Debug, Clone)]
pub struct Client {
    caller: Caller,
    policy_address: PolicyAddress,
}

/// Address at which keys are cleared by account and policy. The vendor prints two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PolicyAddress {
    /// As in the vendor's example: `/api/v1/user_provided/clearPrivateKey`.
    #[default]
    Example,
    /// As above it: `/api/v1/user_provided/clearPrivateKey/csv`, which is also the address of
    /// clearing by a CSV file.
    Titled,
}

impl Client {
    /// A client of the cluster at `base_url`, such as `https://na1.mobileiron.com`, with the
    /// default settings.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) when the URL is not https (loopback excepted),
    /// the credentials cannot be sent as a header, or the machine has no CA certificates.
    pub fn new(base_url: impl Into<String>, credentials: Credentials) -> Result<Self, Error> {
        Self::builder(base_url, credentials).build()
    }

    /// A client with settings of its own: roots, limits, retry, transport.
    pub fn builder(base_url: impl Into<String>, credentials: Credentials) -> Builder<Self> {
        Builder::new(&VENDOR, base_url, credentials.headers())
    }

    /// The same client, which clears keys by account and policy at another address.
    #[must_use]
    pub fn policy_address(mut self, address: PolicyAddress) -> Self {
        self.policy_address = address;
        self
    }

    /// A call of an operation of your own, where this crate lacks one: signed in, retried and
    /// reported like any other.
    pub fn call<R>(&self, op: &'static Op) -> Call<'_, R> {
        self.caller.call(op)
    }

    pub(crate) fn clear_by_policy(&self) -> &'static Op {
        match self.policy_address {
            PolicyAddress::Example => &CLEAR_BY_POLICY,
            PolicyAddress::Titled => &CLEAR_BY_POLICY_AS_TITLED,
        }
    }
}

impl From<Caller> for Client {
    fn from(caller: Caller) -> Self {
        Self {
            caller,
            policy_address: PolicyAddress::default(),
        }
    }
}
