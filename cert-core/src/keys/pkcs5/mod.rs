//! Encryption under a pass phrase: PBES2 (RFC 8018), the older schemes of RFC 7292, and the
//! encrypted private keys of RFC 5958, 3.

mod derive;
mod encrypt;
mod scheme;

pub(crate) use self::derive::{Budget, Purpose, Spelling, blocks, digest_length, equal, hmac};
pub(crate) use self::encrypt::{Protection, random};
pub(crate) use self::scheme::{Pbkdf2, Scheme, digest, hmac_digest};
use crate::asn1::{DecodeError, Element, Reader, tag};
use crate::values::Secret;

/// How many blocks of key derivation a file may ask for, unless its reader says otherwise.
pub(crate) const ITERATION_LIMIT: u64 = 10_000_000;

/// Decrypts the `EncryptedPrivateKeyInfo` that `der` consists of; `accept` reads the PKCS#8.
pub(super) fn decrypt_key<T>(
    der: &[u8],
    passphrase: &Secret,
    accept: impl FnMut(&[u8]) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let mut budget = Budget::new(ITERATION_LIMIT);
    let info = Reader::single(der, tag::SEQUENCE)?;
    decrypt_key_info(&info, &Spelling::all(passphrase), &mut budget, accept)
}

pub(crate) fn decrypt_key_info<T>(
    info: &Element<'_>,
    spellings: &[Spelling],
    budget: &mut Budget,
    accept: impl FnMut(&[u8]) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let mut fields = info.reader();
    let scheme = Scheme::read(&fields.field(tag::SEQUENCE, "encryptionAlgorithm")?)?;
    let encrypted = fields.field(tag::OCTET_STRING, "encryptedData")?.octets()?;
    scheme.decrypt(&encrypted, spellings, budget, accept)
}

/// Encrypts a PKCS#8 key into an `EncryptedPrivateKeyInfo`.
pub(super) fn encrypt_key(pkcs8: &[u8], passphrase: &Secret) -> Result<Vec<u8>, DecodeError> {
    let protection = Protection {
        spelling: Spelling::standard(passphrase),
        legacy: false,
        iterations: 100_000,
    };
    protection.encrypt_key_info(pkcs8)
}
