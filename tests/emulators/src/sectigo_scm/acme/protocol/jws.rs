use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{algorithm::Algorithm, jwk::Jwk, problem::AcmeProblem};
use crate::frame::Object;

/// A JSON Web Signature in flattened form (RFC 7515, section 7.2.2; RFC 8555, section 6.2).
#[derive(Debug)]
pub(super) struct Jws {
    /// The protected header, taken apart by whoever knows what has to be in it.
    pub(super) header: Object,
    pub(super) payload: Payload,
    signed: String,
    signature: Vec<u8>,
}

/// What is signed; nothing at all for what stands in for `GET` (RFC 8555, section 6.3).
#[derive(Clone, Debug)]
pub(super) struct Payload(Vec<u8>);

/// Who signed: a key that is there itself, or one that is known.
#[derive(Debug)]
pub(super) enum SignedBy {
    Key(Jwk),
    KeyId(String),
}

impl Jws {
    pub(super) fn parse(body: &[u8]) -> Result<Self, AcmeProblem> {
        Self::read(Object::parse(body)?)
    }

    pub(super) fn read(mut jws: Object) -> Result<Self, AcmeProblem> {
        if ["header", "signatures"].iter().any(|name| jws.has(name)) {
            let why = "unprotected headers and several signatures are not allowed";
            return Err(AcmeProblem::malformed(why));
        }
        let protected: String = jws.required("protected")?;
        let payload: String = jws.required("payload")?;
        let signature: String = jws.required("signature")?;
        let header = Object::parse(&octets("protected", &protected)?)?;
        if ["crit", "b64"].iter().any(|name| header.has(name)) {
            let why = "the protected header asks for what is not supported";
            return Err(AcmeProblem::malformed(why));
        }
        Ok(Self {
            header,
            payload: Payload(octets("payload", &payload)?),
            signed: format!("{protected}.{payload}"),
            signature: octets("signature", &signature)?,
        })
    }

    /// Takes the signer out of the header: exactly one of `jwk` and `kid`.
    pub(super) fn signed_by(&mut self) -> Result<SignedBy, AcmeProblem> {
        let jwk: Option<Object> = self.header.optional("jwk")?;
        let kid: Option<String> = self.header.optional("kid")?;
        match (jwk, kid) {
            (Some(jwk), None) => Ok(SignedBy::Key(Jwk::read(jwk)?)),
            (None, Some(kid)) => Ok(SignedBy::KeyId(kid)),
            (_, _) => {
                let why = "the protected header has to have either jwk or kid";
                Err(AcmeProblem::malformed(why))
            }
        }
    }

    /// Whether a code is the one of this (RFC 7515, appendix A.1).
    pub(super) fn is_authentic(&self, key: &hmac::Key) -> bool {
        hmac::verify(key, self.signed.as_bytes(), &self.signature).is_ok()
    }

    /// Refuses a signature that is not this key's.
    pub(super) fn verify(&self, algorithm: Algorithm, key: &Jwk) -> Result<(), AcmeProblem> {
        if algorithm != key.algorithm {
            return Err(AcmeProblem::malformed("alg does not fit the key"));
        }
        match key.verifies(self.signed.as_bytes(), &self.signature) {
            true => Ok(()),
            false => Err(AcmeProblem::malformed(
                "the signature is not that of the key",
            )),
        }
    }

    /// Takes the algorithm of a signature by a public key.
    pub(super) fn algorithm(&mut self) -> Result<Algorithm, AcmeProblem> {
        let name: String = self.header.required("alg")?;
        Algorithm::named(&name).ok_or_else(AcmeProblem::bad_algorithm)
    }
}

impl Payload {
    /// The payload of what stands in for `GET`.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// An object, of which unknown members are ignored (RFC 8555, section 7.3).
    pub(super) fn object(&self) -> Result<Object, AcmeProblem> {
        Ok(Object::parse(&self.0)?)
    }

    pub(super) fn refuse_unless_empty(&self) -> Result<(), AcmeProblem> {
        match self.is_empty() {
            true => Ok(()),
            false => Err(AcmeProblem::malformed("the payload has to be empty here")),
        }
    }
}

/// Base64 for URLs, unpadded (RFC 8555, section 6.1).
pub(super) fn octets(name: &str, text: &str) -> Result<Vec<u8>, AcmeProblem> {
    let decoded = URL_SAFE_NO_PAD.decode(text);
    decoded.map_err(|_| AcmeProblem::malformed(format!("{name} is not unpadded base64url")))
}
