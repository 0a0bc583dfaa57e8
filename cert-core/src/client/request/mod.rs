//! What is sent.

mod body;
mod draft;
mod multipart;
mod path;

pub use self::body::Body;
pub(crate) use self::draft::Draft;
pub use self::multipart::Multipart;
