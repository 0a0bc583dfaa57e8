use cert_core::Secret;
use cert_core::client::{Error, Headers};

/// Credentials of an administrator with web service access, for Basic authentication (RFC 7617).
///
/// The password is not the one of the sign-in page but the account's web service access key,
/// which the device mails when web service access is switched on and shows in its GUI from 6.2.
#[derive(Debug, Clone)]
pub struct Credentials {
    administrator: String,
    access_key: Secret,
}

impl Credentials {
    /// An administrator's name and web service access key.
    #[doc(alias("api key", "web service access key"))]
    pub fn access_key(administrator: impl Into<String>, access_key: impl Into<Secret>) -> Self {
        Self {
            administrator: administrator.into(),
            access_key: access_key.into(),
        }
    }

    pub(crate) fn headers(self) -> Result<Headers, Error> {
        Headers::basic(&self.administrator, self.access_key)
    }
}
