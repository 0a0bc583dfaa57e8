use crate::{DirectoryId, Link, UserId};

cert_core::request! {
    /// Filter of users to search for; without anything set, all.
    pub struct UserSearch() {
        /// A field and its value, such as `emailAddress=jane@example.com`; `*` at the end stands
        /// for anything: `username=jan*`.
        query: String,
        /// The field to sort by, ` DESC` behind it for the other way round: `username DESC`.
        sort_by: String,
        /// Has the answer say how many users there are; [`Users::search`](crate::Users::search)
        /// always asks for it.
        include_total: bool,
    }
}

cert_core::request! {
    /// The part of a search to ask for.
    pub(crate) struct PageQuery() {
        /// Most users of the page.
        #[range(..)]
        max: u32,
        /// Users before the page.
        #[range(..)]
        offset: u64,
    }
}

impl PageQuery {
    pub(crate) fn of(max: Option<u32>, offset: Option<u64>) -> Self {
        Self { max, offset }
    }
}

cert_core::response! {
    /// A user. Fields without a value are left out by the server.
    pub struct User {
        /// Guid of the user.
        pub guid: UserId,
        /// The name he signs in with.
        pub username: Option<String>,
        /// The name shown.
        pub display_name: Option<String>,
        /// E-mail address of the user.
        pub email_address: Option<String>,
        /// Whether the user is an administrator; some releases write `"true"`, others `true`.
        pub admin: Option<bool>,
        /// Id of the user in the company directory.
        pub directory_id: Option<DirectoryId>,
        /// Links to what is related to the user.
        pub links: Vec<Link>,
    }
}

cert_core::response! {
    /// A page of a search.
    pub struct UserPage {
        /// The users.
        pub users: Vec<User>,
        /// Number of users on all pages, if that was asked for.
        pub total: Option<u64>,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truth_is_read_as_text_and_as_itself() {
        let admin = |value: &str| {
            let json = format!(r#"{{"guid": "u-1", "admin": {value}}}"#);
            serde_json::from_str::<User>(&json)
                .map(|user| user.admin)
                .map_err(|_| ())
        };
        assert_eq!(admin("true"), Ok(Some(true)));
        assert_eq!(admin(r#""TRUE""#), Ok(Some(true)));
        assert_eq!(admin(r#""false""#), Ok(Some(false)));
        assert_eq!(admin("null"), Ok(None));
        assert_eq!(admin(r#""perhaps""#), Err(()));
    }
}
