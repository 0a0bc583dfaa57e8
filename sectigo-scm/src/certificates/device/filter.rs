use cert_core::SerialNumber;

use super::DeviceStatus;
use crate::{BackendCertId, OrganizationId, ProfileId};

cert_core::request! {
    /// Which device certificates to list or count; without anything set, all that the
    /// administrator may see.
    ///
    /// The vendor filters by no date.
    pub struct DeviceFilter() {
        /// Common name of the subject, at most 128 characters.
        common_name: String,
        /// E-mail address of who requested it, at most 255 characters.
        #[wire("email")]
        requester: String,
        /// Where the certificate stands.
        status: DeviceStatus,
        /// Whose it is.
        #[wire("orgId")]
        organization: OrganizationId,
        /// The profile it was ordered under.
        #[wire("certTypeId")]
        profile: ProfileId,
        /// Its serial number, at most 64 characters.
        serial_number: SerialNumber,
        /// Its name at the CA, at most 255 characters. Deprecated by the vendor.
        backend_cert_id: BackendCertId,
        /// The algorithm of its signature, at most 32 characters.
        signature_algorithm: String,
        /// The algorithm of its key, at most 32 characters.
        key_algorithm: String,
        /// Size in bits or curve of its key, at most 100 characters.
        #[wire("keyParam")]
        key_parameter: String,
        /// What its key may be used for, at most 256 characters.
        key_usage: String,
        /// What else its key may be used for, at most 512 characters.
        extended_key_usage: String,
    }
}
