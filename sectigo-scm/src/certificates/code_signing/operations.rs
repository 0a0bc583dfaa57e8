//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    IMPORT = post("cscert_import", "/api/cscert/v1/import").slow();
    REVOKE_MANUAL = post("cscert_revoke_manual", "/api/cscert/v1/revoke/manual");
}
