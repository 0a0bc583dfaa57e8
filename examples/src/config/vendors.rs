//! What each vendor's systems need to be reached.

use std::path::PathBuf;

use cert_core::Certificate;
use cert_core::client::{Builder, Identity, PublicKeyPin, Tls};
use serde::Deserialize;

use super::secret::{SecretSource, read_secret};
use super::url::Url;
use super::{ConfigError, read};
use crate::system::{Client, System, Tenant};

/// A system of the configuration.
pub(super) trait Configured {
    /// Its name, to tell it from others.
    fn name(&self) -> String;

    /// The client for it.
    fn client(self) -> Result<Client, ConfigError>;

    /// The system, ready to be listed.
    fn system(self) -> Result<System, ConfigError>
    where
        Self: Sized,
    {
        let name = self.name();
        match self.client() {
            Ok(client) => Ok(System { name, client }),
            Err(error) => Err(ConfigError::System {
                name,
                source: Box::new(error),
            }),
        }
    }
}

/// Where a server is, and how it is recognized.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Server {
    url: Url,
    /// Roots to trust besides the machine's, PEM.
    ca_file: Option<PathBuf>,
    /// SHA-256 of the server's public key, instead of any root.
    pin: Option<String>,
}

impl Server {
    /// The name of the system, or its address where it has none.
    fn named(&self, name: &Option<String>) -> String {
        name.clone().unwrap_or_else(|| self.url.as_str().to_owned())
    }

    fn build<C: 'static>(&self, builder: Builder<C>) -> Result<C, ConfigError> {
        let mut tls = Tls::new();
        if let Some(path) = &self.ca_file {
            let roots = Certificate::all_from_pem(&read(path)?).map_err(|source| {
                ConfigError::Certificate {
                    path: path.clone(),
                    source: Box::new(source),
                }
            })?;
            tls = roots.into_iter().fold(tls, Tls::root);
        }
        if let Some(pin) = &self.pin {
            tls = tls.pin(PublicKeyPin::from_text(pin)?);
        }
        Ok(builder.tls(tls).build()?)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SectigoScm {
    name: Option<String>,
    server: Server,
    login: String,
    customer_uri: String,
    password: Option<SecretSource>,
    certificate_file: Option<PathBuf>,
    key_file: Option<PathBuf>,
}

impl Configured for SectigoScm {
    fn name(&self) -> String {
        self.server.named(&self.name)
    }

    fn client(self) -> Result<Client, ConfigError> {
        let credentials = match (&self.password, &self.certificate_file, &self.key_file) {
            (Some(password), None, None) => sectigo_scm::Credentials::password(
                self.login,
                password.secret()?,
                self.customer_uri,
            ),
            (None, Some(certificate), Some(key)) => {
                let identity = Identity::from_pem(&read(certificate)?, read_secret(key)?)?;
                sectigo_scm::Credentials::certificate(self.login, self.customer_uri, identity)
            }
            _ => {
                let either = "either `password`, or both `certificate-file` and `key-file`";
                return Err(ConfigError::Choose(either));
            }
        };
        let builder = sectigo_scm::Client::builder(self.server.url.as_str(), credentials);
        self.server.build(builder).map(Client::SectigoScm)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct IvantiMdm {
    name: Option<String>,
    server: Server,
    user: Option<String>,
    password: Option<SecretSource>,
    token: Option<SecretSource>,
    /// Names the revocation list of the tenant's own authority.
    tenant: Option<String>,
    /// The external authorities to ask for, by name.
    #[serde(default)]
    authorities: Vec<String>,
}

impl Configured for IvantiMdm {
    fn name(&self) -> String {
        self.server.named(&self.name)
    }

    fn client(self) -> Result<Client, ConfigError> {
        let credentials = match (self.user, &self.password, &self.token) {
            (Some(user), Some(password), None) => {
                ivanti_mdm::Credentials::basic(user, password.secret()?)
            }
            (None, None, Some(token)) => ivanti_mdm::Credentials::bearer(token.secret()?),
            _ => {
                return Err(ConfigError::Choose(
                    "either `user` and `password`, or `token`",
                ));
            }
        };
        let builder = ivanti_mdm::Client::builder(self.server.url.as_str(), credentials);
        Ok(Client::IvantiMdm(Tenant {
            client: self.server.build(builder)?,
            id: self.tenant.map(Into::into),
            authorities: self.authorities,
        }))
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct BbUem {
    name: Option<String>,
    server: Server,
    tenant: String,
    user: Option<String>,
    /// The user's domain in the company directory; UEM itself knows him without it.
    domain: Option<String>,
    password: Option<SecretSource>,
    token: Option<SecretSource>,
}

impl Configured for BbUem {
    fn name(&self) -> String {
        self.server.named(&self.name)
    }

    fn client(self) -> Result<Client, ConfigError> {
        use bb_uem::Credentials;

        let tenant = self.tenant;
        let credentials = match (self.user, &self.password, &self.token) {
            (Some(user), Some(password), None) => match self.domain {
                Some(domain) => Credentials::directory(tenant, domain, user, password.secret()?),
                None => Credentials::password(tenant, user, password.secret()?),
            },
            (None, None, Some(token)) => Credentials::bearer(tenant, token.secret()?),
            _ => {
                return Err(ConfigError::Choose(
                    "either `user` and `password`, or `token`",
                ));
            }
        };
        let builder = bb_uem::Client::builder(self.server.url.as_str(), credentials);
        self.server.build(builder).map(Client::BbUem)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Fortiauth {
    name: Option<String>,
    server: Server,
    user: String,
    access_key: SecretSource,
}

impl Configured for Fortiauth {
    fn name(&self) -> String {
        self.server.named(&self.name)
    }

    fn client(self) -> Result<Client, ConfigError> {
        let credentials = fortiauth::Credentials::access_key(self.user, self.access_key.secret()?);
        let builder = fortiauth::Client::builder(self.server.url.as_str(), credentials);
        self.server.build(builder).map(Client::Fortiauth)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct TwonDevice {
    name: Option<String>,
    server: Server,
    user: Option<String>,
    password: Option<SecretSource>,
}

impl Configured for TwonDevice {
    fn name(&self) -> String {
        self.server.named(&self.name)
    }

    fn client(self) -> Result<Client, ConfigError> {
        let credentials = match (self.user, &self.password) {
            (Some(user), Some(password)) => {
                twon_device::Credentials::password(user, password.secret()?)
            }
            (None, None) => twon_device::Credentials::none(),
            _ => {
                return Err(ConfigError::Choose(
                    "both `user` and `password`, or neither",
                ));
            }
        };
        let builder = twon_device::Client::builder(self.server.url.as_str(), credentials);
        self.server.build(builder).map(Client::TwonDevice)
    }
}
