//! What a certificate is, and how a vendor's system is called.

mod id;
mod open_enum;
mod patch;
mod secret;

pub use crate::id::ParseIdError;
pub use crate::patch::Patch;
pub use crate::secret::Secret;

/// What the exported macros expand to; no part of the API.
#[doc(hidden)]
pub mod __private {
    pub use serde;

    pub use crate::id::{number, parse_number};
    pub use crate::open_enum::{position, text};
}
