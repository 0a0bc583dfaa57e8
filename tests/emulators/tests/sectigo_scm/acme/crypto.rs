use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    rsa::{self, KeySize},
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair,
        EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use der::{Decode, Sequence, asn1::Uint};
use serde_json::{Value, json};

/// A key that signs requests.
#[derive(Debug)]
pub(super) enum Key {
    Ec(&'static str, EcdsaKeyPair),
    Edwards(Ed25519KeyPair),
    Rsa(rsa::KeyPair),
}

#[derive(Sequence)]
struct RsaPublicKey {
    modulus: Uint,
    exponent: Uint,
}

impl Key {
    pub(super) fn p256() -> Self {
        Self::ec("P-256", &ECDSA_P256_SHA256_FIXED_SIGNING)
    }

    pub(super) fn p384() -> Self {
        Self::ec("P-384", &ECDSA_P384_SHA384_FIXED_SIGNING)
    }

    pub(super) fn edwards() -> Self {
        Self::Edwards(Ed25519KeyPair::generate().expect("a key"))
    }

    pub(super) fn rsa() -> Self {
        Self::Rsa(rsa::KeyPair::generate(KeySize::Rsa2048).expect("a key"))
    }

    /// The key of a certificate, PKCS#8.
    pub(super) fn p256_of(pkcs8: &[u8]) -> Self {
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8);
        Self::Ec("P-256", key.expect("a key"))
    }

    fn ec(curve: &'static str, algorithm: &'static EcdsaSigningAlgorithm) -> Self {
        Self::Ec(curve, EcdsaKeyPair::generate(algorithm).expect("a key"))
    }

    pub(super) fn algorithm(&self) -> &'static str {
        match self {
            Self::Ec("P-256", _) => "ES256",
            Self::Ec(_, _) => "ES384",
            Self::Edwards(_) => "EdDSA",
            Self::Rsa(_) => "RS256",
        }
    }

    pub(super) fn jwk(&self) -> Value {
        match self {
            Self::Ec(curve, key) => {
                let point = &key.public_key().as_ref()[1..];
                let (x, y) = point.split_at(point.len() / 2);
                json!({"kty": "EC", "crv": curve, "x": encode(x), "y": encode(y)})
            }
            Self::Edwards(key) => {
                json!({"kty": "OKP", "crv": "Ed25519", "x": encode(key.public_key())})
            }
            Self::Rsa(key) => {
                let key = RsaPublicKey::from_der(key.public_key().as_ref()).expect("PKCS#1");
                let (n, e) = (key.modulus.as_bytes(), key.exponent.as_bytes());
                json!({"kty": "RSA", "n": encode(n), "e": encode(e)})
            }
        }
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Ec(_, key) => {
                let signature = key.sign(&random, message).expect("a signature");
                signature.as_ref().to_vec()
            }
            Self::Edwards(key) => key.sign(message).as_ref().to_vec(),
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .expect("a signature");
                signature
            }
        }
    }

    /// A flattened signature, whatever its header says.
    pub(super) fn jws(&self, header: &Value, payload: &str) -> Value {
        flattened(header, payload, |message| self.sign(message))
    }
}

/// A signature by a key that both sides know.
pub(super) fn mac(key: &[u8], header: &Value, payload: &str) -> Value {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    flattened(header, payload, |message| {
        hmac::sign(&key, message).as_ref().to_vec()
    })
}

fn flattened(header: &Value, payload: &str, sign: impl Fn(&[u8]) -> Vec<u8>) -> Value {
    let protected = encode(header.to_string());
    let payload = encode(payload);
    let signature = sign(format!("{protected}.{payload}").as_bytes());
    json!({"protected": protected, "payload": payload, "signature": encode(signature)})
}

pub(super) fn encode(octets: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(octets)
}

pub(super) fn decode(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("base64url")
}
