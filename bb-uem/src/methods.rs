use cert_core::client::{Answer, Error, Reply};
use http::{HeaderMap, Method, StatusCode, header};

/// Methods allowed for a certificate or a bundle just now: those of its `Allow` header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedMethods(Vec<Method>);

impl AllowedMethods {
    /// Whether reading is allowed: for a certificate, downloading its content.
    #[must_use]
    pub fn can_get(&self) -> bool {
        self.contains(&Method::GET)
    }

    /// Whether deleting is allowed.
    #[must_use]
    pub fn can_delete(&self) -> bool {
        self.contains(&Method::DELETE)
    }

    /// Whether renewing is allowed.
    #[must_use]
    pub fn can_renew(&self) -> bool {
        self.contains(&Method::PATCH)
    }

    /// Whether a method is allowed.
    #[must_use]
    pub fn contains(&self, method: &Method) -> bool {
        self.0.contains(method)
    }

    /// The methods in the order of the header.
    pub fn iter(&self) -> impl Iterator<Item = &Method> {
        self.0.iter()
    }

    /// Reads `Allow` (RFC 9110 section 10.2.1); `None` where there is none.
    fn read(headers: &HeaderMap) -> Option<Self> {
        headers.contains_key(header::ALLOW).then(|| {
            let values = headers.get_all(header::ALLOW).iter();
            let names = values.filter_map(|value| value.to_str().ok());
            let names = names.flat_map(|value| value.split(',')).map(str::trim);
            let methods = names
                .map(str::to_ascii_uppercase)
                .filter_map(|name| name.parse().ok());
            Self(methods.collect())
        })
    }
}

impl Reply for AllowedMethods {
    type Value = Self;

    fn decode(answer: &mut Answer) -> Result<Self, Error> {
        Self::read(&answer.headers)
            .ok_or_else(|| Error::unexpected("the answer does not say in `Allow` what may be done"))
    }
}

/// The refusal of a call that this certificate or bundle cannot take (HTTP 405): a normal
/// outcome, not a mistake of the caller's.
///
/// A member of a bundle can neither be renewed nor deleted alone. A certificate cannot be
/// downloaded when the server cannot open its container: one from an external PKI issued before
/// 12.12, an Entrust Smart Credential that no Dynamics app has, or an uploaded one that no app has
/// enrolled yet.
///
/// ```
/// # fn demo(error: bb_uem::Error) {
/// if let Some(refusal) = bb_uem::NotAllowed::of(&error) {
///     println!("not now; what can be done: {:?}", refusal.allowed);
/// }
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotAllowed {
    /// Methods allowed instead, where the server says so.
    pub allowed: Option<AllowedMethods>,
}

impl NotAllowed {
    /// The refusal that an error is, if it is one.
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        (error.status() == Some(StatusCode::METHOD_NOT_ALLOWED)).then(|| Self {
            allowed: AllowedMethods::read(error.headers()),
        })
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn methods_are_read_from_one_header_or_several() {
        let mut headers = HeaderMap::new();
        assert_eq!(AllowedMethods::read(&headers), None);
        headers.append(header::ALLOW, HeaderValue::from_static("GET,HEAD , patch"));
        headers.append(header::ALLOW, HeaderValue::from_static("OPTIONS"));
        let allowed = AllowedMethods::read(&headers).expect("methods");
        assert_eq!(allowed.iter().count(), 4);
        assert!(allowed.can_get() && allowed.can_renew() && !allowed.can_delete());
        headers.insert(header::ALLOW, HeaderValue::from_static(""));
        let nothing = AllowedMethods::read(&headers).expect("an empty set");
        assert!(!nothing.can_get() && nothing.iter().next().is_none());
    }
}
