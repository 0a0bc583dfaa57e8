//! The systems that hold certificates, and how each is listed.

mod sectigo_scm;

use std::error::Error as StdError;

use clap::ValueEnum;
use serde::Serialize;

use crate::progress::Progress;
use crate::row::Row;

/// The vendors whose systems can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Vendor {
    SectigoScm,
}

impl Vendor {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::SectigoScm => "sectigo-scm",
        }
    }
}

/// A system to list.
#[derive(Debug)]
pub(crate) struct System {
    pub(crate) name: String,
    pub(crate) client: Client,
}

/// How it is reached.
#[derive(Debug)]
pub(crate) enum Client {
    SectigoScm(::sectigo_scm::Client),
}

/// What was found in a system; not everything where there is a failure too.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) rows: Vec<Row>,
    pub(crate) failure: Option<cert_core::Error>,
}

/// A system that could not be listed, or not whole.
#[derive(Debug, Serialize)]
pub(crate) struct Failure {
    pub(crate) vendor: &'static str,
    pub(crate) system: String,
    pub(crate) error: String,
    pub(crate) advice: &'static str,
    pub(crate) listed: usize,
}

impl System {
    pub(crate) fn vendor(&self) -> Vendor {
        match self.client {
            Client::SectigoScm(_) => Vendor::SectigoScm,
        }
    }

    /// Lists the system.
    pub(crate) async fn list(&self, progress: &Progress) -> (Vec<Row>, Option<Failure>) {
        let listing = match &self.client {
            Client::SectigoScm(client) => sectigo_scm::list(&self.name, client, progress).await,
        };
        progress.finish();
        let failure = listing.failure.map(|error| Failure {
            vendor: self.vendor().name(),
            system: self.name.clone(),
            advice: advice(&error),
            error: chain(&error),
            listed: listing.rows.len(),
        });
        (listing.rows, failure)
    }
}

/// The error with what caused it.
fn chain(error: &cert_core::Error) -> String {
    let mut text = error.to_string();
    let mut cause = StdError::source(error);
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}

/// What to do about it.
fn advice(error: &cert_core::Error) -> &'static str {
    use cert_core::ErrorKind;

    match error.kind() {
        ErrorKind::Refused if matches!(error.status().map(|s| s.as_u16()), Some(401 | 403)) => {
            "check the credentials and the permissions of the account"
        }
        ErrorKind::SignIn => "check the credentials",
        ErrorKind::NotSent => "check the address, the network and the server's certificate",
        ErrorKind::Redirected => "the address has moved: correct the base URL",
        _ if error.is_transient() => "try again later",
        _ => "see the vendor's documentation for the error named",
    }
}
