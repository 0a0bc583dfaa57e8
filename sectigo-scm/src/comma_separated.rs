use std::fmt::Display;

use serde::{Serialize, Serializer};

/// Values that are sent as one text, separated by commas.
#[derive(Debug)]
pub(crate) struct CommaSeparated<'a, T>(pub(crate) &'a Vec<T>);

impl<T: Display> Serialize for CommaSeparated<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let texts: Vec<_> = self.0.iter().map(T::to_string).collect();
        serializer.serialize_str(&texts.join(","))
    }
}
