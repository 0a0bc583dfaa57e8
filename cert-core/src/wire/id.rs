use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use thiserror::Error;

/// Declares the number by which a vendor names a thing, as a type of its own.
///
/// The type wraps an `i64`, is `Copy`, ordered and hashed by it, prints and serializes as the
/// number, and is read from a JSON number or a string that holds one. It has `value()`,
/// `From<i64>` and `FromStr` with [`ParseIdError`].
///
/// ```
/// cert_core::id! {
///     /// Number of an order.
///     pub struct OrderId;
/// }
///
/// let order: OrderId = serde_json::from_str(r#""42""#)?;
/// assert_eq!(order, OrderId::from(42));
/// assert_eq!(order.to_string(), "42");
/// assert_eq!(serde_json::to_string(&order)?, "42");
///
/// let error = "42a".parse::<OrderId>().expect_err("not a number");
/// assert_eq!(error.to_string(), "`42a` is no id: expected a whole number of at most 64 bits");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! id {
    ($(#[$attribute:meta])* $visibility:vis struct $name:ident;) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name(i64);

        impl $name {
            /// The number itself.
            $visibility const fn value(self) -> i64 {
                self.0
            }
        }

        impl ::std::convert::From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::ParseIdError;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                $crate::__private::parse_number(text).map(Self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.0)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::__private::number(deserializer).map(Self)
            }
        }

        impl<'de> $crate::Field<'de> for $name {
            fn read<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                let number = $crate::__private::whole(deserializer)?;
                ::std::result::Result::Ok(number.map(Self))
            }
        }

        impl $crate::Payload for $name {}

        impl $crate::check::Number for $name {
            fn number(self) -> i64 {
                self.0
            }
        }

        impl ::std::convert::From<&$name> for $name {
            fn from(id: &$name) -> Self {
                *id
            }
        }
    };
}

/// Declares the text by which a vendor names a thing (a UUID, hex digits, a key), as a type of its
/// own.
///
/// The type wraps a `String` as it was received, compares by it byte for byte, and is read from a
/// string or a whole number. It has `as_str()`, `From<&str>`, `From<String>`, `FromStr` (which
/// cannot fail), `Display`, `AsRef<str>`.
///
/// ```
/// cert_core::text_id! {
///     /// Key of a bucket.
///     pub struct BucketId;
/// }
///
/// let bucket: BucketId = serde_json::from_str("17")?;
/// assert_eq!(bucket, BucketId::from("17"));
/// assert_eq!(serde_json::to_string(&bucket)?, r#""17""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! text_id {
    ($(#[$attribute:meta])* $visibility:vis struct $name:ident;) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name(::std::string::String);

        impl $name {
            /// The text itself.
            $visibility fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl ::std::convert::From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        $crate::__text_traits!($name);
        $crate::__from_text!($name);
    };
}

/// The text of a numeric id is no whole number, or one beyond 64 bits.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{text}` is no id: expected a whole number of at most 64 bits")]
pub struct ParseIdError {
    text: String,
}

impl ParseIdError {
    /// The text that was refused.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Reads the number of an id, blanks around it ignored.
///
/// # Errors
/// Anything else than an optional sign and decimal digits; more than 64 bits.
pub fn parse_number(text: &str) -> Result<i64, ParseIdError> {
    text.trim().parse().map_err(|_| ParseIdError {
        text: text.escape_debug().to_string(),
    })
}

/// Reads the number of an id from a number or a string holding one.
///
/// # Errors
/// Those of the deserializer and of [`parse_number`]; another kind of value.
pub fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    deserializer.deserialize_any(NumberVisitor)
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id: a whole number of at most 64 bits")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<i64, E> {
        i64::try_from(number)
            .map_err(|_| E::invalid_value(serde::de::Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<i64, E> {
        parse_number(text).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::ParseIdError;

    crate::id! {
        /// A number.
        struct Number;
    }

    crate::text_id! {
        /// A text.
        struct Text;
    }

    fn pass(id: impl Into<Number>) -> i64 {
        id.into().value()
    }

    #[test]
    fn plain_literals_pass_as_ids() {
        assert_eq!(pass(5), 5);
        assert_eq!(pass(Number::from(-1)), -1);
    }

    #[test]
    fn numbers_and_texts_of_numbers_are_read() {
        let read = |json| serde_json::from_str::<Number>(json).expect(json).value();
        assert_eq!(read("12"), 12);
        assert_eq!(read(r#"" 12 ""#), 12);
        assert_eq!(read(r#""\u0031""#), 1);
        assert_eq!(read("-9223372036854775808"), i64::MIN);
    }

    #[test]
    fn others_are_refused_by_name() {
        let read = |json| {
            serde_json::from_str::<Number>(json)
                .expect_err(json)
                .to_string()
        };
        assert!(read(r#""1O0""#).contains("`1O0` is no id"));
        assert!(read(r#""""#).contains("`` is no id"));
        assert!(read("9223372036854775808").contains("9223372036854775808"));
        assert!(read("1.5").contains("expected an id"));
        assert!(read("null").contains("expected an id"));
        let error: ParseIdError = "a\nb".parse::<Number>().expect_err("no number");
        assert_eq!(error.text(), "a\\nb");
    }

    #[test]
    fn text_ids_keep_what_they_got() {
        let id: Text = serde_json::from_str(r#""0b1-\"x""#).expect("a text");
        assert_eq!(id.as_str(), "0b1-\"x");
        assert_eq!(serde_json::to_string(&id).expect("a text"), r#""0b1-\"x""#);
        assert_eq!(
            serde_json::from_str::<Text>("-3")
                .expect("a number")
                .to_string(),
            "-3"
        );
        assert!(serde_json::from_str::<Text>("[]").is_err());
        assert!(Text::from("a") < Text::from("b".to_owned()));
    }
}
