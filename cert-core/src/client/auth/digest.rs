use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::header;

use super::{Auth, Epoch, header_value};
use crate::Secret;
use crate::client::reply::header::token_or_quoted;
use crate::client::transport::{BoxFuture, Transport};
use crate::client::{Answer, Body, Error};

/// Digest authentication (RFC 7616): MD5 and SHA-256, with and without `qop`, aged nonces.
///
/// The first request goes out unsigned; once a server has handed out a nonce, requests are
/// signed with it and counted. With `auth-int` alone the body is signed too; where the server
/// offers both, `auth` is taken. A server that offers Basic instead is not answered unless
/// [`or_basic`](Digest::or_basic) allows it.
pub struct Digest {
    user: String,
    password: Secret,
    basic: Option<super::Headers>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    challenge: Option<Challenge>,
    offered_basic: bool,
    count: u32,
    epoch: Epoch,
}

impl Digest {
    /// The user's name and password.
    pub fn new(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (user, password) = (user.into(), password.into());
        Self {
            user,
            password,
            basic: None,
            state: Mutex::default(),
        }
    }

    /// Answers with Basic where the server offers nothing better. Over plain HTTP this shows
    /// the password to whoever listens.
    ///
    /// # Errors
    ///
    /// As [`Headers::basic`](super::Headers::basic).
    pub fn or_basic(mut self) -> Result<Self, Error> {
        self.basic = Some(super::Headers::basic(&self.user, self.password.clone())?);
        Ok(self)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The `Authorization` for a request, `None` before the first challenge.
    fn authorization(&self, request: &http::Request<Body>, state: &mut State) -> Option<String> {
        let challenge = state.challenge.as_ref()?;
        state.count += 1;
        let client_nonce = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        Some(challenge.response(
            &self.user,
            &self.password,
            request,
            state.count,
            &client_nonce,
        ))
    }
}

impl Auth for Digest {
    fn apply<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        transport: &'a Arc<dyn Transport>,
    ) -> BoxFuture<'a, Result<Epoch, Error>> {
        let mut state = self.lock();
        let epoch = state.epoch;
        if let Some(basic) = self.basic.as_ref().filter(|_| state.offered_basic) {
            return basic.apply(request, transport);
        }
        let signed = self
            .authorization(request, &mut state)
            .map(|text| header_value(&text));
        Box::pin(std::future::ready(signed.transpose().map(|value| {
            if let Some(value) = value {
                request.headers_mut().insert(header::AUTHORIZATION, value);
            }
            epoch
        })))
    }

    fn challenged(&self, epoch: Epoch, answer: &Answer) -> bool {
        let offers = answer.headers.get_all(header::WWW_AUTHENTICATE);
        let offers: Vec<_> = offers
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(challenges)
            .collect();
        let best = offers
            .iter()
            .filter_map(Challenge::from_offer)
            .max_by_key(|c| c.algorithm);
        let mut state = self.lock();
        let Some(challenge) = best else {
            let offered = offers
                .iter()
                .any(|(scheme, _)| scheme.eq_ignore_ascii_case("Basic"));
            let newly = offered && self.basic.is_some() && !state.offered_basic;
            state.offered_basic |= newly;
            return newly;
        };
        // Another call may have taken up a newer nonce while this one was under way.
        let overtaken = state.epoch != epoch;
        // A nonce that was accepted before has aged, also where the server does not say so.
        let aged = challenge.stale || state.count > 1;
        let retry = overtaken || aged || state.challenge.is_none();
        if !overtaken {
            *state = State {
                challenge: Some(challenge),
                epoch: epoch + 1,
                ..State::default()
            };
        }
        retry
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        name(self.password.expose());
        if let Some(basic) = &self.basic {
            basic.secrets(name);
        }
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Digest")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// In order of preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Algorithm {
    Md5,
    Sha256,
}

impl Algorithm {
    fn hash(self, parts: &[&[u8]]) -> String {
        match self {
            Self::Md5 => hash_of::<md5::Md5>(parts),
            Self::Sha256 => hash_of::<sha2::Sha256>(parts),
        }
    }
}

fn hash_of<H: sha2::Digest>(parts: &[&[u8]]) -> String {
    hex(&parts.iter().fold(H::new(), H::chain_update).finalize())
}

fn hex(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut text, octet| {
        let _ = write!(text, "{octet:02x}");
        text
    })
}

/// What a server asks for.
#[derive(Debug, Clone)]
struct Challenge {
    realm: String,
    nonce: String,
    opaque: Option<String>,
    algorithm: Algorithm,
    /// The algorithm as the server wrote it, if it did.
    algorithm_text: Option<String>,
    session: bool,
    quality: Option<&'static str>,
    stale: bool,
}

type Offer = (String, Vec<(String, String)>);

impl Challenge {
    fn from_offer((scheme, parameters): &Offer) -> Option<Self> {
        if !scheme.eq_ignore_ascii_case("Digest") {
            return None;
        }
        let find = |name: &str| {
            let found = parameters
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.clone())
        };
        let algorithm_text = find("algorithm");
        let name = algorithm_text
            .as_deref()
            .unwrap_or("MD5")
            .to_ascii_uppercase();
        let (name, session) = name
            .strip_suffix("-SESS")
            .map_or((&*name, false), |n| (n, true));
        let algorithm = match name {
            "MD5" => Algorithm::Md5,
            "SHA-256" => Algorithm::Sha256,
            _ => return None,
        };
        let quality = match find("qop") {
            None => None,
            Some(list) => {
                let offered =
                    |name: &str| list.split(',').any(|q| q.trim().eq_ignore_ascii_case(name));
                Some(
                    ["auth", "auth-int"]
                        .into_iter()
                        .find(|name| offered(name))?,
                )
            }
        };
        let stale = find("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true"));
        let (realm, nonce, opaque) = (find("realm")?, find("nonce")?, find("opaque"));
        Some(Self {
            realm,
            nonce,
            opaque,
            algorithm,
            algorithm_text,
            session,
            quality,
            stale,
        })
    }

    /// RFC 7616 section 3.4.
    fn response(
        &self,
        user: &str,
        password: &Secret,
        request: &http::Request<Body>,
        count: u32,
        client_nonce: &str,
    ) -> String {
        let hash = |text: &str| self.algorithm.hash(&[text.as_bytes()]);
        let uri = request
            .uri()
            .path_and_query()
            .map_or("/", |uri| uri.as_str());
        let mut secret = hash(&format!("{user}:{}:{}", self.realm, password.expose()));
        if self.session {
            secret = hash(&format!("{secret}:{}:{client_nonce}", self.nonce));
        }
        let mut subject = format!("{}:{uri}", request.method());
        if self.quality == Some("auth-int") {
            let segments: Vec<_> = request.body().segments().iter().map(|s| &s[..]).collect();
            let _ = write!(subject, ":{}", self.algorithm.hash(&segments));
        }
        let subject = hash(&subject);
        let nonce = &self.nonce;
        let response = match self.quality {
            Some(quality) => hash(&format!(
                "{secret}:{nonce}:{count:08x}:{client_nonce}:{quality}:{subject}"
            )),
            None => hash(&format!("{secret}:{nonce}:{subject}")),
        };
        let mut text = format!(
            "Digest username=\"{}\", realm=\"{}\", nonce=\"{}\", uri=\"{uri}\", \
             response=\"{response}\"",
            quoted(user),
            quoted(&self.realm),
            quoted(nonce),
        );
        if let Some(algorithm) = &self.algorithm_text {
            let _ = write!(text, ", algorithm={algorithm}");
        }
        if let Some(opaque) = &self.opaque {
            let _ = write!(text, ", opaque=\"{}\"", quoted(opaque));
        }
        if let Some(quality) = self.quality {
            let _ = write!(text, ", qop={quality}, nc={count:08x}");
        }
        if self.quality.is_some() || self.session {
            let _ = write!(text, ", cnonce=\"{client_nonce}\"");
        }
        text
    }
}

fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// The challenges of one `WWW-Authenticate` value, which may list several (RFC 9110 section
/// 11.6.1).
fn challenges(value: &str) -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    let mut rest = value.trim_start();
    while !rest.is_empty() {
        let end = rest.find([' ', '\t', ',', '=']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let after_blanks = after.trim_start();
        match (after_blanks.strip_prefix('='), offers.last_mut()) {
            (Some(value), Some((_, parameters))) => {
                let (value, tail) = token_or_quoted(value.trim_start());
                parameters.push((word.to_owned(), value));
                rest = tail;
            }
            _ => {
                if !word.is_empty() {
                    offers.push((word.to_owned(), Vec::new()));
                }
                rest = after;
            }
        }
        rest = rest.trim_start_matches([' ', '\t', ',', '=', ';']);
    }
    offers
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7616 section 3.9.1.
    const OFFERS: [&str; 2] = [
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, \
         nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", \
         opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5, \
         nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", \
         opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
    ];

    fn response(offer: &str) -> String {
        let offer = challenges(offer).remove(0);
        let challenge = Challenge::from_offer(&offer).expect("a Digest challenge");
        let mut request = http::Request::new(Body::default());
        *request.uri_mut() = "http://www.example.org/dir/index.html"
            .parse()
            .expect("a URI");
        let nonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        challenge.response("Mufasa", &"Circle of Life".into(), &request, 1, nonce)
    }

    #[test]
    fn the_examples_of_the_rfc() {
        let sha256 =
            "response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"";
        assert!(response(OFFERS[0]).contains(sha256));
        assert!(response(OFFERS[1]).contains("response=\"8ca523f5e9506fed4657c9700eebdbec\""));
    }

    #[test]
    fn several_challenges_in_one_header() {
        let value = format!("Basic realm=\"a, b\", {}, Negotiate", OFFERS[0]);
        let offers = challenges(&value);
        let schemes: Vec<_> = offers.iter().map(|(scheme, _)| scheme.as_str()).collect();
        assert_eq!(schemes, ["Basic", "Digest", "Negotiate"]);
        assert_eq!(offers[0].1, [("realm".to_owned(), "a, b".to_owned())]);
        assert_eq!(offers[1].1.len(), 5);
    }

    #[test]
    fn without_qop_as_rfc_2069_had_it() {
        let text = response("Digest realm=\"r\", nonce=\"n\"");
        assert!(!text.contains("qop") && !text.contains("nc=") && !text.contains("cnonce"));
    }
}
