//! What a certificate is, and how a vendor's system is called.

mod fingerprint;
mod hex;
mod id;
mod open_enum;
mod patch;
mod revocation;
mod secret;
mod serial;
mod time;

pub use crate::fingerprint::{Fingerprint, HashAlgorithm};
pub use crate::id::ParseIdError;
pub use crate::patch::Patch;
pub use crate::revocation::{ParseRevocationReasonError, RevocationReason};
pub use crate::secret::Secret;
pub use crate::serial::SerialNumber;
pub use crate::time::{Time, TimeKind};

/// What the exported macros expand to; no part of the API.
#[doc(hidden)]
pub mod __private {
    pub use serde;

    pub use crate::id::{number, parse_number};
    pub use crate::open_enum::{position, text};
}
