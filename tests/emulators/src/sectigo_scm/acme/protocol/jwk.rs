use std::ops::RangeInclusive;

use aws_lc_rs::signature::ParsedPublicKey;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use der::{
    Any, Encode, Sequence,
    asn1::{BitString, Null, Uint},
    oid::ObjectIdentifier,
};
use serde_json::json;
use sha2::{Digest, Sha256};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::{algorithm::Algorithm, jws::octets, problem::AcmeProblem};
use crate::frame::Object;

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ID_EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const ID_ED_25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const SECP_256_R_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const SECP_384_R_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// A client's public key (RFC 7517), and what tells it from others.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::sectigo_scm::acme) struct Jwk {
    pub(super) algorithm: Algorithm,
    /// `SubjectPublicKeyInfo`, DER.
    pub(super) info: Vec<u8>,
    /// RFC 7638, SHA-256, Base64 for URLs.
    pub(in crate::sectigo_scm::acme) thumbprint: String,
}

/// What signatures can be verified with.
const RSA_BITS: RangeInclusive<usize> = 2048..=8192;

#[derive(Sequence)]
struct RsaPublicKey {
    modulus: Uint,
    exponent: Uint,
}

impl Jwk {
    pub(super) fn read(mut jwk: Object) -> Result<Self, AcmeProblem> {
        if ["d", "k"].iter().any(|name| jwk.has(name)) {
            return Err(AcmeProblem::malformed("jwk holds a key that is not public"));
        }
        let kind: String = jwk.required("kty")?;
        let key = match kind.as_str() {
            "EC" => Self::elliptic_curve(&mut jwk),
            "OKP" => Self::edwards(&mut jwk),
            "RSA" => Self::rsa(&mut jwk),
            _ => Err(AcmeProblem::bad_key("the kind of key is not supported")),
        }?;
        match ParsedPublicKey::new(key.algorithm.verification(), &key.info) {
            Ok(_) => Ok(key),
            Err(_) => Err(AcmeProblem::bad_key("jwk is not a usable public key")),
        }
    }

    /// Whether a signature is this key's.
    pub(super) fn verifies(&self, signed: &[u8], signature: &[u8]) -> bool {
        let key = ParsedPublicKey::new(self.algorithm.verification(), &self.info);
        key.is_ok_and(|key| key.verify_sig(signed, signature).is_ok())
    }

    fn elliptic_curve(jwk: &mut Object) -> Result<Self, AcmeProblem> {
        let name: String = jwk.required("crv")?;
        let (algorithm, curve, length) = match name.as_str() {
            "P-256" => (Algorithm::Es256, SECP_256_R_1, 32),
            "P-384" => (Algorithm::Es384, SECP_384_R_1, 48),
            _ => return Err(AcmeProblem::bad_key("the curve is not supported")),
        };
        let (x, y) = (coordinate(jwk, "x", length)?, coordinate(jwk, "y", length)?);
        let members = json!({"crv": name, "kty": "EC", "x": text(&x), "y": text(&y)});
        let point = [&[4], x.as_slice(), &y].concat();
        let info = info(ID_EC_PUBLIC_KEY, Some(Any::from(&curve)), &point)?;
        Ok(Self::new(algorithm, info, &members.to_string()))
    }

    fn edwards(jwk: &mut Object) -> Result<Self, AcmeProblem> {
        let name: String = jwk.required("crv")?;
        if name != "Ed25519" {
            return Err(AcmeProblem::bad_key("the curve is not supported"));
        }
        let x = coordinate(jwk, "x", 32)?;
        let members = json!({"crv": name, "kty": "OKP", "x": text(&x)});
        let info = info(ID_ED_25519, None, &x)?;
        Ok(Self::new(Algorithm::EdDsa, info, &members.to_string()))
    }

    fn rsa(jwk: &mut Object) -> Result<Self, AcmeProblem> {
        let (n, e) = (number(jwk, "n")?, number(jwk, "e")?);
        if !RSA_BITS.contains(&bits(&n)) {
            return Err(AcmeProblem::bad_key("RSA keys have 2048 to 8192 bits"));
        }
        let members = json!({"e": text(&e), "kty": "RSA", "n": text(&n)});
        let unfit = |_| AcmeProblem::bad_key("the key's numbers cannot be encoded");
        let key = RsaPublicKey {
            modulus: Uint::new(&n).map_err(unfit)?,
            exponent: Uint::new(&e).map_err(unfit)?,
        };
        let key = key.to_der().map_err(unfit)?;
        let info = info(RSA_ENCRYPTION, Some(Null.into()), &key)?;
        Ok(Self::new(Algorithm::Rs256, info, &members.to_string()))
    }

    /// `members` are the required ones, ordered by name, without spaces.
    fn new(algorithm: Algorithm, info: Vec<u8>, members: &str) -> Self {
        Self {
            algorithm,
            info,
            thumbprint: text(&Sha256::digest(members)),
        }
    }
}

fn text(octets: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(octets)
}

fn coordinate(jwk: &mut Object, name: &str, length: usize) -> Result<Vec<u8>, AcmeProblem> {
    let octets = octets(name, &jwk.required::<String>(name)?)?;
    match octets.len() == length {
        true => Ok(octets),
        false => Err(AcmeProblem::bad_key(format!("{name} has another length"))),
    }
}

/// A number without leading zeros (RFC 7518, section 2).
fn number(jwk: &mut Object, name: &str) -> Result<Vec<u8>, AcmeProblem> {
    let octets = octets(name, &jwk.required::<String>(name)?)?;
    match octets.first() {
        None | Some(0) => Err(AcmeProblem::bad_key(format!("{name} begins with zeros"))),
        Some(_) => Ok(octets),
    }
}

/// The length of a number without leading zero octets.
fn bits(number: &[u8]) -> usize {
    let leading = number.first().map_or(0, |first| first.leading_zeros());
    number.len() * 8 - leading as usize
}

fn info(
    algorithm: ObjectIdentifier,
    parameters: Option<Any>,
    key: &[u8],
) -> Result<Vec<u8>, AcmeProblem> {
    let unfit = |_| AcmeProblem::bad_key("the key cannot be encoded");
    let info = SubjectPublicKeyInfoOwned {
        algorithm: AlgorithmIdentifierOwned {
            oid: algorithm,
            parameters,
        },
        subject_public_key: BitString::from_bytes(key).map_err(unfit)?,
    };
    info.to_der().map_err(unfit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thumbprint(jwk: &str) -> Result<String, AcmeProblem> {
        let jwk = Object::parse(jwk.as_bytes()).expect("an object");
        Ok(Jwk::read(jwk)?.thumbprint)
    }

    #[test]
    fn thumbprints_are_those_of_the_standards() {
        // RFC 7638, section 3.1.
        let n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxu\
                 hDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN\
                 5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5\
                 hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBni\
                 Iqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
        let rsa = json!({"kty": "RSA", "n": n, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"});
        let rsa = rsa.to_string();
        let expected = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
        assert_eq!(thumbprint(&rsa).expect("a key"), expected);
        // RFC 8037, appendix A.3.
        let edwards = r#"{"kty": "OKP", "crv": "Ed25519",
            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
        let expected = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
        assert_eq!(thumbprint(edwards).expect("a key"), expected);
    }

    #[test]
    fn keys_that_are_none_are_refused() {
        let refused = [
            r#"{"kty": "oct", "k": "AAAA"}"#,
            r#"{"kty": "oct"}"#,
            r#"{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}"#,
            r#"{"kty": "EC", "crv": "P-521", "x": "AA", "y": "AA"}"#,
            r#"{"kty": "RSA", "n": "AAEC", "e": "AQAB"}"#,
            r#"{"kty": "RSA", "n": "AQEC", "e": "AQAB"}"#,
            r#"{"kty": "RSA", "n": "", "e": "AQAB"}"#,
            r#"{"kty": "OKP", "crv": "X25519", "x": "AA"}"#,
            // Not a point of the curve.
            r#"{"kty": "EC", "crv": "P-256",
                "x": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE",
                "y": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"}"#,
        ];
        for jwk in refused {
            assert!(thumbprint(jwk).is_err(), "{jwk}");
        }
    }
}
