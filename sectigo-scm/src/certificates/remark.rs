cert_core::request! {
    /// A word to a decision.
    pub(crate) struct Remark(
        /// Remark.
        #[length(1..=512)]
        message: String,
    ) {}
}
