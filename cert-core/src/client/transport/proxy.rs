//! Proxies that the environment names.

use reqwest::{ClientBuilder, NoProxy, Proxy};
use url::Url;

use crate::client::Error;

/// Hosts that no proxy is asked for: a proxy would see credentials that are sent in the clear,
/// and what is behind its own loopback is not what is meant.
const DIRECT: &str = "localhost,localhost.,127.0.0.0/8,::1,::ffff:127.0.0.0/104,0.0.0.0,::";

/// A variable of the environment by its name; `Err` where it is not text.
pub(super) type Variable<'a> = &'a dyn Fn(&str) -> Result<Option<String>, Error>;

/// The variable of this process.
pub(super) fn environment(name: &str) -> Result<Option<String>, Error> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(unusable(name, "is not text")),
    }
}

/// Sends over the proxies that the variables name, and over no other.
///
/// # Errors
///
/// When a variable names a proxy that cannot be used. Its value is not repeated: it may have a
/// password.
pub(super) fn applied(
    builder: ClientBuilder,
    variable: Variable<'_>,
) -> Result<ClientBuilder, Error> {
    let mut builder = builder.no_proxy();
    // A CGI program's caller sets HTTP_PROXY by a header.
    if variable("REQUEST_METHOD")?.is_some() {
        return Ok(builder);
    }
    let direct = [
        Some(DIRECT.to_owned()),
        first(&["NO_PROXY", "no_proxy"], variable)?.map(value),
    ];
    let direct = direct.into_iter().flatten().collect::<Vec<_>>().join(",");
    let all = first(&["ALL_PROXY", "all_proxy"], variable)?;
    let http = first(&["HTTP_PROXY", "http_proxy"], variable)?.or_else(|| all.clone());
    let https = first(&["HTTPS_PROXY", "https_proxy"], variable)?.or(all);
    for (setting, proxy) in [(http, Proxy::http as Kind), (https, Proxy::https)] {
        if let Some(setting) = setting {
            let proxy = proxied(&setting, proxy)?;
            builder = builder.proxy(proxy.no_proxy(NoProxy::from_string(&direct)));
        }
    }
    Ok(builder)
}

type Kind = fn(Url) -> reqwest::Result<Proxy>;

/// A variable's name and value.
type Setting = (&'static str, String);

fn value((_, value): Setting) -> String {
    value
}

/// The first of these variables that is set; an empty one is not.
fn first(names: &[&'static str], variable: Variable<'_>) -> Result<Option<Setting>, Error> {
    for name in names {
        let value = variable(name)?.filter(|value| !value.trim().is_empty());
        if let Some(value) = value {
            return Ok(Some((name, value)));
        }
    }
    Ok(None)
}

fn proxied((name, value): &Setting, proxy: Kind) -> Result<Proxy, Error> {
    let url = parsed(value.trim()).ok_or_else(|| unusable(name, "is not a URL with a host"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(unusable(
            name,
            "names a proxy that speaks neither http nor https",
        ));
    }
    proxy(url).map_err(|_| unusable(name, "names a proxy that cannot be used"))
}

/// The URL, with `http` where it has no scheme.
fn parsed(value: &str) -> Option<Url> {
    let text = match value.contains("://") {
        true => value.to_owned(),
        false => format!("http://{value}"),
    };
    Url::parse(&text).ok().filter(Url::has_host)
}

fn unusable(name: &str, why: &str) -> Error {
    Error::argument(format!(
        "the environment variable {name} {why}: correct it, or unset it"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Result<(), Error> {
        let variable = |name: &str| {
            let set = variables.iter().find(|(set, _)| *set == name);
            Ok(set.map(|(_, value)| (*value).to_owned()))
        };
        applied(reqwest::Client::builder(), &variable).map(|_| ())
    }

    #[test]
    fn settings_that_can_be_used() {
        for value in [
            "proxy.example:3128",
            "http://u:p%40@10.0.0.1",
            "https://[::1]:1",
            " ",
            "",
        ] {
            for name in ["HTTPS_PROXY", "http_proxy", "ALL_PROXY"] {
                assert!(
                    with(&[(name, value), ("NO_PROXY", "*")]).is_ok(),
                    "{name}={value}"
                );
            }
        }
        assert!(with(&[("HTTP_PROXY", "ftp://x"), ("REQUEST_METHOD", "GET")]).is_ok());
    }

    #[test]
    fn settings_that_cannot() {
        for value in [
            "socks5://x",
            "http://",
            "http://a b",
            "http://x:99999",
            "://",
            "ftp:x",
        ] {
            let error = with(&[("all_proxy", value)]).expect_err(value);
            assert!(error.to_string().contains("variable all_proxy"), "{error}");
        }
        // Capitals come first, whatever the others say.
        assert!(with(&[("HTTP_PROXY", "http://x"), ("http_proxy", "ftp://x")]).is_ok());
    }
}
