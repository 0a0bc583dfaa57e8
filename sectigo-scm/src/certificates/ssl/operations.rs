//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST_PROFILES = get("ssl_list_profiles", "/api/ssl/v1/types");
    LIST_CUSTOM_FIELDS = get("ssl_list_custom_fields", "/api/ssl/v1/customFields");
    LIST_LOCATIONS = get("ssl_list_locations", "/api/ssl/v1/{sslId}/location");
    CREATE_LOCATION = post("ssl_create_location", "/api/ssl/v1/{sslId}/location");
    GET_LOCATION = get("ssl_get_location", "/api/ssl/v1/{sslId}/location/{locationId}");
    UPDATE_LOCATION = put("ssl_update_location", "/api/ssl/v1/{sslId}/location/{locationId}");
    DELETE_LOCATION = delete("ssl_delete_location", "/api/ssl/v1/{sslId}/location/{locationId}");
    LIST = get("ssl_list", "/api/ssl/v1");
    COUNT = head("ssl_count", "/api/ssl/v1");
    GET = get("ssl_get", "/api/ssl/v1/{sslId}");
    GET_DCV = get("ssl_get_dcv", "/api/ssl/v1/{sslId}/dcv");
    RECHECK_DCV = post("ssl_recheck_dcv", "/api/ssl/v1/{sslId}/dcv/recheck");
    ENROLL = post("ssl_enroll", "/api/ssl/v1/enroll").slow();
    ENROLL_KEYGEN = post("ssl_enroll_keygen", "/api/ssl/v1/enroll-keygen").slow();
    COLLECT = get("ssl_collect", "/api/ssl/v1/collect/{sslId}");
    CREATE_KEYSTORE_LINK =
        post("ssl_create_keystore_link", "/api/ssl/v1/keystore/{sslId}/{formatType}");
    APPROVE = post("ssl_approve", "/api/ssl/v1/approve/{sslId}").slow();
    DECLINE = post("ssl_decline", "/api/ssl/v1/decline/{sslId}");
    UPDATE = put("ssl_update", "/api/ssl/v1");
    REVOKE = post("ssl_revoke", "/api/ssl/v1/revoke/{sslId}");
    REVOKE_BY_SERIAL = post("ssl_revoke_by_serial", "/api/ssl/v1/revoke/serial/{serialNumber}");
    REVOKE_MANUAL = post("ssl_revoke_manual", "/api/ssl/v1/revoke/manual");
    RENEW_BY_RENEW_ID = post("ssl_renew_by_renew_id", "/api/ssl/v1/renew/{renewId}").slow();
    RENEW = post("ssl_renew", "/api/ssl/v1/renewById/{sslId}").slow();
    MARK_RENEWED = post("ssl_mark_renewed", "/api/ssl/v1/renew/manual/{sslId}");
    REPLACE = post("ssl_replace", "/api/ssl/v1/replace/{sslId}").slow();
    DELETE = delete("ssl_delete", "/api/ssl/v1/{sslId}");
    IMPORT = post("ssl_import", "/api/ssl/v1/import").slow();
    IMPORT_EXTENDED = post("ssl_import_extended", "/api/ssl/v2/import").slow();
}
