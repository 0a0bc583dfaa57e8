//! Requests for certificates, and changes to them.

use cert_core::{
    CertificateSigningRequest, Encoded, Patch, RevocationReason, Time, Violation, open_enum,
};

use crate::certificates::revocation::taken;
use crate::organization_validations::BusinessCategory;
use crate::{OrganizationId, ProfileId};

open_enum! {
    /// Method by which control of the domain is shown. TXT records do not count here.
    pub enum BrandIndicatorDcvMode {
        /// A CNAME record.
        Cname = "CNAME",
        /// A mail to an address of the domain.
        Email = "EMAIL",
        /// A file served over HTTP.
        Http = "HTTP",
        /// A file served over HTTPS.
        Https = "HTTPS",
    }
}

open_enum! {
    /// Format of a collected brand indicator certificate.
    pub enum BrandIndicatorFormat {
        /// PEM.
        Pem = "pem",
        /// DER.
        Der = "der",
        /// PKCS#7 as PEM.
        Base64 = "base64",
    }
}

cert_core::request! {
    /// Order of a brand indicator certificate.
    ///
    /// ```
    /// use sectigo_scm::brand_indicators::{
    ///     BrandIndicatorDcvMode, BrandIndicatorEnrollment, Mark, MarkContact, MarkOwner,
    ///     MarkValidation,
    /// };
    ///
    /// # fn enrollment(svg: Vec<u8>) -> BrandIndicatorEnrollment {
    /// let approver = MarkContact::new("Ms", "Ada", "Example", "ada@example.com");
    /// let validation = MarkValidation::new(MarkOwner::new("US"), approver);
    /// let mark = Mark::new(svg).country("US").identifier("9876543210");
    /// let mode = BrandIndicatorDcvMode::Cname;
    /// BrandIndicatorEnrollment::new(9001, 5401, mode, validation, mark)
    /// # }
    /// ```
    pub struct BrandIndicatorEnrollment(
        /// Organization that will own the certificate.
        #[wire("orgId")]
        organization: OrganizationId,
        /// Profile of the certificate.
        #[wire("profileId")]
        profile: ProfileId,
        /// Method of domain control validation.
        #[valid(offered)]
        dcv_mode: BrandIndicatorDcvMode,
        /// Details that the CA validates.
        #[wire("validationDetails")]
        validation: MarkValidation,
        /// Mark that the certificate is for.
        #[wire("tradeMark")]
        mark: Mark,
    ) {
        /// CSR.
        csr: Encoded<CertificateSigningRequest>,
        /// E-mail address for domain control validation in mode `Email`.
        dcv_email: String,
        /// Whether the CA serves logo and certificate to mail programs; the vendor takes it for
        /// true.
        host_by_ca: bool,
    }
}

cert_core::request! {
    /// Changes to a request for a brand indicator certificate: what is not set stays as it is.
    ///
    /// A part that is set takes the place of the whole part: a [`Mark`] without its country has
    /// none afterwards.
    pub struct BrandIndicatorUpdate() {
        /// CSR.
        csr: Encoded<CertificateSigningRequest>,
        /// Method of domain control validation.
        #[valid(offered)]
        dcv_mode: BrandIndicatorDcvMode,
        /// E-mail address for domain control validation in mode `Email`.
        dcv_email: String,
        /// Organization that will own the certificate.
        #[wire("orgId")]
        organization: OrganizationId,
        /// Profile of the certificate. The vendor's sample sends null, [`Patch::Clear`], without
        /// saying what becomes of the profile.
        #[wire("profileId")]
        profile: Patch<ProfileId>,
        /// Whether the CA serves logo and certificate to mail programs.
        host_by_ca: bool,
        /// Details that the CA validates.
        #[wire("validationDetails")]
        validation: MarkValidation,
        /// Mark that the certificate is for.
        #[wire("tradeMark")]
        mark: Mark,
    }
}

cert_core::request! {
    /// Mark that mail programs show beside a sender.
    pub struct Mark(
        /// Logo: an SVG file in the profile Tiny PS, as bytes, or as a text that is base64 already.
        #[length(1..=32_767)]
        #[valid(encoded)]
        #[wire("base64Logo")]
        logo: Encoded<Vec<u8>>,
    ) {
        /// Country of the register of the mark, two letters (ISO 3166-1).
        #[wire("trademarkCountry")]
        country: String,
        /// Office that registered the mark.
        #[length(..=2_048)]
        #[wire("trademarkOffice")]
        office: String,
        /// Number of the registration.
        #[length(..=2_048)]
        #[wire("trademarkIdentifier")]
        identifier: String,
        /// Domain that used the logo before, for certificates of marks in common use (CMC).
        #[wire("logoPriorUseDomainName")]
        prior_use_domain: String,
    }
}

cert_core::request! {
    /// Details that the CA validates.
    pub struct MarkValidation(
        /// Organization that owns the mark.
        #[wire("orgDetails")]
        organization: MarkOwner,
        /// Person who approves the request for the organization.
        approver: MarkContact,
    ) {
        /// Person who signs the contract with the CA.
        signer: MarkContact,
        /// Person who makes the request for the organization.
        requester: MarkContact,
    }
}

cert_core::request! {
    /// Organization that owns a mark.
    pub struct MarkOwner(
        /// Country of the jurisdiction, two letters (ISO 3166-1).
        #[wire("joiCountry")]
        country: String,
    ) {
        /// Kind of business.
        business_category: BusinessCategory,
        /// Name under which the organization does business.
        assumed_name: String,
        /// Number of the organization in the register.
        #[wire("companyNumber")]
        registration_number: String,
        /// D-U-N-S number of the organization.
        duns_number: String,
        /// Register that the organization stands in.
        #[wire("incorporatingAgency")]
        registration_agency: String,
        /// State or province of the jurisdiction.
        #[wire("joiStateOrProvince")]
        state_or_province: String,
        /// Town of the jurisdiction.
        #[wire("joiLocality")]
        city: String,
        /// Day of incorporation, `yyyy-MM-dd`.
        #[wire("dateOfIncorporation")]
        incorporated: Time,
    }
}

cert_core::request! {
    /// Person who acts for the organization.
    pub struct MarkContact(
        /// Title or form of address.
        title: String,
        /// First name.
        #[wire("forename")]
        first_name: String,
        /// Last name.
        #[wire("surname")]
        last_name: String,
        /// E-mail address.
        email: String,
    ) {
        /// Phone number.
        phone: String,
        /// Relationship to the organization.
        relationship: String,
        /// Street and number.
        address: String,
        /// Town.
        city: String,
        /// Postal code.
        postal_code: String,
        /// Country, two letters (ISO 3166-1).
        country: String,
        /// State or province.
        state_or_province: String,
    }
}

cert_core::request! {
    /// Reason for which the CA shall revoke a brand indicator certificate.
    pub struct BrandIndicatorRevocation(
        /// Reason in words.
        #[length(1..=512)]
        reason: String,
    ) {
        /// Reason for the revocation list: unspecified, key compromise, affiliation changed,
        /// superseded or cessation of operation.
        #[valid(taken)]
        #[wire("reasonCode")]
        code: RevocationReason,
    }
}

/// Refuses the mode that the other kinds of certificate have besides.
fn offered(mode: &BrandIndicatorDcvMode) -> Result<(), Violation> {
    match mode.as_str().eq_ignore_ascii_case("TXT") {
        true => Err(Violation::new(
            "is TXT: for brand indicators it must be CNAME, EMAIL, HTTP or HTTPS",
        )),
        false => Ok(()),
    }
}

/// Refuses a logo that nobody encoded.
fn encoded(logo: &Encoded<Vec<u8>>) -> Result<(), Violation> {
    match logo.as_str().trim_start().starts_with('<') {
        true => Err(Violation::new(
            "is SVG: give it as bytes, or as the text of its base64",
        )),
        false => Ok(()),
    }
}
