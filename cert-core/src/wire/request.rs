use serde::ser::SerializeStruct;

use super::Payload;

/// Declares what a call sends: a struct whose required parts are arguments of `new` and whose
/// optional parts are set by methods of their names.
///
/// A part is declared once: its documentation, then its limits, then its name on the wire. Parts
/// that are not set are not sent, nor are those set to [`Patch::Keep`](crate::Patch); adding an
/// optional one breaks nobody. The struct implements `Serialize` in camel case and
/// [`Payload`](crate::Payload), so that no call can send it unchecked. Without required parts it
/// implements `Default`.
///
/// | attribute of a part | meaning |
/// |---|---|
/// | `#[length(1..=512)]` | characters of a text |
/// | `#[count(1..=128)]` | entries of a list |
/// | `#[range(1..)]` | a number, taken by value; `#[range(..)]` for one without limits |
/// | `#[id(1..)]` | the number of an id |
/// | `#[secret(8..=64)]` | characters of a [`Secret`](crate::Secret), which is sent exposed; `#[secret(..)]` |
/// | `#[patch(..=256)]` | characters of a text in a [`Patch`](crate::Patch), for an optional part |
/// | `#[valid(function)]` | `fn(&T) -> Result<(), Violation>` |
/// | `#[wire("note")]` | its name on the wire |
/// | `#[wire("note" as Wrapper)]` | besides, sent as `Wrapper(&value)` |
/// | `#[wire(flat)]` | its members stand among those of the request: a type of [`Members`] |
///
/// `check path` after the struct names a function of `&Self` for rules between parts.
///
/// ```
/// cert_core::request! {
///     /// An order.
///     pub struct Order(
///         /// The customer who pays.
///         customer_id: i64,
///     ) {
///         /// Validity in days.
///         #[range(1..)]
///         term: u32,
///         /// Remark for people.
///         #[length(1..=20)]
///         #[wire("note")]
///         remark: String,
///         /// Pass phrase of the key store.
///         #[secret(8..=64)]
///         pass_phrase: cert_core::Secret,
///     }
/// }
///
/// use cert_core::Payload;
///
/// let order = Order::new(7).term(365).remark("urgent");
/// assert_eq!(serde_json::to_string(&order)?, r#"{"customerId":7,"term":365,"note":"urgent"}"#);
///
/// let error = order.remark("").check().expect_err("too short");
/// assert_eq!(error.to_string(), "`remark` has 0 characters: it must have 1 to 20");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! request {
    (
        $(#[$meta:meta])*
        $visibility:vis struct $name:ident() { $($optional:tt)* }
        $(check $check:path)?
    ) => {
        $crate::request! {
            @fields
            $(#[$meta])*
            #[derive(Default)]
            $visibility struct $name() { $($optional)* }
            $(check $check)?
        }

        impl $name {
            /// Nothing set yet.
            $visibility fn new() -> Self {
                Self::default()
            }
        }
    };
    (
        $(#[$meta:meta])*
        $visibility:vis struct $name:ident(
            $(
                $(#[doc = $required_doc:expr])*
                $(#[length($($length:tt)*)])?
                $(#[count($($count:tt)*)])?
                $(#[range($($range:tt)*)])?
                $(#[id($($id:tt)*)])?
                $(#[secret($($secret:tt)*)])?
                $(#[valid($valid:path)])?
                $(#[wire($($wire:tt)*)])?
                $required:ident: $required_type:ty
            ),+ $(,)?
        ) { $($optional:tt)* }
        $(check $check:path)?
    ) => {
        $crate::request! {
            @fields
            $(#[$meta])*
            $visibility struct $name(
                $(
                    $(#[doc = $required_doc])*
                    $(#[length($($length)*)])?
                    $(#[count($($count)*)])?
                    $(#[range($($range)*)])?
                    $(#[id($($id)*)])?
                    $(#[secret($($secret)*)])?
                    $(#[valid($valid)])?
                    $(#[wire($($wire)*)])?
                    $required: $required_type
                ),+
            ) { $($optional)* }
            $(check $check)?
        }

        $crate::request! {
            @new
            $visibility $name(
                $(
                    [
                        $($required_doc;)*
                        $($crate::__limit!("characters" $($length)*);)?
                        $($crate::__limit!("entries" $($count)*);)?
                        $($crate::__limit!("" $($range)*);)?
                        $($crate::__limit!("" $($id)*);)?
                        $($crate::__limit!("characters" $($secret)*);)?
                    ]
                    [$($($range)*)?]
                    $required: $required_type
                ),+
            ) { $($optional)* }
        }
    };
    (
        @new
        $visibility:vis $name:ident(
            $(
                [$($doc:expr;)*]
                [$($range:tt)*]
                $required:ident: $required_type:ty
            ),+
        ) {
            $(
                $(#[doc = $optional_doc:expr])*
                $(#[length $length:tt])?
                $(#[count $count:tt])?
                $(#[range $optional_range:tt])?
                $(#[id $id:tt])?
                $(#[secret $secret:tt])?
                $(#[patch $patch:tt])?
                $(#[valid $valid:tt])?
                $(#[wire $wire:tt])?
                $optional:ident: $optional_type:ty
            ),* $(,)?
        }
    ) => {
        impl $name {
            /// A request with what is required; everything else can be set on it.
            ///
            $(
                #[doc = ::std::concat!("* `", ::std::stringify!($required), "`:")]
                $(#[doc = $doc])*
            )+
            $visibility fn new(
                $($required: $crate::__argument!([$($range)*] $required_type)),+
            ) -> Self {
                Self {
                    $($required: $required.into(),)+
                    $($optional: ::std::option::Option::None,)*
                }
            }
        }
    };
    (
        @fields
        $(#[$meta:meta])*
        $visibility:vis struct $name:ident(
            $(
                $(#[doc = $required_doc:expr])*
                $(#[length($($length:tt)*)])?
                $(#[count($($count:tt)*)])?
                $(#[range($($range:tt)*)])?
                $(#[id($($id:tt)*)])?
                $(#[secret($($secret:tt)*)])?
                $(#[valid($valid:path)])?
                $(#[wire($($wire:tt)*)])?
                $required:ident: $required_type:ty
            ),* $(,)?
        ) {
            $(
                $(#[doc = $optional_doc:expr])*
                $(#[length($($optional_length:tt)*)])?
                $(#[count($($optional_count:tt)*)])?
                $(#[range($($optional_range:tt)*)])?
                $(#[id($($optional_id:tt)*)])?
                $(#[secret($($optional_secret:tt)*)])?
                $(#[patch($($optional_patch:tt)*)])?
                $(#[valid($optional_valid:path)])?
                $(#[wire($($optional_wire:tt)*)])?
                $optional:ident: $optional_type:ty
            ),* $(,)?
        }
        $(check $check:path)?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        #[must_use]
        $visibility struct $name {
            $($required: $required_type,)*
            $($optional: ::std::option::Option<$optional_type>,)*
        }

        impl $name {
            $(
                $(#[doc = $optional_doc])*
                $(#[doc = $crate::__limit!("characters" $($optional_length)*)])?
                $(#[doc = $crate::__limit!("entries" $($optional_count)*)])?
                $(#[doc = $crate::__limit!("" $($optional_range)*)])?
                $(#[doc = $crate::__limit!("" $($optional_id)*)])?
                $(#[doc = $crate::__limit!("characters" $($optional_secret)*)])?
                $(#[doc = $crate::__limit!("characters" $($optional_patch)*)])?
                $visibility fn $optional(
                    mut self,
                    $optional: $crate::__argument!([$($($optional_range)*)?] $optional_type),
                ) -> Self {
                    self.$optional = ::std::option::Option::Some($optional.into());
                    self
                }
            )*
        }

        impl $crate::Members for $name {
            fn count(&self) -> usize {
                let counts: &[usize] = &[
                    $($crate::__count!(&self.$required, $($($wire)*)?),)*
                    $($crate::__private::sent(&self.$optional)
                        .map_or(0, |value| $crate::__count!(value, $($($optional_wire)*)?)),)*
                ];
                counts.iter().sum()
            }

            fn send<S: $crate::__private::serde::ser::SerializeStruct>(
                &self,
                fields: &mut S,
            ) -> ::std::result::Result<(), S::Error> {
                let _ = &fields;
                $($crate::__send!(
                    fields, &self.$required, $required
                    [$(secret $($secret)*)?] $($($wire)*)?
                );)*
                $(if let ::std::option::Option::Some(value) =
                    $crate::__private::sent(&self.$optional)
                {
                    $crate::__send!(
                        fields, value, $optional
                        [$(secret $($optional_secret)*)?] $($($optional_wire)*)?
                    );
                })*
                ::std::result::Result::Ok(())
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                use $crate::__private::serde::ser::SerializeStruct as _;
                let count = $crate::Members::count(self);
                let mut fields = serializer.serialize_struct(::std::stringify!($name), count)?;
                $crate::Members::send(self, &mut fields)?;
                fields.end()
            }
        }

        impl $crate::Payload for $name {
            fn check(&self) -> ::std::result::Result<(), $crate::Violation> {
                $($crate::__check!(
                    &self.$required, $required
                    $([length $($length)*])?
                    $([count $($count)*])?
                    $([range $($range)*])?
                    $([id $($id)*])?
                    $([secret $($secret)*])?
                    $([valid $valid])?
                );)*
                $(if let ::std::option::Option::Some(value) = &self.$optional {
                    $crate::__check!(
                        value, $optional
                        $([length $($optional_length)*])?
                        $([count $($optional_count)*])?
                        $([range $($optional_range)*])?
                        $([id $($optional_id)*])?
                        $([secret $($optional_secret)*])?
                        $([patch $($optional_patch)*])?
                        $([valid $optional_valid])?
                    );
                })*
                $($check(self)?;)?
                ::std::result::Result::Ok(())
            }

            fn secrets(&self, name: &mut dyn ::std::ops::FnMut(&str)) {
                let _ = &name;
                $($crate::Payload::secrets(&self.$required, name);)*
                $($crate::Payload::secrets(&self.$optional, name);)*
            }
        }
    };
}

/// The sentence on a limit.
#[doc(hidden)]
#[macro_export]
macro_rules! __limit {
    ($unit:literal ..) => {
        ""
    };
    ("" ..=$most:literal) => {
        ::std::concat!("\nAt most ", $most, ".")
    };
    ("" $least:literal ..=$most:literal) => {
        ::std::concat!("\nFrom ", $least, " to ", $most, ".")
    };
    ("" $least:literal ..) => {
        ::std::concat!("\nAt least ", $least, ".")
    };
    ($unit:literal ..=$most:literal) => {
        ::std::concat!("\nAt most ", $most, " ", $unit, ".")
    };
    ($unit:literal $least:literal ..=$most:literal) => {
        ::std::concat!("\nFrom ", $least, " to ", $most, " ", $unit, ".")
    };
    ($unit:literal $least:literal ..) => {
        ::std::concat!("\nAt least ", $least, " ", $unit, ".")
    };
}

/// The type of an argument: numbers by value, so that literals are what they look like.
#[doc(hidden)]
#[macro_export]
macro_rules! __argument {
    ([] $type:ty) => { impl ::std::convert::Into<$type> };
    ([$($range:tt)+] $type:ty) => { $type };
}

/// The number of members that a part is sent as.
#[doc(hidden)]
#[macro_export]
macro_rules! __count {
    ($value:expr, flat) => {
        $crate::Members::count($value)
    };
    ($value:expr, $($wire:tt)*) => {{
        let _ = $value;
        1
    }};
}

/// Sends one part.
#[doc(hidden)]
#[macro_export]
macro_rules! __send {
    ($fields:ident, $value:expr, $name:ident [secret $($limit:tt)*] $($wire:literal)?) => {
        $fields.serialize_field(
            $crate::__names!($name $($wire)?)[0],
            &$crate::__private::Exposed($value),
        )?
    };
    ($fields:ident, $value:expr, $name:ident [] $($wire:literal)?) => {
        $fields.serialize_field($crate::__names!($name $($wire)?)[0], $value)?
    };
    ($fields:ident, $value:expr, $name:ident [] $wire:literal as $wrapper:path) => {
        $fields.serialize_field($wire, &$wrapper($value))?
    };
    ($fields:ident, $value:expr, $name:ident [] flat) => {
        $crate::Members::send($value, $fields)?
    };
}

/// Checks one part: its own limits, then what is in it.
#[doc(hidden)]
#[macro_export]
macro_rules! __check {
    ($value:expr, $name:ident $([$rule:ident $($limit:tt)+])*) => {
        $($crate::check::within(
            ::std::stringify!($name),
            $crate::__check!(@ $rule $value, $($limit)+),
        )?;)*
        $crate::check::within(::std::stringify!($name), $crate::Payload::check($value))?
    };
    (@ length $value:expr, $($limit:tt)+) => { $crate::check::length($value, $($limit)+) };
    (@ count $value:expr, $($limit:tt)+) => { $crate::check::count($value, $($limit)+) };
    (@ range $value:expr, $($limit:tt)+) => { $crate::check::range($value, $($limit)+) };
    (@ id $value:expr, $($limit:tt)+) => { $crate::check::range($value, $($limit)+) };
    (@ secret $value:expr, $($limit:tt)+) => {
        $crate::check::length($value.expose(), $($limit)+)
    };
    (@ patch $value:expr, $($limit:tt)+) => {
        $crate::check::patch_length($value, $($limit)+)
    };
    (@ valid $value:expr, $valid:path) => { $valid($value) };
}

/// Members of a request, as they can stand in the object of another one.
///
/// Some vendors write parts of a request flat into its object: `#[wire(flat)]` declares such a part.
/// [`request!`](crate::request) implements this for what it declares; a type that is put together
/// of several parts counts and sends the members of each.
///
/// ```
/// use cert_core::{Members, request};
/// use serde::ser::{Serialize, SerializeStruct as _, Serializer};
///
/// request! {
///     /// Time of a job.
///     struct Schedule(
///         /// Time between two runs.
///         frequency: String,
///     ) {}
/// }
///
/// struct Job {
///     name: String,
///     schedule: Schedule,
/// }
///
/// impl Serialize for Job {
///     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         let mut fields = serializer.serialize_struct("Job", 1 + self.schedule.count())?;
///         fields.serialize_field("name", &self.name)?;
///         self.schedule.send(&mut fields)?;
///         fields.end()
///     }
/// }
///
/// let job = Job { name: "backup".into(), schedule: Schedule::new("Daily") };
/// assert_eq!(serde_json::to_string(&job)?, r#"{"name":"backup","frequency":"Daily"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait Members: Payload {
    /// Number of the members that are sent.
    fn count(&self) -> usize;

    /// Writes the members into an object.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    fn send<S: SerializeStruct>(&self, fields: &mut S) -> Result<(), S::Error>;
}

impl<T: Members + ?Sized> Members for &T {
    fn count(&self) -> usize {
        (**self).count()
    }

    fn send<S: SerializeStruct>(&self, fields: &mut S) -> Result<(), S::Error> {
        (**self).send(fields)
    }
}

/// Part of a request, unless nothing is sent of it.
pub fn sent<T: Payload>(part: &Option<T>) -> Option<&T> {
    part.as_ref().filter(|value| !value.is_left_out())
}

#[cfg(test)]
mod tests {
    use crate::{Members as _, Patch, Payload as _};

    crate::request! {
        /// An update.
        struct Update() {
            /// A name, which cannot be emptied to a blank.
            #[patch(1..=3)]
            name: Patch<String>,
            /// A number that can be taken away.
            #[wire("no")]
            number: Patch<u8>,
        }
    }

    crate::request! {
        /// An order whose update stands among its own members.
        struct Order() {
            /// An update.
            #[wire(flat)]
            update: Update,
            /// A remark.
            remark: String,
        }
    }

    #[test]
    fn the_members_of_a_flat_part_stand_among_the_others() {
        let json = |order: &Order| serde_json::to_string(order).expect("plain members");
        let update = Update::new().name("Ada").number(7);
        let order = Order::new().update(update).remark("urgent");
        assert_eq!(json(&order), r#"{"name":"Ada","no":7,"remark":"urgent"}"#);
        assert_eq!(order.count(), 3);
        let nothing = Order::new().update(Update::new());
        assert_eq!((json(&nothing).as_str(), nothing.count()), ("{}", 0));
        assert_eq!(json(&Order::new()), "{}");
        let wrong = Order::new().update(Update::new().name("long"));
        let wrong = wrong.check().expect_err("too long").to_string();
        assert!(
            wrong.starts_with("`update.name` has 4 characters"),
            "{wrong}"
        );
    }

    fn json(update: &Update) -> String {
        serde_json::to_string(update).expect("plain members")
    }

    #[test]
    fn a_patch_is_left_out_emptied_or_set() {
        assert_eq!(json(&Update::new()), "{}");
        let kept = Update::new().name(Patch::Keep).number(Patch::Keep);
        assert_eq!(json(&kept), "{}");
        let both = Update::new().name("Ada").number(7);
        assert_eq!(json(&both), r#"{"name":"Ada","no":7}"#);
        let cleared = both.name(Patch::Clear).number(Patch::Keep);
        assert_eq!(json(&cleared), r#"{"name":null}"#);
    }

    #[test]
    fn the_limits_of_a_patch_are_those_of_its_text() {
        assert_eq!(Update::new().name(Patch::Clear).check(), Ok(()));
        assert_eq!(Update::new().name("Ada").check(), Ok(()));
        let wrong = Update::new().name("").check().expect_err("too short");
        assert_eq!(
            wrong.to_string(),
            "`name` has 0 characters: it must have 1 to 3"
        );
    }
}
