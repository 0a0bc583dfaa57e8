use cert_core::client::Error;
use serde::Serialize;

/// A word to a decision.
#[derive(Serialize)]
pub(crate) struct Remark<'a> {
    message: &'a str,
}

impl<'a> Remark<'a> {
    pub(crate) fn new(message: &'a str) -> Self {
        Self { message }
    }

    pub(crate) fn checked(&self) -> Result<(), Error> {
        length("the remark", self.message)
    }
}

/// Refuses a text that the vendor would: empty, or longer than 512 characters.
pub(crate) fn length(what: &str, text: &str) -> Result<(), Error> {
    match text.chars().count() {
        1..=512 => Ok(()),
        count => Err(Error::argument(format!(
            "{what} has {count} characters: it must have 1 to 512"
        ))),
    }
}
