//! What administrators set up for everybody: custom fields, profiles, notifications.

pub(super) mod custom_field;
mod field_definition;
pub(super) mod notification;
mod notification_type;
pub(super) mod profile;

pub(super) use self::{
    custom_field::{CustomFields, FiledValues},
    notification::Notifications,
};
