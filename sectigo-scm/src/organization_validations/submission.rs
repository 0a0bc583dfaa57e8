use cert_core::Time;

use super::{BusinessCategory, ValidationLevel};
use crate::CaBackendId;

cert_core::request! {
    /// Details of an organization that a CA is to validate.
    pub struct ValidationSubmission(
        /// Level of the validation.
        #[wire("validationLevel")]
        level: ValidationLevel,
        /// Number of the CA backend.
        #[wire("backendId")]
        backend: CaBackendId,
        /// Details to be validated.
        #[wire("organizationDetails")]
        details: OrganizationDetails,
    ) {
        /// Whether the details are the secondary set, for accounts with that feature.
        #[wire("alternative")]
        secondary: bool,
        /// Whether a validation that exists is overwritten; it is refused otherwise.
        #[wire("overwriteIfExists")]
        overwrite: bool,
    }
}

cert_core::request! {
    /// Details that a CA is to validate again; those on file where nothing is set.
    pub struct ValidationResubmission() {
        /// New details.
        #[wire("organizationDetails")]
        details: OrganizationDetails,
    }
}

cert_core::request! {
    /// Details of an organization.
    pub struct OrganizationDetails(
        /// Name and address.
        #[wire("generalDetails")]
        general: GeneralDetails,
    ) {
        /// Details that [`EvSsl`](ValidationLevel::EvSsl) needs, and no other level.
        #[wire("evDetails")]
        ev: EvDetails,
        /// Identifier in a register, such as `NTRBE-0876866142`, of the scheme VAT, NTR, LEI, INT
        /// or GOV; for [`OvSmime`](ValidationLevel::OvSmime) alone.
        #[length(..=128)]
        organization_identifier: String,
    }
}

cert_core::request! {
    /// Name and address of an organization.
    pub struct GeneralDetails(
        /// Name by which the organization is registered.
        #[length(1..=64)]
        legal_name: String,
        /// Country, two letters (ISO 3166-1).
        #[length(2..=2)]
        country: String,
    ) {
        /// Name under which the organization does business; for
        /// [`EvSsl`](ValidationLevel::EvSsl) alone.
        #[length(..=256)]
        assumed_name: String,
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
    }
}

cert_core::request! {
    /// Details of an organization for extended validation.
    pub struct EvDetails() {
        /// Register that the organization stands in.
        registration_agency: RegistrationAgency,
        /// Person who signs the contract with the CA.
        contract_signer: ContractSigner,
    }
}

cert_core::request! {
    /// Register that an organization stands in.
    pub struct RegistrationAgency(
        /// Country of the jurisdiction, two letters (ISO 3166-1).
        #[length(2..=2)]
        country: String,
    ) {
        /// D-U-N-S number of the organization.
        #[length(..=20)]
        #[wire("dunAndBradstreetNumber")]
        duns_number: String,
        /// Number of the organization in the register.
        #[length(..=256)]
        registration_number: String,
        /// Town of the jurisdiction.
        #[length(..=128)]
        city: String,
        /// State or province of the jurisdiction.
        #[length(..=128)]
        #[wire("state")]
        state_or_province: String,
        /// Day of incorporation, `yyyy-MM-dd`, in the past.
        #[wire("dateOfIncorporation")]
        incorporated: Time,
        /// Kind of business.
        business_category: BusinessCategory,
    }
}

cert_core::request! {
    /// Person who signs the contract with the CA.
    pub struct ContractSigner(
        /// First name.
        #[length(1..=64)]
        #[wire("forename")]
        first_name: String,
        /// Last name.
        #[length(1..=64)]
        #[wire("surname")]
        last_name: String,
        /// E-mail address.
        #[length(1..=255)]
        email: String,
    ) {
        /// Phone number.
        #[length(..=32)]
        #[wire("phoneNumber")]
        phone: String,
    }
}
