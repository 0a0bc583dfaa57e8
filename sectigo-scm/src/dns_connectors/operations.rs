//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    LIST = get("connector_list_dns", "/api/connector/v1/dns");
    GET = get("connector_get_dns", "/api/connector/v1/dns/{id}");
    LIST_PROVIDERS = get("connector_list_dns_providers", "/api/connector/v1/dns/{id}/provider");
}
