use std::fmt::Display;

use cert_core::SerialNumber;
use cert_core::client::{Call, Error, Json, Op, Pages, Window};

use crate::filter::PageQuery;
use crate::listing::PAGE_SIZE;
use crate::revocation::StatusChange;
use crate::{
    CertificatePage, Client, List, OneIfAny, OneOf, PemCertificate, Renewal, Revoked,
    UserCertificate, UserCertificateFilter, UserCertificateId, UserCertificateRevocationReason,
    operations as ops,
};

/// The certificates of the device's users. Made by [`Client::user_certificates`].
///
/// Every call can be refused with 401 for a wrong access key and, up to release 6.6.5, for a
/// missing permission, which later releases answer with 403.
#[derive(Debug, Clone, Copy)]
pub struct UserCertificates<'c> {
    client: &'c Client,
}

impl Client {
    /// Certificates of the device's users.
    #[must_use]
    pub fn user_certificates(&self) -> UserCertificates<'_> {
        UserCertificates { client: self }
    }
}

impl<'c> UserCertificates<'c> {
    /// Lists the certificates that match, in pages of at most 1,000.
    ///
    /// `GET /api/v1/usercerts/` (Get all user certificates).
    ///
    /// A list that ends before the number of entries it announced is an error, not a short list.
    ///
    /// ```no_run
    /// # async fn demo(fac: fortiauth::Client) -> Result<(), fortiauth::Error> {
    /// use fortiauth::UserCertificateFilter;
    ///
    /// let filter = UserCertificateFilter::new().subject_icontains("/ou=sales");
    /// let mut certificates = fac.user_certificates().list(&filter);
    /// while let Some(certificate) = certificates.next().await {
    ///     let certificate = certificate?;
    ///     println!("{:?} {:?}", certificate.name, certificate.expiry);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "search")]
    #[inline]
    pub fn list(self, filter: &UserCertificateFilter) -> Pages<'c, List<UserCertificate>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.window(&ops::LIST, &filter, window)
        })
    }

    /// Reads one page of the same list, and its place in it: at most `limit` entries (20
    /// without it; 0 and all above 1,000 mean 1,000), after `offset` others.
    ///
    /// `GET /api/v1/usercerts/` (Get all user certificates).
    ///
    /// ```no_run
    /// # async fn demo(fac: fortiauth::Client) -> Result<(), fortiauth::Error> {
    /// use fortiauth::UserCertificateFilter;
    /// let filter = UserCertificateFilter::new().order_by("expiry");
    /// let page = fac.user_certificates().page(&filter, Some(10), None).await?;
    /// println!("{:?}", page.meta);
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn page(
        self,
        filter: &UserCertificateFilter,
        limit: Option<u32>,
        offset: Option<u64>,
    ) -> Call<'c, Json<CertificatePage<UserCertificate>>> {
        self.part(&ops::LIST, filter, &PageQuery::of(limit, offset))
    }

    /// Lists the contents of the certificates that match.
    ///
    /// `GET /api/v1/usercerts/pem/` (Get all user certificates in PEM format).
    ///
    /// Its entries know their name but not their number: join them with [`list`](Self::list) by
    /// name. That filters work here too is inferred, not documented.
    ///
    /// ```no_run
    /// # async fn demo(fac: fortiauth::Client) -> Result<(), fortiauth::Error> {
    /// use fortiauth::UserCertificateFilter;
    /// let mut certificates = fac.user_certificates().list_pem(&UserCertificateFilter::new());
    /// while let Some(certificate) = certificates.next().await {
    ///     println!("{:?}", certificate?.name);
    /// }
    /// # Ok(()) }
    /// ```
    #[doc(alias("download", "export", "pem", "crt", "cer"))]
    #[inline]
    pub fn list_pem(self, filter: &UserCertificateFilter) -> Pages<'c, List<PemCertificate>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.window(&ops::LIST_PEM, &filter, window)
        })
    }

    /// Reads one page of the same list; as [`page`](Self::page).
    ///
    /// `GET /api/v1/usercerts/pem/` (Get all user certificates in PEM format).
    ///
    /// ```no_run
    /// # async fn demo(fac: fortiauth::Client) -> Result<(), fortiauth::Error> {
    /// use fortiauth::UserCertificateFilter;
    /// let filter = UserCertificateFilter::new().subject_icontains("/cn=jane");
    /// let page = fac.user_certificates().pem_page(&filter, Some(10), None).await?;
    /// println!("{:?}", page.meta);
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn pem_page(
        self,
        filter: &UserCertificateFilter,
        limit: Option<u32>,
        offset: Option<u64>,
    ) -> Call<'c, Json<CertificatePage<PemCertificate>>> {
        self.part(&ops::LIST_PEM, filter, &PageQuery::of(limit, offset))
    }

    /// Details of a certificate.
    ///
    /// `GET /api/v1/usercerts/{id}/` (Get a specific user certificate).
    ///
    /// # Errors
    ///
    /// [`is_not_found`](Error::is_not_found) for an unknown number.
    #[doc(alias = "find")]
    #[inline]
    pub fn get(self, id: impl Into<UserCertificateId>) -> Call<'c, OneOf<UserCertificate>> {
        self.client.call(&ops::GET).path(id.into())
    }

    /// Finds the certificate with a serial number, of whichever user; `None` where there is none.
    ///
    /// The device has no such filter: the list is read page by page until it is found. Serial
    /// numbers are unique within one authority only: of several the first is returned.
    ///
    /// # Errors
    ///
    /// As [`list`](Self::list).
    pub async fn find_by_serial(
        self,
        serial: &SerialNumber,
    ) -> Result<Option<UserCertificate>, Error> {
        let mut certificates = self.list(&UserCertificateFilter::new());
        while let Some(certificate) = certificates.next().await {
            let certificate = certificate?;
            if certificate.serial.as_ref() == Some(serial) {
                return Ok(Some(certificate));
            }
        }
        Ok(None)
    }

    /// Has the device issue a successor of a certificate, and returns it. Its name is a new one;
    /// its number is not told, so [`list`](Self::list) it before revoking it.
    ///
    /// `POST /api/v1/usercerts/renew/` (Renew a user certificate).
    ///
    /// ```no_run
    /// # async fn demo(fac: fortiauth::Client, csr: &str) -> Result<(), fortiauth::Error> {
    /// use fortiauth::Renewal;
    /// let renewal = Renewal::new("jane", csr, 365).revoke_old(true);
    /// let successor = fac.user_certificates().renew(&renewal).await?;
    /// println!("{:?}", successor.name);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// An empty or unreadable signing request, and a validity of 0 days, are refused before
    /// anything is sent; HTTP 400 where the name is unknown or the subject is another. After a
    /// lost answer [`may_have_run`](Error::may_have_run) is true: then list by subject before
    /// renewing again.
    #[doc(alias("reissue", "csr", "sign"))]
    #[inline]
    pub fn renew(self, renewal: &Renewal) -> Call<'c, OneOf<PemCertificate>> {
        self.client.call(&ops::RENEW).multipart(renewal)
    }

    /// Revokes a certificate, and returns it as it is then if the device tells.
    ///
    /// `PATCH /api/v1/usercerts/{id}/` (Revoke a user certificate).
    ///
    /// [`UserCertificateRevocationReason::CertificateHold`] suspends it:
    /// [`unrevoke`](Self::unrevoke) lifts that, and no other reason.
    ///
    /// # Errors
    ///
    /// A reason the vendor has no word for is refused before anything is sent; HTTP 400 where it
    /// is revoked already. If [`may_have_run`](Error::may_have_run) is true then, an attempt whose
    /// answer was lost may have done it: [`get`](Self::get) tells.
    #[inline]
    pub fn revoke(
        self,
        id: impl Into<UserCertificateId>,
        reason: impl Into<UserCertificateRevocationReason>,
    ) -> Call<'c, OneIfAny<UserCertificate>> {
        let change = StatusChange::revoked(reason.into());
        self.change(&ops::REVOKE, id.into(), &change)
    }

    /// Makes a certificate on hold active again, and returns it as it is then if the device
    /// tells.
    ///
    /// `PATCH /api/v1/usercerts/{id}/` (Un-revoke a user certificate).
    ///
    /// # Errors
    ///
    /// Given as it was read, a certificate that is not on hold is refused before anything is
    /// sent; given by its number alone, the device answers HTTP 400.
    #[doc(alias("restore", "reinstate", "remove from hold"))]
    #[inline]
    pub fn unrevoke(self, certificate: impl Into<Revoked>) -> Call<'c, OneIfAny<UserCertificate>> {
        let certificate = certificate.into();
        let id = certificate.argument();
        self.change(&ops::UNREVOKE, id, &StatusChange::unrevoked(certificate))
    }

    fn change(
        self,
        op: &'static Op,
        id: impl Display,
        change: &StatusChange,
    ) -> Call<'c, OneIfAny<UserCertificate>> {
        self.client.call(op).path(id).json(change)
    }

    fn window<R>(
        self,
        op: &'static Op,
        filter: &UserCertificateFilter,
        window: Window,
    ) -> Call<'c, R> {
        let offset = (window.position > 0).then_some(window.position);
        let limit = window.size;
        self.part(op, filter, &PageQuery::of(limit, offset))
    }

    fn part<R>(
        self,
        op: &'static Op,
        filter: &UserCertificateFilter,
        part: &PageQuery,
    ) -> Call<'c, R> {
        self.client.call(op).query(part).query(filter)
    }
}
