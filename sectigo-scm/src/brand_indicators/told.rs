//! Values that the vendor shows as null alone, or in two forms: each is read, and fails no list.

use std::fmt;
use std::marker::PhantomData;

use cert_core::Field;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Something with a number and a name, as answers tell of organizations, profiles, administrators
/// and CAs.
///
/// Where the vendor sends a text instead, it is the name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Named<Id> {
    /// Number.
    pub id: Option<Id>,
    /// Name.
    pub name: Option<String>,
}

cert_core::response! {
    struct Object<Id> {
        id: Option<Id>,
        name: Option<String>,
    }
}

impl<Id> Named<Id> {
    fn called(name: impl Into<String>) -> Option<Self> {
        let name = Some(name.into()).filter(|name| !name.trim().is_empty())?;
        Some(Self {
            id: None,
            name: Some(name),
        })
    }
}

impl<'de, Id: Field<'de>> Field<'de> for Named<Id> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(NamedVisitor(PhantomData))
    }
}

struct NamedVisitor<Id>(PhantomData<fn() -> Id>);

impl<'de, Id: Field<'de>> Visitor<'de> for NamedVisitor<Id> {
    type Value = Option<Named<Id>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with id and name, or a name")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Named::called(name))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Named::called(number.to_string()))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        let Object { id, name } = Object::deserialize(MapAccessDeserializer::new(members))?;
        Ok(Some(Named { id, name }))
    }
}

/// Domain names, however the vendor writes a list of them: as a list, or as one text with commas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DomainNames(Vec<String>);

impl DomainNames {
    /// The names, in the order of the answer.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }
}

impl<'de> Field<'de> for DomainNames {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(NamesVisitor).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = DomainNames;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of names, or one text")
    }

    fn visit_unit<E: Error>(self) -> Result<DomainNames, E> {
        Ok(DomainNames::default())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<DomainNames, E> {
        let names = text.split(',').map(str::trim);
        let names = names.filter(|name| !name.is_empty());
        Ok(DomainNames(names.map(str::to_owned).collect()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<DomainNames, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = entries.next_element::<Option<String>>()? {
            names.extend(name);
        }
        Ok(DomainNames(names))
    }
}
