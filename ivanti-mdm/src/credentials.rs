use cert_core::Secret;
use cert_core::client::{Error, Headers};

/// Credentials of an administrator of the tenant. They tell the tenant, and go with the
/// first request.
#[derive(Debug, Clone)]
pub struct Credentials(Style);

#[derive(Debug, Clone)]
enum Style {
    Basic { user: String, password: Secret },
    Bearer(Secret),
    Authorization(Secret),
}

impl Credentials {
    /// An administrator's user name and password (Basic, RFC 7617). Accounts with multi-factor
    /// sign-in cannot use it.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (user, password) = (user.into(), password.into());
        Self(Style::Basic { user, password })
    }

    /// A token of the tenant's (RFC 6750), given without its scheme.
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self(Style::Bearer(token.into()))
    }

    /// The whole value of `Authorization`, for any other scheme.
    pub fn authorization(value: impl Into<Secret>) -> Self {
        Self(Style::Authorization(value.into()))
    }

    pub(crate) fn headers(self) -> Result<Headers, Error> {
        match self.0 {
            Style::Basic { user, password } => Headers::basic(&user, password),
            Style::Bearer(token) => Headers::bearer(token),
            Style::Authorization(value) => Headers::new().secret("authorization", value),
        }
    }
}
