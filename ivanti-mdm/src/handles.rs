//! What a [`Client`](crate::Client) hands out: an area of the tenant each.

use cert_core::api::{Call, Enveloped, Error};
use cert_core::{Time, TimeKind};

use crate::operations as ops;
use crate::user_provided::{AccountsAndPolicies, certificate_ids};
use crate::{
    AccountPolicies, CertificateId, CertificateList, ClearedKeys, ClearedPolicyKeys, Client, Flag,
    Outcome, RevocationListFile, TenantId, UserProvidedCertificate,
};

/// Revocation lists, and what has to be revoked by hand. Made by
/// [`Client::certificate_authorities`].
#[derive(Debug, Clone, Copy)]
pub struct CertificateAuthorities<'c> {
    client: &'c Client,
}

impl<'c> CertificateAuthorities<'c> {
    pub(crate) fn new(client: &'c Client) -> Self {
        Self { client }
    }

    /// The revocation list of a tenant's own authority.
    ///
    /// # Errors
    ///
    /// [`Unexpected`](crate::ErrorKind::Unexpected) when something else came than a list; the
    /// error keeps it.
    #[inline]
    pub fn revocation_list(self, tenant: impl Into<TenantId>) -> Call<'c, RevocationListFile> {
        self.client.call(&ops::REVOCATION_LIST).path(tenant.into())
    }

    /// The certificates of an external authority that somebody has to revoke there by hand.
    ///
    /// `authority` is the name shown under Admin > Certificate Authority. The vendor's own sample
    /// answers with certificates of other authorities, too: look at
    /// [`ca_name`](crate::ListedCertificate::ca_name).
    #[inline]
    pub fn to_revoke(self, authority: &str) -> Call<'c, CertificateList> {
        self.client
            .call(&ops::LIST_TO_REVOKE)
            .path(authority)
            .query(&[("format", "csv")])
    }

    /// The certificates of all external authorities that were revoked by hand on a day.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) for a time that is not a day alone: the vendor
    /// does not say in which zone its days are.
    #[inline]
    pub fn revoked_on(self, day: impl Into<Time>) -> Call<'c, CertificateList> {
        let day = day_first(&day.into());
        let text = day.as_deref().unwrap_or_default();
        self.client
            .call(&ops::LIST_REVOKED_ON)
            .query(&[("format", "csv"), ("manuallyRevokeDate", text)])
            .check(day.map(drop))
    }
}

/// The certificates with keys that users brought along. Made by
/// [`Client::user_provided_certificates`].
#[derive(Debug, Clone, Copy)]
pub struct UserProvidedCertificates<'c> {
    client: &'c Client,
}

impl<'c> UserProvidedCertificates<'c> {
    pub(crate) fn new(client: &'c Client) -> Self {
        Self { client }
    }

    /// Stores a certificate and its key for a user.
    ///
    /// # Errors
    ///
    /// A wrong pass phrase or another file than PKCS#12 is refused with a code that the vendor
    /// does not document, likely [`UnreadableKeystore`](crate::ErrorCode::UnreadableKeystore).
    /// Nothing says that a second upload of the same file is harmless, so it is never repeated
    /// after it may have arrived.
    #[inline]
    pub fn upload(self, certificate: &UserProvidedCertificate) -> Call<'c, Enveloped<Flag>> {
        self.client
            .call(&ops::UPLOAD)
            .multipart(certificate.form())
            .masking(Some(certificate.secret()))
            .check(certificate.checked())
    }

    /// Clears the keys and pass phrases of up to 1,000 certificates; the certificates stay.
    ///
    /// It is not repeated after it may have arrived: the second answer would call the numbers
    /// invalid that the first one cleared.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) for more than 1,000 numbers or none.
    #[inline]
    pub fn clear_keys(
        self,
        certificates: &[CertificateId],
    ) -> Call<'c, Enveloped<Outcome<ClearedKeys>>> {
        let (form, size) = certificate_ids(certificates);
        self.client
            .call(&ops::CLEAR_BY_ID)
            .multipart(form)
            .check(size)
    }

    /// Clears the keys and pass phrases of the certificates under policies of accounts; not
    /// repeated either.
    ///
    /// An unknown account together with an unknown policy is a success with a count of 0.
    ///
    /// # Errors
    ///
    /// Unknown policies alone are refused as
    /// [`InvalidField`](crate::ErrorCode::InvalidField), keys that were cleared before as
    /// [`UnreadableKeystore`](crate::ErrorCode::UnreadableKeystore).
    #[inline]
    pub fn clear_policy_keys(
        self,
        entries: &[AccountPolicies],
    ) -> Call<'c, Enveloped<Outcome<ClearedPolicyKeys>>> {
        self.client
            .call(self.client.clear_by_policy())
            .json(&AccountsAndPolicies { entries })
            .check(AccountPolicies::checked(entries))
    }
}

/// A day as the vendor's `dd-mm-yyyy`.
fn day_first(time: &Time) -> Result<String, Error> {
    match time.kind() {
        TimeKind::Day(day) => Ok(day.strftime("%d-%m-%Y").to_string()),
        _ => Err(Error::argument(format!(
            "`{}` is no day: pass one without a time, such as `2021-12-09`",
            time.as_str().escape_debug()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_day_first() {
        let written = |text: &str| day_first(&Time::from(text));
        assert_eq!(written("2021-12-09").expect("a day"), "09-12-2021");
        assert_eq!(written("09-12-2021").expect("a day"), "09-12-2021");
        for text in ["2021-12-09T00:00:00Z", "yesterday", "", "9999-12-31"] {
            let error = written(text).expect_err(text).to_string();
            assert!(error.contains(&format!("`{text}`")), "{error}");
        }
    }
}
