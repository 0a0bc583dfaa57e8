//! Lists in whichever wrapping a vendor sends them.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A list in whichever wrapping a vendor sends it; see [`listed`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed<E, T> {
    /// An object around the entries.
    Enveloped(E),
    /// The entries alone.
    Bare(Vec<T>),
    /// One entry, without any list around it.
    Single(T),
}

/// A list as an envelope `E`, as a bare array, or as one entry `T`, for vendors who do not say
/// which.
///
/// `is_envelope` tells an envelope from an entry by the name of the object's first member, `None`
/// where it has none at all.
///
/// # Errors
///
/// Those of `E` and `T`; neither an object nor an array.
pub fn listed<'de, D, E, T>(
    deserializer: D,
    is_envelope: fn(Option<&str>) -> bool,
) -> Result<Listed<E, T>, D::Error>
where
    D: Deserializer<'de>,
    E: Deserialize<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(ListedVisitor {
        is_envelope,
        kinds: PhantomData,
    })
}

struct ListedVisitor<E, T> {
    is_envelope: fn(Option<&str>) -> bool,
    kinds: PhantomData<fn() -> (E, T)>,
}

impl<'de, E: Deserialize<'de>, T: Deserialize<'de>> Visitor<'de> for ListedVisitor<E, T> {
    type Value = Listed<E, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list, or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(entries)).map(Listed::Bare)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut rest: A) -> Result<Self::Value, A::Error> {
        let first = rest.next_key::<String>()?;
        let enveloped = (self.is_envelope)(first.as_deref());
        let object = MapAccessDeserializer::new(Resumed { first, rest });
        if enveloped {
            E::deserialize(object).map(Listed::Enveloped)
        } else {
            T::deserialize(object).map(Listed::Single)
        }
    }
}

/// An object whose first member's name was looked at already.
struct Resumed<A> {
    first: Option<String>,
    rest: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Resumed<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        match self.first.take() {
            Some(name) => seed.deserialize(name.into_deserializer()).map(Some),
            None => self.rest.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.rest.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Eq, Deserialize)]
    struct Envelope {
        rows: Vec<Row>,
    }

    #[derive(Debug, PartialEq, Eq, Deserialize)]
    struct Row {
        id: i64,
    }

    fn rows(json: &str) -> Result<Listed<Envelope, Row>, String> {
        let mut reader = serde_json::Deserializer::from_str(json);
        listed(&mut reader, |name| matches!(name, Some("rows" | "meta"))).map_err(|e| e.to_string())
    }

    #[test]
    fn a_list_is_read_in_each_wrapping() {
        let (one, two) = (Row { id: 1 }, Row { id: 2 });
        let enveloped = rows(r#"{"meta":{},"rows":[{"id":1}]}"#).expect("an envelope");
        assert_eq!(
            enveloped,
            Listed::Enveloped(Envelope {
                rows: vec![Row { id: 1 }]
            })
        );
        assert_eq!(
            rows(r#"[{"id":1},{"id":2}]"#),
            Ok(Listed::Bare(vec![one, two]))
        );
        assert_eq!(rows(r#"{"x":0,"id":2}"#), Ok(Listed::Single(Row { id: 2 })));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        assert!(
            rows("{}")
                .expect_err("nothing in it")
                .contains("missing field `id`")
        );
        assert!(
            rows(r#"{"meta":{}}"#)
                .expect_err("no rows")
                .contains("missing field `rows`")
        );
        assert!(
            rows("7")
                .expect_err("a number")
                .contains("expected a list, or an object")
        );
    }
}
