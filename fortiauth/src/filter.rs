use serde::Serialize;

cert_core::request! {
    /// Which user certificates to list, and in which order; without anything set, all.
    ///
    /// Subjects are matched in the slash style of [`UserCertificate::subject`]. Release 6.1 takes
    /// no filters at all, later ones do: HTTP 400 on a filter may mean an old release.
    ///
    /// [`UserCertificate::subject`]: crate::UserCertificate::subject
    pub struct UserCertificateFilter() {
        /// The subject is this text.
        #[serde(rename = "subject__exact")]
        subject_exact: String,
        /// The subject is this text, whatever the case of its letters.
        #[serde(rename = "subject__iexact")]
        subject_iexact: String,
        /// The subject has this text in it.
        #[serde(rename = "subject__contains")]
        subject_contains: String,
        /// The subject has this text in it, whatever the case of its letters.
        #[serde(rename = "subject__icontains")]
        subject_icontains: String,
        /// The field to sort by, such as `expiry`; `-expiry` sorts from last to first.
        #[serde(rename = "order_by")]
        order_by: String,
    }
}

/// The part of a list to ask for, as query parameters.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct PageQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) limit: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) offset: Option<u64>,
}
