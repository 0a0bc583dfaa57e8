//! Custom fields: what a customer's enrolments have to say besides what every one says.
//!
//! ```no_run
//! use sectigo_scm::{AccessMethod, CertType};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! for field in scm.custom_fields().list_of(CertType::Ssl).await? {
//!     if field.is_mandatory_for(&AccessMethod::RestApi) {
//!         println!("every SSL enrolment needs {:?}", field.name);
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod operations;
mod request;

use cert_core::Joined;
use cert_core::client::{Call, Created, Empty, Json, Op};

use self::operations as ops;
pub use self::operations::OPERATIONS;
use self::request::Updated;
pub use self::request::{CustomFieldUpdate, CustomFieldUpdateV1, NewCustomField, NewCustomFieldV1};
use crate::{CertType, Client, CustomFieldDefinition, CustomFieldId};

impl Client {
    /// Custom fields.
    #[must_use]
    pub fn custom_fields(&self) -> CustomFields<'_> {
        CustomFields { client: self }
    }
}

/// The fields that a customer has defined for certificates. Made by [`Client::custom_fields`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password. An unknown field is code -135, which
/// [`is_not_found`](crate::Error::is_not_found) tells.
#[derive(Debug, Clone, Copy)]
pub struct CustomFields<'c> {
    client: &'c Client,
}

impl<'c> CustomFields<'c> {
    /// Custom fields for certificates of every kind, in one answer.
    ///
    /// `GET /api/customField/v2`
    #[inline]
    pub fn list(self) -> Call<'c, Json<Vec<CustomFieldDefinition>>> {
        self.call(&ops::LIST)
    }

    /// Custom fields for certificates of every kind, by the older version: without options, and
    /// with one flag for all ways in.
    ///
    /// `GET /api/customField/v1`
    #[deprecated(note = "the vendor gives it up: `list` tells the same fields")]
    #[inline]
    pub fn list_v1(self) -> Call<'c, Json<Vec<CustomFieldDefinition>>> {
        self.call(&ops::LIST_V1)
    }

    /// Custom fields for certificates of one kind, in one answer.
    ///
    /// `GET /api/customField/v2/`
    #[inline]
    pub fn list_of(self, kind: CertType) -> Call<'c, Json<Vec<CustomFieldDefinition>>> {
        self.call(&ops::LIST_OF).query(&[("certType", kind)])
    }

    /// Custom fields for certificates of one kind, by the older version: SSL, client or device.
    ///
    /// `GET /api/customField/v1/{certType}`
    #[deprecated(note = "the vendor gives it up: `list_of` tells the same fields")]
    #[inline]
    pub fn list_of_v1(self, kind: CertType) -> Call<'c, Json<Vec<CustomFieldDefinition>>> {
        self.call(&ops::LIST_OF_V1).path(kind.into_small())
    }

    /// Definition of a custom field.
    ///
    /// `GET /api/customField/v2/{id}`
    #[inline]
    pub fn get(self, id: impl Into<CustomFieldId>) -> Call<'c, Json<CustomFieldDefinition>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Creates a custom field, and tells its number.
    ///
    /// `POST /api/customField/v2`
    ///
    /// ```no_run
    /// use sectigo_scm::custom_fields::NewCustomField;
    /// use sectigo_scm::{AccessMethod, CertType, CustomFieldInput};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let field = NewCustomField::new("Environment", CertType::Ssl)
    ///     .input(CustomFieldInput::options(["test", "production"]))
    ///     .mandatory_for([AccessMethod::RestApi, AccessMethod::WebForm]);
    /// let id = scm.custom_fields().create(&field).await?;
    /// println!("custom field {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The vendor refuses a name that is taken, and a field above the customer's number of them.
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](CustomFields::list) before creating it again.
    #[inline]
    pub fn create(self, field: &NewCustomField) -> Call<'c, Created<CustomFieldId>> {
        self.call(&ops::CREATE).json(field)
    }

    /// Creates a custom field of one line of text by the older version, and returns it.
    ///
    /// `POST /api/customField/v1`
    ///
    /// ```no_run
    /// # #![allow(deprecated)]
    /// use sectigo_scm::CertType;
    /// use sectigo_scm::custom_fields::NewCustomFieldV1;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let field = NewCustomFieldV1::new("Cost center", CertType::Ssl).mandatory(true);
    /// println!("{:?}", scm.custom_fields().create_v1(&field).await?.id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`create`](CustomFields::create).
    #[deprecated(note = "the vendor gives it up: use `create`")]
    #[inline]
    pub fn create_v1(self, field: &NewCustomFieldV1) -> Call<'c, Json<CustomFieldDefinition>> {
        self.call(&ops::CREATE_V1).json(field)
    }

    /// Changes a custom field, and returns it as it is then.
    ///
    /// `PUT /api/customField/v2`
    ///
    /// ```no_run
    /// use sectigo_scm::custom_fields::CustomFieldUpdate;
    /// use sectigo_scm::{CertType, CustomFieldState, InputType};
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let update = CustomFieldUpdate::new("End of project")
    ///     .cert_type(CertType::Ssl)
    ///     .state(CustomFieldState::Active)
    ///     .input(InputType::Date)
    ///     .mandatory_for([]);
    /// let field = scm.custom_fields().update(456, &update).await?;
    /// println!("{:?}", field.input);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`create`](CustomFields::create), and for an unknown field. A number below 1 is refused
    /// before anything is sent.
    #[inline]
    pub fn update(
        self,
        id: impl Into<CustomFieldId>,
        update: &CustomFieldUpdate,
    ) -> Call<'c, Json<CustomFieldDefinition>> {
        self.call(&ops::UPDATE)
            .json(&Joined(Updated::new(id), update))
    }

    /// Changes a custom field by the older version, and returns it as it is then.
    ///
    /// `PUT /api/customField/v1`
    ///
    /// ```no_run
    /// # #![allow(deprecated)]
    /// use sectigo_scm::custom_fields::CustomFieldUpdateV1;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let update = CustomFieldUpdateV1::new("Cost center").mandatory(false);
    /// scm.custom_fields().update_v1(447, &update).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`update`](CustomFields::update).
    #[deprecated(note = "the vendor gives it up: use `update`")]
    #[inline]
    pub fn update_v1(
        self,
        id: impl Into<CustomFieldId>,
        update: &CustomFieldUpdateV1,
    ) -> Call<'c, Json<CustomFieldDefinition>> {
        self.call(&ops::UPDATE_V1)
            .json(&Joined(Updated::new(id), update))
    }

    /// Deletes a custom field.
    ///
    /// `DELETE /api/customField/v2/{id}`
    #[inline]
    pub fn delete(self, id: impl Into<CustomFieldId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    /// Deletes a custom field by the older version.
    ///
    /// `DELETE /api/customField/v1/{id}`
    #[deprecated(note = "the vendor gives it up: use `delete`")]
    #[inline]
    pub fn delete_v1(self, id: impl Into<CustomFieldId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE_V1).path(id.into())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
