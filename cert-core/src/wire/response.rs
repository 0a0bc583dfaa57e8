use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

#[cfg(feature = "client")]
use serde::Deserialize;
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

/// Value of one field of a vendor's answer, however it is written.
///
/// Vendors send `null`, a blank text or nothing at all for what they do not have, and numbers as
/// texts; this trait reads all of them alike. [`response!`](crate::response) reads every field
/// by it, [`id!`](crate::id) and its like implement it.
pub trait Field<'de>: Sized {
    /// Reads a value, `None` where there is none: for `null` and, unless it is a plain text, for
    /// a blank one.
    ///
    /// # Errors
    ///
    /// When there is something else than such a value.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error>;

    /// Stand-in for a value that is not there; `None` where the answer makes no sense without
    /// it.
    fn absent() -> Option<Self> {
        None
    }
}

/// Declares what a vendor answers: a struct that is read from JSON in camel case.
///
/// A field of type `Option`, `Vec` or map may be missing or `null`; blank texts are `None` for
/// everything but plain text, and numbers are read from texts too ([`Field`]). The other fields
/// have to be there. Members that are not declared are ignored. `#[wire("name")]` after the
/// documentation names the field on the wire; further names after `|` are read alike, and of
/// those that hold a value the one that is declared first wins. `or default` after a struct that
/// implements `Default` has it stand for itself where it is missing.
///
/// ```
/// cert_core::response! {
///     /// An order.
///     pub struct Order {
///         /// Number of the order.
///         #[wire("id" | "orderId")]
///         pub id: i64,
///         /// Time of the order.
///         pub ordered: Option<cert_core::Time>,
///         /// Names of the items.
///         pub item_names: Vec<String>,
///     }
/// }
///
/// let order: Order = serde_json::from_str(r#"{"orderId": "7", "ordered": "", "itemNames": null}"#)?;
/// assert_eq!((order.id, order.ordered, order.item_names.len()), (7, None, 0));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! response {
    (
        $(#[$meta:meta])*
        $visibility:vis struct $name:ident $(<$generic:ident>)? {
            $(
                $(#[doc = $doc:expr])*
                $(#[wire($wire:literal $(| $twin:literal)*)])?
                $field_visibility:vis $field:ident: $type:ty
            ),* $(,)?
        }
        $(or $default:ident)?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        $visibility struct $name $(<$generic>)? {
            $($(#[doc = $doc])* $field_visibility $field: $type,)*
        }

        const _: () = {
            use $crate::__private::serde::de;

            struct Reader $(<$generic>)? (
                ::std::marker::PhantomData<fn() -> $name $(<$generic>)?>,
            );

            impl<'de $(, $generic: $crate::Field<'de>)?> de::Visitor<'de>
                for Reader $(<$generic>)?
            {
                type Value = $name $(<$generic>)?;

                fn expecting(
                    &self,
                    f: &mut ::std::fmt::Formatter<'_>,
                ) -> ::std::fmt::Result {
                    f.write_str(::std::concat!("struct ", ::std::stringify!($name)))
                }

                fn visit_map<A: de::MapAccess<'de>>(
                    self,
                    mut map: A,
                ) -> ::std::result::Result<Self::Value, A::Error> {
                    $(let mut $field =
                        $crate::__slots!($field $($wire $($twin)*)?);)*
                    while let ::std::option::Option::Some(key) =
                        map.next_key_seed($crate::__private::Key)?
                    {
                        let key: &str = &key;
                        $(if let ::std::option::Option::Some(slot) =
                            $crate::__slot!(key, $field $($wire $($twin)*)?)
                        {
                            $crate::__private::fill(slot, &mut map)?;
                            continue;
                        })*
                        map.next_value::<de::IgnoredAny>()?;
                    }
                    ::std::result::Result::Ok($name {
                        $($field: $crate::__private::filled(
                            $field,
                            ::std::stringify!($field),
                        )?,)*
                    })
                }
            }

            impl<'de $(, $generic: $crate::Field<'de>)?> de::Deserialize<'de>
                for $name $(<$generic>)?
            {
                fn deserialize<D: de::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::std::result::Result<Self, D::Error> {
                    deserializer.deserialize_map(Reader(::std::marker::PhantomData))
                }
            }

            impl<'de $(, $generic: $crate::Field<'de>)?> $crate::Field<'de>
                for $name $(<$generic>)?
            {
                fn read<D: de::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::std::result::Result<::std::option::Option<Self>, D::Error> {
                    de::Deserialize::deserialize(deserializer)
                }

                $(fn absent() -> ::std::option::Option<Self> {
                    ::std::option::Option::Some(::std::default::Default::$default())
                })?
            }
        };
    };
}

/// The name of a member, borrowed where possible.
#[derive(Debug, Clone, Copy)]
pub struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

/// Reads a member into its slot, unless there is nothing in it.
///
/// # Errors
///
/// Those of the value.
#[inline]
pub fn fill<'de, T: Field<'de>, A: MapAccess<'de>>(
    slot: &mut Option<T>,
    map: &mut A,
) -> Result<(), A::Error> {
    if let Some(value) = map.next_value_seed(Read(PhantomData))? {
        *slot = Some(value);
    }
    Ok(())
}

/// The value of a field, one slot for each of its names, or what stands for it.
///
/// # Errors
///
/// When it has to be there, and is not.
pub fn filled<'de, T: Field<'de>, E: Error, const NAMES: usize>(
    mut slots: [Option<T>; NAMES],
    name: &'static str,
) -> Result<T, E> {
    let first = slots.iter_mut().find_map(Option::take);
    first
        .or_else(T::absent)
        .ok_or_else(|| E::missing_field(name))
}

struct Read<T>(PhantomData<fn() -> T>);

impl<'de, T: Field<'de>> DeserializeSeed<'de> for Read<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::read(deserializer)
    }
}

impl<'de, T: Field<'de>> Field<'de> for Option<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        T::read(deserializer).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<'de, T: Field<'de>> Field<'de> for Vec<T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_option(Entries(PhantomData))
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl<'de, T: Field<'de>> Field<'de> for BTreeMap<String, T> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_option(Members(PhantomData))
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

/// What reading `null` as `None` adds to a visitor of lists or maps.
macro_rules! or_nothing {
    () => {
        fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    };
}

struct Entries<T>(PhantomData<fn() -> T>);

impl<'de, T: Field<'de>> Visitor<'de> for Entries<T> {
    type Value = Option<Vec<T>>;

    or_nothing!();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element_seed(Read(PhantomData))? {
            if let Some(entry) = entry.or_else(T::absent) {
                list.push(entry);
            }
        }
        Ok(Some(list))
    }
}

struct Members<T>(PhantomData<fn() -> T>);

impl<'de, T: Field<'de>> Visitor<'de> for Members<T> {
    type Value = Option<BTreeMap<String, T>>;

    or_nothing!();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(name) = members.next_key_seed(Key)? {
            let value = members.next_value_seed(Read(PhantomData))?;
            map.extend(
                value
                    .or_else(T::absent)
                    .map(|value| (name.into_owned(), value)),
            );
        }
        Ok(Some(map))
    }
}

/// A text, number or boolean as text, `null` as `None`.
///
/// # Errors
///
/// When there is a list or an object.
pub(crate) fn text<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: From<&'de str> + From<String>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_any(Scalar(PhantomData))
}

/// The text of a field, number or boolean as text, that is more than blank.
///
/// # Errors
///
/// When there is a list or an object.
pub fn said<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: From<&'de str> + From<String> + AsRef<str>,
    D: Deserializer<'de>,
{
    let blank = |text: &T| text.as_ref().chars().all(char::is_whitespace);
    Ok(text(deserializer)?.filter(|text| !blank(text)))
}

/// A whole number, also from a text; `null` and a blank text as `None`.
///
/// # Errors
///
/// When there is something else, or a number that does not fit.
pub fn number<'de, T: Whole, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(Digits(PhantomData))
}

/// A type of whole numbers.
pub trait Whole: Sized {
    /// The same number in this type.
    fn of(number: i128) -> Option<Self>;
}

struct Digits<T>(PhantomData<fn() -> T>);

impl<T: Whole> Digits<T> {
    fn fitting<E: Error>(number: i128) -> Result<Option<T>, E> {
        let wrong = || E::custom(format!("the number {number} does not fit here"));
        T::of(number).map(Some).ok_or_else(wrong)
    }
}

impl<'de, T: Whole> Visitor<'de> for Digits<T> {
    type Value = Option<T>;

    or_nothing!();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        number(deserializer)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Self::fitting(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Self::fitting(number.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let digits = text.trim();
        if digits.is_empty() {
            return Ok(None);
        }
        let wrong = |_| E::custom(format!("`{}` is no whole number", text.escape_debug()));
        Self::fitting(digits.parse().map_err(wrong)?)
    }
}

macro_rules! whole_numbers {
    ($($number:ty)*) => {$(
        impl Whole for $number {
            fn of(number: i128) -> Option<Self> {
                number.try_into().ok()
            }
        }

        impl<'de> Field<'de> for $number {
            fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                number(deserializer)
            }
        }
    )*};
}

whole_numbers!(u8 u16 u32 u64 i32 i64);

impl<'de> Field<'de> for String {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        text(deserializer)
    }
}

impl<'de> Field<'de> for bool {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(Truth)
    }
}

#[cfg(feature = "client")]
impl<'de> Field<'de> for serde_json::Value {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Option::deserialize(deserializer)
    }
}

struct Truth;

impl<'de> Visitor<'de> for Truth {
    type Value = Option<bool>;

    or_nothing!();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        bool::read(deserializer)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Some(truth))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        match text.trim() {
            "" => Ok(None),
            text if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
            text if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
            text => Err(E::custom(format!(
                "`{}` is neither true nor false",
                text.escape_debug()
            ))),
        }
    }
}

struct Scalar<T>(PhantomData<fn() -> T>);

impl<'de, T: From<&'de str> + From<String>> Visitor<'de> for Scalar<T> {
    type Value = Option<T>;

    or_nothing!();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a number")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        text(deserializer)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(text.into()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Some(text.into()))
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Self::Value, E> {
        self.visit_string(truth.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        self.visit_string(number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        self.visit_string(number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        self.visit_string(number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::{RevocationReason, Secret, SerialNumber, Time};

    crate::response! {
        /// An answer.
        struct Answer {
            /// A number.
            #[wire("id" | "answerId")]
            id: i64,
            /// Names.
            names: Vec<String>,
            /// A serial number.
            serial: Option<SerialNumber>,
            /// A time.
            approved: Option<Time>,
            /// Validity in days.
            term: Option<u32>,
            /// Whether it is secret.
            is_secret: Option<bool>,
            /// Sizes of keys.
            key_types: BTreeMap<String, Vec<String>>,
            /// Why it was revoked.
            reason_code: Option<RevocationReason>,
            /// A secret.
            token: Option<Secret>,
        }
    }

    fn read(json: &str) -> Result<Answer, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn absent_null_and_blank_are_nothing() {
        for json in [
            r#"{"id":1}"#,
            r#"{"id":1,"names":null,"serial":null,"approved":null,"term":null,"isSecret":null,
                "keyTypes":null,"reasonCode":null}"#,
            r#"{"id":1,"names":[null],"serial":" ","approved":"","term":"","isSecret":"",
                "keyTypes":{},"reasonCode":""}"#,
        ] {
            let answer = read(json).expect("lenient");
            assert!(answer.names.is_empty() && answer.serial.is_none());
            assert!(answer.approved.is_none() && answer.term.is_none());
            assert!(answer.is_secret.is_none() && answer.key_types.is_empty());
            assert!(answer.reason_code.is_none());
        }
    }

    #[test]
    fn numbers_and_truths_are_read_from_texts() {
        let answer = read(r#"{"id":" 7","term":"365","isSecret":"TRUE","reasonCode":"4"}"#);
        let answer = answer.expect("lenient");
        assert_eq!(
            (answer.id, answer.term, answer.is_secret),
            (7, Some(365), Some(true))
        );
        assert_eq!(answer.reason_code, Some(RevocationReason::Superseded));
        let answer = read(r#"{"id":7,"names":[1,"a"],"keyTypes":{"RSA":null,"EC":["P-256"]}}"#);
        let answer = answer.expect("lenient");
        assert_eq!(answer.names, ["1", "a"]);
        assert_eq!(answer.key_types["RSA"], Vec::<String>::new());
        assert_eq!(answer.key_types["EC"], ["P-256"]);
    }

    #[test]
    fn twins_are_one_field() {
        for json in [
            r#"{"id":7}"#,
            r#"{"answerId":7}"#,
            r#"{"id":7,"answerId":null}"#,
            r#"{"answerId":7,"id":7,"other":{"id":8}}"#,
        ] {
            assert_eq!(read(json).expect(json).id, 7);
        }
    }

    #[test]
    fn of_twins_that_differ_the_one_declared_first_wins() {
        for json in [
            r#"{"id":7,"answerId":8}"#,
            r#"{"answerId":8,"id":7}"#,
            r#"{"id":6,"answerId":8,"id":7,"answerId":null}"#,
        ] {
            assert_eq!(read(json).expect(json).id, 7);
        }
    }

    #[test]
    fn a_blank_secret_is_none() {
        for json in [
            r#"{"id":1}"#,
            r#"{"id":1,"token":null}"#,
            r#"{"id":1,"token":" "}"#,
        ] {
            assert_eq!(read(json).expect(json).token, None);
        }
        let answer = read(r#"{"id":1,"token":" a"}"#).expect("a secret");
        assert_eq!(answer.token, Some(Secret::from(" a")));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let told = |json: &str| read(json).expect_err("wrong");
        assert!(told("{}").contains("missing field `id`"));
        assert!(told(r#"{"id":null}"#).contains("missing field `id`"));
        assert!(told(r#"{"id":1,"term":-1}"#).contains("-1 does not fit"));
        assert!(told(r#"{"id":"a"}"#).contains("`a` is no whole number"));
        assert!(told(r#"{"id":1,"isSecret":"perhaps"}"#).contains("neither true nor false"));
        assert!(told(r#"{"id":1,"names":{}}"#).contains("expected a list"));
    }
}
