//! Requests to order, replace and import certificates.

use cert_core::{Certificate, CertificateSigningRequest, Encoded, open_enum};

use super::DeviceStatus;
use crate::certificates::csr::armoured;
use crate::certificates::import::Base64;
use crate::certificates::profile_check::{Wanted, WantedKey, Wants, enrollments};
use crate::{BackendCertId, CertType, CustomField, DeviceId, OrganizationId, ProfileId};

cert_core::response! {
    /// A request that was accepted, and the certificate to come.
    pub struct DeviceOrder {
        /// Number of the certificate to come.
        #[wire("deviceCertId")]
        pub id: DeviceId,
        /// Current status.
        pub status: Option<DeviceStatus>,
        /// Name of the certificate at the CA. Deprecated by the vendor for `id`, whose place in
        /// paths it can take as long as accounts are migrated.
        pub backend_cert_id: Option<BackendCertId>,
        /// Number of the order, the same as `id`. Deprecated by the vendor for it.
        pub order_number: Option<i64>,
    }
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

cert_core::request! {
    /// Attribute for the subject, with its value.
    pub struct SubjectField(
        /// Name of the attribute.
        #[wire("name")]
        attribute: SubjectAttribute,
        /// Value, at most 256 characters.
        value: String,
    ) {}
}

cert_core::request! {
    /// Device certificate to be issued for the key of a CSR.
    pub struct DeviceEnrollment(
        /// Organization that will own the certificate.
        #[id(1..)]
        #[wire("orgId")]
        organization: OrganizationId,
        /// Profile of the certificate.
        #[id(1..)]
        #[wire("certType")]
        profile: ProfileId,
        /// CSR, PEM or bare base64.
        #[length(1..=32_767)]
        #[valid(armoured)]
        csr: Encoded<CertificateSigningRequest>,
    ) {
        /// Validity in days, one of the profile's terms.
        #[range(1..)]
        term: u32,
        /// Comments.
        #[length(..=1_024)]
        comments: String,
        /// Custom fields; every mandatory one is needed.
        custom_fields: Vec<CustomField>,
        /// Attributes to put into the subject, besides those of the CSR.
        #[wire("optionalFields")]
        subject_fields: Vec<SubjectField>,
    }
}

impl Wants for DeviceEnrollment {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            kind: CertType::Device,
            profile: self.profile,
            term: self.term,
            key: Some(WantedKey::OfCsr(&self.csr)),
            custom_fields: self.custom_fields.as_deref(),
        }
    }
}

enrollments!(DeviceEnrollment);

cert_core::request! {
    /// Device certificate for another key in the place of one.
    pub struct DeviceReplacement(
        /// CSR for the new key pair.
        #[length(1..=32_767)]
        #[valid(armoured)]
        csr: Encoded<CertificateSigningRequest>,
        /// Reason for the replacement.
        #[length(1..=512)]
        reason: String,
        /// Whether the previous certificate is revoked.
        revoke: bool,
    ) {}
}

cert_core::request! {
    /// Device certificate from elsewhere that is to be managed.
    pub struct DeviceImport(
        /// Organization that will own the certificate.
        #[id(1..)]
        #[wire("orgID")]
        organization: OrganizationId,
        /// Certificate; sent as base64 of its DER form, also where it is given as PEM.
        #[length(1..)]
        #[wire("cert" as Base64)]
        certificate: Encoded<Certificate>,
    ) {
        /// Custom fields.
        custom_fields: Vec<CustomField>,
        /// E-mail address of the owner.
        #[length(..=128)]
        owner: String,
        /// Name of the certificate at the CA.
        #[length(..=255)]
        backend_cert_id: BackendCertId,
        /// CSR; sent as base64 of its DER form, also where it is given as PEM.
        #[wire("csr" as Base64)]
        csr: Encoded<CertificateSigningRequest>,
        /// Comments.
        #[length(..=1_024)]
        comments: String,
        /// Whether the fields of a certificate that is managed already are changed.
        force: bool,
    }
}
