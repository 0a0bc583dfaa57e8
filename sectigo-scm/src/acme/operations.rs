//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST_SERVERS = get("acme_list_servers", "/api/acme/v1/server");
    LIST = get("acme_list_accounts_v2", "/api/acme/v2/account");
    LIST_V1 = get("acme_list_accounts_v1", "/api/acme/v1/account");
    GET = get("acme_get_account_v2", "/api/acme/v2/account/{id}");
    GET_V1 = get("acme_get_account_v1", "/api/acme/v1/account/{id}");
    CREATE = post("acme_create_account_v2", "/api/acme/v2/account");
    CREATE_V1 = post("acme_create_account_v1", "/api/acme/v1/account");
    RENAME = put("acme_update_account_v2", "/api/acme/v2/account/{id}");
    RENAME_V1 = put("acme_update_account_v1", "/api/acme/v1/account/{id}");
    DELETE = delete("acme_delete_account_v2", "/api/acme/v2/account/{id}");
    DELETE_V1 = delete("acme_delete_account_v1", "/api/acme/v1/account/{id}");
    ADD_DOMAINS = post("acme_add_account_domains_v2", "/api/acme/v2/account/{id}/domain");
    ADD_DOMAINS_V1 = post("acme_add_account_domains_v1", "/api/acme/v1/account/{id}/domains");
    REMOVE_DOMAINS = delete("acme_remove_account_domains_v2", "/api/acme/v2/account/{id}/domain");
    REMOVE_DOMAINS_V1 =
        delete("acme_remove_account_domains_v1", "/api/acme/v1/account/{id}/domains");
    LIST_DOMAINS = get("acme_list_account_domains", "/api/acme/v2/account/{id}/domain");
    LIST_CLIENTS = get("acme_list_account_clients", "/api/acme/v2/account/{id}/client");
    DEACTIVATE_CLIENT =
        put("acme_deactivate_account_client", "/api/acme/v2/account/{id}/client/{clientId}");
    LIST_UNIVERSAL = get("acme_list_universal_accounts", "/api/acme/v1/pca/account");
    GET_UNIVERSAL = get("acme_get_universal_account", "/api/acme/v1/pca/account/{id}");
    CREATE_UNIVERSAL = post("acme_create_universal_account", "/api/acme/v1/pca/account");
    RENAME_UNIVERSAL = put("acme_update_universal_account", "/api/acme/v1/pca/account/{id}");
    DELETE_UNIVERSAL = delete("acme_delete_universal_account", "/api/acme/v1/pca/account/{id}");
    LIST_UNIVERSAL_CLIENTS =
        get("acme_list_universal_account_clients", "/api/acme/v1/pca/account/{id}/client");
    DEACTIVATE_UNIVERSAL_CLIENT = put(
        "acme_deactivate_universal_account_client",
        "/api/acme/v1/pca/account/{id}/client/{clientId}"
    );
}
