use cert_core::open_enum;

open_enum! {
    /// Whether something can be used by every organization.
    pub enum DelegationMode {
        /// By every organization.
        GlobalForCustomer = "GLOBAL_FOR_CUSTOMER",
        /// By organizations and departments that are named.
        Customized = "CUSTOMIZED",
    }
}
