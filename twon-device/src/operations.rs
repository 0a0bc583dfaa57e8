cert_core::operations! {
    LIST_USER = get("get_user_certs", "/api/cert/user");
    UPLOAD_USER = put("put_user_cert", "/api/cert/user");
    DELETE_USER = delete("delete_user_cert", "/api/cert/user");
    LIST_CA = get("get_ca_certs", "/api/cert/ca");
    UPLOAD_CA = put("put_ca_cert", "/api/cert/ca");
    DELETE_CA = delete("delete_ca_cert", "/api/cert/ca");
    SYSTEM_INFO = get("get_system_info", "/api/system/info");
}
