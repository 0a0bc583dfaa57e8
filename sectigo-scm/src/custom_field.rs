use cert_core::check::{length, within};
use cert_core::jiff::civil::Date;
use cert_core::{Payload, Violation, open_enum};
use serde::ser::{SerializeMap as _, SerializeStruct as _};
use serde::{Serialize, Serializer};

use crate::{CertType, CustomFieldId};

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

    /// A field of input type [`Date`](InputType::Date) with its day.
    pub fn day(name: impl Into<String>, day: Date) -> Self {
        Self::new(name, day.to_string())
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

open_enum! {
    /// Way into Certificate Manager on which a custom field can be demanded.
    pub enum AccessMethod {
        /// Administrators' user interface.
        AdminUi = "ADMIN_UI",
        /// REST interface, which this crate speaks.
        RestApi = "REST_API",
        /// SOAP interface.
        SoapApi = "SOAP_API",
        /// Web forms for requesters.
        WebForm = "WEB_FORM",
    }
}

open_enum! {
    /// Whether enrolments may have a custom field.
    pub enum CustomFieldState {
        /// Enabled.
        Active = "ACTIVE",
        /// Disabled.
        Inactive = "INACTIVE",
        /// Enabled, and suspended.
        SuspendedActive = "SUSPENDED_ACTIVE",
        /// Disabled, and suspended.
        SuspendedInactive = "SUSPENDED_INACTIVE",
    }
}

open_enum! {
    /// Type of input of a custom field.
    pub enum InputType {
        /// One line of text.
        SingleLine = "TEXT_SINGLE_LINE",
        /// Several lines of text.
        MultiLine = "TEXT_MULTI_LINE",
        /// E-mail address.
        Email = "EMAIL",
        /// Number.
        Number = "NUMBER",
        /// One text out of several.
        Option = "TEXT_OPTION",
        /// Day, `yyyy-MM-dd`.
        Date = "DATE",
    }
}

cert_core::response! {
    /// Form that the values of a custom field have.
    ///
    /// ```
    /// use sectigo_scm::{CustomFieldInput, InputType};
    ///
    /// let color = CustomFieldInput::options(["red", "blue"]);
    /// assert_eq!(color.input_type, Some(InputType::Option));
    /// let day = CustomFieldInput::from(InputType::Date);
    /// assert!(day.options.is_empty());
    /// ```
    pub struct CustomFieldInput {
        /// Type of input.
        #[wire("type")]
        pub input_type: Option<InputType>,
        /// Texts to choose from; [`InputType::Option`] alone has them.
        pub options: Vec<String>,
    }
}

impl CustomFieldInput {
    /// One text out of several, of which at least one is needed.
    pub fn options<T: Into<String>>(options: impl IntoIterator<Item = T>) -> Self {
        Self {
            input_type: Some(InputType::Option),
            options: options.into_iter().map(Into::into).collect(),
        }
    }

    /// Refuses a value that is none of the options, or no day where a day is wanted.
    #[cfg(feature = "certificates")]
    pub(crate) fn check_value(&self, value: &str) -> Result<(), Violation> {
        match &self.input_type {
            Some(InputType::Date) if !is_day(value) => Err(Violation::new(format!(
                "is {value:?}: it must be a day, `yyyy-MM-dd`"
            ))),
            Some(InputType::Option) if !self.offers(value) => Err(Violation::new(format!(
                "is {value:?}: it must be one of {:?}",
                self.options
            ))),
            _ => Ok(()),
        }
    }

    #[cfg(feature = "certificates")]
    fn offers(&self, value: &str) -> bool {
        self.options.is_empty() || self.options.iter().any(|option| option == value)
    }
}

impl From<InputType> for CustomFieldInput {
    fn from(input_type: InputType) -> Self {
        Self {
            input_type: Some(input_type),
            options: Vec::new(),
        }
    }
}

impl Serialize for CustomFieldInput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        if let Some(input_type) = &self.input_type {
            members.serialize_entry("type", input_type)?;
        }
        if !self.options.is_empty() {
            members.serialize_entry("options", &self.options)?;
        }
        members.end()
    }
}

impl Payload for CustomFieldInput {
    fn check(&self) -> Result<(), Violation> {
        let refused = |why| Err(Violation::new(why).within("options"));
        match (&self.input_type, self.options.is_empty()) {
            (Some(InputType::Option), true) => refused("has no entries: it must have at least 1"),
            (Some(InputType::Option), false) | (_, true) => Ok(()),
            (_, false) => refused("has entries: only an input of type `TEXT_OPTION` has options"),
        }
    }
}

cert_core::response! {
    /// Field that the customer has defined for certificates of one kind.
    ///
    /// The certificate areas list number, name and [`mandatory`](Self::mandatory) alone; the rest
    /// is known to [`custom_fields`](crate::custom_fields).
    pub struct CustomFieldDefinition {
        /// Number of the field.
        pub id: CustomFieldId,
        /// Name of the field, unique within the customer.
        pub name: String,
        /// Whether an enrolment is refused without the field; not told where `mandatory_for` is.
        pub mandatory: Option<bool>,
        /// Ways in on which an enrolment is refused without the field.
        #[wire("mandatories")]
        pub mandatory_for: Vec<AccessMethod>,
        /// Kind of certificate that the field belongs to.
        pub cert_type: Option<CertType>,
        /// Whether enrolments may have the field.
        pub state: Option<CustomFieldState>,
        /// Form of the values.
        pub input: Option<CustomFieldInput>,
    }
}

impl CustomFieldDefinition {
    /// Whether an enrolment on this way in is refused without the field, as far as is told.
    #[must_use]
    pub fn is_mandatory_for(&self, method: &AccessMethod) -> bool {
        self.mandatory == Some(true) || self.mandatory_for.contains(method)
    }

    /// Whether the field is told to be disabled: then enrolments may not have it.
    #[must_use]
    pub fn is_disabled(&self) -> bool {
        matches!(
            self.state,
            Some(CustomFieldState::Inactive | CustomFieldState::SuspendedInactive)
        )
    }
}

/// Ten characters, as the vendor writes days; a year of five digits is none.
#[cfg(feature = "certificates")]
fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_belong_to_one_type_of_input() {
        assert_eq!(CustomFieldInput::options(["a"]).check(), Ok(()));
        assert_eq!(CustomFieldInput::from(InputType::Email).check(), Ok(()));
        let none = CustomFieldInput::from(InputType::Option).check();
        let none = none.expect_err("nothing to choose from").to_string();
        assert_eq!(none, "`options` has no entries: it must have at least 1");
        let mut date = CustomFieldInput::from(InputType::Date);
        date.options.push("a".to_owned());
        let error = date.check().expect_err("a day has no options").to_string();
        assert!(
            error.contains("only an input of type `TEXT_OPTION`"),
            "{error}"
        );
    }

    #[test]
    fn a_day_is_written_as_the_vendor_reads_it() {
        let field = CustomField::day("Ends", cert_core::jiff::civil::date(2027, 3, 9));
        assert_eq!(field.value.as_deref(), Some("2027-03-09"));
    }
}
