//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST = get("organization_list", "/api/organization/v1");
    LIST_BY_ROLE = get("organization_list_by_role", "/api/organization/v1/managedBy/{role}");
    LIST_BY_CERTIFICATE_TYPE =
        get("organization_list_by_certificate_type", "/api/organization/v1/report-type/{type}");
    GET = get("organization_get", "/api/organization/v1/{id}");
    CREATE = post("organization_create", "/api/organization/v1");
    UPDATE = put("organization_update", "/api/organization/v1/{id}");
    DELETE = delete("organization_delete", "/api/organization/v1/{id}");
}
