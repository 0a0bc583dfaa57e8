//! The operations of this area, in the order of the vendor's reference.

use cert_core::client::Repeatability::{Idempotent, Safe};

cert_core::operations! {
    LIST = get("dcv_list", "/api/dcv/v1/validation");
    STATUS = post("dcv_get_status_v2", "/api/dcv/v2/validation/status").repeatable(Safe);
    STATUS_V1 = post("dcv_get_status_v1", "/api/dcv/v1/validation/status").repeatable(Safe);
    SYNC = post("dcv_sync", "/api/dcv/v1/validation/sync").repeatable(Idempotent);
    CLEAR = post("dcv_clear", "/api/dcv/v1/validation/clear").repeatable(Idempotent);
    DELETE = post("dcv_delete", "/api/dcv/v1/validation/delete").repeatable(Idempotent);
    START_HTTP = post("dcv_start_http", "/api/dcv/v1/validation/start/domain/http");
    START_HTTPS = post("dcv_start_https", "/api/dcv/v1/validation/start/domain/https");
    SUBMIT_HTTP = post("dcv_submit_http", "/api/dcv/v1/validation/submit/domain/http");
    SUBMIT_HTTPS = post("dcv_submit_https", "/api/dcv/v1/validation/submit/domain/https");
    START_CNAME = post("dcv_start_cname", "/api/dcv/v1/validation/start/domain/cname");
    SUBMIT_CNAME = post("dcv_submit_cname", "/api/dcv/v1/validation/submit/domain/cname");
    SUBMIT_TXT = post("dcv_submit_txt", "/api/dcv/v1/validation/submit/domain/txt");
    START_EMAIL = post("dcv_start_email", "/api/dcv/v1/validation/start/domain/email");
    SUBMIT_EMAIL = post("dcv_submit_email", "/api/dcv/v1/validation/submit/domain/email");
    SUBMIT_BULK_EMAIL =
        post("dcv_submit_bulk_email", "/api/dcv/v1/validation/submit-bulk/domain/email");
}
