use cert_core::client::Row;
use cert_core::{Certificate, Encoded, Name, SerialNumber, Time, open_enum};

use crate::listing::Entry;
use crate::{CertificateName, UserCertificateId, UserCertificateRevocationReason};

open_enum! {
    /// Status of a user certificate. Requests spell it in lower case, answers with a capital.
    pub enum UserCertificateStatus {
        /// In use.
        Active = "Active",
        /// Revoked, for good or on hold.
        Revoked = "Revoked",
        /// Not issued yet.
        Pending = "Pending",
        /// Validity is over.
        Expired = "Expired",
    }
}

cert_core::response! {
    /// A user certificate as the device keeps it, without its content;
    /// [`list_pem`](crate::UserCertificates::list_pem) has that.
    pub struct UserCertificate {
        /// Number of the certificate, by which it is revoked.
        pub id: Option<UserCertificateId>,
        /// Name of the certificate in the device, by which it is renewed.
        #[wire("cert_id")]
        pub name: Option<CertificateName>,
        /// End of the validity.
        pub expiry: Option<Time>,
        /// The device's name of the CA, ` | `, and the issuer's distinguished name with commas.
        pub issuer: Option<String>,
        /// Reason of the revocation; none while the certificate is not revoked.
        #[wire("revocation_reason")]
        pub revocation_reason: Option<UserCertificateRevocationReason>,
        /// Serial number: hexadecimal, leading zeros kept.
        pub serial: Option<SerialNumber>,
        /// Current status.
        pub status: Option<UserCertificateStatus>,
        /// Subject, in slash style on the wire: `/C=CA/O=Example/CN=jane`.
        pub subject: Option<Name>,
    }
}

impl UserCertificate {
    /// The device's own name of the CA that issued it: what [`issuer`](Self::issuer) has before
    /// its bar.
    #[must_use]
    pub fn ca_name(&self) -> Option<&str> {
        let (name, _) = self.issuer.as_deref()?.split_once(" | ")?;
        Some(name)
    }

    /// The issuer's distinguished name: what [`issuer`](Self::issuer) has behind its bar, or all
    /// of it where there is none.
    #[must_use]
    pub fn issuer_name(&self) -> Option<Name> {
        let issuer = self.issuer.as_deref()?;
        Some(
            issuer
                .split_once(" | ")
                .map_or(issuer, |(_, name)| name)
                .into(),
        )
    }
}

cert_core::response! {
    /// The content of a user certificate. It carries no number: its name leads to the rest.
    pub struct PemCertificate {
        /// Name of the certificate in the device.
        #[wire("cert_id")]
        pub name: Option<CertificateName>,
        /// The certificate, PEM.
        pub certificate: Encoded<Certificate>,
    }
}

cert_core::response! {
    /// Place of a page in the list, and the size of the list.
    pub struct PageMeta {
        /// The most entries a page has.
        pub limit: Option<u64>,
        /// Number of entries before the page.
        pub offset: Option<u64>,
        /// Number of entries in the whole list.
        #[wire("total_count")]
        pub total_count: Option<u64>,
        /// Path and query of the next page, `/api/v1` included; none on the last one. It is not
        /// needed: [`UserCertificates::list`](crate::UserCertificates::list) goes on by itself.
        pub next: Option<String>,
        /// Path and query of the page before.
        pub previous: Option<String>,
    }
}

impl Row for UserCertificate {
    type Id = Option<UserCertificateId>;

    fn id(&self) -> &Option<UserCertificateId> {
        &self.id
    }
}

impl Row for PemCertificate {
    type Id = Option<CertificateName>;

    fn id(&self) -> &Option<CertificateName> {
        &self.name
    }
}

impl Entry for UserCertificate {
    fn is_named(&self) -> bool {
        self.id.is_some() || self.name.is_some()
    }
}

/// The certificate, which it always has, says which one it is.
impl Entry for PemCertificate {
    fn is_named(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_issuer_is_a_name_on_the_device_and_a_distinguished_name() {
        let json = r#"{"id": 1, "cert_id": "c", "issuer": "local | C=CA, O=Fortinet, CN=test"}"#;
        let certificate = cert_core::client::Answer::new(
            http::StatusCode::OK,
            http::HeaderMap::new(),
            json.into(),
        )
        .json::<UserCertificate>()
        .expect("a certificate");
        assert_eq!(certificate.ca_name(), Some("local"));
        assert_eq!(
            certificate.issuer_name(),
            Some("CN=test,O=Fortinet,C=CA".into())
        );
    }
}
