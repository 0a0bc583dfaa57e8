//! Values that systems write as text: serial numbers, times, fingerprints, secrets, encoded blobs.

mod encoded;
mod fingerprint;
pub(crate) mod hex;
mod revocation;
mod secret;
mod serial;
mod time;
pub(crate) mod wired;

pub use self::encoded::{Encodable, Encoded};
pub use self::fingerprint::{Fingerprint, HashAlgorithm};
pub use self::revocation::{ParseRevocationReasonError, RevocationReason};
pub use self::secret::Secret;
pub use self::serial::SerialNumber;
pub use self::time::{NoInstantError, Time, TimeKind};
