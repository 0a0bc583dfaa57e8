//! SSL certificates: profiles, orders, collection, renewal, replacement, revocation, import.
//!
//! ```no_run
//! use sectigo_scm::ssl::{SslFilter, SslStatus};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! let mut certificates = scm.ssl().list(&SslFilter::new().status(SslStatus::Issued));
//! while let Some(certificate) = certificates.next().await {
//!     let certificate = certificate?;
//!     println!("{} {:?}", certificate.id, certificate.common_name);
//! }
//! # Ok(())
//! # }
//! ```

mod certificate;
mod filter;
mod operations;
mod order;
mod update;

use bytes::Bytes;
use cert_core::client::{Call, Empty, Json, Multipart, Op, Pages};
use cert_core::{Joined, SerialNumber};

pub use self::certificate::{
    AutoInstallDetails, AutoRenewDetails, DiscoveryStatus, InstallNode, InstallState, RenewalState,
    RequestedVia, SslCertificate, SslStatus, SslSummary,
};
use self::filter::Counted;
pub use self::filter::SslFilter;
use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::order::{
    AzureKeyVault, KeyAlgorithm, KeyGenerationMethod, KeystoreFormat, KeystoreLink,
    KeystoreProtection, SslEnrollment, SslImport, SslKeygenEnrollment, SslOrder, SslRenewal,
    SslRenewalByRenewId, SslReplacement, SslRevocation, SslSuccessor,
};
use self::update::Updated;
pub use self::update::{AutoRenewal, SslUpdate};
use super::import::Batch;
use super::manual_revocation::MarkRevoked;
use super::remark::Remark;
use super::{format, issuance, locations};
use crate::paging::{List, PAGE_SIZE, PageQuery, Total};
use crate::{
    ArchiveImport, CertificateFile, CertificateFormat, Client, CustomFieldDefinition, DcvDetails,
    ImportResult, Issuance, Locations, ManualRevocation, OrganizationId, Profile, RenewId, SslId,
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
    /// SSL certificates.
    #[doc(alias("tls", "certificates"))]
    #[must_use]
    pub fn ssl(&self) -> Ssl<'_> {
        Ssl { client: self }
    }
}

/// The SSL certificates of an account. Made by [`Client::ssl`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct Ssl<'c> {
    client: &'c Client,
}

impl<'c> Ssl<'c> {
    /// Lists the profiles under which certificates can be ordered, of all organizations.
    ///
    /// `GET /api/ssl/v1/types` (section SSL helper APIs).
    #[inline]
    pub fn list_profiles(self) -> Call<'c, Json<Vec<Profile>>> {
        self.call(&ops::LIST_PROFILES)
    }

    /// Lists the profiles under which certificates can be ordered, of one organization.
    ///
    /// `GET /api/ssl/v1/types` (section SSL helper APIs).
    #[inline]
    pub fn list_profiles_of(
        self,
        organization: impl Into<OrganizationId>,
    ) -> Call<'c, Json<Vec<Profile>>> {
        self.list_profiles()
            .query(&[("organizationId", organization.into())])
    }

    /// Lists the customer's own fields for SSL certificates.
    ///
    /// `GET /api/ssl/v1/customFields` (section SSL helper APIs).
    #[inline]
    pub fn list_custom_fields(self) -> Call<'c, Json<Vec<CustomFieldDefinition>>> {
        self.call(&ops::LIST_CUSTOM_FIELDS)
    }

    /// The places where a certificate is installed.
    #[must_use]
    pub fn locations(self, id: impl Into<SslId>) -> Locations<'c> {
        Locations::new(self.client, &LOCATIONS, id.into().value())
    }

    /// Lists the certificates that match, with few fields each, in pages of at most 200.
    ///
    /// `GET /api/ssl/v1` (section View SSL certificates).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ssl::SslFilter;
    /// let mut certificates = scm.ssl().list(&SslFilter::new().issuer("CN=Example CA"));
    /// while let Some(certificate) = certificates.next().await {
    ///     println!("{}", certificate?.id);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(self, filter: &SslFilter) -> Pages<'c, List<SslSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Counts the certificates that match. A filter by SHA-256 fingerprint is refused before
    /// anything is sent, as the vendor knows it for lists only.
    ///
    /// `HEAD /api/ssl/v1` (section View SSL certificates).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ssl::{SslFilter, SslStatus};
    /// let waiting = SslFilter::new().status(SslStatus::Requested);
    /// println!("{} to approve", scm.ssl().count(&waiting).await?);
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn count(self, filter: &SslFilter) -> Call<'c, Total> {
        self.call(&ops::COUNT).query(&Counted(filter))
    }

    /// Details of a certificate.
    ///
    /// `GET /api/ssl/v1/{sslId}` (section View SSL certificates).
    #[inline]
    pub fn get(self, id: impl Into<SslId>) -> Call<'c, Json<SslCertificate>> {
        self.call(&ops::GET).path(id.into())
    }

    /// State of the validation of a certificate's domains, and what to publish for it.
    ///
    /// `GET /api/ssl/v1/{sslId}/dcv` (section View SSL certificates).
    #[inline]
    pub fn dcv(self, id: impl Into<SslId>) -> Call<'c, Json<DcvDetails>> {
        self.call(&ops::GET_DCV).path(id.into())
    }

    /// Has the CA check the domains again. That only starts the check: [`dcv`](Ssl::dcv) tells
    /// the result later.
    ///
    /// `POST /api/ssl/v1/{sslId}/dcv/recheck` (section View SSL certificates).
    #[inline]
    pub fn recheck_dcv(self, id: impl Into<SslId>) -> Call<'c, Empty> {
        self.call(&ops::RECHECK_DCV).path(id.into())
    }

    /// Orders a certificate for the key of a CSR. It may take minutes.
    ///
    /// `POST /api/ssl/v1/enroll` (section Enroll SSL certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, csr: &str) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ssl::SslEnrollment;
    /// let order = SslEnrollment::new(7, 2215, csr).term(365);
    /// let id = scm.ssl().enroll(&order).await?.id;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](Ssl::list) by common name before ordering again.
    #[doc(alias("issue", "order"))]
    #[inline]
    pub fn enroll(self, order: &SslEnrollment) -> Call<'c, Json<SslOrder>> {
        self.call(&ops::ENROLL).json(&order.with_names())
    }

    /// Orders a certificate for a key that a Private Key Agent or an Azure Key Vault makes. It
    /// may take minutes.
    ///
    /// `POST /api/ssl/v1/enroll-keygen` (section Enroll SSL certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ssl::{KeyGenerationMethod, SslKeygenEnrollment};
    /// let order = SslKeygenEnrollment::new(7, 2215, "www.example.com")
    ///     .key_generation(KeyGenerationMethod::PrivateKeyAgent);
    /// let id = scm.ssl().enroll_keygen(&order).await?.id;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`enroll`](Ssl::enroll).
    #[inline]
    pub fn enroll_keygen(self, order: &SslKeygenEnrollment) -> Call<'c, Json<SslOrder>> {
        self.call(&ops::ENROLL_KEYGEN).json(&order.with_names())
    }

    /// Downloads an issued certificate, in the vendor's own format where none is asked for.
    ///
    /// `GET /api/ssl/v1/collect/{sslId}` (section Enroll SSL certificate).
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
        id: impl Into<SslId>,
        format: impl Into<Option<CertificateFormat>>,
    ) -> Call<'c, CertificateFile> {
        self.call(&ops::COLLECT)
            .path(id.into())
            .query(&format::asked(format))
    }

    /// Waits until a certificate is issued, and collects it with its chain, the leaf first.
    ///
    /// `GET /api/ssl/v1/collect/{sslId}` (section Enroll SSL certificate), repeated.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::IssuanceError> {
    /// let chain = scm.ssl().wait_for_issuance(876).await?;
    /// println!("{}", chain.leaf().subject());
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn wait_for_issuance(self, id: impl Into<SslId>) -> Issuance<'c> {
        Issuance::new(self.client, &ISSUANCE, id.into().value())
    }

    /// Makes a link under which the Private Key Agent hands out the key of a certificate.
    ///
    /// `POST /api/ssl/v1/keystore/{sslId}/{formatType}` (section Enroll SSL certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, phrase: &str) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ssl::{KeystoreFormat, KeystoreProtection};
    /// let protection = KeystoreProtection::new().pass_phrase(phrase);
    /// let link = scm.ssl().create_keystore_link(876, KeystoreFormat::Pem, &protection).await?;
    /// # Ok(()) }
    /// ```
    #[doc(alias("pfx", "p12", "jks", "download"))]
    #[inline]
    pub fn create_keystore_link(
        self,
        id: impl Into<SslId>,
        format: impl Into<KeystoreFormat>,
        protection: &KeystoreProtection,
    ) -> Call<'c, Json<KeystoreLink>> {
        self.call(&ops::CREATE_KEYSTORE_LINK)
            .path(id.into())
            .path(format.into())
            .json(protection)
    }

    /// Approves a request, with a remark of 1 to 512 characters.
    ///
    /// `POST /api/ssl/v1/approve/{sslId}` (section Enroll SSL certificate).
    #[inline]
    pub fn approve(self, id: impl Into<SslId>, message: &str) -> Call<'c, Empty> {
        self.remark(&ops::APPROVE, id, message)
    }

    /// Declines a request, with a remark of 1 to 512 characters.
    ///
    /// `POST /api/ssl/v1/decline/{sslId}` (section Enroll SSL certificate).
    #[inline]
    pub fn decline(self, id: impl Into<SslId>, message: &str) -> Call<'c, Empty> {
        self.remark(&ops::DECLINE, id, message)
    }

    /// Changes what is set in `update`, and returns the certificate as it is then.
    ///
    /// `PUT /api/ssl/v1` (section Manage SSL certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ssl::{AutoRenewal, SslUpdate};
    /// let update = SslUpdate::new().auto_renewal(AutoRenewal::NotScheduled);
    /// scm.ssl().update(876, &update).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn update(
        self,
        id: impl Into<SslId>,
        update: &SslUpdate,
    ) -> Call<'c, Json<SslCertificate>> {
        self.call(&ops::UPDATE)
            .json(&Joined(Updated::new(id), update))
    }

    /// Has the CA revoke a certificate.
    ///
    /// `POST /api/ssl/v1/revoke/{sslId}` (section Manage SSL certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::{cert_core::RevocationReason, ssl::SslRevocation};
    /// let lost = SslRevocation::new("key lost").code(RevocationReason::KeyCompromise);
    /// scm.ssl().revoke(876, &lost).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Code -102 where it is not issued or revoked already.
    #[inline]
    pub fn revoke(self, id: impl Into<SslId>, revocation: &SslRevocation) -> Call<'c, Empty> {
        self.call(&ops::REVOKE).path(id.into()).json(revocation)
    }

    /// Has the CA revoke the certificate with a serial number.
    ///
    /// `POST /api/ssl/v1/revoke/serial/{serialNumber}` (section Manage SSL certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ssl::SslRevocation;
    /// let serial = "0f:ae:11:22".into();
    /// scm.ssl().revoke_by_serial(&serial, &SslRevocation::new("server retired")).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`revoke`](Ssl::revoke).
    #[inline]
    pub fn revoke_by_serial(
        self,
        serial: &SerialNumber,
        revocation: &SslRevocation,
    ) -> Call<'c, Empty> {
        self.call(&ops::REVOKE_BY_SERIAL)
            .path(serial)
            .json(revocation)
    }

    /// Notes that a certificate was revoked elsewhere; the CA is not asked.
    ///
    /// `POST /api/ssl/v1/revoke/manual` (section Manage SSL certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ManualRevocation;
    /// let revocation = ManualRevocation::new().date("2026-11-28");
    /// scm.ssl().mark_revoked(876, &revocation).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn mark_revoked(
        self,
        id: impl Into<SslId>,
        revocation: &ManualRevocation,
    ) -> Call<'c, Empty> {
        let revoked = MarkRevoked::by_id(id.into().value(), revocation);
        self.call(&ops::REVOKE_MANUAL).json(&revoked)
    }

    /// Notes that the certificate with a serial number and issuer was revoked elsewhere.
    ///
    /// `POST /api/ssl/v1/revoke/manual` (section Manage SSL certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ManualRevocation;
    /// let (serial, when) = ("0f:ae:11:22".into(), ManualRevocation::new().date("2026-11-28"));
    /// scm.ssl().mark_revoked_by_serial(&serial, "CN=Example CA", &when).await?;
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

    /// Orders the renewal of a certificate by its renewal key; the number of the new one is not
    /// told. It may take minutes.
    ///
    /// `POST /api/ssl/v1/renew/{renewId}` (section Manage SSL certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, csr: &str) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ssl::SslRenewalByRenewId;
    /// let renew_id = "Nhd5pWmTgrfiFrR5u1O8".into();
    /// scm.ssl().renew_by_renew_id(&renew_id, &SslRenewalByRenewId::new().csr(csr)).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`enroll`](Ssl::enroll); code -180 where the profile forbids renewal.
    #[inline]
    pub fn renew_by_renew_id(
        self,
        renew_id: &RenewId,
        renewal: &SslRenewalByRenewId,
    ) -> Call<'c, Empty> {
        self.call(&ops::RENEW_BY_RENEW_ID)
            .path(renew_id)
            .json(renewal)
    }

    /// Orders the renewal of a certificate, and tells the number of the new one. It may take
    /// minutes.
    ///
    /// `POST /api/ssl/v1/renewById/{sslId}` (section Manage SSL certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, csr: &str) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ssl::SslRenewal;
    /// let renewal = SslRenewal::new().csr(csr);
    /// let id = scm.ssl().renew(876, &renewal).await?.id;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`renew_by_renew_id`](Ssl::renew_by_renew_id).
    #[inline]
    pub fn renew(self, id: impl Into<SslId>, renewal: &SslRenewal) -> Call<'c, Json<SslOrder>> {
        self.call(&ops::RENEW).path(id.into()).json(renewal)
    }

    /// Notes that a certificate was renewed elsewhere; nothing is ordered.
    ///
    /// `POST /api/ssl/v1/renew/manual/{sslId}` (section Manage SSL certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ssl::SslSuccessor;
    /// let successor = SslSuccessor::new().id(877);
    /// scm.ssl().mark_renewed(876, &successor).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn mark_renewed(self, id: impl Into<SslId>, successor: &SslSuccessor) -> Call<'c, Empty> {
        self.call(&ops::MARK_RENEWED)
            .path(id.into())
            .json(successor)
    }

    /// Orders a certificate for another key in the place of one, under the same number. It may
    /// take minutes.
    ///
    /// `POST /api/ssl/v1/replace/{sslId}` (section Manage SSL certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, csr: &str) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ssl::SslReplacement;
    /// let replacement = SslReplacement::new(csr, "key lost");
    /// scm.ssl().replace(876, &replacement).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`enroll`](Ssl::enroll); code -1148 where it is installed automatically.
    #[doc(alias("reissue", "rekey"))]
    #[inline]
    pub fn replace(self, id: impl Into<SslId>, replacement: &SslReplacement) -> Call<'c, Empty> {
        self.call(&ops::REPLACE).path(id.into()).json(replacement)
    }

    /// Deletes an imported or discovered certificate; no other can be deleted.
    ///
    /// `DELETE /api/ssl/v1/{sslId}` (section Manage SSL certificate).
    #[inline]
    pub fn delete(self, id: impl Into<SslId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    /// Imports the certificates of a ZIP archive for one organization. Files can fail one by
    /// one: look at [`ArchiveImport::errors`].
    ///
    /// `POST /api/ssl/v1/import` (section Manage SSL certificate).
    #[inline]
    pub fn import_archive(
        self,
        organization: impl Into<OrganizationId>,
        zip: impl Into<Bytes>,
    ) -> Call<'c, Json<ArchiveImport>> {
        let form = Multipart::new().file("file", "certs.zip", "application/zip", zip);
        self.call(&ops::IMPORT)
            .query(&[("orgId", organization.into())])
            .multipart(form)
    }

    /// Imports up to 128 certificates. Entries can fail one by one: look at
    /// [`ImportResult::outcome`].
    ///
    /// `POST /api/ssl/v2/import` (section Manage SSL certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, pem: &str) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ssl::SslImport;
    /// let certificate = SslImport::new(7, pem).owner("ada@example.com");
    /// for entry in scm.ssl().import(&[certificate]).await? {
    ///     println!("{:?}", entry.outcome());
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn import(self, certificates: &[SslImport]) -> Call<'c, Json<Vec<ImportResult<SslId>>>> {
        self.call(&ops::IMPORT_EXTENDED).json(&Batch(certificates))
    }

    fn remark(self, op: &'static Op, id: impl Into<SslId>, message: &str) -> Call<'c, Empty> {
        self.call(op).path(id.into()).json(&Remark::new(message))
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
