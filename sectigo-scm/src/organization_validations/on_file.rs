//! Details of an organization as a CA has them.

use cert_core::Time;

use super::BusinessCategory;

cert_core::response! {
    /// Details of an organization as they are on file.
    pub struct OrganizationOnFile {
        /// Name and address.
        #[wire("generalDetails")]
        pub general: Option<GeneralDetailsOnFile>,
        /// Details for extended validation.
        #[wire("evDetails")]
        pub ev: Option<EvDetailsOnFile>,
        /// Identifier in a register, such as `NTRBE-0876866142`.
        pub organization_identifier: Option<String>,
    }
}

cert_core::response! {
    /// Name and address of an organization as they are on file.
    pub struct GeneralDetailsOnFile {
        /// Name by which the organization is registered.
        pub legal_name: Option<String>,
        /// Name under which the organization does business.
        pub assumed_name: Option<String>,
        /// Street and number.
        pub address1: Option<String>,
        /// Second line of the address.
        pub address2: Option<String>,
        /// Third line of the address.
        pub address3: Option<String>,
        /// Town.
        pub city: Option<String>,
        /// State or province.
        #[wire("stateProvince")]
        pub state_or_province: Option<String>,
        /// Postal code.
        pub postal_code: Option<String>,
        /// Country, two letters (ISO 3166-1).
        pub country: Option<String>,
    }
}

cert_core::response! {
    /// Details for extended validation as they are on file.
    pub struct EvDetailsOnFile {
        /// Register that the organization stands in.
        pub registration_agency: Option<RegistrationAgencyOnFile>,
        /// Person who signs the contract with the CA.
        pub contract_signer: Option<ContractSignerOnFile>,
    }
}

cert_core::response! {
    /// Register that an organization stands in, as it is on file.
    pub struct RegistrationAgencyOnFile {
        /// D-U-N-S number of the organization.
        #[wire("dunAndBradstreetNumber")]
        pub duns_number: Option<String>,
        /// Number of the organization in the register.
        pub registration_number: Option<String>,
        /// Town of the jurisdiction.
        pub city: Option<String>,
        /// State or province of the jurisdiction.
        #[wire("state")]
        pub state_or_province: Option<String>,
        /// Country of the jurisdiction, two letters (ISO 3166-1).
        pub country: Option<String>,
        /// Day of incorporation.
        #[wire("dateOfIncorporation")]
        pub incorporated: Option<Time>,
        /// Kind of business.
        pub business_category: Option<BusinessCategory>,
    }
}

cert_core::response! {
    /// Person who signs the contract with the CA, as on file.
    pub struct ContractSignerOnFile {
        /// First name.
        #[wire("forename")]
        pub first_name: Option<String>,
        /// Last name.
        #[wire("surname")]
        pub last_name: Option<String>,
        /// E-mail address.
        pub email: Option<String>,
        /// Phone number.
        #[wire("phoneNumber")]
        pub phone: Option<String>,
    }
}
