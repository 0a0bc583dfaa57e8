//! Envelope of every answer of a device: `{"success": true, "result": {...}}`.

use cert_core::client::{Envelope, Error};
use cert_core::lenient::null_as_empty;
use serde::Deserialize;

/// Success without a value.
#[derive(Debug, Deserialize)]
pub struct Done {
    success: bool,
}

/// Success with the certificates found.
#[derive(Debug, Deserialize)]
pub struct Listed<T> {
    success: bool,
    #[serde(default = "Option::default")]
    result: Option<Certificates<T>>,
}

/// Success with exactly one certificate.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Single<T>(Listed<T>);

/// Success with information on the device.
#[derive(Debug, Deserialize)]
pub struct Info<T> {
    success: bool,
    #[serde(default = "Option::default")]
    result: Option<T>,
}

#[derive(Debug, Deserialize)]
struct Certificates<T> {
    #[serde(
        default = "Vec::new",
        deserialize_with = "null_as_empty",
        bound(deserialize = "T: Deserialize<'de>")
    )]
    certificates: Vec<T>,
}

impl Envelope for Done {
    type Value = ();

    fn open(self) -> Result<(), Error> {
        succeeded(self.success)
    }
}

impl<T: for<'de> Deserialize<'de>> Envelope for Listed<T> {
    type Value = Vec<T>;

    fn open(self) -> Result<Vec<T>, Error> {
        succeeded(self.success)?;
        Ok(self
            .result
            .map(|result| result.certificates)
            .unwrap_or_default())
    }
}

impl<T: for<'de> Deserialize<'de>> Envelope for Single<T> {
    type Value = T;

    fn open(self) -> Result<T, Error> {
        let mut certificates = self.0.open()?;
        match (certificates.pop(), certificates.len()) {
            (Some(certificate), 0) => Ok(certificate),
            (None, _) => Err(Error::unexpected("the device knows no such certificate")),
            (Some(_), others) => Err(Error::unexpected(format!(
                "the device names {} certificates where one was asked for",
                others + 1
            ))),
        }
    }
}

impl<T: for<'de> Deserialize<'de>> Envelope for Info<T> {
    type Value = T;

    fn open(self) -> Result<T, Error> {
        succeeded(self.success)?;
        let missing = || Error::unexpected("the device reports success without a `result`");
        self.result.ok_or_else(missing)
    }
}

fn succeeded(success: bool) -> Result<(), Error> {
    if success {
        return Ok(());
    }
    Err(Error::unexpected("the device reports that it failed"))
}
