//! Every operation, in the order of the vendor's page.

cert_core::operations! {
    LIST = get("list_user_certs", "/api/v1/usercerts/");
    LIST_PEM = get("list_user_certs_pem", "/api/v1/usercerts/pem/");
    GET = get("get_user_cert", "/api/v1/usercerts/{id}/");
    RENEW = post("renew_user_cert", "/api/v1/usercerts/renew/").slow();
    REVOKE = patch("revoke_user_cert", "/api/v1/usercerts/{id}/")
        .repeatable(cert_core::client::Repeatability::Idempotent);
    UNREVOKE = patch("unrevoke_user_cert", "/api/v1/usercerts/{id}/")
        .repeatable(cert_core::client::Repeatability::Idempotent);
}
