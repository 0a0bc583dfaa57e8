//! Macros and traits by which the vendor crates declare their requests and answers.

pub mod check;
pub(crate) mod id;
pub mod lenient;
pub(crate) mod names;
pub(crate) mod open_enum;
mod patch;
pub(crate) mod payload;
pub(crate) mod request;
pub(crate) mod response;

pub use self::id::ParseIdError;
pub use self::patch::Patch;
pub use self::payload::{Joined, Payload, Violation};
pub use self::request::Members;
pub use self::response::Field;
