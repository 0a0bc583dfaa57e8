//! Digest authentication as a server has it (RFC 7616, and RFC 2617 before it).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use md5::Md5;
use sha2::{Digest, Sha256, Sha512_256};

use super::Options;
use crate::frame::{Request, x509};

pub(super) const REALM: &str = "HTTPAPI";

/// A hash that Digest is made with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum DigestAlgorithm {
    /// MD5: all that RFC 2617 had.
    Md5,
    /// SHA-256.
    Sha256,
    /// SHA-512/256.
    Sha512_256,
}

/// What Digest protects, `qop`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Quality {
    /// No `qop` at all, as in RFC 2069.
    Absent,
    /// `auth`.
    Auth,
    /// The list `auth,auth-int`.
    AuthOrAuthInt,
}

/// What became of an attempt to sign in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Outcome {
    Admitted,
    Refused,
    /// Right, but for a nonce that does not count any more.
    Stale,
}

/// The nonces that were handed out.
#[derive(Debug, Default)]
pub(super) struct Nonces {
    issued: BTreeMap<String, Nonce>,
}

#[derive(Debug)]
struct Nonce {
    born: Timestamp,
    uses: usize,
    counts: BTreeSet<u32>,
}

impl Nonces {
    /// The values of `WWW-Authenticate`, one for each algorithm, with a new nonce.
    pub(super) fn offers(&mut self, options: &Options, stale: bool, now: Timestamp) -> Vec<String> {
        self.issued
            .retain(|_, nonce| now.duration_since(nonce.born) < options.nonce_lifetime);
        let nonce = format!("{:032x}", fastrand::u128(..));
        let state = Nonce {
            born: now,
            uses: 0,
            counts: BTreeSet::new(),
        };
        self.issued.insert(nonce.clone(), state);
        let quality = match options.quality {
            Quality::Absent => "",
            Quality::Auth => ", qop=\"auth\"",
            Quality::AuthOrAuthInt => ", qop=\"auth,auth-int\"",
        };
        let stale = if stale { ", stale=true" } else { "" };
        let offer = |algorithm: &DigestAlgorithm| {
            let algorithm = algorithm.name();
            format!(
                "Digest realm=\"{REALM}\", nonce=\"{nonce}\", algorithm={algorithm}{quality}{stale}"
            )
        };
        options.algorithms.iter().map(offer).collect()
    }

    /// Whether the parameters of `Authorization` sign the request in.
    pub(super) fn check(
        &mut self,
        options: &Options,
        request: &Request,
        parameters: &str,
        now: Timestamp,
    ) -> Outcome {
        let Some(response) = Response::parse(parameters) else {
            return Outcome::Refused;
        };
        if !response.is_right(options, request) {
            return Outcome::Refused;
        }
        let Some(nonce) = self.issued.get_mut(response.nonce) else {
            return Outcome::Stale;
        };
        let aged = now.duration_since(nonce.born) >= options.nonce_lifetime
            || options.nonce_uses.is_some_and(|uses| nonce.uses >= uses);
        let fresh = response
            .count
            .is_none_or(|count| nonce.counts.insert(count));
        if aged || !fresh {
            return Outcome::Stale;
        }
        nonce.uses += 1;
        Outcome::Admitted
    }
}

impl DigestAlgorithm {
    fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha256 => "SHA-256",
            Self::Sha512_256 => "SHA-512-256",
        }
    }

    fn hash(self, octets: &[u8]) -> String {
        match self {
            Self::Md5 => hex(&Md5::digest(octets)),
            Self::Sha256 => hex(&Sha256::digest(octets)),
            Self::Sha512_256 => hex(&Sha512_256::digest(octets)),
        }
    }
}

/// The parameters of `Authorization: Digest`.
struct Response<'h> {
    user: &'h str,
    realm: &'h str,
    nonce: &'h str,
    uri: &'h str,
    response: &'h str,
    algorithm: DigestAlgorithm,
    quality: Option<&'h str>,
    count: Option<u32>,
    count_text: &'h str,
    client_nonce: &'h str,
}

impl<'h> Response<'h> {
    fn parse(parameters: &'h str) -> Option<Self> {
        let given = pairs(parameters)?;
        let find = |name: &str| {
            let mut named = given
                .iter()
                .filter(|(known, _)| known.eq_ignore_ascii_case(name));
            named.next().map(|(_, value)| *value)
        };
        let algorithm = match find("algorithm")
            .unwrap_or("MD5")
            .to_ascii_uppercase()
            .as_str()
        {
            "MD5" => DigestAlgorithm::Md5,
            "SHA-256" => DigestAlgorithm::Sha256,
            "SHA-512-256" => DigestAlgorithm::Sha512_256,
            _ => return None,
        };
        let count = match find("nc") {
            Some(text) if text.len() == 8 => Some(u32::from_str_radix(text, 16).ok()?),
            Some(_) => return None,
            None => None,
        };
        Some(Self {
            user: find("username")?,
            realm: find("realm")?,
            nonce: find("nonce")?,
            uri: find("uri")?,
            response: find("response")?,
            algorithm,
            quality: find("qop"),
            count,
            count_text: find("nc").unwrap_or_default(),
            client_nonce: find("cnonce").unwrap_or_default(),
        })
    }

    fn is_right(&self, options: &Options, request: &Request) -> bool {
        let target = match &request.query {
            Some(query) => format!("{}?{query}", request.path),
            None => request.path.clone(),
        };
        let offered = match self.quality {
            None => options.quality == Quality::Absent,
            Some("auth") => options.quality != Quality::Absent,
            Some("auth-int") => options.quality == Quality::AuthOrAuthInt,
            Some(_) => false,
        };
        let counted =
            self.quality.is_none() || (self.count.is_some() && !self.client_nonce.is_empty());
        self.user == options.user
            && self.realm == REALM
            && self.uri == target
            && options.algorithms.contains(&self.algorithm)
            && offered
            && counted
            && self
                .response
                .eq_ignore_ascii_case(&self.expected(options.password.expose(), request))
    }

    fn expected(&self, password: &str, request: &Request) -> String {
        let hash = |text: &str| self.algorithm.hash(text.as_bytes());
        let secret = hash(&format!("{}:{}:{password}", self.user, self.realm));
        let mut subject = format!("{}:{}", request.method, self.uri);
        if self.quality == Some("auth-int") {
            subject = format!("{subject}:{}", self.algorithm.hash(&request.body));
        }
        let (nonce, subject) = (self.nonce, hash(&subject));
        match self.quality {
            Some(quality) => {
                let (count, client) = (self.count_text, self.client_nonce);
                hash(&format!(
                    "{secret}:{nonce}:{count}:{client}:{quality}:{subject}"
                ))
            }
            None => hash(&format!("{secret}:{nonce}:{subject}")),
        }
    }
}

/// Splits `name=value, name="value"`; quoted values are taken as they stand.
fn pairs(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut pairs = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_at(after.find(',').unwrap_or(after.len())),
        };
        pairs.push((name.trim(), value.trim()));
        rest = after.trim_start().trim_start_matches(',').trim_start();
    }
    Some(pairs)
}

fn hex(octets: &[u8]) -> String {
    x509::hex(octets, "").to_ascii_lowercase()
}
