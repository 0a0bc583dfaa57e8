use cert_core::client::{Answer, Call, Error, Page, PageReply, Pages, Row};

use crate::user::PageQuery;
use crate::{
    Client, EmbeddedCertificateList, MediaType, Typed, User, UserId, UserPage, UserSearch,
    operations as ops,
};

/// How many users a page has where nothing is said; public scripts page by it too.
const PAGE_SIZE: u32 = 100;

/// The users of the tenant. Made by [`Client::users`].
#[derive(Debug, Clone, Copy)]
pub struct Users<'c> {
    client: &'c Client,
}

impl Client {
    /// Users, by whom certificates are found.
    #[must_use]
    pub fn users(&self) -> Users<'_> {
        Users { client: self }
    }
}

impl<'c> Users<'c> {
    /// Searches users: those that match, in pages of 100.
    ///
    /// `GET /{tenantGuid}/api/v1/users` (Search users).
    ///
    /// ```no_run
    /// # async fn demo(uem: bb_uem::Client) -> Result<(), bb_uem::Error> {
    /// use bb_uem::UserSearch;
    ///
    /// let mut users = uem.users().search(&UserSearch::new().query("username=jan*"));
    /// while let Some(user) = users.next().await {
    ///     let list = uem.users().embedded_certificates(&user?.guid).await?;
    ///     println!("{} certificates", list.embedded_certificates.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("list", "find"))]
    #[inline]
    pub fn search(self, search: &UserSearch) -> Pages<'c, UserList> {
        let search = search.clone().include_total(true);
        Pages::new(PAGE_SIZE, move |window| {
            let offset = (window.position > 0).then_some(window.position);
            self.part(&search, &PageQuery::of(window.size, offset))
        })
    }

    /// Reads one page of the same list: at most `max` users (100 without it), after `offset`
    /// others.
    ///
    /// `GET /{tenantGuid}/api/v1/users` (Search users).
    ///
    /// ```no_run
    /// # async fn demo(uem: bb_uem::Client) -> Result<(), bb_uem::Error> {
    /// use bb_uem::UserSearch;
    /// let search = UserSearch::new().sort_by("username DESC").include_total(true);
    /// let page = uem.users().page(&search, Some(20), None).await?;
    /// println!("{} of {:?}", page.users.len(), page.total);
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn page(
        self,
        search: &UserSearch,
        max: Option<u32>,
        offset: Option<u64>,
    ) -> Call<'c, Typed<UserPage>> {
        self.part(search, &PageQuery::of(max, offset))
    }

    /// Lists the embedded certificates of a user.
    ///
    /// `GET /{tenantGuid}/api/v1/users/{userGuid}/embeddedCertificates`
    /// (List embedded certificates of a user).
    ///
    /// The call stands in the vendor's samples; its answer is documented nowhere.
    #[doc(alias = "user certificates")]
    #[inline]
    pub fn embedded_certificates(self, id: &UserId) -> Call<'c, Typed<EmbeddedCertificateList>> {
        self.client
            .call(&ops::LIST_USER_EMBEDDED_CERTIFICATES)
            .path(id)
    }

    fn part<R>(self, search: &UserSearch, part: &PageQuery) -> Call<'c, R> {
        self.client
            .call(&ops::SEARCH_USERS)
            .query(search)
            .query(part)
    }
}

/// A page of a search that is read page by page.
#[derive(Debug)]
pub struct UserList;

impl PageReply for UserList {
    type Item = User;
    const ACCEPT: Option<&'static str> = Some(UserPage::MEDIA_TYPE);

    fn page(answer: &Answer) -> Result<Page<User>, Error> {
        let UserPage { users, total } = answer.json()?;
        Ok(Page::new(users, total))
    }
}

impl Row for User {
    type Id = UserId;

    fn id(&self) -> &UserId {
        &self.guid
    }
}

impl MediaType for UserPage {
    const MEDIA_TYPE: &'static str = "application/vnd.blackberry.users-v1+json";
}

/// Both forms that a list could have by the vendor's habit, and JSON of no special kind.
impl MediaType for EmbeddedCertificateList {
    const MEDIA_TYPE: &'static str = "application/vnd.blackberry.embeddedcertificates-v1+json, \
         application/vnd.blackberry.embeddedcertificate-v1+json, application/json";
}
