use cert_core::client::{Call, Error, Json, Multipart, Op, Pages, Window};

use crate::filter::PageQuery;
use crate::listing::PAGE_SIZE;
use crate::revocation::StatusChange;
use crate::{
    CertificatePage, Client, List, PemCertificate, Renewal, RevocationReason, Revoked, Row,
    RowIfAny, UserCertificate, UserCertificateFilter, UserCertificateId, operations as ops,
};

/// The certificates of the device's users. Made by [`Client::user_certificates`].
///
/// Every call can be refused with 401 for a wrong access key and, up to release 6.6.5, for a
/// missing permission, which later releases answer with 403.
#[derive(Debug, Clone, Copy)]
pub struct UserCertificates<'c> {
    client: &'c Client,
}

impl<'c> UserCertificates<'c> {
    pub(crate) fn new(client: &'c Client) -> Self {
        Self { client }
    }

    /// The certificates that match, in pages of at most 1,000.
    ///
    /// A list that ends before the number of entries it announced is an error, not a short list.
    ///
    /// ```no_run
    /// # async fn demo(fac: fortiauth::Client) -> Result<(), fortiauth::Error> {
    /// use fortiauth::UserCertificateFilter;
    ///
    /// let filter = UserCertificateFilter::new().subject_icontains("/ou=sales");
    /// let mut certificates = fac.user_certificates().list(filter);
    /// while let Some(certificate) = certificates.next().await {
    ///     let certificate = certificate?;
    ///     println!("{} {:?}", certificate.name, certificate.expiry);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn list(self, filter: UserCertificateFilter) -> Pages<'c, List<UserCertificate>> {
        Pages::new(PAGE_SIZE, move |window| {
            self.window(&ops::LIST, &filter, window)
        })
    }

    /// One page of the same list with what the device says about it: at most `limit` entries (20
    /// without it; 0 and all above 1,000 mean 1,000), after `offset` others.
    #[inline]
    pub fn page(
        self,
        filter: &UserCertificateFilter,
        limit: Option<u32>,
        offset: Option<u64>,
    ) -> Call<'c, Json<CertificatePage<UserCertificate>>> {
        self.part(&ops::LIST, filter, PageQuery { limit, offset })
    }

    /// The contents of the certificates that match.
    ///
    /// Its entries know their name but not their number: join them with [`list`](Self::list) by
    /// name. That filters work here too is inferred, not documented.
    #[inline]
    pub fn list_pem(self, filter: UserCertificateFilter) -> Pages<'c, List<PemCertificate>> {
        Pages::new(PAGE_SIZE, move |window| {
            self.window(&ops::LIST_PEM, &filter, window)
        })
    }

    /// One page of the same list; as [`page`](Self::page).
    #[inline]
    pub fn pem_page(
        self,
        filter: &UserCertificateFilter,
        limit: Option<u32>,
        offset: Option<u64>,
    ) -> Call<'c, Json<CertificatePage<PemCertificate>>> {
        self.part(&ops::LIST_PEM, filter, PageQuery { limit, offset })
    }

    /// One certificate.
    ///
    /// # Errors
    ///
    /// [`is_not_found`](Error::is_not_found) for an unknown number.
    #[inline]
    pub fn get(self, id: UserCertificateId) -> Call<'c, Row<UserCertificate>> {
        self.client.call(&ops::GET).path(id)
    }

    /// Has the device issue a successor of a certificate, and returns it. Its name is a new one;
    /// its number is not told, so [`list`](Self::list) it before revoking it.
    ///
    /// # Errors
    ///
    /// An empty or unreadable signing request, and a validity of 0 days, are refused before
    /// anything is sent; HTTP 400 where the name is unknown or the subject is another. After a
    /// lost answer [`may_have_run`](Error::may_have_run) is true: then list by subject before
    /// renewing again.
    #[inline]
    pub fn renew(self, renewal: &Renewal) -> Call<'c, Row<PemCertificate>> {
        let (form, checked) = match renewal.form() {
            Ok(form) => (form, Ok(())),
            Err(error) => (Multipart::new(), Err(error)),
        };
        self.client.call(&ops::RENEW).multipart(form).check(checked)
    }

    /// Revokes a certificate, and returns it as it is then if the device tells.
    ///
    /// [`RevocationReason::CertificateHold`] suspends it: [`unrevoke`](Self::unrevoke) lifts
    /// that, and no other reason.
    ///
    /// # Errors
    ///
    /// A reason the vendor has no word for is refused before anything is sent; HTTP 400 where it
    /// is revoked already. If [`may_have_run`](Error::may_have_run) is true then, an attempt whose
    /// answer was lost may have done it: [`get`](Self::get) tells.
    #[inline]
    pub fn revoke(
        self,
        id: UserCertificateId,
        reason: impl Into<RevocationReason>,
    ) -> Call<'c, RowIfAny<UserCertificate>> {
        let reason = reason.into();
        let change = StatusChange {
            status: "revoked",
            revocation_reason: Some(&reason),
        };
        self.change(&ops::REVOKE, id, &change, reason.checked())
    }

    /// Makes a certificate on hold active again, and returns it as it is then if the device
    /// tells.
    ///
    /// # Errors
    ///
    /// Given as it was read, a certificate that is not on hold is refused before anything is
    /// sent; given by its number alone, the device answers HTTP 400.
    #[inline]
    pub fn unrevoke(self, certificate: impl Into<Revoked>) -> Call<'c, RowIfAny<UserCertificate>> {
        let certificate = certificate.into();
        let change = StatusChange {
            status: "active",
            revocation_reason: None,
        };
        self.change(
            &ops::UNREVOKE,
            certificate.id(),
            &change,
            certificate.checked(),
        )
    }

    fn change(
        self,
        op: &'static Op,
        id: UserCertificateId,
        change: &StatusChange<'_>,
        checked: Result<(), Error>,
    ) -> Call<'c, RowIfAny<UserCertificate>> {
        self.client.call(op).path(id).json(change).check(checked)
    }

    fn window<R>(
        self,
        op: &'static Op,
        filter: &UserCertificateFilter,
        window: Window,
    ) -> Call<'c, R> {
        let offset = (window.position > 0).then_some(window.position);
        let limit = window.size;
        self.part(op, filter, PageQuery { limit, offset })
    }

    fn part<R>(
        self,
        op: &'static Op,
        filter: &UserCertificateFilter,
        part: PageQuery,
    ) -> Call<'c, R> {
        self.client.call(op).query(&part).query(filter)
    }
}
