//! Client certificates (S/MIME): profiles, orders for persons, collection, key stores, renewal,
//! revocation, import.
//!
//! ```no_run
//! use sectigo_scm::smime::{SmimeFilter, SmimeState};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! let issued = SmimeFilter::new().state(SmimeState::Issued);
//! let mut certificates = scm.smime().list(&issued);
//! while let Some(certificate) = certificates.next().await {
//!     let certificate = certificate?;
//!     println!("{} {:?}", certificate.id, certificate.expires);
//! }
//! # Ok(())
//! # }
//! ```

mod certificate;
mod filter;
mod operations;
mod order;

use cert_core::client::{Call, Empty, Json, Op, Pages};
use cert_core::{Joined, SerialNumber};

pub use self::certificate::{SmimeCertificate, SmimeRequestedVia, SmimeState, SmimeSummary};
pub use self::filter::SmimeFilter;
use self::operations as ops;
pub use self::operations::OPERATIONS;
use self::order::OfPerson;
pub use self::order::{Pkcs12Download, SmimeEnrollment, SmimeImport, SmimeOrder};
use super::import::Batch;
use super::manual_revocation::MarkRevoked;
use super::{format, issuance, locations};
use crate::paging::{List, PAGE_SIZE, PageQuery, Total};
use crate::{
    BackendCertId, CertificateFile, CertificateFormat, CertificateUpdate, Client,
    CustomFieldDefinition, ImportResult, Issuance, Locations, ManualRevocation, OrganizationId,
    PersonId, Profile, Revocation, SmimeId,
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
    /// Client certificates (S/MIME).
    #[doc(alias = "client certificates")]
    #[must_use]
    pub fn smime(&self) -> Smime<'_> {
        Smime { client: self }
    }
}

/// The client certificates of an account. Made by [`Client::smime`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct Smime<'c> {
    client: &'c Client,
}

impl<'c> Smime<'c> {
    /// Lists the profiles under which certificates can be ordered, of all organizations.
    ///
    /// `GET /api/smime/v1/types` (section Client certificate helper APIs).
    #[inline]
    pub fn list_profiles(self) -> Call<'c, Json<Vec<Profile>>> {
        self.call(&ops::LIST_PROFILES)
    }

    /// Lists the profiles under which certificates can be ordered, of one organization.
    ///
    /// `GET /api/smime/v1/types` (section Client certificate helper APIs).
    #[inline]
    pub fn list_profiles_of(
        self,
        organization: impl Into<OrganizationId>,
    ) -> Call<'c, Json<Vec<Profile>>> {
        self.list_profiles()
            .query(&[("organizationId", organization.into())])
    }

    /// Lists the customer's own fields for client certificates.
    ///
    /// `GET /api/smime/v1/customFields` (section Client certificate helper APIs).
    #[inline]
    pub fn list_custom_fields(self) -> Call<'c, Json<Vec<CustomFieldDefinition>>> {
        self.call(&ops::LIST_CUSTOM_FIELDS)
    }

    /// The places where a certificate is installed.
    #[must_use]
    pub fn locations(self, id: impl Into<SmimeId>) -> Locations<'c> {
        Locations::new(self.client, &LOCATIONS, id.into().value())
    }

    /// Lists the certificates that match, with few fields each, in pages of at most 200.
    ///
    /// `GET /api/smime/v2` (section View client certificates).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::smime::SmimeFilter;
    /// let mut certificates = scm.smime().list(&SmimeFilter::new().email("ada@example.com"));
    /// while let Some(certificate) = certificates.next().await {
    ///     println!("{:?}", certificate?.expires);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(self, filter: &SmimeFilter) -> Pages<'c, List<SmimeSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Counts the certificates that match.
    ///
    /// `HEAD /api/smime/v2` (section View client certificates).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::smime::{SmimeFilter, SmimeState};
    /// let issued = SmimeFilter::new().state(SmimeState::Issued);
    /// println!("{} issued", scm.smime().count(&issued).await?);
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn count(self, filter: &SmimeFilter) -> Call<'c, Total> {
        self.call(&ops::COUNT).query(filter)
    }

    /// Lists all certificates of a person, with few fields each.
    ///
    /// `GET /api/smime/v2/byPersonId/{pid}` (section View client certificates).
    #[inline]
    pub fn list_by_person(self, person: impl Into<PersonId>) -> Call<'c, Json<Vec<SmimeSummary>>> {
        self.call(&ops::LIST_BY_PERSON_ID).path(person.into())
    }

    /// Lists all certificates of the person with an e-mail address, with few fields each.
    ///
    /// `GET /api/smime/v2/byPersonEmail/{email}` (section View client certificates).
    ///
    /// # Errors
    ///
    /// Code -105 where nobody has that address, rather than an empty list.
    #[inline]
    pub fn list_by_email(self, email: &str) -> Call<'c, Json<Vec<SmimeSummary>>> {
        self.call(&ops::LIST_BY_PERSON_EMAIL).path(email)
    }

    /// Details of a certificate.
    ///
    /// `GET /api/smime/v1/{id}` (section View client certificates).
    #[inline]
    pub fn get(self, id: impl Into<SmimeId>) -> Call<'c, Json<SmimeCertificate>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Orders a certificate for a person. It may take minutes.
    ///
    /// `POST /api/smime/v1/enroll` (section Enroll client certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, csr: &str) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::smime::SmimeEnrollment;
    /// let order = SmimeEnrollment::new(2215, "ada@example.com", "Ada", "Lovelace").csr(csr);
    /// let id = scm.smime().enroll(&order).await?.id;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list_by_email`](Smime::list_by_email) before ordering again.
    #[doc(alias("issue", "order"))]
    #[inline]
    pub fn enroll(self, order: &SmimeEnrollment) -> Call<'c, Json<SmimeOrder>> {
        self.call(&ops::ENROLL).json(order)
    }

    /// Downloads an issued certificate, in the vendor's own format where none is asked for.
    ///
    /// `GET /api/smime/v2/collect/{certId}` (section Enroll client certificate).
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
        id: impl Into<SmimeId>,
        format: impl Into<Option<CertificateFormat>>,
    ) -> Call<'c, CertificateFile> {
        self.call(&ops::COLLECT)
            .path(id.into())
            .query(&format::asked(format))
    }

    /// Waits until a certificate is issued, and collects it with its chain, the leaf first.
    ///
    /// `GET /api/smime/v2/collect/{certId}` (section Enroll client certificate), repeated.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::IssuanceError> {
    /// let chain = scm.smime().wait_for_issuance(876).await?;
    /// println!("{}", chain.leaf().subject());
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn wait_for_issuance(self, id: impl Into<SmimeId>) -> Issuance<'c> {
        Issuance::new(self.client, &ISSUANCE, id.into().value())
    }

    /// Downloads the issued certificate with a name at the CA.
    ///
    /// `GET /api/smime/v2/collect/order/{backendCertId}` (section Enroll client certificate).
    ///
    /// # Errors
    ///
    /// As [`collect`](Smime::collect).
    #[inline]
    pub fn collect_by_backend_cert_id(
        self,
        id: &BackendCertId,
        format: impl Into<Option<CertificateFormat>>,
    ) -> Call<'c, CertificateFile> {
        self.call(&ops::COLLECT_BY_BACKEND_CERT_ID)
            .path(id)
            .query(&format::asked(format))
    }

    /// Downloads certificate, chain and private key as PKCS#12 (RFC 7292), where the vendor's
    /// key vault has the key.
    ///
    /// `POST /api/smime/v1/keystore/{id}` (section Enroll client certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, phrase: &str) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::smime::Pkcs12Download;
    /// let download = Pkcs12Download::new().pass_phrase(phrase);
    /// let file = scm.smime().download_pkcs12(876, &download).await?;
    /// println!("{} bytes", file.bytes.len());
    /// # Ok(()) }
    /// ```
    #[doc(alias("pfx", "p12", "keystore"))]
    #[inline]
    pub fn download_pkcs12(
        self,
        id: impl Into<SmimeId>,
        download: &Pkcs12Download,
    ) -> Call<'c, CertificateFile> {
        self.call(&ops::DOWNLOAD_P12).path(id.into()).json(download)
    }

    /// Changes what is set in `update`, and returns the certificate as it is then.
    ///
    /// `PUT /api/smime/v1/{id}` (section Manage client certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::CertificateUpdate;
    /// let update = CertificateUpdate::new().comments("moved to rack 12");
    /// scm.smime().update(876, &update).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn update(
        self,
        id: impl Into<SmimeId>,
        update: &CertificateUpdate,
    ) -> Call<'c, Json<SmimeCertificate>> {
        self.call(&ops::UPDATE).path(id.into()).json(update)
    }

    /// Orders the renewal of a certificate with its own CSR and parameters, and tells the
    /// number of the new one. It may take minutes.
    ///
    /// `POST /api/smime/v1/renew/{certId}` (section Manage client certificate).
    ///
    /// # Errors
    ///
    /// As [`enroll`](Smime::enroll); code -180 where the profile forbids renewal.
    #[inline]
    pub fn renew(self, id: impl Into<SmimeId>) -> Call<'c, Json<SmimeOrder>> {
        self.call(&ops::RENEW).path(id.into())
    }

    /// Orders the renewal of the certificate with a name at the CA.
    ///
    /// `POST /api/smime/v2/renew/order/{backendCertId}` (section Manage client certificate).
    ///
    /// # Errors
    ///
    /// As [`renew`](Smime::renew).
    #[inline]
    pub fn renew_by_backend_cert_id(self, id: &BackendCertId) -> Call<'c, Json<SmimeOrder>> {
        self.call(&ops::RENEW_BY_BACKEND_CERT_ID).path(id)
    }

    /// Orders the renewal of the certificate with a serial number.
    ///
    /// `POST /api/smime/v2/renew/serial/{serial}` (section Manage client certificate).
    ///
    /// # Errors
    ///
    /// As [`renew`](Smime::renew).
    #[inline]
    pub fn renew_by_serial(self, serial: &SerialNumber) -> Call<'c, Json<SmimeOrder>> {
        self.call(&ops::RENEW_BY_SERIAL).path(serial)
    }

    /// Has the CA revoke a certificate.
    ///
    /// `POST /api/smime/v1/revoke/{certId}` (section Manage client certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::{Revocation, cert_core::RevocationReason};
    /// let lost = Revocation::new().code(RevocationReason::KeyCompromise);
    /// scm.smime().revoke(876, &lost).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Code -102 where it is not issued or revoked already.
    #[inline]
    pub fn revoke(self, id: impl Into<SmimeId>, revocation: &Revocation) -> Call<'c, Empty> {
        self.revocation(&ops::REVOKE, revocation).path(id.into())
    }

    /// Has the CA revoke the certificate with a name there.
    ///
    /// `POST /api/smime/v1/revoke/order/{backendCertId}` (section Manage client certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::Revocation;
    /// let id = "1234567".into();
    /// let lost = Revocation::new().reason("key lost");
    /// scm.smime().revoke_by_backend_cert_id(&id, &lost).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`revoke`](Smime::revoke).
    #[inline]
    pub fn revoke_by_backend_cert_id(
        self,
        id: &BackendCertId,
        revocation: &Revocation,
    ) -> Call<'c, Empty> {
        self.revocation(&ops::REVOKE_BY_BACKEND_CERT_ID, revocation)
            .path(id)
    }

    /// Has the CA revoke the certificate with a serial number.
    ///
    /// `POST /api/smime/v1/revoke/serial/{serialNumber}` (section Manage client certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::Revocation;
    /// let (serial, lost) = ("0f:ae:11:22".into(), Revocation::new().reason("key lost"));
    /// scm.smime().revoke_by_serial(&serial, &lost).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`revoke`](Smime::revoke).
    #[inline]
    pub fn revoke_by_serial(
        self,
        serial: &SerialNumber,
        revocation: &Revocation,
    ) -> Call<'c, Empty> {
        self.revocation(&ops::REVOKE_BY_SERIAL, revocation)
            .path(serial)
    }

    /// Has the CA revoke **every** certificate of the person with an e-mail address.
    ///
    /// `POST /api/smime/v1/revoke` (section Manage client certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::Revocation;
    /// let left = Revocation::new().reason("has left the company");
    /// scm.smime().revoke_by_email("ada@example.com", &left).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Code -105 where nobody has that address.
    #[inline]
    pub fn revoke_by_email(self, email: &str, revocation: &Revocation) -> Call<'c, Empty> {
        self.call(&ops::REVOKE_BY_EMAIL)
            .json(&Joined(OfPerson::new(email), revocation))
    }

    /// Notes that a certificate was revoked elsewhere; the CA is not asked.
    ///
    /// `POST /api/smime/v1/revoke/manual` (section Manage client certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ManualRevocation;
    /// let revocation = ManualRevocation::new().date("2026-11-28");
    /// scm.smime().mark_revoked(876, &revocation).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn mark_revoked(
        self,
        id: impl Into<SmimeId>,
        revocation: &ManualRevocation,
    ) -> Call<'c, Empty> {
        let revoked = MarkRevoked::by_id(id.into().value(), revocation);
        self.call(&ops::REVOKE_MANUAL).json(&revoked)
    }

    /// Notes that the certificate with a serial number and issuer was revoked elsewhere.
    ///
    /// `POST /api/smime/v1/revoke/manual` (section Manage client certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ManualRevocation;
    /// let (serial, when) = ("0f:ae:11:22".into(), ManualRevocation::new().date("2026-11-28"));
    /// scm.smime().mark_revoked_by_serial(&serial, "CN=Example CA", &when).await?;
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

    /// Deletes an imported or discovered certificate; no other can be deleted.
    ///
    /// `DELETE /api/smime/v1/{id}` (section Manage client certificate).
    #[inline]
    pub fn delete(self, id: impl Into<SmimeId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    /// Imports up to 128 certificates. Entries can fail one by one: look at
    /// [`ImportResult::outcome`].
    ///
    /// `POST /api/smime/v2/import` (section Manage client certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, pem: &str) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::smime::SmimeImport;
    /// let certificate = SmimeImport::new(7, pem);
    /// for entry in scm.smime().import(&[certificate]).await? {
    ///     println!("{:?}", entry.outcome());
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn import(
        self,
        certificates: &[SmimeImport],
    ) -> Call<'c, Json<Vec<ImportResult<SmimeId>>>> {
        self.call(&ops::IMPORT).json(&Batch(certificates))
    }

    fn revocation(self, op: &'static Op, revocation: &Revocation) -> Call<'c, Empty> {
        self.call(op).json(revocation)
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
