//! The ACME clients that have registered with an account.

use cert_core::client::{Call, Empty, Pages, Row};
use cert_core::{Time, open_enum};

use super::AcmeAccounts;
use super::operations as ops;
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{AcmeAccountId, AcmeClientId};

open_enum! {
    /// State of an ACME client. The vendor lists none; samples have the first two, RFC 8555 the
    /// others (section 7.1.2).
    pub enum AcmeClientStatus {
        /// In use.
        Valid = "valid",
        /// Not yet in use.
        Pending = "pending",
        /// Deactivated, by itself or by [`deactivate_client`](AcmeAccounts::deactivate_client).
        Deactivated = "deactivated",
        /// Revoked by the CA.
        Revoked = "revoked",
    }
}

cert_core::request! {
    /// Filter of a public account's clients to list; empty, all of them.
    pub struct AcmeClientFilter() {
        /// Part of the user agent.
        user_agent: String,
        /// Part of the IP address.
        ip_address: String,
        /// States, any of which a client has.
        #[wire("status")]
        statuses: Vec<AcmeClientStatus>,
        /// Days back from the end of today, within which the client was active.
        #[range(..)]
        #[wire("lastActivityWithinPrevDays")]
        active_within_days: i32,
        /// Part of the contacts.
        contacts: String,
    }
}

cert_core::request! {
    /// Filter of a universal account's clients to list; empty, all of them.
    pub struct UniversalAcmeClientFilter() {
        /// Part of the user agent.
        user_agent: String,
        /// Part of the IP address.
        ip_address: String,
        /// States, any of which a client has.
        #[wire("status")]
        statuses: Vec<AcmeClientStatus>,
        /// Days back from the end of today, within which the client was active.
        #[range(..)]
        #[wire("lastActivityWithinPrevDays")]
        active_within_days: i32,
    }
}

cert_core::response! {
    /// An ACME client that has registered with an account.
    pub struct AcmeClient {
        /// Identifier of the client, by which it is deactivated.
        #[wire("accountId")]
        pub id: AcmeClientId,
        /// User agent, such as that of certbot.
        pub user_agent: Option<String>,
        /// IP address.
        pub ip_address: Option<String>,
        /// State of the client.
        pub status: Option<AcmeClientStatus>,
        /// Time at which the client was active last.
        pub last_activity: Option<Time>,
        /// Contacts that the client has named, in one text.
        pub contacts: Option<String>,
    }
}

impl Row for AcmeClient {
    type Id = AcmeClientId;

    fn id(&self) -> &AcmeClientId {
        &self.id
    }
}

impl<'c> AcmeAccounts<'c> {
    /// Lists the clients of an account that match, in pages of at most 200.
    /// `GET /api/acme/v2/account/{id}/client`.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::acme::{AcmeClientFilter, AcmeClientStatus};
    /// let today = AcmeClientFilter::new()
    ///     .statuses([AcmeClientStatus::Valid])
    ///     .active_within_days(1);
    /// for client in scm.acme_accounts().list_clients(453, &today).collect().await? {
    ///     println!("{} {:?}", client.id, client.user_agent);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list_clients(
        self,
        id: impl Into<AcmeAccountId>,
        filter: &AcmeClientFilter,
    ) -> Pages<'c, List<AcmeClient>> {
        let (id, filter) = (id.into(), filter.clone());
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_CLIENTS)
                .path(id)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Deactivates a client of an account: its key gets no more certificates.
    /// `PUT /api/acme/v2/account/{id}/client/{clientId}`.
    ///
    /// Clients cannot be deleted: the vendor no longer supports it.
    #[inline]
    pub fn deactivate_client(
        self,
        id: impl Into<AcmeAccountId>,
        client: impl Into<AcmeClientId>,
    ) -> Call<'c, Empty> {
        self.call(&ops::DEACTIVATE_CLIENT)
            .path(id.into())
            .path(client.into())
    }
}
