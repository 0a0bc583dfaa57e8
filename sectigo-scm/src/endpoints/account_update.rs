use std::marker::PhantomData;

use cert_core::{Payload, Secret, Violation};
use serde::{Serialize, Serializer};

use super::form::{self, Approves, CodeSigningForm, DeviceForm, Form, LetsIn, SmimeForm, SslForm};
use super::{AccountAuth, AccountAuthMethod, CsrGenerationMethod, IdpMappingRule, WebFormType};
use crate::{Pkcs12Encryption, ProfileId};

cert_core::request! {
    /// All that can be changed of an account, whatever its form.
    pub(super) struct AccountUpdateRequest(
        #[wire("type")]
        form: WebFormType,
    ) {
        #[length(3..=128)]
        name: String,
        #[count(1..)]
        #[wire("profileIds")]
        profiles: Vec<ProfileId>,
        #[wire("csrGenerationMethod")]
        csr_generation: CsrGenerationMethod,
        auto_approve: bool,
        #[wire("allowAutoRenew")]
        auto_renewal_allowed: bool,
        #[wire("allowEmptyPin")]
        empty_pass_phrase_allowed: bool,
        #[wire("accountAuthMethod")]
        auth: AccountAuthMethod,
        #[secret(1..=255)]
        access_code: Secret,
        #[count(1..)]
        #[wire("idpMappingRules")]
        idp_mapping_rules: Vec<IdpMappingRule>,
        #[wire("preferredKeyProtectionAlgorithm")]
        encryption: Pkcs12Encryption,
    } check Self::check_csr_generation
}

impl AccountUpdateRequest {
    fn check_csr_generation(&self) -> Result<(), Violation> {
        match &self.csr_generation {
            Some(method) => form::check_csr_generation(&self.form, method, self.auto_approve),
            None => Ok(()),
        }
    }
}

/// Changes of an account of a web form: [`SslAccountUpdate`], [`SmimeAccountUpdate`],
/// [`DeviceAccountUpdate`] or [`CodeSigningAccountUpdate`], each with what its form can have.
///
/// What is not set is not sent, apart from the kind of form, which is required and cannot change.
#[derive(Debug, Clone)]
#[must_use]
pub struct AccountUpdate<F> {
    request: AccountUpdateRequest,
    form: PhantomData<fn() -> F>,
}

/// Changes of an account of a web form for SSL certificates.
///
/// ```
/// use sectigo_scm::endpoints::{AccountAuth, SslAccountUpdate};
///
/// let update = SslAccountUpdate::new()
///     .profiles([5101.into(), 5103.into()])
///     .auth(AccountAuth::access_code("correct horse"))
///     .auto_renewal_allowed(false);
/// ```
pub type SslAccountUpdate = AccountUpdate<SslForm>;

/// Changes of an account of a web form for client certificates.
///
/// ```
/// use sectigo_scm::endpoints::{SmimeAccountUpdate, SmimeCsrGeneration};
///
/// let update = SmimeAccountUpdate::new().csr_generation(SmimeCsrGeneration::Browser);
/// ```
pub type SmimeAccountUpdate = AccountUpdate<SmimeForm>;

/// Changes of an account of a web form for device certificates.
///
/// ```
/// use sectigo_scm::endpoints::DeviceAccountUpdate;
///
/// let update = DeviceAccountUpdate::new().name("Phones").auto_approve(false);
/// ```
pub type DeviceAccountUpdate = AccountUpdate<DeviceForm>;

/// Changes of an account of a web form for code signing certificates.
///
/// ```
/// use sectigo_scm::endpoints::CodeSigningAccountUpdate;
///
/// let update = CodeSigningAccountUpdate::new().profile(5401);
/// ```
pub type CodeSigningAccountUpdate = AccountUpdate<CodeSigningForm>;

impl<F: Form> AccountUpdate<F> {
    /// Nothing to change yet.
    pub fn new() -> Self {
        Self::of(AccountUpdateRequest::new(F::TYPE))
    }

    /// Way in which the key and the certificate signing request come about.
    pub fn csr_generation(self, method: F::CsrGeneration) -> Self {
        Self::of(self.request.csr_generation(method))
    }
}

impl<F: LetsIn> AccountUpdate<F> {
    /// Profiles that certificates are enrolled under, at least one: they replace all that the
    /// account has. Some forms respect their order.
    pub fn profiles(self, profiles: impl Into<Vec<ProfileId>>) -> Self {
        Self::of(self.request.profiles(profiles))
    }

    /// Way in which the account lets applicants in. Rules replace all that the account has.
    pub fn auth(self, auth: AccountAuth) -> Self {
        let method = Some(auth.method());
        let (access_code, idp_mapping_rules) = auth.into_parts();
        Self::of(AccountUpdateRequest {
            auth: method,
            access_code,
            idp_mapping_rules,
            ..self.request
        })
    }
}

impl CodeSigningAccountUpdate {
    /// Profile that certificates are enrolled under, in place of the one that the account has.
    pub fn profile(self, profile: impl Into<ProfileId>) -> Self {
        Self::of(self.request.profiles([profile.into()]))
    }
}

impl<F: Approves> AccountUpdate<F> {
    /// Whether requests are approved without a person; has to be true for `SectigoGen`.
    pub fn auto_approve(self, approved: bool) -> Self {
        Self::of(self.request.auto_approve(approved))
    }
}

impl SslAccountUpdate {
    /// Whether certificates may be renewed automatically.
    pub fn auto_renewal_allowed(self, allowed: bool) -> Self {
        Self::of(self.request.auto_renewal_allowed(allowed))
    }
}

impl<F> AccountUpdate<F> {
    /// Name of the account, from 3 to 128 characters.
    pub fn name(self, name: impl Into<String>) -> Self {
        Self::of(self.request.name(name))
    }

    /// Whether a PKCS#12 file may have an empty pass phrase.
    pub fn empty_pass_phrase_allowed(self, allowed: bool) -> Self {
        Self::of(self.request.empty_pass_phrase_allowed(allowed))
    }

    /// Encryption of PKCS#12 files that applicants get unless they choose another one.
    pub fn encryption(self, encryption: impl Into<Pkcs12Encryption>) -> Self {
        Self::of(self.request.encryption(encryption))
    }

    fn of(request: AccountUpdateRequest) -> Self {
        let form = PhantomData;
        Self { request, form }
    }
}

impl<F: Form> Default for AccountUpdate<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl<F> Serialize for AccountUpdate<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.request.serialize(serializer)
    }
}

impl<F> Payload for AccountUpdate<F> {
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
    use crate::endpoints::SslCsrGeneration;

    #[test]
    fn the_key_generator_needs_automatic_approval() {
        let update = SslAccountUpdate::new().csr_generation(SslCsrGeneration::SectigoGen);
        let wrong = update.check().expect_err("nobody approves").to_string();
        assert_eq!(
            wrong,
            "`auto_approve` has to be set to true: SectigoGen needs it"
        );
        assert_eq!(update.auto_approve(true).check(), Ok(()));
    }
}
