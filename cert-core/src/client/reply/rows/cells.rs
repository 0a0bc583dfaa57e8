use serde::de::value::Error;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::record::Record;
use crate::client::reply::answer::without_value;

/// The cells of a row that hold something, by the names of their columns.
pub(super) struct Cells<'r> {
    columns: &'r [Column],
    record: &'r Record,
    /// The columns that the row does not declare.
    pub(super) undeclared: Vec<(&'r str, &'r str)>,
}

/// A column of a list.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    /// Whether an earlier column has the same name.
    pub(super) again: bool,
}

impl<'r> Cells<'r> {
    pub(super) fn new(columns: &'r [Column], record: &'r Record) -> Self {
        Self {
            columns,
            record,
            undeclared: Vec::new(),
        }
    }

    /// Reads the row; the error names the column, and no value.
    pub(super) fn read<T: DeserializeOwned>(&mut self) -> Result<T, String> {
        let mut cells = Vec::with_capacity(self.columns.len());
        for (column, field) in self.columns.iter().zip(self.record.fields()) {
            let text = field.ok_or_else(|| format!("`{}` is not UTF-8", column.name))?;
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            match column.again {
                true => self.undeclared.push((&column.name, text)),
                false => cells.push((column.name.as_str(), text)),
            }
        }
        let row = Row {
            cells: cells.into_iter(),
            current: None,
            undeclared: &mut self.undeclared,
        };
        T::deserialize(row).map_err(|error| error.to_string())
    }
}

struct Row<'r, 'u> {
    cells: std::vec::IntoIter<(&'r str, &'r str)>,
    current: Option<(&'r str, &'r str)>,
    undeclared: &'u mut Vec<(&'r str, &'r str)>,
}

impl<'de> Deserializer<'de> for Row<'de, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(self).map_err(|error| {
            let text = error.to_string();
            match text.starts_with("column ") {
                true => error,
                false => Error::custom(without_value(&text).unwrap_or_else(|| "invalid".into())),
            }
        })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

impl<'de> MapAccess<'de> for Row<'de, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        self.current = self.cells.next();
        let name = self.current.map(|(name, _)| name.into_deserializer());
        name.map(|name| seed.deserialize(name)).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (name, text) = self.current.unwrap_or_default();
        let mut ignored = false;
        let value = seed.deserialize(Cell {
            text,
            ignored: &mut ignored,
        });
        if ignored {
            self.undeclared.push((name, text));
        }
        value.map_err(|error| {
            let kept = without_value(&error.to_string());
            let kept = kept.unwrap_or_else(|| "invalid value".to_owned());
            Error::custom(format!("column `{name}`: {kept}"))
        })
    }
}

/// A text that is read as itself: a number is not told from the digits of a serial number.
struct Cell<'r, 'i> {
    text: &'r str,
    ignored: &'i mut bool,
}

impl<'de> Deserializer<'de> for Cell<'de, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        *self.ignored = true;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct enum identifier
    }
}
