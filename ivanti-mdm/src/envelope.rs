//! Envelope of every JSON answer: `{"errors": ..., "result": ...}`.

use cert_core::client::{Envelope, Error};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// Success with a value.
#[derive(Debug, Deserialize)]
pub struct Outcome<T> {
    errors: Option<IgnoredAny>,
    #[serde(default = "Option::default")]
    result: Option<T>,
}

/// Success that the answer has to confirm with `true`.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Flag(Outcome<bool>);

impl<T: for<'de> Deserialize<'de>> Envelope for Outcome<T> {
    type Value = T;

    fn open(self) -> Result<T, Error> {
        if self.errors.is_some() {
            return Err(Error::unexpected("the answer has errors beside a result"));
        }
        self.result
            .ok_or_else(|| Error::unexpected("the answer has neither errors nor a result"))
    }
}

impl Envelope for Flag {
    type Value = ();

    fn open(self) -> Result<(), Error> {
        match self.0.open()? {
            true => Ok(()),
            false => Err(Error::unexpected(
                "the answer has no errors, and says that it was not done all the same",
            )),
        }
    }
}
