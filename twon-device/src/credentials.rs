use cert_core::Secret;
use cert_core::client::{Builder, Digest, Headers, Vendor};

use crate::Client;

/// Credentials of one of the accounts that are set up in the device.
///
/// A device has its authentication method set for each of its services; Digest is the factory
/// setting. The calls of this crate belong to the service System API and need an account with
/// the privilege System Control; [`info`](crate::System::info) needs none (sections 3 and 4 of
/// the vendor's HTTP API manual).
#[derive(Debug, Clone)]
pub struct Credentials(Style);

#[derive(Debug, Clone)]
enum Style {
    None,
    Basic { user: String, password: Secret },
    Digest { user: String, password: Secret },
    Password { user: String, password: Secret },
}

impl Credentials {
    /// No credentials, for a service that is set to ask for none.
    #[must_use]
    pub fn none() -> Self {
        Self(Style::None)
    }

    /// Digest (RFC 7616, MD5 or SHA-256), whose first request learns the nonce: list before you
    /// upload, or the upload goes out twice.
    pub fn digest(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (user, password) = (user.into(), password.into());
        Self(Style::Digest { user, password })
    }

    /// Basic (RFC 7617), sent with the first request. Over plain HTTP it shows the password to
    /// whoever listens.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (user, password) = (user.into(), password.into());
        Self(Style::Basic { user, password })
    }

    /// Whatever the device is set to: Digest where it is offered and, over https alone, Basic
    /// where nothing better is.
    pub fn password(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (user, password) = (user.into(), password.into());
        Self(Style::Password { user, password })
    }

    pub(crate) fn builder(self, vendor: &'static Vendor, base_url: String) -> Builder<Client> {
        match self.0 {
            Style::None => Builder::new(vendor, base_url, Ok(Headers::new())),
            Style::Basic { user, password } => {
                Builder::new(vendor, base_url, Headers::basic(&user, password))
            }
            Style::Digest { user, password } => {
                Builder::new(vendor, base_url, Ok(Digest::new(user, password)))
            }
            Style::Password { user, password } => {
                let digest = Digest::new(user, password);
                let secure = base_url
                    .get(..6)
                    .is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"));
                let auth = if secure {
                    digest.or_basic()
                } else {
                    Ok(digest)
                };
                Builder::new(vendor, base_url, auth)
            }
        }
    }
}
