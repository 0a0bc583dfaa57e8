//! What is sent to order, import and revoke certificates.

use cert_core::{Certificate, CertificateSigningRequest, Encoded, Secret};
use serde::{Deserialize, Serialize};

use crate::certificates::import::{base64, base64_option};
use crate::{
    BackendCertId, CustomField, OrganizationId, Pkcs12Encryption, ProfileId, Revocation, SmimeId,
};

/// A request that was accepted, and the certificate to come.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SmimeOrder {
    /// Number of the certificate to come. Older versions do not tell it.
    pub id: Option<SmimeId>,
    /// Number of its order at the CA. Deprecated by the vendor for `backend_cert_id`.
    pub order_number: Option<i64>,
    /// Its name at the CA.
    pub backend_cert_id: Option<BackendCertId>,
}

cert_core::request! {
    /// A certificate to be issued for a person, for the key of a CSR.
    ///
    /// A person with a new address becomes known by it. First, middle and last name, joined by
    /// blanks, must have 1 to 64 characters.
    pub struct SmimeEnrollment(
        /// Whose it will be.
        #[serde(rename = "orgId")]
        organization: OrganizationId,
        /// E-mail address of the person, at most 128 characters.
        email: String,
        /// First name of the person.
        first_name: String,
        /// Last name of the person.
        last_name: String,
    ) {
        /// The CSR, PEM or bare base64.
        csr: Encoded<CertificateSigningRequest>,
        /// The profile.
        #[serde(rename = "certType")]
        profile: ProfileId,
        /// Validity in days, one of the profile's terms.
        term: u32,
        /// Middle name of the person.
        middle_name: String,
        /// Phone number of the person, at most 32 digits, blanks and `#|()-+x`.
        phone: String,
        /// Further e-mail addresses of the person.
        secondary_emails: Vec<String>,
        /// Common name of the subject, at most 64 characters; the full name without it.
        common_name: String,
        /// The person's `eduPersonPrincipalName`, at most 128 characters.
        #[serde(rename = "eppn")]
        edu_person_principal_name: String,
        /// The person's `userPrincipalName`, at most 256 characters.
        #[serde(rename = "upn")]
        user_principal_name: String,
        /// Custom fields; every mandatory one is needed.
        custom_fields: Vec<CustomField>,
        /// Remarks, at most 1,024 characters.
        comments: String,
    }
}

cert_core::request! {
    /// A certificate from elsewhere that is to be managed.
    pub struct SmimeImport(
        /// Whose it will be. The vendor spells the name differently here.
        #[serde(rename = "orgID")]
        organization: OrganizationId,
        /// The certificate, base64 of its DER form; its common name must hold an e-mail address.
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
        /// Remarks, at most 1,024 characters.
        comments: String,
        /// Changes the fields of a certificate that is managed already.
        force: bool,
    }
}

/// Protects a key store.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct KeystoreRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) encryption_type: Option<Pkcs12Encryption>,
    #[serde(serialize_with = "Secret::serialize_exposed")]
    pub(super) passphrase: Secret,
}

/// A revocation of everything that a person has.
#[derive(Serialize)]
pub(super) struct RevocationOfPerson<'a> {
    pub(super) email: &'a str,
    #[serde(flatten)]
    pub(super) revocation: &'a Revocation,
}
