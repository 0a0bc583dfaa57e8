use std::time::Duration;

use http::HeaderMap;

use super::Body;
use super::path::Path;
use crate::Secret;
use crate::client::{Error, Op, Retry};

/// A request in the making.
pub(crate) struct Draft {
    pub(crate) op: &'static Op,
    pub(crate) path: Path,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<Retry>,
    pub(crate) body_limit: Option<usize>,
    pub(crate) secrets: Vec<Secret>,
    pub(crate) problem: Option<Error>,
}

impl Draft {
    /// Nothing but the operation, whose path goes behind that of the base URL.
    pub(crate) fn new(base_path: &str, op: &'static Op) -> Self {
        Self {
            op,
            path: Path::new(base_path, op.path()),
            query: String::new(),
            headers: HeaderMap::new(),
            body: Body::default(),
            timeout: None,
            retry: None,
            body_limit: None,
            secrets: Vec::new(),
            problem: None,
        }
    }
}
