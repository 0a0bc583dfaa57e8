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
use cert_core::SerialNumber;
use cert_core::client::{Call, Empty, Json, Multipart, Op, Pages};

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
use self::update::SslUpdateOf;
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

    /// The customer's own fields for SSL certificates.
    #[inline]
    pub fn list_custom_fields(self) -> Call<'c, Json<Vec<CustomFieldDefinition>>> {
        self.call(&ops::LIST_CUSTOM_FIELDS)
    }

    /// The places where a certificate is installed.
    #[must_use]
    pub fn locations(self, id: impl Into<SslId>) -> Locations<'c> {
        Locations::new(self.client, &LOCATIONS, id.into().value())
    }

    /// The certificates that match, with few fields each, in pages of at most 200.
    #[inline]
    pub fn list(self, filter: &SslFilter) -> Pages<'c, List<SslSummary>> {
        let filter = filter.clone();
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
        self.call(&ops::COUNT).query(&Counted(filter))
    }

    /// Everything about one certificate.
    #[inline]
    pub fn get(self, id: impl Into<SslId>) -> Call<'c, Json<SslCertificate>> {
        self.call(&ops::GET).path(id.into())
    }

    /// How far the validation of its domains has come, and what to publish for it.
    #[inline]
    pub fn dcv(self, id: impl Into<SslId>) -> Call<'c, Json<DcvDetails>> {
        self.call(&ops::GET_DCV).path(id.into())
    }

    /// Has the CA check its domains again. That only starts the check: [`dcv`](Ssl::dcv) tells
    /// the result later.
    #[inline]
    pub fn recheck_dcv(self, id: impl Into<SslId>) -> Call<'c, Empty> {
        self.call(&ops::RECHECK_DCV).path(id.into())
    }

    /// Orders a certificate for the key of a CSR. It may take minutes.
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](Ssl::list) by common name before ordering again.
    #[inline]
    pub fn enroll(self, order: &SslEnrollment) -> Call<'c, Json<SslOrder>> {
        self.call(&ops::ENROLL).json(&order.with_names())
    }

    /// Orders a certificate for a key that a Private Key Agent or an Azure Key Vault makes. It
    /// may take minutes.
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
    /// # Errors
    ///
    /// Not ready yet: HTTP 400 with code 0, -183, -1400, -103 or -109, or a success without
    /// content (kind [`Unexpected`](crate::ErrorKind::Unexpected)). Revoked, and never ready:
    /// code -110 or -192.
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
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::IssuanceError> {
    /// let chain = scm.ssl().wait_for_issuance(876).await?;
    /// println!("{}", chain.leaf().subject());
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn wait_for_issuance(self, id: impl Into<SslId>) -> Issuance<'c> {
        Issuance::new(self.client, &ISSUANCE, id.into().value())
    }

    /// Makes a link under which the Private Key Agent hands out the key of a certificate.
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
    #[inline]
    pub fn approve(self, id: impl Into<SslId>, message: &str) -> Call<'c, Empty> {
        self.remark(&ops::APPROVE, id, message)
    }

    /// Declines a request, with a remark of 1 to 512 characters.
    #[inline]
    pub fn decline(self, id: impl Into<SslId>, message: &str) -> Call<'c, Empty> {
        self.remark(&ops::DECLINE, id, message)
    }

    /// Changes what is set in `update`, and returns the certificate as it is then.
    #[inline]
    pub fn update(
        self,
        id: impl Into<SslId>,
        update: &SslUpdate,
    ) -> Call<'c, Json<SslCertificate>> {
        let ssl_id = id.into();
        self.call(&ops::UPDATE)
            .json(&SslUpdateOf { ssl_id, update })
    }

    /// Has the CA revoke a certificate.
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
    pub fn renew(self, id: impl Into<SslId>, renewal: &SslRenewal) -> Call<'c, Json<SslOrder>> {
        self.call(&ops::RENEW).path(id.into()).json(renewal)
    }

    /// Notes that a certificate was renewed elsewhere; nothing is ordered.
    #[inline]
    pub fn mark_renewed(self, id: impl Into<SslId>, successor: &SslSuccessor) -> Call<'c, Empty> {
        self.call(&ops::MARK_RENEWED)
            .path(id.into())
            .json(successor)
    }

    /// Orders a certificate for another key in the place of one, under the same number. It may
    /// take minutes.
    ///
    /// # Errors
    ///
    /// As [`enroll`](Ssl::enroll); code -1148 where it is installed automatically.
    #[inline]
    pub fn replace(self, id: impl Into<SslId>, replacement: &SslReplacement) -> Call<'c, Empty> {
        self.call(&ops::REPLACE).path(id.into()).json(replacement)
    }

    /// Deletes an imported or discovered certificate; no other can be deleted.
    #[inline]
    pub fn delete(self, id: impl Into<SslId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    /// Imports the certificates of a ZIP archive for one organization. Files can fail one by
    /// one: look at [`ArchiveImport::errors`].
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
