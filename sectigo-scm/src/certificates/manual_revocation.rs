use cert_core::{RevocationReason, SerialNumber, Time};

use super::revocation::taken;

cert_core::request! {
    /// Time and reason of a revocation that happened elsewhere: the CA is not asked,
    /// Certificate Manager only notes it.
    pub struct ManualRevocation() {
        /// Time of the revocation, as an ISO instant or day.
        date: Time,
        /// Reason: unspecified, key compromise, affiliation changed, superseded or cessation of
        /// operation.
        code: RevocationReason,
    }
}

cert_core::request! {
    /// The certificate that was revoked elsewhere, and when.
    pub(crate) struct MarkRevoked() {
        /// Number of the certificate.
        #[range(..)]
        cert_id: i64,
        /// Serial number, with the issuer.
        serial_number: SerialNumber,
        /// Issuer, with the serial number.
        issuer: String,
        /// Time of the revocation.
        revoke_date: Time,
        /// Reason of the revocation.
        #[valid(taken)]
        reason_code: RevocationReason,
    }
}

impl MarkRevoked {
    /// Of the certificate with a number.
    pub(crate) fn by_id(id: i64, revocation: &ManualRevocation) -> Self {
        Self::of(revocation).cert_id(id)
    }

    /// Of the certificate with a serial number and issuer.
    pub(crate) fn by_serial(
        serial: &SerialNumber,
        issuer: &str,
        revocation: &ManualRevocation,
    ) -> Self {
        Self::of(revocation)
            .serial_number(serial.clone())
            .issuer(issuer)
    }

    fn of(revocation: &ManualRevocation) -> Self {
        let ManualRevocation { date, code } = revocation.clone();
        Self {
            revoke_date: date,
            reason_code: code,
            ..Self::default()
        }
    }
}
