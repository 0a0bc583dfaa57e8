//! The operations of this area, in the order of the vendor's reference.

use cert_core::client::Repeatability::Once;

cert_core::operations! {
    ADD_NET_TASK_V2 = post("discovery_add_net_task_v2", "/api/discovery/v2/net_task");
    UPDATE_NET_TASK_V2 = put("discovery_update_net_task_v2", "/api/discovery/v2/net_task");
    LIST_NET_TASKS_V2 = get("discovery_list_net_tasks_v2", "/api/discovery/v2/net_task");
    ADD_NET_TASK_V3 = post("discovery_add_net_task_v3", "/api/discovery/v3/net_task");
    LIST_NET_TASKS = get("discovery_list_net_tasks_v3", "/api/discovery/v3/net_task");
    ADD_NET_TASK = post("discovery_add_net_task_v4", "/api/discovery/v4/net_task");
    UPDATE_NET_TASK_V3 = put("discovery_update_net_task_v3", "/api/discovery/v3/net_task/{id}");
    GET_NET_TASK_V3 = get("discovery_get_net_task_v3", "/api/discovery/v3/net_task/{id}");
    DELETE_NET_TASK = delete("discovery_delete_net_task_v3", "/api/discovery/v3/net_task/{id}");
    UPDATE_NET_TASK = put("discovery_update_net_task_v4", "/api/discovery/v4/net_task/{id}");
    GET_NET_TASK = get("discovery_get_net_task_v4", "/api/discovery/v4/net_task/{id}");
    GET_NET_TASK_V2 = get("discovery_get_net_task_v2", "/api/discovery/v2/net_task/{taskId}");
    DELETE_NET_TASK_V2 =
        delete("discovery_delete_net_task_v2", "/api/discovery/v2/net_task/{taskId}");
    START_NET_TASK_V2 =
        post("discovery_start_net_task_v2", "/api/discovery/v2/net_task/{taskId}/start");
    START_NET_TASK =
        post("discovery_start_net_task_v3", "/api/discovery/v3/net_task/{taskId}/start");
    ADD_AD_TASK_V2 = post("discovery_add_ad_task_v2", "/api/discovery/v2/ad_task");
    UPDATE_AD_TASK_V2 = put("discovery_update_ad_task_v2", "/api/discovery/v2/ad_task");
    LIST_AD_TASKS_V2 = get("discovery_list_ad_tasks_v2", "/api/discovery/v2/ad_task");
    ADD_AD_TASK_V3 = post("discovery_add_ad_task_v3", "/api/discovery/v3/ad_task");
    LIST_AD_TASKS = get("discovery_list_ad_tasks_v3", "/api/discovery/v3/ad_task");
    ADD_AD_TASK = post("discovery_add_ad_task_v4", "/api/discovery/v4/ad_task");
    UPDATE_AD_TASK_V3 = put("discovery_update_ad_task_v3", "/api/discovery/v3/ad_task/{id}");
    GET_AD_TASK_V3 = get("discovery_get_ad_task_v3", "/api/discovery/v3/ad_task/{id}");
    DELETE_AD_TASK = delete("discovery_delete_ad_task_v3", "/api/discovery/v3/ad_task/{id}");
    UPDATE_AD_TASK = put("discovery_update_ad_task_v4", "/api/discovery/v4/ad_task/{id}");
    GET_AD_TASK = get("discovery_get_ad_task_v4", "/api/discovery/v4/ad_task/{id}");
    GET_AD_TASK_V2 = get("discovery_get_ad_task_v2", "/api/discovery/v2/ad_task/{taskId}");
    DELETE_AD_TASK_V2 = delete("discovery_delete_ad_task_v2", "/api/discovery/v2/ad_task/{taskId}");
    START_AD_TASK_V2 =
        post("discovery_start_ad_task_v2", "/api/discovery/v2/ad_task/{taskId}/start");
    START_AD_TASK =
        post("discovery_start_ad_task_v3", "/api/discovery/v3/ad_task/{taskId}/start");
    ADD_AZURE_TASK = post("discovery_add_azure_task", "/api/discovery/v1/azure_task");
    LIST_AZURE_TASKS = get("discovery_list_azure_tasks", "/api/discovery/v1/azure_task");
    UPDATE_AZURE_TASK = put("discovery_update_azure_task", "/api/discovery/v1/azure_task/{id}");
    GET_AZURE_TASK = get("discovery_get_azure_task", "/api/discovery/v1/azure_task/{id}");
    DELETE_AZURE_TASK = delete("discovery_delete_azure_task", "/api/discovery/v1/azure_task/{id}");
    START_AZURE_TASK =
        post("discovery_start_azure_task", "/api/discovery/v1/azure_task/{taskId}/start");
    CREATE_ASSIGNMENT_RULE =
        post("discovery_create_assignment_rule", "/api/discovery/v1/assignmentrule");
    UPDATE_ASSIGNMENT_RULE =
        put("discovery_update_assignment_rule", "/api/discovery/v1/assignmentrule");
    GET_ASSIGNMENT_RULE =
        get("discovery_get_assignment_rule", "/api/discovery/v1/assignmentrule/{ruleId}");
    DELETE_ASSIGNMENT_RULE =
        delete("discovery_delete_assignment_rule", "/api/discovery/v1/assignmentrule/{ruleId}");
    COUNT_ASSIGNMENT_RULES =
        get("discovery_count_assignment_rules", "/api/discovery/v1/assignmentrule/count");
    LIST_ASSIGNMENT_RULE_IDS =
        get("discovery_list_assignment_rule_ids", "/api/discovery/v1/assignmentrule/");
    CREATE_BUCKET = post("discovery_create_bucket", "/api/discovery/v1/bucket");
    LIST_BUCKETS = get("discovery_list_buckets", "/api/discovery/v1/bucket");
    UPDATE_BUCKET = put("discovery_update_bucket", "/api/discovery/v1/bucket/{bucketId}");
    GET_BUCKET = get("discovery_get_bucket", "/api/discovery/v1/bucket/{bucketId}");
    DELETE_BUCKET = delete("discovery_delete_bucket", "/api/discovery/v1/bucket/{bucketId}");
    RESET_BUCKET_CLIENT_SECRET = put(
        "discovery_reset_bucket_client_secret",
        "/api/discovery/v1/bucket/{bucketId}/reset-client-secret"
    ).repeatable(Once);
    DELEGATE_BUCKET =
        put("discovery_delegate_bucket", "/api/discovery/v1/bucket/{bucketId}/delegations");
    LIST_BUCKET_CERTIFICATES =
        get("discovery_list_bucket_certificates", "/api/discovery/v1/bucket/{id}/certificates");
    RUN_BUCKET_RULES = post("discovery_run_bucket_rules", "/api/discovery/v1/bucket/{id}/runrules");
    ASSIGN_BUCKET_CERTIFICATES =
        post("discovery_assign_bucket_certificates", "/api/discovery/v1/bucket/{id}/assign");
    LIST_OPERATIONS =
        get("discovery_list_operations", "/api/discovery/v1/{taskType}/{taskId}/operation");
    STOP_OPERATION = post(
        "discovery_stop_operation",
        "/api/discovery/v1/{taskType}/{taskId}/operation/{operationId}/stop"
    );
    GET_OPERATION_RESULT = get(
        "discovery_get_operation_result",
        "/api/discovery/v1/{type}/{taskId}/operation/{opId}/result"
    );
}
