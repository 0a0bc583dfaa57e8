use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, Error, Visitor};

/// Declares an enumeration of texts that tolerates values it does not know.
///
/// Vendors add values without notice, and change their case. The enum gets a last variant
/// `Unknown(String)` that keeps such a text as it was received; known values are recognised
/// without regard to ASCII case (an exact match wins) and are sent in the spelling declared first.
/// Further spellings after `|` are understood and never sent. A vendor's own value `UNKNOWN` needs
/// another name here, such as `Unclear = "UNKNOWN"`.
///
/// The enum is `#[non_exhaustive]` and has
/// - `as_str()`, `is_known()` and `KNOWN`, the texts that are sent, in the order of declaration;
/// - `From<&str>`, `From<String>`, `FromStr` (which cannot fail), `Display`, `AsRef<str>`;
/// - `Debug`, `Clone`, `PartialEq`, `Eq`, `Hash`;
/// - `Serialize` as its text, `Deserialize` from a string, a whole number or a boolean.
///
/// ```
/// cert_core::open_enum! {
///     /// Where a certificate came from.
///     pub enum Source {
///         /// A person filled in the form.
///         Form = "Web Form",
///         /// Requested over REST.
///         Rest = "REST" | "REST API",
///     }
/// }
///
/// assert_eq!(Source::from("rest api"), Source::Rest);
/// assert_eq!(Source::Rest.as_str(), "REST");
/// assert_eq!(Source::KNOWN, ["Web Form", "REST"]);
///
/// let newer: Source = serde_json::from_str(r#""Carrier Pigeon""#)?;
/// assert_eq!(newer, Source::Unknown("Carrier Pigeon".to_owned()));
/// assert!(!newer.is_known());
/// assert_eq!(serde_json::to_string(&newer)?, r#""Carrier Pigeon""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident {
            $(
                $(#[$variant_attribute:meta])*
                $variant:ident = $text:literal $(| $other:literal)*
            ),+ $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$variant_attribute])* $variant,)+
            /// A value that is not known here, as it was received.
            Unknown(::std::string::String),
        }

        impl $name {
            /// The texts of all known values as they are sent, in the order of declaration.
            $visibility const KNOWN: &'static [&'static str] = &[$($text),+];

            const SPELLINGS: &'static [&'static [&'static str]] = &[$(&[$text $(, $other)*]),+];
            const VARIANTS: &'static [Self] = &[$(Self::$variant),+];

            /// The text that is sent; of an unknown value the one that was received.
            $visibility fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown(text) => text,
                }
            }

            /// Whether the value is one of those declared.
            $visibility fn is_known(&self) -> bool {
                !::std::matches!(self, Self::Unknown(_))
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match $crate::__private::position(Self::SPELLINGS, text) {
                    ::std::option::Option::Some(index) => Self::VARIANTS[index].clone(),
                    ::std::option::Option::None => Self::Unknown(text.into()),
                }
            }
        }

        $crate::__text_traits!($name);
        $crate::__from_text!($name);
    };
}

/// The traits of a type that is shown and sent as its `as_str` and made of any `&str`.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_traits {
    ($name:ident) => {
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(Self::from(text))
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::Payload for $name {}
    };
}

/// The traits of a type that is read from any text, number or boolean by its `From<&str>`.
#[doc(hidden)]
#[macro_export]
macro_rules! __from_text {
    ($name:ident) => {
        impl ::std::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let text = $crate::__private::text(deserializer)?;
                ::std::result::Result::Ok(Self::from(&*text))
            }
        }

        impl<'de> $crate::Field<'de> for $name {
            fn read<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                let text =
                    $crate::__private::said::<::std::borrow::Cow<'de, str>, D>(deserializer)?;
                ::std::result::Result::Ok(text.map(|text| Self::from(&*text)))
            }
        }
    };
}

/// Index of the value that is spelled so, exactly or else ignoring ASCII case.
pub fn position(spellings: &[&[&str]], text: &str) -> Option<usize> {
    let exact = spellings.iter().position(|texts| texts.contains(&text));
    exact.or_else(|| {
        spellings
            .iter()
            .position(|texts| texts.iter().any(|known| known.eq_ignore_ascii_case(text)))
    })
}

/// Reads a text, borrowed where possible; a whole number or a boolean as its digits or name.
///
/// # Errors
/// Those of the deserializer; another kind of value.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, str>, D::Error> {
    deserializer.deserialize_any(TextVisitor)
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(number.to_string()))
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Cow::Owned(truth.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    crate::open_enum! {
        /// Values that differ by case alone, and one with two more spellings.
        enum Mixed {
            /// Lower case.
            Lower = "ok",
            /// Upper case.
            Upper = "OK",
            /// Several spellings.
            Many = "A B" | "a_b" | "7",
        }
    }

    #[test]
    fn exact_spelling_wins_over_case() {
        assert_eq!(Mixed::from("OK"), Mixed::Upper);
        assert_eq!(Mixed::from("ok"), Mixed::Lower);
        assert_eq!(Mixed::from("Ok"), Mixed::Lower);
        assert_eq!(Mixed::from("A_B"), Mixed::Many);
        assert_eq!(Mixed::KNOWN, ["ok", "OK", "A B"]);
    }

    #[test]
    fn unknown_ones_are_kept_as_received() {
        let unknown = Mixed::from("Ü ".to_owned());
        assert_eq!(unknown, Mixed::Unknown("Ü ".to_owned()));
        assert_eq!(format!("{unknown:>4}|"), "  Ü |");
        assert!(!unknown.is_known() && Mixed::Lower.is_known());
        let parsed: Mixed = "a b".parse().expect("cannot fail");
        assert_eq!(parsed.as_ref(), "A B");
    }

    #[test]
    fn json_texts_numbers_booleans_and_keys_are_read() {
        let read = |json| serde_json::from_str::<Mixed>(json).expect("readable");
        assert_eq!(read(r#""\u006fk""#), Mixed::Lower);
        assert_eq!(read("7"), Mixed::Many);
        assert_eq!(read("-1"), Mixed::Unknown("-1".to_owned()));
        assert_eq!(read("true"), Mixed::Unknown("true".to_owned()));
        assert_eq!(read(r#""""#), Mixed::Unknown(String::new()));
        let error = serde_json::from_str::<Mixed>("{}").expect_err("not a text");
        assert!(error.to_string().contains("expected a text"), "{error}");
        let value = serde_json::json!({"x": "OK"});
        let map: BTreeMap<String, Mixed> = serde_json::from_value(value).expect("a map");
        assert_eq!(serde_json::to_string(&map).expect("a map"), r#"{"x":"OK"}"#);
    }
}
