//! Domain control validation (DCV): by CNAME, TXT, HTTP, HTTPS and e-mail.
//!
//! Start a validation, publish what it tells, submit it, wait:
//!
//! ```no_run
//! use sectigo_scm::domain_validations::{Publication, ValidationError};
//!
//! # async fn publish(_: &str, _: &str, _: &str) {}
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), ValidationError> {
//! let validations = scm.domain_validations();
//! let told = validations.start_cname("example.com").await?;
//! if let Publication::Dns { name, kind, value } = &told {
//!     publish(name, kind.as_str(), value).await;
//! }
//! validations.submit_cname("example.com").await?;
//! let proven = validations.wait_for_validation("example.com").await?;
//! println!("until {:?}", proven.expires);
//! # Ok(())
//! # }
//! ```

mod operations;
mod publication;
mod request;
mod validation;
mod wait;

use cert_core::client::{Call, Empty, Json, Op, Pages};

use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::publication::{Publication, RecordType};
use self::request::{BulkMailTo, ByConnector, MailTo, OneDomain, SeveralDomains};
pub use self::validation::{
    DomainEmails, DomainValidation, EmailChoice, OrderStatus, Submission, ValidationFilter,
    ValidationSummary,
};
pub use self::wait::{Validation, ValidationError, ValidationLook, ValidationProgress};
pub use crate::domains::ValidationStatus;
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{Client, DnsConnectorId};

impl Client {
    /// Domain control validations.
    #[doc(alias = "dcv")]
    #[must_use]
    pub fn domain_validations(&self) -> DomainValidations<'_> {
        DomainValidations { client: self }
    }
}

/// The domain control validations of an account. Made by [`Client::domain_validations`].
///
/// A domain has 3 to 255 characters, and only high-level domains can be validated: names below
/// them are refused with code -723. Code -1608 where domain control validation is not enabled for
/// the customer, -727 for an unknown domain: [`is_not_found`](crate::Error::is_not_found) is true
/// then. Code -16 with 401 where the administrator lacks the permission.
#[derive(Debug, Clone, Copy)]
pub struct DomainValidations<'c> {
    client: &'c Client,
}

impl<'c> DomainValidations<'c> {
    /// Searches for validations, in pages of at most 200.
    ///
    /// `GET /api/dcv/v1/validation`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::domain_validations::ValidationFilter;
    ///
    /// let soon = ValidationFilter::new().expires_within(30);
    /// for validation in scm.domain_validations().list(&soon).collect().await? {
    ///     println!("{}: {:?}", validation.domain, validation.expires);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn list(self, filter: &ValidationFilter) -> Pages<'c, List<ValidationSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Status of the validation of a domain, and what to publish for its order.
    ///
    /// `POST /api/dcv/v2/validation/status`
    #[inline]
    pub fn status(self, domain: &str) -> Call<'c, Json<DomainValidation>> {
        self.about(&ops::STATUS, domain)
    }

    /// Status of the validation of a domain, in less detail.
    ///
    /// `POST /api/dcv/v1/validation/status`
    #[deprecated(note = "the vendor gives it up for `status`, which tells more")]
    #[inline]
    pub fn status_v1(self, domain: &str) -> Call<'c, Json<DomainValidation>> {
        self.about(&ops::STATUS_V1, domain)
    }

    /// Waits until control of a domain is proven.
    ///
    /// `POST /api/dcv/v2/validation/status`, look by look
    ///
    /// ```no_run
    /// # use sectigo_scm::domain_validations::ValidationError;
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), ValidationError> {
    /// let proven = scm.domain_validations().wait_for_validation("example.com").await?;
    /// println!("until {:?}", proven.expires);
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn wait_for_validation(self, domain: &str) -> Validation<'c> {
        Validation::new(self, domain)
    }

    /// Fetches the status of the validation of a domain from the CA.
    ///
    /// `POST /api/dcv/v1/validation/sync`
    #[inline]
    pub fn sync(self, domain: &str) -> Call<'c, Json<DomainValidation>> {
        self.about(&ops::SYNC, domain)
    }

    /// Fetches the status of the validation of a domain from the CA, with `force`, which the
    /// vendor shows and does not explain.
    ///
    /// `POST /api/dcv/v1/validation/sync?force=true`
    #[inline]
    pub fn sync_forced(self, domain: &str) -> Call<'c, Json<DomainValidation>> {
        self.sync(domain).query(&[("force", true)])
    }

    /// Resets the validation of a domain and its order to their initial state.
    ///
    /// `POST /api/dcv/v1/validation/clear`
    #[inline]
    pub fn clear(self, domain: &str) -> Call<'c, Json<Submission>> {
        self.about(&ops::CLEAR, domain)
    }

    /// Deletes the validation of a domain.
    ///
    /// `POST /api/dcv/v1/validation/delete`
    #[inline]
    pub fn delete(self, domain: &str) -> Call<'c, Empty> {
        self.about(&ops::DELETE, domain)
    }

    /// Starts a validation by a file over HTTP, and tells the file:
    /// [`Publication::File`].
    ///
    /// `POST /api/dcv/v1/validation/start/domain/http`
    #[inline]
    pub fn start_http(self, domain: &str) -> Call<'c, Json<Publication>> {
        self.about(&ops::START_HTTP, domain)
    }

    /// Starts a validation by a file over HTTPS, and tells the file:
    /// [`Publication::File`].
    ///
    /// `POST /api/dcv/v1/validation/start/domain/https`
    #[inline]
    pub fn start_https(self, domain: &str) -> Call<'c, Json<Publication>> {
        self.about(&ops::START_HTTPS, domain)
    }

    /// Submits a validation by a file over HTTP: the CA looks for it from now on.
    ///
    /// `POST /api/dcv/v1/validation/submit/domain/http`
    #[inline]
    pub fn submit_http(self, domain: &str) -> Call<'c, Json<Submission>> {
        self.about(&ops::SUBMIT_HTTP, domain)
    }

    /// Submits a validation by a file over HTTPS: the CA looks for it from now on.
    ///
    /// `POST /api/dcv/v1/validation/submit/domain/https`
    #[inline]
    pub fn submit_https(self, domain: &str) -> Call<'c, Json<Submission>> {
        self.about(&ops::SUBMIT_HTTPS, domain)
    }

    /// Starts a validation by a CNAME record, and tells the record: [`Publication::Dns`].
    ///
    /// `POST /api/dcv/v1/validation/start/domain/cname`
    #[inline]
    pub fn start_cname(self, domain: &str) -> Call<'c, Json<Publication>> {
        self.about(&ops::START_CNAME, domain)
    }

    /// Submits a validation by a CNAME record: the CA looks for it from now on.
    ///
    /// `POST /api/dcv/v1/validation/submit/domain/cname`
    #[inline]
    pub fn submit_cname(self, domain: &str) -> Call<'c, Json<Submission>> {
        self.about(&ops::SUBMIT_CNAME, domain)
    }

    /// Submits a validation by a CNAME record that a DNS connector publishes, at one of the DNS
    /// providers that it knows by name.
    ///
    /// `POST /api/dcv/v1/validation/submit/domain/cname`
    #[inline]
    pub fn submit_cname_by_connector(
        self,
        domain: &str,
        connector: impl Into<DnsConnectorId>,
        provider: &str,
    ) -> Call<'c, Json<Submission>> {
        self.call(&ops::SUBMIT_CNAME)
            .json(&ByConnector::new(domain, connector, provider))
    }

    /// Submits a validation by a TXT record, and tells the record:
    /// [`Submission::publication`]. Nothing has to be started before.
    ///
    /// `POST /api/dcv/v1/validation/submit/domain/txt`
    #[inline]
    pub fn submit_txt(self, domain: &str) -> Call<'c, Json<Submission>> {
        self.about(&ops::SUBMIT_TXT, domain)
    }

    /// Starts a validation by e-mail, and tells the addresses that the mail can go to.
    ///
    /// `POST /api/dcv/v1/validation/start/domain/email`
    ///
    /// # Errors
    ///
    /// Code -196 where the addresses cannot be found out.
    #[inline]
    pub fn start_email(self, domain: &str) -> Call<'c, Json<EmailChoice>> {
        self.about(&ops::START_EMAIL, domain)
    }

    /// Starts the validation of several domains by one e-mail, and tells the addresses that it
    /// can go to.
    ///
    /// `POST /api/dcv/v1/validation/start/domain/email`
    ///
    /// # Errors
    ///
    /// As [`start_email`](DomainValidations::start_email).
    #[inline]
    pub fn start_bulk_email<D: Into<String>>(
        self,
        domains: impl IntoIterator<Item = D>,
    ) -> Call<'c, Json<EmailChoice>> {
        self.call(&ops::START_EMAIL)
            .json(&SeveralDomains::new(texts(domains)))
    }

    /// Submits a validation by e-mail: the mail goes to one of the addresses that the start told.
    ///
    /// `POST /api/dcv/v1/validation/submit/domain/email`
    #[inline]
    pub fn submit_email(self, domain: &str, email: &str) -> Call<'c, Json<Submission>> {
        self.call(&ops::SUBMIT_EMAIL)
            .json(&MailTo::new(domain, email))
    }

    /// Submits the validation of several domains by one e-mail, to an address that the start told
    /// for all of them.
    ///
    /// `POST /api/dcv/v1/validation/submit-bulk/domain/email`
    #[inline]
    pub fn submit_bulk_email<D: Into<String>>(
        self,
        domains: impl IntoIterator<Item = D>,
        email: &str,
    ) -> Call<'c, Json<Submission>> {
        self.call(&ops::SUBMIT_BULK_EMAIL)
            .json(&BulkMailTo::new(texts(domains), email))
    }

    fn about<R>(self, op: &'static Op, domain: &str) -> Call<'c, R> {
        self.call(op).json(&OneDomain::new(domain))
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}

fn texts<D: Into<String>>(domains: impl IntoIterator<Item = D>) -> Vec<String> {
    domains.into_iter().map(D::into).collect()
}
