//! Code signing certificates: import, and what was revoked elsewhere.
//!
//! Certificate Manager lists them in its reports; orders go through web forms.
//!
//! ```no_run
//! use sectigo_scm::code_signing::CodeSigningImport;
//!
//! # async fn demo(scm: sectigo_scm::Client, base64: String) -> Result<(), sectigo_scm::Error> {
//! let certificate = CodeSigningImport::new(7, base64);
//! for entry in scm.code_signing_certificates().import(&[certificate]).await? {
//!     match entry.outcome() {
//!         Ok(certificate) => println!("managed: {certificate:?}"),
//!         Err(reason) => eprintln!("refused: {reason}"),
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod operations;

use cert_core::client::{Call, Empty, Json};
use cert_core::{Certificate, CertificateSigningRequest, Encoded, SerialNumber};

use self::operations as ops;
pub use self::operations::OPERATIONS;
use super::import::{Base64, Batch};
use super::manual_revocation::MarkRevoked;
use crate::{
    BackendCertId, Client, CodeSigningId, CustomField, ImportResult, ManualRevocation,
    OrganizationId,
};

cert_core::request! {
    /// Code signing certificate from elsewhere that is to be managed.
    pub struct CodeSigningImport(
        /// Organization that will own the certificate.
        #[id(1..)]
        #[wire("orgID")]
        organization: OrganizationId,
        /// Certificate; sent as base64 of its DER form, also where it is given as PEM.
        #[length(1..)]
        #[wire("cert" as Base64)]
        certificate: Encoded<Certificate>,
    ) {
        /// Custom fields.
        custom_fields: Vec<CustomField>,
        /// Name of the certificate at the CA.
        #[length(..=255)]
        backend_cert_id: BackendCertId,
        /// CSR; sent as base64 of its DER form, also where it is given as PEM.
        #[wire("csr" as Base64)]
        csr: Encoded<CertificateSigningRequest>,
        /// Whether the fields of a certificate that is managed already are changed.
        force: bool,
    }
}

impl Client {
    /// Code signing certificates.
    #[must_use]
    pub fn code_signing_certificates(&self) -> CodeSigningCertificates<'_> {
        CodeSigningCertificates { client: self }
    }
}

/// The code signing certificates of an account. Made by [`Client::code_signing_certificates`].
#[derive(Debug, Clone, Copy)]
pub struct CodeSigningCertificates<'c> {
    client: &'c Client,
}

impl<'c> CodeSigningCertificates<'c> {
    /// Imports 1 to 128 certificates. Entries can fail one by one: look at
    /// [`ImportResult::outcome`].
    ///
    /// `POST /api/cscert/v1/import` (section Manage code signing certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client, pem: &str) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::code_signing::CodeSigningImport;
    /// let certificate = CodeSigningImport::new(7, pem).force(true);
    /// for entry in scm.code_signing_certificates().import(&[certificate]).await? {
    ///     println!("{:?}", entry.outcome());
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn import(
        self,
        certificates: &[CodeSigningImport],
    ) -> Call<'c, Json<Vec<ImportResult<CodeSigningId>>>> {
        self.client.call(&ops::IMPORT).json(&Batch(certificates))
    }

    /// Notes that a certificate was revoked elsewhere; the CA is not asked.
    ///
    /// `POST /api/cscert/v1/revoke/manual` (section Manage code signing certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ManualRevocation;
    /// let revocation = ManualRevocation::new().date("2026-11-28");
    /// scm.code_signing_certificates().mark_revoked(876, &revocation).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn mark_revoked(
        self,
        id: impl Into<CodeSigningId>,
        revocation: &ManualRevocation,
    ) -> Call<'c, Empty> {
        let revoked = MarkRevoked::by_id(id.into().value(), revocation);
        self.client.call(&ops::REVOKE_MANUAL).json(&revoked)
    }

    /// Notes that the certificate with a serial number and issuer was revoked elsewhere.
    ///
    /// `POST /api/cscert/v1/revoke/manual` (section Manage code signing certificate).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ManualRevocation;
    /// let (serial, when) = ("0f:ae:11:22".into(), ManualRevocation::new().date("2026-11-28"));
    /// let certificates = scm.code_signing_certificates();
    /// certificates.mark_revoked_by_serial(&serial, "CN=Example CA", &when).await?;
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
        self.client.call(&ops::REVOKE_MANUAL).json(&revoked)
    }
}
