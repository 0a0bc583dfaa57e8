//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST = get("notification_list", "/api/notification/v1");
    LIST_TYPES = get("notification_list_types", "/api/notification/v1/types");
    CREATE = post("notification_create", "/api/notification/v1");
    UPDATE = put("notification_update", "/api/notification/v1/{notificationId}");
    DELETE = delete("notification_delete", "/api/notification/v1/{notificationId}");
}
