//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST = get("endpoint_list", "/api/endpoint/v1");
    GET = get("endpoint_get", "/api/endpoint/v1/{id}");
    CONFIG = get("endpoint_get_config", "/api/endpoint/v1/{id}/config");
    CREATE = post("endpoint_create", "/api/endpoint/v1");
    UPDATE = put("endpoint_update", "/api/endpoint/v1/{id}");
    UPDATE_CONFIG = put("endpoint_update_config", "/api/endpoint/v1/{id}/config");
    DELETE = delete("endpoint_delete", "/api/endpoint/v1/{id}");
    DELEGATE = put("endpoint_delegate", "/api/endpoint/v1/{id}/delegations");
    DELETE_DELEGATIONS =
        delete("endpoint_delete_delegations", "/api/endpoint/v1/{id}/delegations");
    LIST_ACCOUNTS = get("endpoint_list_accounts", "/api/endpoint/v1/{eeid}/account");
    ACCOUNT = get("endpoint_get_account", "/api/endpoint/v1/{eeid}/account/{id}");
    CREATE_ACCOUNT = post("endpoint_create_account", "/api/endpoint/v1/{eeid}/account");
    UPDATE_ACCOUNT = put("endpoint_update_account", "/api/endpoint/v1/{eeid}/account/{id}");
    DELETE_ACCOUNT = delete("endpoint_delete_account", "/api/endpoint/v1/{eeid}/account/{id}");
}
