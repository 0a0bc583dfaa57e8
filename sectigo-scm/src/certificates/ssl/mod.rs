//! SSL certificates: profiles, orders, collection, renewal, replacement, revocation, import.
//!
//! ```no_run
//! use sectigo_scm::ssl::{SslFilter, SslStatus};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! let mut certificates = scm.ssl().list(SslFilter::new().status(SslStatus::Issued));
//! while let Some(certificate) = certificates.next().await {
//!     let certificate = certificate?;
//!     println!("{} {:?}", certificate.ssl_id, certificate.common_name);
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
use cert_core::{CertificateChain, Secret, SerialNumber};

pub use self::certificate::{
    AutoInstallDetails, AutoRenewDetails, DiscoveryStatus, InstallNode, InstallState, RenewalState,
    RequestedVia, SslCertificate, SslStatus, SslSummary,
};
pub use self::filter::SslFilter;
pub use self::operations::OPERATIONS;
pub use self::order::{
    AzureKeyVault, KeyAlgorithm, KeyGenerationMethod, KeystoreFormat, KeystoreLink, SslEnrollment,
    SslImport, SslKeygenEnrollment, SslOrder, SslRenewal, SslRenewalByRenewId, SslReplacement,
    SslSuccessor,
};
pub use self::update::{AutoRenewal, SslUpdate};
use self::{operations as ops, order::KeystoreRequest};
use crate::certificates::import::batch;
use crate::certificates::issuance::{IssuanceError, Patience, wait};
use crate::certificates::locations::Operations;
use crate::certificates::remark::Remark;
use crate::paging::{List, PAGE_SIZE, PageQuery, Total};
use crate::{
    ArchiveImport, CertificateFile, CertificateFormat, Client, CustomFieldDefinition, DcvDetails,
    ImportResult, Locations, ManualRevocation, OrganizationId, Profile, RenewId, Revocation, SslId,
};

static LOCATIONS: Operations = Operations {
    list: &ops::LIST_LOCATIONS,
    create: &ops::CREATE_LOCATION,
    get: &ops::GET_LOCATION,
    update: &ops::UPDATE_LOCATION,
    delete: &ops::DELETE_LOCATION,
};

/// The SSL certificates of an account. Made by [`Client::ssl`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password.
#[derive(Debug, Clone, Copy)]
pub struct Ssl<'c> {
    client: &'c Client,
}

impl<'c> Ssl<'c> {
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
    }

    /// The customer's own fields for SSL certificates.
    #[inline]
    pub fn list_custom_fields(self) -> Call<'c, Json<Vec<CustomFieldDefinition>>> {
        self.call(&ops::LIST_CUSTOM_FIELDS)
            .accept("application/json")
    }

    /// The places where a certificate is installed.
    #[must_use]
    pub fn locations(self, id: SslId) -> Locations<'c> {
        Locations::new(self.client, &LOCATIONS, id.value())
    }

    /// The certificates that match, with few fields each, in pages of at most 200.
    #[inline]
    pub fn list(self, filter: SslFilter) -> Pages<'c, List<SslSummary>> {
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// How many certificates match; a filter by SHA-256 fingerprint is refused before anything
    /// is sent, as the vendor knows it for lists only.
    #[inline]
    pub fn count(self, filter: &SslFilter) -> Call<'c, Total> {
        self.call(&ops::COUNT)
            .query(filter)
            .check(filter.countable())
    }

    /// Everything about one certificate.
    #[inline]
    pub fn get(self, id: SslId) -> Call<'c, Json<SslCertificate>> {
        self.call(&ops::GET).path(id)
    }

    /// How far the validation of its domains has come, and what to publish for it.
    #[inline]
    pub fn dcv(self, id: SslId) -> Call<'c, Json<DcvDetails>> {
        self.call(&ops::GET_DCV).path(id)
    }

    /// Has the CA check its domains again. That only starts the check: [`dcv`](Ssl::dcv) tells
    /// the result later.
    #[inline]
    pub fn recheck_dcv(self, id: SslId) -> Call<'c, Empty> {
        self.call(&ops::RECHECK_DCV).path(id)
    }

    /// Orders a certificate for the key of a CSR. It may take minutes.
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](Ssl::list) by common name before ordering again.
    #[inline]
    pub fn enroll(self, order: &SslEnrollment) -> Call<'c, Json<SslOrder>> {
        self.call(&ops::ENROLL).json(order)
    }

    /// Orders a certificate for a key that a Private Key Agent or an Azure Key Vault makes. It
    /// may take minutes.
    ///
    /// # Errors
    ///
    /// As [`enroll`](Ssl::enroll).
    #[inline]
    pub fn enroll_keygen(self, order: &SslKeygenEnrollment) -> Call<'c, Json<SslOrder>> {
        self.call(&ops::ENROLL_KEYGEN)
            .json(order)
            .masking(order.secret())
    }

    /// Downloads an issued certificate.
    ///
    /// # Errors
    ///
    /// Not ready yet: HTTP 400 with code 0, -183, -1400, -103 or -109, or a success without
    /// content (kind [`Unexpected`](crate::ErrorKind::Unexpected)). Revoked, and never ready:
    /// code -110 or -192.
    #[inline]
    pub fn collect(self, id: SslId, format: CertificateFormat) -> Call<'c, CertificateFile> {
        self.call(&ops::COLLECT)
            .path(id)
            .query(&[("format", format)])
    }

    /// Waits until a certificate is issued, and collects it with its chain, the leaf first.
    ///
    /// A replacement keeps the number: compare the leaf's key with that of the new CSR.
    /// Dropping the future ends the wait; the order stays.
    ///
    /// ```no_run
    /// use sectigo_scm::{Client, IssuanceError, Patience, SslId};
    ///
    /// # async fn demo(scm: Client, id: SslId) -> Result<(), IssuanceError> {
    /// let chain = scm.ssl().wait_for_issuance(id, Patience::default()).await?;
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
        id: SslId,
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

    /// Makes a link under which the Private Key Agent hands out the key of a certificate.
    ///
    /// `pass_phrase` protects the key store, at most 32 characters after the organization's
    /// password policy.
    #[inline]
    pub fn create_keystore_link(
        self,
        id: SslId,
        format: KeystoreFormat,
        pass_phrase: impl Into<Secret>,
    ) -> Call<'c, Json<KeystoreLink>> {
        let request = KeystoreRequest {
            passphrase: pass_phrase.into(),
        };
        self.call(&ops::CREATE_KEYSTORE_LINK)
            .path(id)
            .path(format)
            .accept("application/json")
            .json(&request)
            .masking(Some(&request.passphrase))
    }

    /// Approves a request, with a remark of 1 to 512 characters.
    #[inline]
    pub fn approve(self, id: SslId, message: &str) -> Call<'c, Empty> {
        self.remark(&ops::APPROVE, id, message)
    }

    /// Declines a request, with a remark of 1 to 512 characters.
    #[inline]
    pub fn decline(self, id: SslId, message: &str) -> Call<'c, Empty> {
        self.remark(&ops::DECLINE, id, message)
    }

    /// Changes what is set in `update`, and returns the certificate as it is then.
    #[inline]
    pub fn update(self, update: &SslUpdate) -> Call<'c, Json<SslCertificate>> {
        self.call(&ops::UPDATE)
            .accept("application/json")
            .json(update)
    }

    /// Has the CA revoke a certificate.
    ///
    /// # Errors
    ///
    /// Code -102 where it is not issued or revoked already.
    #[inline]
    pub fn revoke(self, id: SslId, revocation: &Revocation) -> Call<'c, Empty> {
        self.call(&ops::REVOKE)
            .path(id)
            .json(revocation)
            .check(revocation.checked())
    }

    /// Has the CA revoke the certificate with a serial number.
    ///
    /// # Errors
    ///
    /// As [`revoke`](Ssl::revoke).
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
    pub fn mark_revoked(self, revocation: &ManualRevocation<SslId>) -> Call<'c, Empty> {
        self.call(&ops::REVOKE_MANUAL)
            .json(revocation)
            .check(revocation.checked())
    }

    /// Orders the renewal of a certificate by its renewal key; the number of the new one is not
    /// told. It may take minutes.
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
    /// # Errors
    ///
    /// As [`renew_by_renew_id`](Ssl::renew_by_renew_id).
    #[inline]
    pub fn renew(self, id: SslId, renewal: &SslRenewal) -> Call<'c, Json<SslOrder>> {
        self.call(&ops::RENEW).path(id).json(renewal)
    }

    /// Notes that a certificate was renewed elsewhere; nothing is ordered.
    #[inline]
    pub fn mark_renewed(self, id: SslId, successor: &SslSuccessor) -> Call<'c, Empty> {
        self.call(&ops::MARK_RENEWED).path(id).json(successor)
    }

    /// Orders a certificate for another key in the place of one, under the same number. It may
    /// take minutes.
    ///
    /// # Errors
    ///
    /// As [`enroll`](Ssl::enroll); code -1148 where it is installed automatically.
    #[inline]
    pub fn replace(self, id: SslId, replacement: &SslReplacement) -> Call<'c, Empty> {
        self.call(&ops::REPLACE)
            .path(id)
            .json(replacement)
            .check(replacement.checked())
    }

    /// Deletes an imported or discovered certificate; no other can be deleted.
    #[inline]
    pub fn delete(self, id: SslId) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id)
    }

    /// Imports the certificates of a ZIP archive for one organization. Files can fail one by
    /// one: look at [`ArchiveImport::errors`].
    #[inline]
    pub fn import_archive(
        self,
        organization: OrganizationId,
        zip: impl Into<Bytes>,
    ) -> Call<'c, Json<ArchiveImport>> {
        let form = Multipart::new().file("file", "certs.zip", "application/zip", zip);
        self.call(&ops::IMPORT)
            .query(&[("orgId", organization)])
            .multipart(form)
    }

    /// Imports up to 128 certificates. Entries can fail one by one: look at
    /// [`ImportResult::outcome`].
    #[inline]
    pub fn import(self, certificates: &[SslImport]) -> Call<'c, Json<Vec<ImportResult<SslId>>>> {
        self.call(&ops::IMPORT_EXTENDED)
            .json(certificates)
            .check(batch(certificates))
    }

    fn remark(self, op: &'static Op, id: SslId, message: &str) -> Call<'c, Empty> {
        let remark = Remark::new(message);
        self.call(op).path(id).json(&remark).check(remark.checked())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
