use http::Method;

/// Idempotency of an operation: what a second arrival of the same request does, after RFC 9110
/// section 9.2.
///
/// The retry rules rest on it: a request that may have arrived is sent again only where a
/// second arrival is harmless.
#[doc(alias("idempotent", "safe"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Repeatability {
    /// Reading only: any number of arrivals changes nothing.
    Safe,
    /// Several arrivals leave the vendor's system as one does.
    Idempotent,
    /// Every arrival acts anew: an enrolment orders a second certificate.
    Once,
}

/// Kind of credentials that an operation asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignInStyle {
    /// Credentials of an administrator, as nearly every operation.
    Administrator,
    /// Credentials of a developer, who may do nothing else.
    Developer,
    /// No credentials are sent.
    None,
}

/// The fixed facts of one operation of a vendor's API.
///
/// Each operation is one `static`; spans, retry, errors and tests read the same facts.
///
/// ```
/// use cert_core::client::{Op, Repeatability};
///
/// static GET: Op = Op::get("ssl_get", "/api/ssl/v1/{sslId}");
/// static ENROLL: Op = Op::post("ssl_enroll", "/api/ssl/v1/enroll").slow();
///
/// assert_eq!(GET.repeatability(), Repeatability::Safe);
/// assert_eq!(ENROLL.repeatability(), Repeatability::Once);
/// ```
#[doc(alias("endpoint", "operation"))]
#[derive(Debug, PartialEq, Eq)]
pub struct Op {
    name: &'static str,
    method: Method,
    path: &'static str,
    repeatability: Repeatability,
    slow: bool,
    sign_in: SignInStyle,
}

impl Op {
    const fn new(
        name: &'static str,
        method: Method,
        path: &'static str,
        repeatability: Repeatability,
    ) -> Self {
        Self {
            name,
            method,
            path,
            repeatability,
            slow: false,
            sign_in: SignInStyle::Administrator,
        }
    }

    /// A safe `GET`.
    #[must_use]
    pub const fn get(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::GET, path, Repeatability::Safe)
    }

    /// A safe `HEAD`.
    #[must_use]
    pub const fn head(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::HEAD, path, Repeatability::Safe)
    }

    /// A safe `OPTIONS`.
    #[must_use]
    pub const fn options(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::OPTIONS, path, Repeatability::Safe)
    }

    /// An idempotent `PUT`.
    #[must_use]
    pub const fn put(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::PUT, path, Repeatability::Idempotent)
    }

    /// An idempotent `DELETE`.
    #[must_use]
    pub const fn delete(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::DELETE, path, Repeatability::Idempotent)
    }

    /// A `POST`, which acts at every arrival unless said otherwise.
    #[must_use]
    pub const fn post(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::POST, path, Repeatability::Once)
    }

    /// A `PATCH`, which acts at every arrival unless said otherwise.
    #[must_use]
    pub const fn patch(name: &'static str, path: &'static str) -> Self {
        Self::new(name, Method::PATCH, path, Repeatability::Once)
    }

    /// Declares what a second arrival does, where the method alone does not tell.
    #[must_use]
    pub const fn repeatable(mut self, repeatability: Repeatability) -> Self {
        self.repeatability = repeatability;
        self
    }

    /// Marks a call that the vendor may answer only after minutes, as enrolments are: its
    /// attempts get [`Limits::slow_attempt`](super::Limits::slow_attempt).
    #[must_use]
    pub const fn slow(mut self) -> Self {
        self.slow = true;
        self
    }

    /// Declares an operation of developers.
    #[must_use]
    pub const fn developer(mut self) -> Self {
        self.sign_in = SignInStyle::Developer;
        self
    }

    /// Declares an operation that is sent without credentials.
    #[must_use]
    pub const fn unsigned(mut self) -> Self {
        self.sign_in = SignInStyle::None;
        self
    }

    /// The operation's id, the same as in the crate's `openapi` documents.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The HTTP method.
    #[must_use]
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// The path template below the base URL, `{name}` standing for an argument.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Idempotency: what a second arrival of the request does.
    #[must_use]
    pub const fn repeatability(&self) -> Repeatability {
        self.repeatability
    }

    /// Whether an attempt may take minutes.
    #[must_use]
    pub const fn is_slow(&self) -> bool {
        self.slow
    }

    /// Kind of credentials that the operation asks for.
    #[must_use]
    pub const fn sign_in(&self) -> SignInStyle {
        self.sign_in
    }
}

/// Declares the operations of an area: a `static` [`Op`](crate::client::Op) each, and `OPERATIONS`,
/// the list of all.
///
/// ```
/// mod operations {
///     cert_core::operations! {
///         GET = get("ssl_get", "/api/ssl/v1/{sslId}");
///         ENROLL = post("ssl_enroll", "/api/ssl/v1/enroll").slow();
///     }
/// }
///
/// assert_eq!(operations::OPERATIONS.len(), 2);
/// ```
#[macro_export]
macro_rules! operations {
    ($(
        $name:ident = $method:ident($id:literal, $path:literal)
        $(.$modifier:ident($($argument:expr)?))*;
    )+) => {
        $(
            pub(super) static $name: $crate::client::Op =
                $crate::client::Op::$method($id, $path)$(.$modifier($($argument)?))*;
        )+

        /// Every operation of the area.
        pub static OPERATIONS: &[&$crate::client::Op] = &[$(&$name),+];
    };
}
