//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST_PROFILES = get("smime_list_profiles", "/api/smime/v1/types");
    LIST_CUSTOM_FIELDS = get("smime_list_custom_fields", "/api/smime/v1/customFields");
    LIST_LOCATIONS = get("smime_list_locations", "/api/smime/v2/{certId}/location");
    CREATE_LOCATION = post("smime_create_location", "/api/smime/v2/{certId}/location");
    GET_LOCATION = get("smime_get_location", "/api/smime/v2/{certId}/location/{locationId}");
    UPDATE_LOCATION = put("smime_update_location", "/api/smime/v2/{certId}/location/{locationId}");
    DELETE_LOCATION =
        delete("smime_delete_location", "/api/smime/v2/{certId}/location/{locationId}");
    LIST = get("smime_list", "/api/smime/v2");
    COUNT = head("smime_count", "/api/smime/v2");
    LIST_BY_PERSON_ID = get("smime_list_by_person_id", "/api/smime/v2/byPersonId/{pid}");
    LIST_BY_PERSON_EMAIL = get("smime_list_by_person_email", "/api/smime/v2/byPersonEmail/{email}");
    GET = get("smime_get", "/api/smime/v1/{id}");
    ENROLL = post("smime_enroll", "/api/smime/v1/enroll").slow();
    COLLECT = get("smime_collect", "/api/smime/v2/collect/{certId}");
    COLLECT_BY_BACKEND_CERT_ID =
        get("smime_collect_by_backend_cert_id", "/api/smime/v2/collect/order/{backendCertId}");
    DOWNLOAD_P12 = post("smime_download_p12", "/api/smime/v1/keystore/{id}");
    UPDATE = put("smime_update", "/api/smime/v1/{id}");
    RENEW = post("smime_renew", "/api/smime/v1/renew/{certId}").slow();
    RENEW_BY_BACKEND_CERT_ID =
        post("smime_renew_by_backend_cert_id", "/api/smime/v2/renew/order/{backendCertId}").slow();
    RENEW_BY_SERIAL = post("smime_renew_by_serial", "/api/smime/v2/renew/serial/{serial}").slow();
    REVOKE = post("smime_revoke", "/api/smime/v1/revoke/{certId}");
    REVOKE_BY_BACKEND_CERT_ID =
        post("smime_revoke_by_backend_cert_id", "/api/smime/v1/revoke/order/{backendCertId}");
    REVOKE_BY_SERIAL = post("smime_revoke_by_serial", "/api/smime/v1/revoke/serial/{serialNumber}");
    REVOKE_BY_EMAIL = post("smime_revoke_by_email", "/api/smime/v1/revoke");
    REVOKE_MANUAL = post("smime_revoke_manual", "/api/smime/v1/revoke/manual");
    DELETE = delete("smime_delete", "/api/smime/v1/{id}");
    IMPORT = post("smime_import", "/api/smime/v2/import").slow();
}
