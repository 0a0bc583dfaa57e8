//! The real systems, as a TOML file names them.

mod secret;
mod url;
mod vendors;

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use self::vendors::{BbUem, Configured, Fortiauth, IvantiMdm, SectigoScm, TwonDevice};
use crate::system::System;

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
    #[error("the environment variable {0} is empty, though a secret is to come from it")]
    EmptyVariable(String),
    #[error("{0} is empty, though a secret is to come from it")]
    EmptySecret(PathBuf),
    #[error("{0} holds a secret, and others than its owner can write it: chmod go-w it")]
    Writable(PathBuf),
    #[error("{path}: {source}")]
    Certificate {
        path: PathBuf,
        source: Box<cert_core::DecodeError>,
    },
    #[error("give {0}")]
    Choose(&'static str),
    #[error(transparent)]
    Client(#[from] cert_core::Error),
    #[error("{name}: {source}")]
    System {
        name: String,
        source: Box<ConfigError>,
    },
    #[error("{0} names no system: see fleet.example.toml")]
    Empty(PathBuf),
}

/// The file: a table for each system.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Config {
    #[serde(default)]
    sectigo_scm: Vec<SectigoScm>,
    #[serde(default)]
    ivanti_mdm: Vec<IvantiMdm>,
    #[serde(default)]
    bb_uem: Vec<BbUem>,
    #[serde(default)]
    fortiauth: Vec<Fortiauth>,
    #[serde(default)]
    twon_device: Vec<TwonDevice>,
}

/// Reads the systems from the file at `path`.
pub(crate) fn systems(path: &Path) -> Result<Vec<System>, ConfigError> {
    let config = parsed(path, &read(path)?)?;
    let systems = config
        .sectigo_scm
        .into_iter()
        .map(Configured::system)
        .chain(config.ivanti_mdm.into_iter().map(Configured::system))
        .chain(config.bb_uem.into_iter().map(Configured::system))
        .chain(config.fortiauth.into_iter().map(Configured::system))
        .chain(config.twon_device.into_iter().map(Configured::system))
        .collect::<Result<Vec<_>, _>>()?;
    if systems.is_empty() {
        return Err(ConfigError::Empty(path.into()));
    }
    Ok(systems)
}

/// The parser's own text would repeat the line, and with it a secret that was written there.
fn parsed(path: &Path, text: &str) -> Result<Config, ConfigError> {
    let at = |place: Range<usize>, message: &str| ConfigError::Syntax {
        path: path.into(),
        line: line(text, place.start),
        message: message.to_owned(),
    };
    if let Some(place) = url::credentials(text) {
        return Err(at(place, url::CREDENTIALS));
    }
    toml::from_str(text).map_err(|error| {
        let place = error.span().unwrap_or_default();
        at(place, &without_value(error.message()))
    })
}

/// The number of the line that byte `start` is on, from 1.
fn line(text: &str, start: usize) -> usize {
    let newlines = text.bytes().take(start).filter(|&byte| byte == b'\n');
    newlines.count() + 1
}

/// A message without the text that was written where something else was expected.
fn without_value(message: &str) -> String {
    let Some((before, after)) = message.split_once("string \"") else {
        return message.to_owned();
    };
    let end = after.rfind("\", expected").map(|end| end + 1);
    format!("{before}a string{}", &after[end.unwrap_or(after.len())..])
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|source| ConfigError::Read {
        path: path.into(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_a_configuration() {
        let example = include_str!("../fleet.example.toml");
        let config = parsed(Path::new("fleet.example.toml"), example).expect("the example");
        assert_eq!(config.sectigo_scm.len(), 2);
        assert!(!config.twon_device.is_empty() && !config.ivanti_mdm.is_empty());
    }

    #[test]
    fn a_secret_in_the_file_is_refused_and_not_repeated() {
        let text = "\n[[fortiauth]]\nserver = { url = \"https://a.example\" }\nuser = \"admin\"\n\
                    access-key = \"hunter2\"\n";
        let error = parsed(Path::new("fleet.toml"), text)
            .expect_err("a secret")
            .to_string();
        assert!(error.contains("line 5") && error.contains("env"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }

    #[test]
    fn nothing_written_in_the_wrong_place_is_repeated() {
        for wrong in [
            "server = \"https://admin:hunter2@a.example\"",
            "server = { url = \"https://admin:hunter2@a.example\" }",
            "server = { url = \"admin:hunter2@a.example\" }",
            "server = { url = \"https://a.example/?key=hunter2\" }",
            "server = { url = \"https://a.example\", ca-file = \"ftp://u:hunter2@h\" }",
            "server = \"hunter2\"",
            "server = \"\\\"hunter2\\\", expected\"",
            "user = [\"hunter2\"]",
            "access-key = hunter2",
        ] {
            let text = format!("[[fortiauth]]\n{wrong}\n");
            let error = parsed(Path::new("fleet.toml"), &text).expect_err(wrong);
            let told = error.to_string();
            assert!(told.contains("fleet.toml, line 2"), "{told}");
            assert!(!told.contains("hunter2"), "{told}");
        }
    }
}
