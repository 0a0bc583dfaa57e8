//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST = get("admin_list", "/api/admin/v1");
    GET = get("admin_get", "/api/admin/v1/{id}");
    LIST_ROLES = get("admin_list_roles", "/api/admin/v1/roles");
    LIST_PRIVILEGES = get("admin_list_privileges", "/api/admin/v1/privileges");
    LIST_IDENTITY_PROVIDERS = get("admin_list_idps", "/api/admin/v1/idp");
    CREATE = post("admin_create", "/api/admin/v1/");
    UPDATE = put("admin_update", "/api/admin/v1/{id}");
    UNLINK = put("admin_unlink", "/api/admin/v1/{id}/unlink");
    DELETE = delete("admin_delete", "/api/admin/v1/{id}");
    PASSWORD_STATE = get("admin_get_password_state", "/api/admin/v1/password");
    CHANGE_PASSWORD = post("admin_change_password", "/api/admin/v1/changepassword");
}
