use cert_core::Violation;
use serde::{Serialize, Serializer};

use crate::{AccessMethod, CertType, CustomFieldId, CustomFieldInput, CustomFieldState};

cert_core::request! {
    /// Custom field to be created.
    pub struct NewCustomField(
        /// Name of the field, unique within the customer, and not blank.
        #[length(1..=256)]
        #[valid(not_blank)]
        name: String,
        /// Kind of certificate that the field belongs to; mark certificates have none.
        #[wire("certType" as Small)]
        cert_type: CertType,
    ) {
        /// Ways in on which an enrolment must give a value.
        #[wire("mandatories")]
        mandatory_for: Vec<AccessMethod>,
        /// Whether enrolments may have the field.
        state: CustomFieldState,
        /// Form of the values: a type of input, or [`CustomFieldInput::options`].
        input: CustomFieldInput,
    }
}

cert_core::request! {
    /// Custom field of one line of text to be created by the older version.
    pub struct NewCustomFieldV1(
        /// Name of the field, unique within the customer, and not blank.
        #[length(1..=256)]
        #[valid(not_blank)]
        name: String,
        /// Kind of certificate that the field belongs to: SSL, client or device.
        #[wire("certType" as Small)]
        cert_type: CertType,
    ) {
        /// Whether an enrolment must give a value, on every way in.
        mandatory: bool,
        /// Whether enrolments may have the field.
        state: CustomFieldState,
    }
}

cert_core::request! {
    /// Custom field as it shall be.
    ///
    /// Whether the vendor keeps what is not set is not documented: set everything.
    pub struct CustomFieldUpdate(
        /// Name of the field, unique within the customer, and not blank.
        #[length(1..=256)]
        #[valid(not_blank)]
        name: String,
    ) {
        /// Ways in on which an enrolment must give a value; an empty list for none.
        #[wire("mandatories")]
        mandatory_for: Vec<AccessMethod>,
        /// Kind of certificate that the field belongs to; mark certificates have none.
        #[wire("certType" as Small)]
        cert_type: CertType,
        /// Whether enrolments may have the field.
        state: CustomFieldState,
        /// Form of the values: a type of input, or [`CustomFieldInput::options`].
        input: CustomFieldInput,
    }
}

cert_core::request! {
    /// Custom field of one line of text as it shall be, for the older version.
    ///
    /// Whether the vendor keeps what is not set is not documented: set everything.
    pub struct CustomFieldUpdateV1(
        /// Name of the field, unique within the customer, and not blank.
        #[length(1..=256)]
        #[valid(not_blank)]
        name: String,
    ) {
        /// Whether an enrolment must give a value, on every way in.
        mandatory: bool,
        /// Kind of certificate that the field belongs to: SSL, client or device.
        #[wire("certType" as Small)]
        cert_type: CertType,
        /// Whether enrolments may have the field.
        state: CustomFieldState,
    }
}

cert_core::request! {
    /// Custom field that is updated.
    pub(super) struct Updated(
        /// Number of the field.
        #[id(1..)]
        id: CustomFieldId,
    ) {}
}

/// The kind in small letters, as bodies have it.
struct Small<'a>(&'a CertType);

impl Serialize for Small<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.as_str().to_ascii_lowercase())
    }
}

impl CertType {
    /// The text in small letters, as a path has it.
    pub(super) fn into_small(self) -> String {
        self.as_str().to_ascii_lowercase()
    }
}

fn not_blank(name: &str) -> Result<(), Violation> {
    match name.trim() {
        "" => Err(Violation::new("is blank")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use cert_core::Payload as _;

    use super::*;

    #[test]
    fn a_blank_name_is_refused() {
        let blank = NewCustomField::new("  ", CertType::Ssl).check();
        let error = blank.expect_err("a blank name").to_string();
        assert_eq!(error, "`name` is blank");
    }

    #[test]
    fn a_field_without_a_number_is_refused() {
        let error = Updated::new(0).check().expect_err("no number").to_string();
        assert!(error.starts_with("`id` is 0"), "{error}");
    }
}
