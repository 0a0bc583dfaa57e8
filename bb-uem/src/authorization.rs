use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cert_core::client::{Answer, Error, Reply};
use cert_core::{Payload, Secret, open_enum};
use serde::{Serialize, Serializer};

/// What a request for a sign-in value is sent as.
pub(crate) const REQUEST: &str = "application/vnd.blackberry.authorizationrequest-v1+json";

open_enum! {
    /// Directory in which an administrator is known.
    pub enum Provider {
        /// In BlackBerry UEM itself.
        Local = "LOCAL",
        /// In the company directory.
        ActiveDirectory = "AD",
    }
}

/// An administrator's name and password, to be exchanged for the value that calls sign in with.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorizationRequest {
    username: String,
    #[serde(serialize_with = "base64")]
    password: Secret,
    provider: Provider,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
}

impl AuthorizationRequest {
    /// An administrator known in UEM itself.
    pub fn local(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self {
            username: username.into(),
            password: password.into(),
            provider: Provider::Local,
            domain: None,
        }
    }

    /// An administrator of a domain of the company directory.
    pub fn directory(
        domain: impl Into<String>,
        username: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        Self {
            provider: Provider::ActiveDirectory,
            domain: Some(domain.into()),
            ..Self::local(username, password)
        }
    }
}

impl Payload for AuthorizationRequest {
    /// The password, plain and as it is sent.
    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        name(self.password.expose());
        name(&encoded(&self.password));
    }
}

/// The value of `Authorization` that signs calls in, scheme included.
///
/// The password can be read back from it: keep it as you keep the password. How long it lasts is
/// not documented; a client that made it renews it once on a 401.
#[derive(Clone)]
pub struct Authorization(Secret);

impl Authorization {
    /// The value, to be kept somewhere safe.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    pub(crate) fn read(answer: &Answer) -> Result<Self, Error> {
        let text = str::from_utf8(&answer.body).unwrap_or_default().trim();
        match text.split_once(' ') {
            Some((_, value)) if !value.is_empty() && !text.contains(char::is_control) => {
                Ok(Self(text.into()))
            }
            _ => Err(Error::unexpected(
                "the answer is no value for `Authorization`",
            )),
        }
    }

    pub(crate) fn into_secret(self) -> Secret {
        self.0
    }
}

impl Reply for Authorization {
    type Value = Self;
    const ACCEPT: Option<&'static str> = Some("text/plain");

    fn decode(answer: &mut Answer) -> Result<Self, Error> {
        Self::read(answer)
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authorization(***)")
    }
}

fn encoded(password: &Secret) -> String {
    STANDARD.encode(password.expose())
}

fn base64<S: Serializer>(password: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&encoded(password))
}
