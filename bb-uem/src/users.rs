use cert_core::client::{Answer, Call, Error, Json, Listing, Page, Pages, Reply};

use crate::user::PageQuery;
use crate::{
    Client, EmbeddedCertificateList, User, UserId, UserPage, UserSearch, operations as ops,
};

/// How many users a page has where nothing is said; public scripts page by it too.
const PAGE_SIZE: u32 = 100;

/// Both forms that a list could have by the vendor's habit, and JSON of no special kind.
const EMBEDDED_CERTIFICATES: &str = "application/vnd.blackberry.embeddedcertificates-v1+json, \
     application/vnd.blackberry.embeddedcertificate-v1+json, application/json";

/// The users of the tenant. Made by [`Client::users`].
#[derive(Debug, Clone, Copy)]
pub struct Users<'c> {
    client: &'c Client,
}

impl<'c> Users<'c> {
    pub(crate) fn new(client: &'c Client) -> Self {
        Self { client }
    }

    /// The users that match, in pages of 100.
    ///
    /// ```no_run
    /// # async fn demo(uem: bb_uem::Client) -> Result<(), bb_uem::Error> {
    /// use bb_uem::UserSearch;
    ///
    /// let mut users = uem.users().search(UserSearch::new().query("username=jan*"));
    /// while let Some(user) = users.next().await {
    ///     let list = uem.users().embedded_certificates(&user?.guid).await?;
    ///     println!("{} certificates", list.embedded_certificates.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn search(self, search: UserSearch) -> Pages<'c, UserList> {
        let search = search.include_total(true);
        Pages::new(PAGE_SIZE, move |window| {
            let offset = (window.position > 0).then_some(window.position);
            self.part(
                &search,
                PageQuery {
                    max: window.size,
                    offset,
                },
            )
        })
    }

    /// One page of the same list: at most `max` users (100 without it), after `offset` others.
    #[inline]
    pub fn page(
        self,
        search: &UserSearch,
        max: Option<u32>,
        offset: Option<u64>,
    ) -> Call<'c, Json<UserPage>> {
        self.part(search, PageQuery { max, offset })
    }

    /// The embedded certificates of a user.
    ///
    /// The call stands in the vendor's samples; its answer is documented nowhere.
    #[inline]
    pub fn embedded_certificates(self, id: &UserId) -> Call<'c, Json<EmbeddedCertificateList>> {
        self.client
            .call(&ops::LIST_USER_EMBEDDED_CERTIFICATES)
            .path(id)
            .accept(EMBEDDED_CERTIFICATES)
    }

    fn part<R>(self, search: &UserSearch, part: PageQuery) -> Call<'c, R> {
        self.client
            .call(&ops::SEARCH_USERS)
            .accept("application/vnd.blackberry.users-v1+json")
            .query(search)
            .query(&part)
    }
}

/// A page of a search that is read page by page.
#[derive(Debug)]
pub struct UserList;

impl Reply for UserList {
    type Value = Page<User>;

    fn decode(answer: &mut Answer) -> Result<Page<User>, Error> {
        let UserPage { users, total } = answer.json()?;
        Ok(Page::new(users, total, answer))
    }
}

impl Listing for UserList {
    type Item = User;
}
