//! What is sent to order, renew, replace and import certificates.

use cert_core::client::ExternalUrl;
use cert_core::{Certificate, CertificateSigningRequest, Encoded, Secret, open_enum};
use serde::{Deserialize, Serialize};

use crate::certificates::import::{base64, base64_option};
use crate::{
    AzureAccountId, BackendCertId, CustomField, DcvMode, OrganizationId, ProfileId, RenewId, SslId,
};

/// A request that was accepted, and the certificate to come.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SslOrder {
    /// Number of the certificate to come.
    pub ssl_id: SslId,
    /// The key for its renewal; none where it is itself a renewal.
    pub renew_id: Option<RenewId>,
}

cert_core::request! {
    /// A certificate to be issued for the key of a CSR.
    pub struct SslEnrollment(
        /// Whose it will be.
        #[serde(rename = "orgId")]
        organization: OrganizationId,
        /// The CSR, PEM or bare base64, at most 32,767 characters.
        csr: Encoded<CertificateSigningRequest>,
    ) {
        /// Alternative names, separated by commas; those in the CSR count only if they stand
        /// here too.
        #[serde(rename = "subjAltNames")]
        subject_alternative_names: String,
        /// The profile.
        #[serde(rename = "certType")]
        profile: ProfileId,
        /// Validity in days, one of the profile's terms.
        term: u32,
        /// Remarks, at most 1,024 characters.
        comments: String,
        /// Custom fields; every mandatory one is needed.
        custom_fields: Vec<CustomField>,
        /// Addresses of people outside who asked for it, separated by commas, at most 512
        /// characters.
        external_requester: String,
        /// How control of the domain is shown; needed only where it has not been shown before.
        dcv_mode: DcvMode,
        /// Where the mail goes in mode `Email`.
        dcv_email: String,
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
    /// Who makes the key of a certificate.
    pub enum KeyGenerationMethod {
        /// The Private Key Agent in the customer's network.
        PrivateKeyAgent = "PK_AGENT",
        /// An Azure Key Vault.
        AzureKeyVault = "AZURE_KEY_VAULT",
    }
}

/// The vault in which a key is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AzureKeyVault {
    azure_account_id: AzureAccountId,
    vault_key: String,
}

impl AzureKeyVault {
    /// The account, and the vault's resource id (`/subscriptions/.../vaults/...`).
    pub fn new(account: impl Into<AzureAccountId>, vault: impl Into<String>) -> Self {
        Self {
            azure_account_id: account.into(),
            vault_key: vault.into(),
        }
    }
}

cert_core::request! {
    /// A certificate to be issued for a key that is made for it.
    pub struct SslKeygenEnrollment(
        /// Whose it will be.
        #[serde(rename = "orgId")]
        organization: OrganizationId,
        /// Common name of the subject, 1 to 64 characters.
        common_name: String,
    ) {
        /// Alternative names, separated by commas.
        #[serde(rename = "subjAltNames")]
        subject_alternative_names: String,
        /// The profile.
        #[serde(rename = "certType")]
        profile: ProfileId,
        /// Validity in days, one of the profile's terms.
        term: u32,
        /// Remarks, at most 1,024 characters.
        comments: String,
        /// The algorithm of the key.
        algorithm: KeyAlgorithm,
        /// Size of the key in bits, only with an algorithm. Deprecated by the vendor: use
        /// [`key_parameter`](Self::key_parameter).
        key_size: u32,
        /// Size in bits or curve of the key, only with an algorithm.
        #[serde(rename = "keyParam")]
        key_parameter: String,
        /// Custom fields; every mandatory one is needed.
        custom_fields: Vec<CustomField>,
        /// Addresses of people outside who asked for it, separated by commas, at most 512
        /// characters.
        external_requester: String,
        /// Who makes the key.
        #[serde(rename = "keyGenerationMethod")]
        key_generation: KeyGenerationMethod,
        /// Protects a key of the Private Key Agent, 8 to 64 characters.
        #[serde(serialize_with = "Secret::serialize_exposed_option")]
        pass_phrase: Secret,
        /// The vault that makes the key.
        azure_key_vault: AzureKeyVault,
        /// Keeps an existing key of the vault.
        reuse_key: bool,
        /// Lets the key leave the vault; only vaults without HSM.
        exportable_key: bool,
        /// Wants a key in an HSM.
        hsm_only: bool,
        /// How control of the domain is shown; needed only where it has not been shown before.
        dcv_mode: DcvMode,
        /// Where the mail goes in mode `Email`.
        dcv_email: String,
    }
}

impl SslKeygenEnrollment {
    pub(super) fn secret(&self) -> Option<&Secret> {
        self.pass_phrase.as_ref()
    }
}

cert_core::request! {
    /// What a renewal changes; everything else is taken from the old certificate.
    pub struct SslRenewal() {
        /// A new CSR, at most 32,767 characters; the old one is used without it.
        csr: Encoded<CertificateSigningRequest>,
        /// How control of the domain is shown.
        dcv_mode: DcvMode,
        /// Where the mail goes in mode `Email`.
        dcv_email: String,
    }
}

cert_core::request! {
    /// What a renewal by its key changes; everything else is taken from the old certificate.
    pub struct SslRenewalByRenewId() {
        /// A new CSR, at most 32,767 characters; the old one is used without it.
        csr: Encoded<CertificateSigningRequest>,
    }
}

cert_core::request! {
    /// Which certificate renews one that was renewed outside: either, or neither.
    pub struct SslSuccessor() {
        /// Number of the new certificate.
        id: SslId,
        /// Number of its order.
        order_number: String,
    }
}

cert_core::request! {
    /// A replacement for a certificate, under the same number.
    pub struct SslReplacement(
        /// The new CSR, at most 32,767 characters.
        csr: Encoded<CertificateSigningRequest>,
        /// Why, 1 to 512 characters.
        reason: String,
    ) {
        /// Common name of the subject, 1 to 64 characters.
        common_name: String,
        /// Alternative names.
        subject_alternative_names: Vec<String>,
        /// How control of the domain is shown.
        dcv_mode: DcvMode,
        /// Where the mail goes in mode `Email`.
        dcv_email: String,
    }
}

impl SslReplacement {
    pub(super) fn checked(&self) -> Result<(), cert_core::client::Error> {
        crate::certificates::remark::length("the reason for the replacement", &self.reason)
    }
}

cert_core::request! {
    /// A certificate from elsewhere that is to be managed.
    pub struct SslImport(
        /// Whose it will be. The vendor spells the name differently here.
        #[serde(rename = "orgID")]
        organization: OrganizationId,
        /// The certificate; goes as base64 of its DER form, also where it is given as PEM.
        #[serde(serialize_with = "base64")]
        cert: Encoded<Certificate>,
    ) {
        /// Custom fields.
        custom_fields: Vec<CustomField>,
        /// E-mail address of its owner, at most 128 characters.
        owner: String,
        /// Addresses of people outside who asked for it, separated by commas, at most 512
        /// characters.
        external_requester: String,
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

open_enum! {
    /// In which form a key store is handed out.
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

/// Where the Private Key Agent hands out a key store.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct KeystoreLink {
    /// A link with a token, on the agent's host. Fetch it with a
    /// [`cert_core::client::ExternalClient`] that trusts the agent.
    pub link: ExternalUrl,
}

/// Protects a key store.
#[derive(Serialize)]
pub(super) struct KeystoreRequest {
    #[serde(serialize_with = "Secret::serialize_exposed")]
    pub(super) passphrase: Secret,
}
