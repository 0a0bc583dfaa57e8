use cert_core::{Secret, SerialNumber, Violation};

use super::identity::check_identity;
use super::role::one_level;
use super::{AdminDetails, AdminPrivilege, AdminStatus, RoleAssignment, text};
use crate::IdentityProviderId;

cert_core::request! {
    /// Changes of an administrator of the standard kind, or who becomes one: what is not set is
    /// not sent, and stays.
    pub struct StandardAdminUpdate() {
        /// Login: letters, digits and `!@_.-+'`.
        #[length(3..=128)]
        #[valid(text::login)]
        login: String,
        /// Password.
        #[secret(..=64)]
        password: Secret,
        /// Serial number of a client certificate to sign in with, hexadecimal.
        #[valid(text::serial)]
        certificate_serial_number: SerialNumber,
        /// First name.
        #[length(1..=64)]
        #[valid(text::written_name)]
        #[wire("forename")]
        first_name: String,
        /// Last name.
        #[length(1..=64)]
        #[valid(text::written_name)]
        #[wire("surname")]
        last_name: String,
        /// E-mail address.
        #[length(1..=128)]
        #[valid(text::written)]
        email: String,
        /// Identity provider to sign in by; needs `edu_person_principal_name`.
        #[id(1..)]
        #[wire("identityProviderId")]
        identity_provider: IdentityProviderId,
        /// `eduPersonPrincipalName` of the administrator at the identity provider.
        #[length(..=256)]
        #[wire("idpPersonId")]
        edu_person_principal_name: String,
        /// Roles in place of those that there are: all of one level, each with its organization or
        /// department.
        #[count(1..)]
        #[valid(one_level)]
        #[wire("credentials")]
        roles: Vec<RoleAssignment>,
        /// Position, phone number and address.
        #[wire(flat)]
        details: AdminDetails,
        /// Privileges beside what the roles give, in place of those that there are.
        privileges: Vec<AdminPrivilege>,
        /// Whether the administrator may sign in.
        #[wire("activeStatus")]
        status: AdminStatus,
    } check Self::check_identity
}

impl StandardAdminUpdate {
    fn check_identity(&self) -> Result<(), Violation> {
        check_identity(self.identity_provider, &self.edu_person_principal_name)
    }
}

cert_core::request! {
    /// Changes of an administrator who uses the API alone, or who becomes one: what is not set
    /// is not sent, and stays.
    pub struct ApiAdminUpdate() {
        /// Login: letters, digits and `!@_.-+'`.
        #[length(3..=128)]
        #[valid(text::login)]
        login: String,
        /// Password.
        #[secret(..=64)]
        password: Secret,
        /// Serial number of a client certificate to sign in with, hexadecimal.
        #[valid(text::serial)]
        certificate_serial_number: SerialNumber,
        /// First name.
        #[length(1..=64)]
        #[valid(text::written_name)]
        #[wire("forename")]
        first_name: String,
        /// Last name.
        #[length(1..=64)]
        #[valid(text::written_name)]
        #[wire("surname")]
        last_name: String,
        /// E-mail address.
        #[length(1..=128)]
        #[valid(text::written)]
        email: String,
        /// Roles in place of those that there are: all of one level, each with its organization or
        /// department.
        #[count(1..)]
        #[valid(one_level)]
        #[wire("credentials")]
        roles: Vec<RoleAssignment>,
        /// Position, phone number and address.
        #[wire(flat)]
        details: AdminDetails,
        /// Privileges beside what the roles give, in place of those that there are.
        privileges: Vec<AdminPrivilege>,
        /// Whether the administrator may sign in.
        #[wire("activeStatus")]
        status: AdminStatus,
    }
}

cert_core::request! {
    /// Changes of an administrator who signs in by an identity provider, or who becomes one:
    /// what is not set is not sent, and stays.
    ///
    /// Of an administrator who was made from a template, names, address and contact alone can be
    /// changed until [`unlink`](super::Administrators::unlink): privileges, roles and identity
    /// provider are the template's.
    pub struct IdpAdminUpdate() {
        /// First name.
        #[length(1..=64)]
        #[valid(text::written_name)]
        #[wire("forename")]
        first_name: String,
        /// Last name.
        #[length(1..=64)]
        #[valid(text::written_name)]
        #[wire("surname")]
        last_name: String,
        /// E-mail address.
        #[length(1..=128)]
        #[valid(text::written)]
        email: String,
        /// Identity provider to sign in by; needs `edu_person_principal_name`.
        #[id(1..)]
        #[wire("identityProviderId")]
        identity_provider: IdentityProviderId,
        /// `eduPersonPrincipalName` of the administrator at the identity provider.
        #[length(..=256)]
        #[wire("idpPersonId")]
        edu_person_principal_name: String,
        /// Roles in place of those that there are: all of one level, each with its organization or
        /// department.
        #[count(1..)]
        #[valid(one_level)]
        #[wire("credentials")]
        roles: Vec<RoleAssignment>,
        /// Position, phone number and address.
        #[wire(flat)]
        details: AdminDetails,
        /// Privileges beside what the roles give, in place of those that there are.
        privileges: Vec<AdminPrivilege>,
        /// Whether the administrator may sign in.
        #[wire("activeStatus")]
        status: AdminStatus,
    } check Self::check_identity
}

impl IdpAdminUpdate {
    fn check_identity(&self) -> Result<(), Violation> {
        check_identity(self.identity_provider, &self.edu_person_principal_name)
    }
}

cert_core::request! {
    /// Changes of an administrator of Sectigo's own authentication service, or who becomes one:
    /// what is not set is not sent, and stays.
    pub struct SasAdminUpdate() {
        /// First name.
        #[length(1..=64)]
        #[valid(text::written_name)]
        #[wire("forename")]
        first_name: String,
        /// Last name.
        #[length(1..=64)]
        #[valid(text::written_name)]
        #[wire("surname")]
        last_name: String,
        /// E-mail address.
        #[length(1..=128)]
        #[valid(text::written)]
        email: String,
        /// Roles in place of those that there are: all of one level, each with its organization or
        /// department.
        #[count(1..)]
        #[valid(one_level)]
        #[wire("credentials")]
        roles: Vec<RoleAssignment>,
        /// Position, phone number and address.
        #[wire(flat)]
        details: AdminDetails,
        /// Privileges beside what the roles give, in place of those that there are.
        privileges: Vec<AdminPrivilege>,
        /// Whether the administrator may sign in.
        #[wire("activeStatus")]
        status: AdminStatus,
    }
}
