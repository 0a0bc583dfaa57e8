//! Limits of the reports of version 1.

use cert_core::{Time, Violation};

use super::code::Number;
use super::{
    BrandSourceCode, BrandStatusCode, ClientDateAttribute, ClientStatusCode, DateAttribute,
    DeviceStatusCode, OutputType, SerialNumberFormat, SslSourceCode, SslStatusCode,
};
use crate::OrganizationId;
use crate::reports::period::ordered;

cert_core::request! {
    /// Way in which the answer is made, in the query.
    pub(crate) struct Output() {
        #[wire("output_type")]
        output: OutputType,
    }
}

cert_core::request! {
    /// Filter of the activity log.
    ///
    /// ```
    /// use sectigo_scm::reports::v1::ActivityFilter;
    ///
    /// let january = ActivityFilter::new().from("2026-01-01").to("2026-01-31");
    /// ```
    pub struct ActivityFilter() {
        /// First moment, a day or an instant; not after `to`.
        from: Time,
        /// Last moment, likewise.
        to: Time,
    }
    check activity_in_order
}

cert_core::request! {
    /// Filter of SSL certificates.
    ///
    /// ```
    /// use sectigo_scm::reports::v1::{DateAttribute, SslFilter, SslStatusCode};
    ///
    /// let expiring = SslFilter::new()
    ///     .status(SslStatusCode::Issued)
    ///     .date(DateAttribute::Expires)
    ///     .from("2026-06-01")
    ///     .to("2026-06-30");
    /// ```
    pub struct SslFilter() {
        /// Organizations and departments that own the certificates.
        #[wire("organizationIds")]
        organizations: Vec<OrganizationId>,
        /// Pattern of the common name, without `<`, `>` and `\`.
        #[length(..=256)]
        #[valid(without_brackets)]
        common_name: String,
        /// Pattern of the address of who asked from outside; upper and lower case differ.
        #[length(..=512)]
        external_requester: String,
        /// Status.
        #[wire("certificateStatus" as Number)]
        status: SslStatusCode,
        /// Date that `from` and `to` apply to.
        #[wire("certificateDateAttribute" as Number)]
        date: DateAttribute,
        /// First moment, a day or an instant; not after `to`.
        from: Time,
        /// Last moment, likewise.
        to: Time,
        /// Origin of the request.
        #[wire("certificateRequestSource" as Number)]
        source: SslSourceCode,
        /// Form of serial numbers.
        serial_number_format: SerialNumberFormat,
        /// Whether addresses at which a certificate was found are told; it takes much longer.
        include_ip_addresses: bool,
    }
    check ssl_in_order
}

cert_core::request! {
    /// Filter of brand indicator certificates.
    pub struct BrandFilter() {
        /// Organizations and departments that own the certificates.
        #[wire("organizationIds")]
        organizations: Vec<OrganizationId>,
        /// Pattern of the common name.
        common_name: String,
        /// Pattern of the address of who asked from outside; upper and lower case differ.
        external_requester: String,
        /// Status.
        #[wire("certificateStatus" as Number)]
        status: BrandStatusCode,
        /// Date that `from` and `to` apply to.
        #[wire("certificateDateAttribute" as Number)]
        date: DateAttribute,
        /// First moment, a day or an instant; not after `to`.
        from: Time,
        /// Last moment, likewise.
        to: Time,
        /// Origin of the request.
        #[wire("certificateRequestSource" as Number)]
        source: BrandSourceCode,
        /// Form of serial numbers.
        serial_number_format: SerialNumberFormat,
    }
    check brand_in_order
}

cert_core::request! {
    /// Filter of client certificates.
    pub struct ClientFilter() {
        /// Organizations and departments that own the certificates.
        #[wire("organizationIds")]
        organizations: Vec<OrganizationId>,
        /// Status.
        #[wire("certificateStatus" as Number)]
        status: ClientStatusCode,
        /// Date that `from` and `to` apply to.
        #[wire("certificateDateAttribute" as Number)]
        date: ClientDateAttribute,
        /// First moment, a day or an instant; not after `to`.
        from: Time,
        /// Last moment, likewise.
        to: Time,
    }
    check client_in_order
}

cert_core::request! {
    /// Filter of device certificates.
    pub struct DeviceFilter() {
        /// Organizations and departments that own the certificates.
        #[wire("organizationIds")]
        organizations: Vec<OrganizationId>,
        /// Status.
        #[wire("certificateStatus" as Number)]
        status: DeviceStatusCode,
        /// Date that `from` and `to` apply to.
        #[wire("certificateDateAttribute" as Number)]
        date: DateAttribute,
        /// First moment, a day or an instant; not after `to`.
        from: Time,
        /// Last moment, likewise.
        to: Time,
        /// Form of serial numbers.
        serial_number_format: SerialNumberFormat,
    }
    check device_in_order
}

fn activity_in_order(filter: &ActivityFilter) -> Result<(), Violation> {
    ordered(filter.from.as_ref(), filter.to.as_ref())
}

fn ssl_in_order(filter: &SslFilter) -> Result<(), Violation> {
    ordered(filter.from.as_ref(), filter.to.as_ref())
}

fn brand_in_order(filter: &BrandFilter) -> Result<(), Violation> {
    ordered(filter.from.as_ref(), filter.to.as_ref())
}

fn client_in_order(filter: &ClientFilter) -> Result<(), Violation> {
    ordered(filter.from.as_ref(), filter.to.as_ref())
}

fn device_in_order(filter: &DeviceFilter) -> Result<(), Violation> {
    ordered(filter.from.as_ref(), filter.to.as_ref())
}

fn without_brackets(text: &str) -> Result<(), Violation> {
    match text.contains(['<', '>', '\\']) {
        true => Err(Violation::new("must not have `<`, `>` or `\\`")),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use cert_core::Payload;

    use super::*;

    #[test]
    fn codes_are_sent_as_numbers() {
        let filter = DeviceFilter::new()
            .status(DeviceStatusCode::Applied)
            .date(DateAttribute::Expires);
        let sent = serde_json::to_string(&filter).expect("JSON");
        assert_eq!(
            sent,
            r#"{"certificateStatus":9,"certificateDateAttribute":3}"#
        );
    }

    #[test]
    fn patterns_and_limits_are_checked() {
        let filter = SslFilter::new().common_name("*.example.com");
        assert_eq!(filter.clone().check(), Ok(()));
        let backwards = filter.clone().from("2026-02-01").to("2026-01-01");
        assert!(backwards.check().is_err());
        assert!(filter.common_name("<b>").check().is_err());
    }
}
