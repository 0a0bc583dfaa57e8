//! Reports on certificates, domains, administrators and what was done, streamed row by row at any
//! size.
//!
//! Version 2 sends CSV files, in words; [`v1`] sends JSON, and is asked in numbers. The vendor
//! deprecates neither: some facts are in one of them alone.
//!
//! ```no_run
//! use sectigo_scm::reports::{Period, SslReport};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! let expiring = SslReport::new().period(Period::next(30));
//! let mut rows = scm.reports().stream(&expiring).await?;
//! while let Some(row) = rows.next().await {
//!     let row = row?;
//!     println!("{:?} {:?}", row.common_name, row.expires);
//! }
//! # Ok(())
//! # }
//! ```

mod certificate_row;
mod log_row;
mod names;
mod operations;
mod period;
mod request;
mod source;
pub mod v1;

use cert_core::Payload;
use cert_core::client::{Call, CsvRows, Download, JsonRows, Op};
use serde::Serialize;

pub use self::certificate_row::{BrandRow, ClientRow, CodeSigningRow, DeviceRow, SslRow};
pub use self::log_row::{ActivityRow, AdministratorRow, DomainRow, KeyAgentRow, NotificationRow};
pub use self::names::AlternativeNames;
use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::period::{Period, PeriodKind};
use self::request::named;
pub use self::request::{
    ActivityReport, AdministratorReport, BrandReport, ClientReport, CodeSigningReport,
    CurrentStatus, DatedEvent, DeviceReport, DomainControl, DomainReport, KeyAgentReport,
    NotificationReport, Report, SslReport,
};
pub use self::source::{CodeSigningSource, DeviceSource};
use self::v1::{Outcome, Output, OutputType};
use crate::Client;

impl Client {
    /// Reports.
    #[doc(alias("export", "csv"))]
    #[must_use]
    pub fn reports(&self) -> Reports<'_> {
        Reports {
            client: self,
            output: None,
        }
    }
}

/// The reports of an account. Made by [`Client::reports`].
///
/// Rows are read while they arrive: a report of any size takes constant memory. A row that cannot
/// be read is an error of its own ([`BrokenRow`](crate::BrokenRow)), and the next one follows.
/// Reports only read, and are asked for again where the answer was lost before it began.
#[derive(Debug, Clone)]
pub struct Reports<'c> {
    client: &'c Client,
    output: Option<OutputType>,
}

impl<'c> Reports<'c> {
    /// Asks for answers of version 1 that are made in another way.
    #[must_use]
    pub fn output(mut self, output: OutputType) -> Self {
        self.output = Some(output);
        self
    }

    /// Rows of a report, from a CSV file.
    ///
    /// `POST /api/report/v2/stream`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::reports::{ActivityReport, Period};
    /// let week = ActivityReport::new().period(Period::last(7));
    /// let mut entries = scm.reports().stream(&week).await?;
    /// while let Some(entry) = entries.next().await {
    ///     println!("{:?}", entry?.action);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Limits of a date in the wrong order, before anything is sent.
    #[inline]
    pub fn stream<R: Report>(self, report: &R) -> Call<'c, CsvRows<R::Row>> {
        self.client.call(&ops::STREAM).json(&named(report))
    }

    /// The CSV file of a report, piece by piece as the vendor writes it.
    ///
    /// `POST /api/report/v2/stream`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::reports::DomainReport;
    /// let mut file = scm.reports().download(&DomainReport::new()).await?;
    /// while let Some(piece) = file.chunk().await? {
    ///     println!("{} bytes", piece.len());
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`stream`](Reports::stream).
    #[inline]
    pub fn download<R: Report>(self, report: &R) -> Call<'c, Download> {
        self.client.call(&ops::STREAM).json(&named(report))
    }

    /// Entries of the activity log.
    ///
    /// `POST /api/report/v1/activity`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::reports::v1::ActivityFilter;
    /// let january = ActivityFilter::new().from("2026-01-01").to("2026-01-31");
    /// let entries = scm.reports().activity_v1(&january).await?.collect().await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`stream`](Reports::stream).
    #[inline]
    pub fn activity_v1(
        self,
        filter: &v1::ActivityFilter,
    ) -> Call<'c, JsonRows<v1::ActivityRow, Outcome>> {
        self.rows(&ops::ACTIVITY, filter)
    }

    /// SSL certificates.
    ///
    /// `POST /api/report/v1/ssl-certificates`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::reports::v1::{SslFilter, SslStatusCode};
    /// let revoked = SslFilter::new().status(SslStatusCode::Revoked);
    /// let mut certificates = scm.reports().ssl_v1(&revoked).await?;
    /// while let Some(certificate) = certificates.next().await {
    ///     println!("{:?}", certificate?.serial_number);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`stream`](Reports::stream).
    #[inline]
    pub fn ssl_v1(self, filter: &v1::SslFilter) -> Call<'c, JsonRows<v1::SslRow, Outcome>> {
        self.rows(&ops::SSL, filter)
    }

    /// Brand indicator certificates.
    ///
    /// `POST /api/report/v1/brand-certificates`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::reports::v1::BrandFilter;
    /// let all = scm.reports().brand_v1(&BrandFilter::new()).await?.collect().await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`stream`](Reports::stream).
    #[inline]
    pub fn brand_v1(self, filter: &v1::BrandFilter) -> Call<'c, JsonRows<v1::BrandRow, Outcome>> {
        self.rows(&ops::BRAND, filter)
    }

    /// Client certificates, and persons without one where the status asks for them.
    ///
    /// `POST /api/report/v1/client-certificates`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::reports::v1::{ClientFilter, ClientStatusCode};
    /// let without = ClientFilter::new().status(ClientStatusCode::NotEnrolled);
    /// let persons = scm.reports().client_v1(&without).await?.collect().await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`stream`](Reports::stream).
    #[inline]
    pub fn client_v1(
        self,
        filter: &v1::ClientFilter,
    ) -> Call<'c, JsonRows<v1::ClientRow, Outcome>> {
        self.rows(&ops::CLIENT, filter)
    }

    /// Device certificates.
    ///
    /// `POST /api/report/v1/device-certificates`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::reports::v1::{DeviceFilter, DeviceStatusCode};
    /// let waiting = DeviceFilter::new().status(DeviceStatusCode::Requested);
    /// let requests = scm.reports().device_v1(&waiting).await?.collect().await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`stream`](Reports::stream).
    #[inline]
    pub fn device_v1(
        self,
        filter: &v1::DeviceFilter,
    ) -> Call<'c, JsonRows<v1::DeviceRow, Outcome>> {
        self.rows(&ops::DEVICE, filter)
    }

    /// All domains.
    ///
    /// `POST /api/report/v1/domains`
    #[inline]
    pub fn domains_v1(self) -> Call<'c, JsonRows<v1::DomainRow, Outcome>> {
        self.client.call(&ops::DOMAINS)
    }

    fn rows<R>(self, op: &'static Op, filter: &(impl Payload + Serialize)) -> Call<'c, R> {
        let call = self.client.call(op).json(filter);
        match self.output {
            Some(output) => call.query(&Output::new().output(output)),
            None => call,
        }
    }
}
