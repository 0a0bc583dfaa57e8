//! Device certificates: profiles, orders, collection, renewal, replacement, revocation, import.
//!
//! ```no_run
//! use sectigo_scm::device::{DeviceFilter, DeviceStatus};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! let waiting = DeviceFilter::new().status(DeviceStatus::Requested);
//! // All of them first: whatever is approved leaves the list, and the others move up.
//! for certificate in scm.device().list(waiting).collect().await? {
//!     scm.device().approve(certificate.id, "of the known fleet").await?;
//! }
//! # Ok(())
//! # }
//! ```

mod certificate;
mod filter;
mod operations;
mod order;

use cert_core::client::{Call, Empty, Json, Op, Pages};
use cert_core::{CertificateChain, SerialNumber};

pub use self::certificate::{DeviceCertificate, DeviceStatus, DeviceSummary};
pub use self::filter::DeviceFilter;
use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::order::{
    DeviceEnrollment, DeviceImport, DeviceOrder, DeviceReplacement, SubjectAttribute, SubjectField,
};
use crate::certificates::import::batch;
use crate::certificates::issuance::wait;
use crate::certificates::locations::Operations;
use crate::certificates::remark::Remark;
use crate::paging::{List, PAGE_SIZE, PageQuery, Total};
use crate::{
    CertificateFile, CertificateFormat, CertificateUpdate, Client, CustomFieldDefinition, DeviceId,
    ImportResult, IssuanceError, Locations, ManualRevocation, OrganizationId, Patience, Profile,
    Revocation,
};

static LOCATIONS: Operations = Operations {
    list: &ops::LIST_LOCATIONS,
    create: &ops::CREATE_LOCATION,
    get: &ops::GET_LOCATION,
    update: &ops::UPDATE_LOCATION,
    delete: &ops::DELETE_LOCATION,
};

/// The device certificates of an account. Made by [`Client::device`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct Device<'c> {
    client: &'c Client,
}

impl<'c> Device<'c> {
    pub(crate) fn new(client: &'c Client) -> Self {
        Self { client }
    }

    /// The profiles under which certificates can be ordered, of one organization or of all.
    #[inline]
    pub fn list_profiles(
        self,
        organization: Option<OrganizationId>,
    ) -> Call<'c, Json<Vec<Profile>>> {
        let filter = organization.map(|id| [("organizationId", id)]);
        self.call(&ops::LIST_PROFILES)
            .query(filter.as_ref().map_or(&[][..], |pair| &pair[..]))
            .accept("application/json")
    }

    /// The customer's own fields for device certificates.
    #[inline]
    pub fn list_custom_fields(self) -> Call<'c, Json<Vec<CustomFieldDefinition>>> {
        self.call(&ops::LIST_CUSTOM_FIELDS)
            .accept("application/json")
    }

    /// The places where a certificate is installed.
    #[must_use]
    pub fn locations(self, id: DeviceId) -> Locations<'c> {
        Locations::new(self.client, &LOCATIONS, id.value())
    }

    /// The certificates that match, with few fields each, in pages of at most 200.
    #[inline]
    pub fn list(self, filter: DeviceFilter) -> Pages<'c, List<DeviceSummary>> {
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// How many certificates match.
    #[inline]
    pub fn count(self, filter: &DeviceFilter) -> Call<'c, Total> {
        self.call(&ops::COUNT).query(filter)
    }

    /// Everything about one certificate.
    #[inline]
    pub fn get(self, id: DeviceId) -> Call<'c, Json<DeviceCertificate>> {
        self.call(&ops::GET).path(id)
    }

    /// Orders a certificate for the key of a CSR. It may take minutes.
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](Device::list) by common name before ordering again. Code -39 for a profile that
    /// the organization does not have, -36 for a term that the profile does not have, -62 where
    /// a mandatory custom field is missing.
    #[inline]
    pub fn enroll(self, order: &DeviceEnrollment) -> Call<'c, Json<DeviceOrder>> {
        self.call(&ops::ENROLL).json(order)
    }

    /// Downloads an issued certificate.
    ///
    /// # Errors
    ///
    /// Not ready yet: HTTP 400 with code 0, -183, -1400, -103 or -109, or a success without
    /// content (kind [`Unexpected`](crate::ErrorKind::Unexpected)). Revoked, and never ready:
    /// code -110 or -192.
    #[inline]
    pub fn collect(self, id: DeviceId, format: CertificateFormat) -> Call<'c, CertificateFile> {
        self.call(&ops::COLLECT)
            .path(id)
            .query(&[("format", format)])
    }

    /// Waits until a certificate is issued, and collects it with its chain, the leaf first.
    ///
    /// Dropping the future ends the wait; the order stays.
    ///
    /// ```no_run
    /// use sectigo_scm::{Client, DeviceId, IssuanceError, Patience};
    ///
    /// # async fn demo(scm: Client, id: DeviceId) -> Result<(), IssuanceError> {
    /// let chain = scm.device().wait_for_issuance(id, Patience::default()).await?;
    /// println!("{}", chain.leaf().subject());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`IssuanceError`] tells a request that was declined, rejected or revoked from one that is
    /// not ready in time, and from a call that failed.
    #[inline]
    pub async fn wait_for_issuance(
        self,
        id: DeviceId,
        patience: Patience,
    ) -> Result<CertificateChain, IssuanceError> {
        let collect = |format| self.collect(id, format);
        let get = || self.get(id);
        wait(patience, collect, get, |found| {
            Some(found.status.as_ref()?.as_str())
        })
        .await
    }

    /// Changes custom fields and remarks of a certificate, and returns it as it is then.
    #[inline]
    pub fn update(
        self,
        id: DeviceId,
        update: &CertificateUpdate,
    ) -> Call<'c, Json<DeviceCertificate>> {
        self.call(&ops::UPDATE).path(id).json(update)
    }

    /// Approves a request, with a remark of 1 to 512 characters.
    #[inline]
    pub fn approve(self, id: DeviceId, message: &str) -> Call<'c, Empty> {
        self.remark(&ops::APPROVE, id, message)
    }

    /// Declines a request, with a remark of 1 to 512 characters.
    #[inline]
    pub fn decline(self, id: DeviceId, message: &str) -> Call<'c, Empty> {
        self.remark(&ops::DECLINE, id, message)
    }

    /// Has the CA revoke a certificate.
    ///
    /// # Errors
    ///
    /// Code -102 where it is not issued, -102 or -159 where it is revoked already.
    #[inline]
    pub fn revoke(self, id: DeviceId, revocation: &Revocation) -> Call<'c, Empty> {
        self.call(&ops::REVOKE)
            .path(id)
            .json(revocation)
            .check(revocation.checked())
    }

    /// Has the CA revoke the certificate with a serial number.
    ///
    /// # Errors
    ///
    /// As [`revoke`](Device::revoke).
    #[inline]
    pub fn revoke_by_serial(
        self,
        serial: &SerialNumber,
        revocation: &Revocation,
    ) -> Call<'c, Empty> {
        self.call(&ops::REVOKE_BY_SERIAL)
            .path(serial)
            .json(revocation)
            .check(revocation.checked())
    }

    /// Notes that a certificate was revoked elsewhere; the CA is not asked.
    #[inline]
    pub fn mark_revoked(self, revocation: &ManualRevocation<DeviceId>) -> Call<'c, Empty> {
        self.call(&ops::REVOKE_MANUAL)
            .json(revocation)
            .check(revocation.checked())
    }

    /// Orders the renewal of a certificate with its own CSR, and tells the number of the new
    /// one. It may take minutes.
    ///
    /// # Errors
    ///
    /// As [`enroll`](Device::enroll); code -180 where the profile forbids renewal.
    #[inline]
    pub fn renew(self, id: DeviceId) -> Call<'c, Json<DeviceOrder>> {
        self.call(&ops::RENEW).path(id)
    }

    /// Orders the renewal of the certificate with a serial number, as [`renew`](Device::renew)
    /// does.
    ///
    /// # Errors
    ///
    /// As there.
    #[inline]
    pub fn renew_by_serial(self, serial: &SerialNumber) -> Call<'c, Json<DeviceOrder>> {
        self.call(&ops::RENEW_BY_SERIAL).path(serial)
    }

    /// Orders a certificate for another key in the place of one. It may take minutes.
    ///
    /// The vendor does not say whether the replacement keeps the number, as that of an SSL
    /// certificate does: [`get`](Device::get) tells, by the CSR.
    ///
    /// # Errors
    ///
    /// As [`enroll`](Device::enroll).
    #[inline]
    pub fn replace(self, id: DeviceId, replacement: &DeviceReplacement) -> Call<'c, Empty> {
        self.call(&ops::REPLACE)
            .path(id)
            .json(replacement)
            .check(replacement.checked())
    }

    /// Deletes an imported or discovered certificate; no other can be deleted.
    #[inline]
    pub fn delete(self, id: DeviceId) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id)
    }

    /// Imports up to 128 certificates. Entries can fail one by one: look at
    /// [`ImportResult::outcome`].
    #[inline]
    pub fn import(
        self,
        certificates: &[DeviceImport],
    ) -> Call<'c, Json<Vec<ImportResult<DeviceId>>>> {
        self.call(&ops::IMPORT)
            .json(certificates)
            .check(batch(certificates))
    }

    fn remark(self, op: &'static Op, id: DeviceId, message: &str) -> Call<'c, Empty> {
        let remark = Remark::new(message);
        self.call(op).path(id).json(&remark).check(remark.checked())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
