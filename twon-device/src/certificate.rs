use cert_core::{Fingerprint, Time, text_id};

text_id! {
    /// The name under which a device keeps a certificate: `@` and a name that a user chose, or
    /// `#` and a name of the device's own.
    pub struct CertificateId;
}

impl CertificateId {
    /// Whether a user chose it: it begins with `@`.
    #[must_use]
    pub fn is_user_defined(&self) -> bool {
        self.as_str().starts_with('@')
    }

    /// Whether the id is one of the device's own: such begin with `#`.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        self.as_str().starts_with('#')
    }
}

cert_core::response! {
    /// A certificate in a device.
    pub struct DeviceCertificate {
        /// SHA-1 of its DER form, by which it is found and deleted where no user gave it an id.
        pub fingerprint: Option<Fingerprint>,
        /// Subject of the certificate.
        pub subject: NameParts,
        /// Issuer of the certificate.
        pub issuer: NameParts,
        /// Id of the certificate in the device; none where the upload gave none.
        pub id: Option<CertificateId>,
        /// Beginning of the validity.
        pub start_date: Option<Time>,
        /// End of the validity.
        pub end_date: Option<Time>,
        /// Whether the certificate is protected: it cannot be deleted.
        pub protected: Option<bool>,
        /// Whether the certificate serves the device alone and is not offered for its services.
        pub system_use_only: Option<bool>,
    }
}

cert_core::response! {
    /// The attributes of a name that a device tells.
    #[derive(Default)]
    pub struct NameParts {
        /// Common name.
        #[wire("CN")]
        pub common_name: Option<String>,
        /// Organization.
        #[wire("O")]
        pub organization: Option<String>,
        /// Organizational unit.
        #[wire("OU")]
        pub organizational_unit: Option<String>,
        /// Locality.
        #[wire("L")]
        pub locality: Option<String>,
        /// State or province. Factory certificates have the name of a country here.
        #[wire("S")]
        pub state: Option<String>,
        /// Country, two letters.
        #[wire("C")]
        pub country: Option<String>,
    } or default
}

cert_core::response! {
    /// Result of an upload.
    pub struct UploadedCertificate {
        /// SHA-1 of the stored certificate.
        pub fingerprint: Fingerprint,
        /// SHA-1 of the certificate whose place it took, if it took one.
        pub replaced: Option<Fingerprint>,
    }
}
