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
    /// Details of an embedded certificate; since 12.12.
    ///
    /// `GET /{tenantGuid}/api/v1/embeddedCertificates/{embeddedCertificateGuid}`
    /// (Get embedded certificate).
    #[doc(alias = "find")]
    #[inline]
    pub fn get(self, id: &EmbeddedCertificateId) -> Call<'c, Typed<EmbeddedCertificate>> {
        self.client.call(&ops::GET_EMBEDDED_CERTIFICATE).path(id)
    }

    /// Lists the devices and apps that a certificate was sent to; since 12.13.
    ///
    /// `GET /{tenantGuid}/api/v1/embeddedCertificates/{embeddedCertificateGuid}/certificateEnrollments`
    /// (List certificate enrolments of an embedded certificate).
    #[doc(alias("issue", "status"))]
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
