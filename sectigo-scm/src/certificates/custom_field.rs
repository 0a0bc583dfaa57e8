use serde::{Deserialize, Serialize};

use crate::CustomFieldId;

/// The value of a field that the customer has defined.
///
/// Only enabled fields may be sent; values of date fields are `yyyy-MM-dd`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CustomField {
    /// The field's name, unique within the customer, at most 256 characters.
    pub name: String,
    /// Its value, at most 256 characters.
    pub value: Option<String>,
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

/// A field that the customer has defined.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct CustomFieldDefinition {
    /// Its number.
    pub id: CustomFieldId,
    /// Its name.
    pub name: String,
    /// Whether an enrolment is refused without it.
    pub mandatory: Option<bool>,
}
