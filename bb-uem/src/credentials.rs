use cert_core::client::{
    Answer, Auth, Body, BoxFuture, Epoch, Error, Fault, Headers, SignIn, Signing, Token,
    TokenExchange,
};
use cert_core::{Payload as _, Secret};
use http::{HeaderValue, Method, Uri, header};

use crate::authorization::{self, Authorization, AuthorizationRequest};
use crate::error_code::fault;
use crate::operations;

/// Credentials of an administrator, with the tenant.
///
/// The tenant is the SRP id given at installation, such as `SRP00000`: it stands in every path.
/// Passwords are for servers on premises; UEM cloud takes [`bearer`](Self::bearer) tokens alone.
#[derive(Debug, Clone)]
pub struct Credentials {
    tenant: String,
    style: Style,
}

#[derive(Debug, Clone)]
enum Style {
    Password(AuthorizationRequest),
    Authorization(Secret),
    Bearer(Secret),
}

impl Credentials {
    /// An administrator known in UEM itself. His password is exchanged for a sign-in
    /// value at the first call, and again when the server refuses that value.
    pub fn password(
        tenant: impl Into<String>,
        username: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        let request = AuthorizationRequest::local(username, password);
        Self::new(tenant, Style::Password(request))
    }

    /// An administrator of a domain of the company directory; otherwise as
    /// [`password`](Self::password).
    pub fn directory(
        tenant: impl Into<String>,
        domain: impl Into<String>,
        username: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        let request = AuthorizationRequest::directory(domain, username, password);
        Self::new(tenant, Style::Password(request))
    }

    /// A sign-in value made before ([`Client::authorize`](crate::Client::authorize)), scheme
    /// included.
    pub fn authorization(tenant: impl Into<String>, value: impl Into<Secret>) -> Self {
        Self::new(tenant, Style::Authorization(value.into()))
    }

    /// An OAuth token of the vendor's identity service, without its scheme: from 12.12, and the
    /// only way for UEM cloud. Tokens that renew themselves: give
    /// [`Builder::auth`](cert_core::client::Builder::auth) a
    /// [`ClientCredentials`](cert_core::client::ClientCredentials).
    pub fn bearer(tenant: impl Into<String>, token: impl Into<Secret>) -> Self {
        Self::new(tenant, Style::Bearer(token.into()))
    }

    fn new(tenant: impl Into<String>, style: Style) -> Self {
        Self {
            tenant: tenant.into(),
            style,
        }
    }

    pub(crate) fn tenant(&self) -> &str {
        &self.tenant
    }

    /// The way of signing in to the server at `base_url`, which was checked.
    pub(crate) fn auth(self, base_url: &str) -> Result<UemAuth, Error> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        if self.tenant.is_empty() || !self.tenant.chars().all(plain) {
            return Err(Error::argument(
                "the tenant is the SRP id of the installation: letters, digits and hyphens, such \
                 as SRP00000",
            ));
        }
        Ok(UemAuth(match self.style {
            Style::Password(request) => {
                let url = format!("{base_url}/{}/api/v1/util/authorization", self.tenant);
                let url = url
                    .parse()
                    .map_err(|_| Error::argument("the base URL is no URL"))?;
                Box::new(TokenExchange::new(PasswordSignIn { url, request }))
            }
            Style::Authorization(value) => Box::new(Headers::new().secret("authorization", value)?),
            Style::Bearer(token) => Box::new(Headers::bearer(token)?),
        }))
    }
}

/// The way of signing in, whichever it is.
pub(crate) struct UemAuth(Box<dyn Auth>);

impl Auth for UemAuth {
    fn apply<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        signing: Signing<'a>,
    ) -> BoxFuture<'a, Result<Epoch, Error>> {
        self.0.apply(request, signing)
    }

    fn challenged(&self, epoch: Epoch, answer: &Answer) -> bool {
        self.0.challenged(epoch, answer)
    }

    fn challenges(&self) -> u32 {
        self.0.challenges()
    }

    fn accepted(&self, epoch: Epoch) {
        self.0.accepted(epoch);
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.0.secrets(name);
    }
}

/// The exchange of a password for a sign-in value.
struct PasswordSignIn {
    url: Uri,
    request: AuthorizationRequest,
}

impl SignIn for PasswordSignIn {
    fn request(&self) -> Result<http::Request<Body>, Error> {
        let body = serde_json::to_vec(&self.request)
            .map_err(|_| Error::argument("the credentials cannot be sent"))?;
        let mut request = http::Request::new(body.into());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.url.clone();
        let media_type = HeaderValue::from_static(authorization::REQUEST);
        request
            .headers_mut()
            .insert(header::CONTENT_TYPE, media_type);
        let text = HeaderValue::from_static("text/plain");
        request.headers_mut().insert(header::ACCEPT, text);
        Ok(request)
    }

    fn token(&self, answer: &Answer) -> Result<Token, Error> {
        Authorization::read(answer).map(|value| Token::new(value.into_secret()))
    }

    fn fault(&self, answer: &Answer) -> Fault {
        fault(&operations::CREATE_AUTHORIZATION, answer).unwrap_or_else(|| Fault::from_text(answer))
    }

    /// The value is used as it comes: its scheme is in it.
    fn authorization(&self, value: &Secret) -> String {
        value.expose().to_owned()
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.request.secrets(name);
    }
}
