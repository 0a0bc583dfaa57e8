//! Every operation: those of the vendor's page about certificates in its order, then those
//! around it.

use cert_core::client::Repeatability;

cert_core::operations! {
    GET_EMBEDDED_CERTIFICATE = get(
        "get_embedded_certificate",
        "/{tenantGuid}/api/v1/embeddedCertificates/{embeddedCertificateGuid}"
    );
    LIST_ENROLLMENTS = get(
        "list_certificate_enrollments",
        "/{tenantGuid}/api/v1/embeddedCertificates/{embeddedCertificateGuid}/certificateEnrollments"
    );
    DELETE_BUNDLE = delete(
        "delete_certificate_bundle",
        "/{tenantGuid}/api/v1/pki/bundles/{certificateBundleGuid}"
    );
    GET_BUNDLE = get(
        "get_certificate_bundle",
        "/{tenantGuid}/api/v1/pki/bundles/{certificateBundleGuid}"
    );
    OPTIONS_BUNDLE = options(
        "options_certificate_bundle",
        "/{tenantGuid}/api/v1/pki/bundles/{certificateBundleGuid}"
    );
    RENEW_BUNDLE = patch(
        "renew_certificate_bundle",
        "/{tenantGuid}/api/v1/pki/bundles/{certificateBundleGuid}"
    );
    DELETE_CERTIFICATE = delete(
        "delete_certificate",
        "/{tenantGuid}/api/v1/pki/certificates/{certificateGuid}"
    );
    GET_CERTIFICATE = get(
        "get_certificate",
        "/{tenantGuid}/api/v1/pki/certificates/{certificateGuid}"
    );
    OPTIONS_CERTIFICATE = options(
        "options_certificate",
        "/{tenantGuid}/api/v1/pki/certificates/{certificateGuid}"
    );
    RENEW_CERTIFICATE = patch(
        "renew_certificate",
        "/{tenantGuid}/api/v1/pki/certificates/{certificateGuid}"
    );
    CREATE_AUTHORIZATION = post("create_authorization", "/{tenantGuid}/api/v1/util/authorization")
        .repeatable(Repeatability::Safe)
        .unsigned();
    PING = get("util_ping", "/{tenantGuid}/api/v1/util/ping").unsigned();
    SEARCH_USERS = get("search_users", "/{tenantGuid}/api/v1/users");
    LIST_USER_EMBEDDED_CERTIFICATES = get(
        "list_user_embedded_certificates",
        "/{tenantGuid}/api/v1/users/{userGuid}/embeddedCertificates"
    );
}
