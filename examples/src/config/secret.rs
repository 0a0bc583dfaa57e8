//! Where secrets come from: never from the configuration itself.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use cert_core::Secret;
use serde::de::{Error as _, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};

use super::ConfigError;

/// The place of a secret.
#[derive(Debug)]
pub(super) enum SecretSource {
    Variable(String),
    File(PathBuf),
}

impl SecretSource {
    pub(super) fn secret(&self) -> Result<Secret, ConfigError> {
        match self {
            Self::Variable(name) => match std::env::var(name) {
                Ok(text) if text.trim().is_empty() => Err(ConfigError::EmptyVariable(name.clone())),
                Ok(text) => Ok(text.into()),
                Err(_) => Err(ConfigError::Variable(name.clone())),
            },
            Self::File(path) => read_secret(path),
        }
    }
}

/// Reads a file with a secret, which nobody but its owner may write.
pub(super) fn read_secret(path: &Path) -> Result<Secret, ConfigError> {
    let failed = |source| ConfigError::Read {
        path: path.into(),
        source,
    };
    let mut file = File::open(path).map_err(failed)?;
    if others_can_write(&file).map_err(failed)? {
        return Err(ConfigError::Writable(path.into()));
    }
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(failed)?;
    match text.trim_end_matches(['\r', '\n']) {
        text if text.trim().is_empty() => Err(ConfigError::EmptySecret(path.into())),
        text => Ok(text.into()),
    }
}

#[cfg(unix)]
fn others_can_write(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;

    Ok(file.metadata()?.permissions().mode() & 0o022 != 0)
}

#[cfg(not(unix))]
fn others_can_write(_: &File) -> io::Result<bool> {
    Ok(false)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str) -> String {
        let source = SecretSource::Variable(name.to_owned());
        source.secret().expect_err(name).to_string()
    }

    #[test]
    fn a_variable_that_is_not_set_is_named() {
        let told = told("FLEET_NOT_SET_ANYWHERE");
        assert!(told.contains("FLEET_NOT_SET_ANYWHERE"), "{told}");
    }
}
