//! Envelope of every answer of a device: `{"success": true, "result": {...}}`.

use cert_core::Field;
use cert_core::client::{Envelope, Error};
use serde::Deserialize;

cert_core::response! {
    /// Success without a value.
    pub struct Done {
        success: bool,
    }
}

cert_core::response! {
    /// Success with the certificates found.
    pub struct Listed<T> {
        success: bool,
        result: Option<Certificates<T>>,
    }
}

/// Success with exactly one certificate.
#[derive(Debug, Deserialize)]
#[serde(transparent, bound(deserialize = "T: Field<'de>"))]
pub struct Single<T>(Listed<T>);

cert_core::response! {
    /// Success with information on the device.
    pub struct Info<T> {
        success: bool,
        result: Option<T>,
    }
}

cert_core::response! {
    struct Certificates<T> {
        certificates: Vec<T>,
    }
}

impl Envelope for Done {
    type Value = ();

    fn open(self) -> Result<(), Error> {
        succeeded(self.success)
    }
}

impl<T: for<'de> Field<'de>> Envelope for Listed<T> {
    type Value = Vec<T>;

    fn open(self) -> Result<Vec<T>, Error> {
        succeeded(self.success)?;
        Ok(self
            .result
            .map(|result| result.certificates)
            .unwrap_or_default())
    }
}

impl<T: for<'de> Field<'de>> Envelope for Single<T> {
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

impl<T: for<'de> Field<'de>> Envelope for Info<T> {
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
