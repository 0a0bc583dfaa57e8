use cert_core::client::{Call, Empty};

use crate::{AllowedMethods, CertificateFile, CertificateId, Client, operations as ops};

/// Public key certificates. Made by [`Client::certificates`].
#[doc(alias = "cert")]
#[derive(Debug, Clone, Copy)]
pub struct Certificates<'c> {
    client: &'c Client,
}

impl Client {
    /// Public key certificates.
    #[must_use]
    pub fn certificates(&self) -> Certificates<'_> {
        Certificates { client: self }
    }
}

impl<'c> Certificates<'c> {
    /// Downloads a certificate: its DER form, and the name of its file without any path.
    ///
    /// `GET /{tenantGuid}/api/v1/pki/certificates/{certificateGuid}` (Get public key certificate).
    ///
    /// ```no_run
    /// # async fn demo(uem: bb_uem::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use bb_uem::CertificateId;
    /// use bb_uem::cert_core::Certificate;
    ///
    /// let id = CertificateId::from("2ab7d0e2-3f24-48c6-961a-949794f4b554");
    /// let file = uem.certificates().download(&id).await?;
    /// let certificate = Certificate::parse(&file.bytes)?;
    /// println!("{:?} ends {}", file.file_name, certificate.not_after());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotAllowed`](crate::NotAllowed) where the server cannot open the container it is in.
    #[doc(alias("pfx", "p12", "keystore", "cer", "crt", "collect"))]
    #[inline]
    pub fn download(self, id: &CertificateId) -> Call<'c, CertificateFile> {
        self.client.call(&ops::GET_CERTIFICATE).path(id)
    }

    /// Asks what can be done with a certificate: downloaded, deleted, renewed, or nothing.
    ///
    /// `OPTIONS /{tenantGuid}/api/v1/pki/certificates/{certificateGuid}`
    /// (Get methods available for a certificate).
    #[inline]
    pub fn allowed(self, id: &CertificateId) -> Call<'c, AllowedMethods> {
        self.client.call(&ops::OPTIONS_CERTIFICATE).path(id)
    }

    /// Deletes a certificate: at once or, where devices have it, some time later; that cannot be
    /// followed.
    ///
    /// `DELETE /{tenantGuid}/api/v1/pki/certificates/{certificateGuid}` (Delete certificate).
    ///
    /// # Errors
    ///
    /// [`NotAllowed`](crate::NotAllowed), as for a member of a bundle. A certificate that is not
    /// found after a lost answer ([`is_not_found`](crate::Error::is_not_found) and
    /// [`may_have_run`](crate::Error::may_have_run)) is gone, as it should be.
    #[doc(alias = "remove")]
    #[inline]
    pub fn delete(self, id: &CertificateId) -> Call<'c, Empty> {
        self.client.call(&ops::DELETE_CERTIFICATE).path(id)
    }

    /// Starts the renewal of a certificate on its devices; its successor shows up as a new
    /// embedded certificate, and that cannot be followed.
    ///
    /// `PATCH /{tenantGuid}/api/v1/pki/certificates/{certificateGuid}` (Renew certificate).
    ///
    /// # Errors
    ///
    /// [`NotAllowed`](crate::NotAllowed), as for a member of a bundle. It is never repeated by
    /// itself: after a lost answer [`may_have_run`](crate::Error::may_have_run) is true.
    #[doc(alias = "reissue")]
    #[inline]
    pub fn renew(self, id: &CertificateId) -> Call<'c, Empty> {
        self.client.call(&ops::RENEW_CERTIFICATE).path(id)
    }
}
