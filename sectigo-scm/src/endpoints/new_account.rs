use std::marker::PhantomData;

use cert_core::{Payload, Secret, Violation};
use serde::{Serialize, Serializer};

use super::form::{self, Approves, CodeSigningForm, DeviceForm, Form, LetsIn, SmimeForm, SslForm};
use super::{
    AccountAuth, AccountAuthMethod, CodeSigningCsrGeneration, CsrGenerationMethod, IdpMappingRule,
    WebFormType,
};
use crate::{OrganizationId, Pkcs12Encryption, ProfileId};

cert_core::request! {
    /// All that an account can be created with, whatever its form.
    pub(super) struct AccountRequest(
        /// As in `NewAccount`.
        #[length(3..=128)]
        name: String,
        #[wire("type")]
        form: WebFormType,
        #[wire("organizationId")]
        organization: OrganizationId,
        #[count(1..)]
        #[wire("profileIds")]
        profiles: Vec<ProfileId>,
        #[wire("csrGenerationMethod")]
        csr_generation: CsrGenerationMethod,
        #[wire("accountAuthMethod")]
        auth: AccountAuthMethod,
    ) {
        auto_approve: bool,
        #[wire("allowAutoRenew")]
        auto_renewal_allowed: bool,
        #[wire("allowEmptyPin")]
        empty_pass_phrase_allowed: bool,
        #[secret(1..=255)]
        access_code: Secret,
        #[count(1..)]
        #[wire("idpMappingRules")]
        idp_mapping_rules: Vec<IdpMappingRule>,
        #[wire("preferredKeyProtectionAlgorithm")]
        encryption: Pkcs12Encryption,
    } check Self::check_csr_generation
}

impl AccountRequest {
    fn check_csr_generation(&self) -> Result<(), Violation> {
        form::check_csr_generation(&self.form, &self.csr_generation, self.auto_approve)
    }
}

/// Account of a web form to be created: [`NewSslAccount`], [`NewSmimeAccount`],
/// [`NewDeviceAccount`] or [`NewCodeSigningAccount`], each with what its form can have.
#[derive(Debug, Clone)]
#[must_use]
pub struct NewAccount<F> {
    request: AccountRequest,
    form: PhantomData<fn() -> F>,
}

/// Account of a web form for SSL certificates to be created.
///
/// ```
/// use sectigo_scm::Pkcs12Encryption;
/// use sectigo_scm::endpoints::{AccountAuth, NewSslAccount, SslCsrGeneration};
///
/// let auth = AccountAuth::access_code("correct horse");
/// let account =
///     NewSslAccount::new("Web servers", 9001, [5101.into()], SslCsrGeneration::Provided, auth)
///         .auto_approve(true)
///         .auto_renewal_allowed(true)
///         .encryption(Pkcs12Encryption::Aes256Sha256);
/// ```
pub type NewSslAccount = NewAccount<SslForm>;

/// Account of a web form for client certificates to be created.
///
/// ```
/// use sectigo_scm::endpoints::{AccountAuth, NewSmimeAccount, SmimeCsrGeneration};
///
/// let (csr, auth) = (SmimeCsrGeneration::Server, AccountAuth::Open);
/// let account = NewSmimeAccount::new("Employees", 9001, [5201.into()], csr, auth);
/// ```
///
/// Automatic approval is not for such forms:
///
/// ```compile_fail,E0599
/// use sectigo_scm::endpoints::{AccountAuth, NewSmimeAccount, SmimeCsrGeneration};
///
/// let (csr, auth) = (SmimeCsrGeneration::Server, AccountAuth::Open);
/// NewSmimeAccount::new("Employees", 9001, [5201.into()], csr, auth).auto_approve(true);
/// ```
pub type NewSmimeAccount = NewAccount<SmimeForm>;

/// Account of a web form for device certificates to be created.
///
/// ```
/// use sectigo_scm::endpoints::{AccountAuth, DeviceCsrGeneration, NewDeviceAccount};
///
/// let (csr, auth) = (DeviceCsrGeneration::SectigoGen, AccountAuth::Open);
/// let account = NewDeviceAccount::new("Phones", 9001, [5301.into()], csr, auth)
///     .auto_approve(true);
/// ```
pub type NewDeviceAccount = NewAccount<DeviceForm>;

/// Account of a web form for code signing certificates to be created.
///
/// ```
/// use sectigo_scm::endpoints::{CodeSigningCsrGeneration, NewCodeSigningAccount};
///
/// let csr = CodeSigningCsrGeneration::Token;
/// let account = NewCodeSigningAccount::new("Releases", 9001, 5401, csr);
/// ```
pub type NewCodeSigningAccount = NewAccount<CodeSigningForm>;

impl<F: LetsIn> NewAccount<F> {
    /// An account with what is required; everything else can be set on it.
    ///
    /// * `name`: Name of the account, from 3 to 128 characters.
    /// * `organization`: Organization or department that will own the certificates.
    /// * `profiles`: Profiles that certificates are enrolled under, at least one; some forms
    ///   respect their order.
    /// * `csr_generation`: Way in which the key and the certificate signing request come about.
    /// * `auth`: Way in which the account lets applicants in.
    pub fn new(
        name: impl Into<String>,
        organization: impl Into<OrganizationId>,
        profiles: impl Into<Vec<ProfileId>>,
        csr_generation: F::CsrGeneration,
        auth: AccountAuth,
    ) -> Self {
        let method = auth.method();
        let (access_code, idp_mapping_rules) = auth.into_parts();
        let request = AccountRequest::new(
            name,
            F::TYPE,
            organization,
            profiles,
            csr_generation,
            method,
        );
        Self::of(AccountRequest {
            access_code,
            idp_mapping_rules,
            ..request
        })
    }
}

impl NewCodeSigningAccount {
    /// An account with what is required; everything else can be set on it.
    ///
    /// * `name`: Name of the account, from 3 to 128 characters.
    /// * `organization`: Organization or department that will own the certificates.
    /// * `profile`: Profile that certificates are enrolled under.
    /// * `csr_generation`: Way in which the key and the certificate signing request come about.
    pub fn new(
        name: impl Into<String>,
        organization: impl Into<OrganizationId>,
        profile: impl Into<ProfileId>,
        csr_generation: CodeSigningCsrGeneration,
    ) -> Self {
        // The field is required, though such forms have no other value for it.
        let auth = AccountAuthMethod::Open;
        let (form, profiles) = (CodeSigningForm::TYPE, [profile.into()]);
        let request = AccountRequest::new(name, form, organization, profiles, csr_generation, auth);
        Self::of(request)
    }
}

impl<F: Approves> NewAccount<F> {
    /// Whether requests are approved without a person; has to be true for `SectigoGen`.
    pub fn auto_approve(self, approved: bool) -> Self {
        Self::of(self.request.auto_approve(approved))
    }
}

impl NewSslAccount {
    /// Whether certificates may be renewed automatically.
    pub fn auto_renewal_allowed(self, allowed: bool) -> Self {
        Self::of(self.request.auto_renewal_allowed(allowed))
    }
}

impl<F> NewAccount<F> {
    /// Whether a PKCS#12 file may have an empty pass phrase.
    pub fn empty_pass_phrase_allowed(self, allowed: bool) -> Self {
        Self::of(self.request.empty_pass_phrase_allowed(allowed))
    }

    /// Encryption of PKCS#12 files that applicants get unless they choose another one.
    pub fn encryption(self, encryption: impl Into<Pkcs12Encryption>) -> Self {
        Self::of(self.request.encryption(encryption))
    }

    fn of(request: AccountRequest) -> Self {
        let form = PhantomData;
        Self { request, form }
    }
}

impl<F> Serialize for NewAccount<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.request.serialize(serializer)
    }
}

impl<F> Payload for NewAccount<F> {
    fn check(&self) -> Result<(), Violation> {
        self.request.check()
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.request.secrets(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoints::{DeviceCsrGeneration, SmimeCsrGeneration, SslCsrGeneration};

    fn ssl(csr: SslCsrGeneration) -> NewSslAccount {
        NewSslAccount::new("Web", 9001, [ProfileId::from(5101)], csr, AccountAuth::Open)
    }

    fn device(csr: DeviceCsrGeneration) -> NewDeviceAccount {
        NewDeviceAccount::new(
            "Phones",
            9001,
            [ProfileId::from(5301)],
            csr,
            AccountAuth::Open,
        )
    }

    fn refusal(account: &impl Payload) -> Option<String> {
        account.check().err().map(|wrong| wrong.to_string())
    }

    #[test]
    fn the_key_generator_needs_automatic_approval() {
        let why = Some("`auto_approve` has to be set to true: SectigoGen needs it".to_owned());
        let ssl = ssl(SslCsrGeneration::SectigoGen);
        assert_eq!(refusal(&ssl), why);
        assert_eq!(refusal(&ssl.clone().auto_approve(false)), why);
        assert_eq!(refusal(&ssl.auto_approve(true)), None);
        let device = device(DeviceCsrGeneration::SectigoGen);
        assert_eq!(refusal(&device), why);
        assert_eq!(refusal(&device.auto_approve(true)), None);
    }

    #[test]
    fn persons_approve_no_client_certificates() {
        let csr = SmimeCsrGeneration::SectigoGen;
        let profiles = [ProfileId::from(5201)];
        let account = NewSmimeAccount::new("Staff", 9001, profiles, csr, AccountAuth::Open);
        assert_eq!(refusal(&account), None);
    }

    /// What is spelt out goes past the types, and not past the check.
    #[test]
    fn a_way_of_other_forms_is_refused_though_it_is_spelt_out() {
        assert_eq!(
            refusal(&ssl(SslCsrGeneration::from("server"))).as_deref(),
            Some("`csr_generation` is SERVER, which forms of this kind do not have")
        );
        assert!(refusal(&device(DeviceCsrGeneration::from("TOKEN"))).is_some());
        let csr = CodeSigningCsrGeneration::from("SECTIGOGEN");
        let account = NewCodeSigningAccount::new("Releases", 9001, 5401, csr);
        assert!(refusal(&account).is_some());
        assert_eq!(refusal(&ssl(SslCsrGeneration::from("NEWER"))), None);
    }
}
