use cert_core::Violation;

use super::{KeyRecovery, Webhook};

cert_core::request! {
    /// Organization to be created. A city or a state or province is needed.
    pub struct NewOrganization(
        /// Name of the organization.
        #[length(1..=128)]
        name: String,
        /// Street and number.
        #[length(1..=128)]
        address1: String,
        /// Country, two letters (ISO 3166-1).
        #[length(2..=2)]
        country: String,
        /// Administrators who may recover private keys of client certificates; set for good.
        #[wire("clientCertificate")]
        key_recovery: KeyRecovery,
    ) {
        /// Further name of the organization, for certificates under its secondary name.
        #[length(..=1_024)]
        #[wire("alternativeName")]
        secondary_name: String,
        /// SCHAC home organization: a domain name that stands for the institution. Answers have
        /// it deprecated for `alias`.
        #[length(..=1_024)]
        schac_home_organization: String,
        /// Short name of the organization.
        #[length(..=1_024)]
        alias: String,
        /// E-mail addresses of contacts, separated by commas.
        #[length(..=512)]
        contact_emails: String,
        /// Webhook for notifications.
        contact_webhook: Webhook,
        /// Slack webhook for notifications.
        contact_slack: Webhook,
        /// Microsoft Teams webhook for notifications.
        contact_teams: Webhook,
        /// Second line of the address.
        #[length(..=128)]
        address2: String,
        /// Third line of the address.
        #[length(..=128)]
        address3: String,
        /// Town.
        #[length(..=32)]
        city: String,
        /// State or province.
        #[length(..=32)]
        #[wire("stateProvince")]
        state_or_province: String,
        /// Postal code.
        #[length(..=10)]
        postal_code: String,
        /// Whether SSL certificates can be managed over the Web and REST interfaces.
        #[wire("sslCertsApiEnabled")]
        ssl_api_enabled: bool,
        /// Whether client certificates can be managed over the Web and REST interfaces.
        #[wire("clientCertsApiEnabled")]
        smime_api_enabled: bool,
    } check Self::check_place
}

impl NewOrganization {
    fn check_place(&self) -> Result<(), Violation> {
        placed(&self.city, &self.state_or_province)
    }
}

cert_core::request! {
    /// Department to be created. A city or a state or province is needed.
    pub struct NewDepartment(
        /// Name of the organization that the department belongs to.
        #[length(1..=128)]
        #[wire("parentOrgName")]
        parent_name: String,
        /// Name of the department.
        #[length(1..=128)]
        name: String,
        /// Street and number.
        #[length(1..=128)]
        address1: String,
        /// Country, two letters (ISO 3166-1).
        #[length(2..=2)]
        country: String,
        /// Administrators who may recover private keys of client certificates; set for good.
        #[wire("clientCertificate")]
        key_recovery: KeyRecovery,
    ) {
        /// Second line of the address.
        #[length(..=128)]
        address2: String,
        /// Third line of the address.
        #[length(..=128)]
        address3: String,
        /// Town.
        #[length(..=32)]
        city: String,
        /// State or province.
        #[length(..=32)]
        #[wire("stateProvince")]
        state_or_province: String,
        /// Postal code.
        #[length(..=10)]
        postal_code: String,
        /// Whether SSL certificates can be managed over the Web and REST interfaces.
        #[wire("sslCertsApiEnabled")]
        ssl_api_enabled: bool,
        /// Whether client certificates can be managed over the Web and REST interfaces.
        #[wire("clientCertsApiEnabled")]
        smime_api_enabled: bool,
    } check Self::check_place
}

impl NewDepartment {
    fn check_place(&self) -> Result<(), Violation> {
        placed(&self.city, &self.state_or_province)
    }
}

/// Refuses an address without a town and without a state.
fn placed(city: &Option<String>, state: &Option<String>) -> Result<(), Violation> {
    let is_given = |place: &Option<String>| place.as_deref().is_some_and(|name| !name.is_empty());
    match is_given(city) || is_given(state) {
        true => Ok(()),
        false => Err(Violation::new("is empty: set it or `state_or_province`").within("city")),
    }
}

cert_core::request! {
    /// Changes of an organization or department: what is not set is not sent.
    pub struct OrganizationUpdate() {
        /// Name of the organization.
        #[length(..=128)]
        name: String,
        /// Further name of the organization, for certificates under its secondary name.
        #[length(..=1_024)]
        #[wire("alternativeName")]
        secondary_name: String,
        /// SCHAC home organization: a domain name that stands for the institution. Answers have
        /// it deprecated for `alias`.
        #[length(..=1_024)]
        schac_home_organization: String,
        /// Short name of the organization.
        #[length(..=1_024)]
        alias: String,
        /// E-mail addresses of contacts, separated by commas.
        #[length(..=512)]
        contact_emails: String,
        /// Webhook for notifications.
        contact_webhook: Webhook,
        /// Slack webhook for notifications.
        contact_slack: Webhook,
        /// Microsoft Teams webhook for notifications.
        contact_teams: Webhook,
        /// Street and number.
        #[length(..=128)]
        address1: String,
        /// Second line of the address.
        #[length(..=128)]
        address2: String,
        /// Third line of the address.
        #[length(..=128)]
        address3: String,
        /// Town.
        #[length(..=32)]
        city: String,
        /// State or province.
        #[length(..=32)]
        #[wire("stateProvince")]
        state_or_province: String,
        /// Postal code.
        #[length(..=10)]
        postal_code: String,
        /// Country, two letters (ISO 3166-1).
        #[length(2..=2)]
        country: String,
        /// Whether SSL certificates can be managed over the Web and REST interfaces.
        #[wire("sslCertsApiEnabled")]
        ssl_api_enabled: bool,
        /// Whether client certificates can be managed over the Web and REST interfaces.
        #[wire("clientCertsApiEnabled")]
        smime_api_enabled: bool,
    }
}
