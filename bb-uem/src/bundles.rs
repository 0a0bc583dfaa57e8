use cert_core::client::{Call, Empty};

use crate::{
    AllowedMethods, BundleId, CertificateId, Client, Link, LinkTarget, MediaType, Typed,
    operations as ops,
};

cert_core::response! {
    /// A bundle: the certificates of one user that are renewed and deleted together, such as those to
    /// sign and to encrypt.
    pub struct CertificateBundle {
        /// Guid of the bundle.
        pub guid: BundleId,
        /// Links to the certificates; [`certificates`](Self::certificates) has their guids.
        pub links: Vec<Link>,
    }
}

impl MediaType for CertificateBundle {
    const MEDIA_TYPE: &'static str = "application/vnd.blackberry.certificatebundle-v1+json";
}

impl CertificateBundle {
    /// Guids of the certificates in the bundle.
    pub fn certificates(&self) -> impl Iterator<Item = CertificateId> {
        self.links.iter().filter_map(|link| match link.target() {
            Some(LinkTarget::Certificate(id)) => Some(id),
            _ => None,
        })
    }
}

/// Bundles of certificates. Made by [`Client::bundles`].
#[doc(alias = "certificate bundle")]
#[derive(Debug, Clone, Copy)]
pub struct Bundles<'c> {
    client: &'c Client,
}

impl Client {
    /// Bundles of certificates that are renewed and deleted together.
    #[must_use]
    pub fn bundles(&self) -> Bundles<'_> {
        Bundles { client: self }
    }
}

impl<'c> Bundles<'c> {
    /// Details of a bundle.
    ///
    /// `GET /{tenantGuid}/api/v1/pki/bundles/{certificateBundleGuid}` (Get certificate bundle).
    #[doc(alias = "find")]
    #[inline]
    pub fn get(self, id: &BundleId) -> Call<'c, Typed<CertificateBundle>> {
        self.client.call(&ops::GET_BUNDLE).path(id)
    }

    /// Asks what can be done with a bundle: deleted, renewed, or neither; it can always be read.
    ///
    /// `OPTIONS /{tenantGuid}/api/v1/pki/bundles/{certificateBundleGuid}`
    /// (Get methods available for a certificate bundle).
    #[inline]
    pub fn allowed(self, id: &BundleId) -> Call<'c, AllowedMethods> {
        self.client.call(&ops::OPTIONS_BUNDLE).path(id)
    }

    /// Deletes a bundle with its certificates: at once or, where devices have them, some time
    /// later; that cannot be followed.
    ///
    /// `DELETE /{tenantGuid}/api/v1/pki/bundles/{certificateBundleGuid}`
    /// (Delete certificate bundle).
    ///
    /// # Errors
    ///
    /// [`NotAllowed`](crate::NotAllowed); otherwise as
    /// [`Certificates::delete`](crate::Certificates::delete).
    #[doc(alias = "remove")]
    #[inline]
    pub fn delete(self, id: &BundleId) -> Call<'c, Empty> {
        self.client.call(&ops::DELETE_BUNDLE).path(id)
    }

    /// Starts the renewal of a bundle on its devices; the new certificates show up as new embedded
    /// certificates, and that cannot be followed.
    ///
    /// `PATCH /{tenantGuid}/api/v1/pki/bundles/{certificateBundleGuid}` (Renew certificate bundle).
    ///
    /// # Errors
    ///
    /// [`NotAllowed`](crate::NotAllowed). It is never repeated by itself: after a lost answer
    /// [`may_have_run`](crate::Error::may_have_run) is true.
    #[doc(alias = "reissue")]
    #[inline]
    pub fn renew(self, id: &BundleId) -> Call<'c, Empty> {
        self.client.call(&ops::RENEW_BUNDLE).path(id)
    }
}
