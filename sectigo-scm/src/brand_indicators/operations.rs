//! The operations of this area, in the order of the vendor's reference.

use cert_core::client::Repeatability::{Idempotent, Safe};

cert_core::operations! {
    LIST = get("brand_indicator_list", "/api/brand-indicator/v1");
    GET = get("brand_indicator_get", "/api/brand-indicator/v1/{id}");
    ENROLL = post("brand_indicator_enroll", "/api/brand-indicator/v1/enroll").slow();
    UPDATE = put("brand_indicator_update", "/api/brand-indicator/v1/{id}");
    GET_DCV = get("brand_indicator_get_dcv", "/api/brand-indicator/v1/{id}/dcv");
    RECHECK_DCV = post("brand_indicator_recheck_dcv", "/api/brand-indicator/v1/{id}/dcv/recheck")
        .repeatable(Idempotent);
    COLLECT =
        post("brand_indicator_collect", "/api/brand-indicator/v1/collect/{id}").repeatable(Safe);
    APPROVE = post("brand_indicator_approve", "/api/brand-indicator/v1/approve/{id}");
    REVOKE = post("brand_indicator_revoke", "/api/brand-indicator/v1/revoke/{id}");
}
