use cert_core::client::{Answer, Builder, Call, Caller, Error, Fault, Op, Vendor};
use http::StatusCode;

use crate::Credentials;

static VENDOR: Vendor = cert_core::vendor!("fortiauth", fault).accepting("application/json");

/// A client of one device. Cheap to clone; it shares its connections.
///
/// Devices come with a self-signed certificate: give the client its public key or root by
/// [`Client::builder`] and `tls`, or install a certificate on the device.
///
/// ```no_run
/// use fortiauth::cert_core::Certificate;
/// use fortiauth::cert_core::client::{PublicKeyPin, Tls};
/// use fortiauth::{Client, Credentials};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let device = Certificate::from_pem(&std::fs::read_to_string("fac.pem")?)?;
/// let fac = Client::builder("https://fac.example.com", Credentials::access_key("admin", "key"))
///     .tls(Tls::new().pin(PublicKeyPin::of(&device)))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[doc(alias("fortiauthenticator", "fac"))]
#[derive(Debug, Clone)]
pub struct Client(Caller);

impl Client {
    /// A client of the device at `base_url`, without `/api`, with the default settings.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) when the URL is not https (loopback excepted),
    /// the administrator's name has a colon, or the machine has no CA certificates.
    pub fn new(base_url: impl Into<String>, credentials: Credentials) -> Result<Self, Error> {
        Self::builder(base_url, credentials).build()
    }

    /// A client with settings of its own: roots, pinned keys, limits, retry, transport.
    pub fn builder(base_url: impl Into<String>, credentials: Credentials) -> Builder<Self> {
        Builder::new(&VENDOR, base_url, credentials.headers())
    }

    /// A call of an operation of your own, where this crate lacks one: signed in, retried and
    /// reported like any other.
    pub fn call<R>(&self, op: &'static Op) -> Call<'_, R> {
        self.0.call(op)
    }
}

impl From<Caller> for Client {
    fn from(caller: Caller) -> Self {
        Self(caller)
    }
}

cert_core::response! {
    /// The members under which releases have put their words; no answer has all of them.
    struct Refusal {
        error: Option<String>,
        #[wire("error_message")]
        error_message: Option<String>,
        detail: Option<String>,
        message: Option<String>,
    }
}

fn fault(_: &Op, answer: &Answer) -> Option<Fault> {
    if answer.status.is_success() {
        return None;
    }
    let refusal = answer.json::<Refusal>().ok();
    let text = refusal.and_then(|refusal| {
        let other = refusal.detail.or(refusal.message);
        refusal.error.or(refusal.error_message).or(other)
    });
    let fault = match text {
        Some(text) => Fault {
            message: Some(text),
            ..Fault::default()
        },
        None => Fault::from_text(answer),
    };
    Some(Fault {
        message: fault
            .message
            .map(|text| unescaped(&text))
            .or_else(|| silence(answer.status)),
        ..fault
    })
}

/// What an error without content means.
fn silence(status: StatusCode) -> Option<String> {
    let meaning = match status {
        StatusCode::UNAUTHORIZED => {
            "the administrator's name or web service access key is wrong, or the \
             administrator's profile lacks the permission, which releases up to 6.6.5 answer alike"
        }
        StatusCode::FORBIDDEN => "the administrator's profile lacks the permission",
        StatusCode::NOT_FOUND => "there is no user certificate of this number",
        _ => return None,
    };
    Some(meaning.to_owned())
}

/// Some texts come escaped for HTML, inside JSON too.
fn unescaped(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (escape, character)| {
        text.replace(escape, character)
    })
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    static GET: Op = Op::get("get", "/");

    fn message(status: u16, body: &'static str) -> Option<String> {
        let status = StatusCode::from_u16(status).expect("a status");
        let answer = Answer::new(status, HeaderMap::new(), body.into());
        fault(&GET, &answer).and_then(|fault| fault.message)
    }

    #[test]
    fn every_form_of_refusal_is_read() {
        for name in ["error", "error_message", "detail", "message"] {
            let body = format!(r#"{{"{name}": "no such thing"}}"#);
            assert_eq!(message(400, body.leak()).as_deref(), Some("no such thing"));
        }
        let page = "<html><body><h1>Server Error (500)</h1></body></html>";
        assert_eq!(message(500, page).as_deref(), Some("Server Error (500)"));
        assert_eq!(message(500, ""), None);
        assert_eq!(message(200, r#"{"error": "a field of that name"}"#), None);
    }

    #[test]
    fn escapes_of_html_are_undone() {
        let body = r#"{"error": "Invalid limit &#x27;a&amp;b&#39; provided."}"#;
        assert_eq!(
            message(400, body).as_deref(),
            Some("Invalid limit 'a&b' provided.")
        );
    }

    #[test]
    fn a_silent_401_names_both_reasons() {
        let text = message(401, "").expect("words of ours");
        assert!(
            text.contains("access key") && text.contains("permission"),
            "{text}"
        );
    }
}
