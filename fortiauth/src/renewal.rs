use std::error::Error as StdError;

use cert_core::client::{Error, Multipart};
use cert_core::{CertificateSigningRequest, DecodeError, Encoded, Payload as _};

use crate::CertificateName;

cert_core::request! {
    /// Renewal of a certificate: what its successor is made of.
    pub struct Renewal(
        /// Name of the certificate to renew.
        name: CertificateName,
        /// The signing request; its subject must be the one of the old certificate.
        csr: Encoded<CertificateSigningRequest>,
        /// Validity of the new certificate in days.
        #[range(1..)]
        days: u32,
    ) {
        /// Whether to revoke the old certificate once the new one is made; it stays without this.
        revoke_old: bool,
    }
}

/// The form to send, with the signing request as PEM.
impl TryFrom<&Renewal> for Multipart {
    type Error = Error;

    fn try_from(renewal: &Renewal) -> Result<Self, Error> {
        if renewal.name.as_str().trim().is_empty() {
            return Err(Error::argument(
                "the certificate to renew has no name: give its `cert_id`",
            ));
        }
        let checked = renewal.check();
        checked.map_err(|wrong| Error::argument(wrong.to_string()))?;
        let form = Self::new()
            .text("cert_id", renewal.name.as_str())
            .file(
                "csr",
                "request.csr",
                "application/octet-stream",
                renewal.pem()?,
            )
            .text("expiry", renewal.days.to_string());
        Ok(match renewal.revoke_old {
            Some(revoke) => form.text("revoke_old", revoke.to_string()),
            None => form,
        })
    }
}

impl Renewal {
    fn pem(&self) -> Result<String, Error> {
        if self.csr.is_blank() {
            return Err(Error::argument(
                "the signing request is empty: give one as PEM, or as bare base64 of its DER form",
            ));
        }
        let unreadable = |error: DecodeError| {
            Error::argument(format!("the signing request cannot be read: {error}"))
                .caused_by(Box::<dyn StdError + Send + Sync>::from(error))
        };
        Ok(self.csr.decode().map_err(unreadable)?.to_pem())
    }
}
