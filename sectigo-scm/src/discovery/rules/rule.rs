use cert_core::check::{range, within};
use cert_core::{Violation, open_enum};

use crate::{AssignmentRuleId, CertType, OrganizationId};

open_enum! {
    /// Part of a certificate, or of the place where it was found, that a rule looks at.
    pub enum FilterType {
        /// Common name of the subject.
        CommonName = "COMMON_NAME",
        /// Organization of the subject.
        Organization = "ORGANIZATION",
        /// Organizational unit of the subject.
        OrganizationalUnit = "ORGANIZATION_UNIT",
        /// Town of the subject.
        City = "CITY",
        /// State or province of the subject.
        State = "STATE",
        /// Country of the subject.
        Country = "COUNTRY",
        /// Alternative name of the subject.
        SubjectAlternativeName = "SUBJECT_ALT_NAME",
        /// Issuer.
        Issuer = "ISSUER",
        /// IP address of the place.
        Ip = "IP",
        /// Port of the place.
        Port = "PORT",
        /// Domain component of the subject.
        DomainComponent = "DOMAIN_COMPONENT",
        /// Name of the certificate template.
        TemplateName = "TEMPLATE_NAME",
        /// Key usage.
        KeyUsage = "KU",
        /// Extended key usage.
        ExtendedKeyUsage = "EKU",
        /// Name of the host of the place. A document beside the reference spells it `HOST_NAME`.
        HostName = "HOSTNAME" | "HOST_NAME",
        /// Time since the certificate expired.
        Expiration = "EXPIRATION",
    }
}

open_enum! {
    /// Comparison that a rule makes with its value.
    pub enum MatchType {
        /// Equal to the value.
        Matches = "MATCHES",
        /// Begins with the value.
        StartsWith = "STARTS_WITH",
        /// Ends with the value.
        EndsWith = "ENDS_WITH",
        /// Has the value somewhere in it.
        Contains = "CONTAINS",
        /// Fits the value, a regular expression.
        MatchesRegex = "MATCH_REGEX",
        /// Greater than the value: of [`FilterType::Expiration`] alone.
        GreaterThan = "GREATER_THAN",
    }
}

cert_core::request! {
    /// Filter of a rule: a part of the certificate, and how it compares with a value.
    ///
    /// [`FilterType::Expiration`] goes with [`MatchType::GreaterThan`] and a number of days from 0
    /// to 365, every other part with every other comparison: another pair is refused before it is
    /// sent.
    ///
    /// ```
    /// use sectigo_scm::discovery::{FilterType, MatchType, RuleFilter};
    ///
    /// let shop = RuleFilter::new(FilterType::CommonName, MatchType::EndsWith, ".example.com");
    /// let lately = RuleFilter::expired_within(30);
    /// ```
    pub struct RuleFilter(
        /// Part that is looked at.
        #[wire("filterType")]
        part: FilterType,
        /// Comparison with the value.
        #[wire("matchType")]
        comparison: MatchType,
        /// Value.
        value: String,
    ) {}
    check Self::check_pair
}

impl RuleFilter {
    /// Certificates that have not expired.
    pub fn unexpired() -> Self {
        Self::expired_within(0)
    }

    /// Certificates that have not expired, or at most so many days ago: 1 to 365; 0 is
    /// [`unexpired`](Self::unexpired).
    pub fn expired_within(days: u16) -> Self {
        let days = days.to_string();
        Self::new(FilterType::Expiration, MatchType::GreaterThan, days)
    }

    fn check_pair(&self) -> Result<(), Violation> {
        let is_expiration = self.part == FilterType::Expiration;
        let is_greater = self.comparison == MatchType::GreaterThan;
        match (is_expiration, is_greater) {
            (true, true) => within("value", days(&self.value)),
            (false, false) => Ok(()),
            (true, false) => wrong_pair("is not `GREATER_THAN`, the only one for `EXPIRATION`"),
            (false, true) => wrong_pair("is `GREATER_THAN`, which is for `EXPIRATION` alone"),
        }
    }
}

fn wrong_pair(reason: &str) -> Result<(), Violation> {
    Err(Violation::new(reason).within("comparison"))
}

fn days(value: &str) -> Result<(), Violation> {
    match value.parse::<u32>() {
        Ok(days) => range(&days, 0..=365),
        Err(_) => Err(Violation::new("is no whole number of days")),
    }
}

cert_core::request! {
    /// Settings of an assignment rule: an update sends all of them again.
    ///
    /// ```
    /// use sectigo_scm::discovery::{AssignmentRuleSettings, FilterType, MatchType, RuleFilter};
    ///
    /// let ours = RuleFilter::new(FilterType::Organization, MatchType::Matches, "Example Ltd");
    /// let rule = AssignmentRuleSettings::new("ours", 11441, [ours, RuleFilter::unexpired()]);
    /// ```
    pub struct AssignmentRuleSettings(
        /// Name of the rule.
        #[length(1..=128)]
        name: String,
        /// Organization or department that gets the certificates.
        #[id(1..)]
        #[wire("orgId")]
        organization: OrganizationId,
        /// Filters that a certificate has to pass.
        #[count(1..)]
        filters: Vec<RuleFilter>,
    ) {
        /// Kind of certificate that the rule is for; SSL where none is set.
        cert_type: CertType,
    }
}

cert_core::request! {
    /// Assignment rule that is updated.
    pub(super) struct Updated(
        /// Number of the rule.
        #[id(1..)]
        #[wire("ruleId")]
        id: AssignmentRuleId,
    ) {}
}

cert_core::response! {
    /// An assignment rule.
    pub struct AssignmentRule {
        /// Name of the rule.
        pub name: Option<String>,
        /// Organization or department that gets the certificates.
        #[wire("orgId")]
        pub organization: Option<OrganizationId>,
        /// Kind of certificate that the rule is for.
        pub cert_type: Option<CertType>,
        /// Filters that a certificate has to pass.
        pub filters: Vec<RuleFilterDetails>,
    }
}

cert_core::response! {
    /// Filter of an assignment rule.
    pub struct RuleFilterDetails {
        /// Part that is looked at.
        #[wire("filterType")]
        pub part: Option<FilterType>,
        /// Comparison with the value.
        #[wire("matchType")]
        pub comparison: Option<MatchType>,
        /// Value.
        pub value: Option<String>,
    }
}

cert_core::response! {
    /// The number of assignment rules.
    pub struct AssignmentRuleCount {
        count: u64,
    }
}

impl cert_core::client::Envelope for AssignmentRuleCount {
    type Value = u64;

    fn open(self) -> Result<u64, cert_core::client::Error> {
        Ok(self.count)
    }
}

#[cfg(test)]
mod tests {
    use cert_core::Payload as _;

    use super::*;

    fn refusal(part: FilterType, comparison: MatchType, value: &str) -> String {
        let filter = RuleFilter::new(part, comparison, value);
        filter.check().expect_err("a wrong pair").to_string()
    }

    #[test]
    fn an_expiration_is_greater_than_a_number_of_days() {
        assert_eq!(RuleFilter::unexpired().check(), Ok(()));
        assert_eq!(RuleFilter::expired_within(365).check(), Ok(()));
        let long = RuleFilter::expired_within(366)
            .check()
            .expect_err("too long");
        assert_eq!(long.to_string(), "`value` is 366: it must be 0 to 365");
        let words = refusal(FilterType::Expiration, MatchType::GreaterThan, "soon");
        assert_eq!(words, "`value` is no whole number of days");
        let equal = refusal(FilterType::Expiration, MatchType::Matches, "30");
        assert_eq!(
            equal,
            "`comparison` is not `GREATER_THAN`, the only one for `EXPIRATION`"
        );
    }

    #[test]
    fn texts_are_not_greater_than_others() {
        let greater = refusal(FilterType::CommonName, MatchType::GreaterThan, "a");
        assert_eq!(
            greater,
            "`comparison` is `GREATER_THAN`, which is for `EXPIRATION` alone"
        );
        let new = FilterType::from("NEW_PART");
        assert_eq!(
            RuleFilter::new(new, MatchType::Contains, "a").check(),
            Ok(())
        );
    }
}
