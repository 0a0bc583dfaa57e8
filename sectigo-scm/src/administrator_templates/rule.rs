use crate::IdpMatchType;

cert_core::request! {
    /// Rule on an attribute that the identity provider tells of whoever signs in. Of an attribute
    /// with several values, one that matches is enough.
    ///
    /// ```
    /// use sectigo_scm::IdpMatchType;
    /// use sectigo_scm::administrator_templates::MappingRule;
    ///
    /// let group = MappingRule::groups(["PKI operators"]);
    /// let mail = MappingRule::new("mail", ["@example.com".to_owned()])
    ///     .match_type(IdpMatchType::Contains);
    /// ```
    pub struct MappingRule(
        /// Name of the attribute.
        attribute: String,
        /// Values, one of which has to match.
        values: Vec<String>,
    ) {
        /// Comparison with the values; as a whole without it.
        match_type: IdpMatchType,
    }
}

impl MappingRule {
    /// A rule on the attribute `groups`, which each template should test: whoever signs in is a
    /// member of one of these.
    pub fn groups<T: Into<String>>(groups: impl IntoIterator<Item = T>) -> Self {
        let groups: Vec<String> = groups.into_iter().map(Into::into).collect();
        Self::new("groups", groups).match_type(IdpMatchType::Matches)
    }
}

cert_core::response! {
    /// Rule on an attribute that the identity provider tells of whoever signs in, as it stands.
    pub struct MappingRuleDetails {
        /// Name of the attribute.
        pub attribute: Option<String>,
        /// Comparison with the values.
        pub match_type: Option<IdpMatchType>,
        /// Values, one of which has to match.
        pub values: Vec<String>,
    }
}
