use cert_core::client::{Op, Repeatability};

cert_core::operations! {
    REVOCATION_LIST = get("get_ca_crl", "/c/ca/{tenantId}/AWS%20CA.crl");
    LIST_TO_REVOKE = get(
        "list_certs_requiring_manual_revocation",
        "/api/v1/ca/getCertStatus/{caName}"
    );
    LIST_REVOKED_ON = get("list_certs_manually_revoked_on_date", "/api/v1/ca/getCertStatusOnDate/");
    UPLOAD = post("upload_user_provided_certificate", "/api/v1/user_provided");
    // Sent twice, the second answer would call invalid what the first one cleared.
    CLEAR_BY_ID = delete("clear_private_keys_by_csv", "/api/v1/user_provided/clearPrivateKey/csv")
        .repeatable(Repeatability::Once);
    CLEAR_BY_POLICY = delete(
        "clear_private_keys_by_account_policy",
        "/api/v1/user_provided/clearPrivateKey"
    )
    .repeatable(Repeatability::Once);
}

/// `CLEAR_BY_POLICY` at the address that the vendor's heading prints.
pub(super) static CLEAR_BY_POLICY_AS_TITLED: Op = Op::delete(
    "clear_private_keys_by_account_policy",
    "/api/v1/user_provided/clearPrivateKey/csv",
)
.repeatable(Repeatability::Once);
