use cert_core::SerialNumber;

use super::SmimeState;
use crate::{BackendCertId, PersonId, ProfileId};

cert_core::request! {
    /// Filter of client certificates to list or count; without anything set, all that the
    /// administrator may see.
    pub struct SmimeFilter() {
        /// Whether the vendor's key vault has the key.
        key_vault: bool,
        /// Number of the person that the certificate is for.
        #[wire("personId")]
        person: PersonId,
        /// E-mail address of the person that the certificate is for.
        email: String,
        /// Status of the certificates.
        state: SmimeState,
        /// Profile of the certificate.
        #[wire("certTypeId")]
        profile: ProfileId,
        /// Serial number, at most 64 characters.
        serial_number: SerialNumber,
        /// Name of the certificate at the CA, at most 255 characters.
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
