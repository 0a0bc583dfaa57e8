//! The operations of this area.

cert_core::operations! {
    LIST = get("ca_backend_list", "/api/ca-backend/v1");
}
