//! Requests to order, renew, replace and import certificates.

use cert_core::client::ExternalUrl;
use cert_core::{
    Certificate, CertificateSigningRequest, Encoded, RevocationReason, Secret, open_enum,
};
use serde::Deserialize;

use crate::certificates::csr::{armoured, dns_names};
use crate::certificates::import::Base64;
use crate::certificates::profile_check::{Wanted, WantedKey, Wants, enrollments};
use crate::certificates::revocation::taken;
use crate::comma_separated::CommaSeparated;
use crate::{
    AzureAccountId, BackendCertId, CertType, CustomField, DcvMode, OrganizationId, ProfileId,
    RenewId, SslId,
};

cert_core::response! {
    /// A request that was accepted, and the certificate to come.
    pub struct SslOrder {
        /// Number of the certificate to come.
        #[wire("sslId")]
        pub id: SslId,
        /// Key for the renewal of the certificate; none where it is itself a renewal.
        pub renew_id: Option<RenewId>,
    }
}

cert_core::request! {
    /// SSL certificate to be issued for the key of a CSR.
    pub struct SslEnrollment(
        /// Organization that will own the certificate.
        #[wire("orgId")]
        organization: OrganizationId,
        /// Profile of the certificate, as [`Ssl::list_profiles`](super::Ssl::list_profiles)
        /// tells.
        #[wire("certType")]
        profile: ProfileId,
        /// CSR, PEM or bare base64.
        #[length(1..=32_767)]
        #[valid(armoured)]
        csr: Encoded<CertificateSigningRequest>,
    ) {
        /// Subject alternative names. The vendor ignores those of the CSR unless they are sent
        /// beside it: where nothing is set here, the DNS names of the CSR are sent, and with an
        /// empty list none.
        #[wire("subjAltNames" as CommaSeparated)]
        subject_alternative_names: Vec<String>,
        /// Validity in days, one of the profile's terms.
        #[range(1..)]
        term: u32,
        /// Comments.
        #[length(..=1_024)]
        comments: String,
        /// Custom fields; every mandatory one is needed.
        custom_fields: Vec<CustomField>,
        /// E-mail addresses of people outside who asked for the certificate, separated by commas.
        #[length(..=512)]
        external_requester: String,
        /// Method of domain control validation; needed only where a domain is not validated yet.
        dcv_mode: DcvMode,
        /// E-mail address for domain control validation in mode `Email`.
        dcv_email: String,
    }
}

impl SslEnrollment {
    /// The order with the DNS names of its CSR, unless it says which names to send.
    pub(super) fn with_names(&self) -> Self {
        let names = match &self.subject_alternative_names {
            Some(names) => names.clone(),
            None => dns_names(&self.csr),
        };
        Self {
            subject_alternative_names: Some(names).filter(|names| !names.is_empty()),
            ..self.clone()
        }
    }
}

impl Wants for SslEnrollment {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            kind: CertType::Ssl,
            profile: self.profile,
            term: self.term,
            key: Some(WantedKey::OfCsr(&self.csr)),
            custom_fields: self.custom_fields.as_deref(),
        }
    }
}

open_enum! {
    /// The algorithm of a key that is made for a certificate.
    pub enum KeyAlgorithm {
        /// RSA.
        Rsa = "RSA",
        /// Elliptic curves.
        Ec = "EC",
    }
}

open_enum! {
    /// Place where the key of a certificate is made.
    pub enum KeyGenerationMethod {
        /// The Private Key Agent in the customer's network.
        PrivateKeyAgent = "PK_AGENT",
        /// An Azure Key Vault.
        AzureKeyVault = "AZURE_KEY_VAULT",
    }
}

cert_core::request! {
    /// Azure Key Vault in which a key is made.
    pub struct AzureKeyVault(
        /// Azure account that Certificate Manager knows.
        #[wire("azureAccountId")]
        account: AzureAccountId,
        /// Resource id of the vault (`/subscriptions/.../vaults/...`).
        #[wire("vaultKey")]
        vault: String,
    ) {}
}

cert_core::request! {
    /// SSL certificate to be issued for a key that is made for it.
    pub struct SslKeygenEnrollment(
        /// Organization that will own the certificate.
        #[wire("orgId")]
        organization: OrganizationId,
        /// Profile of the certificate.
        #[wire("certType")]
        profile: ProfileId,
        /// Common name of the subject.
        #[length(1..=64)]
        common_name: String,
    ) {
        /// Subject alternative names.
        #[wire("subjAltNames" as CommaSeparated)]
        subject_alternative_names: Vec<String>,
        /// Validity in days, one of the profile's terms.
        #[range(1..)]
        term: u32,
        /// Comments.
        #[length(..=1_024)]
        comments: String,
        /// Algorithm of the key.
        algorithm: KeyAlgorithm,
        /// Size of the key in bits, only with an algorithm. Deprecated by the vendor: use
        /// [`key_parameter`](Self::key_parameter).
        #[range(..)]
        key_size: u32,
        /// Size in bits or curve of the key, only with an algorithm.
        #[wire("keyParam")]
        key_parameter: String,
        /// Custom fields; every mandatory one is needed.
        custom_fields: Vec<CustomField>,
        /// E-mail addresses of people outside who asked for the certificate, separated by commas.
        #[length(..=512)]
        external_requester: String,
        /// Place where the key is made.
        #[wire("keyGenerationMethod")]
        key_generation: KeyGenerationMethod,
        /// Pass phrase that protects a key of the Private Key Agent.
        #[secret(8..=64)]
        pass_phrase: Secret,
        /// Vault that makes the key.
        azure_key_vault: AzureKeyVault,
        /// Whether an existing key of the vault is kept.
        reuse_key: bool,
        /// Whether the key may leave the vault; only vaults without HSM.
        exportable_key: bool,
        /// Whether the key must be in an HSM.
        hsm_only: bool,
        /// Method of domain control validation; needed only where a domain is not validated yet.
        dcv_mode: DcvMode,
        /// E-mail address for domain control validation in mode `Email`.
        dcv_email: String,
    }
}

impl SslKeygenEnrollment {
    /// The order, with names only if there are some.
    pub(super) fn with_names(&self) -> Self {
        let names = self.subject_alternative_names.clone();
        Self {
            subject_alternative_names: names.filter(|names| !names.is_empty()),
            ..self.clone()
        }
    }

    fn key<'a>(&'a self, algorithm: &'a KeyAlgorithm) -> WantedKey<'a> {
        let size = self.key_size.map(|bits| bits.to_string());
        let parameter = self.key_parameter.clone().or(size);
        WantedKey::Made(algorithm, parameter)
    }
}

impl Wants for SslKeygenEnrollment {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            kind: CertType::Ssl,
            profile: self.profile,
            term: self.term,
            key: self.algorithm.as_ref().map(|algorithm| self.key(algorithm)),
            custom_fields: self.custom_fields.as_deref(),
        }
    }
}

enrollments!(SslEnrollment, SslKeygenEnrollment);

cert_core::request! {
    /// Changes with a renewal; everything else is taken from the old certificate.
    pub struct SslRenewal() {
        /// New CSR; the old one is used without it.
        #[length(1..=32_767)]
        #[valid(armoured)]
        csr: Encoded<CertificateSigningRequest>,
        /// Method of domain control validation.
        dcv_mode: DcvMode,
        /// E-mail address for domain control validation in mode `Email`.
        dcv_email: String,
    }
}

cert_core::request! {
    /// Changes with a renewal by its key; everything else is taken from the old certificate.
    pub struct SslRenewalByRenewId() {
        /// New CSR; the old one is used without it.
        #[length(1..=32_767)]
        #[valid(armoured)]
        csr: Encoded<CertificateSigningRequest>,
    }
}

cert_core::request! {
    /// Certificate that renews one outside Certificate Manager: either part, or neither.
    pub struct SslSuccessor() {
        /// Number of the new certificate.
        id: SslId,
        /// Number of the order of the new certificate.
        order_number: String,
    }
}

cert_core::request! {
    /// Replacement of a certificate, under the same number.
    pub struct SslReplacement(
        /// New CSR.
        #[length(1..=32_767)]
        #[valid(armoured)]
        csr: Encoded<CertificateSigningRequest>,
        /// Reason for the replacement.
        #[length(1..=512)]
        reason: String,
    ) {
        /// Common name of the subject.
        #[length(1..=64)]
        common_name: String,
        /// Subject alternative names.
        subject_alternative_names: Vec<String>,
        /// Method of domain control validation.
        dcv_mode: DcvMode,
        /// E-mail address for domain control validation in mode `Email`.
        dcv_email: String,
    }
}

cert_core::request! {
    /// Certificate from elsewhere that is to be managed.
    pub struct SslImport(
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
        /// E-mail address of the owner.
        #[length(..=128)]
        owner: String,
        /// E-mail addresses of people outside who asked for the certificate, separated by commas.
        #[length(..=512)]
        external_requester: String,
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
    /// Reason for which the CA shall revoke an SSL certificate.
    pub struct SslRevocation(
        /// Reason in words.
        #[length(1..=512)]
        reason: String,
    ) {
        /// Reason for the revocation list: unspecified, key compromise, affiliation changed,
        /// superseded or cessation of operation.
        #[valid(taken)]
        #[wire("reasonCode")]
        code: RevocationReason,
    }
}

open_enum! {
    /// Format of a key store that is handed out.
    pub enum KeystoreFormat {
        /// The bare private key, base64.
        Key = "key",
        /// PKCS#12 with the old algorithms.
        Pkcs12 = "p12",
        /// PKCS#12 with AES.
        Pkcs12Aes = "p12aes",
        /// Java key store.
        Jks = "jks",
        /// Certificate and encrypted key, PEM.
        Pem = "pem",
    }
}

/// Link under which the Private Key Agent hands out a key store.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct KeystoreLink {
    /// Link with a token, on the agent's host. Fetch it with a
    /// [`cert_core::client::ExternalClient`] that trusts the agent, and that is
    /// [`allowing_private`](cert_core::client::ExternalClient::allowing_private) where the agent's
    /// host is an address of the customer's own network.
    pub link: ExternalUrl,
}

cert_core::request! {
    /// Protection of a key store that the Private Key Agent hands out.
    pub struct KeystoreProtection() {
        /// Pass phrase of the key store, after the organization's password policy.
        #[secret(..=32)]
        #[wire("passphrase")]
        pass_phrase: Secret,
    }
}
