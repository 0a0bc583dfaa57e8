use cert_core::open_enum;

open_enum! {
    /// Comparison of an attribute with the values of a rule.
    pub enum MatchType {
        /// As a whole.
        Matches = "MATCHES",
        /// In part: the attribute has the value somewhere in it.
        Contains = "CONTAINS",
    }
}

cert_core::request! {
    /// Rule on an attribute that the identity provider tells of whoever signs in. Of an attribute
    /// with several values, one that matches is enough.
    ///
    /// ```
    /// use sectigo_scm::administrator_templates::{MappingRule, MatchType};
    ///
    /// let group = MappingRule::groups(["PKI operators"]);
    /// let mail = MappingRule::new("mail", ["@example.com".to_owned()])
    ///     .match_type(MatchType::Contains);
    /// ```
    pub struct MappingRule(
        /// Name of the attribute.
        attribute: String,
        /// Values, one of which has to match.
        values: Vec<String>,
    ) {
        /// Comparison with the values; as a whole without it.
        match_type: MatchType,
    }
}

impl MappingRule {
    /// A rule on the attribute `groups`, which each template should test: whoever signs in is a
    /// member of one of these.
    pub fn groups<T: Into<String>>(groups: impl IntoIterator<Item = T>) -> Self {
        let groups: Vec<String> = groups.into_iter().map(Into::into).collect();
        Self::new("groups", groups).match_type(MatchType::Matches)
    }
}

cert_core::response! {
    /// Rule on an attribute that the identity provider tells of whoever signs in, as it stands.
    pub struct MappingRuleDetails {
        /// Name of the attribute.
        pub attribute: Option<String>,
        /// Comparison with the values.
        pub match_type: Option<MatchType>,
        /// Values, one of which has to match.
        pub values: Vec<String>,
    }
}
