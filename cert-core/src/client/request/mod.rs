//! Requests: path, query, and body as JSON, form or multipart.

mod body;
mod draft;
mod multipart;
mod path;

pub use self::body::Body;
pub(crate) use self::draft::Draft;
pub use self::multipart::Multipart;
