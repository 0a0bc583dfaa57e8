//! Sectigo's reports against the emulator.

use cert_core::Time;
use cert_emulators::Fault;
use cert_emulators::sectigo_scm::{Builder, Emulator};
use http::StatusCode;
use jiff::Timestamp;
use sectigo_scm::reports::v1::{
    ActivityFilter, BrandFilter, ClientFilter, DateAttribute, DeviceFilter, DeviceStatusCode,
    DomainDcvStatus, SslFilter, SslStatusCode,
};
use sectigo_scm::reports::{
    ActivityReport, AdministratorReport, BrandReport, ClientReport, CodeSigningReport,
    CurrentStatus, DatedEvent, DeviceReport, DomainControl, DomainReport, KeyAgentReport,
    NotificationReport, Period, Report, SslReport,
};
use sectigo_scm::ssl::{RequestedVia, SslStatus};
use sectigo_scm::{BrokenRow, Client, Credentials, ErrorCode, ErrorKind, Limits};

async fn started(adjust: impl FnOnce(Builder) -> Builder) -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(60).persons(20).devices(20);
    let emulator = adjust(builder).start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

async fn rows<R: Report>(scm: &Client, report: &R) -> Vec<R::Row> {
    let rows = scm.reports().stream(report).await.expect("an answer");
    rows.collect().await.expect("every row")
}

#[tokio::test]
async fn both_versions_tell_of_the_same_certificates() {
    let (emulator, scm) = started(|builder| builder).await;
    let today = emulator.clock().today();
    let month = SslFilter::new()
        .status(SslStatusCode::Issued)
        .date(DateAttribute::Expires)
        .from(today);
    let numbers = scm.reports().ssl_v1(&month).await.expect("an answer");
    let numbers = numbers.collect().await.expect("every row");
    let words = SslReport::new()
        .event(DatedEvent::from("EXPIRED"))
        .status(CurrentStatus::Issued)
        .period(
            Period::new()
                .kind(sectigo_scm::reports::PeriodKind::After)
                .from(today),
        );
    let words = rows(&scm, &words).await;
    assert!(numbers.len() > 20 && numbers.len() < 60);
    assert_eq!(numbers.len(), words.len());
    for (number, word) in numbers.iter().zip(&words) {
        assert_eq!(
            (&number.id, &number.common_name),
            (&word.id, &word.common_name)
        );
        assert_eq!(number.status, Some(SslStatus::Issued));
        assert_eq!(
            (&number.status, &number.profile),
            (&word.status, &word.profile)
        );
        assert_eq!(number.requested_via, word.requested_via);
        assert!(
            word.requested_via
                .as_ref()
                .is_some_and(RequestedVia::is_known)
        );
        assert_eq!(number.serial_number, word.serial_number);
        assert_eq!(
            number.subject_alternative_names,
            word.subject_alternative_names
        );
        let instant = |time: &Option<Time>| time.as_ref().and_then(Time::instant);
        let (one, other) = (instant(&number.expires), instant(&word.expires));
        assert_eq!(
            one.map(Timestamp::as_second),
            other.map(Timestamp::as_second)
        );
        assert!(one.is_some());
    }
}

#[tokio::test]
async fn custom_fields_have_columns_of_their_own() {
    let (_emulator, scm) =
        started(|builder| builder.custom_field("Team \"A\", first", false)).await;
    let rows = scm
        .reports()
        .stream(&SslReport::new())
        .await
        .expect("an answer");
    let mut rows = rows;
    let first = rows.next().await.expect("a row").expect("a certificate");
    let columns: Vec<_> = rows.columns().collect();
    assert_eq!(
        columns[columns.len() - 2..],
        ["Cost center", "Team \"A\", first"]
    );
    assert!(
        first
            .custom_fields
            .iter()
            .all(|field| columns.contains(&field.name.as_str()))
    );
}

#[tokio::test]
async fn every_report_is_read() {
    let (_emulator, scm) = started(|builder| builder).await;
    assert_eq!(rows(&scm, &ClientReport::new()).await.len(), 20);
    let devices = rows(&scm, &DeviceReport::new()).await;
    assert!(devices.len() == 20 && devices.iter().all(|row| row.enroll_type.is_some()));
    assert!(rows(&scm, &CodeSigningReport::new()).await.is_empty());
    assert!(rows(&scm, &BrandReport::new()).await.is_empty());
    assert!(rows(&scm, &NotificationReport::new()).await.is_empty());
    assert!(rows(&scm, &KeyAgentReport::new()).await.is_empty());
    let domains = rows(&scm, &DomainReport::new().status(DomainControl::Validated)).await;
    assert_eq!(domains.len(), 3);
    let administrators = rows(&scm, &AdministratorReport::new()).await;
    assert_eq!(administrators[0].login.as_deref(), Some("admin"));
    assert_eq!(
        (&administrators[1].id, administrators[1].role.as_deref()),
        (&None, Some("MRAO"))
    );
    let deeds = rows(&scm, &ActivityReport::new().period(Period::last(3_650))).await;
    assert!(deeds.iter().all(|deed| deed.date.is_some()) && deeds.len() > 60);

    let reports = scm.reports();
    let log = ActivityFilter::new().from("2001-01-01");
    let log = reports.clone().activity_v1(&log).await.expect("an answer");
    assert!(log.collect().await.expect("every row").len() >= deeds.len());
    let clients = reports
        .clone()
        .client_v1(&ClientFilter::new())
        .await
        .expect("an answer");
    assert_eq!(clients.collect().await.expect("every row").len(), 20);
    let waiting = DeviceFilter::new().status(DeviceStatusCode::AwaitingApproval);
    let waiting = reports
        .clone()
        .device_v1(&waiting)
        .await
        .expect("an answer");
    assert!(!waiting.collect().await.expect("every row").is_empty());
    let brands = reports
        .clone()
        .brand_v1(&BrandFilter::new())
        .await
        .expect("an answer");
    assert!(brands.collect().await.expect("no row").is_empty());
    let domains = reports.domains_v1().await.expect("an answer");
    for domain in domains.collect().await.expect("every row") {
        assert_eq!(domain.validation_status, Some(DomainDcvStatus::Validated));
    }
}

/// Far more than the limit on bodies that are collected.
#[tokio::test]
async fn a_large_report_is_read_and_downloaded() {
    let (emulator, scm) = started(|builder| builder.certificates(5_000)).await;
    let mut limits = Limits::default();
    limits.body = 100_000;
    let credentials = Credentials::password("admin", "secret", "cst1");
    let builder = Client::builder(emulator.base_url(), credentials).limits(limits);
    let small = builder.build().expect("a client for loopback");
    let rows = small
        .reports()
        .ssl_v1(&SslFilter::new())
        .await
        .expect("an answer");
    assert_eq!(rows.collect().await.expect("every row").len(), 5_000);
    let mut file = small
        .reports()
        .download(&SslReport::new())
        .await
        .expect("an answer");
    assert!(
        file.file_name
            .as_ref()
            .is_some_and(|name| name.starts_with("report-"))
    );
    let (mut length, mut lines) = (0, 0);
    while let Some(piece) = file.chunk().await.expect("a piece") {
        length += piece.len();
        lines += piece.iter().filter(|byte| **byte == b'\n').count();
    }
    assert!(length > 1_000_000 && lines == 5_001);
    drop(scm);
}

#[tokio::test]
async fn a_report_that_breaks_off_ends_with_an_error() {
    let (emulator, scm) = started(|builder| builder.certificates(5_000)).await;
    emulator.faults().add(Fault::cut_body().times(2));
    let mut rows = scm
        .reports()
        .ssl_v1(&SslFilter::new())
        .await
        .expect("an answer");
    let mut last = None;
    while let Some(row) = rows.next().await {
        last = row.err();
    }
    let error = last.expect("it broke off");
    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert!(BrokenRow::of(&error).is_none() && !error.may_have_run());
    assert!(rows.position() > 10 && rows.next().await.is_none());
    let rows = scm
        .reports()
        .stream(&SslReport::new())
        .await
        .expect("an answer");
    assert_eq!(
        rows.collect().await.expect_err("it broke off").kind(),
        ErrorKind::Interrupted
    );
}

/// Reports only read: they are asked for again although they are sent by `POST`.
#[tokio::test]
async fn a_report_is_asked_for_again_after_a_failure() {
    let (emulator, scm) = started(|builder| builder).await;
    emulator.faults().add(Fault::close_unanswered().times(1));
    assert_eq!(rows(&scm, &DomainReport::new()).await.len(), 3);
    assert_eq!(emulator.journal().count(), 2);
    emulator
        .faults()
        .add(Fault::html(StatusCode::SERVICE_UNAVAILABLE).times(1));
    let domains = scm.reports().domains_v1().await.expect("an answer");
    assert_eq!(domains.collect().await.expect("every row").len(), 3);
}

#[tokio::test]
async fn refusals_come_before_the_first_row() {
    let (emulator, scm) = started(|builder| builder).await;
    let wrong = SslFilter::new().status(SslStatusCode::from("5"));
    let error = scm
        .reports()
        .ssl_v1(&wrong)
        .await
        .expect_err("no such status");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::from(-1601)));
    let credentials = Credentials::password("admin", "hunter2", "cst1");
    let stranger = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    let error = stranger
        .reports()
        .stream(&DomainReport::new())
        .await
        .expect_err("a stranger");
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}
