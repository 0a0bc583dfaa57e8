use cert_core::open_enum;

open_enum! {
    /// Comparison of what an identity provider says with the values of a rule.
    pub enum IdpMatchType {
        /// As a whole.
        Matches = "MATCHES",
        /// In part: a value stands somewhere in it.
        Contains = "CONTAINS",
    }
}
