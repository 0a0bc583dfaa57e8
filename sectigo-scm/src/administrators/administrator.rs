use cert_core::client::Row;
use cert_core::{SerialNumber, Time, open_enum};

use super::{AdminPrivilege, AssignedRole, PasswordStatus};
use crate::{AdminId, AdminRole, AdminTemplateId, IdentityProviderId, OrganizationId};

open_enum! {
    /// Kind of administrator: how it signs in, and to what.
    pub enum AdminType {
        /// Signs in by password, certificate or identity provider; uses the API with a password
        /// or certificate.
        Standard = "STANDARD",
        /// Uses the API alone.
        Api = "API",
        /// Signs in to the web interface by an identity provider, and cannot use the API.
        Idp = "IDP",
        /// Managed by Sectigo's own authentication service.
        Sas = "SAS",
        /// Template of administrators of the kind [`Idp`](Self::Idp); in a filter alone.
        IdpTemplate = "DYNAMIC_IDP_TEMPLATE",
    }
}

open_enum! {
    /// Whether an administrator may sign in.
    pub enum AdminStatus {
        /// May sign in.
        Active = "ACTIVE",
        /// May not sign in until made active again.
        Suspended = "SUSPENDED",
    }
}

cert_core::request! {
    /// Filter of administrators to list; without anything set, all that the caller may see.
    pub struct AdminFilter() {
        /// Kind of administrator.
        #[wire("type")]
        kind: AdminType,
        /// Login, at most 128 characters.
        login: String,
        /// E-mail address, at most 128 characters.
        email: String,
        /// Whether the administrator may sign in.
        #[wire("activeState")]
        status: AdminStatus,
        /// Organization or department of one of the roles.
        #[wire("orgId")]
        organization: OrganizationId,
        /// Template that the administrator was made from.
        #[wire("templateId")]
        template: AdminTemplateId,
        /// Identity provider that the administrator signs in by.
        #[wire("identityProviderId")]
        identity_provider: IdentityProviderId,
        /// One of the roles.
        role: AdminRole,
    }
}

cert_core::response! {
    /// A row of the list of administrators; [`get`](super::Administrators::get) tells the rest.
    pub struct AdminSummary {
        /// Number of the administrator.
        pub id: AdminId,
        /// Kind of administrator.
        #[wire("type")]
        pub kind: Option<AdminType>,
        /// Login.
        pub login: Option<String>,
        /// E-mail address.
        pub email: Option<String>,
        /// First name.
        #[wire("forename")]
        pub first_name: Option<String>,
        /// Last name.
        #[wire("surname")]
        pub last_name: Option<String>,
    }
}

impl Row for AdminSummary {
    type Id = AdminId;

    fn id(&self) -> &AdminId {
        &self.id
    }
}

cert_core::response! {
    /// An administrator.
    pub struct Admin {
        /// Number of the administrator.
        pub id: AdminId,
        /// Kind of administrator.
        #[wire("type")]
        pub kind: Option<AdminType>,
        /// First name.
        #[wire("forename")]
        pub first_name: Option<String>,
        /// Last name.
        #[wire("surname")]
        pub last_name: Option<String>,
        /// E-mail address.
        pub email: Option<String>,
        /// Administrator who created this one.
        #[wire("clientAdminCreator")]
        pub created_by: Option<AdminId>,
        /// Login; the kinds standard and API alone have one.
        pub login: Option<String>,
        /// Date on which the password was reset.
        #[wire("reseted")]
        pub password_reset: Option<Time>,
        /// Date on which the password was changed last.
        #[wire("lastPasswordChange")]
        pub password_changed: Option<Time>,
        /// Whether the password still holds.
        #[wire("passwordState")]
        pub password_status: Option<PasswordStatus>,
        /// Date until which the password holds.
        #[wire("passwordExpiryDate")]
        pub password_expires: Option<Time>,
        /// Serial number of the certificate to sign in with.
        #[wire("authCert")]
        pub certificate_serial_number: Option<SerialNumber>,
        /// Identity provider that the administrator signs in by.
        #[wire("identityProviderId")]
        pub identity_provider: Option<IdentityProviderId>,
        /// Name of the identity provider.
        #[wire("idp")]
        pub identity_provider_name: Option<String>,
        /// `eduPersonPrincipalName` of the administrator at the identity provider.
        #[wire("idpPersonId")]
        pub edu_person_principal_name: Option<String>,
        /// Date of creation.
        pub created: Option<Time>,
        /// Date of the last change.
        pub modified: Option<Time>,
        /// Date of deletion, of a deleted administrator.
        pub deleted: Option<Time>,
        /// Title or position.
        pub title: Option<String>,
        /// Relationship to the company.
        pub relationship: Option<String>,
        /// Phone number.
        pub phone: Option<String>,
        /// Town.
        pub city: Option<String>,
        /// State or province.
        #[wire("state")]
        pub state_or_province: Option<String>,
        /// Country, two letters.
        pub country: Option<String>,
        /// Postal code.
        #[wire("zip")]
        pub postal_code: Option<String>,
        /// Language and region.
        pub locale: Option<String>,
        /// Whether the administrator may sign in.
        #[wire("activeStatus" | "activeState")]
        pub status: Option<AdminStatus>,
        /// Always active, for old clients: `status` tells whether the administrator may sign in.
        #[wire("status")]
        pub former_status: Option<AdminStatus>,
        /// Roles, each with its organization or department.
        #[wire("credentials")]
        pub roles: Vec<AssignedRole>,
        /// Privileges beside what the roles give.
        pub privileges: Vec<AdminPrivilege>,
        /// Number of failed sign-ins.
        #[wire("failedAttempts")]
        pub failed_sign_ins: Option<u32>,
        /// Date of the last failed sign-in.
        #[wire("failedDate")]
        pub last_failed_sign_in: Option<Time>,
        /// Date of the invitation to sign in by an identity provider.
        #[wire("idpLoginInvited")]
        pub invited: Option<Time>,
        /// Template that the administrator was made from.
        #[wire("templateId")]
        pub template: Option<AdminTemplateId>,
    }
}

cert_core::response! {
    /// An identity provider of the customer.
    pub struct IdentityProvider {
        /// Number of the identity provider.
        pub id: IdentityProviderId,
        /// Name of the identity provider.
        pub name: Option<String>,
    }
}
