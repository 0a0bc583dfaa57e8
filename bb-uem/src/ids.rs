use cert_core::text_id;

text_id! {
    /// Guid of an embedded certificate: a user's certificate together with its way to devices.
    /// In samples it equals that of the certificate itself; do not rely on it, follow the link.
    pub struct EmbeddedCertificateId;
}

text_id! {
    /// Guid of a public key certificate.
    pub struct CertificateId;
}

text_id! {
    /// Guid of a bundle: certificates that are renewed and deleted together.
    pub struct BundleId;
}

text_id! {
    /// Guid of a user.
    pub struct UserId;
}

text_id! {
    /// Guid of the profile that a certificate came with.
    pub struct ProfileId;
}

text_id! {
    /// Guid of a user's device.
    pub struct UserDeviceId;
}

text_id! {
    /// Guid of an app on a user's device.
    pub struct ApplicationId;
}

text_id! {
    /// Id of a user in the company directory; up to 12.7 with hyphens, from 12.8 without.
    pub struct DirectoryId;
}
