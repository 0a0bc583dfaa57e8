//! What the vendor crates declare their requests and answers with.

pub(crate) mod id;
pub mod lenient;
pub(crate) mod open_enum;
mod patch;
mod request;

pub use self::id::ParseIdError;
pub use self::patch::Patch;
