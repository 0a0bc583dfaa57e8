use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::{jws::octets, problem::AcmeProblem};
use crate::sectigo_scm::acme::external_key::token;

/// How long a nonce is good, and how many may be at once; the oldest go first.
const LIFETIME: SignedDuration = SignedDuration::from_hours(1);
const KEPT: usize = 10_000;

/// What keeps requests from being sent twice (RFC 8555, section 6.5).
#[derive(Debug, Default)]
pub(super) struct Nonces {
    issued: HashMap<String, (u64, Timestamp)>,
    /// By their number.
    order: BTreeMap<u64, String>,
    last: u64,
}

impl Nonces {
    pub(super) fn issue(&mut self, now: Timestamp) -> String {
        let nonce = token();
        self.last += 1;
        self.issued.insert(nonce.clone(), (self.last, now));
        self.order.insert(self.last, nonce.clone());
        let full = self.order.len() > KEPT;
        if let Some((_, oldest)) = full.then(|| self.order.pop_first()).flatten() {
            self.issued.remove(&oldest);
        }
        nonce
    }

    /// Uses one up; refuses one that was never issued, was used before, or is too old.
    pub(super) fn redeem(
        &mut self,
        nonce: Option<&str>,
        now: Timestamp,
    ) -> Result<(), AcmeProblem> {
        let unacceptable = || AcmeProblem::bad("badNonce", "the nonce is not acceptable");
        let nonce = nonce.ok_or_else(unacceptable)?;
        octets("nonce", nonce)?;
        let (number, issued) = self.issued.remove(nonce).ok_or_else(unacceptable)?;
        self.order.remove(&number);
        match issued + LIFETIME >= now {
            true => Ok(()),
            false => Err(unacceptable()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_make_room() {
        let now = Timestamp::UNIX_EPOCH;
        let mut nonces = Nonces::default();
        let issued: Vec<_> = (0..=KEPT).map(|_| nonces.issue(now)).collect();
        assert!(nonces.redeem(Some(&issued[0]), now).is_err());
        assert!(nonces.redeem(Some(&issued[1]), now).is_ok());
        assert!(nonces.redeem(Some(&issued[1]), now).is_err());
        assert_eq!(nonces.issued.len(), KEPT - 1);
        assert_eq!(nonces.order.len(), KEPT - 1);
    }
}
