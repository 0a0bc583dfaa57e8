//! Rows of the reports of version 1.

use cert_core::{Fingerprint, SerialNumber, Time, open_enum};

use crate::device::DeviceStatus;
use crate::reports::{AlternativeNames, DeviceSource};
use crate::smime::SmimeRequestedVia;
use crate::ssl::{RequestedVia, SslStatus};
use crate::{
    BackendCertId, BrandIndicatorId, CustomField, DeviceId, DomainId, OrganizationId, ProfileId,
    SmimeId, SslId,
};

open_enum! {
    /// Origin of the request for a brand indicator certificate.
    pub enum BrandSource {
        /// An administrator.
        ClientAdmin = "Client Admin",
        /// The REST API, as here.
        Rest = "REST",
        /// Imported.
        Imported = "Imported",
    }
}

open_enum! {
    /// Whether control of a domain is proven.
    pub enum DomainDcvStatus {
        /// Proof was never asked for.
        NotInitiated = "Not Initiated",
        /// Control is proven.
        Validated = "Validated",
        /// Somebody has to do something.
        ActionRequired = "Action Required",
        /// Control was proven, and has to be proven again.
        Expired = "Expired",
    }
}

open_enum! {
    /// Whether a domain is in use.
    pub enum DomainUse {
        /// No certificates can be requested for it.
        Suspended = "Suspended",
        /// Certificates can be requested for it.
        Active = "Active",
    }
}

cert_core::response! {
    /// Organization of a row.
    pub struct RowOrganization {
        /// Number of the organization.
        pub id: Option<OrganizationId>,
        /// Name of the organization.
        pub name: Option<String>,
    }
}

cert_core::response! {
    /// Person of a row.
    pub struct RowPerson {
        /// Full name.
        pub name: Option<String>,
        /// E-mail address.
        pub email: Option<String>,
        /// Globally unique id.
        pub guid: Option<String>,
    }
}

cert_core::response! {
    /// An SSL certificate.
    pub struct SslRow {
        /// Number of the certificate.
        pub id: SslId,
        /// Common name of the subject.
        pub common_name: Option<String>,
        /// Alternative names of the subject.
        #[wire("subjAltNames")]
        pub subject_alternative_names: AlternativeNames,
        /// Number of the organization.
        #[wire("orgId")]
        pub organization: Option<OrganizationId>,
        /// Name of the organization.
        pub organization_name: Option<String>,
        /// Town of the organization.
        pub city: Option<String>,
        /// State or province of the organization.
        #[wire("state")]
        pub state_or_province: Option<String>,
        /// Country of the organization.
        pub country: Option<String>,
        /// Current status.
        pub status: Option<SslStatus>,
        /// Number of the order at the CA. Deprecated by the vendor for `backend_cert_id`.
        pub order_number: Option<i64>,
        /// Name of the certificate at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// Kind of server. Deprecated by the vendor.
        pub server_type: Option<String>,
        /// Number of servers. Deprecated by the vendor.
        pub servers: Option<i64>,
        /// Number of the profile.
        #[wire("typeId")]
        pub profile: Option<ProfileId>,
        /// Name of the profile.
        #[wire("type")]
        pub profile_name: Option<String>,
        /// Validity in days.
        pub term: Option<i64>,
        /// Subject of the CA's certificate.
        pub issuer: Option<String>,
        /// Requester of the certificate.
        pub requester: Option<String>,
        /// Approver of the certificate.
        pub approver: Option<String>,
        /// Requester outside the organization.
        pub external_requester: Option<String>,
        /// Remarks.
        pub comments: Option<String>,
        /// Time of the request.
        pub requested: Option<Time>,
        /// Time of the approval.
        pub approved: Option<Time>,
        /// Time of the refusal.
        pub declined: Option<Time>,
        /// Time of issue; in older versions.
        pub issued: Option<Time>,
        /// Time of the first download.
        pub downloaded: Option<Time>,
        /// Last moment of validity.
        pub expires: Option<Time>,
        /// Time of the revocation.
        pub revoked: Option<Time>,
        /// Time of the replacement.
        pub replaced: Option<Time>,
        /// Addresses at which the certificate was found, where the report was asked for them.
        pub ip_addresses: Option<String>,
        /// Algorithm of the key. Deprecated by the vendor for `key_type`.
        #[wire("publicKeyAlg")]
        pub key_algorithm: Option<String>,
        /// Size of the key in bits. Deprecated by the vendor for `key_type`.
        #[wire("publicKeySize")]
        pub key_size: Option<String>,
        /// Algorithm and size of the key, such as `RSA - 2048`.
        #[wire("publicKeyType")]
        pub key_type: Option<String>,
        /// Algorithm of the signature; in older versions.
        #[wire("signatureAlg")]
        pub signature_algorithm: Option<String>,
        /// Serial number.
        pub serial_number: Option<SerialNumber>,
        /// Origin of the request.
        pub requested_via: Option<RequestedVia>,
        /// SHA-1 fingerprint.
        pub sha1: Option<Fingerprint>,
        /// MD5 fingerprint.
        pub md5: Option<Fingerprint>,
        /// Custom fields.
        pub custom_fields: Vec<CustomField>,
    }
}

cert_core::response! {
    /// A brand indicator certificate.
    pub struct BrandRow {
        /// Number of the certificate.
        pub id: BrandIndicatorId,
        /// Common name of the subject.
        pub common_name: Option<String>,
        /// Alternative names of the subject.
        #[wire("subjAltNames" | "subjectAlternativeNames")]
        pub subject_alternative_names: AlternativeNames,
        /// Number of the organization.
        #[wire("orgId")]
        pub organization: Option<OrganizationId>,
        /// Name of the organization.
        #[wire("organization")]
        pub organization_name: Option<String>,
        /// Town of the organization.
        pub city: Option<String>,
        /// State or province of the organization.
        #[wire("state")]
        pub state_or_province: Option<String>,
        /// Country of the organization.
        pub country: Option<String>,
        /// Current status; the vendor lists no values.
        pub status: Option<String>,
        /// Name of the certificate at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// Number of the profile.
        #[wire("profileId")]
        pub profile: Option<ProfileId>,
        /// Name of the profile.
        pub profile_name: Option<String>,
        /// Validity in days.
        pub term: Option<i64>,
        /// Subject of the CA's certificate.
        pub issuer: Option<String>,
        /// Requester of the certificate.
        pub requester: Option<String>,
        /// Approver of the certificate.
        pub approver: Option<String>,
        /// Remarks.
        pub comments: Option<String>,
        /// Time of the request.
        pub requested: Option<Time>,
        /// Time of the approval.
        pub approved: Option<Time>,
        /// Time of the first download.
        pub downloaded: Option<Time>,
        /// Last moment of validity.
        pub expires: Option<Time>,
        /// Time of the revocation.
        pub revoked: Option<Time>,
        /// Algorithm of the signature.
        pub signature_algorithm: Option<String>,
        /// Algorithm of the key.
        #[wire("publicKeyAlgorithm")]
        pub key_algorithm: Option<String>,
        /// Size of the key in bits, or its curve.
        #[wire("publicKeyParam")]
        pub key_parameter: Option<String>,
        /// Serial number.
        pub serial_number: Option<SerialNumber>,
        /// Origin of the request.
        pub requested_via: Option<BrandSource>,
        /// SHA-1 fingerprint.
        pub sha1: Option<Fingerprint>,
        /// MD5 fingerprint.
        pub md5: Option<Fingerprint>,
    }
}

cert_core::response! {
    /// A client certificate, or a person without one.
    pub struct ClientRow {
        /// Number of the certificate; none of a person without one.
        pub id: Option<SmimeId>,
        /// Subject of the certificate.
        pub subject: Option<String>,
        /// E-mail address in the certificate.
        pub email: Option<String>,
        /// Number of the order at the CA. Deprecated by the vendor for `backend_cert_id`.
        pub order_number: Option<i64>,
        /// Name of the certificate at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// Time of issue.
        pub enrolled: Option<Time>,
        /// Time of the first download.
        pub downloaded: Option<Time>,
        /// Time of the revocation; in older versions.
        pub revoked: Option<Time>,
        /// Last moment of validity.
        #[wire("expire")]
        pub expires: Option<Time>,
        /// Origin of the request.
        pub enroll_type: Option<SmimeRequestedVia>,
        /// Organization of the person.
        pub organization: Option<RowOrganization>,
        /// Person.
        pub person: Option<RowPerson>,
        /// Custom fields.
        pub custom_fields: Vec<CustomField>,
        /// Remarks.
        pub comments: Option<String>,
    }
}

cert_core::response! {
    /// A device certificate.
    pub struct DeviceRow {
        /// Number of the certificate.
        pub id: DeviceId,
        /// Common name of the subject.
        pub common_name: Option<String>,
        /// Subject of the certificate.
        pub subject: Option<String>,
        /// Approver of the certificate.
        pub approver: Option<String>,
        /// Town of the organization.
        pub city: Option<String>,
        /// State or province of the organization.
        #[wire("state")]
        pub state_or_province: Option<String>,
        /// Country of the organization.
        pub country: Option<String>,
        /// Current status.
        #[wire("deviceCertStatus")]
        pub status: Option<DeviceStatus>,
        /// Serial number.
        pub serial_number: Option<SerialNumber>,
        /// E-mail address.
        pub email: Option<String>,
        /// Number of the order at the CA. Deprecated by the vendor for `backend_cert_id`.
        pub order_number: Option<i64>,
        /// Name of the certificate at the CA.
        pub backend_cert_id: Option<BackendCertId>,
        /// Time of issue.
        pub enrolled: Option<Time>,
        /// Time of the first download; in older versions.
        pub downloaded: Option<Time>,
        /// Time of the revocation; in older versions.
        pub revoked: Option<Time>,
        /// Last moment of validity.
        #[wire("expire")]
        pub expires: Option<Time>,
        /// Origin of the request.
        pub enroll_type: Option<DeviceSource>,
        /// Algorithm of the key. Deprecated by the vendor for `key_type`.
        pub key_algorithm: Option<String>,
        /// Size of the key in bits. Deprecated by the vendor for `key_type`.
        pub key_size: Option<i64>,
        /// Algorithm and size of the key, such as `RSA - 2048`.
        pub key_type: Option<String>,
        /// Algorithm of the signature.
        pub signature_algorithm: Option<String>,
        /// Name of the profile.
        #[wire("certTypeName")]
        pub profile_name: Option<String>,
        /// Key usages.
        pub key_usage: Option<String>,
        /// Extended key usages.
        pub extended_key_usage: Option<String>,
        /// Number of the authority.
        pub ca_id: Option<String>,
        /// Name of the authority.
        pub ca_name: Option<String>,
        /// Organization that owns the certificate.
        pub organization: Option<RowOrganization>,
        /// Custom fields.
        pub custom_fields: Vec<CustomField>,
        /// Remarks.
        pub comments: Option<String>,
    }
}

cert_core::response! {
    /// A domain.
    pub struct DomainRow {
        /// Number of the domain.
        pub id: DomainId,
        /// Name of the domain.
        pub name: Option<String>,
        /// Whether the domain is in use.
        #[wire("status")]
        pub state: Option<DomainUse>,
        /// Time of the request.
        pub requested: Option<Time>,
        /// Date until which the proof of control holds.
        #[wire("stickyUntil")]
        pub validation_expires: Option<Time>,
        /// Whether control is proven.
        #[wire("dcvStatus")]
        pub validation_status: Option<DomainDcvStatus>,
    }
}
