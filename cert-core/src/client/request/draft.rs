use std::time::Duration;

use bytes::Bytes;
use http::uri::PathAndQuery;
use http::{HeaderMap, Uri};

use super::Body;
use super::path::Path;
use crate::client::{Error, Op, Retry};
use crate::values::Secret;

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

    /// The finished request to `origin`, without credentials.
    pub(crate) fn finish(self, origin: &Uri) -> Result<http::Request<Body>, Error> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let mut target = self.path.finish().map_err(Error::argument)?;
        if !self.query.is_empty() {
            target.push('?');
            target.push_str(&self.query);
        }
        let unusable = "the arguments do not make a URL";
        let mut parts = origin.clone().into_parts();
        let target = PathAndQuery::from_maybe_shared(Bytes::from(target));
        parts.path_and_query = Some(target.map_err(|_| Error::argument(unusable))?);
        let uri = Uri::from_parts(parts).map_err(|_| Error::argument(unusable))?;
        let mut request = http::Request::new(self.body);
        *request.method_mut() = self.op.method().clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}
