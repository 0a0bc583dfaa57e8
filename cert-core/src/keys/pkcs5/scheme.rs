//! Password-based encryption: PBES2 (RFC 8018) and the schemes of RFC 7292, appendix C.

use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, InnerIvInit, KeyInit};
use cbc::{Decryptor, cipher};
use des::{TdesEde2, TdesEde3};
use rc2::Rc2;
use zeroize::Zeroizing;

use super::derive::{Budget, Purpose, Spelling, blocks};
use crate::asn1::oid::{oid, unsupported};
use crate::asn1::{DecodeError, DecodeErrorKind, Element, ObjectIdentifier, tag};
use crate::values::HashAlgorithm;
use crate::x509::algorithm::{algorithm_identifier, digest_from_oid};

/// An encryption scheme with its parameters.
pub(crate) struct Scheme {
    derivation: Derivation,
    cipher: Cipher,
}

enum Derivation {
    /// RFC 7292, appendix B, always with SHA-1 here.
    Pkcs12 {
        salt: Vec<u8>,
        iterations: u64,
    },
    Pbkdf2 {
        parameters: Pbkdf2,
        iv: Vec<u8>,
    },
}

pub(crate) struct Pbkdf2 {
    pub(crate) salt: Vec<u8>,
    pub(crate) iterations: u64,
    pub(crate) length: Option<u64>,
    pub(crate) digest: HashAlgorithm,
}

#[derive(Clone, Copy)]
enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    TripleDes,
    TripleDesTwoKeys,
    Rc2 {
        key_length: usize,
        effective_bits: usize,
    },
    Rc4 {
        key_length: usize,
    },
}

impl Scheme {
    /// Reads an `AlgorithmIdentifier`.
    pub(crate) fn read(element: &Element<'_>) -> Result<Self, DecodeError> {
        let (oid, parameters) = algorithm_identifier(element)?;
        let parameters = parameters
            .ok_or_else(|| DecodeError::invalid("an encryption scheme without parameters"))?
            .of_tag(tag::SEQUENCE)?;
        if oid == PBES2 {
            return Self::read_pbes2(&parameters);
        }
        let known = PKCS12_CIPHERS.iter().find(|(known, _)| *known == oid);
        let (_, cipher) = known.ok_or_else(|| unsupported("encryption scheme", &oid))?;
        let mut fields = parameters.reader();
        let salt = fields.field(tag::OCTET_STRING, "salt")?.content.to_vec();
        let iterations = fields.field(tag::INTEGER, "iterations")?.unsigned()?;
        Ok(Self {
            derivation: Derivation::Pkcs12 { salt, iterations },
            cipher: *cipher,
        })
    }

    /// Takes off what deriving the key costs; gives the iterations.
    fn spend(&self, budget: &mut Budget) -> Result<u32, DecodeError> {
        let length = self.cipher.key_length();
        match &self.derivation {
            // The key and the initialization vector are derived apart.
            Derivation::Pkcs12 { iterations, .. } => {
                let of_iv = blocks(self.cipher.block_length(), HashAlgorithm::Sha1);
                budget.spend(*iterations, blocks(length, HashAlgorithm::Sha1) + of_iv)
            }
            Derivation::Pbkdf2 { parameters, .. } => {
                budget.spend(parameters.iterations, blocks(length, parameters.digest))
            }
        }
    }

    /// Decrypts with each spelling of the pass phrase until the padding and `accept` agree.
    pub(crate) fn decrypt<T>(
        &self,
        encrypted: &[u8],
        spellings: &[Spelling],
        budget: &mut Budget,
        mut accept: impl FnMut(&[u8]) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let mut wrong = DecodeError::new(DecodeErrorKind::WrongPassphrase);
        let iterations = self.spend(budget)?;
        for spelling in spellings {
            let Some(plain) = self.decrypt_with(encrypted, spelling, iterations)? else {
                continue;
            };
            match accept(&plain) {
                Ok(accepted) => return Ok(accepted),
                Err(error) if is_telling(&error) => wrong = error,
                Err(_) => {}
            }
        }
        Err(wrong)
    }

    /// `None` if the padding is not right, which means that the key is not.
    fn decrypt_with(
        &self,
        encrypted: &[u8],
        spelling: &Spelling,
        iterations: u32,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, DecodeError> {
        let (key, iv) = self.key_and_iv(spelling, iterations)?;
        Ok(match self.cipher {
            Cipher::Aes128 => decrypt_block(Aes128::new_from_slice(&key), &iv, encrypted)?,
            Cipher::Aes192 => decrypt_block(Aes192::new_from_slice(&key), &iv, encrypted)?,
            Cipher::Aes256 => decrypt_block(Aes256::new_from_slice(&key), &iv, encrypted)?,
            Cipher::TripleDes => decrypt_block(TdesEde3::new_from_slice(&key), &iv, encrypted)?,
            Cipher::TripleDesTwoKeys => {
                decrypt_block(TdesEde2::new_from_slice(&key), &iv, encrypted)?
            }
            Cipher::Rc2 { effective_bits, .. } => {
                let cipher = Rc2::new_with_eff_key_len(&key, effective_bits);
                decrypt_block(Ok(cipher), &iv, encrypted)?
            }
            Cipher::Rc4 { .. } => Some(rc4(&key, encrypted)),
        })
    }

    fn key_and_iv(
        &self,
        spelling: &Spelling,
        iterations: u32,
    ) -> Result<(Zeroizing<Vec<u8>>, Vec<u8>), DecodeError> {
        let length = self.cipher.key_length();
        match &self.derivation {
            Derivation::Pkcs12 { salt, .. } => {
                let derive = |purpose, length| {
                    spelling.derive(HashAlgorithm::Sha1, purpose, salt, iterations, length)
                };
                let iv_length = self.cipher.block_length();
                Ok((
                    derive(Purpose::Key, length)?,
                    derive(Purpose::Iv, iv_length)?.to_vec(),
                ))
            }
            Derivation::Pbkdf2 { parameters, iv } => {
                let Pbkdf2 { digest, salt, .. } = parameters;
                Ok((
                    spelling.pbkdf2(*digest, salt, iterations, length)?,
                    iv.clone(),
                ))
            }
        }
    }

    fn read_pbes2(parameters: &Element<'_>) -> Result<Self, DecodeError> {
        let mut fields = parameters.reader();
        let derivation = fields.field(tag::SEQUENCE, "keyDerivationFunc")?;
        let encryption = fields.field(tag::SEQUENCE, "encryptionScheme")?;
        let parameters = Pbkdf2::read(&derivation)?;
        let (oid, iv) = algorithm_identifier(&encryption)?;
        let iv = iv.ok_or_else(|| DecodeError::invalid("no initialization vector"))?;
        let (cipher, iv) = match oid {
            oid if oid == RC2_CBC => rc2_parameters(&iv, parameters.length)?,
            oid => {
                let known = PBES2_CIPHERS.iter().find(|(known, _)| *known == oid);
                let (_, cipher) = known.ok_or_else(|| unsupported("encryption scheme", &oid))?;
                (*cipher, iv.of_tag(tag::OCTET_STRING)?.content.to_vec())
            }
        };
        let asked = parameters.length.unwrap_or(cipher.key_length() as u64);
        if asked != cipher.key_length() as u64 {
            return Err(DecodeError::invalid(
                "a key length that the cipher does not take",
            ));
        }
        Ok(Self {
            derivation: Derivation::Pbkdf2 { parameters, iv },
            cipher,
        })
    }
}

impl Pbkdf2 {
    /// Reads the `AlgorithmIdentifier` of a key derivation function.
    pub(crate) fn read(element: &Element<'_>) -> Result<Self, DecodeError> {
        let (oid, parameters) = algorithm_identifier(element)?;
        if oid != PBKDF2 {
            return Err(unsupported("key derivation function", &oid));
        }
        let parameters = parameters
            .ok_or_else(|| DecodeError::invalid("PBKDF2 without parameters"))?
            .of_tag(tag::SEQUENCE)?;
        let mut fields = parameters.reader();
        let salt = fields.field(tag::OCTET_STRING, "salt")?.content.to_vec();
        let iterations = fields.field(tag::INTEGER, "iterationCount")?.unsigned()?;
        let length = fields
            .optional(tag::INTEGER)?
            .map(|length| length.unsigned())
            .transpose()?;
        let digest = match fields.optional(tag::SEQUENCE)? {
            Some(prf) => hmac_digest(&prf)?,
            None => HashAlgorithm::Sha1,
        };
        Ok(Self {
            salt,
            iterations,
            length,
            digest,
        })
    }
}

impl Cipher {
    fn key_length(self) -> usize {
        match self {
            Self::Aes128 | Self::TripleDesTwoKeys => 16,
            Self::Aes192 | Self::TripleDes => 24,
            Self::Aes256 => 32,
            Self::Rc2 { key_length, .. } | Self::Rc4 { key_length } => key_length,
        }
    }

    fn block_length(self) -> usize {
        match self {
            Self::Aes128 | Self::Aes192 | Self::Aes256 => 16,
            Self::TripleDes | Self::TripleDesTwoKeys | Self::Rc2 { .. } => 8,
            Self::Rc4 { .. } => 0,
        }
    }
}

/// Reads the `AlgorithmIdentifier` of an HMAC.
pub(crate) fn hmac_digest(element: &Element<'_>) -> Result<HashAlgorithm, DecodeError> {
    let (oid, _) = algorithm_identifier(element)?;
    let known = HMACS.iter().find(|(known, _)| *known == oid);
    known
        .map(|(_, digest)| *digest)
        .ok_or_else(|| unsupported("HMAC", &oid))
}

/// Reads the `AlgorithmIdentifier` of a digest.
pub(crate) fn digest(element: &Element<'_>) -> Result<HashAlgorithm, DecodeError> {
    let (oid, _) = algorithm_identifier(element)?;
    digest_from_oid(&oid).ok_or_else(|| unsupported("digest", &oid))
}

pub(crate) const PBES2: ObjectIdentifier = oid!("1.2.840.113549.1.5.13");
pub(crate) const PBKDF2: ObjectIdentifier = oid!("1.2.840.113549.1.5.12");
pub(crate) const AES_256_CBC: ObjectIdentifier = oid!("2.16.840.1.101.3.4.1.42");
pub(crate) const HMAC_SHA256: ObjectIdentifier = oid!("1.2.840.113549.2.9");
pub(crate) const PKCS12_TRIPLE_DES: ObjectIdentifier = oid!("1.2.840.113549.1.12.1.3");
const RC2_CBC: ObjectIdentifier = oid!("1.2.840.113549.3.2");

const PBES2_CIPHERS: &[(ObjectIdentifier, Cipher)] = &[
    (oid!("2.16.840.1.101.3.4.1.2"), Cipher::Aes128),
    (oid!("2.16.840.1.101.3.4.1.22"), Cipher::Aes192),
    (AES_256_CBC, Cipher::Aes256),
    (oid!("1.2.840.113549.3.7"), Cipher::TripleDes),
];

const PKCS12_CIPHERS: &[(ObjectIdentifier, Cipher)] = &[
    (
        oid!("1.2.840.113549.1.12.1.1"),
        Cipher::Rc4 { key_length: 16 },
    ),
    (
        oid!("1.2.840.113549.1.12.1.2"),
        Cipher::Rc4 { key_length: 5 },
    ),
    (PKCS12_TRIPLE_DES, Cipher::TripleDes),
    (oid!("1.2.840.113549.1.12.1.4"), Cipher::TripleDesTwoKeys),
    (
        oid!("1.2.840.113549.1.12.1.5"),
        Cipher::Rc2 {
            key_length: 16,
            effective_bits: 128,
        },
    ),
    (
        oid!("1.2.840.113549.1.12.1.6"),
        Cipher::Rc2 {
            key_length: 5,
            effective_bits: 40,
        },
    ),
];

const HMACS: &[(ObjectIdentifier, HashAlgorithm)] = &[
    (oid!("1.2.840.113549.2.7"), HashAlgorithm::Sha1),
    (oid!("1.2.840.113549.2.8"), HashAlgorithm::Sha224),
    (HMAC_SHA256, HashAlgorithm::Sha256),
    (oid!("1.2.840.113549.2.10"), HashAlgorithm::Sha384),
    (oid!("1.2.840.113549.2.11"), HashAlgorithm::Sha512),
];

/// Whether the error says something about the contents that a wrong key would not bring about.
fn is_telling(error: &DecodeError) -> bool {
    matches!(
        error.kind(),
        DecodeErrorKind::Unsupported(_) | DecodeErrorKind::TooManyIterations { .. }
    )
}

/// `RC2-CBC-Parameter` (RFC 2268, 6): the version stands for the effective bits.
fn rc2_parameters(
    parameters: &Element<'_>,
    length: Option<u64>,
) -> Result<(Cipher, Vec<u8>), DecodeError> {
    let mut fields = parameters.of_tag(tag::SEQUENCE)?.reader();
    let version = fields
        .optional(tag::INTEGER)?
        .map(|version| version.unsigned())
        .transpose()?;
    let effective_bits = match version {
        None => 32,
        Some(160) => 40,
        Some(120) => 64,
        Some(58) => 128,
        Some(_) => return Err(DecodeError::invalid("an unknown RC2 version")),
    };
    let iv = fields.field(tag::OCTET_STRING, "iv")?.content.to_vec();
    let key_length = match length {
        None => effective_bits / 8,
        Some(length @ 1..=128) => length as usize,
        Some(_) => return Err(DecodeError::invalid("a key length that RC2 does not take")),
    };
    Ok((
        Cipher::Rc2 {
            key_length,
            effective_bits,
        },
        iv,
    ))
}

fn decrypt_block<C: BlockCipherDecrypt>(
    cipher: Result<C, cipher::common::InvalidLength>,
    iv: &[u8],
    encrypted: &[u8],
) -> Result<Option<Zeroizing<Vec<u8>>>, DecodeError> {
    let invalid = || DecodeError::invalid("an initialization vector of the wrong length");
    let cipher = cipher.map_err(|_| invalid())?;
    let mode = Decryptor::inner_iv_slice_init(cipher, iv).map_err(|_| invalid())?;
    Ok(mode
        .decrypt_padded_vec::<Pkcs7>(encrypted)
        .ok()
        .map(Zeroizing::new))
}

fn rc4(key: &[u8], encrypted: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut state: [u8; 256] = std::array::from_fn(|index| index as u8);
    let mut j = 0_u8;
    for i in 0..256 {
        j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
        state.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    let mut next = || {
        i = i.wrapping_add(1);
        j = j.wrapping_add(state[usize::from(i)]);
        state.swap(usize::from(i), usize::from(j));
        let sum = state[usize::from(i)].wrapping_add(state[usize::from(j)]);
        state[usize::from(sum)]
    };
    Zeroizing::new(encrypted.iter().map(|octet| octet ^ next()).collect())
}
