use cert_core::client::{Call, Error};
use cert_core::{Time, TimeKind};

use crate::operations as ops;
use crate::{CertificateList, Client, RevocationListFile, TenantId};

/// Revocation lists, and what has to be revoked by hand, after the vendor's page Certificate
/// Management Calls. Made by [`Client::certificate_authorities`].
#[derive(Debug, Clone, Copy)]
pub struct CertificateAuthorities<'c> {
    client: &'c Client,
}

impl Client {
    /// Revocation lists, and what has to be revoked by hand.
    #[must_use]
    pub fn certificate_authorities(&self) -> CertificateAuthorities<'_> {
        CertificateAuthorities { client: self }
    }
}

impl<'c> CertificateAuthorities<'c> {
    /// Downloads the revocation list of a tenant's own authority.
    ///
    /// `GET /c/ca/{tenantId}/AWS%20CA.crl` (Get the Certificate Revocation List).
    ///
    /// # Errors
    ///
    /// [`Unexpected`](crate::ErrorKind::Unexpected) when something else came than a list; the
    /// error keeps it.
    #[doc(alias("crl", "download"))]
    #[inline]
    pub fn revocation_list(self, tenant: impl Into<TenantId>) -> Call<'c, RevocationListFile> {
        self.client.call(&ops::REVOCATION_LIST).path(tenant.into())
    }

    /// Lists the certificates of an external authority that somebody has to revoke there by hand.
    ///
    /// `GET /api/v1/ca/getCertStatus/{caName}`
    /// (Get List of Certificates Requiring Manual Revocation).
    ///
    /// `authority` is the name shown under Admin > Certificate Authority. The vendor's own sample
    /// answers with certificates of other authorities, too: look at
    /// [`ca_name`](crate::ListedCertificate::ca_name). The list may have any size: it is read line
    /// by line.
    #[doc(alias("pending", "revoke"))]
    #[inline]
    pub fn to_revoke(self, authority: &str) -> Call<'c, CertificateList> {
        self.client
            .call(&ops::LIST_TO_REVOKE)
            .path(authority)
            .query(&[("format", "csv")])
    }

    /// Lists the certificates of all external authorities that were revoked by hand on a day.
    ///
    /// `GET /api/v1/ca/getCertStatusOnDate/`
    /// (Get list of manually revoked certificates for specific date).
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) for a time that is not a day alone: the vendor
    /// does not say in which zone its days are.
    #[doc(alias = "revocation report")]
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
