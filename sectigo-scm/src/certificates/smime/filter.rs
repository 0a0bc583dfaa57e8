use cert_core::SerialNumber;

use super::SmimeState;
use crate::{BackendCertId, PersonId, ProfileId};

cert_core::request! {
    /// Which client certificates to list or count; without anything set, all that the
    /// administrator may see.
    pub struct SmimeFilter() {
        /// Whether the vendor's key vault has its key.
        key_vault: bool,
        /// Whose it is, by number.
        #[wire("personId")]
        person: PersonId,
        /// Whose it is, by e-mail address.
        email: String,
        /// Where the certificate stands.
        state: SmimeState,
        /// The profile it was ordered under.
        #[wire("certTypeId")]
        profile: ProfileId,
        /// Its serial number, at most 64 characters.
        serial_number: SerialNumber,
        /// Its name at the CA, at most 255 characters.
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
