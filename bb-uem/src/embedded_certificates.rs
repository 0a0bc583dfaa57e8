use cert_core::client::Call;

use crate::{
    CertificateEnrollmentList, Client, EmbeddedCertificate, EmbeddedCertificateId, MediaType,
    Typed, operations as ops,
};

/// Certificates of users with their way to devices. Made by [`Client::embedded_certificates`].
///
/// [`Users::embedded_certificates`](crate::Users::embedded_certificates) finds those of a user.
#[derive(Debug, Clone, Copy)]
pub struct EmbeddedCertificates<'c> {
    client: &'c Client,
}

impl Client {
    /// Certificates of users, each with its way to devices.
    #[must_use]
    pub fn embedded_certificates(&self) -> EmbeddedCertificates<'_> {
        EmbeddedCertificates { client: self }
    }
}

impl<'c> EmbeddedCertificates<'c> {
    /// One embedded certificate; since 12.12.
    #[inline]
    pub fn get(self, id: &EmbeddedCertificateId) -> Call<'c, Typed<EmbeddedCertificate>> {
        self.client.call(&ops::GET_EMBEDDED_CERTIFICATE).path(id)
    }

    /// The devices and apps it was sent to; since 12.13.
    #[inline]
    pub fn enrollments(
        self,
        id: &EmbeddedCertificateId,
    ) -> Call<'c, Typed<CertificateEnrollmentList>> {
        self.client.call(&ops::LIST_ENROLLMENTS).path(id)
    }
}

impl MediaType for EmbeddedCertificate {
    const MEDIA_TYPE: &'static str = "application/vnd.blackberry.embeddedcertificate-v1+json";
}
