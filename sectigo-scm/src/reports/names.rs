use std::fmt;

use cert_core::Field;
use serde::Deserializer;
use serde::de::{Error, SeqAccess, Visitor};

/// Names of a certificate, from a list or from one text that semicolons or commas divide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlternativeNames(Vec<String>);

impl AlternativeNames {
    /// The names in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The number of names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no names.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for AlternativeNames {
    fn from(text: &str) -> Self {
        let names = text.split([';', ',']).map(str::trim);
        Self(
            names
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
        )
    }
}

impl<'de> Field<'de> for AlternativeNames {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(NamesVisitor).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = AlternativeNames;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("names")
    }

    fn visit_unit<E: Error>(self) -> Result<AlternativeNames, E> {
        Ok(AlternativeNames::default())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<AlternativeNames, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<AlternativeNames, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = list.next_element::<Option<String>>()? {
            names.extend(name);
        }
        Ok(AlternativeNames(names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_as_text_or_list() {
        let names = AlternativeNames::from("*.a.example; a.example,b.example;");
        assert_eq!(
            names.iter().collect::<Vec<_>>(),
            ["*.a.example", "a.example", "b.example"]
        );
        assert!(AlternativeNames::from(" ").is_empty() && names.len() == 3);
    }
}
