//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    CREATE = post("azure_create_account", "/api/azure/v1/accounts");
    UPDATE = put("azure_update_account", "/api/azure/v1/accounts/{accountId}");
    GET = get("azure_get_account", "/api/azure/v1/accounts/{accountId}");
    DELEGATE = put("azure_delegate_account", "/api/azure/v1/accounts/{accountId}/delegations");
    DELETE = delete("azure_delete_account", "/api/azure/v1/accounts/{accountId}");
    CHECK = get("azure_check_account", "/api/azure/v1/accounts/{accountId}/check");
    LIST = get("azure_list_accounts", "/api/azure/v1/accounts");
    LIST_RESOURCE_GROUPS =
        get("azure_list_resource_groups", "/api/azure/v1/accounts/{accountId}/resource-groups");
    LIST_VAULTS = get(
        "azure_list_vaults",
        "/api/azure/v1/accounts/{accountId}/subscriptions/{subscriptionId}/resource-groups/{resourceGroups}/vaults"
    );
}
