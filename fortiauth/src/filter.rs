cert_core::request! {
    /// Filter of user certificates to list, and their order; without anything set, all.
    ///
    /// Subjects are matched in the slash style of [`UserCertificate::subject`]. Release 6.1 takes
    /// no filters at all, later ones do: HTTP 400 on a filter may mean an old release.
    ///
    /// [`UserCertificate::subject`]: crate::UserCertificate::subject
    pub struct UserCertificateFilter() {
        /// The subject is this text.
        #[wire("subject__exact")]
        subject_exact: String,
        /// The subject is this text, whatever the case of its letters.
        #[wire("subject__iexact")]
        subject_iexact: String,
        /// The subject has this text in it.
        #[wire("subject__contains")]
        subject_contains: String,
        /// The subject has this text in it, whatever the case of its letters.
        #[wire("subject__icontains")]
        subject_icontains: String,
        /// The field to sort by, such as `expiry`; `-expiry` sorts from last to first.
        #[wire("order_by")]
        order_by: String,
    }
}

cert_core::request! {
    /// The part of a list to ask for.
    pub(crate) struct PageQuery() {
        /// Most entries of the page.
        #[range(..)]
        limit: u32,
        /// Entries before the page.
        #[range(..)]
        offset: u64,
    }
}

impl PageQuery {
    pub(crate) fn of(limit: Option<u32>, offset: Option<u64>) -> Self {
        Self { limit, offset }
    }
}
