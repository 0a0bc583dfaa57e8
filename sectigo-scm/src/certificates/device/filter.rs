use cert_core::SerialNumber;

use super::DeviceStatus;
use crate::{BackendCertId, OrganizationId, ProfileId};

cert_core::request! {
    /// Filter of device certificates to list or count; without anything set, all that the
    /// administrator may see.
    ///
    /// The vendor filters by no date.
    pub struct DeviceFilter() {
        /// Common name of the subject, at most 128 characters.
        common_name: String,
        /// E-mail address of the requester, at most 255 characters.
        #[wire("email")]
        requester: String,
        /// Status of the certificates.
        status: DeviceStatus,
        /// Organization that owns the certificate.
        #[wire("orgId")]
        organization: OrganizationId,
        /// Profile of the certificate.
        #[wire("certTypeId")]
        profile: ProfileId,
        /// Serial number, at most 64 characters.
        serial_number: SerialNumber,
        /// Name of the certificate at the CA, at most 255 characters. Deprecated by the vendor.
        backend_cert_id: BackendCertId,
        /// Algorithm of the signature, at most 32 characters.
        signature_algorithm: String,
        /// Algorithm of the key, at most 32 characters.
        key_algorithm: String,
        /// Size in bits or curve of the key, at most 100 characters.
        #[wire("keyParam")]
        key_parameter: String,
        /// Key usage, at most 256 characters.
        key_usage: String,
        /// Extended key usage, at most 512 characters.
        extended_key_usage: String,
    }
}
