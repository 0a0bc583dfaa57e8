//! What a [`Client`](crate::Client) hands out: an area of the device each.

use cert_core::api::{Call, Enveloped};

use crate::operations as ops;
use crate::{
    CaCertificateUpload, CertificateRef, Client, DeviceCertificate, Done, Info, Listed, Single,
    SystemInfo, UploadedCertificate, UserCertificateUpload,
};

/// The certificates with keys, which the device shows to others. Made by
/// [`Client::user_certificates`].
#[derive(Debug, Clone, Copy)]
pub struct UserCertificates<'c> {
    client: &'c Client,
}

impl<'c> UserCertificates<'c> {
    pub(crate) fn new(client: &'c Client) -> Self {
        Self { client }
    }

    /// All of them, the device's own included.
    #[inline]
    pub fn list(self) -> Call<'c, Enveloped<Listed<DeviceCertificate>>> {
        self.client.call(&ops::LIST_USER)
    }

    /// One of them.
    ///
    /// # Errors
    ///
    /// Where there is none, kind [`Unexpected`](crate::ErrorKind::Unexpected) or
    /// [`Refused`](crate::ErrorKind::Refused): what devices answer then is not documented.
    #[inline]
    pub fn get(
        self,
        certificate: impl Into<CertificateRef>,
    ) -> Call<'c, Enveloped<Single<DeviceCertificate>>> {
        let certificate = certificate.into();
        self.client
            .call(&ops::LIST_USER)
            .query(&certificate.asking())
            .check(certificate.checked())
    }

    /// Stores a certificate and its key, in the place of what has the same id or is the same
    /// certificate. Key and pass phrase travel in the body alone.
    ///
    /// # Errors
    ///
    /// The connection may break after a certificate in use was replaced, as the device restarts
    /// its web server: the upload is then sent again, which changes nothing more.
    #[inline]
    pub fn upload(
        self,
        upload: &UserCertificateUpload,
    ) -> Call<'c, Enveloped<Single<UploadedCertificate>>> {
        self.client
            .call(&ops::UPLOAD_USER)
            .multipart(upload.form())
            .masking(upload.secret())
            .check(upload.checked())
    }

    /// Deletes one of them with its key.
    ///
    /// # Errors
    ///
    /// [`Argument`](crate::ErrorKind::Argument) for an id that begins with `#`, which devices
    /// protect; a refusal for a protected certificate that is named by its fingerprint, and for
    /// an unknown one. After a lost answer the call is repeated, and the second attempt finds
    /// the certificate unknown: then it was deleted.
    #[inline]
    pub fn delete(self, certificate: impl Into<CertificateRef>) -> Call<'c, Enveloped<Done>> {
        let certificate = certificate.into();
        self.client
            .call(&ops::DELETE_USER)
            .query(&certificate.deleting())
            .check(certificate.deletable())
    }
}

/// The certificates of authorities, which the device trusts. Made by
/// [`Client::ca_certificates`].
#[derive(Debug, Clone, Copy)]
pub struct CaCertificates<'c> {
    client: &'c Client,
}

impl<'c> CaCertificates<'c> {
    pub(crate) fn new(client: &'c Client) -> Self {
        Self { client }
    }

    /// All of them, the device's own included.
    #[inline]
    pub fn list(self) -> Call<'c, Enveloped<Listed<DeviceCertificate>>> {
        self.client.call(&ops::LIST_CA)
    }

    /// One of them.
    ///
    /// # Errors
    ///
    /// As [`UserCertificates::get`].
    #[inline]
    pub fn get(
        self,
        certificate: impl Into<CertificateRef>,
    ) -> Call<'c, Enveloped<Single<DeviceCertificate>>> {
        let certificate = certificate.into();
        self.client
            .call(&ops::LIST_CA)
            .query(&certificate.asking())
            .check(certificate.checked())
    }

    /// Stores a certificate, in the place of what has the same id or is the same certificate.
    #[inline]
    pub fn upload(
        self,
        upload: &CaCertificateUpload,
    ) -> Call<'c, Enveloped<Single<UploadedCertificate>>> {
        self.client
            .call(&ops::UPLOAD_CA)
            .multipart(upload.form())
            .check(upload.checked())
    }

    /// Deletes one of them.
    ///
    /// # Errors
    ///
    /// As [`UserCertificates::delete`].
    #[inline]
    pub fn delete(self, certificate: impl Into<CertificateRef>) -> Call<'c, Enveloped<Done>> {
        let certificate = certificate.into();
        self.client
            .call(&ops::DELETE_CA)
            .query(&certificate.deleting())
            .check(certificate.deletable())
    }
}

/// The device itself. Made by [`Client::system`].
#[derive(Debug, Clone, Copy)]
pub struct System<'c> {
    client: &'c Client,
}

impl<'c> System<'c> {
    pub(crate) fn new(client: &'c Client) -> Self {
        Self { client }
    }

    /// Model, serial number and versions. Devices answer it without credentials: the right first
    /// call to one.
    #[inline]
    pub fn info(self) -> Call<'c, Enveloped<Info<SystemInfo>>> {
        self.client.call(&ops::SYSTEM_INFO)
    }
}
