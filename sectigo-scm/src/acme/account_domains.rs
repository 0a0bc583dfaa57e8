//! The domains of an account of a public CA.

use cert_core::Time;
use cert_core::client::{Call, Envelope, Enveloped, Error, Pages, Row};

use super::operations as ops;
use super::{AcmeAccounts, written};
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{AcmeAccountId, BackendCertId};

cert_core::request! {
    /// Filter of an account's domains to list; empty, all of them.
    pub struct AcmeDomainFilter() {
        /// Domain name, as a regular expression such as `.*\.example\.org`.
        name: String,
        /// Days within which the validation of the domain ends: 0 for today, a positive number
        /// for what is ahead, a negative one for what is past.
        #[range(..)]
        #[wire("expiresWithinNextDays")]
        expires_within_days: i32,
        /// Days within which the domain stops being sticky, counted alike.
        #[range(..)]
        #[wire("stickyExpiresWithinNextDays")]
        sticky_expires_within_days: i32,
    }
}

cert_core::request! {
    /// Domains that are added or removed.
    pub(super) struct DomainNames(
        #[count(1..)]
        domains: Vec<DomainName>,
    ) {}
}

cert_core::request! {
    pub(super) struct DomainName(
        #[length(1..=1_024)]
        #[valid(written)]
        name: String,
    ) {}
}

impl DomainNames {
    pub(super) fn of(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let names = names.into_iter().map(DomainName::new);
        Self::new(names.collect::<Vec<_>>())
    }
}

cert_core::response! {
    /// A domain of an account.
    pub struct AcmeDomain {
        /// Domain name.
        pub name: Option<String>,
        /// Time until which the validation of the domain holds.
        pub valid_until: Option<Time>,
        /// Time until which the domain is sticky, as the vendor calls it without a further word.
        pub sticky_until: Option<Time>,
        /// Order on which the validation of the organization rests.
        #[wire("validationId" | "ovAnchorID" | "ovAnchorOrderNumber")]
        pub anchor: Option<BackendCertId>,
    }
}

impl Row for AcmeDomain {
    type Id = Option<String>;

    fn id(&self) -> &Option<String> {
        &self.name
    }
}

cert_core::response! {
    /// Answer where domains are added or removed, which names those that were refused.
    pub struct AcmeDomainsAnswer {
        #[wire("notAddedDomains" | "notRemovedDomains")]
        refused: Vec<String>,
    }
}

/// An answer that names nothing is full success.
impl Envelope for AcmeDomainsAnswer {
    type Value = Result<(), RefusedDomains>;

    fn open(self) -> Result<Self::Value, Error> {
        Ok(match self.refused.is_empty() {
            true => Ok(()),
            false => Err(RefusedDomains(self.refused)),
        })
    }
}

/// Domains that were not added or not removed, while all others of the same call were.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} of the domains refused, the others accepted: {}", .0.len(), listed(.0))]
pub struct RefusedDomains(Vec<String>);

impl RefusedDomains {
    /// Names of the domains, as the vendor writes them.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.0
    }
}

fn listed(names: &[String]) -> String {
    let names = names
        .iter()
        .map(|name| format!("`{}`", name.escape_debug()));
    names.collect::<Vec<_>>().join(", ")
}

impl<'c> AcmeAccounts<'c> {
    /// Lists the domains of an account that match, in pages of at most 200.
    /// `GET /api/acme/v2/account/{id}/domain`.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::acme::AcmeDomainFilter;
    /// let soon = AcmeDomainFilter::new().name(r".*\.example\.org").expires_within_days(30);
    /// for domain in scm.acme_accounts().list_domains(459, &soon).collect().await? {
    ///     println!("{:?} {:?}", domain.name, domain.valid_until);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list_domains(
        self,
        id: impl Into<AcmeAccountId>,
        filter: &AcmeDomainFilter,
    ) -> Pages<'c, List<AcmeDomain>> {
        let (id, filter) = (id.into(), filter.clone());
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_DOMAINS)
                .path(id)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Adds domains to an account.
    /// `POST /api/acme/v2/account/{id}/domain`.
    ///
    /// The vendor adds what it accepts, and the call succeeds: its value is a result of its own,
    /// an error where some were refused.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let added = scm.acme_accounts().add_domains(436, ["example.org", "example.net"]);
    /// if let Err(refused) = added.await? {
    ///     println!("not added: {:?}", refused.names());
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Before anything is sent where there is no domain, or a name that is blank or longer than
    /// 1,024 characters.
    #[inline]
    pub fn add_domains(
        self,
        id: impl Into<AcmeAccountId>,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Call<'c, Enveloped<AcmeDomainsAnswer>> {
        self.call(&ops::ADD_DOMAINS)
            .path(id.into())
            .json(&DomainNames::of(names))
    }

    /// Removes domains from an account.
    /// `DELETE /api/acme/v2/account/{id}/domain`.
    ///
    /// Domains that the account does not have are refused, and the others removed: the value is
    /// a result of its own, as that of [`add_domains`](AcmeAccounts::add_domains).
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// scm.acme_accounts().remove_domains(444, ["example.net"]).await??;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`add_domains`](AcmeAccounts::add_domains).
    #[inline]
    pub fn remove_domains(
        self,
        id: impl Into<AcmeAccountId>,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Call<'c, Enveloped<AcmeDomainsAnswer>> {
        self.call(&ops::REMOVE_DOMAINS)
            .path(id.into())
            .json(&DomainNames::of(names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_each_domain_in_harmless_text() {
        let refused = RefusedDomains(vec!["example.org".into(), "\u{1b}[2J".into()]);
        assert_eq!(
            refused.to_string(),
            "2 of the domains refused, the others accepted: `example.org`, `\\u{1b}[2J`"
        );
        assert_eq!(refused.names().len(), 2);
    }
}
