//! Brand indicator (BIMI) certificates: marks that mail programs show beside a sender.
//!
//! Request one, publish what the validation of the domain tells, wait, collect:
//!
//! ```no_run
//! use sectigo_scm::brand_indicators::{
//!     BrandIndicatorDcvMode, BrandIndicatorEnrollment, Mark, MarkContact, MarkOwner,
//!     MarkValidation,
//! };
//! use sectigo_scm::{Client, IssuanceError};
//!
//! # async fn demo(scm: Client, svg: Vec<u8>) -> Result<(), IssuanceError> {
//! let brands = scm.brand_indicators();
//! let approver = MarkContact::new("Ms", "Ada", "Example", "ada@example.com");
//! let validation = MarkValidation::new(MarkOwner::new("US"), approver);
//! let mode = BrandIndicatorDcvMode::Cname;
//! let order = BrandIndicatorEnrollment::new(9001, 5401, mode, validation, Mark::new(svg));
//! let id = brands.enroll(&order).await?;
//! for instruction in brands.dcv_details(id).await?.instructions {
//!     println!("{:?} -> {:?}", instruction.host, instruction.point);
//! }
//! brands.recheck_dcv(id).await?;
//! let chain = brands.wait_for_issuance(id).await?;
//! println!("{}", chain.to_pem());
//! # Ok(())
//! # }
//! ```

mod certificate;
mod filter;
mod operations;
mod request;
mod told;

use cert_core::client::{Call, Created, Empty, Json, Op, Pages};

pub use self::certificate::{
    BrandIndicator, BrandIndicatorStatus, MarkContactOnFile, MarkOnFile, MarkOwnerOnFile,
    MarkValidationOnFile,
};
pub use self::filter::{BrandIndicatorField, BrandIndicatorFilter, BrandIndicatorSortField};
use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::request::{
    BrandIndicatorDcvMode, BrandIndicatorEnrollment, BrandIndicatorFormat,
    BrandIndicatorRevocation, BrandIndicatorUpdate, Mark, MarkContact, MarkOwner, MarkValidation,
};
pub use self::told::{DomainNames, Named};
use crate::certificates::issuance::Operations;
use crate::certificates::remark::Remark;
use crate::paging::{List, PAGE_SIZE};
use crate::{BrandIndicatorId, CertificateFile, Client, DcvDetails, Issuance};

static WAIT: Operations = Operations {
    collect: &ops::COLLECT,
    get: &ops::GET,
};

impl Client {
    /// Brand indicator (BIMI) certificates.
    #[doc(alias("bimi", "vmc"))]
    #[must_use]
    pub fn brand_indicators(&self) -> BrandIndicators<'_> {
        BrandIndicators { client: self }
    }
}

/// The brand indicator certificates of an account. Made by [`Client::brand_indicators`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct BrandIndicators<'c> {
    client: &'c Client,
}

impl<'c> BrandIndicators<'c> {
    /// Searches for certificates, in pages of at most 200.
    ///
    /// `GET /api/brand-indicator/v1`
    ///
    /// The vendor numbers the pages and does not say from where; they are counted from 0 here. A
    /// server that counts otherwise ends in an error, not in a list that lacks entries. A list
    /// can be resumed at the beginning of a page only.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::Condition;
    /// use sectigo_scm::brand_indicators::{BrandIndicatorField, BrandIndicatorFilter};
    ///
    /// let applied = Condition::equals(BrandIndicatorField::Status, "Applied");
    /// let filter = BrandIndicatorFilter::new().conditions([applied]);
    /// for certificate in scm.brand_indicators().list(&filter).collect().await? {
    ///     println!("{}: {:?}", certificate.id, certificate.common_name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn list(self, filter: &BrandIndicatorFilter) -> Pages<'c, List<BrandIndicator>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&window.numbered("size", "page"))
                .query(&filter)
        })
    }

    /// Everything about one certificate, or the request for one.
    ///
    /// `GET /api/brand-indicator/v1/{id}`
    #[inline]
    pub fn get(self, id: impl Into<BrandIndicatorId>) -> Call<'c, Json<BrandIndicator>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Requests a certificate, and tells its number.
    ///
    /// `POST /api/brand-indicator/v1/enroll`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, svg: Vec<u8>) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::brand_indicators::*;
    ///
    /// let approver = MarkContact::new("Ms", "Ada", "Example", "ada@example.com");
    /// let validation = MarkValidation::new(MarkOwner::new("US"), approver);
    /// let mode = BrandIndicatorDcvMode::Http;
    /// let order = BrandIndicatorEnrollment::new(9001, 5401, mode, validation, Mark::new(svg));
    /// let id = scm.brand_indicators().enroll(&order).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](Self::list) before requesting it again. Kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) where it was made and the answer does not
    /// tell its number.
    #[doc(alias("issue", "order"))]
    #[inline]
    pub fn enroll(
        self,
        enrollment: &BrandIndicatorEnrollment,
    ) -> Call<'c, Created<BrandIndicatorId>> {
        self.call(&ops::ENROLL).json(enrollment)
    }

    /// Changes a request that is requested, declined, rejected or invalid; the vendor refuses it
    /// in any other state.
    ///
    /// `PUT /api/brand-indicator/v1/{id}`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::brand_indicators::{BrandIndicatorDcvMode, BrandIndicatorUpdate};
    ///
    /// let update = BrandIndicatorUpdate::new()
    ///     .dcv_mode(BrandIndicatorDcvMode::Email)
    ///     .dcv_email("admin@example.com");
    /// scm.brand_indicators().update(10, &update).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn update(
        self,
        id: impl Into<BrandIndicatorId>,
        update: &BrandIndicatorUpdate,
    ) -> Call<'c, Empty> {
        self.call(&ops::UPDATE).path(id.into()).json(update)
    }

    /// State of the validation of the domain, and what to publish for it.
    ///
    /// `GET /api/brand-indicator/v1/{id}/dcv`
    #[inline]
    pub fn dcv_details(self, id: impl Into<BrandIndicatorId>) -> Call<'c, Json<DcvDetails>> {
        self.call(&ops::GET_DCV).path(id.into())
    }

    /// Has the CA check control of the domain again. The call starts the check alone:
    /// [`dcv_details`](Self::dcv_details) tell its outcome later.
    ///
    /// `POST /api/brand-indicator/v1/{id}/dcv/recheck`
    #[inline]
    pub fn recheck_dcv(self, id: impl Into<BrandIndicatorId>) -> Call<'c, Empty> {
        self.call(&ops::RECHECK_DCV).path(id.into())
    }

    /// Collects an issued certificate; in the vendor's choice of format where none is named.
    ///
    /// `POST /api/brand-indicator/v1/collect/{id}`, without a body
    ///
    /// # Errors
    ///
    /// As of an SSL certificate where it is not ready; [`wait_for_issuance`] tells that from
    /// other refusals.
    ///
    /// [`wait_for_issuance`]: Self::wait_for_issuance
    #[doc(alias = "download")]
    #[inline]
    pub fn collect(
        self,
        id: impl Into<BrandIndicatorId>,
        format: impl Into<Option<BrandIndicatorFormat>>,
    ) -> Call<'c, CertificateFile> {
        let call = self.call(&ops::COLLECT).path(id.into());
        match format.into() {
            Some(format) => call.query(&[("format", format)]),
            None => call,
        }
    }

    /// Waits until a certificate is issued.
    ///
    /// `POST /api/brand-indicator/v1/collect/{id}`, look by look
    #[inline]
    pub fn wait_for_issuance(self, id: impl Into<BrandIndicatorId>) -> Issuance<'c> {
        Issuance::new(self.client, &WAIT, id.into().value())
    }

    /// Approves a request, with a message of 1 to 512 characters.
    ///
    /// `POST /api/brand-indicator/v1/approve/{id}`
    #[inline]
    pub fn approve(self, id: impl Into<BrandIndicatorId>, message: &str) -> Call<'c, Empty> {
        let remark = Remark::new(message);
        self.call(&ops::APPROVE).path(id.into()).json(&remark)
    }

    /// Has the CA revoke a certificate.
    ///
    /// `POST /api/brand-indicator/v1/revoke/{id}`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::brand_indicators::BrandIndicatorRevocation;
    /// use sectigo_scm::cert_core::RevocationReason;
    ///
    /// let revocation = BrandIndicatorRevocation::new("a new logo")
    ///     .code(RevocationReason::Superseded);
    /// scm.brand_indicators().revoke(9, &revocation).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn revoke(
        self,
        id: impl Into<BrandIndicatorId>,
        revocation: &BrandIndicatorRevocation,
    ) -> Call<'c, Empty> {
        self.call(&ops::REVOKE).path(id.into()).json(revocation)
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
