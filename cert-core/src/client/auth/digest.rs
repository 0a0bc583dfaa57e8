use std::collections::VecDeque;
use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::{HeaderMap, header};

use super::{Auth, Epoch, Signing, header_value};
use crate::Secret;
use crate::client::reply::header::token_or_quoted;
use crate::client::transport::BoxFuture;
use crate::client::{Answer, Body, Error};
use crate::values::hex;

/// How many 401s of one call are met: nonces may be good for one use, or age meanwhile.
const CHALLENGES: u32 = 4;
/// How many nonces that nobody was let in with yet are remembered.
const PENDING: usize = 256;

/// Digest authentication (RFC 7616): MD5, SHA-256 and SHA-512-256, with and without `qop`.
///
/// A request goes out unsigned until a nonce of the server's was found good; then requests are
/// signed with it and counted. Every call answers the challenge that it was given itself, so
/// that calls at the same time do not use up each other's nonces; where the server says
/// `stale=true`, up to four times. With `auth-int` alone the body is signed too; where the
/// server offers both, `auth` is taken. A server that offers Basic instead is not answered
/// unless [`or_basic`](Digest::or_basic) allows it, and nothing weaker is answered than what was
/// once accepted.
#[doc(alias("http digest", "rfc7616"))]
pub struct Digest {
    user: String,
    password: Secret,
    basic: Option<super::Headers>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The nonce that was found good last: new calls use it.
    current: Option<Nonce>,
    /// Nonces that are being tried by the calls they were given to.
    pending: VecDeque<Nonce>,
    offered_basic: bool,
    /// The strength of what was accepted so far.
    strength: Strength,
    last_epoch: Epoch,
}

/// A challenge that is answered, and how often it was.
struct Nonce {
    epoch: Epoch,
    challenge: Arc<Challenge>,
    count: u32,
}

impl Nonce {
    fn counted(&mut self) -> (Arc<Challenge>, u32, Epoch) {
        self.count += 1;
        (Arc::clone(&self.challenge), self.count, self.epoch)
    }
}

impl State {
    /// The next answer to `challenge`, which other calls may have been given too.
    fn answering(&mut self, challenge: Challenge) -> (Arc<Challenge>, u32, Epoch) {
        let nonces = self.current.iter_mut().chain(&mut self.pending);
        let mut known = nonces.filter(|nonce| nonce.challenge.is_same(&challenge));
        if let Some(nonce) = known.next() {
            return nonce.counted();
        }
        self.last_epoch += 1;
        let mut nonce = Nonce {
            epoch: self.last_epoch,
            challenge: Arc::new(challenge),
            count: 0,
        };
        let counted = nonce.counted();
        self.pending.truncate(PENDING - 1);
        self.pending.push_front(nonce);
        counted
    }

    /// Gives up the nonce of `epoch`, which was refused. Whether it had been good before, or
    /// there was none.
    fn refused(&mut self, epoch: Epoch) -> bool {
        self.current.take_if(|nonce| nonce.epoch == epoch);
        !self.pending.iter().any(|nonce| nonce.epoch == epoch)
    }

    fn accepted(&mut self, epoch: Epoch) {
        if epoch == Epoch::default() {
            return;
        }
        let Some(at) = self.pending.iter().position(|nonce| nonce.epoch == epoch) else {
            return;
        };
        self.current = self.pending.remove(at);
        self.offered_basic = false;
        let strength = self
            .current
            .as_ref()
            .map(|nonce| nonce.challenge.strength());
        self.strength = self.strength.max(strength.unwrap_or_default());
    }
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

    /// Puts `Authorization` into a request, unless no nonce is known yet.
    fn sign(
        &self,
        request: &mut http::Request<Body>,
        signing: Signing<'_>,
    ) -> Result<Epoch, Error> {
        let Some((challenge, count, epoch)) = self.answering(signing.refusal())? else {
            return Ok(Epoch::default());
        };
        let client_nonce = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        let text = challenge.response(&self.user, &self.password, request, count, &client_nonce);
        let value = header_value(&text)?;
        request.headers_mut().insert(header::AUTHORIZATION, value);
        Ok(epoch)
    }

    /// The challenge to answer: that of the call itself, or else the one found good last.
    fn answering(
        &self,
        refusal: Option<&HeaderMap>,
    ) -> Result<Option<(Arc<Challenge>, u32, Epoch)>, Error> {
        let offers = refusal.map(Offers::of);
        let mut state = self.lock();
        match offers
            .as_ref()
            .map(|offers| (offers.best(), offers.has_basic()))
        {
            Some((Some(offer), _)) if offer.strength() >= state.strength => {
                Ok(Some(state.answering(offer)))
            }
            Some((Some(_), _) | (None, true)) => Err(weaker()),
            Some((None, false)) | None => Ok(state.current.as_mut().map(Nonce::counted)),
        }
    }

    /// Whether Basic, which alone is offered, can be tried: not a second time. Where something
    /// better was accepted before, the next attempt says so instead.
    fn tries_basic(&self, state: &mut State) -> bool {
        let tried = state.offered_basic;
        state.offered_basic = self.basic.is_some() && state.strength == Strength::None;
        self.basic.is_some() && !tried
    }
}

fn weaker() -> Error {
    Error::sign_in(
        "the server asks for a weaker authentication than it accepted before: was it replaced, \
         or is somebody in between? Set the client up anew if that is intended",
    )
}

impl Auth for Digest {
    fn apply<'a>(
        &'a self,
        request: &'a mut http::Request<Body>,
        signing: Signing<'a>,
    ) -> BoxFuture<'a, Result<Epoch, Error>> {
        let offered_basic = self.lock().offered_basic;
        if let Some(basic) = self.basic.as_ref().filter(|_| offered_basic) {
            return basic.apply(request, signing);
        }
        Box::pin(std::future::ready(self.sign(request, signing)))
    }

    fn challenged(&self, epoch: Epoch, answer: &Answer) -> bool {
        let offers = Offers::of(&answer.headers);
        let mut state = self.lock();
        // A nonce that was accepted before has aged, also where the server does not say so.
        let aged = state.refused(epoch);
        match offers.best() {
            Some(challenge) => {
                state.offered_basic = false;
                aged || challenge.stale
            }
            None => offers.has_basic() && self.tries_basic(&mut state),
        }
    }

    fn challenges(&self) -> u32 {
        CHALLENGES
    }

    fn accepted(&self, epoch: Epoch) {
        self.lock().accepted(epoch);
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
    Sha512_256,
    Sha256,
}

/// What may not be fallen behind again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    #[default]
    None,
    Md5,
    Sha2,
}

impl Algorithm {
    fn hash(self, parts: &[&[u8]]) -> String {
        match self {
            Self::Md5 => hash_of::<md5::Md5>(parts),
            Self::Sha512_256 => hash_of::<sha2::Sha512_256>(parts),
            Self::Sha256 => hash_of::<sha2::Sha256>(parts),
        }
    }
}

fn hash_of<H: sha2::Digest>(parts: &[&[u8]]) -> String {
    let digest = parts.iter().fold(H::new(), H::chain_update).finalize();
    hex::encode(&digest, "")
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

/// What a 401 offers.
struct Offers(Vec<Offer>);

impl Offers {
    fn of(refusal: &HeaderMap) -> Self {
        let values = refusal.get_all(header::WWW_AUTHENTICATE).iter();
        let texts = values.filter_map(|value| value.to_str().ok());
        Self(texts.flat_map(challenges).collect())
    }

    fn best(&self) -> Option<Challenge> {
        let known = self.0.iter().filter_map(Challenge::from_offer);
        known.max_by_key(|challenge| challenge.algorithm)
    }

    fn has_basic(&self) -> bool {
        let mut schemes = self.0.iter().map(|(scheme, _)| scheme);
        schemes.any(|scheme| scheme.eq_ignore_ascii_case("Basic"))
    }
}

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
            "SHA-512-256" => Algorithm::Sha512_256,
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

    /// Whether answers to both are counted together.
    fn is_same(&self, other: &Self) -> bool {
        (&self.nonce, &self.realm, self.algorithm) == (&other.nonce, &other.realm, other.algorithm)
    }

    fn strength(&self) -> Strength {
        match self.algorithm {
            Algorithm::Md5 => Strength::Md5,
            Algorithm::Sha256 | Algorithm::Sha512_256 => Strength::Sha2,
        }
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
