//! Notifications: which event, of which organizations, is told to whom.
//!
//! ```no_run
//! use sectigo_scm::notifications::{NotificationFilter, NotificationType};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! let filter = NotificationFilter::new().notification_type(NotificationType::SslExpiration);
//! let mut notifications = scm.notifications().list(&filter);
//! while let Some(notification) = notifications.next().await {
//!     println!("{:?}", notification?.description);
//! }
//! # Ok(())
//! # }
//! ```

mod notification;
mod notification_type;
mod operations;
mod recipient;
mod scope;

use cert_core::client::{Call, Created, Empty, Json, Op, Pages};

pub use self::notification::{
    NewNotification, Notification, NotificationConditionDetails, NotificationConditions,
    NotificationFilter, NotificationFrequency, NotificationUpdate,
};
pub use self::notification_type::NotificationType;
use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::recipient::{
    NotificationRole, Recipient, RecipientDetails, RecipientKind, Recipients,
};
pub use self::scope::{NotificationScope, OrganizationSelection};
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{Client, NotificationId};

impl Client {
    /// Notifications.
    #[must_use]
    pub fn notifications(&self) -> Notifications<'_> {
        Notifications { client: self }
    }
}

/// The notifications of an account. Made by [`Client::notifications`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct Notifications<'c> {
    client: &'c Client,
}

impl<'c> Notifications<'c> {
    /// Notifications that match, in pages of at most 200.
    ///
    /// `GET /api/notification/v1`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::notifications::NotificationFilter;
    /// let filter = NotificationFilter::new().organization(10451).profile(5877);
    /// println!("{} of them", scm.notifications().list(&filter).collect().await?.len());
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(self, filter: &NotificationFilter) -> Pages<'c, List<Notification>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Types of notification that the calling administrator may use.
    ///
    /// `GET /api/notification/v1/types`
    #[inline]
    pub fn list_types(self) -> Call<'c, Json<Vec<NotificationType>>> {
        self.call(&ops::LIST_TYPES)
    }

    /// Creates a notification, and tells its number.
    ///
    /// `POST /api/notification/v1`
    ///
    /// ```no_run
    /// use sectigo_scm::notifications::{
    ///     NewNotification, NotificationConditions, NotificationRole, NotificationScope,
    ///     NotificationType, Recipient, Recipients,
    /// };
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let recipients = Recipients::new()
    ///     .roles([NotificationRole::OrganizationSsl])
    ///     .recipients([Recipient::email("pki@example.com")]);
    /// let notification = NewNotification::new(NotificationType::SslExpiration, recipients)
    ///     .description("30 days left")
    ///     .scope(NotificationScope::selected([10441]))
    ///     .conditions(NotificationConditions::new().days(30));
    /// let id = scm.notifications().create(&notification).await?;
    /// println!("notification {id}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Code -9 where the type is unknown. After a lost answer
    /// [`may_have_run`](crate::Error::may_have_run) is true: then [`list`](Notifications::list)
    /// before creating it again.
    #[inline]
    pub fn create(self, notification: &NewNotification) -> Call<'c, Created<NotificationId>> {
        self.call(&ops::CREATE).json(notification)
    }

    /// Changes a notification, and returns it as it is then.
    ///
    /// `PUT /api/notification/v1/{notificationId}`
    ///
    /// ```no_run
    /// use sectigo_scm::notifications::{
    ///     NotificationRole, NotificationScope, NotificationUpdate, Recipients,
    /// };
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let recipients = Recipients::new().roles([NotificationRole::Requester]);
    /// let update = NotificationUpdate::new(recipients)
    ///     .scope(NotificationScope::any())
    ///     .active(false);
    /// println!("{:?}", scm.notifications().update(113, &update).await?.modified);
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn update(
        self,
        id: impl Into<NotificationId>,
        update: &NotificationUpdate,
    ) -> Call<'c, Json<Notification>> {
        self.call(&ops::UPDATE).path(id.into()).json(update)
    }

    /// Deletes a notification.
    ///
    /// `DELETE /api/notification/v1/{notificationId}`
    #[inline]
    pub fn delete(self, id: impl Into<NotificationId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
