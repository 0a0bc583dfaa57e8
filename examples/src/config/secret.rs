//! Where secrets come from: never from the configuration itself.

use std::fmt;
use std::path::PathBuf;

use cert_core::Secret;
use serde::de::{Error as _, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};

use super::{ConfigError, read};

/// The place of a secret.
#[derive(Debug)]
pub(super) enum SecretSource {
    Variable(String),
    File(PathBuf),
}

impl SecretSource {
    pub(super) fn secret(&self) -> Result<Secret, ConfigError> {
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
        deserializer.deserialize_any(SourceVisitor)
    }
}

struct SourceVisitor;

impl<'de> Visitor<'de> for SourceVisitor {
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
