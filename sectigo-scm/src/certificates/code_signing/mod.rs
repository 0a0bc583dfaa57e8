//! Code signing certificates: import, and what was revoked elsewhere.
//!
//! Certificate Manager lists them in its reports; orders go through web forms.
//!
//! ```no_run
//! use sectigo_scm::code_signing::CodeSigningImport;
//! use sectigo_scm::OrganizationId;
//!
//! # async fn demo(scm: sectigo_scm::Client, base64: String) -> Result<(), sectigo_scm::Error> {
//! let certificate = CodeSigningImport::new(OrganizationId::from(7), base64);
//! for entry in scm.code_signing().import(&[certificate]).await? {
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
use cert_core::{Certificate, CertificateSigningRequest, Encoded};

use self::operations as ops;
pub use self::operations::OPERATIONS;
use crate::certificates::import::{base64, base64_option, batch};
use crate::{
    BackendCertId, Client, CodeSigningId, CustomField, ImportResult, ManualRevocation,
    OrganizationId,
};

cert_core::request! {
    /// A certificate from elsewhere that is to be managed.
    pub struct CodeSigningImport(
        /// Whose it will be. The vendor spells the name differently here.
        #[serde(rename = "orgID")]
        organization: OrganizationId,
        /// The certificate; goes as base64 of its DER form, also where it is given as PEM.
        #[serde(serialize_with = "base64")]
        cert: Encoded<Certificate>,
    ) {
        /// Custom fields.
        custom_fields: Vec<CustomField>,
        /// Its name at the CA, at most 255 characters.
        backend_cert_id: BackendCertId,
        /// Its CSR; goes as base64 of its DER form, also where it is given as PEM.
        #[serde(serialize_with = "base64_option")]
        csr: Encoded<CertificateSigningRequest>,
        /// Changes the fields of a certificate that is managed already.
        force: bool,
    }
}

/// The code signing certificates of an account. Made by [`Client::code_signing`].
#[derive(Debug, Clone, Copy)]
pub struct CodeSigning<'c> {
    client: &'c Client,
}

impl<'c> CodeSigning<'c> {
    pub(crate) fn new(client: &'c Client) -> Self {
        Self { client }
    }

    /// Imports up to 128 certificates. Entries can fail one by one: look at
    /// [`ImportResult::outcome`].
    #[inline]
    pub fn import(
        self,
        certificates: &[CodeSigningImport],
    ) -> Call<'c, Json<Vec<ImportResult<CodeSigningId>>>> {
        self.client
            .call(&ops::IMPORT)
            .json(certificates)
            .check(batch(certificates))
    }

    /// Notes that a certificate was revoked elsewhere; the CA is not asked.
    #[inline]
    pub fn mark_revoked(self, revocation: &ManualRevocation<CodeSigningId>) -> Call<'c, Empty> {
        self.client
            .call(&ops::REVOKE_MANUAL)
            .json(revocation)
            .check(revocation.checked())
    }
}
