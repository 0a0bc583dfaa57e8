use cert_core::RevocationReason;
use cert_core::client::Error;

use crate::certificates::manual_revocation::reason;
use crate::certificates::remark::length;

cert_core::request! {
    /// Why a certificate is revoked.
    pub struct Revocation(
        /// In words, 1 to 512 characters.
        reason: String,
    ) {
        /// For the revocation list: unspecified, key compromise, affiliation changed,
        /// superseded or cessation of operation. Older clients send none.
        #[serde(rename = "reasonCode")]
        code: RevocationReason,
    }
}

impl Revocation {
    pub(crate) fn checked(&self) -> Result<(), Error> {
        length("the reason for the revocation", &self.reason)?;
        reason(self.code.as_ref())
    }
}
