use cbc::Encryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt, KeyIvInit};

use super::derive::{Purpose, Spelling};
use super::scheme::{AES_256_CBC, HMAC_SHA256, PBES2, PBKDF2, PKCS12_TRIPLE_DES};
use crate::asn1::{DecodeError, writer};
use crate::values::HashAlgorithm;

/// What a new file is protected with.
pub(crate) struct Protection {
    pub(crate) spelling: Spelling,
    /// 3DES and SHA-1 instead of AES-256 and SHA-256.
    pub(crate) legacy: bool,
    pub(crate) iterations: u32,
}

impl Protection {
    /// The `AlgorithmIdentifier` and the encrypted bytes.
    pub(crate) fn encrypt(&self, plain: &[u8]) -> Result<(Vec<u8>, Vec<u8>), DecodeError> {
        if self.legacy {
            self.encrypt_triple_des(plain)
        } else {
            self.encrypt_aes(plain)
        }
    }

    /// Encrypts a PKCS#8 key into an `EncryptedPrivateKeyInfo`.
    pub(crate) fn encrypt_key_info(&self, pkcs8: &[u8]) -> Result<Vec<u8>, DecodeError> {
        let (algorithm, encrypted) = self.encrypt(pkcs8)?;
        writer::sequence(&[&algorithm, &writer::octet_string(&encrypted)?])
    }

    fn encrypt_aes(&self, plain: &[u8]) -> Result<(Vec<u8>, Vec<u8>), DecodeError> {
        let salt: [u8; 16] = random()?;
        let iv: [u8; 16] = random()?;
        let key = self
            .spelling
            .pbkdf2(HashAlgorithm::Sha256, &salt, self.iterations, 32)?;
        let encrypted = Encryptor::<aes::Aes256>::new_from_slices(&key, &iv)
            .map_err(|_| DecodeError::invalid("key of the wrong length"))?
            .encrypt_padded_vec::<Pkcs7>(plain);
        let derivation = writer::sequence(&[
            &writer::oid(&PBKDF2)?,
            &writer::sequence(&[
                &writer::octet_string(&salt)?,
                &writer::integer(self.iterations)?,
                &writer::sequence(&[&writer::oid(&HMAC_SHA256)?, &writer::null()?])?,
            ])?,
        ])?;
        let cipher = writer::sequence(&[&writer::oid(&AES_256_CBC)?, &writer::octet_string(&iv)?])?;
        let parameters = writer::sequence(&[&derivation, &cipher])?;
        Ok((
            writer::sequence(&[&writer::oid(&PBES2)?, &parameters])?,
            encrypted,
        ))
    }

    fn encrypt_triple_des(&self, plain: &[u8]) -> Result<(Vec<u8>, Vec<u8>), DecodeError> {
        let salt: [u8; 8] = random()?;
        let derive = |purpose, length| {
            self.spelling
                .derive(HashAlgorithm::Sha1, purpose, &salt, self.iterations, length)
        };
        let key = derive(Purpose::Key, 24)?;
        let iv = derive(Purpose::Iv, 8)?;
        let encrypted = Encryptor::<des::TdesEde3>::new_from_slices(&key, &iv)
            .map_err(|_| DecodeError::invalid("key of the wrong length"))?
            .encrypt_padded_vec::<Pkcs7>(plain);
        let parameters = writer::sequence(&[
            &writer::octet_string(&salt)?,
            &writer::integer(self.iterations)?,
        ])?;
        Ok((
            writer::sequence(&[&writer::oid(&PKCS12_TRIPLE_DES)?, &parameters])?,
            encrypted,
        ))
    }
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N], DecodeError> {
    let mut octets = [0; N];
    getrandom::fill(&mut octets)
        .map_err(|_| DecodeError::invalid("the system has no random numbers to give"))?;
    Ok(octets)
}
