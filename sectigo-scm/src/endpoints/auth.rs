use cert_core::{Secret, open_enum};

use crate::IdpMatchType;

open_enum! {
    /// Way in which an account lets applicants in.
    pub enum AccountAuthMethod {
        /// By a code that they enter.
        AccessCode = "ACCESS_CODE",
        /// By the assertions of their identity provider.
        IdpAssertionsMapping = "IDP_ASSERTIONS_MAPPING",
        /// Without further ado.
        Open = "NONE",
    }
}

open_enum! {
    /// Attribute of a person that an identity provider tells. An installation may know more of
    /// them, or fewer.
    pub enum IdpAttribute {
        /// Common name.
        CommonName = "cn",
        /// Name for display.
        DisplayName = "displayname",
        /// Entitlement.
        Entitlement = "entitlement",
        /// Principal name of eduPerson.
        EduPersonPrincipalName = "eppn",
        /// Given name.
        GivenName = "givenname",
        /// Groups that the person belongs to.
        Groups = "groups",
        /// E-mail address.
        Mail = "mail",
        /// SCHAC home organization: a domain name that stands for the institution.
        SchacHomeOrganization = "schachomeorganization",
        /// Surname.
        Surname = "sn",
        /// User identifier.
        UserId = "uid",
    }
}

cert_core::request! {
    /// Rule on what the identity provider says about an applicant.
    ///
    /// ```
    /// use sectigo_scm::IdpMatchType;
    /// use sectigo_scm::endpoints::{IdpAttribute, IdpMappingRule};
    ///
    /// let values = ["admin".to_owned(), "user".to_owned()];
    /// let rule = IdpMappingRule::new(IdpAttribute::Groups, IdpMatchType::Contains, values);
    /// ```
    pub struct IdpMappingRule(
        /// Attribute that is looked at.
        #[wire("key")]
        attribute: IdpAttribute,
        /// Way in which the values are looked for.
        match_type: IdpMatchType,
        /// Values, any of which will do.
        #[count(1..)]
        values: Vec<String>,
    ) {}
}

cert_core::response! {
    /// Rule on what the identity provider says about an applicant, as it stands.
    pub struct IdpMappingRuleDetails {
        /// Attribute that is looked at.
        #[wire("key")]
        pub attribute: Option<IdpAttribute>,
        /// Way in which the values are looked for.
        pub match_type: Option<IdpMatchType>,
        /// Values, any of which will do.
        pub values: Vec<String>,
    }
}

/// Way in which an account lets applicants in, with what belongs to it.
///
/// ```
/// use sectigo_scm::endpoints::AccountAuth;
///
/// let auth = AccountAuth::access_code("1234");
/// assert_eq!(format!("{auth:?}"), "AccessCode(Secret(***))");
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum AccountAuth {
    /// Without further ado.
    Open,
    /// By a code that applicants enter, of 1 to 255 characters.
    AccessCode(Secret),
    /// By rules, at least one, on what their identity provider says about them.
    IdpAssertions(Vec<IdpMappingRule>),
}

impl AccountAuth {
    /// By a code that applicants enter, of 1 to 255 characters.
    pub fn access_code(code: impl Into<Secret>) -> Self {
        Self::AccessCode(code.into())
    }

    /// By rules, at least one, on what the applicants' identity provider says about them.
    pub fn idp_assertions(rules: impl Into<Vec<IdpMappingRule>>) -> Self {
        Self::IdpAssertions(rules.into())
    }

    pub(super) fn method(&self) -> AccountAuthMethod {
        match self {
            Self::Open => AccountAuthMethod::Open,
            Self::AccessCode(_) => AccountAuthMethod::AccessCode,
            Self::IdpAssertions(_) => AccountAuthMethod::IdpAssertionsMapping,
        }
    }

    /// The code and the rules, of which there is one at most.
    pub(super) fn into_parts(self) -> (Option<Secret>, Option<Vec<IdpMappingRule>>) {
        match self {
            Self::Open => (None, None),
            Self::AccessCode(code) => (Some(code), None),
            Self::IdpAssertions(rules) => (None, Some(rules)),
        }
    }
}
