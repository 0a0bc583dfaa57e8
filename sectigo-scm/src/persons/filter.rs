use crate::OrganizationId;

cert_core::request! {
    /// Filter of persons to list; without anything set, all that the administrator may see.
    pub struct PersonFilter() {
        /// Name of the person.
        name: String,
        /// Organization or department that the person belongs to.
        #[wire("organizationId")]
        organization: OrganizationId,
        /// E-mail address of the person.
        email: String,
        /// Common name of certificates.
        common_name: String,
        /// Phone number of the person.
        phone: String,
        /// One of the further e-mail addresses of the person.
        secondary_email: String,
    }
}
