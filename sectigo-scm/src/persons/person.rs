use cert_core::client::{Envelope, Error, Row};
use cert_core::{Patch, Time, Violation, open_enum};

use crate::phone::dialled;
use crate::{OrganizationId, PersonId};

open_enum! {
    /// Level to which the identity of a person was validated.
    pub enum PersonValidationType {
        /// Standard validation.
        Standard = "STANDARD",
        /// High validation.
        High = "HIGH",
    }
}

cert_core::response! {
    /// A person, who client certificates are for.
    pub struct Person {
        /// Number of the person.
        pub id: PersonId,
        /// Organization or department that the person belongs to.
        #[wire("organizationId")]
        pub organization: Option<OrganizationId>,
        /// E-mail address of the person.
        pub email: Option<String>,
        /// First name of the person.
        pub first_name: Option<String>,
        /// Middle name of the person.
        pub middle_name: Option<String>,
        /// Last name of the person.
        pub last_name: Option<String>,
        /// Level to which the identity of the person was validated.
        pub validation_type: Option<PersonValidationType>,
        /// Phone number of the person.
        pub phone: Option<String>,
        /// Common name of certificates.
        pub common_name: Option<String>,
        /// Further e-mail addresses of the person.
        pub secondary_emails: Vec<String>,
        /// `eduPersonPrincipalName` of the person.
        #[wire("eppn")]
        pub edu_person_principal_name: Option<String>,
        /// `userPrincipalName` of the person.
        #[wire("upn")]
        pub user_principal_name: Option<String>,
        /// Time of creation.
        pub created: Option<Time>,
        /// Administrator who created the person.
        pub created_by: Option<String>,
        /// Time of the last change.
        pub modified: Option<Time>,
        /// Administrator who changed the person last.
        pub modified_by: Option<String>,
    }
}

impl Row for Person {
    type Id = PersonId;

    fn id(&self) -> &PersonId {
        &self.id
    }
}

cert_core::response! {
    /// The answer of a search by address: the number of the person.
    pub struct PersonReference {
        #[wire("personId")]
        id: PersonId,
    }
}

impl Envelope for PersonReference {
    type Value = PersonId;

    fn open(self) -> Result<PersonId, Error> {
        Ok(self.id)
    }
}

cert_core::request! {
    /// Person to be created.
    pub struct NewPerson(
        /// Organization or department that the person belongs to.
        #[id(1..)]
        #[wire("organizationId")]
        organization: OrganizationId,
        /// E-mail address of the person.
        #[length(1..=128)]
        email: String,
        /// First name of the person.
        #[length(1..=64)]
        #[valid(written)]
        first_name: String,
        /// Last name of the person.
        #[length(1..=64)]
        #[valid(written)]
        last_name: String,
        /// Level to which the identity of the person was validated.
        validation_type: PersonValidationType,
    ) {
        /// Middle name of the person.
        #[length(..=64)]
        middle_name: String,
        /// Phone number of the person: digits, blanks and `#|()-+x`.
        #[length(..=32)]
        #[valid(dialled)]
        phone: String,
        /// Common name of certificates.
        #[length(..=64)]
        common_name: String,
        /// Further e-mail addresses of the person.
        secondary_emails: Vec<String>,
        /// `eduPersonPrincipalName` of the person.
        #[length(..=128)]
        #[wire("eppn")]
        edu_person_principal_name: String,
        /// `userPrincipalName` of the person.
        #[length(..=256)]
        #[wire("upn")]
        user_principal_name: String,
    }
}

cert_core::request! {
    /// Changes of a person: what is not set is not sent.
    ///
    /// Where a part is a [`Patch`], `Patch::Clear` sends `null`, which the vendor takes. Whether
    /// that empties the value or keeps it is not said; an empty `user_principal_name` is taken,
    /// too, and answers show one where there is none.
    pub struct PersonUpdate() {
        /// Organization or department that the person belongs to.
        #[id(1..)]
        #[wire("organizationId")]
        organization: OrganizationId,
        /// E-mail address of the person.
        #[patch(1..=128)]
        #[valid(rewritten)]
        email: Patch<String>,
        /// First name of the person.
        #[patch(1..=64)]
        #[valid(rewritten)]
        first_name: Patch<String>,
        /// Middle name of the person.
        #[length(..=64)]
        middle_name: String,
        /// Last name of the person.
        #[patch(1..=64)]
        #[valid(rewritten)]
        last_name: Patch<String>,
        /// Level to which the identity of the person was validated.
        validation_type: PersonValidationType,
        /// Phone number of the person: digits, blanks and `#|()-+x`.
        #[length(..=32)]
        #[valid(dialled)]
        phone: String,
        /// Common name of certificates.
        #[patch(1..=64)]
        #[valid(rewritten)]
        common_name: Patch<String>,
        /// Further e-mail addresses of the person.
        secondary_emails: Vec<String>,
        /// `eduPersonPrincipalName` of the person.
        #[length(..=128)]
        #[wire("eppn")]
        edu_person_principal_name: String,
        /// `userPrincipalName` of the person.
        #[patch(..=256)]
        #[wire("upn")]
        user_principal_name: Patch<String>,
    }
}

/// Refuses a text of blanks alone.
fn written(text: &str) -> Result<(), Violation> {
    match text.trim() {
        "" => Err(Violation::new("is blank")),
        _ => Ok(()),
    }
}

/// Refuses a new text of blanks alone.
fn rewritten(patch: &Patch<String>) -> Result<(), Violation> {
    patch.value().map_or(Ok(()), |text| written(text))
}
