//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST = get("person_list", "/api/person/v1");
    FIND_BY_EMAIL = get("person_find_by_email", "/api/person/v1/id/byEmail/{email}");
    GET = get("person_get", "/api/person/v1/{id}");
    CREATE = post("person_create", "/api/person/v1");
    UPDATE = put("person_update", "/api/person/v1/{id}");
    DELETE = delete("person_delete_v2", "/api/person/v2/{id}");
    DELETE_V1 = delete("person_delete_v1", "/api/person/v1/{id}");
    IMPORT_KEY = post("person_import_key_v2", "/api/person/v2/{personId}/import-key");
    IMPORT_KEY_V1 = post("person_import_key_v1", "/api/person/v1/{personId}/import-key");
    SEND_INVITATION = post("person_send_invitation_v2", "/api/person/v2/{id}/invitation/send");
    SEND_INVITATION_V1 = post("person_send_invitation_v1", "/api/person/v1/{id}/invitation/send");
    LIST_INVITATION_ENDPOINTS =
        get("person_list_invitation_endpoints", "/api/person/v2/{id}/invitation/endpoint");
    LIST_INVITATION_ENDPOINT_ACCOUNTS = get(
        "person_list_invitation_endpoint_accounts",
        "/api/person/v2/{id}/invitation/endpoint/{endpointId}/account"
    );
}
