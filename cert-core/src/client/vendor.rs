use super::{Answer, Error, Fault, Op, Told};

/// A vendor: its name, and how its error answers and base paths are read.
#[derive(Debug)]
pub struct Vendor {
    name: &'static str,
    fault: fn(&Op, &Answer) -> Option<Fault>,
    base_path: fn(&str) -> Result<(), Error>,
    accept: Option<&'static str>,
    tell: fn(&Told<'_>),
}

impl Vendor {
    /// The vendor's name for errors and spans, and how its answers tell that they are errors.
    ///
    /// `fault` sees every whole answer, whatever its status: some vendors refuse with 200. An
    /// answer with an error status is a refusal also where `fault` finds nothing in it.
    #[must_use]
    pub const fn new(name: &'static str, fault: fn(&Op, &Answer) -> Option<Fault>) -> Self {
        Self {
            name,
            fault,
            base_path: |_| Ok(()),
            accept: None,
            tell: |_| {},
        }
    }

    /// Refuses base URLs by their path, which has no slash at its end: where a path that people
    /// tend to give would turn every answer into "not found".
    #[must_use]
    pub const fn refusing_paths(mut self, check: fn(&str) -> Result<(), Error>) -> Self {
        self.base_path = check;
        self
    }

    /// The media type to ask for where the reply has no content of interest: that of the vendor's
    /// errors.
    #[must_use]
    pub const fn accepting(mut self, media_type: &'static str) -> Self {
        self.accept = Some(media_type);
        self
    }

    pub(crate) fn accept(&self) -> Option<&'static str> {
        self.accept
    }

    /// Sets how calls are told in logs; [`vendor!`](crate::vendor) does it under the crate's name.
    #[doc(hidden)]
    #[must_use]
    pub const fn telling(mut self, tell: fn(&Told<'_>)) -> Self {
        self.tell = tell;
        self
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn tell(&self, told: &Told<'_>) {
        (self.tell)(told);
    }

    /// The vendor's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn check_base_path(&self, path: &str) -> Result<(), Error> {
        (self.base_path)(path)
    }

    /// What makes an answer a refusal, if it is one.
    pub(crate) fn fault_in(&self, op: &Op, answer: &Answer) -> Option<Fault> {
        if answer.is_streaming() {
            return None;
        }
        let refused = !answer.status.is_success();
        let fault = (self.fault)(op, answer);
        fault.or_else(|| refused.then(|| Fault::from_text(answer)))
    }
}
