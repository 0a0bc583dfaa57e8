use cert_core::client::{Call, Enveloped};

use crate::operations as ops;
use crate::{
    CertificateRef, Client, DeviceCertificate, Done, Listed, Single, UploadedCertificate,
    UserCertificateUpload,
};

/// The certificates with keys, which the device shows to others (section 5.20.2 of the vendor's
/// HTTP API manual). Made by [`Client::user_certificates`].
#[doc(alias("server certificate", "https"))]
#[derive(Debug, Clone, Copy)]
pub struct UserCertificates<'c> {
    client: &'c Client,
}

impl Client {
    /// Certificates with keys, which the device shows to others.
    #[must_use]
    pub fn user_certificates(&self) -> UserCertificates<'_> {
        UserCertificates { client: self }
    }
}

impl<'c> UserCertificates<'c> {
    /// Lists the certificates, the device's own included.
    ///
    /// `GET /api/cert/user`.
    #[inline]
    pub fn list(self) -> Call<'c, Enveloped<Listed<DeviceCertificate>>> {
        self.client.call(&ops::LIST_USER)
    }

    /// Details of a certificate.
    ///
    /// `GET /api/cert/user`.
    ///
    /// # Errors
    ///
    /// Where there is none, kind [`Unexpected`](crate::ErrorKind::Unexpected) or
    /// [`Refused`](crate::ErrorKind::Refused): what devices answer then is not documented.
    #[doc(alias = "find")]
    #[inline]
    pub fn get(
        self,
        certificate: impl Into<CertificateRef>,
    ) -> Call<'c, Enveloped<Single<DeviceCertificate>>> {
        self.client.asking(&ops::LIST_USER, &certificate.into())
    }

    /// Stores a certificate and its key, in the place of what has the same id or is the same
    /// certificate. Key and pass phrase travel in the body alone.
    ///
    /// `PUT /api/cert/user`.
    ///
    /// ```no_run
    /// # async fn demo(door: twon_device::Client, pem: String, key: String)
    /// # -> Result<(), twon_device::Error> {
    /// use twon_device::UserCertificateUpload;
    /// let upload = UserCertificateUpload::new(pem, key).id("@door");
    /// door.user_certificates().upload(&upload).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// The connection may break after a certificate in use was replaced, as the device restarts
    /// its web server: the upload is then sent again, which changes nothing more.
    #[doc(alias("import", "install", "p12", "pfx"))]
    #[inline]
    pub fn upload(
        self,
        upload: &UserCertificateUpload,
    ) -> Call<'c, Enveloped<Single<UploadedCertificate>>> {
        self.client.call(&ops::UPLOAD_USER).multipart(upload)
    }

    /// Deletes a certificate with its key.
    ///
    /// `DELETE /api/cert/user`.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) for an id that begins with `#`, which devices
    /// protect; a refusal for a protected certificate that is named by its fingerprint, and for
    /// an unknown one. After a lost answer the call is repeated, and the second attempt finds
    /// the certificate unknown: [`may_have_run`](crate::Error::may_have_run) is true then.
    #[doc(alias = "remove")]
    #[inline]
    pub fn delete(self, certificate: impl Into<CertificateRef>) -> Call<'c, Enveloped<Done>> {
        self.client.deleting(&ops::DELETE_USER, &certificate.into())
    }
}
