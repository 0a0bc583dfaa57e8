use cert_core::check::{length, within};
use cert_core::{Payload, Violation};
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::CustomFieldId;

cert_core::response! {
    /// Value of a field that the customer has defined.
    ///
    /// Only enabled fields may be sent; values of date fields are `yyyy-MM-dd`.
    pub struct CustomField {
        /// Name of the field, unique within the customer, 1 to 256 characters.
        pub name: String,
        /// Value of the field, at most 256 characters; a field without one is sent without.
        pub value: Option<String>,
    }
}

impl CustomField {
    /// A field with its value.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: Some(value.into()),
        }
    }
}

impl Serialize for CustomField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = 1 + usize::from(self.value.is_some());
        let mut fields = serializer.serialize_struct("CustomField", count)?;
        fields.serialize_field("name", &self.name)?;
        if let Some(value) = &self.value {
            fields.serialize_field("value", value)?;
        }
        fields.end()
    }
}

impl Payload for CustomField {
    fn check(&self) -> Result<(), Violation> {
        within("name", length(&self.name, 1..=256))?;
        within("value", length(self.value.as_deref().unwrap_or(""), ..=256))
    }
}

cert_core::response! {
    /// A field that the customer has defined.
    pub struct CustomFieldDefinition {
        /// Number of the field.
        pub id: CustomFieldId,
        /// Name of the field.
        pub name: String,
        /// Whether an enrolment is refused without the field.
        pub mandatory: Option<bool>,
    }
}
