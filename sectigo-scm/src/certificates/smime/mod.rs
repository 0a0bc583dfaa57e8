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

use cert_core::SerialNumber;
use cert_core::client::{Call, Empty, Json, Op, Pages};

pub use self::certificate::{SmimeCertificate, SmimeRequestedVia, SmimeState, SmimeSummary};
pub use self::filter::SmimeFilter;
use self::operations as ops;
pub use self::operations::OPERATIONS;
use self::order::RevocationOfPerson;
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
    /// Profiles under which certificates can be ordered, of all organizations.
    #[inline]
    pub fn list_profiles(self) -> Call<'c, Json<Vec<Profile>>> {
        self.call(&ops::LIST_PROFILES)
    }

    /// Profiles under which certificates can be ordered, of one organization.
    #[inline]
    pub fn list_profiles_of(
        self,
        organization: impl Into<OrganizationId>,
    ) -> Call<'c, Json<Vec<Profile>>> {
        self.list_profiles()
            .query(&[("organizationId", organization.into())])
    }

    /// The customer's own fields for client certificates.
    #[inline]
    pub fn list_custom_fields(self) -> Call<'c, Json<Vec<CustomFieldDefinition>>> {
        self.call(&ops::LIST_CUSTOM_FIELDS)
    }

    /// The places where a certificate is installed.
    #[must_use]
    pub fn locations(self, id: impl Into<SmimeId>) -> Locations<'c> {
        Locations::new(self.client, &LOCATIONS, id.into().value())
    }

    /// The certificates that match, with few fields each, in pages of at most 200.
    #[inline]
    pub fn list(self, filter: &SmimeFilter) -> Pages<'c, List<SmimeSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// How many certificates match.
    #[inline]
    pub fn count(self, filter: &SmimeFilter) -> Call<'c, Total> {
        self.call(&ops::COUNT).query(filter)
    }

    /// All certificates of a person, with few fields each.
    #[inline]
    pub fn list_by_person(self, person: impl Into<PersonId>) -> Call<'c, Json<Vec<SmimeSummary>>> {
        self.call(&ops::LIST_BY_PERSON_ID).path(person.into())
    }

    /// All certificates of the person with an e-mail address, with few fields each.
    ///
    /// # Errors
    ///
    /// Code -105 where nobody has that address, rather than an empty list.
    #[inline]
    pub fn list_by_email(self, email: &str) -> Call<'c, Json<Vec<SmimeSummary>>> {
        self.call(&ops::LIST_BY_PERSON_EMAIL).path(email)
    }

    /// Everything about one certificate.
    #[inline]
    pub fn get(self, id: impl Into<SmimeId>) -> Call<'c, Json<SmimeCertificate>> {
        self.call(&ops::GET).path(id.into())
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

    /// Downloads an issued certificate, in the vendor's own format where none is asked for.
    ///
    /// # Errors
    ///
    /// Not ready yet: HTTP 400 with code 0, -183, -1400, -103 or -109, or a success without
    /// content (kind [`Unexpected`](crate::ErrorKind::Unexpected)). Revoked, and never ready:
    /// code -110 or -192.
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
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::IssuanceError> {
    /// let chain = scm.smime().wait_for_issuance(876).await?;
    /// println!("{}", chain.leaf().subject());
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn wait_for_issuance(self, id: impl Into<SmimeId>) -> Issuance<'c> {
        Issuance::new(self.client, &ISSUANCE, id.into().value())
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
        format: impl Into<Option<CertificateFormat>>,
    ) -> Call<'c, CertificateFile> {
        self.call(&ops::COLLECT_BY_BACKEND_CERT_ID)
            .path(id)
            .query(&format::asked(format))
    }

    /// Downloads certificate, chain and private key as PKCS#12 (RFC 7292), where the vendor's
    /// key vault has the key.
    #[inline]
    pub fn download_pkcs12(
        self,
        id: impl Into<SmimeId>,
        download: &Pkcs12Download,
    ) -> Call<'c, CertificateFile> {
        self.call(&ops::DOWNLOAD_P12).path(id.into()).json(download)
    }

    /// Changes what is set in `update`, and returns the certificate as it is then.
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
    /// # Errors
    ///
    /// As [`enroll`](Smime::enroll); code -180 where the profile forbids renewal.
    #[inline]
    pub fn renew(self, id: impl Into<SmimeId>) -> Call<'c, Json<SmimeOrder>> {
        self.call(&ops::RENEW).path(id.into())
    }

    /// Orders the renewal of the certificate with a name at the CA.
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
    /// # Errors
    ///
    /// As [`renew`](Smime::renew).
    #[inline]
    pub fn renew_by_serial(self, serial: &SerialNumber) -> Call<'c, Json<SmimeOrder>> {
        self.call(&ops::RENEW_BY_SERIAL).path(serial)
    }

    /// Has the CA revoke a certificate.
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
            .json(&RevocationOfPerson { email, revocation })
    }

    /// Notes that a certificate was revoked elsewhere; the CA is not asked.
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
    #[inline]
    pub fn delete(self, id: impl Into<SmimeId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    /// Imports up to 128 certificates. Entries can fail one by one: look at
    /// [`ImportResult::outcome`].
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
