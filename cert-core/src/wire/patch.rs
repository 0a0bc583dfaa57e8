use serde::ser::{Error, Serialize, Serializer};

/// Change of one field by an update: leave it as it is, empty it, or give it a value.
///
/// On the wire these are an absent field, `null`, and the value. The field has to carry
/// `#[serde(skip_serializing_if = "Patch::is_keep")]`; without it serializing [`Patch::Keep`] is
/// an error rather than a `null` that would delete what it should keep. A part of a
/// [`request!`](crate::request) needs none: what keeps is left out.
///
/// There is no `From<Option<T>>` on purpose: `None` reads as "leave it" to some and as "empty it"
/// to others, and the wrong guess loses data.
///
/// ```
/// use cert_core::Patch;
///
/// #[derive(Default, serde::Serialize)]
/// struct Update {
///     #[serde(skip_serializing_if = "Patch::is_keep")]
///     comments: Patch<String>,
///     #[serde(skip_serializing_if = "Patch::is_keep")]
///     requester: Patch<String>,
///     #[serde(skip_serializing_if = "Patch::is_keep")]
///     term: Patch<u32>,
/// }
///
/// let update = Update { comments: "moved".into(), requester: Patch::Clear, ..Update::default() };
/// assert_eq!(serde_json::to_string(&update)?, r#"{"comments":"moved","requester":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// The field is not sent and stays as it is.
    #[default]
    Keep,
    /// `null` is sent: the field is emptied.
    Clear,
    /// The value is sent.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the field stays as it is, and so is left out of the request.
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// Whether the field is emptied.
    pub fn is_clear(&self) -> bool {
        matches!(self, Self::Clear)
    }

    /// The new value, when there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl From<&str> for Patch<String> {
    fn from(text: &str) -> Self {
        Self::Set(text.to_owned())
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep => Err(S::Error::custom(
                "a field that stays as it is cannot be written: \
                 mark it `skip_serializing_if = \"Patch::is_keep\"`",
            )),
            Self::Clear => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forgotten_attribute_is_an_error_and_not_a_null() {
        let error = serde_json::to_string(&Patch::<u8>::Keep).expect_err("nothing to write");
        assert!(error.to_string().contains("skip_serializing_if"), "{error}");
    }

    #[test]
    fn values_convert_and_show() {
        assert_eq!(Patch::from(5), Patch::Set(5));
        assert_eq!(
            Patch::<String>::from("a").value().map(String::as_str),
            Some("a")
        );
        assert!(Patch::<u8>::default().is_keep());
        assert!(Patch::<u8>::Clear.is_clear());
        assert_eq!(Patch::<u8>::Clear.value(), None);
    }
}
