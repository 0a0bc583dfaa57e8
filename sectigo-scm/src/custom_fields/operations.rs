//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST = get("custom_field_list_v2", "/api/customField/v2");
    LIST_V1 = get("custom_field_list_v1", "/api/customField/v1");
    LIST_OF = get("custom_field_list_by_cert_type_v2", "/api/customField/v2/");
    LIST_OF_V1 = get("custom_field_list_by_cert_type_v1", "/api/customField/v1/{idOrCertType}");
    GET = get("custom_field_get", "/api/customField/v2/{id}");
    CREATE = post("custom_field_create_v2", "/api/customField/v2");
    CREATE_V1 = post("custom_field_create_v1", "/api/customField/v1");
    UPDATE = put("custom_field_update_v2", "/api/customField/v2");
    UPDATE_V1 = put("custom_field_update_v1", "/api/customField/v1");
    DELETE = delete("custom_field_delete_v2", "/api/customField/v2/{id}");
    DELETE_V1 = delete("custom_field_delete_v1", "/api/customField/v1/{idOrCertType}");
}
