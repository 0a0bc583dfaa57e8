use std::time::Duration;

use http::{HeaderValue, Method, header};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::token::Token;
use super::{SignIn, TokenExchange, basic_pair, header_value};
use crate::Secret;
use crate::client::redact::masked;
use crate::client::transport::origin;
use crate::client::{Answer, Body, Error, Fault};

/// Longest part of a token's type that is told, in characters.
const LONGEST_TYPE: usize = 40;

/// The OAuth 2.0 client credentials grant (RFC 6749 section 4.4).
///
/// ```
/// use cert_core::client::ClientCredentials;
///
/// # fn demo() -> Result<(), cert_core::client::Error> {
/// let auth = ClientCredentials::new("https://auth.example/token", "client-1", "secret")?
///     .scope("certificates")
///     .into_auth();
/// # Ok(())
/// # }
/// ```
#[doc(alias("oauth", "oauth2", "token"))]
#[derive(Debug, Clone)]
#[must_use]
pub struct ClientCredentials {
    token_url: http::Uri,
    id: String,
    secret: Secret,
    scope: Option<String>,
    in_body: bool,
}

impl ClientCredentials {
    /// The token endpoint and the client's id and secret.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::client::ErrorKind::Argument) when the URL is not absolute, or not https
    /// (loopback excepted).
    pub fn new(
        token_url: &str,
        id: impl Into<String>,
        secret: impl Into<Secret>,
    ) -> Result<Self, Error> {
        let token_url = origin::checked(token_url, false)?.as_str().parse();
        let token_url = token_url.map_err(|_| Error::argument("the token URL is not a URL"))?;
        Ok(Self {
            token_url,
            id: id.into(),
            secret: secret.into(),
            scope: None,
            in_body: false,
        })
    }

    /// The scopes to ask for, separated by blanks.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// Sends id and secret in the body instead of as Basic credentials, for servers that read
    /// them only there.
    pub fn in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// The grant as [`Auth`](super::Auth), with its token kept and renewed.
    pub fn into_auth(self) -> TokenExchange<Self> {
        TokenExchange::new(self)
    }

    fn not_bearer(&self, kind: &str) -> Error {
        let kind: String = kind.chars().take(LONGEST_TYPE).collect();
        let kind = masked(kind, [self.secret.expose(), &self.basic()]);
        Error::unexpected(format!(
            "the token is of type `{kind}`, and only `Bearer` tokens can be sent"
        ))
    }

    /// Id and secret, form-encoded first as section 2.3.1 asks.
    fn basic(&self) -> String {
        let encoded =
            |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        basic_pair(&encoded(&self.id), &encoded(self.secret.expose()))
    }
}

impl SignIn for ClientCredentials {
    fn request(&self) -> Result<http::Request<Body>, Error> {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        if let Some(scope) = &self.scope {
            form.append_pair("scope", scope);
        }
        if self.in_body {
            form.append_pair("client_id", &self.id);
            form.append_pair("client_secret", self.secret.expose());
        }
        let mut request = http::Request::new(form.finish().into());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.token_url.clone();
        let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        request
            .headers_mut()
            .insert(header::CONTENT_TYPE, form_type);
        if !self.in_body {
            let value = header_value(&format!("Basic {}", self.basic()))?;
            request.headers_mut().insert(header::AUTHORIZATION, value);
        }
        Ok(request)
    }

    fn token(&self, answer: &Answer) -> Result<Token, Error> {
        let granted: Granted = answer.json()?;
        if let Some(other) = granted.token_type.filter(|kind| !is_bearer(kind)) {
            return Err(self.not_bearer(&other));
        }
        let token = Token::new(granted.access_token);
        Ok(match granted.expires_in {
            Some(Seconds(seconds)) => token.lasting(Duration::from_secs(seconds)),
            None => token,
        })
    }

    fn fault(&self, answer: &Answer) -> Fault {
        match answer.json::<Refused>() {
            Ok(Refused {
                error,
                error_description,
            }) => Fault {
                code: Some(error),
                message: error_description,
                class: None,
            },
            Err(_) => Fault::from_text(answer),
        }
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        name(self.secret.expose());
        name(&self.basic());
    }
}

/// Section 5.1.
#[derive(Deserialize)]
struct Granted {
    access_token: Secret,
    token_type: Option<String>,
    expires_in: Option<Seconds>,
}

/// A whole number, which some servers write as text.
struct Seconds(u64);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(
            untagged,
            expecting = "expected `expires_in` as a whole number of seconds"
        )]
        enum Written {
            Number(u64),
            Text(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Number(seconds) => Ok(Self(seconds)),
            Written::Text(text) => match text.trim().parse() {
                Ok(seconds) => Ok(Self(seconds)),
                Err(_) => Err(D::Error::custom(
                    "`expires_in` is no whole number of seconds",
                )),
            },
        }
    }
}

/// Section 7.1: the type is not told apart by its case.
fn is_bearer(kind: &str) -> bool {
    kind.eq_ignore_ascii_case("Bearer")
}

/// Section 5.2.
#[derive(Deserialize)]
struct Refused {
    error: String,
    error_description: Option<String>,
}
