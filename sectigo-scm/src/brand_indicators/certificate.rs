//! Brand indicator certificates as answers tell of them.

use cert_core::client::Row;
use cert_core::{Encoded, Fingerprint, SerialNumber, Time, open_enum};

use super::told::{DomainNames, Named};
use crate::organization_validations::BusinessCategory;
use crate::ssl::RequestedVia;
use crate::{AdminId, BackendCertId, BrandIndicatorId, DcvMethod, OrganizationId, ProfileId};

open_enum! {
    /// Status of a brand indicator certificate. The vendor shows `Applied`, and names some of the
    /// others; none is listed.
    pub enum BrandIndicatorStatus {
        /// Waits for approval.
        Requested = "Requested",
        /// Approval was refused.
        Declined = "Declined",
        /// The CA refused it.
        Rejected = "Rejected",
        /// The request cannot be carried out.
        Invalid = "Invalid",
        /// Ordered from the CA.
        Applied = "Applied",
        /// Issued; collecting may still have to wait.
        Issued = "Issued",
        /// Revoked.
        Revoked = "Revoked",
        /// Validity is over.
        Expired = "Expired",
    }
}

cert_core::response! {
    /// A brand indicator certificate, or the request for one.
    ///
    /// Lists lack what stands after `revoked`.
    pub struct BrandIndicator {
        /// Number of the certificate.
        pub id: BrandIndicatorId,
        /// Current status.
        pub status: Option<BrandIndicatorStatus>,
        /// Common name of the subject: the domain that sends mail.
        pub common_name: Option<String>,
        /// Subject alternative names.
        pub subject_alternative_names: DomainNames,
        /// Number of the order at the CA.
        #[wire("orderNumber")]
        pub order: Option<BackendCertId>,
        /// CA that issued the certificate.
        pub issuer: Option<Named<i64>>,
        /// Serial number, none before the certificate is issued.
        pub serial_number: Option<SerialNumber>,
        /// Profile of the certificate.
        pub profile: Option<Named<ProfileId>>,
        /// Kind of mark, such as `COMMON`.
        pub verification_type: Option<String>,
        /// Ordered validity in days.
        pub term: Option<u32>,
        /// Origin of the request.
        pub requested_via: Option<RequestedVia>,
        /// Organization that owns the certificate.
        pub organization: Option<Named<OrganizationId>>,
        /// Administrator who requested the certificate.
        pub requester: Option<Named<AdminId>>,
        /// Administrator who approved the request.
        pub approver: Option<Named<AdminId>>,
        /// Algorithm of the signature, empty before the certificate is issued.
        pub signature_algorithm: Option<String>,
        /// SHA-1 fingerprint.
        pub sha1_fingerprint: Option<Fingerprint>,
        /// SHA-256 fingerprint.
        pub sha256_fingerprint: Option<Fingerprint>,
        /// Remarks.
        pub comments: Option<String>,
        /// Time of the request.
        pub requested: Option<Time>,
        /// Time of the approval.
        pub approved: Option<Time>,
        /// Time at which the request was declined.
        pub declined: Option<Time>,
        /// End of the validity.
        pub expires: Option<Time>,
        /// Time of the issuance.
        pub issued: Option<Time>,
        /// Time at which the certificate was collected.
        pub downloaded: Option<Time>,
        /// Time of the revocation.
        pub revoked: Option<Time>,
        /// Method by which control of the domain is shown.
        pub dcv_mode: Option<DcvMethod>,
        /// Address of the mail, in mode `EMAIL`.
        pub dcv_email: Option<String>,
        /// Mark that the certificate is for.
        #[wire("tradeMark")]
        pub mark: Option<MarkOnFile>,
        /// Details that the CA validates.
        #[wire("evDetails")]
        pub validation: Option<MarkValidationOnFile>,
        /// Whether the CA serves logo and certificate to mail programs.
        pub host_by_ca: Option<bool>,
        /// URL at which the CA serves the logo.
        pub logo_uri: Option<String>,
        /// URL at which the CA serves the certificate.
        #[wire("certUri")]
        pub certificate_uri: Option<String>,
    }
}

cert_core::response! {
    /// Mark as it is on file.
    pub struct MarkOnFile {
        /// Logo: an SVG file.
        #[wire("base64Logo")]
        pub logo: Option<Encoded<Vec<u8>>>,
        /// Country of the register of the mark, two letters (ISO 3166-1).
        #[wire("trademarkCountry")]
        pub country: Option<String>,
        /// Office that registered the mark.
        #[wire("trademarkOffice")]
        pub office: Option<String>,
        /// Number of the registration.
        #[wire("trademarkIdentifier")]
        pub identifier: Option<String>,
        /// Domain that used the logo before.
        #[wire("logoPriorUseDomainName")]
        pub prior_use_domain: Option<String>,
    }
}

cert_core::response! {
    /// Details that the CA validates, as they are on file.
    pub struct MarkValidationOnFile {
        /// Organization that owns the mark.
        #[wire("orgDetails")]
        pub organization: Option<MarkOwnerOnFile>,
        /// Person who signs the contract with the CA.
        pub signer: Option<MarkContactOnFile>,
        /// Person who approves the request for the organization.
        pub approver: Option<MarkContactOnFile>,
        /// Person who makes the request for the organization.
        pub requester: Option<MarkContactOnFile>,
    }
}

cert_core::response! {
    /// Organization that owns a mark, as it is on file.
    pub struct MarkOwnerOnFile {
        /// Kind of business.
        pub business_category: Option<BusinessCategory>,
        /// Name under which the organization does business.
        pub assumed_name: Option<String>,
        /// D-U-N-S number of the organization.
        pub duns_number: Option<String>,
        /// Number of the organization in the register.
        #[wire("companyNumber")]
        pub registration_number: Option<String>,
        /// Town of the jurisdiction.
        #[wire("joiLocality")]
        pub city: Option<String>,
        /// State or province of the jurisdiction.
        #[wire("joiStateOrProvince")]
        pub state_or_province: Option<String>,
        /// Country of the jurisdiction, two letters (ISO 3166-1).
        #[wire("joiCountry")]
        pub country: Option<String>,
        /// Register that the organization stands in.
        #[wire("incorporatingAgency")]
        pub registration_agency: Option<String>,
        /// Day of incorporation.
        #[wire("dateOfIncorporation")]
        pub incorporated: Option<Time>,
        /// Phone number.
        #[wire("telephone")]
        pub phone: Option<String>,
    }
}

cert_core::response! {
    /// Person who acts for the organization, as on file.
    pub struct MarkContactOnFile {
        /// First name.
        #[wire("forename")]
        pub first_name: Option<String>,
        /// Last name.
        #[wire("surname")]
        pub last_name: Option<String>,
        /// E-mail address.
        pub email: Option<String>,
        /// Phone number.
        pub phone: Option<String>,
        /// Title or form of address.
        pub title: Option<String>,
        /// Relationship to the organization.
        pub relationship: Option<String>,
        /// Street and number.
        pub address: Option<String>,
        /// Town.
        pub city: Option<String>,
        /// Postal code.
        pub postal_code: Option<String>,
        /// Country, two letters (ISO 3166-1).
        pub country: Option<String>,
        /// State or province.
        pub state_or_province: Option<String>,
    }
}

impl Row for BrandIndicator {
    type Id = BrandIndicatorId;

    fn id(&self) -> &BrandIndicatorId {
        &self.id
    }
}
