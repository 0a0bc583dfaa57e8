use std::time::Duration;

use http::{HeaderValue, Method, header};
use serde::Deserialize;

use super::token::Token;
use super::{SignIn, TokenExchange, basic_pair, header_value};
use crate::Secret;
use crate::client::transport::origin;
use crate::client::{Answer, Body, Error, Fault};

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
        let token = Token::new(granted.access_token);
        Ok(match granted.expires_in {
            Some(seconds) => token.lasting(Duration::from_secs(seconds)),
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
    expires_in: Option<u64>,
}

/// Section 5.2.
#[derive(Deserialize)]
struct Refused {
    error: String,
    error_description: Option<String>,
}
