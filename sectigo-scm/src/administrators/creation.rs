use cert_core::{Secret, SerialNumber, Violation};

use super::identity::check_identity;
use super::role::one_level;
use super::{AdminDetails, AdminPrivilege, AdminStatus, RoleAssignment, text};
use crate::IdentityProviderId;

cert_core::request! {
    /// Administrator to be created who signs in by password, certificate or identity provider,
    /// to the web interface and the API.
    pub struct NewStandardAdmin(
        /// Login: letters, digits and `!@_.-+'`.
        #[length(3..=128)]
        #[valid(text::login)]
        login: String,
        /// Password.
        #[secret(..=64)]
        password: Secret,
        /// First name.
        #[length(..=64)]
        #[valid(text::name)]
        #[wire("forename")]
        first_name: String,
        /// Last name.
        #[length(..=64)]
        #[valid(text::name)]
        #[wire("surname")]
        last_name: String,
        /// E-mail address.
        #[length(..=128)]
        email: String,
        /// Roles, all of one level, each with its organization or department.
        #[count(1..)]
        #[valid(one_level)]
        #[wire("credentials")]
        roles: Vec<RoleAssignment>,
    ) {
        /// Serial number of a client certificate to sign in with, hexadecimal.
        #[valid(text::serial)]
        certificate_serial_number: SerialNumber,
        /// Identity provider to sign in by; needs `edu_person_principal_name`.
        #[id(1..)]
        #[wire("identityProviderId")]
        identity_provider: IdentityProviderId,
        /// `eduPersonPrincipalName` of the administrator at the identity provider.
        #[length(..=256)]
        #[wire("idpPersonId")]
        edu_person_principal_name: String,
        /// Position, phone number and address.
        #[wire(flat)]
        details: AdminDetails,
        /// Privileges beside what the roles give.
        privileges: Vec<AdminPrivilege>,
        /// Whether the administrator may sign in; active without it.
        #[wire("activeStatus")]
        status: AdminStatus,
    } check Self::check_identity
}

impl NewStandardAdmin {
    fn check_identity(&self) -> Result<(), Violation> {
        check_identity(self.identity_provider, &self.edu_person_principal_name)
    }
}

cert_core::request! {
    /// Administrator to be created who uses the API alone.
    ///
    /// ```
    /// use sectigo_scm::administrators::{
    ///     AdminPrivilege, AdminRole, NewApiAdmin, RoleAssignment,
    /// };
    ///
    /// let role = RoleAssignment::new(AdminRole::OrganizationSsl).organization(9001);
    /// let email = "pki@example.com";
    /// let renewer = NewApiAdmin::new("renewer", "Correct-h0rse", "Rene", "Wer", email, [role])
    ///     .privileges([AdminPrivilege::RenewSsl]);
    /// ```
    pub struct NewApiAdmin(
        /// Login: letters, digits and `!@_.-+'`.
        #[length(3..=128)]
        #[valid(text::login)]
        login: String,
        /// Password.
        #[secret(..=64)]
        password: Secret,
        /// First name.
        #[length(..=64)]
        #[valid(text::name)]
        #[wire("forename")]
        first_name: String,
        /// Last name.
        #[length(..=64)]
        #[valid(text::name)]
        #[wire("surname")]
        last_name: String,
        /// E-mail address.
        #[length(..=128)]
        email: String,
        /// Roles, all of one level, each with its organization or department.
        #[count(1..)]
        #[valid(one_level)]
        #[wire("credentials")]
        roles: Vec<RoleAssignment>,
    ) {
        /// Serial number of a client certificate to sign in with, hexadecimal.
        #[valid(text::serial)]
        certificate_serial_number: SerialNumber,
        /// Position, phone number and address.
        #[wire(flat)]
        details: AdminDetails,
        /// Privileges beside what the roles give.
        privileges: Vec<AdminPrivilege>,
        /// Whether the administrator may sign in; active without it.
        #[wire("activeStatus")]
        status: AdminStatus,
    }
}

cert_core::request! {
    /// Administrator to be created who signs in to the web interface by an identity provider.
    pub struct NewIdpAdmin(
        /// E-mail address.
        #[length(..=128)]
        email: String,
        /// Roles, all of one level, each with its organization or department.
        #[count(1..)]
        #[valid(one_level)]
        #[wire("credentials")]
        roles: Vec<RoleAssignment>,
    ) {
        /// First name.
        #[length(..=64)]
        #[valid(text::name)]
        #[wire("forename")]
        first_name: String,
        /// Last name.
        #[length(..=64)]
        #[valid(text::name)]
        #[wire("surname")]
        last_name: String,
        /// Position, phone number and address.
        #[wire(flat)]
        details: AdminDetails,
        /// Privileges beside what the roles give.
        privileges: Vec<AdminPrivilege>,
        /// Whether the administrator may sign in; active without it.
        #[wire("activeStatus")]
        status: AdminStatus,
    }
}

cert_core::request! {
    /// Administrator to be created in Sectigo's own authentication service.
    pub struct NewSasAdmin(
        /// E-mail address.
        #[length(..=128)]
        email: String,
        /// Roles, all of one level, each with its organization or department.
        #[count(1..)]
        #[valid(one_level)]
        #[wire("credentials")]
        roles: Vec<RoleAssignment>,
    ) {
        /// First name.
        #[length(..=64)]
        #[valid(text::name)]
        #[wire("forename")]
        first_name: String,
        /// Last name.
        #[length(..=64)]
        #[valid(text::name)]
        #[wire("surname")]
        last_name: String,
        /// Position, phone number and address.
        #[wire(flat)]
        details: AdminDetails,
        /// Privileges beside what the roles give.
        privileges: Vec<AdminPrivilege>,
        /// Whether the administrator may sign in; active without it.
        #[wire("activeStatus")]
        status: AdminStatus,
    }
}
