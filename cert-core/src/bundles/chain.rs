//! Reading a chain from whatever bundle it comes in.

use super::pkcs7::Pkcs7;
use crate::asn1::DecodeError;
use crate::values::Encodable;
use crate::x509::{CertificateChain, ChainError};

impl CertificateChain {
    /// Reads a chain from a PEM bundle or a PKCS#7 bundle (PEM, DER or bare base64), in any order.
    ///
    /// # Errors
    /// If a certificate cannot be read or no leaf can be told.
    #[doc(alias("chain from file", "fullchain"))]
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        let certificates = Pkcs7::parse_bundle(bytes).map_err(|error| error.within(Self::NAME))?;
        Self::from_unordered(certificates).map_err(|error| {
            let reason = match error {
                ChainError::Empty => "no certificate in it",
                ChainError::NoLeaf => "each certificate issued another of them",
                ChainError::SeveralLeaves(_) => "several certificates that issued no other",
            };
            DecodeError::invalid(reason).within(Self::NAME)
        })
    }
}

impl Encodable for CertificateChain {
    const NAME: &'static str = "certificate chain";

    fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        Self::parse(bytes)
    }

    fn to_text(&self) -> String {
        self.to_pem()
    }
}
