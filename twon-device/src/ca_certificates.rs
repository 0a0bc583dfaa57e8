use cert_core::client::{Call, Enveloped};

use crate::operations as ops;
use crate::{
    CaCertificateUpload, CertificateRef, Client, DeviceCertificate, Done, Listed, Single,
    UploadedCertificate,
};

/// The certificates of authorities, which the device trusts (section 5.20.1 of the vendor's HTTP
/// API manual). Made by [`Client::ca_certificates`].
#[doc(alias("trusted certificates", "root"))]
#[derive(Debug, Clone, Copy)]
pub struct CaCertificates<'c> {
    client: &'c Client,
}

impl Client {
    /// Certificates of authorities, which the device trusts.
    #[must_use]
    pub fn ca_certificates(&self) -> CaCertificates<'_> {
        CaCertificates { client: self }
    }
}

impl<'c> CaCertificates<'c> {
    /// Lists the certificates, the device's own included.
    ///
    /// `GET /api/cert/ca`.
    #[inline]
    pub fn list(self) -> Call<'c, Enveloped<Listed<DeviceCertificate>>> {
        self.client.call(&ops::LIST_CA)
    }

    /// Details of a certificate.
    ///
    /// `GET /api/cert/ca`.
    ///
    /// # Errors
    ///
    /// As [`UserCertificates::get`](crate::UserCertificates::get).
    #[doc(alias = "find")]
    #[inline]
    pub fn get(
        self,
        certificate: impl Into<CertificateRef>,
    ) -> Call<'c, Enveloped<Single<DeviceCertificate>>> {
        self.client.asking(&ops::LIST_CA, &certificate.into())
    }

    /// Stores a certificate, in the place of what has the same id or is the same certificate.
    ///
    /// `PUT /api/cert/ca`.
    ///
    /// ```no_run
    /// # async fn demo(door: twon_device::Client, pem: String) -> Result<(), twon_device::Error> {
    /// use twon_device::CaCertificateUpload;
    /// let upload = CaCertificateUpload::new(pem).id("@company");
    /// door.ca_certificates().upload(&upload).await?;
    /// # Ok(()) }
    /// ```
    #[doc(alias("import", "install", "crt", "cer"))]
    #[inline]
    pub fn upload(
        self,
        upload: &CaCertificateUpload,
    ) -> Call<'c, Enveloped<Single<UploadedCertificate>>> {
        self.client.call(&ops::UPLOAD_CA).multipart(upload)
    }

    /// Deletes a certificate.
    ///
    /// `DELETE /api/cert/ca`.
    ///
    /// # Errors
    ///
    /// As [`UserCertificates::delete`](crate::UserCertificates::delete).
    #[doc(alias = "remove")]
    #[inline]
    pub fn delete(self, certificate: impl Into<CertificateRef>) -> Call<'c, Enveloped<Done>> {
        self.client.deleting(&ops::DELETE_CA, &certificate.into())
    }
}
