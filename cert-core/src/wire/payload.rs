use std::collections::BTreeMap;
use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::wire::check::Number;
use crate::wire::{Members, Patch};

/// Body or query of a call: it knows its own limits and its own secrets.
///
/// [`request!`](crate::request) implements it from what is declared at the fields. Every call
/// checks what it sends before anything leaves, and masks the secrets in what the vendor says;
/// a type that does not implement this cannot be sent.
///
/// ```
/// use cert_core::{Payload, Violation};
///
/// #[derive(serde::Serialize)]
/// struct Interval {
///     first: u32,
///     last: u32,
/// }
///
/// impl Payload for Interval {
///     fn check(&self) -> Result<(), Violation> {
///         match self.first <= self.last {
///             true => Ok(()),
///             false => Err(Violation::new("ends before it begins").within("last")),
///         }
///     }
/// }
///
/// let error = Interval { first: 2, last: 1 }.check().expect_err("the wrong way round");
/// assert_eq!(error.to_string(), "`last` ends before it begins");
/// ```
pub trait Payload {
    /// Refuses what the vendor would refuse.
    ///
    /// # Errors
    ///
    /// The first field that is out of its limits, and what they are.
    fn check(&self) -> Result<(), Violation> {
        Ok(())
    }

    /// Names every secret in it, in each form in which it is sent.
    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        let _ = name;
    }

    /// Whether the value is no part of what is sent, as a [`Patch::Keep`] is none.
    fn is_left_out(&self) -> bool {
        false
    }
}

/// Two payloads that are sent as one object.
///
/// What a method knows besides its request stands in the same body so, and neither's limits nor
/// secrets are forgotten.
///
/// ```
/// cert_core::request! {
///     /// The thing that is changed.
///     struct Which(
///         /// Number of the thing.
///         #[range(1..)]
///         id: i64,
///     ) {}
/// }
///
/// cert_core::request! {
///     /// The changes.
///     struct Changes() {
///         /// Remark for people.
///         remark: String,
///     }
/// }
///
/// let body = cert_core::Joined(Which::new(7), Changes::new().remark("urgent"));
/// assert_eq!(serde_json::to_string(&body)?, r#"{"id":7,"remark":"urgent"}"#);
/// assert!(cert_core::Payload::check(&cert_core::Joined(Which::new(0), Changes::new())).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Joined<A, B>(pub A, pub B);

impl<A: Payload, B: Payload> Payload for Joined<A, B> {
    fn check(&self) -> Result<(), Violation> {
        self.0.check()?;
        self.1.check()
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.0.secrets(name);
        self.1.secrets(name);
    }
}

impl<A: Members, B: Members> Members for Joined<A, B> {
    fn count(&self) -> usize {
        self.0.count() + self.1.count()
    }

    fn send<S: SerializeStruct>(&self, fields: &mut S) -> Result<(), S::Error> {
        self.0.send(fields)?;
        self.1.send(fields)
    }
}

impl<A: Members, B: Members> Serialize for Joined<A, B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Joined", self.count())?;
        self.send(&mut fields)?;
        fields.end()
    }
}

/// A value that may not be sent: which one, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    place: String,
    reason: String,
}

impl Violation {
    /// A reason that goes on from the name of a field, such as `is empty`.
    pub fn new(reason: impl Into<String>) -> Self {
        Self {
            place: String::new(),
            reason: reason.into(),
        }
    }

    /// The same violation, seen from the object whose field is called `field`.
    #[must_use]
    pub fn within(mut self, field: &str) -> Self {
        let dot = match self.place.as_bytes() {
            [] | [b'[', ..] => "",
            _ => ".",
        };
        self.place = format!("{field}{dot}{}", self.place);
        self
    }

    /// The same violation, seen from the list that has its value at `index`, from 0.
    #[must_use]
    pub fn at(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => f.write_str(&self.reason),
            place => write!(f, "`{place}` {}", self.reason),
        }
    }
}

impl std::error::Error for Violation {}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Payload for $number {}

        impl Number for $number {
            fn number(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
    )*};
}

numbers!(u8 u16 u32 u64 i32 i64);

macro_rules! unlimited {
    ($($type:ty)*) => {$(impl Payload for $type {})*};
}

unlimited!(bool str String);

impl<T: Payload + ?Sized> Payload for &T {
    fn check(&self) -> Result<(), Violation> {
        (**self).check()
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        (**self).secrets(name);
    }

    fn is_left_out(&self) -> bool {
        (**self).is_left_out()
    }
}

impl<T: Payload> Payload for Option<T> {
    fn check(&self) -> Result<(), Violation> {
        self.as_ref().map_or(Ok(()), T::check)
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.iter().for_each(|value| value.secrets(name));
    }
}

impl<T: Payload> Payload for Patch<T> {
    fn check(&self) -> Result<(), Violation> {
        self.value().map_or(Ok(()), T::check)
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.value()
            .into_iter()
            .for_each(|value| value.secrets(name));
    }

    fn is_left_out(&self) -> bool {
        self.is_keep()
    }
}

impl<T: Payload> Payload for [T] {
    fn check(&self) -> Result<(), Violation> {
        let mut entries = self.iter().enumerate();
        entries.try_for_each(|(index, entry)| entry.check().map_err(|wrong| wrong.at(index)))
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.iter().for_each(|entry| entry.secrets(name));
    }
}

impl<T: Payload, const LENGTH: usize> Payload for [T; LENGTH] {
    fn check(&self) -> Result<(), Violation> {
        self.as_slice().check()
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.as_slice().secrets(name);
    }
}

impl<T: Payload> Payload for Vec<T> {
    fn check(&self) -> Result<(), Violation> {
        self.as_slice().check()
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.as_slice().secrets(name);
    }
}

impl<T: Payload> Payload for BTreeMap<String, T> {
    fn check(&self) -> Result<(), Violation> {
        let mut members = self.iter();
        members.try_for_each(|(name, value)| value.check().map_err(|wrong| wrong.within(name)))
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.values().for_each(|value| value.secrets(name));
    }
}

/// A query parameter: its name and its value.
impl<T: Payload> Payload for (&str, T) {
    fn check(&self) -> Result<(), Violation> {
        self.1.check().map_err(|wrong| wrong.within(self.0))
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.1.secrets(name);
    }
}

#[cfg(feature = "client")]
impl Payload for serde_json::Value {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::Secret;

    #[test]
    fn violations_name_the_place_from_the_outside_in() {
        let inner = Violation::new("is empty").within("name").at(3);
        assert_eq!(
            inner.within("fields").to_string(),
            "`fields[3].name` is empty"
        );
    }

    #[test]
    fn secrets_are_found_wherever_they_are() {
        let list = vec![Some(Secret::new("a")), None];
        let (pair, patch) = (("token", Secret::new("b")), Patch::Set(Secret::new("c")));
        let joined = Joined(Secret::new("d"), Some(Secret::new("e")));
        let mut found = Vec::new();
        let mut note = |secret: &str| found.push(secret.to_owned());
        list.secrets(&mut note);
        pair.secrets(&mut note);
        patch.secrets(&mut note);
        joined.secrets(&mut note);
        assert_eq!(found, ["a", "b", "c", "d", "e"]);
    }
}
