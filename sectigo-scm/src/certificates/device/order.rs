//! What is sent to order, replace and import certificates.

use cert_core::client::Error;
use cert_core::lenient::blank_as_none;
use cert_core::{Certificate, CertificateSigningRequest, Encoded, open_enum};
use serde::{Deserialize, Serialize};

use super::DeviceStatus;
use crate::certificates::import::{base64, base64_option};
use crate::{BackendCertId, CustomField, DeviceId, OrganizationId, ProfileId};

/// A request that was accepted, and the certificate to come.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DeviceOrder {
    /// Number of the certificate to come.
    #[serde(rename = "deviceCertId")]
    pub id: DeviceId,
    /// Where it stands.
    pub status: Option<DeviceStatus>,
    /// Its name at the CA. Deprecated by the vendor for `id`.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub backend_cert_id: Option<BackendCertId>,
    /// Number of the order. Deprecated by the vendor for `id`.
    pub order_number: Option<i64>,
}

open_enum! {
    /// An attribute that an order can put into the subject of a device certificate. The vendor
    /// refuses any other.
    pub enum SubjectAttribute {
        /// Common name.
        CommonName = "commonName",
        /// Family name.
        Surname = "surname",
        /// Country, two letters.
        Country = "countryName",
        /// Town.
        Locality = "localityName",
        /// State or province.
        StateOrProvince = "stateOrProvinceName",
        /// Street and number.
        StreetAddress = "streetAddress",
        /// Organization.
        Organization = "organizationName",
        /// Part of an organization.
        OrganizationalUnit = "organizationalUnitName",
        /// Title, such as a function within an organization.
        Title = "title",
        /// Description.
        Description = "description",
        /// Postal code.
        PostalCode = "postalCode",
        /// Post office box.
        PostOfficeBox = "postOfficeBox",
        /// Telephone number.
        TelephoneNumber = "telephoneNumber",
        /// First name.
        GivenName = "givenName",
        /// Initials.
        Initials = "initials",
        /// E-mail address.
        EmailAddress = "emailAddress",
        /// Number of a Spanish or South American identity card.
        IdentityCard = "DocumentoNacionaldeIdentidad",
        /// Serial number of the device.
        SerialNumber = "serialNumber",
        /// Number in the French register of enterprises.
        Sirene = "SIRENE",
        /// E-mail address for collection.
        CollectionEmailAddress = "collectionEmailAddress",
        /// E-mail address as an RFC 822 name.
        Rfc822Name = "rfc822Name",
        /// Unique identifier of the subject.
        SubjectUniqueIdentifier = "subjectUniqueIdentifier",
        /// Unique identifier.
        UniqueIdentifier = "uniqueIdentifier",
        /// Permanent identifier of one organization's network security department.
        AscentMediaNetSecDept = "PermIdAscentMediaNetSecDept",
        /// Permanent identifier of one organization's engineering home network.
        AscentMediaEngHomeNet = "PermIdAscentMediaEngHomeNet",
        /// Account name of Windows before 2000.
        SamAccountName = "sAMAccountName",
        /// User id.
        UserId = "userId",
        /// User principal name.
        UserPrincipalName = "userPrincipalName",
        /// Unstructured name (RFC 2985 section 5.4.2).
        UnstructuredName = "unstructuredName",
        /// Part of a domain name (RFC 4519 section 2.4).
        DomainComponent = "domainComponent",
        /// DNS name.
        DnsName = "dnsName",
        /// Service principal name.
        ServicePrincipalName = "servicePrincipalName",
        /// Security identifier of the end entity.
        SecurityIdentifier = "eeSID",
    }
}

/// An attribute for the subject, with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubjectField {
    name: SubjectAttribute,
    value: String,
}

impl SubjectField {
    /// An attribute, and its value of at most 256 characters.
    pub fn new(attribute: impl Into<SubjectAttribute>, value: impl Into<String>) -> Self {
        Self {
            name: attribute.into(),
            value: value.into(),
        }
    }
}

cert_core::request! {
    /// A certificate to be issued for the key of a CSR.
    pub struct DeviceEnrollment(
        /// Whose it will be.
        #[serde(rename = "orgId")]
        organization: OrganizationId,
        /// The profile.
        #[serde(rename = "certType")]
        profile: ProfileId,
        /// The CSR, PEM or bare base64, at most 32,767 characters.
        csr: Encoded<CertificateSigningRequest>,
    ) {
        /// Validity in days, one of the profile's terms.
        term: u32,
        /// Remarks, at most 1,024 characters.
        comments: String,
        /// Custom fields; every mandatory one is needed.
        custom_fields: Vec<CustomField>,
        /// Attributes to put into the subject, besides those of the CSR.
        #[serde(rename = "optionalFields")]
        subject_fields: Vec<SubjectField>,
    }
}

cert_core::request! {
    /// A certificate for another key in the place of one.
    pub struct DeviceReplacement(
        /// The CSR for the new key pair, at most 32,767 characters.
        csr: Encoded<CertificateSigningRequest>,
        /// Why, 1 to 512 characters.
        reason: String,
        /// Whether the previous certificate is revoked.
        revoke: bool,
    ) {}
}

impl DeviceReplacement {
    pub(super) fn checked(&self) -> Result<(), Error> {
        crate::certificates::remark::length("the reason for the replacement", &self.reason)
    }
}

cert_core::request! {
    /// A certificate from elsewhere that is to be managed.
    pub struct DeviceImport(
        /// Whose it will be. The vendor spells the name differently here.
        #[serde(rename = "orgID")]
        organization: OrganizationId,
        /// The certificate; goes as base64 of its DER form, also where it is given as PEM.
        #[serde(serialize_with = "base64")]
        cert: Encoded<Certificate>,
    ) {
        /// Custom fields.
        custom_fields: Vec<CustomField>,
        /// E-mail address of its owner, at most 128 characters.
        owner: String,
        /// Its name at the CA, at most 255 characters.
        backend_cert_id: BackendCertId,
        /// Its CSR; goes as base64 of its DER form, also where it is given as PEM.
        #[serde(serialize_with = "base64_option")]
        csr: Encoded<CertificateSigningRequest>,
        /// Remarks, at most 1,024 characters.
        comments: String,
        /// Changes the fields of a certificate that is managed already.
        force: bool,
    }
}
