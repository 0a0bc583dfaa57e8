//! From pass phrases to keys: RFC 7292, appendix B, PBKDF2 (RFC 8018, 5.2) and HMAC.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha1::digest::Digest;
use sha1::digest::common::BlockSizeUser;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use crate::asn1::{DecodeError, DecodeErrorKind};
use crate::values::{HashAlgorithm, Secret};

/// What a key is derived for (RFC 7292, B.3).
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Key = 1,
    Iv = 2,
    Mac = 3,
}

/// How much derivation is still allowed, in blocks: a key as long as the digest takes one in each
/// iteration, a longer one several.
///
/// A pass phrase has several spellings; what a part costs is spent once, not for each of them, or
/// else a wrong one would cost what the right one does not.
pub(crate) struct Budget {
    limit: u64,
    left: u64,
}

impl Budget {
    pub(crate) fn new(limit: u64) -> Self {
        Self { limit, left: limit }
    }

    /// Takes off so many blocks in each of these iterations, and gives the iterations in the type
    /// that derivation needs.
    pub(crate) fn spend(&mut self, iterations: u64, blocks: usize) -> Result<u32, DecodeError> {
        if iterations == 0 {
            return Err(DecodeError::invalid("key derivation with no iterations"));
        }
        let price = iterations.saturating_mul(blocks as u64);
        let rounds = u32::try_from(iterations).map_err(|_| self.too_little_for(price))?;
        self.left = match self.left.checked_sub(price) {
            Some(left) => left,
            None => return Err(self.too_little_for(price)),
        };
        Ok(rounds)
    }

    fn too_little_for(&self, price: u64) -> DecodeError {
        DecodeError::new(DecodeErrorKind::TooManyIterations {
            asked: (self.limit - self.left).saturating_add(price),
            limit: self.limit,
        })
    }
}

/// How many blocks of a digest a key of this length takes.
pub(crate) fn blocks(length: usize, digest: HashAlgorithm) -> usize {
    length.div_ceil(digest_length(digest))
}

/// A pass phrase in the octets that a writer may have made of it.
pub(crate) struct Spelling {
    /// UTF-16 with a zero at the end, for the derivation of RFC 7292.
    wide: Zeroizing<Vec<u8>>,
    /// For PBKDF2.
    narrow: Zeroizing<Vec<u8>>,
}

impl Spelling {
    /// The standard first, then what is known of writers that differ: OpenSSL before 1.1 widened
    /// each octet of UTF-8, NSS gave UTF-16 to PBKDF2, and an empty pass phrase may be no octets.
    pub(crate) fn all(passphrase: &Secret) -> Vec<Self> {
        let text = passphrase.expose();
        let wide = wide(text.encode_utf16(), text.len());
        let widened = self::wide(text.bytes().map(u16::from), text.len());
        let narrow = Zeroizing::new(text.as_bytes().to_vec());
        let mut all = vec![
            Self {
                wide: wide.clone(),
                narrow: narrow.clone(),
            },
            Self {
                wide: wide.clone(),
                narrow: wide,
            },
        ];
        if !text.is_ascii() {
            all.push(Self {
                wide: widened,
                narrow: narrow.clone(),
            });
        }
        if text.is_empty() {
            all.push(Self {
                wide: Zeroizing::default(),
                narrow,
            });
        }
        all
    }

    pub(crate) fn standard(passphrase: &Secret) -> Self {
        let text = passphrase.expose();
        let narrow = Zeroizing::new(text.as_bytes().to_vec());
        Self {
            wide: wide(text.encode_utf16(), text.len()),
            narrow,
        }
    }

    /// The key derivation of RFC 7292.
    pub(crate) fn derive(
        &self,
        digest: HashAlgorithm,
        purpose: Purpose,
        salt: &[u8],
        iterations: u32,
        length: usize,
    ) -> Result<Zeroizing<Vec<u8>>, DecodeError> {
        let derive = match digest {
            HashAlgorithm::Sha1 => derive::<Sha1>,
            HashAlgorithm::Sha224 => derive::<Sha224>,
            HashAlgorithm::Sha256 => derive::<Sha256>,
            HashAlgorithm::Sha384 => derive::<Sha384>,
            HashAlgorithm::Sha512 => derive::<Sha512>,
            HashAlgorithm::Md5 => return Err(unsupported_digest()),
        };
        Ok(derive(&self.wide, purpose, salt, iterations, length))
    }

    /// PBKDF2 with HMAC.
    pub(crate) fn pbkdf2(
        &self,
        digest: HashAlgorithm,
        salt: &[u8],
        iterations: u32,
        length: usize,
    ) -> Result<Zeroizing<Vec<u8>>, DecodeError> {
        let pbkdf2 = match digest {
            HashAlgorithm::Sha1 => pbkdf2::pbkdf2_hmac::<Sha1>,
            HashAlgorithm::Sha224 => pbkdf2::pbkdf2_hmac::<Sha224>,
            HashAlgorithm::Sha256 => pbkdf2::pbkdf2_hmac::<Sha256>,
            HashAlgorithm::Sha384 => pbkdf2::pbkdf2_hmac::<Sha384>,
            HashAlgorithm::Sha512 => pbkdf2::pbkdf2_hmac::<Sha512>,
            HashAlgorithm::Md5 => return Err(unsupported_digest()),
        };
        let mut key = Zeroizing::new(vec![0; length]);
        pbkdf2(&self.narrow, salt, iterations, &mut key);
        Ok(key)
    }
}

/// How many octets a digest has.
pub(crate) fn digest_length(digest: HashAlgorithm) -> usize {
    match digest {
        HashAlgorithm::Md5 => 16,
        HashAlgorithm::Sha1 => 20,
        HashAlgorithm::Sha224 => 28,
        HashAlgorithm::Sha256 => 32,
        HashAlgorithm::Sha384 => 48,
        HashAlgorithm::Sha512 => 64,
    }
}

pub(crate) fn hmac(
    digest: HashAlgorithm,
    key: &[u8],
    message: &[u8],
) -> Result<Vec<u8>, DecodeError> {
    macro_rules! mac {
        ($digest:ty) => {
            Hmac::<$digest>::new_from_slice(key)
                .map(|mac| mac.chain_update(message).finalize().into_bytes().to_vec())
        };
    }
    let mac = match digest {
        HashAlgorithm::Sha1 => mac!(Sha1),
        HashAlgorithm::Sha224 => mac!(Sha224),
        HashAlgorithm::Sha256 => mac!(Sha256),
        HashAlgorithm::Sha384 => mac!(Sha384),
        HashAlgorithm::Sha512 => mac!(Sha512),
        HashAlgorithm::Md5 => return Err(unsupported_digest()),
    };
    mac.map_err(|_| DecodeError::invalid("a key that HMAC does not take"))
}

/// Compares in a time that does not depend on where the difference is.
pub(crate) fn equal(one: &[u8], other: &[u8]) -> bool {
    let differences = one
        .iter()
        .zip(other)
        .fold(0, |all, (one, other)| all | (one ^ other));
    one.len() == other.len() && differences == 0
}

/// Each unit in two octets, then two zeros; in one allocation, so that no copy stays behind.
fn wide(units: impl Iterator<Item = u16>, length: usize) -> Zeroizing<Vec<u8>> {
    let mut octets = Zeroizing::new(Vec::with_capacity(2 * length + 2));
    for unit in units.chain([0]) {
        octets.extend_from_slice(&unit.to_be_bytes());
    }
    octets
}

fn unsupported_digest() -> DecodeError {
    DecodeError::new(DecodeErrorKind::Unsupported(
        "key derivation with MD5".to_owned(),
    ))
}

/// RFC 7292, B.2, with its names: D, S, P, I, A, B.
fn derive<D: Digest + BlockSizeUser>(
    passphrase: &[u8],
    purpose: Purpose,
    salt: &[u8],
    iterations: u32,
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let v = D::block_size();
    let diversifier = vec![purpose as u8; v];
    let mut i = Zeroizing::new(repeated(salt, v));
    i.extend_from_slice(&Zeroizing::new(repeated(passphrase, v)));
    let mut derived = Zeroizing::new(Vec::with_capacity(length + v));
    while derived.len() < length {
        let mut a = D::new()
            .chain_update(&diversifier)
            .chain_update(i.as_slice())
            .finalize();
        for _ in 1..iterations {
            a = D::digest(&a);
        }
        derived.extend_from_slice(&a);
        let b = Zeroizing::new(a.iter().copied().cycle().take(v).collect::<Vec<u8>>());
        i.chunks_exact_mut(v)
            .for_each(|block| add_with_one(block, &b));
    }
    derived.truncate(length);
    derived
}

/// As many copies as fill whole blocks; none of nothing.
fn repeated(octets: &[u8], block: usize) -> Vec<u8> {
    octets
        .iter()
        .copied()
        .cycle()
        .take(octets.len().div_ceil(block) * block)
        .collect()
}

/// Adds `addend` and one, modulo the size of the block.
fn add_with_one(block: &mut [u8], addend: &[u8]) {
    let mut carry = 1;
    for (octet, add) in block.iter_mut().zip(addend).rev() {
        let sum = u16::from(*octet) + u16::from(*add) + carry;
        *octet = sum as u8;
        carry = sum >> 8;
    }
}
