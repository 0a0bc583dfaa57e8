//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST_PROFILES = get("device_list_profiles", "/api/device/v1/types");
    LIST_CUSTOM_FIELDS = get("device_list_custom_fields", "/api/device/v1/customFields");
    LIST_LOCATIONS = get("device_list_locations", "/api/device/v1/{certId}/location");
    CREATE_LOCATION = post("device_create_location", "/api/device/v1/{certId}/location");
    GET_LOCATION = get("device_get_location", "/api/device/v1/{certId}/location/{locationId}");
    UPDATE_LOCATION =
        put("device_update_location", "/api/device/v1/{certId}/location/{locationId}");
    DELETE_LOCATION =
        delete("device_delete_location", "/api/device/v1/{certId}/location/{locationId}");
    LIST = get("device_list", "/api/device/v1");
    COUNT = head("device_count", "/api/device/v1");
    GET = get("device_get", "/api/device/v1/{deviceCertId}");
    ENROLL = post("device_enroll", "/api/device/v1/enroll").slow();
    COLLECT = get("device_collect", "/api/device/v1/collect/{deviceCertId}");
    UPDATE = put("device_update", "/api/device/v1/{deviceCertId}");
    APPROVE = post("device_approve", "/api/device/v1/approve/{deviceCertId}").slow();
    DECLINE = post("device_decline", "/api/device/v1/decline/{deviceCertId}");
    REVOKE = post("device_revoke", "/api/device/v1/revoke/order/{deviceCertId}");
    REVOKE_BY_SERIAL =
        post("device_revoke_by_serial", "/api/device/v1/revoke/serial/{serialNumber}");
    REVOKE_MANUAL = post("device_revoke_manual", "/api/device/v1/revoke/manual");
    RENEW = post("device_renew", "/api/device/v1/renew/order/{deviceCertId}").slow();
    RENEW_BY_SERIAL =
        post("device_renew_by_serial", "/api/device/v1/renew/serial/{serialNumber}").slow();
    REPLACE = post("device_replace", "/api/device/v1/replace/order/{deviceCertId}").slow();
    DELETE = delete("device_delete", "/api/device/v1/{deviceCertId}");
    IMPORT = post("device_import", "/api/device/v1/import").slow();
}
