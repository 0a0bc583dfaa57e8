use std::fmt;

/// A password or token in an emulator's settings, which `Debug` does not show.
#[derive(Clone, Eq, PartialEq)]
pub struct Password(String);

impl Password {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Password {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}
