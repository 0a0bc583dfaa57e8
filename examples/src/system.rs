//! The systems that hold certificates, and how each is listed.

mod bb_uem;
mod fortiauth;
mod ivanti_mdm;
mod sectigo_scm;
mod twon_device;

use std::error::Error as StdError;

use cert_core::{Error, Name};
use clap::ValueEnum;
use serde::Serialize;

pub(crate) use self::ivanti_mdm::Tenant;
use crate::progress::Progress;
use crate::row::Row;

/// The vendors whose systems can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Vendor {
    SectigoScm,
    IvantiMdm,
    BbUem,
    Fortiauth,
    TwonDevice,
}

impl Vendor {
    pub(crate) const ALL: [Self; 5] = [
        Self::SectigoScm,
        Self::IvantiMdm,
        Self::BbUem,
        Self::Fortiauth,
        Self::TwonDevice,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::SectigoScm => "sectigo-scm",
            Self::IvantiMdm => "ivanti-mdm",
            Self::BbUem => "bb-uem",
            Self::Fortiauth => "fortiauth",
            Self::TwonDevice => "twon-device",
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
    IvantiMdm(Tenant),
    BbUem(::bb_uem::Client),
    Fortiauth(::fortiauth::Client),
    TwonDevice(::twon_device::Client),
}

/// What was found in a system so far.
#[derive(Debug)]
struct Listing<'a> {
    vendor: Vendor,
    system: &'a str,
    progress: &'a Progress,
    rows: Vec<Row>,
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
            Client::IvantiMdm(_) => Vendor::IvantiMdm,
            Client::BbUem(_) => Vendor::BbUem,
            Client::Fortiauth(_) => Vendor::Fortiauth,
            Client::TwonDevice(_) => Vendor::TwonDevice,
        }
    }

    /// Lists the system; what came before a failure is kept.
    pub(crate) async fn list(&self, progress: &Progress) -> (Vec<Row>, Option<Failure>) {
        let (vendor, system) = (self.vendor(), self.name.as_str());
        let mut listing = Listing {
            vendor,
            system,
            progress,
            rows: Vec::new(),
        };
        let outcome = match &self.client {
            Client::SectigoScm(client) => sectigo_scm::list(client, &mut listing).await,
            Client::IvantiMdm(tenant) => ivanti_mdm::list(tenant, &mut listing).await,
            Client::BbUem(client) => bb_uem::list(client, &mut listing).await,
            Client::Fortiauth(client) => fortiauth::list(client, &mut listing).await,
            Client::TwonDevice(client) => twon_device::list(client, &mut listing).await,
        };
        progress.finish();
        let failure = outcome.err().map(|error| Failure {
            vendor: vendor.name(),
            system: self.name.clone(),
            advice: advice(&error),
            error: chain(&error),
            listed: listing.rows.len(),
        });
        (listing.rows, failure)
    }
}

impl Listing<'_> {
    /// A row of this system, to be filled in.
    fn row(&self) -> Row {
        Row::new(self.vendor, self.system)
    }

    fn push(&mut self, row: Row) {
        self.rows.push(row);
        self.progress.step();
    }
}

/// The common name of a subject, or all of it where it has none.
fn subject(name: &Name) -> String {
    name.common_name()
        .map_or_else(|| name.to_string(), str::to_owned)
}

/// The error with what caused it.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = StdError::source(error);
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}

/// What to do about it.
fn advice(error: &Error) -> &'static str {
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
