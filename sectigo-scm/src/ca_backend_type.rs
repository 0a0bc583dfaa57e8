use cert_core::open_enum;

open_enum! {
    /// Kind of CA behind Certificate Manager.
    pub enum CaBackendType {
        /// Sectigo.
        Sectigo = "SASP",
        /// A private CA.
        PrivateCa = "PRIVATE_CA",
        /// A Microsoft CA.
        Microsoft = "MS_CA",
        /// `DigiCert`.
        DigiCert = "DIGI_CERT",
        /// Entrust.
        Entrust = "ENTRUST",
        /// AWS Private CA.
        Aws = "AWS_PCA",
        /// Google CA Service.
        Google = "GOOGLE",
    }
}
