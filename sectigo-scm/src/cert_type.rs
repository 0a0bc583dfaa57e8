use cert_core::open_enum;

open_enum! {
    /// Kind of certificate, as profiles and custom fields tell it.
    pub enum CertType {
        /// SSL certificates.
        Ssl = "SSL",
        /// Client certificates.
        Smime = "SMIME",
        /// Code signing certificates.
        CodeSigning = "CodeSign",
        /// Device certificates.
        Device = "Device",
        /// Mark certificates, for brand indicators.
        BrandIndicator = "BrandIndicator",
    }
}
