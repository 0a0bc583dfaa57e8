use cert_core::{id, text_id};

id! {
    /// Number of a user certificate: the `id` by which paths name it.
    pub struct UserCertificateId;
}

text_id! {
    /// Name of a user certificate, `cert_id` on the wire: a renewal names the old certificate by
    /// it, and the PEM list knows no other key.
    pub struct CertificateName;
}
