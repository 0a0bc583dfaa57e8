use cert_core::{Fingerprint, Payload, SerialNumber, Violation};
use serde::Serialize;

use super::{DiscoveryStatus, InstallState, RenewalState, RequestedVia, SslStatus};
use crate::{OrganizationId, ProfileId};

cert_core::request! {
    /// Filter of SSL certificates to list or count; without anything set, all that the
    /// administrator may see.
    ///
    /// The vendor filters by no date.
    pub struct SslFilter() {
        /// Common name of the subject.
        common_name: String,
        /// Subject alternative name, any of them.
        subject_alternative_name: String,
        /// Status of the certificates.
        status: SslStatus,
        /// Profile of the certificate.
        #[wire("sslTypeId")]
        profile: ProfileId,
        /// Whether discovered certificates are in use. Deprecated by the vendor: use
        /// [`requested_via`](Self::requested_via).
        discovery_status: DiscoveryStatus,
        /// Name of the CA, at most 128 characters.
        vendor: String,
        /// Organization that owns the certificate.
        #[wire("orgId")]
        organization: OrganizationId,
        /// State of the automatic installation.
        #[wire("installStatus")]
        install_state: InstallState,
        /// State of the automatic renewal.
        #[wire("renewalStatus")]
        renewal_state: RenewalState,
        /// Issuer of the certificate.
        issuer: String,
        /// Serial number, at most 128 characters.
        serial_number: SerialNumber,
        /// Requester, at most 128 characters.
        requester: String,
        /// Person outside who asked for the certificate, at most 512 characters.
        external_requester: String,
        /// Algorithm of the signature, at most 32 characters.
        signature_algorithm: String,
        /// Algorithm of the key, at most 32 characters.
        key_algorithm: String,
        /// Size of the key in bits. Deprecated by the vendor: use
        /// [`key_parameter`](Self::key_parameter).
        #[range(..)]
        key_size: u32,
        /// Size in bits or curve of the key, at most 32 characters.
        #[wire("keyParam")]
        key_parameter: String,
        /// SHA-1 fingerprint, 40 hexadecimal digits.
        sha1_hash: Fingerprint,
        /// MD5 fingerprint, 32 hexadecimal digits.
        md5_hash: Fingerprint,
        /// SHA-256 fingerprint, 64 hexadecimal digits; lists only, a count does not take it.
        sha256_hash: Fingerprint,
        /// Key usage, at most 256 characters.
        key_usage: String,
        /// Extended key usage, at most 512 characters.
        extended_key_usage: String,
        /// Origin of the request.
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
