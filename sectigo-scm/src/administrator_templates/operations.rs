//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST = get("admin_template_list", "/api/admin-template/v1");
    GET = get("admin_template_get", "/api/admin-template/v1/{id}");
    CREATE = post("admin_template_create", "/api/admin-template/v1/");
    UPDATE = put("admin_template_update", "/api/admin-template/v1/{id}");
    DELETE = delete("admin_template_delete", "/api/admin-template/v1/{id}");
}
