use std::fmt;

use aws_lc_rs::{
    digest::{self, SHA256, SHA384, SHA512},
    encoding::AsDer,
    rsa::{KeyPair, KeySize},
    signature::{KeyPair as _, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RsaEncoding},
};
use jiff::SignedDuration;
use rcgen::{DnType, ExtendedKeyUsagePurpose, KeyUsagePurpose};

use crate::{
    frame::Profile,
    sectigo_scm::{SectigoScm, problem::Problem},
};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const VALID_DAYS: i32 = 365;

/// A hash algorithm.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Digest {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

const DIGESTS: [Digest; 5] = [
    Digest::Md5,
    Digest::Sha1,
    Digest::Sha256,
    Digest::Sha384,
    Digest::Sha512,
];

/// The key that signs, and its certificate.
pub(super) struct SigningKey {
    key: KeyPair,
    pub(super) certificate: Vec<u8>,
}

impl Digest {
    pub(super) fn named(name: &str) -> Option<Self> {
        let mut all = DIGESTS.into_iter();
        all.find(|one| one.name().eq_ignore_ascii_case(name))
    }

    /// The algorithm that the extension of a file tells.
    pub(super) fn of_file(name: &str) -> Option<Self> {
        Self::named(name.rsplit_once('.')?.1)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha384 => "SHA384",
            Self::Sha512 => "SHA512",
        }
    }

    fn length(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The hash in a file: its bytes, or hexadecimal digits, perhaps with a file's name behind.
    pub(super) fn read(self, content: &[u8]) -> Option<Vec<u8>> {
        if content.len() == self.length() {
            return Some(content.to_vec());
        }
        let text = std::str::from_utf8(content).ok()?;
        let digits = text.split_whitespace().next()?;
        let pairs = digits.as_bytes().chunks(2);
        let octet = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        let read: Vec<u8> = pairs.map(octet).collect::<Option<_>>()?;
        (digits.len() == 2 * self.length()).then_some(read)
    }
}

impl SigningKey {
    /// The signature over the hash in a file (RFC 8017, RSASSA-PKCS1-v1_5); none by MD5 and SHA-1,
    /// which are not signed any more.
    pub(super) fn sign(&self, name: &str, content: &[u8]) -> Option<Vec<u8>> {
        let digest = Digest::of_file(name)?;
        let (algorithm, encoding): (_, &'static dyn RsaEncoding) = match digest {
            Digest::Md5 | Digest::Sha1 => return None,
            Digest::Sha256 => (&SHA256, &RSA_PKCS1_SHA256),
            Digest::Sha384 => (&SHA384, &RSA_PKCS1_SHA384),
            Digest::Sha512 => (&SHA512, &RSA_PKCS1_SHA512),
        };
        let hash = digest::Digest::import_less_safe(&digest.read(content)?, algorithm).ok()?;
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key.sign_digest(encoding, &hash, &mut signature).ok()?;
        Some(signature)
    }
}

impl SectigoScm {
    /// Makes the key where there is none yet.
    pub(super) fn make_signing_key(&mut self) -> Result<(), Problem> {
        if self.certificates.signing.key.is_some() {
            return Ok(());
        }
        let failed = |_| Problem::bad(-65, "Internal error: no key could be made.");
        let key = KeyPair::generate(KeySize::Rsa2048).map_err(failed)?;
        let public_key = key.public_key().as_der().map_err(failed)?;
        let profile = self.signing_profile();
        let certificate = self.world.authority.issue(public_key.as_ref(), &profile)?;
        self.certificates.signing.key = Some(SigningKey { key, certificate });
        Ok(())
    }

    fn signing_profile(&self) -> Profile {
        let now = self.now();
        Profile {
            subject: vec![
                (DnType::CountryName, "XX".to_owned()),
                (DnType::CommonName, "Emulated code signing".to_owned()),
            ],
            names: Vec::new(),
            serial: vec![fastrand::u8(1..0x80), fastrand::u8(..), fastrand::u8(..)],
            not_before: now,
            not_after: now + DAY * VALID_DAYS,
            key_usages: vec![KeyUsagePurpose::DigitalSignature],
            extended_key_usages: vec![ExtendedKeyUsagePurpose::CodeSigning],
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey")
    }
}
