//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    CREATE =
        post("csod_developer_create_request", "/api/csod/v1/requests/developer").developer();
    UPLOAD = post("csod_developer_upload_files", "{uploadUrl}").unsigned();
    SUBMIT = put("csod_developer_submit_request", "/api/csod/v1/requests/developer").developer();
    COUNT =
        get("csod_developer_count_requests", "/api/csod/v1/requests/developer/count").developer();
    LIST = get("csod_developer_list_requests", "/api/csod/v1/requests/developer/").developer();
    GET = get("csod_developer_get_request", "/api/csod/v1/requests/developer/{requestId}")
        .developer();
    APPROVE = post("csod_admin_approve_request", "/api/csod/v1/requests/admin/approve");
    DECLINE = post("csod_admin_decline_request", "/api/csod/v1/requests/admin/decline");
    COUNT_FOR_ADMIN = get("csod_admin_count_requests", "/api/csod/v1/requests/admin/count");
    LIST_FOR_ADMIN = get("csod_admin_list_requests", "/api/csod/v1/requests/admin/");
    GET_FOR_ADMIN = get("csod_admin_get_request", "/api/csod/v1/requests/admin/{requestId}");
}
