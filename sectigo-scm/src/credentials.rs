use cert_core::Secret;
#[cfg(feature = "rustls")]
use cert_core::client::Identity;
use cert_core::client::{Builder, Error, Headers};

/// Credentials of an administrator: sent as headers with every request.
///
/// What a call returns depends on the administrator's role and delegations.
#[derive(Debug, Clone)]
pub struct Credentials(Style);

#[derive(Debug, Clone)]
enum Style {
    Password {
        login: String,
        password: Secret,
        customer_uri: String,
    },
    #[cfg(feature = "rustls")]
    Certificate {
        login: String,
        customer_uri: String,
        identity: Identity,
    },
    Developer {
        email: String,
        password: Secret,
        customer_uri: String,
    },
}

impl Credentials {
    /// An administrator's login and password, and the customer's URI (the last part of the
    /// address of the customer's own sign-in page).
    pub fn password(
        login: impl Into<String>,
        password: impl Into<Secret>,
        customer_uri: impl Into<String>,
    ) -> Self {
        let (login, password) = (login.into(), password.into());
        Self(Style::Password {
            login,
            password,
            customer_uri: customer_uri.into(),
        })
    }

    /// An administrator's login and client certificate. Calls then go below `/private`; those
    /// of developers are not open to this style.
    #[cfg(feature = "rustls")]
    pub fn certificate(
        login: impl Into<String>,
        customer_uri: impl Into<String>,
        identity: Identity,
    ) -> Self {
        let (login, customer_uri) = (login.into(), customer_uri.into());
        Self(Style::Certificate {
            login,
            customer_uri,
            identity,
        })
    }

    /// A developer's e-mail address and password, for code signing on demand only.
    pub fn developer(
        email: impl Into<String>,
        password: impl Into<Secret>,
        customer_uri: impl Into<String>,
    ) -> Self {
        let (email, password) = (email.into(), password.into());
        Self(Style::Developer {
            email,
            password,
            customer_uri: customer_uri.into(),
        })
    }

    pub(crate) fn headers(&self) -> Result<Headers, Error> {
        let headers = match &self.0 {
            Style::Password {
                login, password, ..
            } => Headers::new()
                .plain("login", login)?
                .secret("password", password.clone())?,
            #[cfg(feature = "rustls")]
            Style::Certificate { login, .. } => Headers::new().plain("login", login)?,
            Style::Developer {
                email, password, ..
            } => Headers::new()
                .plain("email", email)?
                .secret("password", password.clone())?
                .of_developer(),
        };
        headers.plain("customeruri", self.customer_uri())
    }

    /// Sets a client up to call in this style.
    pub(crate) fn prepare<C: 'static>(self, builder: Builder<C>) -> Builder<C> {
        match self.0 {
            #[cfg(feature = "rustls")]
            Style::Certificate { identity, .. } => builder.prefix("/private").identity(identity),
            Style::Password { .. } | Style::Developer { .. } => builder,
        }
    }

    fn customer_uri(&self) -> &str {
        match &self.0 {
            Style::Password { customer_uri, .. } | Style::Developer { customer_uri, .. } => {
                customer_uri
            }
            #[cfg(feature = "rustls")]
            Style::Certificate { customer_uri, .. } => customer_uri,
        }
    }
}
