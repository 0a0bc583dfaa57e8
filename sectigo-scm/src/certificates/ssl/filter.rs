use cert_core::{Fingerprint, SerialNumber};

use super::{DiscoveryStatus, InstallState, RenewalState, RequestedVia, SslStatus};
use crate::{OrganizationId, ProfileId};

cert_core::request! {
    /// Which SSL certificates to list or count; without anything set, all that the
    /// administrator may see.
    ///
    /// The vendor filters by no date.
    pub struct SslFilter() {
        /// Common name of the subject.
        common_name: String,
        /// One of the alternative names.
        subject_alternative_name: String,
        /// Where the certificate stands.
        status: SslStatus,
        /// The profile it was ordered under.
        #[serde(rename = "sslTypeId")]
        profile: ProfileId,
        /// Whether it is in use. Deprecated by the vendor: use
        /// [`requested_via`](Self::requested_via).
        discovery_status: DiscoveryStatus,
        /// The CA, at most 128 characters.
        vendor: String,
        /// Whose it is.
        #[serde(rename = "orgId")]
        organization: OrganizationId,
        /// How far its automatic installation has come.
        #[serde(rename = "installStatus")]
        install_state: InstallState,
        /// How far its automatic renewal has come.
        #[serde(rename = "renewalStatus")]
        renewal_state: RenewalState,
        /// Its issuer.
        issuer: String,
        /// Its serial number, at most 128 characters.
        serial_number: SerialNumber,
        /// Who requested it, at most 128 characters.
        requester: String,
        /// Who outside asked for it, at most 512 characters.
        external_requester: String,
        /// The algorithm of its signature, at most 32 characters.
        signature_algorithm: String,
        /// The algorithm of its key, at most 32 characters.
        key_algorithm: String,
        /// Size of its key in bits. Deprecated by the vendor: use
        /// [`key_parameter`](Self::key_parameter).
        key_size: u32,
        /// Size in bits or curve of its key, at most 32 characters.
        #[serde(rename = "keyParam")]
        key_parameter: String,
        /// SHA-1 of its DER form, 40 hexadecimal digits.
        sha1_hash: Fingerprint,
        /// MD5 of its DER form, 32 hexadecimal digits.
        md5_hash: Fingerprint,
        /// SHA-256 of its DER form, 64 hexadecimal digits; lists only, a count does not take it.
        sha256_hash: Fingerprint,
        /// What its key may be used for, at most 256 characters.
        key_usage: String,
        /// What else its key may be used for, at most 512 characters.
        extended_key_usage: String,
        /// Over which way it was requested.
        requested_via: RequestedVia,
    }
}

impl SslFilter {
    pub(super) fn countable(&self) -> Result<(), cert_core::client::Error> {
        match self.sha256_hash {
            None => Ok(()),
            Some(_) => Err(cert_core::client::Error::argument(
                "certificates cannot be counted by their SHA-256 fingerprint: list them instead",
            )),
        }
    }
}
