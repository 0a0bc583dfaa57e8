//! Signing calls in.

mod channel;
mod digest;
mod exchange;
mod oauth2;
mod token;

use std::fmt;

use base64::Engine as _;
use http::{HeaderName, HeaderValue};

pub(crate) use self::channel::Channel;
pub use self::channel::Signing;
pub use self::digest::Digest;
pub use self::exchange::{SignIn, TokenExchange};
pub use self::oauth2::ClientCredentials;
pub use self::token::Token;
use super::transport::BoxFuture;
use super::{Answer, Body, Error, SignInStyle};
use crate::Secret;

/// Says which credentials a request was given, so that a later 401 is held against them alone.
pub type Epoch = u64;

/// Authentication of requests: how credentials are applied, refreshed and refused.
///
/// [`apply`](Auth::apply) runs on every attempt, within [`Limits::attempt`](super::Limits): a
/// sign-in is an attempt. When the server answers 401, the machinery asks
/// [`challenged`](Auth::challenged), as often in one call as [`challenges`](Auth::challenges)
/// says; if that returns true, the request is made again, whatever the operation: a 401 says
/// that it was not carried out.
///
/// Requests to any other origin than the client's base URL never come here. A scheme of your own:
///
/// ```
/// use cert_core::client::{Auth, Body, BoxFuture, Epoch, Error, Signing, header_value};
///
/// struct Signed(cert_core::Secret);
///
/// impl Auth for Signed {
///     fn apply<'a>(
///         &'a self,
///         request: &'a mut http::Request<Body>,
///         _signing: Signing<'a>,
///     ) -> BoxFuture<'a, Result<Epoch, Error>> {
///         Box::pin(async move {
///             request.headers_mut().insert("x-signature", header_value(self.0.expose())?);
///             Ok(0)
///         })
///     }
/// }
/// ```
#[doc(alias("authentication", "login", "sign in"))]
pub trait Auth: Send + Sync + 'static {
    /// Adds the credentials to `request`; `signing` is there for a sign-in call, and has the 401
    /// that this call met before. Tells which credentials they were, for schemes that can renew
    /// theirs.
    fn apply<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        signing: Signing<'a>,
    ) -> BoxFuture<'a, Result<Epoch, Error>>;

    /// Tells whether the credentials are of the kind that an operation asks for; a call that they
    /// do not serve is refused before it is sent.
    fn serves(&self, style: SignInStyle) -> bool {
        style != SignInStyle::Developer
    }

    /// Learns from a 401 to a request with the credentials of `epoch`. Whether it makes sense
    /// to try again.
    fn challenged(&self, epoch: Epoch, answer: &Answer) -> bool {
        let _ = (epoch, answer);
        false
    }

    /// Number of 401 answers in one call that are met by another attempt; one unless overridden.
    fn challenges(&self) -> u32 {
        1
    }

    /// Learns that the credentials of `epoch` were let in: the answer was no 401.
    fn accepted(&self, epoch: Epoch) {
        let _ = epoch;
    }

    /// Names every secret that requests carry, so that errors can mask it.
    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        let _ = name;
    }
}

/// A header value that is kept out of logs.
///
/// # Errors
///
/// [`Argument`](super::ErrorKind::Argument) when the text has characters that no header can
/// carry; the text is not repeated.
pub fn header_value(text: &str) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| Error::argument("a credential has characters that no header can carry"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Credentials that are the same headers on every request: a vendor's own, Basic, or a bearer
/// token.
#[derive(Clone, Default)]
pub struct Headers {
    headers: Vec<(HeaderName, HeaderValue)>,
    secrets: Vec<Secret>,
    of_developer: bool,
}

impl Headers {
    /// No header yet: no credentials.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A header that is not secret, such as an account's name.
    ///
    /// # Errors
    ///
    /// As [`header_value`].
    pub fn plain(mut self, name: &'static str, value: &str) -> Result<Self, Error> {
        let value = header_value(value)?;
        self.headers.push((HeaderName::from_static(name), value));
        Ok(self)
    }

    /// A header that is secret.
    ///
    /// # Errors
    ///
    /// As [`header_value`].
    pub fn secret(self, name: &'static str, value: Secret) -> Result<Self, Error> {
        let mut this = self.plain(name, value.expose())?;
        this.secrets.push(value);
        Ok(this)
    }

    /// The same headers as credentials of a developer, for operations of developers alone.
    #[must_use]
    pub fn of_developer(mut self) -> Self {
        self.of_developer = true;
        self
    }

    /// Basic authentication (RFC 7617), sent with the first request.
    ///
    /// # Errors
    ///
    /// [`Argument`](super::ErrorKind::Argument) when the name has a colon, which would end it.
    #[doc(alias = "password")]
    pub fn basic(user: &str, password: impl Into<Secret>) -> Result<Self, Error> {
        if user.contains(':') {
            return Err(Error::argument(
                "a user name for Basic authentication has no colon",
            ));
        }
        let password = password.into();
        let pair = basic_pair(user, password.expose());
        let mut this = Self::new().secret("authorization", format!("Basic {pair}").into())?;
        this.secrets.extend([pair.into(), password]);
        Ok(this)
    }

    /// A bearer token that somebody else renews (RFC 6750), given without its scheme.
    ///
    /// # Errors
    ///
    /// As [`header_value`].
    #[doc(alias("token", "jwt"))]
    pub fn bearer(token: impl Into<Secret>) -> Result<Self, Error> {
        let token = token.into();
        let value = format!("Bearer {}", token.expose());
        let mut this = Self::new().secret("authorization", value.into())?;
        this.secrets.push(token);
        Ok(this)
    }
}

impl Auth for Headers {
    fn apply<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        _: Signing<'a>,
    ) -> BoxFuture<'a, Result<Epoch, Error>> {
        for (name, value) in &self.headers {
            request.headers_mut().insert(name.clone(), value.clone());
        }
        Box::pin(std::future::ready(Ok(0)))
    }

    fn serves(&self, style: SignInStyle) -> bool {
        (style == SignInStyle::Developer) == self.of_developer
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.secrets.iter().for_each(|secret| name(secret.expose()));
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.headers.iter().map(|(name, _)| name))
            .finish()
    }
}

/// User and password as RFC 7617 section 2 encodes them.
fn basic_pair(user: &str, password: &str) -> String {
    base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"))
}
