//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST = get("domain_list", "/api/domain/v1");
    COUNT = get("domain_count", "/api/domain/v1/count");
    GET = get("domain_get", "/api/domain/v1/{id}");
    CREATE = post("domain_create", "/api/domain/v1");
    SET_CT_MONITORING = put("domain_set_ct_monitoring", "/api/domain/v1/{id}/monitoring");
    DELETE = delete("domain_delete", "/api/domain/v1/{id}");
    ACTIVATE = put("domain_activate", "/api/domain/v1/{id}/activate");
    SUSPEND = put("domain_suspend", "/api/domain/v1/{id}/suspend");
    DELEGATE = post("domain_delegate", "/api/domain/v1/{id}/delegation");
    DELEGATE_MANY = post("domain_delegate_many", "/api/domain/v1/delegation");
    REMOVE_DELEGATION = delete("domain_remove_delegation", "/api/domain/v1/{id}/delegation");
    APPROVE_DELEGATION =
        post("domain_approve_delegation", "/api/domain/v1/{id}/delegation/approve");
    REJECT_DELEGATION = post("domain_reject_delegation", "/api/domain/v1/{id}/delegation/reject");
}
