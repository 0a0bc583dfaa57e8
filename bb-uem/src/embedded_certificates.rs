use cert_core::client::{Call, Json};

use crate::{
    CertificateEnrollmentList, Client, EmbeddedCertificate, EmbeddedCertificateId,
    operations as ops,
};

/// Certificates of users with their way to devices. Made by [`Client::embedded_certificates`].
///
/// [`Users::embedded_certificates`](crate::Users::embedded_certificates) finds those of a user.
#[derive(Debug, Clone, Copy)]
pub struct EmbeddedCertificates<'c> {
    client: &'c Client,
}

impl<'c> EmbeddedCertificates<'c> {
    pub(crate) fn new(client: &'c Client) -> Self {
        Self { client }
    }

    /// One embedded certificate; since 12.12.
    #[inline]
    pub fn get(self, id: &EmbeddedCertificateId) -> Call<'c, Json<EmbeddedCertificate>> {
        self.client
            .call(&ops::GET_EMBEDDED_CERTIFICATE)
            .path(id)
            .accept("application/vnd.blackberry.embeddedcertificate-v1+json")
    }

    /// The devices and apps it was sent to; since 12.13.
    #[inline]
    pub fn enrollments(
        self,
        id: &EmbeddedCertificateId,
    ) -> Call<'c, Json<CertificateEnrollmentList>> {
        self.client
            .call(&ops::LIST_ENROLLMENTS)
            .path(id)
            .accept("application/vnd.blackberry.certificateenrollments-v1+json")
    }
}
