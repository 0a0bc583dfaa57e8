use cert_core::Time;
use contract::{Exchange, Fields, Suite};
use sectigo_scm::reports::v1::{
    ActivityFilter, BrandFilter, BrandSourceCode, BrandStatusCode, ClientDateAttribute,
    ClientFilter, ClientStatusCode, DateAttribute, DeviceFilter, DeviceStatusCode, OutputType,
    SerialNumberFormat, SslFilter, SslSourceCode, SslStatusCode,
};
use sectigo_scm::reports::{
    ActivityReport, AdministratorReport, BrandReport, ClientReport, CodeSigningReport,
    CodeSigningSource, CurrentStatus, DatedEvent, DeviceReport, DeviceSource, DomainControl,
    DomainReport, KeyAgentReport, NotificationReport, Period, PeriodKind, Reports, SslReport,
};
use sectigo_scm::smime::SmimeRequestedVia;
use sectigo_scm::ssl::RequestedVia;
use sectigo_scm::{Client, ErrorCode, ErrorKind, OrganizationId};
use serde_json::json;

use crate::client_answered;

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 13] = [
    "report_activity_log reports",
    "report_ssl_certificates reports",
    "report_ssl_certificates reports[].id",
    "report_brand_certificates reports",
    "report_brand_certificates reports[].id",
    "report_ssl_certificates reports[].customFields[].name",
    "report_client_certificates reports",
    "report_client_certificates reports[].customFields[].name",
    "report_device_certificates reports",
    "report_device_certificates reports[].id",
    "report_device_certificates reports[].customFields[].name",
    "report_domains reports",
    "report_domains reports[].id",
];

const STREAM: &str = "report_stream_v2";

/// Sets what every report on certificates takes.
macro_rules! certificates {
    ($report:ident, $source:ty, $body:ident, $filling:ident) => {
        $filling
            .set::<DatedEvent>("certificateStatus", $report::event)
            .add(period_of(&$body), $report::period)
            .set::<CurrentStatus>("currentStatus", $report::status)
            .set::<$source>("requestVia", $report::source)
            .set::<Vec<OrganizationId>>("orgs", $report::organizations)
            .done()
    };
}

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    let suite = streaming(suite);
    let suite = in_numbers(suite);
    suite.mandatory(MANDATORY)
}

/// The reports of version 2, each by its own type; the first stands for the operation.
fn streaming(suite: Suite<Client>) -> Suite<Client> {
    let suite = suite
        .case(STREAM, |scm: &Client, x| {
            let body = x.body();
            let report = body.fill(SslReport::new());
            let report = certificates!(SslReport, RequestedVia, body, report);
            scm.reports().stream(&report)
        })
        .case_where(STREAM, ("type", "CLIENT_CERTS"), |scm: &Client, x| {
            let body = x.body();
            let report = body.fill(ClientReport::new());
            let report = certificates!(ClientReport, SmimeRequestedVia, body, report);
            scm.reports().stream(&report)
        })
        .case_where(STREAM, ("type", "DEVICE_CERTS"), |scm: &Client, x| {
            let body = x.body();
            let report = body.fill(DeviceReport::new());
            let report = certificates!(DeviceReport, DeviceSource, body, report);
            scm.reports().stream(&report)
        })
        .case_where(STREAM, ("type", "CS_CERTS"), |scm: &Client, x| {
            let body = x.body();
            let report = body.fill(CodeSigningReport::new());
            let report = certificates!(CodeSigningReport, CodeSigningSource, body, report);
            scm.reports().stream(&report)
        })
        .case_where(STREAM, ("type", "BRAND_CERTS"), |scm: &Client, x| {
            let body = x.body();
            let report = body.fill(BrandReport::new());
            let report = certificates!(BrandReport, RequestedVia, body, report);
            scm.reports().stream(&report)
        });
    logs(suite)
}

fn logs(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case_where(STREAM, ("type", "ACTIVITY_LOG"), |scm: &Client, x| {
            let body = x.body();
            let report = body.fill(ActivityReport::new());
            let report = report.add(period(x), ActivityReport::period).done();
            scm.reports().stream(&report)
        })
        .case_where(
            STREAM,
            ("type", "NOTIFICATION_ACTIVITY_LOG"),
            |scm: &Client, x| {
                let body = x.body();
                let report = body.fill(NotificationReport::new());
                let report = report.add(period(x), NotificationReport::period).done();
                scm.reports().stream(&report)
            },
        )
        .case_where(
            STREAM,
            ("type", "PK_CONTROLLER_ACTIVITY_LOG"),
            |scm: &Client, x| {
                let body = x.body();
                let report = body.fill(KeyAgentReport::new());
                let report = report.add(period(x), KeyAgentReport::period).done();
                scm.reports().stream(&report)
            },
        )
        .case_where(STREAM, ("type", "ADMINS"), |scm: &Client, _| {
            scm.reports().stream(&AdministratorReport::new())
        })
        .case_where(STREAM, ("type", "DOMAINS"), |scm: &Client, x| {
            let body = x.body();
            let report = body.fill(DomainReport::new());
            let report = report
                .add(period(x), DomainReport::period)
                .set::<DomainControl>("status", DomainReport::status)
                .set::<Vec<OrganizationId>>("orgs", DomainReport::organizations)
                .done();
            scm.reports().stream(&report)
        })
}

fn period(x: &Exchange) -> Option<Period> {
    period_of(&x.body())
}

fn period_of(body: &Fields<'_>) -> Option<Period> {
    body.object("dates", |dates| {
        dates
            .fill(Period::new())
            .set::<PeriodKind>("type", Period::kind)
            .set::<u32>("days", Period::days)
            .set::<Time>("from", Period::from)
            .set::<Time>("to", Period::to)
            .done()
    })
}

fn in_numbers(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("report_activity_log", |scm: &Client, x| {
            let body = x.body();
            let filter = body.fill(ActivityFilter::new());
            let filter = filter
                .set::<Time>("from", ActivityFilter::from)
                .set::<Time>("to", ActivityFilter::to)
                .done();
            reports(scm, x).activity_v1(&filter)
        })
        .case("report_ssl_certificates", |scm: &Client, x| {
            reports(scm, x).ssl_v1(&ssl_filter(&x.body()))
        })
        .case("report_brand_certificates", |scm: &Client, x| {
            reports(scm, x).brand_v1(&brand_filter(&x.body()))
        })
        .case("report_client_certificates", |scm: &Client, x| {
            let body = x.body();
            let filter = body.fill(ClientFilter::new());
            let filter = filter
                .set::<Vec<OrganizationId>>("organizationIds", ClientFilter::organizations)
                .set::<ClientStatusCode>("certificateStatus", ClientFilter::status)
                .set::<ClientDateAttribute>("certificateDateAttribute", ClientFilter::date)
                .set::<Time>("from", ClientFilter::from)
                .set::<Time>("to", ClientFilter::to)
                .done();
            reports(scm, x).client_v1(&filter)
        })
        .case("report_device_certificates", |scm: &Client, x| {
            let body = x.body();
            let filter = body.fill(DeviceFilter::new());
            let filter = filter
                .set::<Vec<OrganizationId>>("organizationIds", DeviceFilter::organizations)
                .set::<DeviceStatusCode>("certificateStatus", DeviceFilter::status)
                .set::<DateAttribute>("certificateDateAttribute", DeviceFilter::date)
                .set::<Time>("from", DeviceFilter::from)
                .set::<Time>("to", DeviceFilter::to)
                .set::<SerialNumberFormat>("serialNumberFormat", DeviceFilter::serial_number_format)
                .done();
            reports(scm, x).device_v1(&filter)
        })
        .case("report_domains", |scm: &Client, _| {
            scm.reports().domains_v1()
        })
}

fn reports<'c>(scm: &'c Client, x: &Exchange) -> Reports<'c> {
    match x.query().opt::<OutputType>("output_type") {
        Some(output) => scm.reports().output(output),
        None => scm.reports(),
    }
}

fn ssl_filter(body: &Fields<'_>) -> SslFilter {
    body.fill(SslFilter::new())
        .set::<Vec<OrganizationId>>("organizationIds", SslFilter::organizations)
        .set::<String>("commonName", SslFilter::common_name)
        .set::<String>("externalRequester", SslFilter::external_requester)
        .set::<SslStatusCode>("certificateStatus", SslFilter::status)
        .set::<DateAttribute>("certificateDateAttribute", SslFilter::date)
        .set::<Time>("from", SslFilter::from)
        .set::<Time>("to", SslFilter::to)
        .set::<SslSourceCode>("certificateRequestSource", SslFilter::source)
        .set::<SerialNumberFormat>("serialNumberFormat", SslFilter::serial_number_format)
        .set::<bool>("includeIpAddresses", SslFilter::include_ip_addresses)
        .done()
}

fn brand_filter(body: &Fields<'_>) -> BrandFilter {
    body.fill(BrandFilter::new())
        .set::<Vec<OrganizationId>>("organizationIds", BrandFilter::organizations)
        .set::<String>("commonName", BrandFilter::common_name)
        .set::<String>("externalRequester", BrandFilter::external_requester)
        .set::<BrandStatusCode>("certificateStatus", BrandFilter::status)
        .set::<DateAttribute>("certificateDateAttribute", BrandFilter::date)
        .set::<Time>("from", BrandFilter::from)
        .set::<Time>("to", BrandFilter::to)
        .set::<BrandSourceCode>("certificateRequestSource", BrandFilter::source)
        .set::<SerialNumberFormat>("serialNumberFormat", BrandFilter::serial_number_format)
        .done()
}

/// A report that failed says so in the place of its rows.
#[tokio::test]
async fn a_negative_status_code_is_a_refusal() {
    let body = json!({ "statusCode": -16, "message": "no such thing", "reports": [] });
    let (scm, _server) = client_answered(200, body).await;
    let rows = scm.reports().domains_v1().await.expect("an answer");
    let error = rows.collect().await.expect_err("a refusal");
    assert_eq!(error.kind(), ErrorKind::Refused);
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::from(-16)));
    assert_eq!(error.message(), Some("no such thing"));
}

#[tokio::test]
async fn limits_in_the_wrong_order_are_not_sent() {
    let (scm, server) = client_answered(200, json!({})).await;
    let backwards = ActivityReport::new().period(Period::range("2026-02-01", "2026-01-01"));
    let error = scm
        .reports()
        .stream(&backwards)
        .await
        .expect_err("backwards");
    assert_eq!(error.kind(), ErrorKind::Argument);
    let error = scm
        .reports()
        .download(&backwards)
        .await
        .expect_err("backwards");
    assert_eq!(error.kind(), ErrorKind::Argument);
    let filter = ActivityFilter::new().from("2026-02-01").to("2026-01-01");
    let error = scm
        .reports()
        .activity_v1(&filter)
        .await
        .expect_err("backwards");
    assert!(
        error.to_string().contains("`from` is after `to`"),
        "{error}"
    );
    let requests = server.received_requests().await.expect("recorded requests");
    assert!(requests.is_empty());
}

/// Of a CSV file: an error in the place of the list is no empty list.
#[tokio::test]
async fn another_document_is_no_report() {
    let (scm, _server) = client_answered(200, json!({ "some": "thing" })).await;
    let rows = scm
        .reports()
        .stream(&SslReport::new())
        .await
        .expect("an answer");
    let error = rows.collect().await.expect_err("no report");
    assert_eq!(error.kind(), ErrorKind::Unexpected);
    assert!(error.to_string().contains("no column `Id`"), "{error}");
}
