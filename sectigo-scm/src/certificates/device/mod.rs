//! Device certificates: profiles, orders, collection, renewal, replacement, revocation, import.
//!
//! ```no_run
//! use sectigo_scm::device::{DeviceFilter, DeviceStatus};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! let waiting = DeviceFilter::new().status(DeviceStatus::Requested);
//! // All of them first: whatever is approved leaves the list, and the others move up.
//! for certificate in scm.device_certificates().list(&waiting).collect().await? {
//!     scm.device_certificates().approve(certificate.id, "of the known fleet").await?;
//! }
//! # Ok(())
//! # }
//! ```

mod certificate;
mod filter;
mod operations;
mod order;

use cert_core::SerialNumber;
use cert_core::client::{Call, Empty, Json, Op, Pages};

pub use self::certificate::{DeviceCertificate, DeviceStatus, DeviceSummary};
pub use self::filter::DeviceFilter;
use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::order::{
    DeviceEnrollment, DeviceImport, DeviceOrder, DeviceReplacement, SubjectAttribute, SubjectField,
};
use super::import::Batch;
use super::manual_revocation::MarkRevoked;
use super::remark::Remark;
use super::{format, issuance, locations};
use crate::paging::{List, PAGE_SIZE, PageQuery, Total};
use crate::{
    CertificateFile, CertificateFormat, CertificateUpdate, Client, CustomFieldDefinition, DeviceId,
    ImportResult, Issuance, Locations, ManualRevocation, OrganizationId, Profile, Revocation,
};

static LOCATIONS: locations::Operations = locations::Operations {
    list: &ops::LIST_LOCATIONS,
    create: &ops::CREATE_LOCATION,
    get: &ops::GET_LOCATION,
    update: &ops::UPDATE_LOCATION,
    delete: &ops::DELETE_LOCATION,
};

static ISSUANCE: issuance::Operations = issuance::Operations {
    collect: &ops::COLLECT,
    get: &ops::GET,
};

impl Client {
    /// Device certificates.
    #[must_use]
    pub fn device_certificates(&self) -> DeviceCertificates<'_> {
        DeviceCertificates { client: self }
    }
}

/// The device certificates of an account. Made by [`Client::device_certificates`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct DeviceCertificates<'c> {
    client: &'c Client,
}

impl<'c> DeviceCertificates<'c> {
    /// Lists the profiles under which certificates can be ordered, of all organizations.
    ///
    /// `GET /api/device/v1/types` (section Device certificate helper APIs).
    #[inline]
    pub fn list_profiles(self) -> Call<'c, Json<Vec<Profile>>> {
        self.call(&ops::LIST_PROFILES)
    }

    /// Lists the profiles under which certificates can be ordered, of one organization.
    ///
    /// `GET /api/device/v1/types` (section Device certificate helper APIs).
    #[inline]
    pub fn list_profiles_of(
        self,
        organization: impl Into<OrganizationId>,
    ) -> Call<'c, Json<Vec<Profile>>> {
        self.list_profiles()
            .query(&[("organizationId", organization.into())])
    }

    /// Lists the customer's own fields for device certificates.
    ///
    /// `GET /api/device/v1/customFields` (section Device certificate helper APIs).
    #[inline]
    pub fn list_custom_fields(self) -> Call<'c, Json<Vec<CustomFieldDefinition>>> {
        self.call(&ops::LIST_CUSTOM_FIELDS)
    }

    /// The places where a certificate is installed.
    #[must_use]
    pub fn locations(self, id: impl Into<DeviceId>) -> Locations<'c> {
        Locations::new(self.client, &LOCATIONS, id.into().value())
    }

    /// Lists the certificates that match, with few fields each, in pages of at most 200.
    ///
    /// `GET /api/device/v1` (section View device certificates).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::device::DeviceFilter;
    /// let mut certificates = scm.device_certificates().list(&DeviceFilter::new());
    /// while let Some(certificate) = certificates.next().await {
    ///     println!("{}", certificate?.id);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(self, filter: &DeviceFilter) -> Pages<'c, List<DeviceSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Counts the certificates that match.
    ///
    /// `HEAD /api/device/v1` (section View device certificates).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::device::{DeviceFilter, DeviceStatus};
    /// let waiting = DeviceFilter::new().status(DeviceStatus::Requested);
    /// println!("{} to approve", scm.device_certificates().count(&waiting).await?);
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn count(self, filter: &DeviceFilter) -> Call<'c, Total> {
        self.call(&ops::COUNT).query(filter)
    }

    /// Details of a certificate.
    ///
    /// `GET /api/device/v1/{deviceCertId}` (section View device certificates).
    #[inline]
    pub fn get(self, id: impl Into<DeviceId>) -> Call<'c, Json<DeviceCertificate>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Orders a certificate for the key of a CSR. It may take minutes.
    ///
    /// `POST /api/device/v1/enroll` (section Enroll device certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, csr: &str) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::device::DeviceEnrollment;
    /// let order = DeviceEnrollment::new(7, 2215, csr).term(365);
    /// let id = scm.device_certificates().enroll(&order).await?.id;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](DeviceCertificates::list) by common name before ordering again. Code -39 for a
    /// profile that the organization does not have, -36 for a term that the profile does not
    /// have, -62 where a mandatory custom field is missing.
    #[doc(alias("issue", "order"))]
    #[inline]
    pub fn enroll(self, order: &DeviceEnrollment) -> Call<'c, Json<DeviceOrder>> {
        self.call(&ops::ENROLL).json(order)
    }

    /// Downloads an issued certificate, in the vendor's own format where none is asked for.
    ///
    /// `GET /api/device/v1/collect/{deviceCertId}` (section Enroll device certificate).
    ///
    /// # Errors
    ///
    /// Not ready yet: HTTP 400 with code 0, -183, -1400, -103 or -109, or a success without
    /// content (kind [`Unexpected`](crate::ErrorKind::Unexpected)). Revoked, and never ready:
    /// code -110 or -192.
    #[doc(alias = "download")]
    #[inline]
    pub fn collect(
        self,
        id: impl Into<DeviceId>,
        format: impl Into<Option<CertificateFormat>>,
    ) -> Call<'c, CertificateFile> {
        self.call(&ops::COLLECT)
            .path(id.into())
            .query(&format::asked(format))
    }

    /// Waits until a certificate is issued, and collects it with its chain, the leaf first.
    ///
    /// `GET /api/device/v1/collect/{deviceCertId}` (section Enroll device certificate), repeated.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::IssuanceError> {
    /// let chain = scm.device_certificates().wait_for_issuance(876).await?;
    /// println!("{}", chain.leaf().subject());
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn wait_for_issuance(self, id: impl Into<DeviceId>) -> Issuance<'c> {
        Issuance::new(self.client, &ISSUANCE, id.into().value())
    }

    /// Changes custom fields and remarks of a certificate, and returns it as it is then.
    ///
    /// `PUT /api/device/v1/{deviceCertId}` (section Manage device certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::CertificateUpdate;
    /// let update = CertificateUpdate::new().comments("moved to rack 12");
    /// scm.device_certificates().update(876, &update).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn update(
        self,
        id: impl Into<DeviceId>,
        update: &CertificateUpdate,
    ) -> Call<'c, Json<DeviceCertificate>> {
        self.call(&ops::UPDATE).path(id.into()).json(update)
    }

    /// Approves a request, with a remark of 1 to 512 characters.
    ///
    /// `POST /api/device/v1/approve/{deviceCertId}` (section Manage device certificate).
    #[inline]
    pub fn approve(self, id: impl Into<DeviceId>, message: &str) -> Call<'c, Empty> {
        self.remark(&ops::APPROVE, id, message)
    }

    /// Declines a request, with a remark of 1 to 512 characters.
    ///
    /// `POST /api/device/v1/decline/{deviceCertId}` (section Manage device certificate).
    #[inline]
    pub fn decline(self, id: impl Into<DeviceId>, message: &str) -> Call<'c, Empty> {
        self.remark(&ops::DECLINE, id, message)
    }

    /// Has the CA revoke a certificate.
    ///
    /// `POST /api/device/v1/revoke/order/{deviceCertId}` (section Manage device certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::{Revocation, cert_core::RevocationReason};
    /// let lost = Revocation::new().code(RevocationReason::KeyCompromise);
    /// scm.device_certificates().revoke(876, &lost).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Code -102 where it is not issued, -102 or -159 where it is revoked already.
    #[inline]
    pub fn revoke(self, id: impl Into<DeviceId>, revocation: &Revocation) -> Call<'c, Empty> {
        self.call(&ops::REVOKE).path(id.into()).json(revocation)
    }

    /// Has the CA revoke the certificate with a serial number.
    ///
    /// `POST /api/device/v1/revoke/serial/{serialNumber}` (section Manage device certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::Revocation;
    /// let (serial, lost) = ("0f:ae:11:22".into(), Revocation::new().reason("key lost"));
    /// scm.device_certificates().revoke_by_serial(&serial, &lost).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`revoke`](DeviceCertificates::revoke).
    #[inline]
    pub fn revoke_by_serial(
        self,
        serial: &SerialNumber,
        revocation: &Revocation,
    ) -> Call<'c, Empty> {
        self.call(&ops::REVOKE_BY_SERIAL)
            .path(serial)
            .json(revocation)
    }

    /// Notes that a certificate was revoked elsewhere; the CA is not asked.
    ///
    /// `POST /api/device/v1/revoke/manual` (section Manage device certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ManualRevocation;
    /// let revocation = ManualRevocation::new().date("2026-11-28");
    /// scm.device_certificates().mark_revoked(876, &revocation).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn mark_revoked(
        self,
        id: impl Into<DeviceId>,
        revocation: &ManualRevocation,
    ) -> Call<'c, Empty> {
        let revoked = MarkRevoked::by_id(id.into().value(), revocation);
        self.call(&ops::REVOKE_MANUAL).json(&revoked)
    }

    /// Notes that the certificate with a serial number and issuer was revoked elsewhere.
    ///
    /// `POST /api/device/v1/revoke/manual` (section Manage device certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ManualRevocation;
    /// let (serial, when) = ("0f:ae:11:22".into(), ManualRevocation::new().date("2026-11-28"));
    /// scm.device_certificates().mark_revoked_by_serial(&serial, "CN=Example CA", &when).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn mark_revoked_by_serial(
        self,
        serial: &SerialNumber,
        issuer: &str,
        revocation: &ManualRevocation,
    ) -> Call<'c, Empty> {
        let revoked = MarkRevoked::by_serial(serial, issuer, revocation);
        self.call(&ops::REVOKE_MANUAL).json(&revoked)
    }

    /// Orders the renewal of a certificate with its own CSR, and tells the number of the new
    /// one. It may take minutes.
    ///
    /// `POST /api/device/v1/renew/order/{deviceCertId}` (section Manage device certificate).
    ///
    /// # Errors
    ///
    /// As [`enroll`](DeviceCertificates::enroll); code -180 where the profile forbids renewal.
    #[inline]
    pub fn renew(self, id: impl Into<DeviceId>) -> Call<'c, Json<DeviceOrder>> {
        self.call(&ops::RENEW).path(id.into())
    }

    /// Orders the renewal of the certificate with a serial number, as
    /// [`renew`](DeviceCertificates::renew) does.
    ///
    /// `POST /api/device/v1/renew/serial/{serialNumber}` (section Manage device certificate).
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
    /// `POST /api/device/v1/replace/order/{deviceCertId}` (section Manage device certificate).
    ///
    /// The vendor does not say whether the replacement keeps the number, as that of an SSL
    /// certificate does: [`get`](DeviceCertificates::get) tells, by the CSR.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, csr: &str) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::device::DeviceReplacement;
    /// let replacement = DeviceReplacement::new(csr, "key lost", true);
    /// scm.device_certificates().replace(876, &replacement).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`enroll`](DeviceCertificates::enroll).
    #[doc(alias("reissue", "rekey"))]
    #[inline]
    pub fn replace(
        self,
        id: impl Into<DeviceId>,
        replacement: &DeviceReplacement,
    ) -> Call<'c, Empty> {
        self.call(&ops::REPLACE).path(id.into()).json(replacement)
    }

    /// Deletes an imported or discovered certificate; no other can be deleted.
    ///
    /// `DELETE /api/device/v1/{deviceCertId}` (section Manage device certificate).
    #[inline]
    pub fn delete(self, id: impl Into<DeviceId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    /// Imports up to 128 certificates. Entries can fail one by one: look at
    /// [`ImportResult::outcome`].
    ///
    /// `POST /api/device/v1/import` (section Manage device certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, pem: &str) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::device::DeviceImport;
    /// let certificate = DeviceImport::new(7, pem).owner("ada@example.com");
    /// for entry in scm.device_certificates().import(&[certificate]).await? {
    ///     println!("{:?}", entry.outcome());
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn import(
        self,
        certificates: &[DeviceImport],
    ) -> Call<'c, Json<Vec<ImportResult<DeviceId>>>> {
        self.call(&ops::IMPORT).json(&Batch(certificates))
    }

    fn remark(self, op: &'static Op, id: impl Into<DeviceId>, message: &str) -> Call<'c, Empty> {
        self.call(op).path(id.into()).json(&Remark::new(message))
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
