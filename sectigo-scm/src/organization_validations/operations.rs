//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST = get("org_validation_list", "/api/organization/v2/{orgId}/validations");
    GET = get("org_validation_get", "/api/organization/v2/{orgId}/validations/{validationId}");
    SUBMIT = post("org_validation_submit", "/api/organization/v2/{orgId}/validations/submit");
    RESUBMIT = put(
        "org_validation_resubmit",
        "/api/organization/v2/{orgId}/validations/{validationId}/revalidate"
    );
    CHANGE_VALIDATOR = put(
        "org_validation_change_validator",
        "/api/organization/v2/{orgId}/validations/{validationId}/validator"
    );
    RESET =
        delete("org_validation_reset", "/api/organization/v2/{orgId}/validations/{validationId}");
    SYNC =
        post("org_validation_sync", "/api/organization/v2/{orgId}/validations/{validationId}/sync");
    CREATE_ASSIGNMENT = post(
        "org_validation_create_assignment",
        "/api/organization/v2/{orgId}/validations/assignment"
    );
    CHANGE_ASSIGNMENT = put(
        "org_validation_change_assignment",
        "/api/organization/v2/{orgId}/validations/assignment/{validationId}"
    );
}
