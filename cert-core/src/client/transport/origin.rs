//! Origins: the URLs that credentials may be sent to.

use http::Uri;
use url::{Host, Url};

use crate::client::Error;

/// The URL, if it is absolute, without credentials, and https or allowed to be http.
pub(crate) fn checked(text: &str, plain_http: bool) -> Result<Url, Error> {
    let refuse = |why: &str| Error::argument(format!("the base URL {why}"));
    let url = Url::parse(text).map_err(|error| refuse(&format!("is not a URL: {error}")))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("contains credentials: pass them separately"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("has a query or fragment: leave them out"));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if plain_http || is_loopback(&url) => Ok(url),
        "http" => Err(refuse(
            "is plain http, which would show the credentials: use https",
        )),
        _ => Err(refuse("is neither https nor http")),
    }
}

/// Scheme and authority of the URL, with an empty path.
pub(crate) fn uri(url: &Url) -> Result<Uri, Error> {
    Uri::builder()
        .scheme(url.scheme())
        .authority(url.authority())
        .path_and_query("/")
        .build()
        .map_err(|_| Error::argument("the base URL has no host that can be called"))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_only_to_loopback_or_when_allowed() {
        for url in [
            "https://a.example/x",
            "http://127.0.0.1:1",
            "http://[::1]/",
            "http://localhost",
        ] {
            assert!(checked(url, false).is_ok(), "{url}");
        }
        assert!(checked("http://a.example", false).is_err());
        assert!(checked("http://a.example", true).is_ok());
    }

    #[test]
    fn urls_with_secrets_are_refused_without_repeating_them() {
        let error = checked("https://user:hunter2@a.example", false).expect_err("credentials");
        assert!(!error.to_string().contains("hunter2"));
        assert!(checked("ftp://a.example", true).is_err());
        assert!(checked("https://a.example/?token=1", true).is_err());
        assert!(checked("a.example", true).is_err());
    }
}
