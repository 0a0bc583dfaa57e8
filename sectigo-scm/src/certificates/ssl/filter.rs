use cert_core::{Fingerprint, Payload, SerialNumber, Violation};
use serde::Serialize;

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
        #[wire("sslTypeId")]
        profile: ProfileId,
        /// Whether it is in use. Deprecated by the vendor: use
        /// [`requested_via`](Self::requested_via).
        discovery_status: DiscoveryStatus,
        /// The CA, at most 128 characters.
        vendor: String,
        /// Whose it is.
        #[wire("orgId")]
        organization: OrganizationId,
        /// How far its automatic installation has come.
        #[wire("installStatus")]
        install_state: InstallState,
        /// How far its automatic renewal has come.
        #[wire("renewalStatus")]
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
        #[range(..)]
        key_size: u32,
        /// Size in bits or curve of its key, at most 32 characters.
        #[wire("keyParam")]
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

/// A filter that counts.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Counted<'a>(pub(super) &'a SslFilter);

impl Payload for Counted<'_> {
    fn check(&self) -> Result<(), Violation> {
        match self.0.sha256_hash {
            None => self.0.check(),
            Some(_) => Err(Violation::new(
                "is no filter of a count: list the certificates instead",
            )
            .within("sha256_hash")),
        }
    }
}
