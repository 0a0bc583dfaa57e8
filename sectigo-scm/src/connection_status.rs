use cert_core::open_enum;

open_enum! {
    /// Connection of an agent or a DNS connector to Certificate Manager.
    pub enum ConnectionStatus {
        /// Not available; in the vendor's example, an agent that never connected.
        NotAvailable = "NOT_AVAILABLE",
        /// Not connected at present.
        NotConnected = "NOT_CONNECTED",
        /// Connected.
        Connected = "CONNECTED",
    }
}
