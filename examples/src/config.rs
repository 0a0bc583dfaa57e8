//! The real systems, as a TOML file names them.

use std::fmt;
use std::path::{Path, PathBuf};

use cert_core::api::{Identity, Tls};
use cert_core::{Certificate, Secret};
use sectigo_scm::Credentials;
use serde::de::{Error as _, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};

use crate::system::{Client, System};

/// What is wrong with a configuration, and where.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("{path}: {source}")]
    Read {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{path}, line {line}: {message}")]
    Syntax {
        path: PathBuf,
        line: usize,
        message: String,
    },
    #[error("the environment variable {0} is not set, though a secret is to come from it")]
    Variable(String),
    #[error("{path}: {source}")]
    Certificate {
        path: PathBuf,
        source: cert_core::DecodeError,
    },
    #[error("{system}: give either `password`, or both `certificate-file` and `key-file`")]
    Credentials { system: String },
    #[error("{system}: {source}")]
    Client {
        system: String,
        source: cert_core::Error,
    },
    #[error("{0} names no system: see fleet.example.toml")]
    Empty(PathBuf),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Config {
    #[serde(default)]
    sectigo_scm: Vec<SectigoScm>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct SectigoScm {
    name: Option<String>,
    url: Option<String>,
    login: String,
    customer_uri: String,
    password: Option<SecretSource>,
    certificate_file: Option<PathBuf>,
    key_file: Option<PathBuf>,
    ca_file: Option<PathBuf>,
}

/// Where a secret comes from.
#[derive(Debug)]
enum SecretSource {
    Variable(String),
    File(PathBuf),
}

/// Reads the systems from the file at `path`.
pub(crate) fn systems(path: &Path) -> Result<Vec<System>, ConfigError> {
    let text = read(path)?;
    let config: Config = toml::from_str(&text).map_err(|error| {
        // The error's own text would repeat the line, and with it a secret written there.
        let start = error.span().map_or(0, |span| span.start);
        let line = text
            .bytes()
            .take(start)
            .filter(|&byte| byte == b'\n')
            .count()
            + 1;
        ConfigError::Syntax {
            path: path.into(),
            line,
            message: error.message().to_owned(),
        }
    })?;
    let systems: Vec<_> = config
        .sectigo_scm
        .into_iter()
        .map(SectigoScm::system)
        .collect::<Result<_, _>>()?;
    if systems.is_empty() {
        return Err(ConfigError::Empty(path.into()));
    }
    Ok(systems)
}

impl SectigoScm {
    fn system(self) -> Result<System, ConfigError> {
        let url = self.url.as_deref().unwrap_or(sectigo_scm::Client::CLOUD);
        let name = self.name.clone().unwrap_or_else(|| url.to_owned());
        let credentials = self.credentials(&name)?;
        let mut builder = sectigo_scm::Client::builder(url, credentials);
        if let Some(path) = &self.ca_file {
            builder = builder.tls(roots(path)?);
        }
        match builder.build() {
            Ok(client) => Ok(System {
                name,
                client: Client::SectigoScm(client),
            }),
            Err(source) => Err(ConfigError::Client {
                system: name,
                source,
            }),
        }
    }

    fn credentials(&self, system: &str) -> Result<Credentials, ConfigError> {
        let (login, customer) = (self.login.as_str(), self.customer_uri.as_str());
        match (&self.password, &self.certificate_file, &self.key_file) {
            (Some(password), None, None) => {
                Ok(Credentials::password(login, password.secret()?, customer))
            }
            (None, Some(certificate), Some(key)) => {
                let identity = Identity::from_pem(&read(certificate)?, read(key)?);
                let identity = identity.map_err(|source| ConfigError::Client {
                    system: system.into(),
                    source,
                })?;
                Ok(Credentials::certificate(login, customer, identity))
            }
            _ => Err(ConfigError::Credentials {
                system: system.to_owned(),
            }),
        }
    }
}

impl SecretSource {
    fn secret(&self) -> Result<Secret, ConfigError> {
        match self {
            Self::Variable(name) => std::env::var(name)
                .map(Secret::from)
                .map_err(|_| ConfigError::Variable(name.clone())),
            Self::File(path) => read(path).map(|text| text.trim_end_matches(['\r', '\n']).into()),
        }
    }
}

impl<'de> Deserialize<'de> for SecretSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SecretSourceVisitor)
    }
}

struct SecretSourceVisitor;

impl<'de> Visitor<'de> for SecretSourceVisitor {
    type Value = SecretSource;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`{ env = \"NAME\" }` or `{ file = \"PATH\" }`")
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<SecretSource, E> {
        Err(E::custom(
            "secrets are not written here: use `{ env = \"NAME\" }` or `{ file = \"PATH\" }`",
        ))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SecretSource, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Source {
            env: Option<String>,
            file: Option<PathBuf>,
        }

        match Source::deserialize(MapAccessDeserializer::new(map))? {
            Source {
                env: Some(name),
                file: None,
            } => Ok(SecretSource::Variable(name)),
            Source {
                env: None,
                file: Some(path),
            } => Ok(SecretSource::File(path)),
            _ => Err(A::Error::custom(
                "a secret comes from either `env` or `file`",
            )),
        }
    }
}

fn roots(path: &Path) -> Result<Tls, ConfigError> {
    let roots =
        Certificate::all_from_pem(&read(path)?).map_err(|source| ConfigError::Certificate {
            path: path.into(),
            source,
        })?;
    Ok(roots.into_iter().fold(Tls::new(), Tls::root))
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|source| ConfigError::Read {
        path: path.into(),
        source,
    })
}
