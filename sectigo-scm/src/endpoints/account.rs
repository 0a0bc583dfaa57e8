use cert_core::Secret;
use cert_core::client::Row;

use super::{
    AccountAuthMethod, CsrGenerationMethod, EndpointOrganization, EndpointType,
    IdpMappingRuleDetails,
};
use crate::{EndpointAccountId, OrganizationId, Pkcs12Encryption, ProfileId};

cert_core::response! {
    /// An account of a list; [`account`](super::Endpoints::account) tells the rest.
    pub struct EndpointAccountSummary {
        /// Number of the account.
        pub id: EndpointAccountId,
        /// Name of the account.
        pub name: Option<String>,
        /// Kind of the endpoint.
        #[wire("type")]
        pub kind: Option<EndpointType>,
        /// Token that stands for the account.
        pub id_token: Option<Secret>,
        /// Organization that the certificates of the account belong to.
        pub organization: Option<AccountOrganization>,
    }
}

impl Row for EndpointAccountSummary {
    type Id = EndpointAccountId;

    fn id(&self) -> &EndpointAccountId {
        &self.id
    }
}

cert_core::response! {
    /// An account of an endpoint: whose certificates are enrolled there, and under what profiles.
    /// The answer lacks the number of the account.
    pub struct EndpointAccount {
        /// Name of the account.
        pub name: Option<String>,
        /// Kind of the endpoint.
        #[wire("type")]
        pub kind: Option<EndpointType>,
        /// Organization that the certificates of the account belong to.
        pub organization: Option<AccountOrganization>,
        /// Token that stands for the account.
        pub id_token: Option<Secret>,
        /// Profiles that certificates are enrolled under.
        #[wire("profileIds")]
        pub profiles: Vec<ProfileId>,
        /// Way in which the key and the certificate signing request come about.
        #[wire("csrGenerationMethod")]
        pub csr_generation: Option<CsrGenerationMethod>,
        /// Way in which applicants are let in.
        #[wire("accountAuthMethod")]
        pub auth_method: Option<AccountAuthMethod>,
        /// Code that applicants enter.
        pub access_code: Option<Secret>,
        /// Rules on what the applicants' identity provider says about them.
        #[wire("idMappingRules" | "idpMappingRules")]
        pub idp_mapping_rules: Vec<IdpMappingRuleDetails>,
        /// Whether requests are approved without a person.
        pub auto_approve: Option<bool>,
        /// Whether certificates may be renewed automatically.
        #[wire("allowAutoRenew")]
        pub auto_renewal_allowed: Option<bool>,
        /// Whether a PKCS#12 file may have an empty pass phrase.
        #[wire("allowEmptyPin")]
        pub empty_pass_phrase_allowed: Option<bool>,
        /// Encryption of PKCS#12 files that applicants get unless they choose another one.
        #[wire("preferredKeyProtectionAlgorithm")]
        pub encryption: Option<Pkcs12Encryption>,
    }
}

cert_core::response! {
    /// The organization, with the department if there is one, that an account belongs to.
    pub struct AccountOrganization {
        /// Number of the organization.
        pub id: Option<OrganizationId>,
        /// Name of the organization.
        pub name: Option<String>,
        /// Department of the organization that the account belongs to.
        pub department: Option<EndpointOrganization>,
    }
}
