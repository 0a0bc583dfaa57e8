//! Certificate profiles of every kind, and what each allows.
//!
//! Enrolments name a profile. Before one is sent, [`Profile::check`](crate::Profile::check) tells
//! whether it fits: its term, its key, the customer's mandatory fields.
//!
//! ```no_run
//! use sectigo_scm::profiles::{ProfileField, ProfileFilter, ProfileSortField};
//! use sectigo_scm::{CertType, Condition, Order};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! let filter = ProfileFilter::new()
//!     .conditions([Condition::equals(ProfileField::CertType, CertType::Ssl)])
//!     .orders([Order::ascending(ProfileSortField::Name)]);
//! let mut profiles = scm.profiles().list(&filter);
//! while let Some(profile) = profiles.next().await {
//!     let profile = profile?;
//!     println!("{} {:?}", profile.id, profile.name);
//! }
//! # Ok(())
//! # }
//! ```

mod filter;
mod operations;
mod profile;

use cert_core::client::{Call, Json, Op, Pages};

pub use self::filter::{ProfileField, ProfileFilter, ProfileSortField};
use self::operations as ops;
pub use self::operations::OPERATIONS;
pub use self::profile::{ProfileDetails, ProfileSummary};
use crate::paging::{List, PAGE_SIZE};
use crate::{Client, ProfileId};

impl Client {
    /// Certificate profiles of every kind.
    #[must_use]
    pub fn profiles(&self) -> Profiles<'_> {
        Profiles { client: self }
    }
}

/// The certificate profiles of an account. Made by [`Client::profiles`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password. An unknown profile is code -111, which
/// [`is_not_found`](crate::Error::is_not_found) tells.
#[derive(Debug, Clone, Copy)]
pub struct Profiles<'c> {
    client: &'c Client,
}

impl<'c> Profiles<'c> {
    /// Profiles that match, in pages of 200.
    ///
    /// `GET /api/profile/v1`
    ///
    /// The vendor counts pages here, not entries: a list is resumed at a multiple of the page
    /// size. It does not say from where; they are counted from 0, and a page that comes twice is
    /// an error.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::Condition;
    /// use sectigo_scm::profiles::{ProfileField, ProfileFilter};
    ///
    /// let own = Condition::equals(ProfileField::Organization, 9001);
    /// let filter = ProfileFilter::new().conditions([own]);
    /// println!("{} profiles", scm.profiles().list(&filter).collect().await?.len());
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(self, filter: &ProfileFilter) -> Pages<'c, List<ProfileSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&window.numbered("size", "page"))
                .query(&filter)
        })
    }

    /// Profile with its attributes.
    ///
    /// `GET /api/profile/v1/{id}`
    #[inline]
    pub fn get(self, id: impl Into<ProfileId>) -> Call<'c, Json<ProfileDetails>> {
        self.call(&ops::GET).path(id.into())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
