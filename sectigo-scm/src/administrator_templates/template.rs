use cert_core::client::Row;
use cert_core::{Time, open_enum};

use super::{MappingRule, MappingRuleDetails};
use crate::administrators::role::one_level;
use crate::administrators::{AdminPrivilege, AssignedRole, RoleAssignment, text};
use crate::{AdminId, AdminTemplateId, IdentityProviderId, OrganizationId};

cert_core::request! {
    /// Filter of templates to list; without anything set, all that the administrator may see.
    pub struct AdminTemplateFilter() {
        /// Name of the template, 1 to 64 characters.
        name: String,
        /// Organization or department of one of the roles.
        #[wire("orgId")]
        organization: OrganizationId,
        /// Identity provider that tells the attributes.
        #[wire("identityProviderId")]
        identity_provider: IdentityProviderId,
    }
}

cert_core::response! {
    /// A row of the list of templates; [`get`](super::AdministratorTemplates::get) tells the
    /// rest.
    pub struct AdminTemplateSummary {
        /// Number of the template.
        pub id: AdminTemplateId,
        /// Name of the template.
        pub name: Option<String>,
        /// Identity provider that tells the attributes.
        #[wire("identityProviderId")]
        pub identity_provider: Option<IdentityProviderId>,
    }
}

impl Row for AdminTemplateSummary {
    type Id = AdminTemplateId;

    fn id(&self) -> &AdminTemplateId {
        &self.id
    }
}

cert_core::response! {
    /// A template of administrators who sign in by an identity provider.
    pub struct AdminTemplate {
        /// Number of the template.
        pub id: AdminTemplateId,
        /// Name of the template.
        pub name: Option<String>,
        /// Privileges of the administrators made from it.
        pub privileges: Vec<AdminPrivilege>,
        /// Roles of the administrators made from it.
        #[wire("credentials")]
        pub roles: Vec<AssignedRole>,
        /// Identity provider that tells the attributes.
        #[wire("identityProviderId")]
        pub identity_provider: Option<IdentityProviderId>,
        /// Rules on the attributes.
        #[wire("idpMappingRules")]
        pub rules: Vec<MappingRuleDetails>,
        /// Date of creation.
        pub created: Option<Time>,
        /// Date of the last change.
        pub modified: Option<Time>,
        /// Date of deletion, of a deleted template.
        pub deleted: Option<Time>,
    }
}

cert_core::request! {
    /// Template to be created. One of its rules should test the attribute `groups`.
    ///
    /// ```
    /// use sectigo_scm::administrator_templates::{MappingRule, NewAdminTemplate};
    /// use sectigo_scm::administrators::{AdminRole, RoleAssignment};
    ///
    /// let role = RoleAssignment::new(AdminRole::OrganizationSsl).organization(9001);
    /// let rule = MappingRule::groups(["PKI operators"]);
    /// let template = NewAdminTemplate::new("Operators", [role], [rule]).identity_provider(324);
    /// ```
    pub struct NewAdminTemplate(
        /// Name of the template.
        #[length(1..=64)]
        #[valid(text::written_name)]
        name: String,
        /// Roles of the administrators made from it: all of one level, each with its
        /// organization or department.
        #[count(1..)]
        #[valid(one_level)]
        #[wire("credentials")]
        roles: Vec<RoleAssignment>,
        /// Rules on the attributes that the identity provider tells.
        #[count(1..)]
        #[wire("idpMappingRules")]
        rules: Vec<MappingRule>,
    ) {
        /// Privileges of the administrators made from it.
        privileges: Vec<AdminPrivilege>,
        /// Identity provider that tells the attributes.
        #[id(1..)]
        #[wire("identityProviderId")]
        identity_provider: IdentityProviderId,
    }
}

cert_core::request! {
    /// Changes of a template: what is not set is not sent, and stays.
    pub struct AdminTemplateUpdate() {
        /// Name of the template; the one change that does not reach administrators made from it.
        #[length(1..=64)]
        #[valid(text::written_name)]
        name: String,
        /// Privileges of the administrators made from it, in place of those that there are.
        privileges: Vec<AdminPrivilege>,
        /// Roles of the administrators made from it, in place of those that there are: all of one
        /// level, each with its organization or department.
        #[count(1..)]
        #[valid(one_level)]
        #[wire("credentials")]
        roles: Vec<RoleAssignment>,
        /// Identity provider that tells the attributes.
        #[id(1..)]
        #[wire("identityProviderId")]
        identity_provider: IdentityProviderId,
        /// Rules on the attributes, in place of those that there are.
        #[count(1..)]
        #[wire("idpMappingRules")]
        rules: Vec<MappingRule>,
    }
}

/// Fate of the administrators who were made from a template that is deleted.
///
/// The vendor's reference names two defaults, deletion in one place and unlinking in another: a
/// caller has to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RelatedAdmins {
    /// Administrators stay, without the template.
    Unlink,
    /// Administrators are deleted, and stay the requesters of their certificates.
    Delete,
    /// Administrators are deleted, and another one becomes the requester of their certificates:
    /// no template, and none made from this one.
    DeleteReplacingRequester(AdminId),
}

open_enum! {
    /// Fate of a deleted template's administrators, as it is sent. The vendor's table has it in
    /// lower case, its sample in capitals.
    pub(super) enum Action {
        /// Deletion.
        Delete = "DELETE",
        /// Unlinking from the template.
        Unlink = "UNLINK",
    }
}

cert_core::request! {
    /// Deletion of a template.
    pub(super) struct Deletion(
        #[wire("relatedAdminsAction")]
        action: Action,
    ) {
        /// Requester of the certificates from then on.
        #[wire("replacingRequesterId")]
        requester: AdminId,
    }
}

impl From<RelatedAdmins> for Deletion {
    fn from(admins: RelatedAdmins) -> Self {
        match admins {
            RelatedAdmins::Unlink => Self::new(Action::Unlink),
            RelatedAdmins::Delete => Self::new(Action::Delete),
            RelatedAdmins::DeleteReplacingRequester(requester) => {
                Self::new(Action::Delete).requester(requester)
            }
        }
    }
}
