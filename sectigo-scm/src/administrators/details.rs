use crate::phone::dialled;

cert_core::request! {
    /// Position, phone number and address of an administrator; what is not set is not sent.
    ///
    /// ```
    /// use sectigo_scm::administrators::{AdminDetails, SasAdminUpdate};
    ///
    /// let details = AdminDetails::new().phone("+1 555 0100").city("Springfield");
    /// let moved = SasAdminUpdate::new().details(details);
    /// ```
    pub struct AdminDetails() {
        /// Title or position.
        #[length(..=64)]
        title: String,
        /// Phone number: digits, blanks and `#|()-+x`.
        #[length(..=32)]
        #[valid(dialled)]
        #[wire("telephone")]
        phone: String,
        /// Street and number.
        #[length(..=128)]
        street: String,
        /// Town.
        #[length(..=128)]
        #[wire("locality")]
        city: String,
        /// State or province.
        #[length(..=128)]
        #[wire("state")]
        state_or_province: String,
        /// Postal code.
        #[length(..=40)]
        postal_code: String,
        /// Country, two letters (ISO 3166-1).
        #[length(..=2)]
        country: String,
        /// Relationship to the company.
        #[length(..=256)]
        relationship: String,
    }
}
