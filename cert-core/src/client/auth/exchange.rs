use std::fmt;
use std::sync::Arc;

use http::{HeaderName, HeaderValue, header};

use super::token::{Signed, Token, TokenCache, TokenSource};
use super::{Auth, Channel, Epoch, Signing, header_value};
use crate::Secret;
use crate::client::transport::BoxFuture;
use crate::client::{Answer, Body, Error, Fault};

/// A sign-in call: what is sent for a token, and how the answer becomes one.
///
/// A vendor crate implements this for its own exchange of a password for a token.
pub trait SignIn: Send + Sync + 'static {
    /// The request, sent once per renewal without further credentials.
    ///
    /// # Errors
    ///
    /// When the credentials cannot be put into a request.
    fn request(&self) -> Result<http::Request<Body>, Error>;

    /// Reads the token from a 2xx answer.
    ///
    /// # Errors
    ///
    /// [`Error::unexpected`] when there is none in it.
    fn token(&self, answer: &Answer) -> Result<Token, Error>;

    /// Reads the error answer of a token endpoint; its text alone unless overridden.
    fn fault(&self, answer: &Answer) -> Fault {
        Fault::from_text(answer)
    }

    /// The value of the `Authorization` header for a token; `Bearer` unless overridden.
    fn authorization(&self, token: &Secret) -> String {
        format!("Bearer {}", token.expose())
    }

    /// Names the secrets of the sign-in call itself, so that errors can mask them.
    fn secrets(&self, name: &mut dyn FnMut(&str));
}

/// Exchanges credentials for a token, keeps it, and renews it when it ends or is refused.
pub struct TokenExchange<S> {
    sign_in: Arc<Exchange<S>>,
    tokens: TokenCache,
}

impl<S: SignIn> TokenExchange<S> {
    /// An exchange that signs in at the first call.
    pub fn new(sign_in: S) -> Self {
        let sign_in = Arc::new(Exchange(sign_in));
        Self {
            tokens: TokenCache::new(sign_in.clone()),
            sign_in,
        }
    }
}

impl<S: SignIn> Auth for TokenExchange<S> {
    fn apply<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        signing: Signing<'a>,
    ) -> BoxFuture<'a, Result<Epoch, Error>> {
        Box::pin(async move {
            let (header, epoch) = self.tokens.header(signing.channel()).await?;
            request.headers_mut().insert(header::AUTHORIZATION, header);
            Ok(epoch)
        })
    }

    fn challenged(&self, epoch: Epoch, _: &Answer) -> bool {
        self.tokens.give_up(epoch);
        true
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.sign_in.0.secrets(name);
        self.tokens.secrets(name);
    }
}

impl<S> fmt::Debug for TokenExchange<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenExchange")
    }
}

struct Exchange<S>(S);

impl<S: SignIn> Exchange<S> {
    async fn exchange(&self, channel: &Channel) -> Result<Signed, Error> {
        let mut request = self.0.request()?;
        let agent = HeaderValue::from_static("application/json, text/plain;q=0.5, */*;q=0.1");
        request
            .headers_mut()
            .entry(HeaderName::from_static("accept"))
            .or_insert(agent);
        let answer = channel.exchange(request).await?;
        if !answer.status.is_success() {
            let fault = self.0.fault(&answer);
            return Err(Error::refused(answer, fault));
        }
        self.signed(&answer).map_err(|error| error.at(answer))
    }

    /// The token with its header, so that one which no header can carry is not kept.
    fn signed(&self, answer: &Answer) -> Result<Signed, Error> {
        let token = self.0.token(answer)?;
        let header = header_value(&self.0.authorization(&token.value))
            .map_err(|_| Error::unexpected("the token cannot be sent in a header"))?;
        Ok(Signed { token, header })
    }

    fn masked(&self, error: Error) -> Error {
        let mut secrets = Vec::new();
        self.0
            .secrets(&mut |secret| secrets.push(Secret::from(secret)));
        error.masking(secrets.iter().map(Secret::expose))
    }
}

impl<S: SignIn> TokenSource for Exchange<S> {
    fn fetch(self: Arc<Self>, channel: Channel) -> BoxFuture<'static, Result<Signed, Error>> {
        Box::pin(async move {
            let signed = self.exchange(&channel).await;
            signed.map_err(|error| self.masked(error))
        })
    }
}
