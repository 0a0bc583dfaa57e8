use cert_core::client::Error;
use cert_core::{RevocationReason, SerialNumber, Time};
use serde::Serialize;

/// The reasons the vendor takes, after Mozilla's root store policy 2.8, section 6.1.1.
const REASONS: [RevocationReason; 5] = [
    RevocationReason::Unspecified,
    RevocationReason::KeyCompromise,
    RevocationReason::AffiliationChanged,
    RevocationReason::Superseded,
    RevocationReason::CessationOfOperation,
];

/// Which certificate was revoked elsewhere, and when: the CA is not asked, Certificate Manager
/// only notes it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use]
pub struct ManualRevocation<Id> {
    #[serde(skip_serializing_if = "Option::is_none")]
    cert_id: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    serial_number: Option<SerialNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoke_date: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason_code: Option<RevocationReason>,
}

impl<Id> ManualRevocation<Id> {
    /// Names the certificate by its number.
    pub fn by_id(id: impl Into<Id>) -> Self {
        Self {
            cert_id: Some(id.into()),
            ..Self::nothing()
        }
    }

    /// Names the certificate by its serial number and issuer.
    pub fn by_serial(serial: impl Into<SerialNumber>, issuer: impl Into<String>) -> Self {
        let (serial_number, issuer) = (Some(serial.into()), Some(issuer.into()));
        Self {
            serial_number,
            issuer,
            ..Self::nothing()
        }
    }

    /// When it was revoked, as an ISO instant or day.
    pub fn date(mut self, date: impl Into<Time>) -> Self {
        self.revoke_date = Some(date.into());
        self
    }

    /// Why; unspecified, key compromise, affiliation changed, superseded or cessation of
    /// operation.
    pub fn code(mut self, code: RevocationReason) -> Self {
        self.reason_code = Some(code);
        self
    }

    pub(crate) fn checked(&self) -> Result<(), Error> {
        reason(self.reason_code.as_ref())
    }

    fn nothing() -> Self {
        Self {
            cert_id: None,
            serial_number: None,
            issuer: None,
            revoke_date: None,
            reason_code: None,
        }
    }
}

/// Refuses a reason that the vendor would.
pub(crate) fn reason(code: Option<&RevocationReason>) -> Result<(), Error> {
    match code {
        Some(code) if !REASONS.contains(code) => Err(Error::argument(format!(
            "revocation reason {code} is not taken: it must be one of 0, 1, 3, 4 and 5"
        ))),
        _ => Ok(()),
    }
}
