//! Rows of the reports on certificates: version 2.

use cert_core::client::CsvRow;
use cert_core::{Fingerprint, SerialNumber, Time};

use super::{AlternativeNames, CodeSigningSource, DeviceSource};
use crate::device::DeviceStatus;
use crate::smime::SmimeRequestedVia;
use crate::ssl::{RequestedVia, SslStatus};
use crate::{
    BrandIndicatorId, CodeSigningId, CustomField, DeviceId, OrganizationId, ProfileId, SmimeId,
    SslId,
};

cert_core::response! {
    /// SSL certificate in a report.
    pub struct SslRow {
        /// Number of the certificate.
        #[wire("Id")]
        pub id: SslId,
        /// Name of the profile.
        #[wire("Type")]
        pub profile_name: Option<String>,
        /// Common name of the subject.
        #[wire("Common Name")]
        pub common_name: Option<String>,
        /// Alternative names of the subject.
        #[wire("Subject Alternative Names")]
        pub subject_alternative_names: AlternativeNames,
        /// Issuer.
        #[wire("Issuer")]
        pub issuer: Option<String>,
        /// Current status.
        #[wire("Status")]
        pub status: Option<SslStatus>,
        /// Requester of the certificate.
        #[wire("Requester")]
        pub requester: Option<String>,
        /// Requester outside the organization.
        #[wire("External Requester")]
        pub external_requester: Option<String>,
        /// Approver of the certificate.
        #[wire("Approver")]
        pub approver: Option<String>,
        /// Name of the organization.
        #[wire("Organization")]
        pub organization_name: Option<String>,
        /// Name of the department.
        #[wire("Department")]
        pub department_name: Option<String>,
        /// Number of the order at the CA.
        #[wire("Order number")]
        pub order_number: Option<String>,
        /// Serial number.
        #[wire("Serial Number")]
        pub serial_number: Option<SerialNumber>,
        /// Number of servers.
        #[wire("Servers")]
        pub servers: Option<u32>,
        /// Kind of server.
        #[wire("Server Type")]
        pub server_type: Option<String>,
        /// Origin of the request.
        #[wire("Requested via")]
        pub requested_via: Option<RequestedVia>,
        /// Validity in days.
        #[wire("Term (days)")]
        pub term: Option<u32>,
        /// Remarks.
        #[wire("Comments")]
        pub comments: Option<String>,
        /// First moment of validity.
        #[wire("Valid from")]
        pub valid_from: Option<Time>,
        /// Time of the approval.
        #[wire("Approved")]
        pub approved: Option<Time>,
        /// Time of the refusal.
        #[wire("Declined")]
        pub declined: Option<Time>,
        /// Time of issue.
        #[wire("Issued")]
        pub issued: Option<Time>,
        /// Time of the first download.
        #[wire("Downloaded")]
        pub downloaded: Option<Time>,
        /// Last moment of validity.
        #[wire("Expires")]
        pub expires: Option<Time>,
        /// Time of the revocation.
        #[wire("Revoked")]
        pub revoked: Option<Time>,
        /// Time of the replacement.
        #[wire("Replaced")]
        pub replaced: Option<Time>,
        /// Town of the organization.
        #[wire("City")]
        pub city: Option<String>,
        /// State or province of the organization.
        #[wire("State")]
        pub state_or_province: Option<String>,
        /// Country of the organization, two letters.
        #[wire("Country")]
        pub country: Option<String>,
        /// Algorithm of the signature.
        #[wire("Signature Algorithm")]
        pub signature_algorithm: Option<String>,
        /// Algorithm of the key.
        #[wire("Public Key Algorithm")]
        pub key_algorithm: Option<String>,
        /// Size of the key in bits, or its curve.
        #[wire("Public Key Size / Curve")]
        pub key_parameter: Option<String>,
        /// SHA-1 fingerprint.
        #[wire("SHA1 Hash")]
        pub sha1: Option<Fingerprint>,
        /// MD5 fingerprint.
        #[wire("MD5 Hash")]
        pub md5: Option<Fingerprint>,
        /// Time of the request.
        #[wire("Requested")]
        pub requested: Option<Time>,
        /// Time at which discovery found it.
        #[wire("Discovered")]
        pub discovered: Option<Time>,
        /// Number of the profile.
        #[wire("Type_Id")]
        pub profile: Option<ProfileId>,
        /// Number of the organization.
        #[wire("Org_Id")]
        pub organization: Option<OrganizationId>,
        /// Custom fields, from the columns that bear their names.
        pub custom_fields: Vec<CustomField>,
    }
}

impl CsvRow for SslRow {
    const COLUMNS: &'static [&'static str] = &["Id", "Common Name"];

    fn undeclared(&mut self, column: &str, text: &str) {
        self.custom_fields.push(CustomField::new(column, text));
    }
}

cert_core::response! {
    /// Client certificate in a report.
    pub struct ClientRow {
        /// Number of the certificate; none of a person without one.
        #[wire("Id")]
        pub id: Option<SmimeId>,
        /// Name of the person.
        #[wire("Full Name")]
        pub person_name: Option<String>,
        /// Name of the organization.
        #[wire("Organization")]
        pub organization_name: Option<String>,
        /// Name of the department.
        #[wire("Department")]
        pub department_name: Option<String>,
        /// Subject of the certificate.
        #[wire("Subject")]
        pub subject: Option<String>,
        /// Name of the profile.
        #[wire("Certificate Type")]
        pub profile_name: Option<String>,
        /// E-mail address in the certificate.
        #[wire("Email")]
        pub email: Option<String>,
        /// First line of the address.
        #[wire("Address 1")]
        pub address1: Option<String>,
        /// Second line of the address.
        #[wire("Address 2")]
        pub address2: Option<String>,
        /// Third line of the address.
        #[wire("Address 3")]
        pub address3: Option<String>,
        /// Town.
        #[wire("City")]
        pub city: Option<String>,
        /// State or province.
        #[wire("State/Province")]
        pub state_or_province: Option<String>,
        /// Postal code.
        #[wire("Postal Code")]
        pub postal_code: Option<String>,
        /// Number of the order at the CA.
        #[wire("Order Number")]
        pub order_number: Option<String>,
        /// Serial number.
        #[wire("Serial Number")]
        pub serial_number: Option<SerialNumber>,
        /// Time of issue.
        #[wire("Enrolled")]
        pub enrolled: Option<Time>,
        /// Time of the first download.
        #[wire("Downloaded")]
        pub downloaded: Option<Time>,
        /// Time of the revocation.
        #[wire("Revoked")]
        pub revoked: Option<Time>,
        /// Last moment of validity.
        #[wire("Expire")]
        pub expires: Option<Time>,
        /// Origin of the request.
        #[wire("Enroll Type")]
        pub enroll_type: Option<SmimeRequestedVia>,
        /// Whether, and how, the key is kept by the vendor.
        #[wire("Key Escrow")]
        pub key_escrow: Option<String>,
        /// Person of the certificate; blank in every sample seen.
        #[wire("Client Certificate person")]
        pub person: Option<String>,
        /// Origin of the request, in other words.
        #[wire("Requested via")]
        pub requested_via: Option<String>,
        /// Remarks.
        #[wire("Comments")]
        pub comments: Option<String>,
        /// Custom fields, from the columns that bear their names.
        pub custom_fields: Vec<CustomField>,
    }
}

impl CsvRow for ClientRow {
    const COLUMNS: &'static [&'static str] = &["Id", "Email"];

    fn undeclared(&mut self, column: &str, text: &str) {
        self.custom_fields.push(CustomField::new(column, text));
    }
}

cert_core::response! {
    /// Device certificate in a report.
    pub struct DeviceRow {
        /// Number of the certificate.
        #[wire("Id")]
        pub id: DeviceId,
        /// Common name of the subject.
        #[wire("Common Name")]
        pub common_name: Option<String>,
        /// Name of the organization.
        #[wire("Organization")]
        pub organization_name: Option<String>,
        /// Name of the department.
        #[wire("Department")]
        pub department_name: Option<String>,
        /// Current status.
        #[wire("Status")]
        pub status: Option<DeviceStatus>,
        /// Subject of the certificate.
        #[wire("Subject")]
        pub subject: Option<String>,
        /// Requester of the certificate.
        #[wire("Requester")]
        pub requester: Option<String>,
        /// Town of the organization.
        #[wire("City")]
        pub city: Option<String>,
        /// State or province of the organization.
        #[wire("State/Province")]
        pub state_or_province: Option<String>,
        /// Country of the organization.
        #[wire("Country")]
        pub country: Option<String>,
        /// Number of the order at the CA.
        #[wire("Order Number")]
        pub order_number: Option<String>,
        /// Serial number.
        #[wire("Serial Number")]
        pub serial_number: Option<SerialNumber>,
        /// Number of the authority.
        #[wire("CA ID")]
        pub ca_id: Option<String>,
        /// Name of the authority.
        #[wire("CA Name")]
        pub ca_name: Option<String>,
        /// Name of the profile.
        #[wire("Certificate Type Name")]
        pub profile_name: Option<String>,
        /// Key usages.
        #[wire("KU")]
        pub key_usage: Option<String>,
        /// Extended key usages, as object identifiers.
        #[wire("EKU")]
        pub extended_key_usage: Option<String>,
        /// Time of issue.
        #[wire("Enrolled")]
        pub enrolled: Option<Time>,
        /// Time of the first download.
        #[wire("Downloaded")]
        pub downloaded: Option<Time>,
        /// Time of the revocation.
        #[wire("Revoked")]
        pub revoked: Option<Time>,
        /// Last moment of validity.
        #[wire("Expire")]
        pub expires: Option<Time>,
        /// Origin of the request.
        #[wire("Enroll Type")]
        pub enroll_type: Option<DeviceSource>,
        /// Size of the key in bits, or its curve.
        #[wire("Key Size / Curve")]
        pub key_parameter: Option<String>,
        /// Algorithm of the key.
        #[wire("Key Algorithm")]
        pub key_algorithm: Option<String>,
        /// Algorithm of the signature.
        #[wire("Signature Algorithm")]
        pub signature_algorithm: Option<String>,
        /// Approver of the certificate.
        #[wire("Approver")]
        pub approver: Option<String>,
        /// Origin of the request, once more.
        #[wire("Requested via")]
        pub requested_via: Option<DeviceSource>,
        /// Remarks.
        #[wire("Comments")]
        pub comments: Option<String>,
        /// Custom fields, from the columns that bear their names.
        pub custom_fields: Vec<CustomField>,
    }
}

impl CsvRow for DeviceRow {
    const COLUMNS: &'static [&'static str] = &["Id", "Common Name"];

    fn undeclared(&mut self, column: &str, text: &str) {
        self.custom_fields.push(CustomField::new(column, text));
    }
}

cert_core::response! {
    /// Code signing certificate in a report.
    pub struct CodeSigningRow {
        /// Number of the certificate.
        #[wire("Id")]
        pub id: CodeSigningId,
        /// Name of the person.
        #[wire("Full Name")]
        pub person_name: Option<String>,
        /// Name of the organization.
        #[wire("Organization")]
        pub organization_name: Option<String>,
        /// Name of the department.
        #[wire("Department")]
        pub department_name: Option<String>,
        /// E-mail address of the person.
        #[wire("Email")]
        pub email: Option<String>,
        /// Number of the order at the CA.
        #[wire("Order Number")]
        pub order_number: Option<String>,
        /// Serial number.
        #[wire("Serial Number")]
        pub serial_number: Option<SerialNumber>,
        /// Time of the request.
        #[wire("Requested")]
        pub requested: Option<Time>,
        /// Time of issue.
        #[wire("Issued")]
        pub issued: Option<Time>,
        /// Time of the first download.
        #[wire("Downloaded")]
        pub downloaded: Option<Time>,
        /// Time of the revocation.
        #[wire("Revoked")]
        pub revoked: Option<Time>,
        /// Last moment of validity.
        #[wire("Expire")]
        pub expires: Option<Time>,
        /// Origin of the request.
        #[wire("Requested via")]
        pub requested_via: Option<CodeSigningSource>,
        /// Custom fields, from the columns that bear their names.
        pub custom_fields: Vec<CustomField>,
    }
}

impl CsvRow for CodeSigningRow {
    const COLUMNS: &'static [&'static str] = &["Id", "Email"];

    fn undeclared(&mut self, column: &str, text: &str) {
        self.custom_fields.push(CustomField::new(column, text));
    }
}

cert_core::response! {
    /// Brand indicator certificate in a report.
    pub struct BrandRow {
        /// Number of the certificate.
        #[wire("Id")]
        pub id: BrandIndicatorId,
        /// Name of the profile.
        #[wire("Type")]
        pub profile_name: Option<String>,
        /// Common name of the subject.
        #[wire("Common Name")]
        pub common_name: Option<String>,
        /// Alternative names of the subject.
        #[wire("Subject Alternative Names")]
        pub subject_alternative_names: AlternativeNames,
        /// Issuer.
        #[wire("Issuer")]
        pub issuer: Option<String>,
        /// Current status.
        #[wire("Status")]
        pub status: Option<String>,
        /// Requester of the certificate.
        #[wire("Requester")]
        pub requester: Option<String>,
        /// Approver of the certificate.
        #[wire("Approver")]
        pub approver: Option<String>,
        /// Name of the organization.
        #[wire("Organization")]
        pub organization_name: Option<String>,
        /// Name of the department.
        #[wire("Department")]
        pub department_name: Option<String>,
        /// Number of the order at the CA.
        #[wire("Order number")]
        pub order_number: Option<String>,
        /// Serial number.
        #[wire("Serial Number")]
        pub serial_number: Option<SerialNumber>,
        /// Origin of the request.
        #[wire("Requested via")]
        pub requested_via: Option<RequestedVia>,
        /// Validity in days.
        #[wire("Term (days)")]
        pub term: Option<u32>,
        /// Remarks.
        #[wire("Comments")]
        pub comments: Option<String>,
        /// First moment of validity.
        #[wire("Valid from")]
        pub valid_from: Option<Time>,
        /// Time of the approval.
        #[wire("Approved")]
        pub approved: Option<Time>,
        /// Time of the refusal.
        #[wire("Declined")]
        pub declined: Option<Time>,
        /// Time of issue.
        #[wire("Issued")]
        pub issued: Option<Time>,
        /// Time of the first download.
        #[wire("Downloaded")]
        pub downloaded: Option<Time>,
        /// Last moment of validity.
        #[wire("Expires")]
        pub expires: Option<Time>,
        /// Time of the revocation.
        #[wire("Revoked")]
        pub revoked: Option<Time>,
        /// Town of the organization.
        #[wire("City")]
        pub city: Option<String>,
        /// State or province of the organization.
        #[wire("State")]
        pub state_or_province: Option<String>,
        /// Country of the organization, two letters.
        #[wire("Country")]
        pub country: Option<String>,
        /// Algorithm of the signature.
        #[wire("Signature Algorithm")]
        pub signature_algorithm: Option<String>,
        /// Algorithm of the key.
        #[wire("Public Key Algorithm")]
        pub key_algorithm: Option<String>,
        /// Size of the key in bits, or its curve.
        #[wire("Public Key Size / Curve")]
        pub key_parameter: Option<String>,
        /// SHA-1 fingerprint.
        #[wire("SHA1 Hash")]
        pub sha1: Option<Fingerprint>,
        /// MD5 fingerprint.
        #[wire("MD5 Hash")]
        pub md5: Option<Fingerprint>,
        /// Time of the request.
        #[wire("Requested")]
        pub requested: Option<Time>,
        /// Number of the profile.
        #[wire("Type_Id")]
        pub profile: Option<ProfileId>,
        /// Number of the organization.
        #[wire("Org_Id")]
        pub organization: Option<OrganizationId>,
        /// Custom fields, from the columns that bear their names.
        pub custom_fields: Vec<CustomField>,
    }
}

impl CsvRow for BrandRow {
    const COLUMNS: &'static [&'static str] = &["Id", "Common Name"];

    fn undeclared(&mut self, column: &str, text: &str) {
        self.custom_fields.push(CustomField::new(column, text));
    }
}
