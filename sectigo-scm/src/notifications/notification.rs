use cert_core::client::Row;
use cert_core::{Time, open_enum};

use super::{NotificationScope, NotificationType, OrganizationSelection};
use super::{RecipientDetails, Recipients};
use crate::{NotificationId, OrganizationId, ProfileId};

open_enum! {
    /// Frequency of a notification.
    pub enum NotificationFrequency {
        /// Once.
        Once = "ONCE",
        /// Every day.
        Daily = "DAILY",
    }
}

cert_core::request! {
    /// Notifications that a list has; all of the conditions hold.
    pub struct NotificationFilter() {
        /// Number of the notification.
        id: NotificationId,
        /// Description of the notification.
        description: String,
        /// Organization that the notification is about.
        #[wire("orgId")]
        organization: OrganizationId,
        /// Choice of the organizations that the notification is about.
        #[wire("selectedOrgType")]
        selection: OrganizationSelection,
        /// Type of notification.
        #[wire("type")]
        notification_type: NotificationType,
        /// Profile that the notification is about.
        #[wire("certTypeId")]
        profile: ProfileId,
    }
}

cert_core::request! {
    /// Conditions under which a notification is sent.
    pub struct NotificationConditions() {
        /// Whether revocations by administrators are told; only for types about revocations.
        revoked_by_admin: bool,
        /// Whether revocations by users are told; only for types about revocations.
        revoked_by_user: bool,
        /// Profile that the notification is about; without it, all of them.
        #[wire("certTypeId")]
        profile: ProfileId,
        /// Number of days that remain until the event.
        #[range(..)]
        days: u32,
        /// Frequency of the notification.
        #[wire("freq")]
        frequency: NotificationFrequency,
    }
}

cert_core::response! {
    /// Conditions under which a notification is sent, as they stand.
    pub struct NotificationConditionDetails {
        /// Whether revocations by administrators are told.
        pub revoked_by_admin: Option<bool>,
        /// Whether revocations by users are told.
        pub revoked_by_user: Option<bool>,
        /// Profile that the notification is about; without it, all of them.
        #[wire("certTypeId")]
        pub profile: Option<ProfileId>,
        /// Number of days that remain until the event.
        pub days: Option<i64>,
        /// Frequency of the notification.
        #[wire("freq")]
        pub frequency: Option<NotificationFrequency>,
    }
}

cert_core::request! {
    /// Notification to be created.
    pub struct NewNotification(
        /// Type of notification, one of those that
        /// [`list_types`](super::Notifications::list_types) tells.
        #[wire("type")]
        notification_type: NotificationType,
        /// Roles and recipients that the notification is sent to.
        #[wire("recipientData")]
        recipients: Recipients,
    ) {
        /// Description, for people.
        #[length(3..=256)]
        description: String,
        /// Organizations that the notification is about.
        #[wire("orgData")]
        scope: NotificationScope,
        /// Conditions under which the notification is sent.
        #[wire("additionalData")]
        conditions: NotificationConditions,
        /// Whether the notification is sent; the vendor takes true without it.
        active: bool,
    }
}

cert_core::request! {
    /// Notification as it shall be; its type stays.
    ///
    /// Whether the vendor keeps what is not set is not documented: set everything.
    pub struct NotificationUpdate(
        /// Roles and recipients that the notification is sent to.
        #[wire("recipientData")]
        recipients: Recipients,
    ) {
        /// Description, for people.
        #[length(3..=256)]
        description: String,
        /// Organizations that the notification is about.
        #[wire("orgData")]
        scope: NotificationScope,
        /// Conditions under which the notification is sent.
        #[wire("additionalData")]
        conditions: NotificationConditions,
        /// Whether the notification is sent. The vendor documents true without it, also for one
        /// that was switched off.
        active: bool,
    }
}

cert_core::response! {
    /// A notification.
    pub struct Notification {
        /// Number of the notification.
        pub id: NotificationId,
        /// Description, for people.
        pub description: Option<String>,
        /// Type of notification.
        #[wire("type")]
        pub notification_type: Option<NotificationType>,
        /// Time of its creation.
        pub created: Option<Time>,
        /// Name of the administrator who created it.
        pub created_by: Option<String>,
        /// Time of its last change.
        pub modified: Option<Time>,
        /// Name of the administrator who changed it last.
        pub modified_by: Option<String>,
        /// Organizations that the notification is about.
        #[wire("orgData")]
        pub scope: Option<NotificationScope>,
        /// Roles and recipients that the notification is sent to.
        #[wire("recipientData")]
        pub recipients: Option<RecipientDetails>,
        /// Conditions under which the notification is sent.
        #[wire("additionalData")]
        pub conditions: Option<NotificationConditionDetails>,
        /// Whether the notification is sent.
        pub active: Option<bool>,
    }
}

impl Row for Notification {
    type Id = NotificationId;

    fn id(&self) -> &NotificationId {
        &self.id
    }
}
