//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST = get("profile_list", "/api/profile/v1");
    GET = get("profile_get", "/api/profile/v1/{id}");
}
