//! Requests to order, import and revoke certificates.

use cert_core::{Certificate, CertificateSigningRequest, Encoded, Secret, Violation};

use crate::certificates::import::Base64;
use crate::certificates::profile_check::{Wanted, WantedKey, Wants, enrollments};
use crate::phone::dialled;
use crate::{
    BackendCertId, CertType, CustomField, OrganizationId, Pkcs12Encryption, ProfileId, SmimeId,
};

cert_core::response! {
    /// A request that was accepted, and the certificate to come.
    pub struct SmimeOrder {
        /// Number of the certificate to come. Older versions do not tell it.
        pub id: Option<SmimeId>,
        /// Number of its order at the CA. Deprecated by the vendor for `backend_cert_id`.
        pub order_number: Option<i64>,
        /// Name of the certificate at the CA.
        pub backend_cert_id: Option<BackendCertId>,
    }
}

cert_core::request! {
    /// Client certificate to be issued for a person, for the key of a CSR.
    ///
    /// A person with a new address becomes known by it. First, middle and last name, joined by
    /// blanks, must have 1 to 64 characters.
    pub struct SmimeEnrollment(
        /// Profile of the certificate, as [`Smime::list_profiles`](super::Smime::list_profiles)
        /// tells.
        #[wire("certType")]
        profile: ProfileId,
        /// E-mail address of the person.
        #[length(1..=128)]
        email: String,
        /// First name of the person.
        #[length(1..)]
        first_name: String,
        /// Last name of the person.
        #[length(1..)]
        last_name: String,
    ) {
        /// Organization that will own the certificate.
        #[wire("orgId")]
        organization: OrganizationId,
        /// CSR, PEM or bare base64. Without it the vendor's key vault makes the key.
        csr: Encoded<CertificateSigningRequest>,
        /// Validity in days, one of the profile's terms.
        #[range(1..)]
        term: u32,
        /// Middle name of the person.
        middle_name: String,
        /// Phone number of the person: digits, blanks and `#|()-+x`.
        #[length(..=32)]
        #[valid(dialled)]
        phone: String,
        /// Further e-mail addresses of the person.
        secondary_emails: Vec<String>,
        /// Common name of the subject; the full name without it.
        #[length(..=64)]
        common_name: String,
        /// `eduPersonPrincipalName` of the person.
        #[length(..=128)]
        #[wire("eppn")]
        edu_person_principal_name: String,
        /// `userPrincipalName` of the person.
        #[length(..=256)]
        #[wire("upn")]
        user_principal_name: String,
        /// Custom fields; every mandatory one is needed.
        custom_fields: Vec<CustomField>,
        /// Comments.
        #[length(..=1_024)]
        comments: String,
    } check Self::check_full_name
}

impl SmimeEnrollment {
    fn check_full_name(&self) -> Result<(), Violation> {
        let middle = self.middle_name.as_deref();
        let names = [
            Some(self.first_name.as_str()),
            middle,
            Some(&self.last_name),
        ];
        let names: Vec<_> = names
            .into_iter()
            .flatten()
            .filter(|name| !name.is_empty())
            .collect();
        match names.join(" ").chars().count() {
            1..=64 => Ok(()),
            count => Err(Violation::new(format!(
                "first, middle and last name have {count} characters: they must have 1 to 64"
            ))),
        }
    }
}

impl Wants for SmimeEnrollment {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            kind: CertType::Smime,
            profile: self.profile,
            term: self.term,
            key: self.csr.as_ref().map(WantedKey::OfCsr),
            custom_fields: self.custom_fields.as_deref(),
        }
    }
}

enrollments!(SmimeEnrollment);

cert_core::request! {
    /// Client certificate from elsewhere that is to be managed.
    pub struct SmimeImport(
        /// Organization that will own the certificate.
        #[id(1..)]
        #[wire("orgID")]
        organization: OrganizationId,
        /// Certificate, sent as base64 of its DER form; its common name must hold an e-mail
        /// address.
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
        /// Comments.
        #[length(..=1_024)]
        comments: String,
        /// Whether the fields of a certificate that is managed already are changed.
        force: bool,
    }
}

cert_core::request! {
    /// Protection of a key store that is downloaded.
    pub struct Pkcs12Download() {
        /// Pass phrase that protects the file.
        #[secret(..)]
        #[wire("passphrase")]
        pass_phrase: Secret,
        /// Encryption of the file; AES-256 without it.
        #[wire("encryptionType")]
        encryption: Pkcs12Encryption,
    }
}

cert_core::request! {
    /// Person whose certificates are revoked.
    pub(super) struct OfPerson(
        /// E-mail address of the person.
        #[valid(named)]
        email: String,
    ) {}
}

fn named(email: &str) -> Result<(), Violation> {
    match email.trim() {
        "" => Err(Violation::new("is empty: name the person by an address")),
        _ => Ok(()),
    }
}
