//! Persons, who client certificates are for.
//!
//! ```no_run
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! match scm.persons().find_by_email("ada@example.com").await {
//!     Ok(id) => println!("person {id}"),
//!     Err(error) if error.is_not_found() => println!("nobody has that address"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```

mod filter;
mod invitation;
mod key_import;
mod operations;
mod person;

use cert_core::client::{Call, Created, Empty, Enveloped, Json, Op, Pages};

pub use self::filter::PersonFilter;
use self::invitation::Invitation;
pub use self::invitation::{InvitationAccount, InvitationEndpoint, InvitationV1};
pub use self::key_import::{
    ImportedCertificateOfKey, ImportedKey, ImportedKeys, KeyFile, KeyImport,
};
use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::person::{NewPerson, Person, PersonReference, PersonUpdate, PersonValidationType};
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{Client, EndpointAccountId, EndpointId, PersonId};

impl Client {
    /// Persons, who client certificates are for.
    #[doc(alias = "users")]
    #[must_use]
    pub fn persons(&self) -> Persons<'_> {
        Persons { client: self }
    }
}

/// The persons of an account. Made by [`Client::persons`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct Persons<'c> {
    client: &'c Client,
}

impl<'c> Persons<'c> {
    /// The persons that match, in pages of at most 200.
    /// `GET /api/person/v1`.
    ///
    /// ```no_run
    /// use sectigo_scm::persons::PersonFilter;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let mut persons = scm.persons().list(&PersonFilter::new().organization(9001));
    /// while let Some(person) = persons.next().await {
    ///     println!("{:?}", person?.email);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn list(self, filter: &PersonFilter) -> Pages<'c, List<Person>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Number of the person with an e-mail address.
    /// `GET /api/person/v1/id/byEmail/{email}`.
    ///
    /// # Errors
    ///
    /// Code -105 where nobody has that address, which
    /// [`is_not_found`](crate::Error::is_not_found) tells.
    #[inline]
    pub fn find_by_email(self, email: &str) -> Call<'c, Enveloped<PersonReference>> {
        self.call(&ops::FIND_BY_EMAIL).path(email)
    }

    /// Everything about one person.
    /// `GET /api/person/v1/{id}`.
    ///
    /// # Errors
    ///
    /// Code -105 where the person is unknown, which
    /// [`is_not_found`](crate::Error::is_not_found) tells.
    #[inline]
    pub fn get(self, id: impl Into<PersonId>) -> Call<'c, Json<Person>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Creates a person, and tells the number.
    /// `POST /api/person/v1`.
    ///
    /// ```no_run
    /// use sectigo_scm::persons::{NewPerson, PersonValidationType};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let standard = PersonValidationType::Standard;
    /// let ada = NewPerson::new(9001, "ada@example.com", "Ada", "Example", standard);
    /// let id = scm.persons().create(&ada).await?;
    /// println!("person {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`find_by_email`](Persons::find_by_email) before creating the person again. Kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) where the person was made and the answer does
    /// not tell the number.
    #[inline]
    pub fn create(self, person: &NewPerson) -> Call<'c, Created<PersonId>> {
        self.call(&ops::CREATE).json(person)
    }

    /// Changes a person.
    /// `PUT /api/person/v1/{id}`.
    ///
    /// ```no_run
    /// use sectigo_scm::persons::PersonUpdate;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let update = PersonUpdate::new().last_name("Lovelace").phone("+1 555 0100");
    /// scm.persons().update(438, &update).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Persons::get). Code -507 where keys are escrowed at the old or the new
    /// organization, which a person cannot leave or join then; -524 where the administrator may
    /// not change the address.
    #[inline]
    pub fn update(self, id: impl Into<PersonId>, update: &PersonUpdate) -> Call<'c, Empty> {
        self.call(&ops::UPDATE).path(id.into()).json(update)
    }

    /// Deletes a person.
    /// `DELETE /api/person/v2/{id}`.
    ///
    /// # Errors
    ///
    /// As [`get`](Persons::get).
    #[inline]
    pub fn delete(self, id: impl Into<PersonId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    /// Deletes a person, in the form that came before [`delete`](Persons::delete).
    /// `DELETE /api/person/v1/{id}`.
    ///
    /// # Errors
    ///
    /// As [`get`](Persons::get).
    #[deprecated(note = "the vendor has replaced it: use `delete`")]
    #[inline]
    pub fn delete_v1(self, id: impl Into<PersonId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE_V1).path(id.into())
    }

    /// Puts a person's private keys with their certificates into the key vault, and tells what
    /// became of each.
    /// `POST /api/person/v2/{personId}/import-key`.
    ///
    /// ```no_run
    /// use sectigo_scm::persons::KeyImport;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let import = KeyImport::new(std::fs::read("ada.p12")?).pass_phrase("correct horse");
    /// for key in scm.persons().import_key(438, &import).await? {
    ///     println!("{:?}: {:?}", key.certificate, key.message);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Persons::get). Code -62 where a mandatory custom field is missing. Keys can
    /// fail one by one: their [`message`](ImportedKey::message) says why.
    #[inline]
    pub fn import_key(
        self,
        id: impl Into<PersonId>,
        import: &KeyImport,
    ) -> Call<'c, Enveloped<ImportedKeys>> {
        self.call(&ops::IMPORT_KEY).path(id.into()).json(import)
    }

    /// Puts a person's private key with its certificate into the key vault, and tells the number
    /// of the certificate, in the form that came before [`import_key`](Persons::import_key).
    /// `POST /api/person/v1/{personId}/import-key`.
    ///
    /// # Errors
    ///
    /// As [`get`](Persons::get).
    #[deprecated(note = "the vendor has replaced it: use `import_key`")]
    #[inline]
    pub fn import_key_v1(
        self,
        id: impl Into<PersonId>,
        import: &KeyImport,
    ) -> Call<'c, Enveloped<ImportedCertificateOfKey>> {
        self.call(&ops::IMPORT_KEY_V1).path(id.into()).json(import)
    }

    /// Invites a person by e-mail to enrol a certificate at an account of a web form.
    /// `POST /api/person/v2/{id}/invitation/send`.
    ///
    /// [`list_invitation_endpoints`](Persons::list_invitation_endpoints) and
    /// [`list_invitation_accounts`](Persons::list_invitation_accounts) tell the account.
    ///
    /// # Errors
    ///
    /// As [`get`](Persons::get).
    #[inline]
    pub fn send_invitation(
        self,
        id: impl Into<PersonId>,
        account: impl Into<EndpointAccountId>,
    ) -> Call<'c, Empty> {
        self.call(&ops::SEND_INVITATION)
            .path(id.into())
            .json(&Invitation::new(account))
    }

    /// Invites a person by e-mail to enrol a certificate under a profile, in the form that came
    /// before [`send_invitation`](Persons::send_invitation).
    /// `POST /api/person/v1/{id}/invitation/send`.
    ///
    /// # Errors
    ///
    /// As [`get`](Persons::get).
    #[deprecated(note = "the vendor has replaced it: use `send_invitation`")]
    #[inline]
    pub fn send_invitation_v1(
        self,
        id: impl Into<PersonId>,
        invitation: &InvitationV1,
    ) -> Call<'c, Empty> {
        self.call(&ops::SEND_INVITATION_V1)
            .path(id.into())
            .json(invitation)
    }

    /// Web forms that a person can be invited to.
    /// `GET /api/person/v2/{id}/invitation/endpoint`.
    ///
    /// # Errors
    ///
    /// As [`get`](Persons::get).
    #[inline]
    pub fn list_invitation_endpoints(
        self,
        id: impl Into<PersonId>,
    ) -> Call<'c, Json<Vec<InvitationEndpoint>>> {
        self.call(&ops::LIST_INVITATION_ENDPOINTS).path(id.into())
    }

    /// Accounts of a web form that a person can be invited to.
    /// `GET /api/person/v2/{id}/invitation/endpoint/{endpointId}/account`.
    ///
    /// # Errors
    ///
    /// As [`get`](Persons::get).
    #[inline]
    pub fn list_invitation_accounts(
        self,
        id: impl Into<PersonId>,
        endpoint: impl Into<EndpointId>,
    ) -> Call<'c, Json<Vec<InvitationAccount>>> {
        self.call(&ops::LIST_INVITATION_ENDPOINT_ACCOUNTS)
            .path(id.into())
            .path(endpoint.into())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
