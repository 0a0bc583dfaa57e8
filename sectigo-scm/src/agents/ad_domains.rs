use cert_core::check::length;
use cert_core::{Members, Payload, Violation};
use serde::ser::SerializeStruct;

/// Active Directory domains that an MS agent works for.
///
/// The vendor has a list, and a flag that is called `adDomainsListRestricted`: true excludes the
/// listed domains, false includes them alone. Here one list says which of the two it is.
///
/// ```
/// use sectigo_scm::agents::{AdDomains, NewMsAgent};
///
/// let agent = NewMsAgent::new("headquarters").ad_domains(AdDomains::all_but(["lab.example.com"]));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AdDomains {
    /// Domains that are included, and no others.
    Only(Vec<String>),
    /// Domains that are excluded; all others are included.
    AllBut(Vec<String>),
}

impl AdDomains {
    /// Domains that are included, and no others. Names have no comma; all together have at most 1024 characters,
    /// with a comma and a blank between two.
    #[must_use]
    pub fn only(domains: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::Only(domains.into_iter().map(Into::into).collect())
    }

    /// Domains that are excluded; all others are included. Names have no comma; all together have at most 1024 characters, with
    /// a comma and a blank between two.
    #[must_use]
    pub fn all_but(domains: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::AllBut(domains.into_iter().map(Into::into).collect())
    }

    /// The domains of a list as the vendor writes it.
    pub(super) fn listed(text: &str, is_excluding: bool) -> Self {
        let domains = text.split(',').map(str::trim);
        let domains = domains.filter(|domain| !domain.is_empty());
        match is_excluding {
            true => Self::all_but(domains),
            false => Self::only(domains),
        }
    }

    fn domains(&self) -> &[String] {
        match self {
            Self::Only(domains) | Self::AllBut(domains) => domains,
        }
    }

    fn joined(&self) -> String {
        self.domains().join(", ")
    }
}

impl Payload for AdDomains {
    fn check(&self) -> Result<(), Violation> {
        let mut domains = self.domains().iter().enumerate();
        match domains.find(|(_, domain)| domain.contains(',')) {
            Some((index, domain)) => {
                let words = format!("is {domain:?}: a comma stands between two domains");
                Err(Violation::new(words).at(index))
            }
            None => length(&self.joined(), ..=1024),
        }
    }
}

impl Members for AdDomains {
    fn count(&self) -> usize {
        2
    }

    fn send<S: SerializeStruct>(&self, fields: &mut S) -> Result<(), S::Error> {
        let is_excluding = matches!(self, Self::AllBut(_));
        fields.serialize_field("adDomainsListRestricted", &is_excluding)?;
        fields.serialize_field("adDomainsList", &self.joined())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_is_written() {
        for domains in [
            AdDomains::only(["ad\\domain", "ad\\otherdomain"]),
            AdDomains::all_but(["lab.example.com"]),
            AdDomains::only(Vec::<String>::new()),
        ] {
            let is_excluding = matches!(domains, AdDomains::AllBut(_));
            assert_eq!(AdDomains::listed(&domains.joined(), is_excluding), domains);
        }
        let dense = AdDomains::listed("a,b , ,c", true);
        assert_eq!(dense, AdDomains::all_but(["a", "b", "c"]));
    }

    #[test]
    fn a_comma_and_a_list_that_is_too_long_are_refused() {
        let comma = AdDomains::only(["a", "b,c"]).check();
        let comma = comma.expect_err("two in one").to_string();
        assert_eq!(
            comma,
            "`[1]` is \"b,c\": a comma stands between two domains"
        );
        let fits = AdDomains::only(["a".repeat(1020), "bc".to_owned()]);
        assert_eq!(fits.check(), Ok(()));
        let long = AdDomains::all_but(["a".repeat(1020), "bcd".to_owned()]);
        assert!(long.check().is_err());
    }
}
