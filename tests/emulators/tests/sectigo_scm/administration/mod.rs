mod custom_field;
mod notification;
mod profile;
