use cert_core::client::{Call, Enveloped};

use crate::operations as ops;
use crate::{
    CaCertificateUpload, CertificateRef, Client, DeviceCertificate, Done, Listed, Single,
    UploadedCertificate,
};

/// The certificates of authorities, which the device trusts (section 5.20.1 of the vendor's HTTP
/// API manual). Made by [`Client::ca_certificates`].
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
    /// All of them, the device's own included.
    #[inline]
    pub fn list(self) -> Call<'c, Enveloped<Listed<DeviceCertificate>>> {
        self.client.call(&ops::LIST_CA)
    }

    /// One of them.
    ///
    /// # Errors
    ///
    /// As [`UserCertificates::get`](crate::UserCertificates::get).
    #[inline]
    pub fn get(
        self,
        certificate: impl Into<CertificateRef>,
    ) -> Call<'c, Enveloped<Single<DeviceCertificate>>> {
        self.client.asking(&ops::LIST_CA, &certificate.into())
    }

    /// Stores a certificate, in the place of what has the same id or is the same certificate.
    #[inline]
    pub fn upload(
        self,
        upload: &CaCertificateUpload,
    ) -> Call<'c, Enveloped<Single<UploadedCertificate>>> {
        self.client.call(&ops::UPLOAD_CA).multipart(upload)
    }

    /// Deletes one of them.
    ///
    /// # Errors
    ///
    /// As [`UserCertificates::delete`](crate::UserCertificates::delete).
    #[inline]
    pub fn delete(self, certificate: impl Into<CertificateRef>) -> Call<'c, Enveloped<Done>> {
        self.client.deleting(&ops::DELETE_CA, &certificate.into())
    }
}
