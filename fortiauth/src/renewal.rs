use std::error::Error as StdError;

use cert_core::client::{Error, Multipart};
use cert_core::{CertificateSigningRequest, DecodeError, Encoded};

use crate::CertificateName;

cert_core::request! {
    /// What the successor of a certificate is made of.
    pub struct Renewal(
        /// The certificate to renew.
        name: CertificateName,
        /// The signing request; its subject must be the one of the old certificate.
        csr: Encoded<CertificateSigningRequest>,
        /// Validity of the new certificate in days, from 1.
        days: u32,
    ) {
        /// Revokes the old certificate once the new one is made; it stays without this.
        revoke_old: bool,
    }
}

impl Renewal {
    /// The form to send, with the signing request as PEM.
    pub(crate) fn form(&self) -> Result<Multipart, Error> {
        if self.name.as_str().trim().is_empty() {
            return Err(Error::argument(
                "the certificate to renew has no name: give its `cert_id`",
            ));
        }
        if self.days == 0 {
            return Err(Error::argument(
                "a validity of 0 days cannot be had: ask for 1 or more",
            ));
        }
        let form = Multipart::new()
            .text("cert_id", self.name.as_str())
            .file(
                "csr",
                "request.csr",
                "application/octet-stream",
                self.pem()?,
            )
            .text("expiry", self.days.to_string());
        Ok(match self.revoke_old {
            Some(revoke) => form.text("revoke_old", revoke.to_string()),
            None => form,
        })
    }

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
