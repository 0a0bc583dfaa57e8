//! The operations of this area, in the order of the vendor's reference. They only read, though
//! they are sent by `POST`.

use cert_core::client::Repeatability::Safe;

cert_core::operations! {
    STREAM = post("report_stream_v2", "/api/report/v2/stream").repeatable(Safe).slow();
    ACTIVITY = post("report_activity_log", "/api/report/v1/activity").repeatable(Safe).slow();
    SSL =
        post("report_ssl_certificates", "/api/report/v1/ssl-certificates").repeatable(Safe).slow();
    BRAND = post("report_brand_certificates", "/api/report/v1/brand-certificates")
        .repeatable(Safe)
        .slow();
    CLIENT = post("report_client_certificates", "/api/report/v1/client-certificates")
        .repeatable(Safe)
        .slow();
    DEVICE = post("report_device_certificates", "/api/report/v1/device-certificates")
        .repeatable(Safe)
        .slow();
    DOMAINS = post("report_domains", "/api/report/v1/domains").repeatable(Safe).slow();
}
