use std::fmt;

use base64::{
    Engine,
    engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD},
};

/// What binds ACME clients to an account (RFC 8555, section 7.3.4).
#[derive(Clone)]
pub(super) struct ExternalKey {
    pub(super) id: String,
    octets: [u8; 32],
}

impl ExternalKey {
    pub(super) fn new() -> Self {
        Self {
            id: uuid(),
            octets: random(),
        }
    }

    pub(super) fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// The key as ACME clients take it: Base64 for URLs, unpadded.
    pub(super) fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.octets)
    }
}

/// The key itself stays out.
impl fmt::Debug for ExternalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("ExternalKey");
        debug.field("id", &self.id).finish_non_exhaustive()
    }
}

/// A random identifier in the form of RFC 9562, version 4.
pub(super) fn uuid() -> String {
    let random = u128::from_be_bytes(random());
    let versioned = random & !(0xf << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62;
    let digits = format!("{versioned:032x}");
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32];
    parts.map(|part| &digits[part]).join("-")
}

/// A random identifier as clients of universal accounts have it.
pub(super) fn padded_id() -> String {
    URL_SAFE.encode(random::<16>())
}

/// A random value that nobody can guess (RFC 8555, sections 6.5 and 8.4).
pub(super) fn token() -> String {
    URL_SAFE_NO_PAD.encode(random::<16>())
}

fn random<const N: usize>() -> [u8; N] {
    std::array::from_fn(|_| fastrand::u8(..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_say_their_version_and_variant() {
        let id = uuid();
        assert_eq!(id.len(), 36);
        assert_eq!(&id[14..15], "4");
        assert!("89ab".contains(&id[19..20]), "{id}");
        assert_ne!(id, uuid());
    }

    #[test]
    fn keys_stay_out_of_debug() {
        let key = ExternalKey::new();
        assert!(!format!("{key:?}").contains(&key.text()));
        assert!(!format!("{key:?}").contains("octets"));
    }
}
