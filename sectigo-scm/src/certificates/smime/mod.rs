//! Client certificates (S/MIME): profiles, orders for persons, collection, key stores, renewal,
//! revocation, import.
//!
//! ```no_run
//! use sectigo_scm::smime::{SmimeFilter, SmimeState};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! let issued = SmimeFilter::new().state(SmimeState::Issued);
//! let mut certificates = scm.smime().list(issued);
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
use cert_core::{CertificateChain, Secret, SerialNumber};

pub use self::certificate::{SmimeCertificate, SmimeRequestedVia, SmimeState, SmimeSummary};
pub use self::filter::SmimeFilter;
use self::operations as ops;
pub use self::operations::OPERATIONS;
use self::order::{KeystoreRequest, RevocationOfPerson};
pub use self::order::{SmimeEnrollment, SmimeImport, SmimeOrder};
use crate::certificates::import::batch;
use crate::certificates::issuance::{IssuanceError, Patience, wait};
use crate::certificates::locations::Operations;
use crate::paging::{List, PAGE_SIZE, PageQuery, Total};
use crate::{
    BackendCertId, CertificateFile, CertificateFormat, CertificateUpdate, Client,
    CustomFieldDefinition, ImportResult, Locations, ManualRevocation, OrganizationId, PersonId,
    Pkcs12Encryption, Profile, Revocation, SmimeId,
};

const JSON: &str = "application/json";

static LOCATIONS: Operations = Operations {
    list: &ops::LIST_LOCATIONS,
    create: &ops::CREATE_LOCATION,
    get: &ops::GET_LOCATION,
    update: &ops::UPDATE_LOCATION,
    delete: &ops::DELETE_LOCATION,
};

/// The client certificates of an account. Made by [`Client::smime`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct Smime<'c> {
    client: &'c Client,
}

impl<'c> Smime<'c> {
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
            .accept(JSON)
            .query(filter.as_ref().map_or(&[][..], |pair| &pair[..]))
    }

    /// The customer's own fields for client certificates.
    #[inline]
    pub fn list_custom_fields(self) -> Call<'c, Json<Vec<CustomFieldDefinition>>> {
        self.call(&ops::LIST_CUSTOM_FIELDS).accept(JSON)
    }

    /// The places where a certificate is installed.
    #[must_use]
    pub fn locations(self, id: SmimeId) -> Locations<'c> {
        Locations::new(self.client, &LOCATIONS, id.value())
    }

    /// The certificates that match, with few fields each, in pages of at most 200.
    #[inline]
    pub fn list(self, filter: SmimeFilter) -> Pages<'c, List<SmimeSummary>> {
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .accept(JSON)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// How many certificates match.
    #[inline]
    pub fn count(self, filter: &SmimeFilter) -> Call<'c, Total> {
        self.call(&ops::COUNT).accept(JSON).query(filter)
    }

    /// All certificates of a person, with few fields each.
    #[inline]
    pub fn list_by_person(self, person: PersonId) -> Call<'c, Json<Vec<SmimeSummary>>> {
        self.call(&ops::LIST_BY_PERSON_ID).accept(JSON).path(person)
    }

    /// All certificates of the person with an e-mail address, with few fields each.
    ///
    /// # Errors
    ///
    /// Code -105 where nobody has that address, rather than an empty list.
    #[inline]
    pub fn list_by_email(self, email: &str) -> Call<'c, Json<Vec<SmimeSummary>>> {
        self.call(&ops::LIST_BY_PERSON_EMAIL)
            .accept(JSON)
            .path(email)
    }

    /// Everything about one certificate.
    #[inline]
    pub fn get(self, id: SmimeId) -> Call<'c, Json<SmimeCertificate>> {
        self.call(&ops::GET).path(id)
    }

    /// Orders a certificate for a person. It may take minutes.
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list_by_email`](Smime::list_by_email) before ordering again.
    #[inline]
    pub fn enroll(self, order: &SmimeEnrollment) -> Call<'c, Json<SmimeOrder>> {
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
    pub fn collect(self, id: SmimeId, format: CertificateFormat) -> Call<'c, CertificateFile> {
        self.call(&ops::COLLECT)
            .path(id)
            .query(&[("format", format)])
    }

    /// Waits until a certificate is issued, and collects it with its chain, the leaf first.
    ///
    /// Dropping the future ends the wait; the order stays.
    ///
    /// ```no_run
    /// use sectigo_scm::{Client, IssuanceError, Patience, SmimeId};
    ///
    /// # async fn demo(scm: Client, id: SmimeId) -> Result<(), IssuanceError> {
    /// let chain = scm.smime().wait_for_issuance(id, Patience::default()).await?;
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
        id: SmimeId,
        patience: Patience,
    ) -> Result<CertificateChain, IssuanceError> {
        let collect = |format| self.collect(id, format);
        wait(
            patience,
            collect,
            || self.get(id),
            |found| Some(found.status.as_ref()?.as_str()),
        )
        .await
    }

    /// Downloads the issued certificate with a name at the CA.
    ///
    /// # Errors
    ///
    /// As [`collect`](Smime::collect).
    #[inline]
    pub fn collect_by_backend_cert_id(
        self,
        id: &BackendCertId,
        format: CertificateFormat,
    ) -> Call<'c, CertificateFile> {
        self.call(&ops::COLLECT_BY_BACKEND_CERT_ID)
            .path(id)
            .query(&[("format", format)])
    }

    /// Downloads certificate, chain and private key as PKCS#12 (RFC 7292), where the vendor's
    /// key vault has the key.
    ///
    /// `pass_phrase` protects the file. Without `encryption` the vendor takes AES-256.
    #[inline]
    pub fn download_pkcs12(
        self,
        id: SmimeId,
        encryption: Option<Pkcs12Encryption>,
        pass_phrase: impl Into<Secret>,
    ) -> Call<'c, CertificateFile> {
        let request = KeystoreRequest {
            encryption_type: encryption,
            passphrase: pass_phrase.into(),
        };
        self.call(&ops::DOWNLOAD_P12)
            .path(id)
            .json(&request)
            .masking(Some(&request.passphrase))
    }

    /// Changes what is set in `update`, and returns the certificate as it is then.
    #[inline]
    pub fn update(
        self,
        id: SmimeId,
        update: &CertificateUpdate,
    ) -> Call<'c, Json<SmimeCertificate>> {
        self.call(&ops::UPDATE).path(id).json(update)
    }

    /// Orders the renewal of a certificate with its own CSR and parameters, and tells the
    /// number of the new one. It may take minutes.
    ///
    /// # Errors
    ///
    /// As [`enroll`](Smime::enroll); code -180 where the profile forbids renewal.
    #[inline]
    pub fn renew(self, id: SmimeId) -> Call<'c, Json<SmimeOrder>> {
        self.call(&ops::RENEW).accept(JSON).path(id)
    }

    /// Orders the renewal of the certificate with a name at the CA.
    ///
    /// # Errors
    ///
    /// As [`renew`](Smime::renew).
    #[inline]
    pub fn renew_by_backend_cert_id(self, id: &BackendCertId) -> Call<'c, Json<SmimeOrder>> {
        self.call(&ops::RENEW_BY_BACKEND_CERT_ID)
            .accept(JSON)
            .path(id)
    }

    /// Orders the renewal of the certificate with a serial number.
    ///
    /// # Errors
    ///
    /// As [`renew`](Smime::renew).
    #[inline]
    pub fn renew_by_serial(self, serial: &SerialNumber) -> Call<'c, Json<SmimeOrder>> {
        self.call(&ops::RENEW_BY_SERIAL).accept(JSON).path(serial)
    }

    /// Has the CA revoke a certificate.
    ///
    /// # Errors
    ///
    /// Code -102 where it is not issued or revoked already.
    #[inline]
    pub fn revoke(self, id: SmimeId, revocation: &Revocation) -> Call<'c, Empty> {
        self.revocation(&ops::REVOKE, revocation).path(id)
    }

    /// Has the CA revoke the certificate with a name there.
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
    /// # Errors
    ///
    /// Code -105 where nobody has that address.
    #[inline]
    pub fn revoke_by_email(self, email: &str, revocation: &Revocation) -> Call<'c, Empty> {
        self.call(&ops::REVOKE_BY_EMAIL)
            .accept(JSON)
            .json(&RevocationOfPerson { email, revocation })
            .check(revocation.checked())
    }

    /// Notes that a certificate was revoked elsewhere; the CA is not asked.
    #[inline]
    pub fn mark_revoked(self, revocation: &ManualRevocation<SmimeId>) -> Call<'c, Empty> {
        self.call(&ops::REVOKE_MANUAL)
            .json(revocation)
            .check(revocation.checked())
    }

    /// Deletes an imported or discovered certificate; no other can be deleted.
    #[inline]
    pub fn delete(self, id: SmimeId) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id)
    }

    /// Imports up to 128 certificates. Entries can fail one by one: look at
    /// [`ImportResult::outcome`].
    #[inline]
    pub fn import(
        self,
        certificates: &[SmimeImport],
    ) -> Call<'c, Json<Vec<ImportResult<SmimeId>>>> {
        self.call(&ops::IMPORT)
            .json(certificates)
            .check(batch(certificates))
    }

    fn revocation(self, op: &'static Op, revocation: &Revocation) -> Call<'c, Empty> {
        self.call(op)
            .accept(JSON)
            .json(revocation)
            .check(revocation.checked())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
