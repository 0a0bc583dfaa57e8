//! Validations, as they are searched for and told.

use cert_core::client::Row;
use cert_core::{Time, open_enum};

use super::{Publication, RecordType};
use crate::domains::ValidationStatus;
use crate::{BackendCertId, DcvMethod, OrganizationId};

open_enum! {
    /// State of the order that proves control of a domain.
    pub enum OrderStatus {
        /// There is no order, or no longer.
        NotInitiated = "Not initiated" | "NOT_INITIATED",
        /// Started, and still to be submitted.
        AwaitingSubmission = "Awaiting submission" | "AWAITING_SUBMISSION",
        /// The CA looks for what was to be published.
        Submitted = "Submitted",
        /// The CA refused it.
        Rejected = "Rejected",
    }
}

cert_core::request! {
    /// Filter of validations to list; without anything set, all that the administrator may see.
    ///
    /// ```
    /// use sectigo_scm::domain_validations::ValidationFilter;
    ///
    /// let soon = ValidationFilter::new().expires_within(30);
    /// ```
    pub struct ValidationFilter() {
        /// Part of the domain.
        domain: String,
        /// Organization that the domain is delegated to.
        #[wire("org")]
        organization: OrganizationId,
        /// Department that the domain is delegated to.
        department: OrganizationId,
        /// Whether control is proven.
        #[wire("dcvStatus")]
        status: ValidationStatus,
        /// State of the order.
        order_status: OrderStatus,
        /// Days within which the proof ends.
        #[range(..)]
        #[wire("expiresIn")]
        expires_within: u32,
    }
}

cert_core::response! {
    /// A row of the list of validations; [`status`](super::DomainValidations::status) tells the
    /// rest.
    pub struct ValidationSummary {
        /// Domain name.
        pub domain: String,
        /// Whether control is proven.
        #[wire("dcvStatus")]
        pub status: Option<ValidationStatus>,
        /// Method by which control was proven last.
        #[wire("dcvMethod")]
        pub method: Option<DcvMethod>,
        /// State of the order.
        #[wire("dcvOrderStatus")]
        pub order_status: Option<OrderStatus>,
        /// Method by which the order proves control.
        #[wire("dcvOrderMethod")]
        pub order_method: Option<DcvMethod>,
        /// Date until which the proof holds.
        #[wire("expirationDate")]
        pub expires: Option<Time>,
    }
}

cert_core::response! {
    /// State of the validation of a domain.
    pub struct DomainValidation {
        /// Whether control is proven.
        pub status: Option<ValidationStatus>,
        /// Date on which control was proven.
        #[wire("validationDate")]
        pub validated: Option<Time>,
        /// Date until which the proof holds.
        #[wire("expirationDate")]
        pub expires: Option<Time>,
        /// State of the order.
        pub order_status: Option<OrderStatus>,
        /// Method by which the order proves control.
        #[wire("orderMode")]
        pub order_method: Option<DcvMethod>,
        /// Number of the order at the CA.
        #[wire("orderBackendId")]
        pub order: Option<BackendCertId>,
        /// Reference number of the e-mail.
        #[wire("emailValidationReferenceNumber")]
        pub email_reference: Option<String>,
        /// Date on which the order was submitted.
        #[wire("submittedDate")]
        pub submitted: Option<Time>,
        /// Time until which the order waits for the proof.
        #[wire("orderExpiration")]
        pub order_expires: Option<Time>,
        /// Time at which the CA looked last.
        pub last_check: Option<Time>,
        /// Time at which the CA looks next.
        pub next_check: Option<Time>,
        host: Option<String>,
        point: Option<String>,
        url: Option<String>,
        first_line: Option<String>,
        second_line: Option<String>,
        validation_email: Option<String>,
    }
}

cert_core::response! {
    /// Result of a submission: the order is given, nothing is proven by it yet.
    pub struct Submission {
        /// Whether control is proven; not told for several domains at once.
        pub status: Option<ValidationStatus>,
        /// State of the order.
        pub order_status: Option<OrderStatus>,
        /// The same in words.
        pub message: Option<String>,
        /// Number of the order at the CA.
        #[wire("orderBackendId")]
        pub order: Option<BackendCertId>,
        /// Reference number of the e-mail.
        #[wire("emailValidationReferenceNumber")]
        pub email_reference: Option<String>,
        host: Option<String>,
        point: Option<String>,
    }
}

cert_core::response! {
    /// The addresses that the mail of a validation can go to.
    pub struct EmailChoice {
        /// Addresses that are right for every domain asked about.
        pub emails: Vec<String>,
        /// Addresses of each domain.
        #[wire("dcvEmails")]
        pub domains: Vec<DomainEmails>,
    }
}

cert_core::response! {
    /// The addresses that are right for one domain.
    pub struct DomainEmails {
        /// Domain name.
        #[wire("domainName")]
        pub domain: Option<String>,
        /// Addresses in the registration data of the domain.
        #[wire("whoisEmails")]
        pub whois: Vec<String>,
        /// Addresses that every domain has, such as `hostmaster`.
        #[wire("adminEmails")]
        pub admin: Vec<String>,
        /// Addresses in DNS TXT records of the domain.
        #[wire("dnsTxtEmails")]
        pub dns_txt: Vec<String>,
    }
}

impl DomainValidation {
    /// Proof to publish for the order, as far as the vendor tells it.
    #[must_use]
    pub fn publication(&self) -> Option<Publication> {
        let (first_line, second_line) = (self.first_line.as_ref(), self.second_line.as_ref());
        Publication::dns(self.record_type(), self.host.as_ref(), self.point.as_ref())
            .or_else(|| Publication::file(self.url.as_ref(), first_line, second_line))
            .or_else(|| Publication::mail(self.validation_email.as_ref()))
    }

    fn record_type(&self) -> RecordType {
        match self.order_method {
            Some(DcvMethod::Txt) => RecordType::Txt,
            _ => RecordType::Cname,
        }
    }
}

impl Submission {
    /// The TXT record to publish, after [`submit_txt`](super::DomainValidations::submit_txt).
    #[must_use]
    pub fn publication(&self) -> Option<Publication> {
        Publication::dns(RecordType::Txt, self.host.as_ref(), self.point.as_ref())
    }
}

impl EmailChoice {
    /// The addresses that are right for every domain asked about, as what there is to do.
    #[must_use]
    pub fn publication(&self) -> Publication {
        Publication::Mail {
            addresses: self.emails.clone(),
        }
    }
}

impl Row for ValidationSummary {
    type Id = String;

    fn id(&self) -> &String {
        &self.domain
    }
}
