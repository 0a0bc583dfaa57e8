//! The operations of this area, in the order of the vendor's reference.

cert_core::operations! {
    IMPORT = post("code_signing_import", "/api/cscert/v1/import").slow();
    REVOKE_MANUAL = post("code_signing_revoke_manual", "/api/cscert/v1/revoke/manual");
}
